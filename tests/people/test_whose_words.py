"""Words are given back to the person who typed them, in whatever browser, and to nobody else (AUTH-16, PRIV-01)."""

from urllib.parse import urlencode

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from core.kept import MOST, Kept, close, mark_of, opened, proof_of
from core.typed import Typed
from objectives.models import Objective
from okrsite.own_data import erasing
from people.models import Team, User
from tests.factories import PASSWORD, MembershipFactory, ObjectiveFactory, OrganisationFactory, QuarterFactory
from tests.factories import UserFactory as Person
from tests.house.forms import forms_of
from tests.people.doors import LOGIN, sign_in, words_of
from tests.people.test_kept import HTMX, areas, come_in, form_to, sent_to, strict

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]

NEW, KEPT = "/objectives/new/", "/accounts/kept/"
SECRET = {"title": "SECRET aim of Mira", "why": "SECRET reason, in lower letters", "audience": "ONLY_ME"}
OURS = {"origin": "http://testserver"}
SENTENCE = "Somebody else had begun something in this browser. It was not saved, and is not shown."


@pytest.fixture
def team():
    OrganisationFactory()
    QuarterFactory()
    return MembershipFactory(user=Person(name="Mira"), role="LEAD").team


@pytest.fixture
def mira(team):
    return User.objects.get(name="Mira")


@pytest.fixture
def kofi(team):
    person = Person(name="Kofi")
    MembershipFactory(user=person, team=team)
    return person


def typed_by(client: Client) -> dict[str, str]:
    """Mira's private form, not sent yet."""
    return {**form_to(client.get(NEW), NEW), **SECRET}


def sign_out(client: Client) -> None:
    """By the button of its page."""
    page = client.get("/accounts/logout/")
    assert client.post("/accounts/logout/", form_to(page, "/accounts/logout/")).status_code == 302


def enter(client: Client, person: User):
    """By the door, in a browser that was somebody else's before; the answer."""
    return client.post(LOGIN, {**form_to(client.get(LOGIN), LOGIN), "login": person.email, "password": PASSWORD})


def door_with(client: Client, sent: dict[str, str]):
    """The sign-in page to which a form comes when its sender is no longer signed in."""
    return client.post(client.post(NEW, sent)["Location"], sent)


@pytest.mark.parametrize("path", ["/", NEW, "/settings/", "/people/", "/accounts/sessions/"])
def test_every_form_says_whose_page_it_stood_on(mira, kofi, path):
    """PRIV-01: the same for one person, another for another, and nothing on nobody's page."""
    for person in (mira, kofi):
        text = sign_in(person.email)[0].get(path, follow=True).text
        found = forms_of(text)
        assert {dict(form.fields).get("page_of") for form in found} == {mark_of(person.pk)}
        assert f'<input type="hidden" name="of_{mark_of(person.pk)[:8]}" disabled>' in text
    (door,) = forms_of(Client().get(LOGIN).text)
    assert "page_of" not in dict(door.fields)
    assert mark_of(mira.pk) != mark_of(kofi.pk)


def test_the_next_person_who_sends_a_form_of_before_gets_no_word_of_it(mira, kofi):
    """PRIV-01: Back and reload; as a page and as a part, and nothing of it stands in what is unseen."""
    client = strict(mira)
    sent = typed_by(client)
    sign_out(client)
    enter(client, kofi)
    for headers in (OURS, {**OURS, **HTMX}):
        refused = client.post(NEW, sent, headers=headers)
        assert (refused.status_code, "SECRET" in refused.text, sent_to(refused)) == (403, False, [])
        assert "This page was open for too long, or the form came from somewhere else." in words_of(refused.text)
        assert 'data-refusal="page"' not in refused.text
    assert Objective.objects.count() == 0


def test_signed_in_as_nobody_it_is_closed_in_the_page_and_opens_for_its_writer_alone(mira, kofi):
    """PRIV-01, AUTH-16."""
    client = strict(mira)
    sent = typed_by(client)
    sign_out(client)
    door = door_with(client, sent)
    assert (door.status_code, "SECRET" in door.text, mark_of(mira.pk) in door.text) == (401, False, False)
    fields = form_to(door, LOGIN)
    other = client.post(LOGIN, {**fields, "login": kofi.email, "password": PASSWORD})
    assert (other.status_code, other["Location"]) == (302, "/")
    assert "kept" not in client.session
    home = client.get("/")
    assert (SENTENCE in words_of(home.text), "SECRET" in home.text, fields["kept"] in home.text) == (True, False, False)
    assert (client.get(KEPT).status_code, client.get(KEPT)["Location"]) == (302, "/")
    sign_out(client)
    door = door_with(client, {**sent, "csrfmiddlewaretoken": form_to(client.get(LOGIN), LOGIN)["csrfmiddlewaretoken"]})
    inside = come_in(client, {**form_to(door, LOGIN), "login": mira.email, "password": PASSWORD})
    assert [text for _name, text in areas(inside)][:2] == [SECRET["title"], SECRET["why"]]


def test_it_is_shown_once_and_goes_with_the_session(mira):
    """PRIV-01: a reload of the sign-in form, or of the page, brings nothing back."""
    client = strict(mira)
    sent = typed_by(client)
    Session.objects.all().delete()
    door = {**form_to(door_with(client, sent), LOGIN), "login": mira.email, "password": PASSWORD}
    assert client.post(LOGIN, door)["Location"] == KEPT
    waits = Session.objects.get()
    assert opened(waits.get_decoded()["kept"]).typed[-1].value
    assert "SECRET" not in str(waits.get_decoded())
    assert (client.head(KEPT)["Location"], "kept" in client.session) == ("/", True)
    assert "SECRET aim" in client.get(KEPT).text
    assert "kept" not in Session.objects.get().get_decoded()
    assert (client.get(KEPT).status_code, client.get(KEPT)["Location"]) == (302, "/")
    again = client.post(LOGIN, door, headers=OURS)  # its token is of before signing in
    assert (again.status_code, "Once more." in again.text, sent_to(again)) == (403, True, [NEW])
    sign_out(client)
    assert Session.objects.count() == 0


def test_the_sign_in_form_sent_once_more_by_the_next_person_shows_nothing(mira, kofi):
    """PRIV-01: as a reload does; signed in as another, and as nobody, in whose page it is closed."""
    client = strict(mira)
    sent = typed_by(client)
    Session.objects.all().delete()
    fields = form_to(door_with(client, sent), LOGIN)
    come_in(client, {**fields, "login": mira.email, "password": PASSWORD})
    sign_out(client)
    again = client.post(LOGIN, fields, headers=OURS)
    assert (again.status_code, "SECRET" in again.text, sent_to(again)) == (403, False, [LOGIN])
    enter(client, kofi)
    again = client.post(LOGIN, fields, headers=OURS)
    assert (again.status_code, "SECRET" in again.text, sent_to(again)) == (403, False, [])
    now = {**fields, "csrfmiddlewaretoken": form_to(client.get("/settings/"), "/settings/")["csrfmiddlewaretoken"]}
    late = client.post(LOGIN, now)
    assert (late.status_code, late["Location"], "kept" in client.session) == (302, "/", False)


def test_an_old_token_and_nobody_signed_in_leads_by_the_door_to_the_words(mira, kofi):
    """AUTH-16: signed in anew in another tab, and out again."""
    client = strict(mira)
    sent = typed_by(client)
    sign_out(client)
    enter(client, mira)
    sign_out(client)
    refused = client.post(NEW, sent, headers=OURS)
    assert (refused.status_code, "SECRET" in refused.text, sent_to(refused)) == (403, False, [LOGIN])
    assert "Sign in, and what you typed stands before you again." in words_of(refused.text)
    assert 'data-refusal="page"' in client.post(NEW, sent, headers={**OURS, **HTMX}).text
    door = client.post(LOGIN, form_to(refused, LOGIN))
    assert (door.status_code, "Sign in, then it goes on." in door.text) == (401, True)
    inside = come_in(client, {**form_to(door, LOGIN), "login": mira.email, "password": PASSWORD})
    assert (sent_to(inside), areas(inside)[0]) == ([NEW], ("title", SECRET["title"]))
    assert client.post(NEW, form_to(inside, NEW), headers=OURS).status_code == 302


@pytest.mark.parametrize("status_of", ["404", "409"])
def test_no_other_refusal_gives_the_words_of_another_back(mira, kofi, status_of):
    """PRIV-01: whatever the browser still holds; the control is that one's own come back."""
    client = sign_in(kofi.email)[0]
    row = ObjectiveFactory(owner=kofi, state="DROPPED", state_reason="Enough")
    path = f"/objectives/{row.pk}/drop/" if status_of == "409" else "/objectives/7/edit/"
    for person, is_given in ((mira, False), (kofi, True)):
        answer = client.post(path, {**SECRET, "reason": "SECRET reason", "page_of": mark_of(person.pk)})
        assert (str(answer.status_code), "SECRET" in answer.text) == (status_of, is_given)


@pytest.mark.parametrize("kept", ["1", "", "its own", "the other address"])
def test_a_link_makes_nothing_that_is_one_press_away(mira, team, kept):
    """AUTH-12: for a lead, an address that closes their team by one press; nor when a form of another page comes."""
    path = reverse("people:closure", kwargs={"slug": team.slug})
    mark = mark_of(mira.pk)
    proof = {"its own": proof_of(mark, path), "the other address": proof_of(mark, NEW)}.get(kept, kept)
    way = f"{LOGIN}?kept={proof}&next={path}"
    client = sign_in(mira.email)[0]
    link = client.get(way)
    assert (link.status_code, link["Location"]) == (302, path)
    assert (client.get(KEPT)["Location"], "kept" in client.session) == ("/", False)
    for fields in ({}, {"page_of": "x" * 32}, {"page_of": mark} if kept != "its own" else {}):
        answer = client.post(way, fields)
        assert (answer.status_code, "kept" in client.session) == (302, False)
    nobody = Client()
    for answer in (nobody.get(way), nobody.post(way, {})):
        assert ("kept" in form_to(answer, LOGIN), "then it goes on" in answer.text) == (False, False)
    assert Team.objects.get(pk=team.pk).closed_at is None


def test_what_its_own_page_sent_is_asked_about(mira, team):
    """AUTH-16: the control of the one above."""
    path = reverse("people:closure", kwargs={"slug": team.slug})
    client = sign_in(mira.email)[0]
    mark = mark_of(mira.pk)
    answer = client.post(f"{LOGIN}?kept={proof_of(mark, path)}&next={path}", {"page_of": mark})
    assert answer["Location"] == KEPT
    page = client.get(KEPT)
    assert (sent_to(page), "has not happened yet" in page.text) == ([path], True)


def test_too_much_is_said_and_not_half_kept(mira):
    """IN-05: a closed form has to fit into a form, and into a session."""
    whole = Kept(NEW, mark_of(mira.pk), [Typed("why", "a" * (MOST - 200))])
    assert (opened(close(whole)), len(close(whole)) < 1_000_000) == (whole, True)
    client = strict(mira)
    sent = {**typed_by(client), "why": "a" * MOST}
    Session.objects.all().delete()
    answer = door_with(client, sent)
    assert (answer.status_code, "That is more than we can take." in answer.text) == (413, True)


@pytest.mark.parametrize("text", ["", "nonsense", "gAAAA", "ü", "[1]"])
def test_what_the_site_did_not_close_it_does_not_open(text):
    """CON-02."""
    assert opened(text) is None


def test_what_waits_is_gone_when_its_person_is_erased(mira, frozen):
    """PRIV-05: with the session in which it waits."""
    client = strict(mira)
    sent = typed_by(client)
    Session.objects.all().delete()
    fields = form_to(door_with(client, sent), LOGIN)
    client.post(LOGIN, {**fields, "login": mira.email, "password": PASSWORD})
    assert [opened(row.get_decoded()["kept"]).path for row in Session.objects.all()] == [NEW]
    User.objects.filter(pk=mira.pk).update(switched_off_at=frozen, erase_at=frozen)
    assert erasing.erase_due(now=frozen) == 1
    assert Session.objects.count() == 0


@pytest.mark.parametrize("mark", ["x", "ü" * 99, "a\0b", "\ud83d", " ", "x" * 9000])
def test_a_mark_that_nobody_has_brings_nothing_back(mira, mark):
    """CON-02, IN-07: neither at the door nor behind it."""
    client, form = Client(), "application/x-www-form-urlencoded"
    sent = urlencode({**SECRET, "page_of": mark}, errors="surrogatepass")
    door = client.post(client.post(NEW, sent, content_type=form)["Location"], sent, content_type=form)
    assert bool(opened(form_to(door, LOGIN)["kept"]).page_of)
    assert (door.status_code, "SECRET" in door.text) == (401, False)
    answer = client.post(LOGIN, {**form_to(door, LOGIN), "login": mira.email, "password": PASSWORD})
    assert (answer.status_code, answer["Location"], "kept" in client.session) == (302, "/", False)
