"""A quarter that its team has closed, with one of everything in it, and every road by which somebody would write there."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any
from uuid import uuid4

from checkins.actions import check_ins, on_stage, promises
from checkins.actions.check_ins import Answer
from checkins.models import Line
from core.calendar import Week
from objectives.actions import (
    bets,
    closings,
    grades,
    hands,
    ideas,
    key_results,
    objectives,
    readings,
    stretch,
    suggestions,
)
from objectives.actions import values as sent_values
from objectives.actions.bets import Settling, Verdict
from objectives.actions.grades import Grading, Reviewing
from objectives.actions.readings import Reading
from objectives.actions.suggestions import Suggested
from objectives.actions.writing import write
from objectives.models import KeyResult
from objectives.rules import Graded, Hand, Hypothesis, Reviewed, Stands, Stretch
from people.viewer import Viewer, viewer_of
from tests.factories import (
    BetFactory,
    KeyResultFactory,
    SessionFactory,
    SuggestionFactory,
    TurnFactory,
)
from tests.objectives.crew import Crew, measure, read

LATE = datetime(2026, 12, 20, 12, 0, tzinfo=UTC)  # a Sunday, within the last two weeks
W51 = Week.parse("2026-W51")


@dataclass
class Closed:
    """What stood there, as somebody read it before the closing (`is_stale`) or reads it after."""

    crew: Crew
    is_stale: bool = False
    rows: dict[str, Any] = field(default_factory=dict)
    seen: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        crew = self.crew
        team = crew.team_objective(title="Ours")
        part, second = KeyResultFactory(objective=team), KeyResultFactory(objective=team, position=1)
        let_go = {"state": "DROPPED", "state_reason": "So."}
        mine = crew.objective(title="Hers", audience="EVERYONE")
        suggested = {"objective": team, "by": crew.jonas}
        self.rows = {
            "team": team,
            "part": part,
            "second": second,
            "part dropped": KeyResultFactory(objective=team, **let_go),
            "part gone": KeyResultFactory(objective=team, deleted_at=LATE),
            "dropped": crew.team_objective(title="Let go", **let_go),
            "gone": crew.team_objective(title="Gone", deleted_at=LATE),
            "draft": KeyResultFactory(objective=crew.team_objective(title="Draft", state="DRAFT")).objective,
            "mine": mine,
            "my part": KeyResultFactory(objective=mine, title="Hers too"),
            "private": KeyResultFactory(objective=crew.objective(audience="ONLY_ME")).objective,
            "later": crew.objective(title="Later", quarter=crew.after),
        }
        self.bet, self.bet_gone = BetFactory(key_result=part), BetFactory(key_result=part, deleted_at=LATE)
        self.words = SuggestionFactory(**suggested, title="Better")
        self.more = SuggestionFactory(**suggested, kind="KEY_RESULT", title="More", measured_as="NUMBER", target=3)
        self.session = SessionFactory(team=crew.team, week_on=W51.monday, on_stage=crew.mira, phase="ROUND")
        TurnFactory(session=self.session, person=crew.mira, position=0)
        self.seen = {name: read(row) for name, row in self.rows.items()}

    def close(self) -> None:
        """By its lead."""
        closings.close(by=self.elif_, team=self.crew.team, quarter=self.crew.quarter, now=LATE)

    def __getitem__(self, name: str) -> Any:
        return self.seen[name] if self.is_stale else read(self.rows[name])

    @property
    def mira(self) -> Viewer:
        return viewer_of(self.crew.mira)

    @property
    def elif_(self) -> Viewer:
        return viewer_of(self.crew.elif_)

    def told(self, suggestion: Any) -> Any:
        found = type(suggestion).objects.get(pk=suggestion.pk)
        found.objective = self["team"]
        return found


Road = Callable[[Closed], object]


def reword(at: str, *, quarter: str = "", **fields: Any) -> Road:
    def road(it: Closed) -> object:
        row = it[at]
        words = {name: getattr(row, name) for name in ("title", "quarter_id", "audience", "team_id", "why")} | fields
        if quarter:
            words["quarter_id"] = getattr(it.crew, quarter).pk
        return objectives.reword(
            by=it.mira, objective=row, version=row.version, wording=it.crew.wording(**words), now=LATE
        )

    return road


def create(kind: str, audience: str) -> Road:
    def road(it: Closed) -> object:
        wording = it.crew.wording(team_id=it.crew.team.pk, audience=audience)
        return write(
            by=it.mira, kind=kind, wording=wording, measures=[measure()], is_active=False, client_key=None, now=LATE
        )

    return road


def change(it: Closed) -> object:
    row = it["part"]
    return key_results.change(
        by=it.mira, key_result=row, version=row.version, measure=measure(), reason="So.", now=LATE
    )


def grade(it: Closed) -> object:
    said = [Grading(it["part"], Graded(7, "So."))]
    return grades.grade(by=it.mira, objective=it["team"], gradings=said, now=LATE)


def say(name: str, *, value: Any = None, confidence: int | None = 7) -> Road:
    def road(it: Closed) -> object:
        reading = Reading(it[name], confidence=confidence, value=value)
        return readings.log(by=it.mira, week=W51, readings=[reading], now=LATE)

    return road


def save_week(it: Closed) -> object:
    words: dict[int | None, Any] = {None: {}}
    return check_ins.save(
        by=it.mira, week=W51, version=0, answers=[Answer(it.rows["part"].pk, 7, None)], words=words, now=LATE
    )


def save_words(it: Closed) -> object:
    words = {it.rows["team"].pk: {Line.Kind.DID: ["One"]}}
    return check_ins.save(by=it.mira, week=W51, version=0, answers=[], words=words, now=LATE)


def settle_in_week(it: Closed) -> object:
    said = [Settling(it.bet.pk, Verdict(Stands.REFUTED, "So."))]
    words: dict[int | None, Any] = {None: {}}
    return check_ins.save(by=it.mira, week=W51, version=0, answers=[], words=words, bets=said, now=LATE)


def promise(it: Closed) -> object:
    return promises.make(
        by=viewer_of(it.crew.jonas),
        to=it.crew.mira,
        team=it.crew.team,
        what=promises.Wording("Read it"),
        about=it["part"],
        client_key=uuid4(),
        now=LATE,
    )


VERDICT = Verdict(Stands.REFUTED, "It did not.")
BET = Hypothesis("do it", "it helps")
ROADS: dict[str, Road] = {
    "objectives.reword": reword("team", title="Better"),
    "objectives.reword audience": reword("team", audience="TEAM"),
    "objectives.reword away": reword("team", quarter="after"),
    "objectives.reword personal": reword("mine", title="Better"),
    "objectives.reword personal, narrower": reword("mine", audience="ONLY_ME"),
    "objectives.reword dropped": reword("dropped", title="Better"),
    "objectives.reword wider, into it": reword("private", audience="MY_TEAMS"),
    "objectives.reword later, into it": reword("later", quarter="quarter"),
    "objectives.create": create("TEAM", "EVERYONE"),
    "objectives.create personal": create("GROWTH", "MY_TEAMS"),
    "objectives.activate": lambda it: objectives.activate(by=it.mira, objective=it["draft"], now=LATE),
    "objectives.drop": lambda it: objectives.drop(by=it.mira, objective=it["team"], reason="So.", now=LATE),
    "objectives.resume": lambda it: objectives.resume(by=it.mira, objective=it["dropped"], now=LATE),
    "objectives.end": lambda it: objectives.end(by=it.mira, objective=it["mine"], now=LATE),
    "objectives.reopen": lambda it: objectives.reopen(by=it.mira, objective=it["mine"], reason="So.", now=LATE),
    "objectives.delete": lambda it: objectives.delete(by=it.elif_, objective=it["team"], now=LATE),
    "objectives.delete dropped": lambda it: objectives.delete(by=it.elif_, objective=it["dropped"], now=LATE),
    "objectives.restore": lambda it: objectives.restore(by=it.elif_, objective=it["gone"], now=LATE),
    "objectives.move": lambda it: objectives.move(by=it.elif_, objective=it["team"], up=False, now=LATE),
    "objectives.hand_over": lambda it: objectives.hand_over(
        by=it.elif_,
        objective=it["team"],
        was_pk=it.crew.mira.pk,
        owner=it.crew.jonas,
        with_key_results=True,
        now=LATE,
    ),
    "objectives.set_co_owners": lambda it: objectives.set_co_owners(
        by=it.elif_, objective=it["team"], opened=[], people=[it.crew.jonas], now=LATE
    ),
    "ideas.park": lambda it: ideas.park(by=it.mira, objective=it["mine"], reason="So.", now=LATE),
    "stretch.say": lambda it: stretch.say(by=it.mira, objective=it["mine"], stretch=Stretch.JOB),
    "key_results.add": lambda it: key_results.add(by=it.mira, objective=it["team"], measure=measure(), now=LATE),
    "key_results.change": change,
    "key_results.drop": lambda it: key_results.drop(by=it.mira, key_result=it["part"], reason="So.", now=LATE),
    "key_results.resume": lambda it: key_results.resume(by=it.mira, key_result=it["part dropped"], now=LATE),
    "key_results.delete": lambda it: key_results.delete(by=it.mira, key_result=it["part"], now=LATE),
    "key_results.restore": lambda it: key_results.restore(by=it.mira, key_result=it["part gone"], now=LATE),
    "key_results.move": lambda it: key_results.move(by=it.mira, key_result=it["part"], up=False, now=LATE),
    "key_results.move_to": lambda it: key_results.move_to(
        by=it.mira, key_result=it["my part"], objective=it["private"], now=LATE
    ),
    "key_results.move_to, into it": lambda it: key_results.move_to(
        by=it.mira, key_result=KeyResult.objects.get(objective=it["private"]), objective=it["mine"], now=LATE
    ),
    "grades.grade": grade,
    "grades.grade, a review alone": lambda it: grades.grade(
        by=it.mira, objective=it["team"], gradings=[], review=Reviewing(Reviewed(achieved="A lot")), now=LATE
    ),
    "hands.say": lambda it: hands.say(by=it.mira, key_result=it["part"], hand=Hand.TIME, now=LATE),
    "readings.log": say("part"),
    "readings.log value": say("my part", value=Decimal(3), confidence=None),
    "readings.set_openings": lambda it: readings.set_openings(
        by=it.mira, readings=[Reading(it["part"], confidence=7)], now=datetime(2026, 9, 10, tzinfo=UTC)
    ),
    "values.send": lambda it: sent_values.send(
        by=it.mira, key_result=it["part"], value=Decimal(3), source="Shop", at=LATE, now=LATE
    ),
    "bets.make": lambda it: bets.make(by=it.mira, key_result=it["part"], what=BET, client_key=uuid4(), now=LATE),
    "bets.change": lambda it: bets.change(
        by=it.mira, key_result=it["part"], bet=it.bet, version=1, what=BET, verdict=VERDICT, now=LATE
    ),
    "bets.settle": settle_in_week,
    "bets.delete": lambda it: bets.delete(by=it.mira, key_result=it["part"], bet=it.bet, now=LATE),
    "bets.restore": lambda it: bets.restore(by=it.mira, key_result=it["part"], bet=it.bet_gone, now=LATE),
    "suggestions.suggest": lambda it: suggestions.suggest(
        by=viewer_of(it.crew.jonas), objective=it["team"], what=Suggested("Better"), client_key=uuid4(), now=LATE
    ),
    "suggestions.word": lambda it: suggestions.word(
        by=it.mira, suggestion=it.told(it.words), title="Better", version=1, now=LATE
    ),
    "suggestions.add": lambda it: suggestions.add(by=it.mira, suggestion=it.told(it.more), measure=measure(), now=LATE),
    "suggestions.decline": lambda it: suggestions.decline(
        by=it.mira, suggestion=it.told(it.words), answer="", now=LATE
    ),
    "check_ins.save": save_week,
    "check_ins.save words": save_words,
    "on_stage.say": lambda it: on_stage.say(by=it.mira, session=it.session, key_result=it["part"], level=7, now=LATE),
    "promises.make": promise,
}

# What is refused without a closing too, for another reason: there is nothing to compare with.
ANYWAY = {"objectives.end", "objectives.reopen", "objectives.reword dropped", "readings.set_openings"}

# What stays possible, or writes nothing that a snapshot holds.
FREE = {
    "amendments.keep": "part of key_results.change",
    "readings.restate": "part of key_results.change",
    "writing.write": "is objectives.create and what follows it",
    "bets.are_settled": "reads",
    "carrying.carry": "makes new ones elsewhere; the old one stays as it is",
    "comments.comment_on": "comments stay possible",
    "comments.add": "comments stay possible",
    "comments.edit": "comments stay possible",
    "comments.delete": "comments stay possible",
    "comments.restore": "comments stay possible",
    "suggestions.withdraw": "one’s own words, which nobody took",
    "objectives.propose": "a draft, which no closing touches",
    "objectives.take_back": "a draft, which no closing touches",
    "record_shares.give": "who reads a record, and nothing of what stands in it",
    "record_shares.take_back": "who reads a record, and nothing of what stands in it",
    "closings.close": "is what closes",
    "closings.close_for_site": "is what closes",
    "closings.reopen": "is what opens",
    "departures.switch_off": "hands on what is open alone",
    "departures.leave": "hands on what is open alone",
    "ideas.add": "a shelf is one’s own",
    "ideas.reword": "a shelf is one’s own",
    "ideas.take_off": "a shelf is one’s own",
    "ideas.put_back": "a shelf is one’s own",
    "ideas.take_up": "part of writing.write",
    "organisation.change": "the place",
    "own_quarters.make": "makes a quarter",
    "own_quarters.change": "what has begun is not changed",
    "own_quarters.take_away": "what has begun is not taken away",
    "suggested_objectives.suggest": "for a person",
    "suggested_objectives.take_up": "part of writing.write",
    "suggested_objectives.decline": "for a person",
    "suggested_objectives.withdraw": "for a person",
}
