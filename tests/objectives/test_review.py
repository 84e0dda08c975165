"""The review in mid-quarter: all of mine beside what can be done, and whether growth became the job (P12, P76)."""

from datetime import date

import pytest

from core.calendar import Length, Period, Week
from core.errors import NotNow, NotYours
from objectives.actions import stretch
from objectives.models import Objective
from objectives.rules import Stretch, is_mid_quarter
from people.viewer import viewer_of
from tests.factories import CoOwnerFactory, KeyResultFactory, UserFactory
from tests.objectives.crew import read, told
from tests.objectives.pages import links, main

ASKED = "Has this become just your job?"
DUE = "Look once whether yours are still the right ones"


def period(weeks: int) -> Period:
    first = date(2026, 10, 5)
    return Period("2026-own", Length.CUSTOM, first, (Week.on(first) + weeks).monday)


@pytest.mark.parametrize(
    ("weeks", "asked"), [(1, [1]), (2, [1, 2]), (4, [2, 3, 4]), (5, [3, 4, 5]), (13, [7, 8, 9]), (26, [13, 14, 15])]
)
def test_the_middle_of_a_quarter_is_three_weeks(weeks, asked):
    whole = period(weeks)
    around = [whole.weeks[0].previous, *whole.weeks, whole.weeks[-1].next]
    assert [number for number, week in enumerate(around) if is_mid_quarter(whole, week)] == asked


@pytest.mark.django_db
def test_it_is_said_and_said_otherwise_and_told_to_nobody(crew):
    row, mira = read(crew.objective()), viewer_of(crew.mira)
    answers = (Stretch.JOB, Stretch.JOB, Stretch.STRETCHES)
    assert [stretch.say(by=mira, objective=row, stretch=one) for one in answers] == [True, False, True]
    assert Objective.objects.get(pk=row.pk).stretch == "STRETCHES"
    assert Objective.objects.get(pk=row.pk).version == row.version
    assert told(row) == []


@pytest.mark.django_db
def test_nobody_says_it_for_somebody(crew):
    """Not their manager, and not a co-owner of a team's."""
    row = read(crew.objective(audience="EVERYONE"))
    with pytest.raises(NotYours, match="Its owner alone"):
        stretch.say(by=viewer_of(crew.elif_), objective=row, stretch=Stretch.JOB)
    assert Objective.objects.get(pk=row.pk).stretch == ""


@pytest.mark.django_db
@pytest.mark.parametrize("fields", [{"kind": "RECOVERY"}, {"state": "DRAFT"}, {"kind": "TEAM", "audience": "TEAM"}])
def test_only_growth_that_is_under_way_is_asked_about(crew, fields):
    row = read(crew.objective(**fields))
    with pytest.raises(NotNow):
        stretch.say(by=viewer_of(crew.mira), objective=row, stretch=Stretch.JOB)


@pytest.fixture
def browser(crew, client_of):
    return client_of(crew.mira)


@pytest.fixture
def all_kinds(crew):
    """Everything that could stand on the page, and what must not."""
    rows = {
        "mine": crew.objective(title="Grow", audience="ONLY_ME", position=1),
        "team": crew.team_objective(title="Together", position=2),
        "theirs": crew.objective(title="Of Jonas", owner=crew.jonas, kind="TEAM", audience="EVERYONE", position=3),
        "draft": crew.objective(title="Not yet", state="DRAFT"),
        "let go": crew.objective(title="Gone", state="DROPPED", state_reason="No."),
        "earlier": crew.objective(title="Long ago", quarter=crew.before),
        "later": crew.objective(title="Not begun", quarter=crew.after),
        "jonas": crew.objective(title="His own", owner=crew.jonas, audience="EVERYONE"),
    }
    CoOwnerFactory(objective=rows["theirs"], user=crew.mira)
    return rows


@pytest.mark.django_db
@pytest.mark.usefixtures("frozen")
def test_all_that_is_running_and_mine_stands_there(browser, all_kinds):
    part = KeyResultFactory(objective=all_kinds["mine"], title="Essays")
    dropped = KeyResultFactory(objective=all_kinds["mine"], title="Talks", state="DROPPED", state_reason="No.")
    answer = browser.get("/objectives/review/")
    words, found = main(answer), links(answer)
    shown = [row.title for row in all_kinds.values() if row.title in words]
    assert shown == ["Grow", "Together", "Of Jonas"]
    assert words.count(ASKED) == 1  # a team's is not asked about
    assert {f"/key-results/{part.pk}/edit/", f"/key-results/{part.pk}/drop/"} <= {*found}
    assert not any(f"/key-results/{dropped.pk}/" in link for link in found)


@pytest.mark.django_db
@pytest.mark.usefixtures("frozen")
def test_one_press_answers_and_what_to_do_then_is_offered(browser, all_kinds):
    pk = all_kinds["mine"].pk
    assert DUE in main(browser.get("/"))
    answer = browser.post(f"/objectives/{pk}/stretch/", {"stretch": "JOB"}, follow=True)
    assert answer.redirect_chain == [("/objectives/review/", 302)]
    assert "Good: you have grown into it." in main(answer)
    assert DUE not in main(browser.get("/"))
    kept = main(browser.post(f"/objectives/{pk}/stretch/", {"stretch": "STRETCHES"}, follow=True))
    assert "Good: you have grown into it." not in kept


@pytest.mark.django_db
@pytest.mark.usefixtures("frozen")
def test_what_is_no_answer_is_not_found(browser, all_kinds):
    assert browser.post(f"/objectives/{all_kinds['mine'].pk}/stretch/", {"stretch": "MAYBE"}).status_code == 404
    assert Objective.objects.get(pk=all_kinds["mine"].pk).stretch == ""


@pytest.mark.django_db
@pytest.mark.usefixtures("frozen")
def test_home_asks_of_growth_of_ones_own_alone(crew, client_of):
    crew.team_objective(title="Together")
    crew.objective(title="Heal", kind="RECOVERY")
    crew.objective(title="Grown", stretch="STRETCHES")
    assert DUE not in main(client_of(crew.mira).get("/"))
    crew.objective(title="Later", quarter=crew.after)
    assert DUE not in main(client_of(crew.mira).get("/"))


@pytest.mark.django_db
@pytest.mark.usefixtures("frozen")
def test_who_has_nothing_running_is_told_so(crew, client_of):
    stranger = UserFactory(name="New")
    assert "Nothing of yours is running." in main(client_of(stranger).get("/objectives/review/"))


@pytest.mark.django_db
@pytest.mark.usefixtures("frozen")
@pytest.mark.parametrize("number", [1, 5])
def test_the_review_asks_the_database_as_often(crew, browser, django_assert_num_queries, number):
    for row in range(number):
        KeyResultFactory(objective=crew.objective(title=f"O{row}"))
    with django_assert_num_queries(9):
        browser.get("/objectives/review/")
