"""How often each page asks the database: the same with one row of everything as with five (architecture, section 5)."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from activity.models import Event, Notice
from checkins.models import CheckIn, Promise
from core.routes import routes
from objectives.models import Grade, KeyResult, Objective, Quarter, SuggestedObjective, Suggestion
from people.models import Membership, User
from tests.factories import (
    AbsenceFactory,
    AccessLinkFactory,
    AmendmentFactory,
    AttendanceFactory,
    BetFactory,
    CheckInFactory,
    CheerFactory,
    CommentFactory,
    ConfidenceFactory,
    CoOwnerFactory,
    DeliveryFactory,
    EarlierGradeFactory,
    GradeFactory,
    IdeaFactory,
    KeyResultFactory,
    LineFactory,
    MembershipFactory,
    NudgeFactory,
    ObjectiveFactory,
    PromiseFactory,
    QuarterFactory,
    RecordShareFactory,
    ReviewFactory,
    SeenFactory,
    SessionFactory,
    SuggestedObjectiveFactory,
    SuggestionFactory,
    TeamFactory,
    TokenFactory,
    TurnFactory,
    UserFactory,
    ValueFactory,
    WeekCommentFactory,
    make_ladder,
)
from tests.factories.people import WEDNESDAY, WEEK_46, WEEK_47
from tests.factories.retros import LearningFactory
from tests.house.behind_links import BEHIND_LINKS
from tests.house.ended import decided, ended_objective
from tests.house.house import House, undone
from tests.house.looking_back import LEADS_ELSEWHERE, LOOKING_BACK, grow_health, grow_retro

pytestmark = pytest.mark.django_db

MOST = 12
QUERIES = {
    **BEHIND_LINKS,
    "people:invitations slug=rockets": 8,
    "checkins:home": 12,
    "checkins:check_in": 10,
    "checkins:week week=2026-W47": 10,
    "checkins:week week=2026-W46": 9,
    "checkins:person_week username={mate.username} week=2026-W46": 10,
    "checkins:comments username={mate.username} week=2026-W46": 6,
    "checkins:comment_edit username={mate.username} week=2026-W46 comment={week_comment.pk}": 7,
    "checkins:notices": 12,
    "checkins:promise_new ?team=rockets": 5,
    "checkins:promise_new ?key_result={helped.pk}": 6,
    "checkins:promise_edit pk={promise.pk}": 6,
    "checkins:board slug=rockets": 12,
    "checkins:board slug=rockets ?moved=1": 12,
    "checkins:board slug=northlight": 8,
    "checkins:board slug=harbour": 8,
    "checkins:health slug=rockets": 6,
    "checkins:wall slug=rockets": 12,
    "checkins:wall slug=northlight": 8,
    "checkins:celebration slug=rockets": 12,
    "checkins:celebrations slug=rockets": 8,
    "checkins:celebration slug=rockets ?turn={mate.username}": 12,
    "checkins:celebration slug=rockets ?phase=WINS": 12,
    "checkins:celebration slug=rockets ?phase=THANKS": 12,
    "checkins:celebration_remote slug=rockets": 7,
    "objectives:mine": 10,
    "objectives:review": 9,
    "retros:grading": 12,
    "retros:grades pk={waiting.pk}": 12,
    "objectives:deleted": 8,
    "objectives:shelf": 6,
    "objectives:carry_over": 11,
    "objectives:reopening pk={ended.pk}": 6,
    "retros:quarter slug=rockets quarter=2026-Q4": 12,
    "retros:quarter slug=rockets quarter=2026-Q2": 8,
    "retros:reopening slug=rockets quarter=2026-Q2": 7,
    "retros:snapshot slug=rockets quarter=2026-Q2 pk={closing.pk}": 9,
    "retros:site_closing": 6,
    "objectives:idea_edit pk={mine.pk}": 5,
    "objectives:new ?idea={mine.pk}": 12,
    "objectives:person username=tara": 12,
    "objectives:new": 11,
    "objectives:new ?team=rockets": 12,
    "objectives:objective pk={grown.pk}": 12,
    "objectives:comments pk={grown.pk}": 7,
    "objectives:comment_edit pk={grown.pk} comment={comment.pk}": 8,
    "objectives:suggested_objectives username={near.username}": 6,
    "objectives:suggested_objective username=tara suggested={whole.pk}": 5,
    "objectives:new ?suggested={whole.pk}": 12,
    "objectives:suggestions pk={suggested.objective.pk}": 7,
    "objectives:suggestion pk={asked.objective.pk} suggestion={asked.pk}": 7,
    "objectives:edit pk={grown.pk}": 10,
    "objectives:co_owners pk={grown.pk}": 7,
    "objectives:owner pk={grown.pk}": 7,
    "objectives:drop pk={grown.pk}": 6,
    "objectives:key_result_new pk={grown.pk}": 7,
    "objectives:key_result_edit pk={part.pk}": 9,
    "objectives:key_result_drop pk={part.pk}": 7,
    "objectives:bets pk={part.pk}": 8,
    "objectives:bet pk={part.pk} bet={bet.pk}": 8,
    "objectives:organisation": 5,
    "objectives:account username=alice": 7,
    "objectives:audit": 8,
    "objectives:site_audit": 9,
    "objectives:team_audit slug=rockets": 10,
    "objectives:team_quarters slug=harbour": 9,
    "objectives:team_quarter slug=harbour pk={own_quarter.pk}": 7,
    "people:people": 7,
    "people:manager username=alice": 6,
    "people:teams": 10,
    "people:team_new": 5,
    "people:team slug=rockets": 7,
    "people:team_settings slug=rockets": 8,
    "people:room_link slug=rockets": 6,
    "people:chat slug=rockets": 7,
    "checkins:reminder_preview": 11,
    **LOOKING_BACK,
    "own_data:own_data": 4,
    "own_data:leaving": 8,
    "own_data:erasure username=dan": 6,
    "people:settings": 5,
    "people:tokens": 5,
    "people:feed": 6,
    "calendars:team slug=rockets": 5,
    "people:outbox": 7,
    "people:letter pk={mail.pk}": 5,
    "api:people": 8,
    "api:person pk={mate.pk}": 8,
    "api:teams": 8,
    "api:team pk={rockets.pk}": 8,
    "api:quarters": 7,
    "api:quarter pk={own_quarter.pk}": 7,
    "api:objectives": 8,
    "api:objective pk={grown.pk}": 8,
    "api:key_results": 8,
    "api:key_result pk={part.pk}": 8,
    "api:grade pk={part.pk}": 9,
    "api:check_ins": 8,
    "api:check_in pk={check_in.pk}": 8,
    "api:schema": 6,
    "api_docs": 4,
    "account_reauthenticate": 4,
    "account_change_password": 4,
    "account_logout": 4,
    "usersessions_list": 5,
}
NOT_COUNTED = (
    LEADS_ELSEWHERE
    | {  # no list on them, or nobody who is signed in sees it; the file has a count of its own
        "own_data:own_data_file",
        "account_inactive",
        "checkins:my_remote",
        "account_kept",
        "checkins:room_opening",
        "account_login",
        "account_reset_password",
        "account_reset_password_done",
        "account_reset_password_from_key",
        "account_reset_password_from_key_done",
        "livez",
        "objectives:set_up",
        "readyz",
        "robots",
    }
)


def grow(house: House, rows: int) -> dict[str, Any]:
    """What a page may be about, after so many more of everything that a list may show, near Tara, who leads the rockets and looks after the site."""
    world = house.world
    User.objects.filter(pk=world.tara.pk).update(is_site_admin=True)
    talk = None
    for number in range(rows):
        mate = MembershipFactory(team=world.rockets, user=UserFactory(manager=world.tara)).user
        MembershipFactory(team=TeamFactory(), user=world.tara)
        AbsenceFactory(user=world.tara, first_on=date(2027, 1, 1) + timedelta(days=number), last_on=date(2027, 2, 1))
        before = timedelta(weeks=world.rockets.sessions.count())
        held = SessionFactory(team=world.rockets, week_on=WEEK_47 - before, facilitator=mate)
        TurnFactory(session=held, person=mate, state="DONE")
        AttendanceFactory(session=held, person=mate)
        TurnFactory(session=world.session, person=mate, position=number + 3)
        AbsenceFactory(user=mate, first_on=WEEK_47, last_on=WEEK_47 + timedelta(days=6))
        decided(house, AccessLinkFactory(team=world.rockets, by=world.tara))
        TokenFactory(person=world.tara)
        mail = DeliveryFactory()
        mine = IdeaFactory(owner=world.tara)
        IdeaFactory(owner=world.tara, deleted_at=WEDNESDAY)
        own = _own_quarter(house, number)
        ObjectiveFactory(kind="TEAM", owner=world.tara, team=world.harbour, quarter=own, audience="EVERYONE")
        for owner, kind in ((mate, "GROWTH"), (world.tara, "GROWTH"), (world.tara, "TEAM")):
            grown, part = _objective(house, owner, kind, rows)
        for week_on in (WEEK_46, WEEK_47):
            check_in = CheckInFactory(person=mate, week_on=week_on)
            for _line in range(rows):
                LineFactory(check_in=check_in)
                CheerFactory(check_in=check_in, text="Well said.")
                said = WeekCommentFactory(check_in=check_in, by=world.tara if week_on == WEEK_46 else mate)
                talk = said if week_on == WEEK_46 else talk
        comment = CommentFactory(objective=grown, by=world.tara)
        ended = ended_objective(house, rows)
        grow_health(house.world.rockets)
        grow_retro(house.world.retro, mate)
        _told_of(house, check_in, grown)
        asked, suggested = _suggested(house, grown, mate)
        whole, near = _suggested_whole(house, mate)
        waiting = _to_grade(house, rows)
        given = RecordShareFactory(owner=waiting.owner, reader=mate)
        RecordShareFactory(owner=mate, reader=world.tara)
        bet = BetFactory(key_result=part)
        promise, helped = _promised(house, part, mate)
        BetFactory(key_result=part, deleted_at=WEDNESDAY)
    return {
        "asked": asked,
        "bet": bet,
        "suggested": suggested,
        "grown": grown,
        "part": part,
        "promise": promise,
        "helped": helped,
        "mail": mail,
        "mine": mine,
        "mate": mate,
        "near": near,
        "whole": whole,
        "comment": comment,
        "ended": ended,
        "week_comment": talk,
        "waiting": waiting,
        "given": given,
        "taught": Grade.objects.filter(key_result__objective=waiting)[0],
    }


def _to_grade(house: House, rows: int) -> Objective:
    """One of Tara's whose quarter is over, with as many key results; one of them was graded twice."""
    over = QuarterFactory(slug="2026-Q3", first_on=date(2026, 7, 1), ends_on=date(2026, 10, 1))
    waiting: Objective = ObjectiveFactory(owner=house.world.tara, team=house.world.rockets, quarter=over)
    for place in range(rows + 1):
        part = KeyResultFactory(objective=waiting)
        ConfidenceFactory(key_result=part)
        AmendmentFactory(key_result=part)
        LineFactory(check_in=house.world.check_in, objective=waiting, kind="DID", text=f"See https://g.example/{place}")
        if place:
            GradeFactory(key_result=part)
    EarlierGradeFactory(key_result=part)
    LearningFactory(grade=None, review=ReviewFactory(objective=waiting))
    for grade in Grade.objects.filter(key_result__objective=waiting):
        LearningFactory(grade=grade)
    return waiting


def _told_of(house: House, check_in: CheckIn, objective: Objective) -> None:
    """Tara has looked already: who has not is asked once more on every page (tests/checkins/test_notices.py)."""
    tara = house.world.tara
    week = CheckInFactory(person=tara, week_on=check_in.week_on + timedelta(days=7 * CheckIn.objects.count()))
    things = (
        CheerFactory(check_in=week),
        SeenFactory(check_in=week),
        WeekCommentFactory(check_in=week),
        CommentFactory(objective=objective, by=check_in.person),
        SuggestionFactory(objective=objective, by=check_in.person),
        SuggestedObjectiveFactory(by=check_in.person, to=tara, state="DECLINED", answered_at=WEDNESDAY),
        PromiseFactory(to=tara, by=check_in.person, team=house.world.rockets),
        NudgeFactory(person=tara, by=check_in.person, week_on=week.week_on + timedelta(days=3640)),
    )
    for thing in things:
        about = {"subject_type": thing._meta.label, "subject_id": thing.pk}
        event = Event.objects.create(
            at=WEDNESDAY, by=thing.by, verb="PROMISED" if isinstance(thing, Promise) else "COMMENTED", **about
        )
        Notice.objects.create(person=tara, event=event, read_at=WEDNESDAY)


def _promised(house: House, part: KeyResult, mate: User) -> tuple[Promise, KeyResult]:
    """By Tara to a teammate about theirs, by them to her about hers, and by each to everyone."""
    tara, team = house.world.tara, house.world.rockets
    theirs = KeyResultFactory(objective=mate.objectives.filter(deleted_at=None)[0], hand="TIME")
    PromiseFactory(by=mate, to=tara, team=team, key_result=part)
    PromiseFactory(by=mate, to=None, team=team)
    PromiseFactory(by=tara, to=None, team=team, state="KEPT", state_at=WEDNESDAY)
    return PromiseFactory(by=tara, to=mate, team=team, key_result=theirs), theirs


def _suggested(house: House, grown: Objective, mate: User) -> tuple[Suggestion, Suggestion]:
    """Of Tara's, one that waits and one that was taken; and one by her on a teammate's."""
    tara = house.world.tara
    part = KeyResultFactory(objective=grown)
    answered = {"state": "ACCEPTED", "answered_at": WEDNESDAY, "answered_by": tara}
    SuggestionFactory(objective=grown, by=mate, key_result=part, **answered)
    theirs = mate.objectives.filter(deleted_at=None)[0]
    return SuggestionFactory(objective=grown, by=mate), SuggestionFactory(objective=theirs, by=tara)


def _suggested_whole(house: House, mate: User) -> tuple[SuggestedObjective, User]:
    """To Tara, which waits; by her to one of the rockets, who left it; and what she made an objective."""
    tara, bob = house.world.tara, house.world.bob
    answered = {"state": "DECLINED", "answered_at": WEDNESDAY}
    SuggestedObjectiveFactory(by=tara, to=bob, **answered)
    made = tara.objectives.filter(deleted_at=None)[0]
    SuggestedObjectiveFactory(by=mate, to=tara, objective=made, **answered | {"state": "ACCEPTED"})
    return SuggestedObjectiveFactory(by=mate, to=tara), bob


def _own_quarter(house: House, number: int) -> Quarter:
    """One more of the harbour's own, after all the others."""
    first_on = house.world.own_quarter.ends_on + timedelta(days=14 * number)
    fields = {"first_on": first_on, "ends_on": first_on + timedelta(days=14)}
    return QuarterFactory(slug=f"own-{number}", length="CUSTOM", team=house.world.harbour, **fields)


def _objective(house: House, owner: User, kind: str, rows: int) -> tuple[Objective, KeyResult]:
    world = house.world
    made = {"owner": owner, "kind": kind, "team": world.rockets, "quarter": world.quarter, "audience": "EVERYONE"}
    one = ObjectiveFactory(**made)
    ObjectiveFactory(**made, deleted_at=one.created_at.replace(month=11))
    if kind == "TEAM":
        CoOwnerFactory(objective=one, user=world.bob)
    for _row in range(rows):
        CommentFactory(objective=one)
        key_result = KeyResultFactory(objective=one)
        ValueFactory(key_result=key_result)
        ratio = KeyResultFactory(objective=one, kind="RATIO", unit="%", target=90)
        ladder, steps = make_ladder(objective=one)
        AmendmentFactory(key_result=ladder, kind="LADDER", steps=[["Rehearsed", 100]])
        AmendmentFactory(key_result=key_result)
        ValueFactory(key_result=ladder, amount=30, reached=[steps[0].pk])
        for week_on in (WEEK_46, WEEK_47):
            ConfidenceFactory(key_result=key_result, week_on=week_on)
            ValueFactory(key_result=ratio, week_on=week_on, amount=None, done=3, due=4)
    return one, key_result


def counted(house: House, words: str, **more: Any) -> tuple[int, list[str]]:
    """How many queries a page takes, and which; savepoints of the test left out."""
    client, path = house.client("tara"), house.path(words, **more)
    client.get(path)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(path).status_code == 200, words
    said = [query["sql"] for query in asked.captured_queries if "SAVEPOINT" not in query["sql"]]
    return len(said), said


@pytest.fixture(scope="module", params=[1, 5], ids="{} of each".format)
def things(built: House, request: pytest.FixtureRequest, django_db_blocker: Any) -> Iterator[dict[str, Any]]:
    """What the pages are about, in the house with one and then with five of everything."""
    with django_db_blocker.unblock(), undone():
        yield grow(built, request.param)


@pytest.mark.parametrize("words", QUERIES)
def test_a_page_asks_as_often_for_five_as_for_one(things, house, words):
    count, said = counted(house, words, **things)
    assert count == QUERIES[words], "\n".join(said)


def test_no_page_asks_more_than_is_allowed():
    assert {words: count for words, count in QUERIES.items() if count > MOST} == {}


def test_every_page_is_counted():
    counted_here = {words.split()[0] for words in QUERIES}
    shown = {route.name for route in routes() if "GET" in route.methods}
    assert shown - counted_here == NOT_COUNTED


def test_a_planted_n_plus_one_is_seen(house, settings, monkeypatch):
    """Somebody forgets to join the people: the page is refused while it is drawn, and else counts once for each row."""
    monkeypatch.setattr(type(Membership.objects.all()), "by_name", lambda self: self.order_by("pk"))
    words = "people:team_settings slug=rockets"
    grow(house, 1)
    assert house.get("tara", house.path(words)).status_code == 500
    settings.GUARD_TEMPLATES = False
    one = counted(house, words)[0]
    grow(house, 4)
    assert counted(house, words)[0] == one + 4
