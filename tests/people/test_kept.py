"""A form that was sent when its sender was no longer signed in comes back behind the door (AUTH-16)."""

import html
import re

import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from core.kept import mark_of, opened, proof_of
from objectives.models import Objective, Quarter
from people.models import User
from tests.factories import PASSWORD, MembershipFactory, ObjectiveFactory, OrganisationFactory, QuarterFactory
from tests.factories import UserFactory as Person
from tests.house.forms import Found, forms_of
from tests.people.doors import LOGIN, is_signed_in, sign_in, words_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]

WORDS = {"title": "Visitors “find” their way & stay", "why": "First line,\nsecond <line>."}
HTMX = {"hx-request": "true"}
RENEWAL = "/accounts/sessions/renewal/"


@pytest.fixture
def mira():
    OrganisationFactory()
    person = Person(name="Mira")
    MembershipFactory(user=person)
    QuarterFactory()
    return person


@pytest.fixture
def objective(mira):
    return ObjectiveFactory(owner=mira, quarter=Quarter.objects.get(), title="As it was", state="ACTIVE")


def strict(person: User) -> Client:
    """A browser that has what the server checks, in which they signed in by the door."""
    client = Client(enforce_csrf_checks=True)
    token = form_to(client.get(LOGIN), LOGIN)["csrfmiddlewaretoken"]
    client.post(LOGIN, {"login": person.email, "password": PASSWORD, "csrfmiddlewaretoken": token})
    return client


def form_to(page, action: str) -> dict[str, str]:
    """The fields of the form that goes there, as they stand in the page."""
    found = next(one for one in forms_of(page.content.decode()) if one.action == action or not one.action)
    return {**dict(found.fields), **dict(areas(page))}


def areas(page) -> list[tuple[str, str]]:
    """What stands in the boxes of a page."""
    found = re.findall(r'(?s)<textarea name="([^"]*)"[^>]*>\n?(.*?)</textarea>', page.content.decode())
    return [(name, html.unescape(text)) for name, text in found]


def sent_to(page) -> list[str]:
    """Where the forms of a page go, but for the one that keeps one signed in."""
    return [found.action for found in forms_of(page.text) if found.action != RENEWAL]


def come_in(client: Client, fields: dict[str, str]):
    """Sign in with these fields; the page that one is sent on to."""
    answer = client.post(LOGIN, fields)
    assert (answer.status_code, answer["Location"]) == (302, "/accounts/kept/")
    return client.get(answer["Location"])


def edited(client: Client, objective: Objective) -> tuple[str, dict[str, str]]:
    """The address of an edit, and its form with other words in it, nothing sent yet."""
    path = f"/objectives/{objective.pk}/edit/"
    return path, {**form_to(client.get(path), path), **WORDS}


def test_a_whole_form_comes_back_after_signing_in_and_is_saved_by_one_press(mira, objective):
    """AUTH-16, AX-09: without JavaScript; nobody's form is kept on the server, and the token is a new one."""
    client = strict(mira)
    path, sent = edited(client, objective)
    Session.objects.all().delete()
    asked = client.post(path, sent)
    assert (asked.status_code, asked["Location"]) == (
        307,
        f"{LOGIN}?next={path}&kept={proof_of(mark_of(mira.pk), path)}",
    )
    door = client.post(asked["Location"], sent)  # as a browser follows a 307
    assert (door.status_code, "so nothing was saved" in door.text) == (401, True)
    assert Session.objects.count() == 0
    fields = form_to(door, LOGIN)
    wrong = client.post(LOGIN, {**fields, "login": mira.email, "password": "a wrong one"})
    assert (wrong.status_code, form_to(wrong, LOGIN)["kept"]) == (422, fields["kept"])
    assert [words in page.text for page in (door, wrong) for words in ("Visitors", "First line")] == [False] * 4
    inside = come_in(client, {**form_to(wrong, LOGIN), "login": mira.email, "password": PASSWORD})
    assert (inside.status_code, "Nothing of it is saved yet" in inside.text) == (200, True)
    back = form_to(inside, path)
    assert {**back, "csrfmiddlewaretoken": ""} == {**sent, "csrfmiddlewaretoken": ""}
    assert [text for _name, text in areas(inside)][:2] == [WORDS["title"], WORDS["why"]]
    assert Objective.objects.get().title == "As it was"
    assert client.post(path, back).status_code == 302
    assert Objective.objects.values_list("title", "why").get() == (WORDS["title"], WORDS["why"])


def test_a_stranger_gets_the_way_to_the_door_and_nothing_else(objective):
    """CON-01: as does whoever only looks."""
    client = Client()
    path = f"/objectives/{objective.pk}/edit/"
    for asked in (client.post(path, WORDS), client.get(path)):
        assert (asked.status_code, asked["Location"]) == (302, f"{LOGIN}?next={path}")
    client.get(LOGIN)
    assert client.get(path).status_code == 302


def test_a_part_gets_no_door_and_no_text(mira, objective):
    """AUTH-16, CON-01: htmx is told where to go, and its script sends the form as a whole page instead."""
    client = strict(mira)
    path, sent = edited(client, objective)
    Session.objects.all().delete()
    answer = client.post(path, sent, headers=HTMX)
    assert (answer.status_code, answer["HX-Redirect"], answer.content) == (401, f"{LOGIN}?next={path}", b"")


def test_a_button_is_asked_about_again(mira, objective):
    """AUTH-16: what it does, does not happen by signing in."""
    client, _answer = sign_in(mira.email)
    path = f"/objectives/{objective.pk}/deletion/"
    sent = form_to(client.get(f"/objectives/{objective.pk}/"), path)
    Session.objects.all().delete()
    door = client.post(client.post(path, sent)["Location"], sent)
    inside = come_in(client, {**form_to(door, LOGIN), "login": mira.email, "password": PASSWORD})
    assert "What you were about to do has not happened yet." in inside.text
    assert (Objective.objects.get().deleted_at, sent_to(inside)) == (None, [path])
    assert (client.post(path, form_to(inside, path)).status_code, Objective.objects.get().deleted_at is None) == (
        302,
        False,
    )


def test_who_signed_in_elsewhere_meanwhile_gets_it_at_once(mira, objective):
    """AUTH-16: and whatever the form calls its fields, it goes where it was sent."""
    client, _answer = sign_in(mira.email)
    mark = mark_of(mira.pk)
    way = f"{LOGIN}?next=/objectives/new/&kept={proof_of(mark, '/objectives/new/')}"
    answer = client.post(way, {**WORDS, "next": "https://evil.example/", "page_of": mark})
    assert (answer.status_code, answer["Location"]) == (302, "/accounts/kept/")
    page = client.get("/accounts/kept/")
    assert sent_to(page) == ["/objectives/new/"]
    assert [text for _name, text in areas(page)][:2] == [*WORDS.values()]


@pytest.mark.parametrize("kept", ["", "nonsense", "[1]", '{"a": 1}', "[[1, 2]]", "[" * 9000, "[[]]", "null"])
def test_nonsense_is_nothing_that_was_kept(mira, kept):
    """CON-02."""
    client, answer = sign_in(mira.email, kept=kept)
    assert (answer.status_code, answer["Location"], is_signed_in(client)) == (302, "/", True)


def test_no_password_goes_along(mira):
    """PRIV-07: not even one that was typed into another form."""
    client, _answer = sign_in(mira.email)
    path = "/accounts/password/change/"
    sent = {**form_to(client.get(path), path), "oldpassword": "a secret", "password1": "a new secret", "words": "Kept"}
    Session.objects.all().delete()
    door = client.post(client.post(path, sent)["Location"], sent)
    kept = {one.name: one.value for one in opened(form_to(door, LOGIN)["kept"]).typed}
    assert kept == {"username": mira.email, "words": "Kept"}


def test_too_many_tries_lose_nothing(mira):
    """AUTH-03, AUTH-16: the page that says how long to wait holds it, and it comes by the door again."""
    client = strict(mira)
    sent = {**form_to(client.get("/objectives/new/"), "/objectives/new/"), **WORDS}
    Session.objects.all().delete()
    door = client.post(client.post("/objectives/new/", sent)["Location"], sent)
    fields = {**form_to(door, LOGIN), "login": mira.email, "password": "a wrong one"}
    answers = [client.post(LOGIN, fields) for _try in range(11)]
    assert [answer.status_code for answer in answers] == [422] * 10 + [429]
    late = answers[-1]
    assert ("Wait five minutes" in late.text, late["Retry-After"]) == (True, "60")
    assert WORDS["title"][:8] not in late.text
    again = client.post(LOGIN, form_to(late, LOGIN))
    assert (again.status_code, "Sign in, then it goes on." in again.text) == (401, True)
    kept = opened(form_to(again, LOGIN)["kept"])
    assert (kept.path, [one.value for one in kept.typed if one.is_words][:2]) == ("/objectives/new/", [*WORDS.values()])


def test_a_page_that_is_older_than_the_session_gets_its_words_back(mira, objective):
    """AUTH-12, AUTH-16: refused, as its token is not of now; one more press sends it with one that is."""
    client = strict(mira)
    path, sent = edited(client, objective)
    client.post("/accounts/logout/", {"csrfmiddlewaretoken": sent["csrfmiddlewaretoken"]})
    fields = {**form_to(client.get(LOGIN), LOGIN), "login": mira.email, "password": PASSWORD}
    client.post(LOGIN, fields)
    ours = {"origin": "http://testserver"}
    refused = client.post(path, sent, headers=ours)
    assert (refused.status_code, "send it again" in refused.text) == (403, True)
    assert client.post(path, form_to(refused, path), headers=ours).status_code == 302
    assert Objective.objects.get().title == WORDS["title"]
    part = client.post(path, sent, headers={**ours, **HTMX})
    assert (part.status_code, '<p data-refusal="page">' in part.text) == (403, True)


@pytest.mark.parametrize("origin", ["https://evil.example", "null", ""])
def test_words_of_another_site_are_not_made_one_press_away(mira, objective, origin):
    """AUTH-12."""
    client = strict(mira)
    path, sent = edited(client, objective)
    refused = client.post(path, {**sent, "csrfmiddlewaretoken": "x" * 64}, headers={"origin": origin} if origin else {})
    assert (refused.status_code, WORDS["title"][:8] in refused.text, sent_to(refused)) == (403, False, [])
    assert "This page was open for too long" in words_of(refused.text)


def test_a_form_is_found(mira):
    """The control: the reader of forms sees fields and boxes alike."""
    page = sign_in(mira.email)[0].get("/objectives/new/")
    assert isinstance(forms_of(page.text)[0], Found)
    assert {"title", "why", "csrfmiddlewaretoken"} <= set(form_to(page, "/objectives/new/"))
