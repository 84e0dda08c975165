"""A new password: by a mailed link, or with the one of now."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.core.cache import cache
from django.test import Client

from activity.actions.mail import send_due
from activity.models import Delivery, Event
from people.actions import tokens
from people.models import Token, User
from people.viewer import viewer_of
from tests.conftest import NOW
from tests.factories import PASSWORD, OrganisationFactory, TokenFactory, UserFactory
from tests.people.doors import is_signed_in, letter_to, letters_to, link_in, sign_in, words_of

pytestmark = pytest.mark.django_db

ASK, CHANGE = "/accounts/password/reset/", "/accounts/password/change/"
NEW = "blanks  at the end count "


@pytest.fixture
def mira(frozen):
    OrganisationFactory()
    return UserFactory(name="Mira Okafor", email="mira@northlight.example", zone="Asia/Tokyo")


def ask(email: str = "mira@northlight.example", **headers: str):
    return Client().post(ASK, {"email": email}, **headers)


def choose(link: str, password: str, client: Client | None = None):
    """Open a mailed link and send the form behind it."""
    client = client or Client()
    opened = client.get(link, follow=True)
    return client.post(opened.request["PATH_INFO"], {"password1": password})


def test_a_mailed_link_gives_a_new_password_exactly_once(mira):
    """AUTH-07: asked, mailed, opened, used; then it opens nothing."""
    assert ask(" MIRA@northlight.example ")["Location"] == "/accounts/password/reset/done/"
    link = link_in(letter_to(mira.email))
    answer = choose(link, NEW)
    assert answer["Location"] == "/accounts/password/reset/key/done/"
    assert sign_in(mira.email)[1].status_code == 422
    assert sign_in(mira.email, NEW.strip())[1].status_code == 422
    assert is_signed_in(sign_in(mira.email, NEW)[0])
    again = Client().get(link, follow=True)
    assert (again.status_code, "This link has had its day." in again.text) == (410, True)
    mira.refresh_from_db()
    assert mira.check_password(NEW)


def test_a_reset_ends_every_session_and_mails_a_note(mira):
    """AUTH-06."""
    elsewhere, _answer = sign_in(mira.email)
    ask()
    choose(link_in(letter_to(mira.email)), NEW)
    assert not is_signed_in(elsewhere)
    subjects = {letter.subject for letter in letters_to(mira.email)}
    assert subjects == {"Choose a new password", "Your password was changed"}
    assert list(Event.objects.values_list("verb", "subject_id", "by", "data")) == [
        ("PASSWORD_SET", mira.pk, mira.pk, {})
    ]


def program(secret: str) -> int:
    return Client().get("/api/v1/objectives/", headers={"authorization": f"Bearer {secret}"}).status_code


def test_a_reset_ends_every_token_and_the_mail_says_so(mira):
    """AUTH-06, AUTH-08: whoever had the old password may have made one. Other people's stay."""
    secrets = []
    for person in (mira, UserFactory(name="Ana")):
        typed = {"name": "Script", "scope": "FULL", "days": 365, "client_key": None, "now": NOW}
        secrets.append(tokens.make(by=viewer_of(person), **typed)[1])
    assert [program(secret) for secret in secrets] == [200, 200]
    ask()
    choose(link_in(letter_to(mira.email)), NEW)
    assert [program(secret) for secret in secrets] == [401, 200]
    assert dict(Token.objects.values_list("person__name", "revoked_at")) == {"Mira Okafor": NOW, "Ana": None}
    (letter,) = [one for one in letters_to(mira.email) if one.subject == "Your password was changed"]
    assert "The tokens of your programs ended. You can make new ones in your settings." in letter.text
    assert Event.objects.filter(verb="TOKEN_REVOKED", by=mira).count() == 1


def test_a_reset_in_a_signed_in_browser_ends_them_too(mira):
    """AUTH-06: it is the link that counts, and not who is signed in."""
    ask()  # before signing in, which ends the link
    link = link_in(letter_to(mira.email))
    browser = Client()
    browser.force_login(mira)
    User.objects.filter(pk=mira.pk).update(last_login=None)
    TokenFactory(person=mira)
    assert choose(link, NEW, browser).status_code == 302
    assert not Token.objects.working(NOW).exists()


@pytest.mark.parametrize("has_tokens", [True, False])
def test_a_change_with_the_old_one_leaves_tokens_and_says_so(mira, has_tokens):
    """AUTH-06."""
    if has_tokens:
        TokenFactory(person=mira)
    TokenFactory(person=UserFactory(name="Ana"))
    here, _ = sign_in(mira.email)
    page = here.post(CHANGE, {"oldpassword": PASSWORD, "password1": NEW}, follow=True).text
    link = 'Your tokens go on. <a href="/settings/tokens/">Look at them</a>'
    said = "The tokens of your programs go on. You can end them in your settings."
    assert (link in page, said in letter_to(mira.email).text) == (has_tokens, has_tokens)
    assert Token.objects.working(NOW).count() == has_tokens + 1


def test_nothing_is_sent_while_somebody_waits_for_a_page(mira):
    """JOB-10, OUT-03: the mail is a row, sealed; the tick sends it, and then it is forgotten."""
    ask()
    assert mail.outbox == []
    row = Delivery.objects.get()
    assert (row.kind, row.person, row.address, row.created_at) == ("SECURITY", mira, mira.email, NOW)
    assert "password" not in row.sealed
    send_due(clock=lambda: NOW)
    row.refresh_from_db()
    assert (len(mail.outbox), row.sealed) == (1, "")


def test_nobody_is_shown_a_security_mail(mira, client_of):
    """Decisions 30: not even a site admin, waiting or sent."""
    admin = UserFactory(name="Ada", is_site_admin=True)
    ask()
    row = Delivery.objects.get()
    assert not Delivery.objects.visible_to(viewer_of(admin)).exists()
    page = client_of(admin).get("/settings/mail/")
    assert (page.status_code, "mira@" in page.text) == (200, False)
    assert client_of(admin).get(f"/settings/mail/{row.pk}/").status_code == 404


@pytest.mark.parametrize("email", ["nobody@northlight.example", "dan@northlight.example"])
def test_an_unknown_and_a_switched_off_address_are_told_the_same_and_mailed_nothing(mira, now, email):
    """AUTH-02."""
    UserFactory(email="dan@northlight.example", switched_off_at=now)
    known, other = ask(), ask(email)
    assert (other.status_code, other["Location"]) == (known.status_code, known["Location"])
    assert list(Delivery.objects.values_list("address", flat=True)) == [mira.email]
    assert "If that address signs in here" in Client().get(known["Location"]).text


def test_a_link_ends_after_an_hour(mira):
    """AUTH-07."""
    ask()
    link = link_in(letter_to(mira.email))
    for later, status in ((3600, 302), (3601, 410)):
        with time_machine.travel(NOW + timedelta(seconds=later), tick=False):
            assert Client().get(link).status_code == status


@pytest.mark.parametrize("path", ["1-abc", "zzzzzzzzzzzzzzzzzzzz-1-2", "0-set-password", "A-A-A"])
def test_a_made_up_link_opens_nothing(mira, path):
    assert Client().get(f"/accounts/password/reset/key/{path}/").status_code == 410


def test_the_link_of_somebody_switched_off_opens_nothing(mira, now):
    ask()
    mira.switched_off_at = now
    mira.save()
    assert Client().get(link_in(letter_to(mira.email)), follow=True).status_code == 410


def test_opening_the_link_changes_nothing(mira):
    """MAIL-02: a scanner may look, as often as it likes."""
    ask()
    link = link_in(letter_to(mira.email))
    for _time in range(3):
        assert Client().get(link, follow=True).status_code == 200
        assert Client().head(link, follow=True).status_code == 200
    assert choose(link, NEW).status_code == 302


def test_the_secret_is_not_in_the_address_of_the_page(mira):
    ask()
    link = link_in(letter_to(mira.email))
    answer = Client().get(link)
    assert re.fullmatch(r"/accounts/password/reset/key/[0-9a-z]+-set-password/", answer["Location"])


def test_somebody_else_who_is_signed_in_is_asked_and_stays_signed_in(mira, client_of):
    """MAIL-02: opening a link signs nobody out."""
    ask()
    link = link_in(letter_to(mira.email))
    other = client_of(UserFactory(name="Ana"))
    page = other.get(link)
    assert (page.status_code, page["Referrer-Policy"]) == (403, "strict-origin")
    assert "You are signed in as Ana. This link went to another address." in words_of(page.text)
    assert is_signed_in(other)
    assert other.post("/accounts/logout/", {"next": link})["Location"] == link
    assert choose(link, NEW, client=other).status_code == 302


def test_the_owner_may_follow_it_while_signed_in(mira, client_of):
    client = client_of(mira)
    ask()
    assert choose(link_in(letter_to(mira.email)), NEW, client=client).status_code == 302


def test_who_remembers_it_meanwhile_ends_the_link(mira):
    ask()
    sign_in(mira.email)
    assert Client().get(link_in(letter_to(mira.email))).status_code == 410


@pytest.mark.parametrize(
    ("server", "before", "after"),
    [
        ("smtp://localhost:25", "Mail me a link", "Look into your mail."),
        ("", "Ask whoever runs this okrsite for it.", "Ask for the link."),
    ],
)
def test_no_mail_is_promised_where_none_is_sent(settings, server, before, after):
    settings.EMAIL_URL = server
    assert before in words_of(Client().get("/accounts/password/reset/").text)
    assert after in words_of(Client().get("/accounts/password/reset/done/").text)


def test_asking_too_often_is_429(mira):
    assert [ask().status_code for _time in range(6)] == [302] * 5 + [429]


def test_a_link_holds_the_sites_own_address(mira, settings):
    """AUTH-07, MAIL-06: whatever host the request named."""
    settings.SITE_URL = "https://okr.example.org"
    ask(HTTP_HOST="127.0.0.1")
    letter = letter_to(mira.email)
    links = re.findall(r"\w+://[^\s\"<]*", letter.text + letter.html)
    assert {link.split("/accounts/")[0] for link in links} == {"https://okr.example.org"}


@pytest.mark.parametrize(
    ("password", "said"),
    [
        ("1234567", "It must contain at least 8 characters."),
        ("password1", "too common"),
        ("mira okafor", "too similar to the name"),
        ("", "A password is needed here."),
    ],
)
def test_an_easy_password_is_refused_and_the_old_one_stays(mira, client_of, password, said):
    """AUTH-01."""
    ask()
    by_link = choose(link_in(letter_to(mira.email)), password)
    by_hand = client_of(mira).post(CHANGE, {"oldpassword": PASSWORD, "password1": password})
    for answer in (by_link, by_hand):
        assert (answer.status_code, said in answer.text) == (422, True)
    mira.refresh_from_db()
    assert mira.check_password(PASSWORD)


def test_128_characters_are_taken_whole(mira, client_of):
    """AUTH-01."""
    long = "ä " * 63 + "z1"
    client_of(mira).post(CHANGE, {"oldpassword": PASSWORD, "password1": long})
    assert sign_in(mira.email, long[:-1])[1].status_code == 422
    assert is_signed_in(sign_in(mira.email, long)[0])


def test_changing_it_ends_the_other_sessions_and_mails_a_note(mira):
    """AUTH-06: the browser in which it was changed stays in."""
    (here, _), (elsewhere, _) = sign_in(mira.email), sign_in(mira.email)
    answer = here.post(CHANGE, {"oldpassword": PASSWORD, "password1": NEW})
    assert answer["Location"] == "/settings/"
    assert "Your new password holds. Other browsers sign in again." in here.get("/settings/").text
    assert (is_signed_in(here), is_signed_in(elsewhere)) == (True, False)
    letter = letter_to(mira.email)
    assert "that was on Thursday, 19 November at 19:00 (Asia/Tokyo)" in letter.text
    assert Delivery.objects.get().kind == "SECURITY"
    assert list(Event.objects.values_list("verb", "by")) == [("PASSWORD_SET", mira.pk)]


def test_changing_it_asks_for_the_password_of_now(mira, client_of):
    """AUTH-06."""
    answer = client_of(mira).post(CHANGE, {"oldpassword": "a wrong one", "password1": NEW})
    assert (answer.status_code, "That is not your present password." in answer.text) == (422, True)
    assert not Delivery.objects.exists()


def test_guessing_the_password_of_now_is_limited(mira, client_of):
    client = client_of(mira)
    wrong = {"oldpassword": "a wrong one", "password1": NEW}
    assert [client.post(CHANGE, wrong).status_code for _try in range(6)] == [422] * 5 + [429]
    cache.clear()
    assert client.post(CHANGE, {**wrong, "oldpassword": PASSWORD}).status_code == 302


def test_nothing_is_asked_twice_and_password_managers_are_told_whose_it_is(mira, client_of):
    ask()
    by_link = Client().get(link_in(letter_to(mira.email)), follow=True).text
    by_hand = client_of(mira).get(CHANGE).text
    assert re.findall(r'type="(?:password|email)" name="(\w+)"', by_link) == ["username", "password1"]
    assert re.findall(r'type="(?:password|email)" name="(\w+)"', by_hand) == ["username", "oldpassword", "password1"]
    assert [f'name="username" value="{mira.email}"' in page for page in (by_link, by_hand)] == [True, True]
