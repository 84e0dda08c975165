"""The world of named people in which privacy is tested.

Source: decisions 3 (the eleven personas), product section 3 (audiences).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from activity.letters import Letter
from activity.models import Delivery, Event, Notice
from checkins.actions.week_links import secret_of
from checkins.models import CheckIn, Cheer, Draft, Line, Promise, Reveal, Session
from checkins.models import Comment as WeekComment
from objectives.actions.snapshots import seal, take
from objectives.models import Bet, Closing, Comment, Idea, KeyResult, Objective, Quarter, SuggestedObjective, Suggestion
from people.actions.reminding import unsubscription_secret
from people.models import Absence, AccessLink, ChatHook, Organisation, Team, Token, User
from retros.models import Note, Retro
from tests.factories.accounts import (
    AbsenceFactory,
    AccessLinkFactory,
    ChatHookFactory,
    FeedFactory,
    MembershipFactory,
    OrganisationFactory,
    RoomLinkFactory,
    TeamFactory,
    TokenFactory,
    UserFactory,
)
from tests.factories.mail import DeliveryFactory
from tests.factories.objectives import (
    BetFactory,
    ClosingFactory,
    CommentFactory,
    ConfidenceFactory,
    IdeaFactory,
    KeyResultFactory,
    ObjectiveFactory,
    QuarterFactory,
    SuggestedObjectiveFactory,
    SuggestionFactory,
    ValueFactory,
)
from tests.factories.retros import NoteFactory, RetroFactory
from tests.factories.weeks import (
    AttendanceFactory,
    CheckInFactory,
    CheerFactory,
    DraftFactory,
    LineFactory,
    PromiseFactory,
    RevealFactory,
    SessionFactory,
    TurnFactory,
    WeekCommentFactory,
)

PERSONAS = ("nobody", "charlie", "bob", "alice", "mona", "max", "xenia", "tara", "xavier", "ada", "dan")
WEDNESDAY = datetime(2026, 11, 18, 9, 0, tzinfo=UTC)
WEEK_46, WEEK_47 = date(2026, 11, 9), date(2026, 11, 16)
YESTERDAY = date(2026, 11, 18)
INVITATION_SECRET = "the-invitation-into-rockets"
ROOM_SECRET = "the-room-of-the-rockets"
FEED_SECRET = "what-alices-calendar-reads"


@dataclass(frozen=True)
class World:
    """Alice owns, the others look. Every private text holds `MARK` and the name of its audience.

    `objectives` and `key_results` are keyed ONLY_ME, MANAGER, MY_TEAMS, EVERYONE (Alice's own), DRAFT
    (hers too), TEAM_EVERYONE, TEAM_ONLY, TEAM_DRAFT (rockets', Alice accountable), DAN (of him who left).
    `lines` are keyed like the objectives they name, and NONE; `cheer` is Bob's, for the week that is done, and so is
    `week_comment`; `comments` are keyed like the objectives that they are on, and their owners'; `suggestions` likewise,
    and Bob's; `suggested` is a whole one, by Bob for Alice. What Alice typed
    of week 46 nobody reads. `notice` tells Alice of the cheer; `idea` is on her shelf; `bets` are
    on the key results, and keyed like them; `promise` is Bob's, to help Alice with her MY_TEAMS.
    `session` is the celebration of the rockets, which Bob leads, with Alice on
    stage; `reveal` is what it sets together, about her MY_TEAMS.
    `reminder` is what Alice was mailed of week 47, with her MY_TEAMS.
    `retro` is their retro, which Bob leads too, and `note` is Alice's in it.
    The harbour plans by dates of its own;
    `own_quarter` is to come.
    """

    organisation: Organisation
    everyone: Team
    rockets: Team
    harbour: Team
    quarter: Quarter
    own_quarter: Quarter
    closing: Closing
    alice: User
    bob: User
    mona: User
    max: User
    xenia: User
    tara: User
    xavier: User
    ada: User
    charlie: User
    dan: User
    objectives: dict[str, Objective]
    key_results: dict[str, KeyResult]
    check_in: CheckIn
    unfinished: CheckIn
    lines: dict[str, Line]
    cheer: Cheer
    comments: dict[str, Comment]
    week_comment: WeekComment
    suggestions: dict[str, Suggestion]
    suggested: SuggestedObjective
    draft: Draft
    notice: Notice
    invitation: AccessLink
    room_link: AccessLink
    feed: AccessLink
    chat: ChatHook
    reminder: Delivery
    absence: Absence
    token: Token
    idea: Idea
    bets: dict[str, Bet]
    promise: Promise
    session: Session
    retro: Retro
    note: Note

    @property
    def nobody(self) -> None:
        """Who is not signed in."""
        return

    @property
    def invitation_secret(self) -> str:
        """What opens `invitation`."""
        return INVITATION_SECRET

    @property
    def room_secret(self) -> str:
        """What opens the wall of the rockets to everybody."""
        return ROOM_SECRET

    @property
    def feed_secret(self) -> str:
        """What opens Alice's dates to a calendar."""
        return FEED_SECRET

    @property
    def week_secret(self) -> str:
        """What opens Alice's week to whoever has her mail."""
        return secret_of(self.reminder)

    @property
    def unsubscription_secret(self) -> str:
        """What ends her reminders."""
        return unsubscription_secret(self.alice)

    @property
    def reveal(self) -> Reveal:
        """What the rockets set together."""
        return Reveal.objects.get(session=self.session)

    def persona(self, name: str) -> User | None:
        """The person called `name`, one of PERSONAS; None for nobody."""
        person: User | None = getattr(self, name)
        return person


def make_world() -> World:
    """The whole world, as it stands on Thursday, 19 November 2026."""
    organisation = OrganisationFactory()
    everyone = TeamFactory(kind="ORGANISATION", name="Northlight")
    rockets, harbour = TeamFactory(name="Rockets"), TeamFactory(name="Harbour", length="CUSTOM")
    people = _people()
    _places(rockets, harbour, people)
    quarter = QuarterFactory()
    objectives = _objectives(people, rockets, quarter)
    key_results = {mark: _key_result(mark, objective) for mark, objective in objectives.items()}
    check_in = CheckInFactory(person=people["alice"], week_on=WEEK_46)
    lines = {
        mark: LineFactory(
            check_in=check_in, objective=objectives.get(mark), text=_mark(mark, "LINE"), position=position
        )
        for position, mark in enumerate([*_ALICES, "TEAM_EVERYONE", "TEAM_ONLY", "NONE"])
    }
    cheer = CheerFactory(check_in=check_in, by=people["bob"], text=_mark("NONE", "CHEER"))
    unfinished = CheckInFactory(person=people["alice"], week_on=WEEK_47, done_at=None)
    LineFactory(check_in=unfinished, text=_mark("UNFINISHED", "LINE"))
    return World(
        organisation=organisation,
        everyone=everyone,
        rockets=rockets,
        harbour=harbour,
        quarter=quarter,
        closing=_closing(rockets, people["tara"], objectives),
        own_quarter=QuarterFactory(slug="pier", length="CUSTOM", team=harbour, **_PIER),
        **people,
        objectives=objectives,
        key_results=key_results,
        check_in=check_in,
        unfinished=unfinished,
        lines=lines,
        cheer=cheer,
        notice=_notice(cheer),
        comments={mark: CommentFactory(objective=one, text=_mark(mark, "COMMENT")) for mark, one in objectives.items()},
        week_comment=WeekCommentFactory(check_in=check_in, by=people["bob"], text=_mark("NONE", "COMMENT")),
        suggestions={
            mark: SuggestionFactory(objective=objectives[mark], by=people["bob"], title=_mark(mark, "SUGGESTION"))
            for mark in ("ONLY_ME", "EVERYONE", "TEAM_EVERYONE")
        },
        suggested=SuggestedObjectiveFactory(by=people["bob"], to=people["alice"], **_whole()),
        draft=DraftFactory(person=people["alice"], typed={"did": _mark("TYPED", "LINE")}),
        invitation=AccessLinkFactory(
            team=rockets,
            by=people["tara"],
            secret=INVITATION_SECRET,
            email="guest@example.org",
            message=_mark("INVITATION", "WORDS"),
        ),
        room_link=RoomLinkFactory(team=rockets, by=people["tara"], secret=ROOM_SECRET),
        feed=FeedFactory(by=people["alice"], secret=FEED_SECRET, last_used_on=date(2026, 11, 19)),
        chat=ChatHookFactory(team=rockets, by=people["tara"]),
        reminder=_reminder(people["alice"], key_results["MY_TEAMS"]),
        absence=AbsenceFactory(user=people["alice"]),
        token=TokenFactory(person=people["alice"]),
        session=_session(rockets, people, key_results["MY_TEAMS"]),
        **_retro(rockets, people, quarter),
        bets={mark: _bet(mark, one) for mark, one in key_results.items()},
        promise=PromiseFactory(
            by=people["bob"],
            to=people["alice"],
            team=rockets,
            key_result=key_results["MY_TEAMS"],
            text=_mark("MY_TEAMS", "PROMISE"),
        ),
        idea=IdeaFactory(owner=people["alice"], title=_mark("SHELF", "TITLE"), why=_mark("SHELF", "WHY")),
    )


_PIER = {"first_on": date(2026, 12, 7), "ends_on": date(2027, 1, 18)}
_ALICES = ("ONLY_ME", "MANAGER", "MY_TEAMS", "EVERYONE")


def _session(rockets: Team, people: dict[str, User], about: KeyResult) -> Session:
    """The rockets celebrate week 47: Bob leads, Alice is on stage, and they set together how sure they are `about` hers."""
    alice, bob, tara = (people[name] for name in ("alice", "bob", "tara"))
    session = SessionFactory(team=rockets, facilitator=bob, phase="ROUNDS", on_stage=alice)
    for place, person in enumerate((alice, bob, tara)):
        TurnFactory(session=session, person=person, position=place)
    AttendanceFactory(session=session, person=bob)
    RevealFactory(session=session, key_result=about)
    return session


def _retro(rockets: Team, people: dict[str, User], quarter: Quarter) -> dict[str, Any]:
    """The rockets vote in their retro, which Bob leads; its one note is Alice's, with her name."""
    fields = {"kind": "RETRO", "week_on": date(2026, 12, 28), "phase": "VOTE"}
    session = SessionFactory(team=rockets, facilitator=people["bob"], **fields)
    retro = RetroFactory(session=session, quarter=quarter, is_anonymous=False)
    note = NoteFactory(retro=retro, author=people["alice"], text=_mark("RETRO", "NOTE"), is_revealed=True)
    return {"retro": retro, "note": note}


def _notice(cheer: Cheer) -> Notice:
    """Whose week it is is told of it."""
    about = {"subject_type": cheer._meta.label, "subject_id": cheer.pk, "data": {"check_in": cheer.check_in_id}}
    event = Event.objects.create(at=cheer.at, by=cheer.by, verb="CHEERED", **about)
    return Notice.objects.create(person=cheer.check_in.person, event=event)


def _reminder(person: User, about: KeyResult) -> Delivery:
    """What went out to somebody of week 47, and named one key result."""
    letter = Letter("Your week 47", f"{about.title}: 4/10", behind=[(about.pk, about.title, 4)])
    sent = {"state": "SENT", "sent_at": WEDNESDAY, "tries": 1}
    return DeliveryFactory(
        kind="REMINDER", person=person, address=person.email, period="2026-W47", letter=letter, **sent
    )


def _mark(audience: str, part: str) -> str:
    """A text that a crawl can look for: MARK-ONLY-ME-TITLE."""
    return f"MARK-{audience}-{part}".replace("_", "-")


def _people() -> dict[str, User]:
    """Ten people; Mona has been Alice's manager since today, Xenia until yesterday."""
    top = UserFactory(name="Max")
    manager = UserFactory(name="Mona", manager=top)
    return {
        "max": top,
        "mona": manager,
        "alice": UserFactory(name="Alice", manager=manager, manager_since_on=date(2026, 11, 19)),
        "ada": UserFactory(name="Ada", is_site_admin=True),
        "dan": UserFactory(name="Dan", switched_off_at=WEDNESDAY),
        **{name: UserFactory(name=name.title()) for name in ("bob", "xenia", "tara", "xavier", "charlie")},
    }


def _places(rockets: Team, harbour: Team, people: dict[str, User]) -> None:
    MembershipFactory(team=rockets, user=people["alice"])
    MembershipFactory(team=rockets, user=people["bob"])
    MembershipFactory(team=rockets, user=people["tara"], role="LEAD")
    MembershipFactory(team=rockets, user=people["dan"], left_on=YESTERDAY)
    MembershipFactory(team=harbour, user=people["xavier"], role="LEAD")


def _closing(team: Team, lead: User, objectives: Mapping[str, Objective]) -> Closing:
    """Of spring, in which all that the world holds is said to have stood."""
    spring = QuarterFactory(slug="2026-Q2", first_on=date(2026, 4, 1), ends_on=date(2026, 7, 1))
    entries = take([one.pk for one in objectives.values()], closed=())
    at = datetime(2026, 7, 2, 12, 0, tzinfo=UTC)
    return ClosingFactory(
        team=team, quarter=spring, closed_by=lead, closed_at=at, snapshot=entries, sha256=seal(entries)
    )


def _objectives(people: dict[str, User], rockets: Team, quarter: Quarter) -> dict[str, Objective]:
    alice = people["alice"]
    made = {
        mark: _objective(mark, owner=alice, team=rockets, quarter=quarter, audience=mark, position=position)
        for position, mark in enumerate(_ALICES)
    }
    made["DRAFT"] = _objective("DRAFT", owner=alice, team=rockets, quarter=quarter, audience="EVERYONE", state="DRAFT")
    team = {"owner": alice, "team": rockets, "quarter": quarter, "kind": "TEAM"}
    made["TEAM_EVERYONE"] = _objective("TEAM_EVERYONE", audience="EVERYONE", **team)
    made["TEAM_ONLY"] = _objective("TEAM_ONLY", audience="TEAM", **team)
    made["TEAM_DRAFT"] = _objective("TEAM_DRAFT", audience="EVERYONE", state="DRAFT", **team)
    made["DAN"] = _objective("DAN", owner=people["dan"], team=rockets, quarter=quarter, audience="EVERYONE")
    return made


def _objective(mark: str, **fields: object) -> Objective:
    """An objective that holds something in every field, as one does when hiding it is tested."""
    return ObjectiveFactory(
        title=_mark(mark, "TITLE"),
        why=_mark(mark, "WHY"),
        first_step=_mark(mark, "STEP"),
        hours=3,
        money=120,
        **fields,
    )


def _whole() -> dict[str, str]:
    return {"title": _mark("WHOLE", "TITLE"), "why": _mark("WHOLE", "WHY"), "key_results": _mark("WHOLE", "LINE")}


def _bet(mark: str, key_result: KeyResult) -> Bet:
    return BetFactory(key_result=key_result, if_we=_mark(mark, "BET"), because=_mark(mark, "REASON"))


def _key_result(mark: str, objective: Objective) -> KeyResult:
    """With confidences in weeks 46 and 47, a value, and words in every field."""
    key_result = KeyResultFactory(
        objective=objective,
        title=_mark(mark, "KR"),
        intention=_mark(mark, "INTENTION"),
        unit="marks",
        anchor_low=_mark(mark, "LOW"),
        anchor_good=_mark(mark, "GOOD"),
        anchor_full=_mark(mark, "FULL"),
    )
    if objective.state == "ACTIVE":
        ConfidenceFactory(key_result=key_result, week_on=WEEK_46, level=4)
        ConfidenceFactory(key_result=key_result, week_on=WEEK_47, level=6, at=WEDNESDAY)
        ValueFactory(key_result=key_result)
    return key_result
