"""Zelda's life in okrsite, by every road that leaves a trace of her; and where a trace is found.

Words only she and her manager could read hold PRIVATE, what she shared holds SHARED, what others wrote OTHERS.
"""

import base64
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

from allauth.account.models import EmailAddress, EmailConfirmation
from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection
from django.test import Client

from activity.actions.mail import owe
from activity.letters import Letter
from activity.models import Delivery, Event, Notice
from checkins.models import Cheer
from core.kept import Kept, close, mark_of, opened
from core.secrets import SealBroken, unseal
from core.typed import Typed
from objectives.actions import key_results
from objectives.actions.snapshots import seal, take
from objectives.models import Grade, KeyResult, Objective
from people.actions import absences, chat, feeds, invitations, profile, reporting, room_links, tokens
from people.actions.sessions import put_by
from people.models import Membership, Team, User
from people.viewer import viewer_of
from tests.conftest import NOW
from tests.factories import (
    PASSWORD,
    AmendmentFactory,
    AttendanceFactory,
    BetFactory,
    CarryOverFactory,
    CheckInFactory,
    CheerFactory,
    ClosingFactory,
    CommentFactory,
    ConfidenceFactory,
    CoOwnerFactory,
    DraftFactory,
    EarlierGradeFactory,
    GradeFactory,
    HealthMarkFactory,
    IdeaFactory,
    KeyResultFactory,
    LineFactory,
    MembershipFactory,
    NudgeFactory,
    ObjectiveFactory,
    OrganisationFactory,
    OutlookFactory,
    PromiseFactory,
    QuarterFactory,
    RecordShareFactory,
    ReviewFactory,
    RoomConfidenceFactory,
    SeenFactory,
    SessionFactory,
    StepFactory,
    SuggestedObjectiveFactory,
    SuggestionFactory,
    TeamFactory,
    TurnFactory,
    UserFactory,
    ValueFactory,
    WeekCommentFactory,
)
from tests.factories.people import WEEK_46, WEEK_47
from tests.factories.retros import (
    AnswerFactory,
    ChoiceFactory,
    LearningFactory,
    NoteFactory,
    OwnRetroFactory,
    PickFactory,
    ReadyFactory,
    RetroFactory,
    VoteFactory,
)
from tests.objectives.crew import measure
from tests.people.doors import letter_to, link_in, sign_in

NAME, EMAIL, USERNAME = "Zelda Quill", "zq@post.example", "zelda-quill"
TRACES = re.compile("zelda|quill|zq@post|PRIVATE", re.IGNORECASE)
WORDS = {"why": "{} why", "first_step": "{} step"}
AGAIN = "/accounts/reauthenticate/"


@dataclass(frozen=True)
class Life:
    """Zelda in Rockets, which Rosa leads, who manages her too; Jonas is beside her, Ada looks after the site."""

    zelda: User
    rosa: User
    jonas: User
    ada: User
    team: Team
    browser: Client  # in which she is signed in


def live(now: datetime) -> Life:
    """Everything she did until `now`."""
    OrganisationFactory()
    team = TeamFactory(name="Rockets")
    rosa, jonas = UserFactory(name="Rosa"), UserFactory(name="Jonas")
    ada = UserFactory(name="Ada", is_site_admin=True)
    MembershipFactory(team=team, user=rosa, role="LEAD")
    MembershipFactory(team=team, user=jonas)
    zelda = _comes_in(team, rosa, now)
    reporting.set_manager(by=viewer_of(ada), person=zelda, manager=rosa, was_pk=None, now=now)
    reporting.set_manager(by=viewer_of(ada), person=jonas, manager=zelda, was_pk=None, now=now)
    for person in (zelda, jonas):
        for audience in ("ONLY_ME", "MANAGER", "MY_TEAMS", "EVERYONE"):
            _pursues(person, team, audience)
        _pursues(person, team, "EVERYONE", state="DRAFT")
        _pursues(person, team, "EVERYONE", deleted_at=now)
    _in_the_team(zelda, jonas, team)
    _has_weeks(zelda, jonas)
    _suggests(zelda, jonas)
    _closes(zelda, jonas, team)
    browser = _at_the_door(zelda, team, now)
    return Life(User.objects.get(pk=zelda.pk), rosa, jonas, ada, team, browser)


def _comes_in(team: Team, rosa: User, now: datetime) -> User:
    """By an invitation that went to her address, on its page."""
    words = {"emails": [EMAIL], "role": "MEMBER", "message": f"Dear {NAME}, come."}
    invitations.invite(by=viewer_of(rosa), team=team, now=now, **words)
    form = {"name": NAME, "zone": "UTC", "password": PASSWORD, "password_again": PASSWORD}
    answer = Client().post(link_in(letter_to(EMAIL)), form)
    assert answer.status_code == 302, answer.text
    return User.objects.get(email=EMAIL)


def _pursues(person: User, team: Team, audience: str, **fields: Any) -> None:
    """With a key result, readings and a line about it."""
    is_shared = audience in {"MY_TEAMS", "EVERYONE"} and not fields
    mark = "OTHERS" if person.name != NAME else "SHARED" if is_shared else "PRIVATE"
    words = {"title": mark, "why": mark, "first_step": mark}
    objective = ObjectiveFactory(owner=person, team=team, audience=audience, on_wall=is_shared, **words, **fields)
    for deleted_at in (None, NOW):
        gone = "PRIVATE" if mark == "SHARED" and deleted_at else mark
        anchors = {"anchor_low": gone, "anchor_good": gone, "anchor_full": gone}
        words = {"title": gone, "intention": gone, "unit": gone[:9], **anchors}
        row = KeyResultFactory(objective=objective, deleted_at=deleted_at, **words)
        GradeFactory(key_result=row, lesson=gone)
        EarlierGradeFactory(key_result=row, lesson=gone)
        ConfidenceFactory(key_result=row)
        ValueFactory(key_result=row)
        ValueFactory(key_result=row, amount=None, done=3, due=4)
        StepFactory(key_result=row, label=gone)
        BetFactory(key_result=row, if_we=gone, because=gone)
        ended = {"state": "REFUTED", "learned": gone, "settled_by": person, "settled_at": NOW}
        BetFactory(key_result=row, if_we=gone, because=gone, **ended)
        BetFactory(key_result=row, if_we="PRIVATE" if mark == "SHARED" else mark, deleted_at=NOW)
        AmendmentFactory(key_result=row, title=gone, unit=gone[:9], reason=gone, steps=[[gone, 100]])
    week, _is_new = person.check_ins.get_or_create(week_on=WEEK_46, defaults={"done_at": objective.created_at})
    LineFactory(check_in=week, objective=objective, text=mark)
    ReviewFactory(objective=objective, achieved=mark, again=mark)
    _worded(person, objective, mark)
    CommentFactory(objective=objective, text=f"{mark} comment")
    CommentFactory(objective=objective, text="PRIVATE" if mark == "SHARED" else mark, deleted_by=person, deleted_at=NOW)


def _worded(person: User, objective: Objective, mark: str) -> None:
    """By the actions, which leave events."""
    if objective.deleted_at is None:
        row = Objective.objects.with_people().get(pk=objective.pk)
        key_results.add(by=viewer_of(person), objective=row, measure=measure(title=mark), now=objective.created_at)


def _in_the_team(zelda: User, jonas: User, team: Team) -> None:
    """She answers for one objective, co-owns another and logs a key result of it."""
    shared = {"kind": "TEAM", "team": team, "audience": "TEAM"}
    own = ObjectiveFactory(owner=zelda, title="SHARED", why="SHARED", **shared)
    KeyResultFactory(objective=own, title="SHARED")
    other = ObjectiveFactory(owner=jonas, title="OTHERS", why="OTHERS", **shared)
    CoOwnerFactory(objective=other, user=zelda)
    row = KeyResultFactory(objective=other, owner=zelda, title="What she logs", intention="OTHERS")
    for person, week_on in ((zelda, WEEK_46), (jonas, WEEK_47)):
        ConfidenceFactory(key_result=row, by=person, week_on=week_on)
        ValueFactory(key_result=row, by=person, source=f"script {week_on}")
    StepFactory(key_result=row, label="OTHERS")
    GradeFactory(key_result=row, by=jonas, lesson="OTHERS")
    EarlierGradeFactory(key_result=row, lesson="SHARED")
    ReviewFactory(objective=other, achieved="OTHERS", again="OTHERS")
    AmendmentFactory(key_result=row, by=zelda, reason="SHARED", steps=[["OTHERS", 100]])
    AmendmentFactory(key_result=row, number=2, by=jonas, title="OTHERS", reason="OTHERS")


def _has_weeks(zelda: User, jonas: User) -> None:
    LineFactory(check_in=zelda.check_ins.get(), text="SHARED line")
    LineFactory(check_in=CheckInFactory(person=zelda, week_on=WEEK_47, done_at=None), text="PRIVATE line")
    WeekCommentFactory(check_in=jonas.check_ins.get(), by=zelda, text="SHARED comment")
    gone = {"text": "PRIVATE comment", "deleted_by": zelda, "deleted_at": NOW}
    WeekCommentFactory(check_in=jonas.check_ins.get(), by=zelda, **gone)
    about_her = {"text": f"OTHERS: ask @{USERNAME}, or @{USERNAME.upper()}!", "mentions": [USERNAME]}
    WeekCommentFactory(check_in=jonas.check_ins.get(), by=jonas, **about_her)
    CommentFactory(objective=_open(jonas), **about_her)
    NudgeFactory(person=jonas, by=zelda)
    _promises(zelda, jonas)
    NudgeFactory(person=zelda, by=jonas)
    SeenFactory(check_in=jonas.check_ins.get(), by=zelda)
    SeenFactory(check_in=zelda.check_ins.get(week_on=WEEK_46), by=jonas)
    _told_of(zelda, CheerFactory(check_in=zelda.check_ins.get(week_on=WEEK_46), by=jonas))
    CheerFactory(check_in=jonas.check_ins.get(), by=zelda, text="SHARED cheer")
    CheerFactory(check_in=zelda.check_ins.get(week_on=WEEK_46), by=jonas, text="OTHERS cheer")
    LineFactory(check_in=CheckInFactory(person=jonas, week_on=WEEK_47, done_at=None), text="OTHERS line")
    for number, leader in enumerate((zelda, jonas)):
        session = SessionFactory(facilitator=leader, week_on=WEEK_47 - timedelta(weeks=number))
        for place, person in enumerate((zelda, jonas)):
            TurnFactory(session=session, person=person, position=place)
            AttendanceFactory(session=session, person=person)
        RoomConfidenceFactory(reveal__session=session, person=(zelda, jonas)[number])
    for place, (person, mark) in enumerate(((zelda, "SHARED"), (jonas, "OTHERS"))):
        HealthMarkFactory(by=person, note=f"{mark} note", metric__place=place)
        OutlookFactory(by=person, text=f"{mark} release")
    _looks_back(zelda, jonas)
    for person, mark in ((zelda, "PRIVATE"), (jonas, "OTHERS")):
        DraftFactory(person=person, week_on=WEEK_47, typed={"did": f"{mark} draft"})
        for deleted_at in (None, NOW):
            IdeaFactory(owner=person, title=f"{mark} idea", why=f"{mark} why", deleted_at=deleted_at)


def _looks_back(zelda: User, jonas: User) -> None:
    """With their team, and each by themselves."""
    session = SessionFactory(kind="RETRO", phase="DECIDE", facilitator=jonas, team=zelda.memberships.get().team)
    retro = RetroFactory(session=session, is_anonymous=False, published_by=zelda, published_at=NOW)
    for place, (person, mark) in enumerate(((zelda, "SHARED"), (jonas, "OTHERS"))):
        VoteFactory(note=NoteFactory(retro=retro, author=person, text=f"{mark} note"), by=person)
        ReadyFactory(retro=retro, person=person)
        AnswerFactory(retro=retro, by=person, sentence=f"{mark} sentence")
        promise = PromiseFactory(by=person, to=None, team=session.team, text=f"{mark} change", kind="ACTION")
        ChoiceFactory(retro=retro, place=place, promise=promise)
    for person, mark in ((zelda, "PRIVATE"), (jonas, "OTHERS")):
        RecordShareFactory(owner=person)
        OwnRetroFactory(owner=person, quarter=retro.quarter, well=f"{mark} well")
        PickFactory(person=person, team=session.team, quarter=retro.quarter, moment=f"{mark} moment")
        taught = Grade.objects.filter(by=person, key_result__objective__audience="EVERYONE")[0]
        LearningFactory(grade=taught, by=person, text=f"{mark} learned", text_key=f"{mark} learned".lower())


def _promises(zelda: User, jonas: User) -> None:
    """Each to the other: in their team, and about what everyone reads."""
    team = zelda.memberships.get().team
    PromiseFactory(by=zelda, to=jonas, team=team, text="SHARED promise")
    PromiseFactory(by=jonas, to=zelda, team=team, text="OTHERS promise")
    PromiseFactory(by=jonas, to=zelda, team=team, text="OTHERS promise", objective=_open(zelda))
    part = _open(zelda).key_results.filter(deleted_at=None)[0]
    PromiseFactory(by=jonas, to=zelda, team=team, text="OTHERS promise", key_result=part)


def _open(person: User) -> Objective:
    """One of theirs that everyone reads, the same in every run."""
    return person.objectives.filter(audience="EVERYONE", state="ACTIVE", deleted_at=None).order_by("title", "pk")[0]


def _told_of(zelda: User, cheer: Cheer) -> None:
    about = {"subject_type": cheer._meta.label, "subject_id": cheer.pk}
    event = Event.objects.create(at=cheer.at, by=cheer.by, verb="CHEERED", **about)
    Notice.objects.create(person=zelda, event=event)


def _closes(zelda: User, jonas: User, team: Team) -> None:
    """Each a quarter, in which something of both stood, also what is theirs alone by now; and lets something go."""
    found = Objective.objects.filter(owner__in=[zelda, jonas], deleted_at=None)
    entries = take([*found.values_list("pk", flat=True)], closed=())
    for number, person in enumerate((zelda, jonas), start=1):
        quarter = QuarterFactory(slug=f"2025-Q{number}", first_on=date(2025, 3 * number, 1))
        ClosingFactory(team=team, quarter=quarter, closed_by=person, snapshot=entries, sha256=seal(entries))
        CarryOverFactory(objective=_open(person))
        CarryOverFactory(objective=person.objectives.filter(audience="ONLY_ME").order_by("title", "pk")[0])


def _suggests(zelda: User, jonas: User) -> None:
    """She of his what he took, what waits and what he left; he of hers."""
    theirs = {"objective": _open(jonas), "by": zelda}
    answered = {"answered_at": NOW, "answered_by": jonas}
    SuggestionFactory(**theirs, title="SHARED words", state="ACCEPTED", **answered)
    SuggestionFactory(**theirs, title="PRIVATE words")
    SuggestionFactory(**theirs, title="PRIVATE words", state="DECLINED", answer="Not now", **answered)
    for objective in zelda.objectives.filter(audience="EVERYONE", state="ACTIVE", deleted_at=None):
        SuggestionFactory(objective=objective, by=jonas, title="OTHERS words")
        _suggests_wholes(zelda, jonas, objective)


def _suggests_wholes(zelda: User, jonas: User, hers: Objective) -> None:
    """She to him what he took, what he left and what waits; he to her what she took."""
    taken = {"state": "ACCEPTED", "answered_at": NOW}
    SuggestedObjectiveFactory(by=jonas, to=zelda, title="OTHERS whole", objective=hers, **taken)
    his = _open(jonas)
    SuggestedObjectiveFactory(by=zelda, to=jonas, title="SHARED whole", objective=his, **taken)
    words = {"title": "PRIVATE whole", "why": "PRIVATE why", "key_results": "PRIVATE line"}
    SuggestedObjectiveFactory(by=zelda, to=jonas, **words)
    SuggestedObjectiveFactory(by=zelda, to=jonas, **words, state="DECLINED", answered_at=NOW, answer="Not now")


def _at_the_door(zelda: User, team: Team, now: datetime) -> Client:
    """Signs in after a mistake, forgets her password, makes a token and uses it, is away, and invites somebody."""
    by = viewer_of(zelda)
    sign_in(EMAIL, "wrong")
    browser, _answer = sign_in(EMAIL)
    browser.post("/accounts/password/reset/", {"email": EMAIL})
    typed = {"name": "PRIVATE token", "scope": "FULL", "days": "90"}
    sign_in(EMAIL)[0].post("/settings/tokens/", typed)  # asks who she is, and keeps meanwhile what was typed
    _token, secret = tokens.make(by=by, name="PRIVATE token", scope="FULL", days=90, client_key=uuid4(), now=now)
    _by_a_program(zelda, secret)
    absences.say(by=by, first_on=now.date(), last_on=now.date(), now=now)
    profile.change(by=by, name=NAME, zone="Europe/Paris", theme="DARK", now=now)
    Membership.objects.filter(user=zelda).update(role="LEAD")
    words = {"emails": ["new@example.org"], "role": "MEMBER", "message": f"PRIVATE words of {NAME}"}
    invitations.invite(by=viewer_of(User.objects.get(pk=zelda.pk)), team=team, now=now, **words)
    room_links.make(by=viewer_of(User.objects.get(pk=zelda.pk)), team=team, now=now)
    feeds.make(by=viewer_of(User.objects.get(pk=zelda.pk)), now=now)
    tells = chat.Tells(reminder=True, celebration=True)
    say = {"team": team, "address": "https://chat.invalid/x", "tells": tells, "now": now}
    chat.connect(by=viewer_of(User.objects.get(pk=zelda.pk)), **say)
    address = EmailAddress.objects.get(user=zelda)
    EmailConfirmation.objects.create(email_address=address, created=now, key="key")
    letter = Letter(f"{NAME} thanks you", "OTHERS")
    told = {"kind": Delivery.Kind.NOTICE, "about": "thanks", "now": now}
    sent = owe(letter, to="jonas@northlight.example", **told)
    Delivery.objects.filter(pk=sent.pk).update(state="SENT", sent_at=now)
    owe(Letter("OTHERS", "OTHERS"), to="rosa@northlight.example", **told)
    browser.get("/api/v1/schema/")  # which is counted
    session = browser.session
    put_by(session, close(Kept("/objectives/new/", mark_of(zelda.pk), [Typed("title", "PRIVATE aim")])))
    session.save()
    return browser


def _by_a_program(zelda: User, secret: str) -> None:
    """Its answer is kept, with the words that it sent."""
    row = KeyResult.objects.filter(owner=zelda, objective__audience="ONLY_ME", deleted_at=None).order_by("title", "pk")[
        0
    ]
    value = {"amount": 3, "source": "PRIVATE script", "at": "2026-11-19T09:00:00Z"}
    headers = {"authorization": f"Bearer {secret}", "idempotency-key": "one"}
    path = f"/api/v1/key-results/{row.pk}/values/"
    answer = Client().post(path, value, content_type="application/json", headers=headers)
    assert answer.status_code == 201, answer.text


def traces() -> set[str]:
    """Every column of every table, the cache among them, in which a trace of her is found."""
    return set(_traces())


def _traces() -> Iterator[str]:
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608 - a name that the database itself gave
            columns = [column[0] for column in cursor.description]
            for row in cursor.fetchall():
                yield from (
                    f"{table}.{name}" for name, value in zip(columns, row, strict=True) if is_trace(name, value)
                )


def is_trace(column: str, value: Any) -> bool:
    """Whether a value tells of her, opened where it was closed: sealed mails, sessions, the cache."""
    if not isinstance(value, str | dict | list):
        return False
    text = value if isinstance(value, str) else json.dumps(value)
    return any(TRACES.search(one) for one in (text, *_opened(column, text)))


def _opened(column: str, text: str) -> Iterator[str]:
    if column == "sealed" and text:
        try:
            yield unseal(text, key=settings.SECRET_KEY)
        except SealBroken:
            return
    if column == "session_data":
        found = SessionStore().decode(text)
        yield json.dumps(found)
        yield str(opened(found.get("kept", "")))
    if column == "value":
        yield base64.b64decode(text).decode("latin-1")
