"""What became of a plan, said by two weeks at once."""

from datetime import UTC, date, datetime

import pytest

from checkins.actions import check_ins
from checkins.actions.lines import PlanAnswer
from checkins.models import Line
from core.calendar import Week
from people.viewer import viewer_of
from tests.checkins.scenes import make_scene
from tests.factories import CheckInFactory, LineFactory
from tests.people.racing import race

MONDAY = datetime(2026, 11, 23, 10, tzinfo=UTC)
W46, W47, W48 = (Week.parse(f"2026-W{number}") for number in (46, 47, 48))


@pytest.mark.django_db(transaction=True)
def test_two_weeks_that_answer_one_line_at_once():
    """CC-04: last week, late, and this one: the line is answered once."""
    mira = make_scene().mira
    planned = LineFactory(check_in=CheckInFactory(person=mira, week_on=W46.monday), kind="PLAN", text="Publish")
    for week in (W47, W48):
        CheckInFactory(person=mira, week_on=week.monday)

    def save(week):
        plans = [PlanAnswer(planned.pk, Line.Outcome.DONE)]
        check_ins.save(by=viewer_of(mira), week=week, version=1, answers=[], words={}, plans=plans, now=MONDAY)

    assert race(lambda: save(W47), lambda: save(W48)) == ["PlanAnswered", "done"]
    assert [*Line.objects.filter(kind="DID").values_list("text", "carried_from")] == [("Publish", planned.pk)]
    answered = Line.objects.get(pk=planned.pk)
    assert (answered.outcome, answered.answered_in.week_on in {date(2026, 11, 16), date(2026, 11, 23)}) == (
        "DONE",
        True,
    )
