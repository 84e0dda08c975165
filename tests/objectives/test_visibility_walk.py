"""A random walk: whatever changes, everybody finds just what the slow, obvious rule says (PRIV-01, PRIV-09, PRIV-10)."""

from datetime import date, datetime

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from checkins.models import CheckIn, Line
from objectives.models import KeyResult, Objective
from people.models import Absence, Membership, Team, User
from people.viewer import viewer_of
from tests.conftest import NOW
from tests.factories import (
    AbsenceFactory,
    CheckInFactory,
    KeyResultFactory,
    LineFactory,
    MembershipFactory,
    ObjectiveFactory,
    QuarterFactory,
    TeamFactory,
    UserFactory,
)
from tests.objectives.oracle import Oracle

PEOPLE, TEAMS = st.integers(0, 4), st.integers(0, 2)
DAYS = st.sampled_from([date(2026, 6, 1), date(2026, 11, 12), date(2026, 11, 19), date(2027, 2, 1)])
PERSONAL = st.sampled_from(["ONLY_ME", "MANAGER", "MY_TEAMS", "EVERYONE"])
STATES = st.sampled_from(["DRAFT", "ACTIVE", "DROPPED", "CLOSED"])
MOMENTS = st.sampled_from([None, NOW])


class Walk(RuleBasedStateMachine):
    """Five people, each with a manager, two teams and the organisation, with objectives, weeks and absences of each."""

    def __init__(self) -> None:
        super().__init__()
        self.undone = transaction.atomic()
        self.undone.__enter__()
        self.people = [UserFactory()]
        for _person in range(4):
            self.people.append(UserFactory(manager=self.people[-1]))
        self.teams = [TeamFactory(), TeamFactory(kind="CIRCLE"), TeamFactory(kind="ORGANISATION")]
        before = QuarterFactory(slug="2026-Q3", first_on=date(2026, 7, 1), ends_on=date(2026, 10, 1))
        for place, person in enumerate(self.people):
            MembershipFactory(team=self.teams[place % 3], user=person)
            for audience in ("ONLY_ME", "MANAGER", "MY_TEAMS", "EVERYONE"):
                ObjectiveFactory(owner=person, audience=audience)
            ObjectiveFactory(owner=person, quarter=before, audience="MANAGER")
            ObjectiveFactory(owner=person, kind="TEAM", team=self.teams[place % 3], audience="TEAM")
            for day in (2, 9, 16):
                LineFactory(check_in=CheckInFactory(person=person, week_on=date(2026, 11, day)))
            AbsenceFactory(user=person)
        for objective in Objective.objects.all():
            KeyResultFactory(objective=objective)

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.undone.__exit__(None, None, None)

    @rule(of=PEOPLE, audience=PERSONAL)
    def another_audience(self, of: int, audience: str) -> None:
        Objective.objects.exclude(kind="TEAM").filter(owner=self.people[of]).update(audience=audience)

    @rule(of=PEOPLE, audience=st.sampled_from(["TEAM", "EVERYONE"]))
    def another_audience_of_a_teams(self, of: int, audience: str) -> None:
        Objective.objects.filter(kind="TEAM", owner=self.people[of]).update(audience=audience)

    @rule(of=PEOPLE, state=STATES)
    def another_state(self, of: int, state: str) -> None:
        fields = {"state": state, "state_reason": "So." if state == "DROPPED" else ""}
        Objective.objects.filter(owner=self.people[of]).update(**fields)

    @rule(of=PEOPLE, to=PEOPLE, is_shown=st.booleans())
    def shown_or_taken_back(self, of: int, to: int, is_shown: bool) -> None:
        at, whom = (NOW, self.people[to]) if is_shown else (None, None)
        shown = {"proposed_at": at, "proposed_to": whom}
        Objective.objects.filter(owner=self.people[of]).update(**shown)

    @rule(of=PEOPLE, deleted_at=MOMENTS)
    def deleted_or_restored(self, of: int, deleted_at: datetime | None) -> None:
        Objective.objects.filter(owner=self.people[of], quarter__slug="2026-Q4").update(deleted_at=deleted_at)

    @rule(who=PEOPLE, where=TEAMS, role=st.sampled_from(["MEMBER", "LEAD", "COACH"]))
    def into_a_team(self, who: int, where: int, role: str) -> None:
        if not Membership.objects.current().filter(team=self.teams[where], user=self.people[who]).exists():
            MembershipFactory(team=self.teams[where], user=self.people[who], role=role)

    @rule(who=PEOPLE, where=TEAMS)
    def out_of_a_team(self, who: int, where: int) -> None:
        Membership.objects.current().filter(team=self.teams[where], user=self.people[who]).update(left_on=NOW.date())

    @rule(where=TEAMS, closed_at=MOMENTS)
    def a_team_closes_or_opens(self, where: int, closed_at: datetime | None) -> None:
        Team.objects.filter(pk=self.teams[where].pk).update(closed_at=closed_at)

    @rule(who=PEOPLE, by=st.one_of(st.none(), PEOPLE), since=DAYS)
    def another_manager(self, who: int, by: int | None, since: date) -> None:
        manager = None if by in {None, who} else self.people[by]
        fields = {"manager": manager, "manager_since_on": since if manager else None}
        User.objects.filter(pk=self.people[who].pk).update(**fields)

    @rule(of=PEOPLE, done_at=MOMENTS)
    def a_week_is_given_or_not(self, of: int, done_at: datetime | None) -> None:
        CheckIn.objects.filter(person=self.people[of], week_on=date(2026, 11, 16)).update(done_at=done_at)

    @invariant()
    def everybody_finds_what_the_rule_says(self) -> None:
        oracle = Oracle()
        for person in oracle.people:
            viewer = viewer_of(person)
            objectives = {row.pk for row in oracle.objectives if oracle.may_read(person, row)}
            weeks = {row.pk for row in oracle.weeks if oracle.may_read_week(person, row)}
            away = {row.pk for row in oracle.absences if oracle.knows_when_away(person, row.user)}
            assert set(Objective.objects.visible_to(viewer).values_list("pk", flat=True)) == objectives
            assert set(KeyResult.objects.visible_to(viewer).values_list("objective", flat=True)) == objectives
            assert set(CheckIn.objects.visible_to(viewer).values_list("pk", flat=True)) == weeks
            assert set(Line.objects.visible_to(viewer).values_list("check_in", flat=True)) == weeks
            assert set(Absence.objects.visible_to(viewer).values_list("pk", flat=True)) == away


@pytest.mark.django_db
def test_everybody_finds_what_they_may_whatever_changes():
    """PRIV-09, PRIV-10: at once, without anything left over from before."""
    few = settings(
        max_examples=10,
        stateful_step_count=12,
        deadline=None,
        suppress_health_check=[*HealthCheck],
        phases=[Phase.reuse, Phase.generate],  # twelve steps are read soon, and making them fewer takes minutes
    )
    run_state_machine_as_test(Walk, settings=few)
