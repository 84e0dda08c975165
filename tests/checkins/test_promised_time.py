"""Did you get the time? Asked in one press of whoever was promised hours for an objective (P59)."""

import re
from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from checkins.models import Draft, Line
from tests.checkins.reading import said
from tests.checkins.scenes import make_scene
from tests.factories import KeyResultFactory, LineFactory, MembershipFactory, UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
WEEK = "/check-in/2026-W47/"


@pytest.fixture
def scene():
    """Mira was promised three hours a week for her writing; Jonas is her teammate and Kim her manager."""
    scene = make_scene()
    scene.writer.hours = Decimal(3)
    scene.writer.save()
    MembershipFactory(team=scene.team, user=UserFactory(name="Jonas", username="jonas"))
    scene.mira.manager, scene.mira.manager_since_on = UserFactory(name="Kim", username="kim"), date(2026, 1, 1)
    scene.mira.save()
    return scene


@pytest.fixture
def browser(scene, client_of):
    return client_of(scene.mira)


def week_of(scene, **fields) -> dict[str, object]:
    """A week as it is sent, with what else is said in it."""
    asked = {f"confidence-{scene.essays.pk}": 6, f"value-{scene.essays.pk}": 2, "version": 0}
    return asked | {f"did-{scene.writer.pk}": ""} | {name.replace("_", "-"): value for name, value in fields.items()}


def times() -> list[tuple[int | None, str]]:
    return [*Line.objects.filter(kind="TIME").values_list("objective", "text")]


def test_it_is_asked_where_hours_were_promised(scene, browser):
    assert "Did you get the 3 hours a week?" in " ".join(said(browser.get(WEEK)))
    scene.writer.hours = None
    scene.writer.save()
    assert "Did you get the" not in " ".join(said(browser.get(WEEK)))


def test_whoever_answers_for_another_ones_key_result_is_not_asked(scene, client_of):
    jonas = scene.team.memberships.get(user__username="jonas").user
    scene.writer.kind, scene.writer.team, scene.writer.audience = "TEAM", scene.team, "TEAM"
    scene.writer.save()
    KeyResultFactory(objective=scene.writer, owner=jonas, title="Reviews")
    page = " ".join(said(client_of(jonas).get(WEEK)))
    assert ("Reviews" in page, "Did you get the" in page) == (True, False)


def test_an_answer_is_kept_changed_and_stands_there_again(scene, browser):
    name = f"time-{scene.writer.pk}"
    assert browser.post(WEEK, week_of(scene) | {name: "SOME"}).status_code == 302
    assert times() == [(scene.writer.pk, "SOME")]
    assert 'value="SOME" checked' in browser.get(f"{WEEK}?edit=1").content.decode()
    assert browser.post(WEEK, week_of(scene) | {name: "NONE", "version": 1}).status_code == 302
    assert times() == [(scene.writer.pk, "NONE")]


def test_an_answer_can_be_taken_back(scene, browser):
    """Pressed by mistake: as typed, and when the week is given again."""
    name = f"time-{scene.writer.pk}"
    browser.post(WEEK, week_of(scene) | {name: "SOME"})
    choices = re.findall(rf'name="{name}" value="(\w*)"( checked)?', browser.get(f"{WEEK}?edit=1").content.decode())
    assert choices == [("", ""), ("ALL", ""), ("SOME", " checked"), ("NONE", "")]
    sent = {name: "", "version": "1", "draft": "0", "page": "0123456789abcdef", "turn": "1"}
    browser.post(f"{WEEK}draft/", sent, headers={"HX-Request": "true"})
    assert f'name="{name}" value="" checked' in browser.get(f"{WEEK}?edit=1").content.decode()
    assert browser.post(WEEK, week_of(scene) | {name: "", "version": 1, "draft": 1}).status_code == 302
    assert times() == []


def test_nothing_said_is_nothing_kept(scene, browser):
    assert browser.post(WEEK, week_of(scene)).status_code == 302
    assert times() == []


@pytest.mark.parametrize("answer", ["LOTS", "all", "0"])
def test_what_is_no_answer_is_refused(scene, browser, answer):
    answered = browser.post(WEEK, week_of(scene) | {f"time-{scene.writer.pk}": answer})
    assert (answered.status_code, times()) == (422, [])
    assert "Choose all of it, some of it or none." in " ".join(said(answered))


def test_an_answer_about_what_is_not_asked_is_not_kept(scene, browser):
    """Of another's objective, of none, and of one's own without hours."""
    scene.writer.hours = None
    scene.writer.save()
    for pk in (scene.writer.pk, 987_654_321):
        browser.post(WEEK, week_of(scene) | {f"time-{pk}": "ALL"})
    assert times() == []


def test_it_is_on_no_slide_and_in_no_copy_and_read_where_its_objective_is(scene, browser, client_of):
    """Its owner reads it apart from the room, and whoever reads the objective on the page of the week."""
    browser.post(WEEK, week_of(scene) | {f"time-{scene.writer.pk}": "NONE"})
    own = said(browser.get(WEEK))
    apart = own.index("Not on the slide")
    assert [words for words in own[apart:] if "None this week" in words] != []
    assert [words for words in own[:apart] if "None this week" in words] == []
    report = " ".join(own[own.index("Promised time") + 2 :])
    assert "None this week" not in report
    theirs = {
        name: "None this week" in " ".join(said(client_of(person).get(f"/people/{scene.mira.username}{WEEK}")))
        for name, person in (
            ("jonas", scene.team.memberships.get(user__username="jonas").user),
            ("kim", scene.mira.manager),
        )
    }
    assert theirs == {"jonas": True, "kim": True}
    scene.writer.audience = "MANAGER"
    scene.writer.save()
    jonas = client_of(scene.team.memberships.get(user__username="jonas").user)
    assert "None this week" not in " ".join(said(jonas.get(f"/people/{scene.mira.username}{WEEK}")))


def test_it_is_saved_as_typed(scene, browser):
    name = f"time-{scene.writer.pk}"
    sent = {name: "ALL", "version": "0", "draft": "0", "page": "0123456789abcdef", "turn": "1"}
    assert browser.post(f"{WEEK}draft/", sent, headers={"HX-Request": "true"}).status_code == 204
    assert Draft.objects.get().typed == {name: "ALL"}
    assert 'value="ALL" checked' in browser.get(WEEK).content.decode()


@pytest.mark.parametrize("fields", [{"objective": None, "text": "ALL"}, {"text": "LOTS"}])
def test_the_database_takes_no_other_answer(scene, fields):
    about = {"objective": scene.writer, "kind": "TIME", "text": "ALL"}
    assert LineFactory(**about).pk
    with pytest.raises(IntegrityError), transaction.atomic():
        LineFactory(**{**about, **fields})
