"""Where a key result starts may be taken from its last values (P28); nothing of them is kept."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.numbers import NumberInvalid, parse_numbers, show_number
from objectives import rules
from objectives.models import KeyResult
from tests.factories import KeyResultFactory
from tests.objectives.pages import main, values

NUMBERS = st.lists(st.decimals(-1000, 1000, places=2), min_size=1, max_size=9)


@pytest.mark.parametrize(
    ("typed", "unit", "numbers"),
    [
        ("41", "", ["41"]),
        ("41 38 44", "", ["41", "38", "44"]),
        ("41; 38;44;", "", ["41", "38", "44"]),
        ("41, 38, 44", "", ["41", "38", "44"]),
        ("1,5 2,5", "", ["1.5", "2.5"]),
        ("1,5, 2,5", "", ["1.5", "2.5"]),
        ("1 200; 1 400", "", ["1200", "1400"]),
        ("20 min; 22 min", "min", ["20", "22"]),
        ("50% 60%", "%", ["50", "60"]),
        ("1.5k 2k", "", ["1500", "2000"]),
    ],
)
def test_several_numbers_as_people_type_them(typed, unit, numbers):
    assert [str(number) for number in parse_numbers(typed, unit=unit)] == numbers


@pytest.mark.parametrize("typed", ["", "  ", ";", "41; many", "1,200; 3", "41 x"])
def test_what_is_no_number_among_them_is_refused(typed):
    with pytest.raises(NumberInvalid):
        parse_numbers(typed)


@given(NUMBERS)
def test_several_numbers_are_read_as_they_are_shown(numbers):
    assert parse_numbers("; ".join(show_number(number) for number in numbers)) == numbers


@pytest.mark.parametrize(
    ("numbers", "mean"),
    [
        (["41"], "41.0"),
        (["41", "38", "44"], "41.0"),
        (["1", "2"], "1.5"),
        (["1", "1", "0"], "0.7"),
        (["0.25", "0.5"], "0.375"),
        (["0.1234567"], "0.123457"),
        (["1E+3"], "1000.0"),
        (["-1", "-2"], "-1.5"),
    ],
)
def test_the_mean_has_one_digit_more_than_its_numbers(numbers, mean):
    assert str(rules.mean([Decimal(number) for number in numbers])) == mean


@given(NUMBERS)
def test_the_mean_lies_between_them(numbers):
    assert min(numbers) <= rules.mean(numbers) <= max(numbers)
    assert abs(rules.mean(numbers) - sum(numbers) / len(numbers)) <= Decimal("0.0005")


@pytest.fixture
def browser(crew, client_of, frozen):
    return client_of(crew.mira)


def shown(page):
    return {name: value for name, value in values(page).items() if not name.startswith("csrf")}


@pytest.mark.django_db
def test_the_mean_is_taken_for_from_and_nothing_is_saved(crew, browser):
    row = KeyResultFactory(objective=crew.objective(), title="Minutes", baseline=None, target=20, unit="min")
    url = f"/key-results/{row.pk}/edit/"
    typed = shown(browser.get(url)) | {"title": "Minutes to merge", "last_values": "41 min; 38; 44.5", "mean": ""}
    page = browser.post(url, typed)
    assert page.status_code == 200
    stands = {name: text for name, text in typed.items() if name != "mean"} | {"baseline": "41.17"}
    assert shown(page) == stands
    assert KeyResult.objects.get().baseline is None
    assert (
        browser.post(url, stands | {"kind": "NUMBER", "opening_confidence": "5", "reason": "Measured."}).status_code
        == 302
    )
    kept = KeyResult.objects.get()
    assert (kept.title, kept.baseline) == ("Minutes to merge", Decimal("41.17"))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("", "Give it a number. 20, 1,5 and 1.5k all work."),
        ("41; many", "“ many” is not a number. 20, 1,5 and 1.5k all work."),
        ("999999999999999; 999999999999998", "That number has more than 15 digits. A larger unit helps."),
    ],
)
def test_why_there_is_no_mean_is_said_beside_the_values(crew, browser, typed, words):
    url = f"{crew.objective().get_absolute_url()}key-results/new/"
    typed = shown(browser.get(url)) | {"last_values": typed, "baseline": "7", "mean": ""}
    page = browser.post(url, typed)
    assert (page.status_code, shown(page)["baseline"], shown(page)["last_values"]) == (200, "7", typed["last_values"])
    assert words.replace("“ many", "“many") in main(page)
    assert "Say what you will look at" not in main(page)
    assert shown(page)["client_key"] == typed["client_key"]


@pytest.mark.django_db
def test_each_row_of_a_new_objective_takes_its_own_mean(browser):
    typed = shown(browser.get("/objectives/new/")) | {
        "title": "Read more", "kr-0-title": "Pages", "kr-0-last_values": "1 2", "kr-1-last_values": "50% 60%",
        "kr-1-kind": "PERCENT", "mean": "kr-1-",
    }  # fmt: skip
    page = browser.post("/objectives/new/", typed)
    stands = shown(page)
    assert page.status_code == 200
    assert {name: stands[name] for name in ("title", "kr-0-title", "kr-0-baseline", "kr-1-baseline")} == {
        "title": "Read more", "kr-0-title": "Pages", "kr-0-baseline": "", "kr-1-baseline": "55",
    }  # fmt: skip
    wrong = browser.post("/objectives/new/", typed | {"kr-1-last_values": "some"})
    assert "“some” is not a number." in main(wrong)
    assert not KeyResult.objects.exists()
