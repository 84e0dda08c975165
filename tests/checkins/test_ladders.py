"""A week of milestones: their steps are ticked (P16)."""

import json
from datetime import timedelta

import pytest
import time_machine

from checkins.models import CheckIn, Draft
from core.calendar import Week
from objectives.models import Step, Value
from tests.checkins.reading import fields, said, week_of
from tests.checkins.scenes import make_scene
from tests.conftest import NOW
from tests.factories import ConfidenceFactory, QuarterFactory, ValueFactory, make_ladder
from tests.factories.objectives import WEEK_46
from tests.factories.people import WEEK_47
from tests.objectives.ladders import reach, stood
from tests.objectives.test_api_values import secret_of

W47 = "/check-in/2026-W47/"
SPACE = "\N{NO-BREAK SPACE}"


@pytest.fixture
def scene(db):
    return make_scene()


@pytest.fixture
def browser(scene, client_of, frozen):
    return client_of(scene.mira)


@pytest.fixture
def ladder(scene):
    """Rehearsed 30, Recorded 20, Published 50; in week 46 Rehearsed was reached."""
    row, steps = make_ladder(objective=scene.writer, position=1)
    ConfidenceFactory(key_result=row)
    ValueFactory(key_result=row, amount=30, reached=[steps[0].pk])
    return row, steps


def typed(page, row, *steps, **more):
    """What stands in the fields, with just these steps ticked."""
    found = fields(page) | {f"value-{row.pk}": [step.pk for step in steps], **more}
    return {name: value for name, value in found.items() if value != []}


def ticks(page):
    """Which boxes of steps are on the page, and which of them are ticked."""
    body = page.content.decode()
    labels = dict(Step.objects.values_list("pk", "label"))
    boxes = {label: f'value="{pk}"' for pk, label in labels.items() if f'value="{pk}"' in body}
    return {label: f"{box} checked" in body for label, box in boxes.items()}


def kept():
    rows = Value.objects.filter(week_on=WEEK_47, reached__isnull=False).order_by("at", "pk")
    labels = dict(Step.objects.values_list("pk", "label"))
    return [(row.amount, sorted(labels[pk] for pk in row.reached)) for row in rows]


def test_the_week_begins_with_what_stands(ladder, browser):
    """And says where that is; an untouched line is an answer."""
    row, steps = ladder
    page = browser.get(W47)
    assert ticks(page) == {"Rehearsed": True, "Recorded": False, "Published": False}
    assert "1 of 3 steps, 30 %" in " ".join(said(page)).replace(SPACE, " ")
    assert browser.post(W47, typed(page, row, steps[0])).status_code == 302
    assert kept() == [(30, ["Rehearsed"])]


def test_what_is_ticked_is_kept_and_said_again_takes_its_place(ladder, browser):
    row, (one, two, three) = ladder
    assert browser.post(W47, typed(browser.get(W47), row, one, three)).status_code == 302
    assert kept() == [(80, ["Published", "Rehearsed"])]
    again = browser.get(f"{W47}?edit=1")
    assert ticks(again) == {"Rehearsed": True, "Recorded": False, "Published": True}
    assert browser.post(W47, typed(again, row, one, three)).status_code == 302
    assert (len(kept()), CheckIn.objects.get().version) == (1, 1)
    for minute, ticked in enumerate(([two], []), 1):
        with time_machine.travel(NOW + timedelta(minutes=minute), tick=False):
            assert browser.post(W47, typed(browser.get(f"{W47}?edit=1"), row, *ticked)).status_code == 302
    assert kept() == [(80, ["Published", "Rehearsed"]), (20, ["Recorded"]), (0, [])]


def test_one_weeks_words_show_its_steps(ladder, browser):
    """Also to copy into a status mail, in all three forms."""
    row, (one, two, _three) = ladder
    browser.post(W47, typed(browser.get(W47), row, one, two))
    page = browser.get(W47)
    words = " ".join(week_of(page))
    assert "A talk 2 of 3 steps" in words
    assert "✓reached: Rehearsed ✓reached: Recorded ○not yet: Published" in words
    copied = "A talk: 2 of 3 steps (✓ Rehearsed · ✓ Recorded · Published), confidence 5/10"
    assert fields(page)["report-text"].splitlines()[-1] == f"- {copied}"
    assert copied in fields(page)["report-markdown"]
    earlier = " ".join(week_of(browser.get("/check-in/2026-W46/")))
    assert "✓reached: Rehearsed ○not yet: Recorded ○not yet: Published" in earlier


def test_home_and_board_show_its_steps(ladder, scene, browser):
    shown = "✓reached: Rehearsed ○not yet: Recorded ○not yet: Published"
    for path in ("/", scene.team.get_absolute_url()):
        words = " ".join(said(browser.get(path)))
        assert "1 of 3 steps" in words
        assert shown in words.replace("  ", " "), words


def test_the_same_week_sent_twice_is_one_and_another_is_told(ladder, browser):
    """Two tabs: nothing is lost unseen."""
    row, (one, two, three) = ladder
    page = browser.get(W47)
    assert [browser.post(W47, typed(page, row, one, two)).status_code for _time in range(2)] == [302, 302]
    assert (kept(), CheckIn.objects.get().version) == ([(50, ["Recorded", "Rehearsed"])], 1)
    other = browser.post(W47, typed(page, row, three))
    assert other.status_code == 409
    assert "Here Published Elsewhere Rehearsed · Recorded" in said(other)
    assert ticks(other) == {"Rehearsed": False, "Recorded": False, "Published": True}
    with time_machine.travel(NOW + timedelta(minutes=1), tick=False):
        assert browser.post(W47, typed(other, row, three)).status_code == 302
    assert kept()[1:] == [(50, ["Published"])]


def test_ticks_are_kept_as_they_are_made_and_come_back(ladder, browser):
    """DB-09, OUT-07: with scripts and without; none is an answer too, and other pages are shown both."""
    row, (one, two, three) = ladder
    page, draft = browser.get(W47), f"{W47}draft/"
    name = f"value-{row.pk}"
    browser.post(draft, {name: f"{one.pk} {three.pk}"}, headers={"HX-Request": "true"})
    assert ticks(browser.get(W47)) == {"Rehearsed": True, "Recorded": False, "Published": True}
    both = browser.post(draft, typed(page, row, two))
    assert (both.status_code, "Here Recorded Elsewhere Rehearsed · Published" in said(both)) == (409, True)
    browser.post(draft, typed(both, row, two) | {"picked": "mine"})
    assert Draft.objects.get().typed == {name: str(two.pk)}
    browser.post(draft, typed(browser.get(W47), row))
    assert Draft.objects.get().typed == {name: ""}
    assert ticks(browser.get(W47)) == dict.fromkeys(("Rehearsed", "Recorded", "Published"), False)
    browser.post(draft, typed(browser.get(W47), row, one))
    assert not Draft.objects.exists()


def test_what_is_ticked_alike_in_both_tabs_is_not_told(ladder, browser):
    row, (one, two, _three) = ladder
    page = browser.get(W47)
    assert browser.post(W47, typed(page, row, one, two)).status_code == 302
    other = browser.post(W47, typed(page, row, one, two, did="Spoke"))
    assert other.status_code == 409
    assert [line for line in said(other) if line.startswith("Here ")] == ["Here Spoke Elsewhere nothing"]


def test_steps_that_were_changed_meanwhile_are_looked_at_again(ladder, browser):
    """A step that is gone cannot be reached: nothing is saved, and the page has the steps as they are."""
    row, (one, two, three) = ladder
    page = browser.get(W47)
    sent = typed(page, row, one, two, did="Spoke")
    two.delete()
    refused = browser.post(W47, sent)
    assert refused.status_code == 409
    assert "Its steps were changed meanwhile. See which of them are reached." in " ".join(said(refused))
    assert (ticks(refused), fields(refused)["did"]) == ({"Rehearsed": True, "Published": False}, "Spoke")
    assert (kept(), CheckIn.objects.count()) == ([], 0)
    assert browser.post(W47, typed(refused, row, one, three)).status_code == 302
    assert kept() == [(80, ["Published", "Rehearsed"])]


@pytest.mark.parametrize("wrong", ["x", "", "1" * 17, "-1"])
def test_what_is_no_step_is_refused(ladder, browser, wrong):
    row, _steps = ladder
    page = browser.post(W47, fields(browser.get(W47)) | {f"value-{row.pk}": [wrong]})
    assert page.status_code == 422
    assert "A talk: Tick the steps that are reached." in said(page)
    assert kept() == []


@pytest.mark.parametrize(
    ("places", "words"),
    [
        ([0], "1 of 3 steps, 30 %"),
        ([0, 1], "2 of 3 steps, 50 %, +20"),
        ([], "0 of 3 steps, 0 %, −30"),
        ([1], "1 of 3 steps, 20 %, −10"),
        ([0, 1, 2], "3 of 3 steps, 100 %, +70"),
    ],
)
def test_what_the_ticks_do_is_said_at_once(ladder, browser, places, words):
    row, steps = ladder
    ticked = {f"value-{row.pk}": [steps[place].pk for place in places]} if places else {}
    answer = browser.post(W47, {"say": row.pk, f"confidence-{row.pk}": "5", **ticked}, headers={"HX-Request": "true"})
    assert answer.content.decode().strip().replace(SPACE, " ") == words
    assert kept() == []


def test_before_its_quarter_there_is_nothing_to_tick(scene, browser):
    later = QuarterFactory(slug="2027-Q1", first_on="2027-01-01", ends_on="2027-04-01")
    scene.writer.quarter = later
    scene.writer.save()
    make_ladder(objective=scene.writer, position=1)
    page = browser.get(W47)
    assert ticks(page) == {}
    assert "A talk 3 steps" in " ".join(said(page))


def test_last_week_filled_in_late_leaves_this_week_as_it_is(ladder, browser):
    """As with numbers: each week says what stood in it."""
    row, (one, _two, three) = ladder
    reach(row, one, three, week=Week(WEEK_47))
    with time_machine.travel(NOW - timedelta(days=2), tick=False):
        late = browser.get("/check-in/2026-W46/")
        assert browser.post("/check-in/2026-W46/", typed(late, row)).status_code == 302
    assert (stood(row, Week(WEEK_46))[0], stood(row)) == (0, (80, ["Rehearsed", "Published"]))


def give(client, person, row, **answer):
    body = {"week": "2026-W47", "key_results": [{"key_result_id": str(row.pk), "confidence": 6, **answer}]}
    headers = {"authorization": f"Bearer {secret_of(person)}"}
    answered = client.post("/api/v1/check-ins/", body, content_type="application/json", headers=headers)
    return answered.status_code, json.loads(answered.content)


@pytest.mark.parametrize(
    ("places", "rows"),
    [([0, 2], [(80, ["Published", "Rehearsed"])]), ([], [(0, [])]), (None, [])],
)
def test_a_program_checks_in_with_what_is_reached(scene, ladder, browser, client, places, rows):
    row, steps = ladder
    said_of = {} if places is None else {"reached": [str(steps[place].pk) for place in places]}
    assert give(client, scene.mira, row, **said_of)[0] == 201
    assert kept() == rows


@pytest.mark.parametrize(
    ("answer", "where", "reason"),
    [
        ({"reached": ["12"]}, "key_results.0.value", "That is none of its steps."),
        ({"value": "30"}, "key_results.0.value", "It takes the steps reached."),
        ({"done": 1, "due": 2}, "key_results.0.value", "It takes the steps reached."),
        ({"ticks": []}, "key_results.0.ticks", "Nothing here goes by this name."),
    ],
)
def test_what_a_program_cannot_say_of_milestones(scene, ladder, browser, client, answer, where, reason):
    status, told = give(client, scene.mira, ladder[0], **answer)
    assert (status, told["errors"]) == (400, {where: [reason]})
    assert kept() == []


def test_another_kind_takes_no_steps(scene, browser, client):
    status, told = give(client, scene.mira, scene.essays, reached=[])
    assert (status, told["errors"]) == (400, {"key_results.0.value": ["It takes one number."]})
