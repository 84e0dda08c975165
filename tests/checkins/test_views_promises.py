"""Promising on the pages: offered where a hand could be used, waiting at home, kept by one press."""

from datetime import date
from uuid import uuid4

import pytest

from checkins.models import Promise
from objectives.models import KeyResult, Objective, Quarter
from tests.checkins.reading import said
from tests.checkins.test_promises import Crew
from tests.factories import CheckInFactory, ConfidenceFactory, ObjectiveFactory, OrganisationFactory, PromiseFactory
from tests.factories.people import WEEK_47

pytestmark = pytest.mark.django_db
BOARD = "/teams/accelerator/"
OFFER = "I can help: Essays"


@pytest.fixture
def crew(frozen):
    OrganisationFactory()
    return Crew()


def section(page, heading):
    """What stands below a heading, up to the next fold."""
    lines = said(page)
    return lines[lines.index(heading) + 1 :] if heading in lines else []


def pages(crew):
    return (BOARD, crew.writer.get_absolute_url(), "/people/mira/check-in/2026-W47/")


def test_who_could_use_a_hand_is_offered_one(crew, client_of):
    """P90: on the board, beside the objective, in somebody's week; to teammates, and not to the owner."""
    CheckInFactory(person=crew.mira, week_on=WEEK_47)
    ConfidenceFactory(key_result=crew.essays, week_on=WEEK_47, by=crew.mira)
    Objective.objects.update(audience="EVERYONE")
    link = f"/promises/new/?key_result={crew.essays.pk}"
    for person, is_offered in ((crew.jonas, True), (crew.kim, False)):
        shown = [f'href="{link}"' in client_of(person).get(page).text for page in pages(crew)]
        assert shown == [is_offered] * 3
    assert link not in client_of(crew.mira).get(BOARD).text
    KeyResult.objects.update(hand="")
    assert [link in client_of(crew.jonas).get(page).text for page in pages(crew)] == [False] * 3


def test_a_promise_from_the_board_to_kept(crew, client_of):
    jonas, mira = client_of(crew.jonas), client_of(crew.mira)
    form = f"/promises/new/?key_result={crew.essays.pk}"
    page = jonas.get(form)
    assert "How can you help Mira?" in said(page)
    assert "Read by those in Accelerator who may read what it helps. On their board too." in said(page)
    typed = {"text": "Read draft four", "due_on": "2026-11-25", "client_key": str(uuid4())}
    for _press in range(2):
        answer = jonas.post(form, typed)
        assert (answer.status_code, answer["Location"]) == (
            302,
            f"{crew.writer.get_absolute_url()}#key-result-{crew.essays.pk}",
        )
    one = Promise.objects.get()
    helps = "Jonas helps: Read draft four, by Wednesday"
    for reader in (mira, jonas):
        assert helps in said(reader.get(crew.writer.get_absolute_url()))
        assert "Jonas → helps Mira: Read draft four by Wednesday" in " ".join(said(reader.get(BOARD)))
    assert "promises you help: “Read draft four”" in " ".join(said(mira.get("/notices/")))
    assert "Keep your promise to Mira: Read draft four, by Wednesday" in " ".join(said(jonas.get("/")))
    assert "Keep your promise" not in mira.get("/").text
    page = jonas.post(f"/promises/{one.pk}/keeping/", follow=True)
    assert "Kept. That helped." in page.text
    assert "Keep your promise" not in page.text
    assert "✓ Jonas helped: Read draft four" in said(mira.get(crew.writer.get_absolute_url()))
    assert "kept a promise to you: “Read draft four”" in " ".join(said(mira.get("/notices/")))
    page = jonas.post(f"/promises/{one.pk}/resumption/", follow=True)
    assert "Keep your promise to Mira: Read draft four, by Wednesday" in " ".join(said(page))


def test_it_is_let_go_without_blame(crew, client_of):
    one = PromiseFactory(by=crew.jonas, to=crew.mira, team=crew.team, text="Read draft four")
    jonas = client_of(crew.jonas)
    assert f'href="/promises/{one.pk}/edit/"' in jonas.get("/").text
    page = jonas.post(f"/promises/{one.pk}/release/", follow=True)
    assert "Let go. Nobody waits for it now." in page.text
    assert "Read draft four" not in client_of(crew.priya).get(BOARD).text
    assert jonas.get(f"/promises/{one.pk}/edit/").status_code == 409


def test_it_is_reworded_and_a_stale_save_shows_both(crew, client_of):
    """CC-01."""
    one = PromiseFactory(by=crew.jonas, to=crew.mira, team=crew.team, text="Read draft four")
    jonas, form = client_of(crew.jonas), f"/promises/{one.pk}/edit/"
    answer = jonas.post(form, {"text": "Read draft five", "due_on": "", "version": "1"})
    assert (answer.status_code, answer["Location"]) == (302, f"{BOARD}#promises")
    answer = jonas.post(form, {"text": "Read draft six", "due_on": "", "version": "1"})
    assert (answer.status_code, "Read draft five" in answer.text, "Read draft six" in answer.text) == (409, True, True)
    assert Promise.objects.get().text == "Read draft five"


def test_everyone_is_promised_something_from_the_teams_page(crew, client_of):
    jonas, form = client_of(crew.jonas), "/promises/new/?team=accelerator"
    assert form in jonas.get(BOARD).text
    assert form not in client_of(crew.kim).get(BOARD).text
    page = jonas.post(form, {"text": "Pair on the pages at night", "client_key": str(uuid4())}, follow=True)
    assert "Jonas → helps everyone: Pair on the pages at night" in " ".join(said(page))
    assert "Keep your promise to everyone: Pair on the pages at night" in " ".join(said(jonas.get("/")))
    assert "Pair on" not in client_of(crew.kim).get(BOARD).text


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"text": ""}, "Say in a few words what you will do."),
        ({"text": "Help", "due_on": "2026-11-18"}, "That day is over."),
        ({"text": "Help", "due_on": "soon"}, "That is not a day of the calendar."),
        ({"text": "x" * 201}, "200"),
    ],
)
def test_what_cannot_be_meant_is_said(crew, client_of, typed, words):
    form = f"/promises/new/?key_result={crew.essays.pk}"
    answer = client_of(crew.jonas).post(form, {"client_key": str(uuid4()), **typed})
    assert (answer.status_code, words in answer.text, Promise.objects.count()) == (422, True, 0)


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("", 404), ("key_result=nonsense", 404), ("key_result=1", 404), ("team=nowhere", 404), ("team=harbour", 403),
        ("team=accelerator&to=kim", 404), ("team=accelerator&to=jonas", 403), ("team=accelerator&to=mira", 200),
        (f"key_result={2**70}", 404),
    ],
)  # fmt: skip
def test_addresses_that_lead_nowhere(crew, client_of, query, status):
    assert client_of(crew.jonas).get(f"/promises/new/?{query}").status_code == status


def test_a_private_objective_names_no_promise_to_the_team(crew, client_of):
    """PRIV-09: not on the board, not even to whom it is for; on its own page, who reads that."""
    one = PromiseFactory(by=crew.jonas, to=crew.mira, team=crew.team, key_result=crew.essays, text="HIDDEN")
    Objective.objects.update(audience="ONLY_ME")
    for person in (crew.mira, crew.jonas, crew.priya):
        assert "HIDDEN" not in client_of(person).get(BOARD).text
    assert "HIDDEN" in client_of(crew.mira).get(crew.writer.get_absolute_url()).text
    assert "HIDDEN" in client_of(crew.jonas).get("/").text
    assert client_of(crew.priya).post(f"/promises/{one.pk}/keeping/").status_code == 404
    assert client_of(crew.mira).post(f"/promises/{one.pk}/keeping/").status_code == 403


def test_who_left_helps_nobody_there_any_more(crew, client_of):
    """Nor does it stand beside what it was to help."""
    PromiseFactory(by=crew.jonas, to=crew.mira, team=crew.team, key_result=crew.essays, text="Read draft four")
    page = crew.writer.get_absolute_url()
    assert "Read draft four" in client_of(crew.mira).get(page).text
    crew.jonas.memberships.update(left_on=date(2026, 11, 18))
    assert "Read draft four" not in client_of(crew.mira).get(page).text


def test_what_was_moved_out_of_sight_is_not_where_a_promise_leads(crew, client_of):
    """PRIV-09: its maker is not told what it belongs to now."""
    one = PromiseFactory(by=crew.jonas, to=crew.mira, team=crew.team, key_result=crew.essays, text="Read draft four")
    hidden = ObjectiveFactory(owner=crew.mira, audience="ONLY_ME")
    KeyResult.objects.filter(pk=crew.essays.pk).update(objective=hidden)
    jonas, form = client_of(crew.jonas), f"/promises/{one.pk}/edit/"
    page = jonas.get(form)
    assert (page.status_code, str(hidden.pk) in page.text) == (200, False)
    answer = jonas.post(form, {"text": "Read draft five", "version": one.version})
    assert (answer.status_code, answer["Location"]) == (302, "/")


def test_the_board_says_what_was_kept_for_a_week(crew, client_of):
    made = {"by": crew.jonas, "to": crew.mira, "team": crew.team}
    PromiseFactory(**made, text="Open", due_on=date(2026, 11, 3))
    PromiseFactory(**made, text="Kept lately", state="KEPT")
    long_ago = Promise.objects.get(text="Open").at.replace(month=10)
    PromiseFactory(**made, text="Kept long ago", state="KEPT", state_at=long_ago)
    PromiseFactory(**made, text="Let go", state="RELEASED")
    text = " ".join(section(client_of(crew.priya).get(BOARD), "Who helps whom"))
    assert "Jonas → helps Mira: Open it was for 3" in text
    assert ["Kept lately" in text, "Kept long ago" in text, "Let go" in text] == [True, False, False]


def test_a_board_shows_thirty_at_most(crew, client_of):
    PromiseFactory.create_batch(32, by=crew.jonas, to=crew.mira, team=crew.team)
    page = client_of(crew.priya).get(BOARD)
    assert (page.text.count("Promise "), "and 2 more" in page.text) == (31, True)  # one is the link to make one


def test_what_one_promised_waits_at_home_when_no_quarter_is_running_too(crew, client_of):
    crew.make(crew.jonas, crew.mira)
    crew.make(crew.priya, crew.mira, text="Of somebody else")
    browser = client_of(crew.jonas)
    assert [line for line in said(browser.get("/")) if "Read draft four" in line]
    Quarter.objects.update(first_on="2020-01-01", ends_on="2020-04-01")
    assert [line for line in said(browser.get("/")) if "Read draft four" in line]
    assert "Of somebody else" not in browser.get("/").text
