"""How the teams of the sample organisation look back: one retro was held, two are going on."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import sha256
from uuid import NAMESPACE_OID, uuid5

from activity.actions.events import record
from checkins.models import Attendance, Promise, Session
from core.calendar import Week
from objectives.models import Quarter
from okrsite.demo.stage import Stage
from people.models import Membership, Team, User
from retros.models import Answer, Choice, Frame, Note, OwnRetro, Retro, Vote
from retros.rules.retros import DECIDE, KIND, VOTE, WRITE, week_of

WHY = "We start more than we finish, and nobody can say in a sentence what this quarter is about."
WILL_SEE = "Fewer things on the board, and people who talk about them on Friday without being asked."
SUMMARY = (
    "We finish fewer things and talk about more of them. What helped most was looking at the numbers every Friday."
)


@dataclass(frozen=True)
class Written:
    """A note of a column, the first names of those who voted for it, and what lies under it."""

    column: str
    text: str
    votes: str = ""
    under: tuple[str, ...] = ()


HELD = (
    Written("WELL", "Friday rounds stayed under twenty minutes", "mira jonas elif sam", ("We began on time",)),
    Written("WELL", "Strangers read what we write", "priya tomasz"),
    Written("WELL", "Two promises a month, kept", "mira"),
    Written(
        "BETTER",
        "We noticed the pager problem in week three and amended it in week ten",
        "jonas priya elif tomasz sam",
        ("Red for seven weeks before anybody said so",),
    ),
    Written("BETTER", "Half our key results needed a number nobody collects", "jonas elif priya"),
    Written("BETTER", "Start the essay before the quarter does", "mira"),
    Written("STOP", "Counting subscribers", "sam tomasz"),
    Written("STOP", "Planning five things for a four-day week"),
)
FACE_DOWN = (
    Written("WELL", "Merging takes minutes now, not an afternoon"),
    Written("WELL", "Everybody can say what the quarter is about"),
    Written("BETTER", "Ask for a hand in the second week, not in the sixth"),
    Written("STOP", "Meetings without a question"),
)
VOTED = (
    Written("WELL", "Nobody answered after six", "kofi lucia", ("The queue was empty on four Fridays",)),
    Written("WELL", "Short answers with a picture", "ana"),
    Written("BETTER", "Write down what we tell people twice", "ana henrik kofi"),
    Written("STOP", "Three channels for one question", "lucia"),
)
CHOSEN = (  # who keeps it, what it is, days from the end of the quarter until its day, and what became of it
    ("jonas", "CHANGE", "Review every key result in week six, with the calendar open", 24, "KEPT"),
    ("mira", "CHANGE", "No key result without a place to read its number", 90, "OPEN"),
    ("sam", "STOP", "Stop: counting subscribers", 88, "OPEN"),
)
ANSWERS = (
    ("mira", "YES", "I know what my week is for."),
    ("jonas", "PARTLY", "On Fridays, yes; on Mondays I forget."),
    ("priya", "YES", ""),
    ("tomasz", "PARTLY", "Too many key results still."),
    ("elif", "YES", "We talk about the work instead of the tickets."),
)


def make_retros(
    stage: Stage, people: Mapping[str, User], teams: Mapping[str, Team], quarters: Mapping[int, Quarter]
) -> None:
    """Accelerator held one of the last quarter and writes for this one; the Front Desk votes, with names."""
    accelerator, desk = teams["accelerator"], teams["front-desk"]
    frame = Frame.objects.create(team=accelerator, why=WHY, will_see=WILL_SEE)
    record("FRAME_SET", frame, by_pk=people["elif"].pk, now=stage.now, team_pk=accelerator.pk)
    Frame.objects.create(team=desk, is_anonymous=False, well="Again, please", better="Next time", stop="No more")
    _held(stage, people, accelerator, quarters[-1])
    began = stage.at(stage.week.previous.thursday, 15)
    running = _begun(accelerator, quarters[0], people["priya"], WRITE, began)
    Retro.objects.filter(pk=running.pk).update(writing_until=(stage.week + 2).sunday)
    _write(running, FACE_DOWN, people)
    voting = _begun(desk, quarters[0], people["ana"], VOTE, began)
    voting.is_anonymous = False
    _write(voting, VOTED, people, authors=("kofi", "lucia", "ana", "henrik"))
    OwnRetro.objects.create(
        owner=people["mira"],
        quarter=quarters[-1],
        well="I wrote before I read mail, on most days.",
        better="Show a draft to somebody while it is still bad.",
        stop="Looking at the counter.",
    )


def _held(stage: Stage, people: Mapping[str, User], team: Team, quarter: Quarter) -> None:
    """Two days before the end of its quarter; what was chosen is with those who keep it."""
    began = stage.at(quarter.ends_on - timedelta(days=2), 14)
    ended = began + timedelta(minutes=75)
    retro = _begun(team, quarter, people["priya"], DECIDE, began)
    _write(retro, HELD, people)
    for number, (keeper, kind, text, days, state) in enumerate(CHOSEN):
        promise = _promised(people[keeper], team, text, quarter.ends_on + timedelta(days=days), ended, state)
        place = number if kind == Choice.Kind.CHANGE else 0
        Choice.objects.create(retro=retro, kind=kind, place=place, promise=promise)
    for first, working, sentence in ANSWERS:
        Answer.objects.create(retro=retro, by=people[first], working=working, sentence=sentence)
    members = Membership.objects.for_everyone(because="the demo fills it").present().checking_in([team.pk])
    for row in members.select_related("user"):
        Attendance.objects.create(session=retro.session, person=row.user, first_at=ended, last_at=ended)
    Session.objects.filter(pk=retro.session_id).update(held_at=ended)
    told = {"summary": SUMMARY, "published_at": ended, "published_by": people["elif"], "is_answered": True}
    Retro.objects.filter(pk=retro.pk).update(**told)
    record("SESSION_HELD", retro.session, by_pk=people["priya"].pk, now=ended, team_pk=team.pk)
    record("RETRO_PUBLISHED", retro, by_pk=people["elif"].pk, now=ended, team_pk=team.pk)


def _begun(team: Team, quarter: Quarter, leader: User, phase: str, began: datetime) -> Retro:
    week = week_of(quarter.first_on, quarter.ends_on)
    session = Session.objects.create(
        kind=KIND, team=team, week_on=week.monday, phase=phase, facilitator=leader, started_at=began
    )
    record("SESSION_STARTED", session, by_pk=leader.pk, now=began, team_pk=team.pk, data={"week": str(week)})
    frame = Frame.objects.get(team=team)
    words = {name: getattr(frame, name) for name in ("is_anonymous", "well", "better", "stop")}
    return Retro.objects.create(session=session, team=team, quarter=quarter, **words)


def _write(retro: Retro, rows: tuple[Written, ...], people: Mapping[str, User], authors: tuple[str, ...] = ()) -> None:
    """Notes of the `authors` in turn, or of nobody, and the votes for them."""
    given: dict[str, int] = {}
    is_revealed = retro.session.phase != WRITE
    for number, row in enumerate(rows):
        author = people[authors[number % len(authors)]] if authors else None
        whose = {"author": author, "secret_hash": "" if author else sha256(row.text.encode()).hexdigest()}
        fields = {"retro": retro, "column": row.column, "is_revealed": is_revealed, **whose}
        note = Note.objects.create(text=row.text, **fields)
        for text in row.under:
            Note.objects.create(text=text, parent=note, **fields)
        for first in row.votes.split():
            place = given[first] = given.get(first, -1) + 1
            Vote.objects.create(retro=retro, note=note, by=people[first], place=place)


def _promised(keeper: User, team: Team, text: str, due_on: date, at: datetime, state: str) -> Promise:
    what = {"text": text, "due_on": due_on, "kind": Promise.Kind.ACTION, "origin": Promise.Origin.RETRO}
    promise = Promise.objects.create(
        **what,
        by=keeper,
        team=team,
        week_on=Week.on(at.date()).monday,
        at=at,
        state=state,
        state_at=at + timedelta(days=20 if state == "KEPT" else 0),
        client_key=uuid5(NAMESPACE_OID, text),
    )
    record("PROMISED", promise, by_pk=keeper.pk, now=at, team_pk=team.pk, data={"keeper": keeper.pk})
    return promise
