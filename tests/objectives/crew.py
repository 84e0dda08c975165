"""A small team in which objectives are written: who they are and what they may do is told in `Crew`."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection

from activity.models import Event
from objectives.actions.measures import Measure
from objectives.actions.objectives import Wording
from objectives.models import KeyResult, Objective, Quarter
from people.models import Team, User
from tests.factories import (
    GradeFactory,
    KeyResultFactory,
    MembershipFactory,
    ObjectiveFactory,
    OrganisationFactory,
    QuarterFactory,
    TeamFactory,
    UserFactory,
)


@dataclass(frozen=True)
class Crew:
    """Mira and Jonas are members of Accelerator, Elif leads it and manages Mira; Nora is a stranger.

    The running quarter is 2026-Q4; `before` is 2026-Q3, `after` 2027-Q1.
    """

    team: Team
    mira: User
    jonas: User
    elif_: User
    nora: User
    quarter: Quarter
    before: Quarter
    after: Quarter

    def objective(self, **fields: Any) -> Objective:
        """An active personal one of Mira's, for her teams, at home in the team."""
        return ObjectiveFactory(**{"owner": self.mira, "team": self.team, "quarter": self.quarter, **fields})

    def team_objective(self, **fields: Any) -> Objective:
        """An active one of the team's, for which Mira answers."""
        return self.objective(**{"kind": "TEAM", "audience": "EVERYONE", **fields})

    def graded_before(self) -> None:
        """Mira, Jonas and the team were graded in spring, in what everyone reads: no quarter after it is a first one."""
        spring = QuarterFactory(slug="2026-Q2", first_on=date(2026, 4, 1), ends_on=date(2026, 7, 1))
        was = {"title": "Spring", "quarter": spring, "audience": "EVERYONE", "state": "CLOSED"}
        for one in (self.team_objective(**was), self.objective(**was), self.objective(owner=self.jonas, **was)):
            GradeFactory(key_result=KeyResultFactory(objective=one, title="Bloom"), tenths=2, lesson="")

    def wording(self, **fields: Any) -> Wording:
        """Words of a personal objective of this quarter, without a home team."""
        return Wording(**{"title": "Write well", "quarter_id": self.quarter.pk, "audience": "MY_TEAMS", **fields})


def make_crew() -> Crew:
    """The crew, as it stands since 1 September 2026."""
    OrganisationFactory()
    team, lead = TeamFactory(name="Accelerator"), UserFactory(name="Elif")
    mira, jonas = UserFactory(name="Mira", manager=lead), UserFactory(name="Jonas")
    for member in (mira, jonas):
        MembershipFactory(team=team, user=member)
    MembershipFactory(team=team, user=lead, role="LEAD")
    return Crew(
        team=team,
        mira=mira,
        jonas=jonas,
        elif_=lead,
        nora=UserFactory(name="Nora"),
        quarter=QuarterFactory(),
        before=QuarterFactory(slug="2026-Q3", first_on=date(2026, 7, 1), ends_on=date(2026, 10, 1)),
        after=QuarterFactory(slug="2027-Q1", first_on=date(2027, 1, 1), ends_on=date(2027, 4, 1)),
    )


def measure(**fields: Any) -> Measure:
    """From 0 to 10 essays."""
    return Measure(
        **{
            "title": "Essays",
            "kind": "NUMBER",
            "baseline": Decimal(0),
            "target": Decimal(10),
            "unit": "essays",
            **fields,
        }
    )


def read(row: Objective | KeyResult) -> Any:
    """`row` as a view reads it anew."""
    if isinstance(row, Objective):
        return Objective.objects.with_people().get(pk=row.pk)
    found = KeyResult.objects.get(pk=row.pk)
    found.objective = read(found.objective)
    return found


def told(row: Objective | KeyResult) -> list[tuple[str, Any]]:
    """Verb and data of the events about `row`, in order of time, then of verbs."""
    return list(Event.objects.about(row).order_by("at", "verb").values_list("verb", "data"))


def sentence(refusal: type[Exception], action: Callable[..., object], **arguments: Any) -> str:
    """What `action` says when it refuses with `refusal`, and no other."""
    with pytest.raises(refusal) as problem:
        action(**arguments)
    assert type(problem.value) is refusal
    return str(problem.value)


@contextmanager
def just_before(statement: str, happens: Callable[[], object]) -> Iterator[None]:
    """Let something happen once, right before the database is asked the first thing that begins like `statement`."""
    waiting = [happens]

    def execute_after(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        if waiting and sql.startswith(statement):
            waiting.pop()()
        return execute(sql, params, many, context)

    with connection.execute_wrapper(execute_after):
        yield
