"""Amendments (P77): what others count on is changed with a reason, and what was stays readable."""

from datetime import date
from decimal import Decimal

import pytest

from activity.models import Event
from core.errors import NotYours, Stale
from objectives.actions import key_results
from objectives.actions.amendments import ReasonMissing
from objectives.models import Amendment, KeyResult
from objectives.rules import Rung
from people.viewer import viewer_of
from tests.factories import KeyResultFactory, make_ladder
from tests.objectives.crew import measure, read, sentence, told
from tests.objectives.ladders import climb, written
from tests.objectives.pages import main, problems, summary, values
from tests.objectives.test_api_values import secret_of
from tests.people.racing import race

pytestmark = pytest.mark.django_db
WHY = "Say in a few words why. It is what the others will read."


@pytest.fixture
def essays(crew):
    return KeyResultFactory(objective=crew.objective(title="Write"), title="Essays", unit="essays")


def change(row, *, version=1, by=None, now, reason="", **fields):
    by = viewer_of(by or row.owner)
    new = measure(**fields)
    return key_results.change(by=by, key_result=read(row), version=version, measure=new, reason=reason, now=now)


def kept():
    fields = ("number", "by", "at", "week_on", "reason", "title", "kind", "unit", "baseline", "target", "steps")
    return [*Amendment.objects.order_by("number").values_list(*fields)]


@pytest.mark.parametrize(
    "fields",
    [
        {"title": "Letters"},
        {"kind": "COUNT"},
        {"unit": "letters"},
        {"baseline": None},
        {"baseline": Decimal(1)},
        {"target": Decimal("10.5")},
    ],
)
def test_wording_measure_and_target_ask_why_and_nothing_is_kept_without(essays, now, fields):
    with pytest.raises(ReasonMissing) as problem:
        change(essays, now=now, **fields)
    assert str(problem.value) == WHY
    same = KeyResult.objects.get()
    assert (same.title, same.target, same.version, kept(), told(same)) == ("Essays", 10, 1, [], [])
    change(essays, now=now, reason="Six were too easy.", **fields)
    monday = date(2026, 11, 16)
    before = ("Essays", "NUMBER", "essays", 0, 10, [])
    assert kept() == [(1, essays.owner_id, now, monday, "Six were too easy.", *before)]


def test_the_second_time_what_it_had_become_is_kept(essays, now):
    change(essays, now=now, reason="One", target=Decimal(12))
    change(essays, now=now, reason="Two", title="Letters", version=2, target=Decimal(12))
    assert [(row[0], row[4], row[5], row[9]) for row in kept()] == [(1, "One", "Essays", 10), (2, "Two", "Essays", 12)]
    assert [data["fields"] for _verb, data in told(essays)] == [["target"], ["title"]]


@pytest.mark.parametrize("fields", [{"intention": "To be read"}, {"opening_confidence": 7}, {}])
def test_the_rest_asks_nothing_and_keeps_nothing(essays, now, fields):
    change(essays, now=now, **fields)
    assert (kept(), KeyResult.objects.get().version) == ([], 2 if fields else 1)


def test_who_logs_it_asks_nothing(crew, now):
    row = KeyResultFactory(objective=crew.team_objective(), title="Essays", unit="essays")
    by = {"by": viewer_of(crew.mira), "key_result": read(row), "version": 1, "measure": measure(), "now": now}
    key_results.change(owner_pk=crew.jonas.pk, **by)
    assert (kept(), KeyResult.objects.get().owner) == ([], crew.jonas)


def test_a_draft_asks_nothing(crew, now):
    row = KeyResultFactory(objective=crew.objective(state="DRAFT"), title="Essays")
    change(row, now=now, title="Letters", reason="Because")
    assert (kept(), KeyResult.objects.get().title) == ([], "Letters")


def test_steps_ask_too_and_stay_readable(crew, now):
    row, (one, two, three) = make_ladder(objective=crew.objective())
    steps = (Rung("Rehearsed", 30, one.pk), Rung("Filmed", 20, two.pk), Rung("Published", 50, three.pk))
    asked = {"by": viewer_of(crew.mira), "version": 1, "measure": climb(*steps), "now": now}
    assert sentence(ReasonMissing, key_results.change, key_result=read(row), **asked) == WHY
    assert (written(row)[1], kept()) == (("Recorded", 20), [])
    key_results.change(key_result=read(row), reason="No studio.", **asked)
    (found,) = kept()
    assert found[-1] == [["Rehearsed", 30], ["Recorded", 20], ["Published", 50]]
    assert written(row)[1] == ("Filmed", 20)


def test_no_words_stand_in_an_event(essays, now):
    """Decisions 28: texts live where erasing finds them."""
    change(essays, now=now, reason="SECRET reason", title="SECRET title")
    assert "SECRET" not in str([*Event.objects.values_list("data", flat=True)])


def test_who_may_not_word_it_and_who_is_late_keep_nothing(crew, essays, now):
    with pytest.raises(NotYours):
        change(essays, by=crew.jonas, now=now, reason="Mine", title="Letters")
    change(essays, now=now, reason="First", title="First")
    with pytest.raises(Stale):
        change(essays, now=now, reason="Second", title="Second")
    assert [row[4] for row in kept()] == ["First"]


@pytest.mark.django_db(transaction=True)
def test_two_amendments_of_one_version(crew, now):
    """CC-01: one is kept, with what it changed; the other is told, and leaves no reason behind."""
    row, viewer = KeyResultFactory(objective=crew.objective(), title="Essays"), viewer_of(crew.mira)

    def amend(seen, title):
        return lambda: key_results.change(
            by=viewer, key_result=seen, version=1, measure=measure(title=title), reason=title, now=now
        )

    ends = race(amend(read(row), "One"), amend(read(row), "Other"))
    assert (ends, [one[5] for one in kept()]) == (["Stale", "done"], ["Essays"])
    assert Amendment.objects.get().reason == KeyResult.objects.get().title


def sent(**changed):
    typed = {"title": "Essays", "kind": "NUMBER", "baseline": "0", "target": "10", "unit": "essays"}
    return {**typed, "opening_confidence": "5", "intention": "", "version": "1", **changed}


@pytest.mark.usefixtures("frozen")
def test_the_form_asks_beside_the_field_and_keeps_what_was_typed(crew, essays, client_of):
    browser, url = client_of(crew.mira), f"/key-results/{essays.pk}/edit/"
    assert "Why the change" in main(browser.get(url))
    answer = browser.post(url, sent(target="12", reason=" \t"))
    assert (answer.status_code, problems(answer), summary(answer)) == (422, [WHY], [f"Why the change: {WHY}"])
    assert values(answer)["target"] == "12"
    assert browser.post(url, sent(target="12", reason="Ten were\ntoo few.")).status_code == 302
    assert [(row[4], row[9]) for row in kept()] == [("Ten were too few.", 10)]
    late = browser.post(url, sent(target="14", reason="More"))
    assert (late.status_code, values(late)["reason"]) == (409, "More")
    assert browser.post(url, sent(target="14", reason="x" * 501, version="2")).status_code == 422
    assert browser.post(url, sent(target="12", intention="To be read", version="2")).status_code == 302
    assert len(kept()) == 1


@pytest.mark.usefixtures("frozen")
def test_a_drafts_form_and_a_new_one_ask_nothing(crew, client_of):
    row = KeyResultFactory(objective=crew.objective(state="DRAFT"), title="Essays")
    browser = client_of(crew.mira)
    for url in (f"/key-results/{row.pk}/edit/", f"/objectives/{crew.objective().pk}/key-results/new/"):
        page = browser.get(url)
        assert (page.status_code, "Why the change" in page.text) == (200, False)
    assert browser.post(f"/key-results/{row.pk}/edit/", sent(target="12")).status_code == 302


@pytest.mark.usefixtures("frozen")
def test_programs_say_why_too(crew, essays, client):
    path, headers = f"/api/v1/key-results/{essays.pk}/", {"authorization": f"Bearer {secret_of(crew.mira, 'FULL')}"}

    def patch(**body):
        return client.patch(path, body, content_type="application/json", headers={**headers, "if-match": "*"})

    answer = patch(target="12")
    assert (answer.status_code, answer.json()["errors"]) == (400, {"reason": [WHY]})
    assert (patch(intention="To be read").status_code, kept()) == (200, [])
    assert (patch(target="12", reason="More").status_code, patch(reason="Nothing").status_code) == (200, 200)
    assert [(row[4], row[9]) for row in kept()] == [("More", 10)]
