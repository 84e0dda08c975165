"""Still the right ones? (P76): asked quietly, of who may change them."""

from datetime import date

import pytest

from tests.checkins.reading import said
from tests.checkins.scenes import make_scene
from tests.factories import (
    CoOwnerFactory,
    KeyResultFactory,
    MembershipFactory,
    ObjectiveFactory,
    QuarterFactory,
    UserFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
PATH = "/check-in/?edit=1"
ASKED = "Still the right ones?"


@pytest.fixture
def scene(frozen):
    return make_scene()


def lines(page) -> list[str]:
    found = said(page)
    return found[found.index(f"{ASKED} Become a writer") :][:4]


def test_each_can_be_changed_or_let_go_and_one_more_added(scene, client_of):
    talk = KeyResultFactory(objective=scene.writer, title="A talk", position=1)
    page = client_of(scene.mira).get(PATH)
    assert lines(page) == [
        f"{ASKED} Become a writer",
        "Essays change it: Essays · let it go: Essays",
        "A talk change it: A talk · let it go: A talk",
        "Add another: Become a writer",
    ]
    for row in (scene.essays, talk):
        assert f'href="/key-results/{row.pk}/edit/"' in page.text
        assert f'href="/key-results/{row.pk}/drop/"' in page.text
    assert f'href="/objectives/{scene.writer.pk}/key-results/new/"' in page.text
    for path in (f"/key-results/{talk.pk}/edit/", f"/objectives/{scene.writer.pk}/key-results/new/"):
        assert client_of(scene.mira).get(path).status_code == 200


@pytest.mark.parametrize(
    ("role", "co_owns", "is_asked"), [("MEMBER", False, 0), ("MEMBER", True, 1), ("LEAD", False, 1)]
)
def test_who_only_logs_it_is_not_asked(scene, client_of, role, co_owns, is_asked):
    jonas = UserFactory(name="Jonas")
    MembershipFactory(team=scene.team, user=jonas, role=role)
    together = ObjectiveFactory(kind="TEAM", audience="TEAM", owner=scene.mira, team=scene.team, title="Together")
    if co_owns:
        CoOwnerFactory(objective=together, user=jonas)
    row = KeyResultFactory(objective=together, owner=jonas, title="Calls")
    page = client_of(jonas).get(PATH)
    assert "Calls" in said(page)[said(page).index("Together") + 1]
    assert page.text.count(ASKED) == is_asked
    status = client_of(jonas).get(f"/key-results/{row.pk}/edit/").status_code
    assert status == (200 if is_asked else 403)  # as the page behind it says


def test_what_begins_later_is_not_asked_about(scene, client_of):
    next_one = QuarterFactory(slug="2027-Q1", first_on=date(2027, 1, 1), ends_on=date(2027, 4, 1))
    KeyResultFactory(objective=ObjectiveFactory(owner=scene.mira, quarter=next_one), title="Next year")
    page = client_of(scene.mira).get(PATH)
    assert ("Next year" in page.text, page.text.count(ASKED)) == (True, 1)
