"""Objectives in lists: mine, a person's, those that can be restored."""

from datetime import timedelta

import pytest

from objectives.models import Objective
from tests.factories import (
    AbsenceFactory,
    ConfidenceFactory,
    CoOwnerFactory,
    KeyResultFactory,
    MembershipFactory,
    TeamFactory,
)
from tests.objectives.pages import links, main, toasts

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]


@pytest.fixture
def browser(crew, client_of):
    return client_of(crew.mira)


def many(crew, number, **fields):
    """So many objectives with two key results that were logged."""
    for row in range(number):
        objective = crew.objective(title=f"O{row}", position=row, **fields)
        for part in range(2):
            ConfidenceFactory(key_result=KeyResultFactory(objective=objective, title=f"KR{row}{part}"), level=7)


@pytest.mark.parametrize("number", [1, 5])
def test_mine_in_a_fixed_number_of_queries(crew, browser, django_assert_num_queries, number):
    many(crew, number)
    with django_assert_num_queries(10):
        answer = browser.get("/objectives/")
    words = main(answer)
    assert words.startswith("My objectives 2026-Q4 Write an objective Write one for Accelerator O0 teammates read this")
    assert words.count("KR") == 2 * number


def test_nothing_yet_is_the_best_moment(browser):
    answer = browser.get("/objectives/")
    words = main(answer)
    assert words.startswith(
        "My objectives Write one for Accelerator Nothing here yet. That is the best moment. One sentence"
    )
    assert words.endswith(
        "“Become a writer people look forward to reading” Write an objective My shelf ideas for later, for you alone"
        " · Look back for yourself · Deleted restorable for 30 days"
    )


def test_what_i_answer_for_or_word_by_quarter(crew, browser):
    crew.objective(title="MINE")
    crew.objective(title="AHEAD", quarter=crew.after)
    crew.objective(title="BEFORE", quarter=crew.before, state="CLOSED")
    crew.objective(title="GONE", state="DROPPED", state_reason="No.", position=1)
    co_owned = crew.team_objective(title="SHARED", owner=crew.jonas)
    CoOwnerFactory(objective=co_owned, user=crew.mira)
    crew.objective(title="JONAS", owner=crew.jonas)
    answer = browser.get("/objectives/")
    words = main(answer)
    names = ("MINE", "SHARED", "GONE", "AHEAD", "BEFORE", "JONAS")
    assert sorted((name for name in names if name in words), key=words.index) == ["MINE", "GONE", "SHARED"]
    assert {"?quarter=2026-Q3", "?quarter=2026-Q4", "?quarter=2027-Q1"} <= links(answer)
    assert "GONE teammates read this dropped" in words
    moves = [
        Objective.objects.get(title=title).get_absolute_url() + "position/" in links(answer)
        for title in ("MINE", "SHARED", "GONE")
    ]
    assert moves == [True, True, False]
    assert "BEFORE teammates read this closed" in main(browser.get("/objectives/?quarter=2026-Q3"))


def test_the_first_of_mine_does_not_rise_and_the_last_does_not_sink(crew, browser):
    many(crew, 3)
    CoOwnerFactory(objective=crew.team_objective(title="SHARED", owner=crew.jonas), user=crew.mira)
    said = browser.get("/objectives/").content.decode()
    offered = {name: [way for way in ("up", "down") if f"Move {way}: {name}" in said] for name in ("O0", "O1", "O2")}
    assert offered == {"O0": ["down"], "O1": ["up", "down"], "O2": ["up"]}
    assert "Move up: SHARED" in said, "of a team's, others may stand before it"


WHY = "Waiting is how ideas go stale. " * 60


def test_a_why_stands_under_its_title_as_far_as_there_is_room(crew, browser):
    """P8: start from why; all of it is on the objective's page."""
    row = crew.objective(title="MINE", why=WHY.strip())
    crew.objective(title="BARE", position=1)
    short = " ".join(["Waiting is how ideas go stale."] * 3)
    for page in ("/objectives/", "/people/mira/"):
        words = main(browser.get(page))
        assert f"MINE Why: {short} teammates read this" in words
        assert words.count("Why:") == 1
    assert f"Why {row.why}" in main(browser.get(row.get_absolute_url()))


@pytest.mark.parametrize("slug", ["2020-Q1", "x", "2026-q4", "' OR 1=1", "９"])
def test_a_quarter_in_which_i_have_nothing_is_not_there(crew, browser, slug):
    crew.objective()
    assert browser.get("/objectives/", {"quarter": slug}).status_code == 404


def test_without_a_running_quarter_the_last_one_is_shown(crew, browser):
    crew.objective(title="BEFORE", quarter=crew.before, state="CLOSED")
    assert "My objectives 2026-Q3" in main(browser.get("/objectives/"))


@pytest.mark.parametrize("number", [1, 5])
def test_a_person_in_a_fixed_number_of_queries(crew, client_of, django_assert_num_queries, number):
    many(crew, number, audience="EVERYONE")
    reader = client_of(crew.nora)
    with django_assert_num_queries(12):
        answer = reader.get("/people/mira/")
    assert main(answer).startswith("M Mira Accelerator O0 everyone reads this")
    assert "position" not in " ".join(links(answer))


def test_a_person_as_far_as_the_reader_may_see(crew, client_of):
    """PRIV-01; AZ-06: what is hidden leaves no trace, and neither does an absence."""
    for position, audience in enumerate(("ONLY_ME", "MANAGER", "MY_TEAMS", "EVERYONE")):
        crew.objective(title=f"MARK-{audience}", audience=audience, position=position)
    crew.objective(title="MARK-LATER", audience="EVERYONE", quarter=crew.after)
    AbsenceFactory(user=crew.mira, first_on="2026-11-18", last_on="2026-11-20")
    AbsenceFactory(user=crew.mira, first_on="2026-11-19", last_on="2026-11-24")
    MembershipFactory(team=TeamFactory(name="Speakers"), user=crew.mira, role="LEAD")
    MembershipFactory(team=TeamFactory(name="Helpers"), user=crew.mira, role="COACH")

    def seen(person):
        words = main(client_of(person).get("/people/mira/"))
        return [word for word in words.split() if word.startswith("MARK-")], "away until 24 Nov" in words

    assert {person.name: seen(person) for person in (crew.mira, crew.elif_, crew.jonas, crew.nora)} == {
        "Mira": (["MARK-ONLY_ME", "MARK-MANAGER", "MARK-MY_TEAMS", "MARK-EVERYONE"], True),
        "Elif": (["MARK-MANAGER", "MARK-MY_TEAMS", "MARK-EVERYONE"], True),
        "Jonas": (["MARK-MY_TEAMS", "MARK-EVERYONE"], True),
        "Nora": (["MARK-EVERYONE"], False),
    }
    words = main(client_of(crew.nora).get("/people/mira/"))
    assert "Accelerator · Helpers (coach) · Speakers (leads)" in words


def test_whom_somebody_reports_to_is_told_to_the_two_of_them(crew, client_of):
    told = {
        person.name: "reports to Elif" in main(client_of(person).get("/people/mira/"))
        for person in (crew.mira, crew.elif_, crew.jonas, crew.nora)
    }
    assert told == {"Mira": True, "Elif": True, "Jonas": False, "Nora": False}


def test_a_person_who_shares_nothing_and_one_who_left(crew, client_of, now):
    assert main(client_of(crew.mira).get("/people/nora/")) == "N Nora Nothing of this quarter is shared with you."
    crew.nora.switched_off_at = now
    crew.nora.save(update_fields=["switched_off_at"])
    assert "no longer here" in main(client_of(crew.mira).get("/people/nora/"))
    assert client_of(crew.mira).get("/people/no-such/").status_code == 404


@pytest.mark.parametrize("number", [1, 5])
def test_what_can_be_restored_in_a_fixed_number_of_queries(crew, browser, now, django_assert_num_queries, number):
    for row in range(number):
        crew.objective(title=f"O{row}", deleted_at=now)
        KeyResultFactory(objective=crew.objective(title=f"P{row}"), title=f"KR{row}", deleted_at=now)
    with django_assert_num_queries(8):
        words = main(browser.get("/objectives/deleted/"))
    assert (words.count("objective, 2026-Q4 Restore"), words.count("key result of P")) == (number, number)


def test_nothing_to_restore(crew, browser, now):
    crew.objective(deleted_at=now - timedelta(days=30, seconds=1))
    crew.objective(owner=crew.jonas, deleted_at=now)
    assert main(browser.get("/objectives/deleted/")).endswith("Nothing is waiting to be restored.")


def test_only_ones_own_comes_back(crew, browser, now):
    mine, other = crew.objective(deleted_at=now), crew.objective(owner=crew.jonas, deleted_at=now)
    answer = browser.post(f"/objectives/{mine.pk}/restoration/")
    assert (answer.url, toasts(answer)) == (mine.get_absolute_url(), [("It is back.", "")])
    assert browser.post(f"/objectives/{other.pk}/restoration/").status_code == 404
    part = KeyResultFactory(objective=crew.objective(owner=crew.jonas), deleted_at=now)
    assert browser.post(f"/key-results/{part.pk}/restoration/").status_code == 404
