"""How long everything is kept: a table of what goes a day after its end, and is there a day before (PRIV-12)."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress, EmailConfirmation
from allauth.usersessions.models import UserSession
from django.apps import apps
from django.contrib.sessions.models import Session
from django.db.models import Model

from activity.models import Event, Notice
from core.terms import TERMS
from objectives.models import SuggestedObjective, Suggestion
from okrsite.keeping import KEEPING, clear_away
from people.models import ApiUse, ChatPost, KeptAnswer
from tests.conftest import NOW
from tests.factories import (
    AccessLinkFactory,
    AttendanceFactory,
    BetFactory,
    ChatHookFactory,
    CheckInFactory,
    CommentFactory,
    ConfidenceFactory,
    DeliveryFactory,
    DraftFactory,
    EarlierGradeFactory,
    GradeFactory,
    HealthMarkFactory,
    HealthMetricFactory,
    IdeaFactory,
    KeyResultFactory,
    LineFactory,
    NudgeFactory,
    ObjectiveFactory,
    OutlookFactory,
    PromiseFactory,
    QuarterFactory,
    RecordShareFactory,
    RevealFactory,
    ReviewFactory,
    RoomLinkFactory,
    SessionFactory,
    SuggestedObjectiveFactory,
    SuggestionFactory,
    TokenFactory,
    TurnFactory,
    UserFactory,
    ValueFactory,
    WeekCommentFactory,
)
from tests.factories.retros import LearningFactory, NoteFactory, OwnRetroFactory, PickFactory

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
LONG_AGO = NOW - timedelta(days=4000)


def suggestion(at: datetime, state: str) -> Suggestion:
    return SuggestionFactory(state=state, answered_at=at, answered_by=UserFactory())


def whole(at: datetime, state: str) -> SuggestedObjective:
    return SuggestedObjectiveFactory(state=state, answered_at=at)


def event(at: datetime, verb: str) -> Event:
    person = UserFactory()
    return Event.objects.create(at=at, by=person, verb=verb, subject_type="people.User", subject_id=person.pk)


def used_session(at: datetime) -> UserSession:
    session = UserSession.objects.create(user=UserFactory(), session_key="key", ip="::1", user_agent="")
    UserSession.objects.filter(pk=session.pk).update(last_seen_at=at)
    return session


def use(at: datetime) -> ApiUse:
    return ApiUse.objects.create(person=UserFactory(), counted_from=at)


def answer(at: datetime) -> KeptAnswer:
    return KeptAnswer.objects.create(person=UserFactory(), route="/", key="key", body_hash="", created_at=at)


def confirmation(at: datetime) -> EmailConfirmation:
    address = EmailAddress.objects.create(user=UserFactory(), email="a@example.org")
    return EmailConfirmation.objects.create(email_address=address, created=at, key="key")


def draft_of_quarter(at: datetime):
    quarter = QuarterFactory(slug="long-ago", first_on=LONG_AGO.date(), ends_on=at.date())
    return ObjectiveFactory(state="DRAFT", quarter=quarter)


def deleted_objective(at: datetime):
    """With all that hangs on it."""
    objective = ObjectiveFactory(deleted_at=at)
    for make in (ConfidenceFactory, ValueFactory):
        make(key_result=KeyResultFactory(objective=objective))
    LineFactory(objective=objective)
    return objective


def deleted(make: Callable[..., Any], at: datetime) -> Any:
    person = UserFactory()
    return make(by=person, deleted_at=at, deleted_by=person)


def notice(at: datetime) -> Notice:
    return Notice.objects.create(person=UserFactory(), event=event(at, "CHEERED"))


def told_chat(at: datetime) -> Any:
    row = {"kind": "TEST", "period": "W", "text": "x", "created_at": at, "due_at": at, "until": at}
    return ChatPost.objects.create(hook=ChatHookFactory(), **row)


# What; how it is made at a moment; after how many days it goes; by which setting.
TABLE: list[tuple[str, Callable[[datetime], Any], int, str]] = [
    ("a draft of a week", lambda at: CheckInFactory(week_on=at.date(), done_at=None), 90, "DRAFTS"),
    ("a draft of a quarter that is over", draft_of_quarter, 90, "DRAFTS"),
    ("a session", lambda at: Session.objects.create(session_key="key", expire_date=at), 0, ""),
    ("what is known of a session", used_session, 31, "SESSIONS"),
    ("a link", lambda at: AccessLinkFactory(created_at=LONG_AGO, expires_at=at), 30, "LINKS"),
    ("a used link", lambda at: AccessLinkFactory(created_at=LONG_AGO, expires_at=at, used_at=at), 30, "LINKS"),
    ("a room link", lambda at: RoomLinkFactory(created_at=LONG_AGO, expires_at=at), 30, "LINKS"),
    ("what a chat was told", told_chat, 90, ""),
    ("a token", lambda at: TokenFactory(created_at=LONG_AGO, expires_at=at), 30, "LINKS"),
    ("a confirmation of an address", confirmation, 30, "LINKS"),
    ("a mail", lambda at: DeliveryFactory(created_at=at), 90, "MAIL"),
    ("a decision", lambda at: event(at, "MANAGER_SET"), 731, "AUDIT"),
    ("what happened", lambda at: event(at, "ACTIVATED"), 1827, "HISTORY"),
    ("an answer that was kept", answer, 2, ""),
    ("how often a session asked", use, 1, ""),
    ("a deleted objective", deleted_objective, 30, ""),
    ("a deleted key result", lambda at: KeyResultFactory(deleted_at=at), 30, ""),
    ("a deleted comment", lambda at: deleted(CommentFactory, at), 30, ""),
    ("a deleted bet", lambda at: BetFactory(deleted_at=at), 30, ""),
    ("a deleted comment on a week", lambda at: deleted(WeekCommentFactory, at), 30, ""),
    ("a suggestion that was taken back", lambda at: suggestion(at, "WITHDRAWN"), 30, ""),
    ("a whole suggestion that was taken back", lambda at: whole(at, "WITHDRAWN"), 30, ""),
    ("an idea that was taken off", lambda at: IdeaFactory(deleted_at=at), 30, ""),
    ("what was typed of a week", lambda at: DraftFactory(week_on=at.date()), 90, "DRAFTS"),
    ("a friendly note", lambda at: NudgeFactory(week_on=at.date()), 90, "DRAFTS"),
    ("what is set together", lambda at: RevealFactory(opened_at=at), 1, ""),
    ("a record that is shared until a day", lambda at: RecordShareFactory(until_on=at.date()), 2, ""),
    ("a notice", notice, 90, ""),
]
NEVER = [
    ("a promise that is open", lambda at: PromiseFactory(at=at)),
    ("a suggestion that was taken", lambda at: suggestion(at, "ACCEPTED")),
    ("a whole suggestion that was left", lambda at: whole(at, "DECLINED")),
    ("a whole suggestion that waits", lambda at: SuggestedObjectiveFactory(at=at)),
    ("a bet that is open", lambda at: BetFactory(at=at)),
    ("a grade", lambda at: GradeFactory(at=at)),
    ("what a grade was", lambda at: EarlierGradeFactory(at=at)),
    ("what was said of an objective at the end", lambda at: ReviewFactory(at=at)),
    ("an idea on a shelf", lambda at: IdeaFactory(added_at=at)),
    ("a week that is done", lambda at: CheckInFactory(week_on=at.date(), done_at=at)),
    ("a celebration", lambda at: TurnFactory(session=SessionFactory(started_at=at, held_at=at))),
    ("how a metric was", lambda at: HealthMarkFactory(week_on=at.date(), at=at)),
    ("a metric that was let go", lambda at: HealthMetricFactory(let_go_at=at)),
    ("what a team had before it", lambda at: OutlookFactory(starts_on=at.date(), said_on=at.date())),
    ("a note of a retro", lambda at: NoteFactory(retro__session__held_at=at)),
    ("a look back of one's own", lambda at: OwnRetroFactory()),
    ("what was brought to a recap", lambda at: PickFactory()),
    ("what is in the library", lambda at: LearningFactory(at=at)),
    ("a record that is shared without an end", lambda at: RecordShareFactory(at=at)),
    ("that somebody was there", lambda at: AttendanceFactory(first_at=at, last_at=at)),
    ("a closed objective", lambda at: ObjectiveFactory(state="CLOSED", state_at=at)),
    ("a draft of this quarter", lambda at: ObjectiveFactory(state="DRAFT", created_at=at)),
]


def is_there(row: Model) -> bool:
    return type(row)._base_manager.filter(pk=row.pk).exists()


@pytest.mark.parametrize(("make", "days"), [row[1:3] for row in TABLE], ids=[row[0] for row in TABLE])
def test_a_day_before_it_is_there_and_a_day_after_it_is_gone(make, days):
    """PRIV-12, RL-07: drafts 90 days, sessions and links 30, mails 90, decisions two years, what happened five."""
    row = make(NOW)
    assert clear_away(now=NOW + timedelta(days=days) - DAY) == 0
    assert is_there(row)
    assert clear_away(now=NOW + timedelta(days=days) + DAY) == 1
    assert not is_there(row)
    assert clear_away(now=NOW + timedelta(days=days) + DAY) == 0


@pytest.mark.parametrize(
    ("make", "days", "name"), [row[1:] for row in TABLE if row[3]], ids=[row[0] for row in TABLE if row[3]]
)
def test_a_setting_says_how_long(make, days, name, settings):
    """PRIV-12: all settable."""
    settings.KEEP = {**settings.KEEP, name: 200}
    days += 200 - TERMS[name].days
    row = make(NOW)
    clear_away(now=NOW + timedelta(days=days) - DAY)
    assert is_there(row)
    clear_away(now=NOW + timedelta(days=days) + DAY)
    assert not is_there(row)


@pytest.mark.parametrize("make", [make for _what, make in NEVER], ids=[what for what, _make in NEVER])
def test_the_record_is_kept(make):
    row = make(LONG_AGO)
    clear_away(now=NOW)
    assert is_there(row)


def test_every_end_is_in_the_table():
    """PRIV-12: no kind is forgotten, and no setting does nothing."""
    ends = [(label, term) for label, kept in KEEPING.items() for term in kept.terms]
    made = {type(make(NOW))._meta.label for _what, make, _days, _name in TABLE}
    assert made == {label for label, _term in ends}
    assert len(TABLE) == len(ends) + 2  # a used link and a room link end as the others
    assert {term.setting for _label, term in ends} - {""} == set(TERMS)


def test_what_is_gone_leaves_nothing_behind():
    """DB-05: with an objective go its key results, readings and the lines about it."""
    deleted_objective(NOW - 31 * DAY)
    clear_away(now=NOW)
    labels = (
        "objectives.Objective",
        "objectives.KeyResult",
        "objectives.Confidence",
        "objectives.Value",
        "checkins.Line",
    )
    assert [apps.get_model(label)._base_manager.count() for label in labels] == [0] * 5
