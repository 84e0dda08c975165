"""The organisation's own page; the set-up page makes the quarters."""

from decimal import Decimal

import pytest

from objectives.models import Quarter
from people.actions.set_up import open_set_up
from people.models import Organisation, User
from tests.factories import UserFactory
from tests.objectives.nasty import NO_TEXT
from tests.objectives.pages import main, problems, toasts, values

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
URL = "/settings/organisation/"


@pytest.fixture
def admin(crew, client_of):
    return client_of(UserFactory(name="Ada", is_site_admin=True))


def sent(**changed):
    kept = {"name": "Northlight", "zone": "UTC", "currency": "", "fiscal_start_month": "1"}
    return {**kept, **{f"opened-{name}": text for name, text in kept.items()}, **changed}


def test_a_site_admin_changes_it(admin, django_assert_num_queries):
    with django_assert_num_queries(5):
        assert "A quarter that has begun keeps its dates." in main(admin.get(URL))
    answer = admin.post(URL, sent(name="Süd", zone="Europe/Berlin", fiscal_start_month="4"))
    assert (answer.url, toasts(answer)) == (URL, [("Saved. A quarter that has begun keeps its dates.", "")])
    assert Organisation.objects.values_list("name", "zone", "fiscal_start_month").get() == ("Süd", "Europe/Berlin", 4)
    assert Quarter.objects.filter(slug="2026-Q4").exists()


def test_two_who_change_different_things_keep_both(admin, now):
    """CC-01."""
    admin.post(URL, sent(name="Süd"))
    admin.post(URL, sent(zone="Europe/Berlin"))
    assert Organisation.objects.values_list("name", "zone", "fiscal_start_month").get() == ("Süd", "Europe/Berlin", 1)


def test_two_who_change_the_same_thing(crew, admin, client_of):
    """CC-01: 409, theirs and mine side by side, mine kept in the form; one press saves it over theirs."""
    other = client_of(UserFactory(name="Bo", is_site_admin=True))
    page = values(other.get(URL))
    assert {name: page[f"opened-{name}"] for name in ("name", "zone", "currency", "fiscal_start_month")} == {
        "name": "Northlight",
        "zone": "UTC",
        "currency": "",
        "fiscal_start_month": "1",
    }
    admin.post(URL, sent(name="Süd", fiscal_start_month="4"))
    answer = other.post(URL, sent(name="Nord", fiscal_start_month="4"))
    assert answer.status_code == 409
    assert "Somebody saved a newer version. Ada , Thursday, 19 November, 10:00." in main(answer)
    assert "Theirs, saved Organisation Süd Yours, not saved Organisation Nord" in main(answer)
    typed = values(answer)
    assert (typed["name"], typed["opened-name"], typed["opened-fiscal_start_month"]) == ("Nord", "Süd", "4")
    assert "Save mine over it Take theirs" in main(answer)
    assert Organisation.objects.get().name == "Süd"
    again = {f"opened-{name}": typed[f"opened-{name}"] for name in ("name", "zone", "currency", "fiscal_start_month")}
    assert other.post(URL, sent(name="Nord", fiscal_start_month="4", **again)).status_code == 302
    assert Organisation.objects.values_list("name", "fiscal_start_month").get() == ("Nord", 4)


def test_money_is_told_in_the_currency_of_the_organisation(crew, admin, client_of):
    browser, row = client_of(crew.mira), crew.objective(money=1200)
    assert "Money 1200" in main(browser.get(row.get_absolute_url()))
    admin.post(URL, sent(currency="€"))
    assert Organisation.objects.get().currency == "€"
    assert "Money € 1200" in main(browser.get(row.get_absolute_url()))
    page = browser.get(f"{row.get_absolute_url()}edit/")
    assert "Money, €" in main(page)
    kept = values(page) | {"quarter": crew.quarter.pk}
    for typed, money in (("1.500,50 €", Decimal("1500.50")), ("€ 20", Decimal(20))):
        row.refresh_from_db()
        answer = browser.post(f"{row.get_absolute_url()}edit/", kept | {"version": row.version, "money": typed})
        row.refresh_from_db()
        assert (answer.status_code, row.money) == (302, money)
    assert problems(browser.post(f"{row.get_absolute_url()}edit/", kept | {"money": "$ 20"})) == [
        "“$ 20” is not a number. 20, €\N{NO-BREAK SPACE}20 and 1,5 all work."
    ]


def test_what_the_page_showed_is_kept_while_something_is_wrong(admin):
    answer = admin.post(URL, sent(name="", **{"opened-name": "Old", "opened-fiscal_start_month": "x"}))
    typed = values(answer)
    assert (answer.status_code, typed["opened-name"], typed["opened-fiscal_start_month"]) == (422, "Old", "")


@pytest.mark.parametrize("text", ["", " ", "x" * 81, *NO_TEXT])
def test_what_does_not_fit_is_said(admin, text):
    for field, value in [("name", text), ("zone", f"Mars/{text}"), ("fiscal_start_month", f"13{text}")]:
        answer = admin.post(URL, sent(**{field: value}))
        assert (answer.status_code, len(problems(answer))) == (422, 1)
    assert Organisation.objects.values_list("name", "zone", "fiscal_start_month").get() == ("Northlight", "UTC", 1)


def test_nobody_else_does(crew, client_of):
    assert [client_of(crew.elif_).get(URL).status_code, client_of(crew.elif_).post(URL, sent()).status_code] == [
        403,
        403,
    ]
    assert User.objects.filter(is_site_admin=True).count() == 0


def test_the_first_person_founds_it_and_has_quarters_to_plan_in(client_of, now):
    url = f"/set-up/{open_set_up(now=now)}/"
    browser = client_of(None)
    assert browser.get(url).status_code == 200
    assert browser.post(url, {}).status_code == 422
    person = {"name": "Mira", "email": "mira@northlight.example", "password": "a sentence is fine here"}
    place = {"organisation_name": "Northlight", "zone": "UTC", "fiscal_start_month": "1", "team_name": "Accelerator"}
    answer = browser.post(url, person | place)
    assert (answer.status_code, answer.url) == (302, "/")
    assert [row.slug for row in Quarter.objects.in_order()] == ["2026-Q4", "2027-Q1", "2027-Q2"]
    assert browser.get("/objectives/new/").status_code == 200
    assert client_of(None).get(url).status_code == 410
    assert client_of(None).get("/set-up/no-such-link/").status_code == 404
