"""Every letter, as a mail server gets it: who it says that it comes from, and to what it belongs (MAIL-05)."""

from collections.abc import Callable
from datetime import timedelta
from importlib import import_module
from importlib.util import find_spec
from typing import get_type_hints

import pytest
from django.conf import settings
from django.test import Client

from activity.actions.mail import LEASE, send_due
from activity.letters import Letter
from activity.models import Delivery
from core.outside import Answer
from people.actions import bounces, chat_posts, erasing, invitations
from people.actions.memberships import add
from people.actions.reporting import set_manager
from people.models import AccessLink, ChatPost, User
from people.viewer import viewer_of
from tests.activity.sink import sink
from tests.conftest import NOW
from tests.factories import PASSWORD, ChatHookFactory, MembershipFactory, OrganisationFactory, TeamFactory, UserFactory
from tests.people.doors import sign_in

pytestmark = pytest.mark.django_db

SITE = "okrsite <okr@post.example.org>"
APPS = ("people", "checkins", "objectives", "retros", "okrsite")


@pytest.fixture
def smtp(settings):
    """A real mail server, and a site behind https that mails through it."""
    with sink() as server:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
        settings.DEFAULT_FROM_EMAIL, settings.SITE_URL = SITE, "https://okr.example.org"
        yield server


@pytest.fixture
def crew(frozen):
    """Elif leads; Bob is mailed."""
    OrganisationFactory()
    team = TeamFactory(name="Accelerator")
    elif_, bob = UserFactory(name="Elif", is_site_admin=True), UserFactory(name="Bob", email="bob@example.org")
    MembershipFactory(team=team, user=elif_, role="LEAD")
    return {"team": team, "elif": elif_, "bob": bob}


def invited(crew):
    invitations.invite(
        by=viewer_of(crew["elif"]), team=crew["team"], emails=["bob@example.org"], role="MEMBER", message="", now=NOW
    )


def invited_again(crew):
    invited(crew)
    again = NOW + timedelta(minutes=5)
    invitations.send_again(by=viewer_of(crew["elif"]), invitation=AccessLink.objects.get(), now=again)


def forgotten(crew):
    assert Client().post("/accounts/password/reset/", {"email": "bob@example.org"}).status_code == 302


def changed(crew):
    client, _answer = sign_in("bob@example.org")
    form = {"oldpassword": PASSWORD, "password1": "another tide lantern"}
    assert client.post("/accounts/password/change/", form).status_code == 302


def given_a_manager(crew):
    set_manager(by=viewer_of(crew["elif"]), person=crew["bob"], manager=crew["elif"], was_pk=None, now=NOW)


def freed_of_a_manager(crew):
    User.objects.filter(pk=crew["bob"].pk).update(manager=crew["elif"], manager_since_on=NOW.date())
    set_manager(by=viewer_of(crew["elif"]), person=crew["bob"], manager=None, was_pk=crew["elif"].pk, now=NOW)


def put_into_a_team(crew):
    add(by=viewer_of(crew["elif"]), team=crew["team"], person=crew["bob"], role="MEMBER", now=NOW)


def to_be_erased(crew):
    User.objects.filter(pk=crew["bob"].pk).update(switched_off_at=NOW)
    erasing.ask(by=viewer_of(crew["elif"]), person=crew["bob"], now=NOW)


def told_that_an_address_is_refused(crew):
    User.objects.update(is_site_admin=False)
    User.objects.filter(pk=crew["bob"].pk).update(is_site_admin=True)
    bounces.tell(Delivery(address="gone@example.org"), NOW)


def left_by_a_chat(crew):
    hook = ChatHookFactory(team=crew["team"], by=crew["bob"])
    row = {"kind": "TEST", "period": "1", "text": "x", "created_at": NOW, "due_at": NOW, "until": NOW}
    ChatPost.objects.create(hook=hook, **row)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(chat_posts, "send", lambda *_asked, **_more: Answer(410, "gone"))
        chat_posts.send_due(clock=lambda: NOW)


# Of each letter: what has it written, the list that it belongs to, its thread and what stands there (whose number), and its subject.
LETTERS: dict[str, list[tuple[Callable[..., None], str, str, str, str]]] = {
    "people.letters.invitation_letter": [
        (invited, "invitation", "invitation", "team", "Elif invites you to Accelerator"),
        (invited_again, "invitation", "invitation", "team", "Elif invites you to Accelerator"),
    ],
    "people.letters.reset_letter": [(forgotten, "security", "password", "bob", "Choose a new password")],
    "people.letters.password_letter": [(changed, "security", "password", "bob", "Your password was changed")],
    "people.letters.manager_letter": [
        (given_a_manager, "notice", "manager", "bob", "Elif is your manager in okrsite now"),
        (freed_of_a_manager, "notice", "manager", "bob", "Nobody is your manager in okrsite now"),
    ],
    "people.letters.joined_letter": [
        (put_into_a_team, "notice", "membership", "bob", "You are in Accelerator now"),
    ],
    "people.letters.refused_letter": [
        (told_that_an_address_is_refused, "notice", "refused", "2026-11-19", "Mail to somebody is refused"),
    ],
    "people.letters.chat_letter": [
        (left_by_a_chat, "notice", "chat", "team", "The chat of Accelerator is told nothing more"),
    ],
    "people.letters.erasure_letter": [
        (to_be_erased, "security", "erasure", "bob", "Your okrsite account ends on Saturday, 19 December"),
    ],
}


ELSEWHERE = {"checkins.letters.reminder"}  # in tests/checkins/test_reminder_mail.py: it can be unsubscribed


def written_in(name: str) -> list[str]:
    """The functions of a module that write a letter."""
    module = import_module(name)
    made_here = [each for each in vars(module).values() if callable(each) and each.__module__ == name]
    return [f"{name}.{each.__name__}" for each in made_here if get_type_hints(each).get("return") is Letter]


def test_the_table_holds_every_letter_that_there_is():
    """MAIL-05."""
    modules = [f"{app}.letters" for app in APPS if find_spec(f"{app}.letters")]
    assert sorted({*LETTERS, *ELSEWHERE}) == sorted(letter for module in modules for letter in written_in(module))


@pytest.mark.parametrize(
    ("act", "kind", "thread", "about", "subject"),
    [row for rows in LETTERS.values() for row in rows],
    ids=lambda part: getattr(part, "__name__", None),
)
def test_what_a_mail_server_gets(smtp, crew, act, kind, thread, about, subject):
    """MAIL-05: a machine wrote it, this site did, it has an id that stays, and it stands with its like."""
    act(crew)
    owed = Delivery.objects.get(state="OWED")
    assert send_due(clock=lambda: NOW + timedelta(hours=1)) == 1
    (envelope,), (mail,) = smtp.envelopes, smtp.mails
    assert (envelope.mail_from, envelope.rcpt_tos) == ("okr@post.example.org", ["bob@example.org"])
    assert headers_of(mail) == {
        "From": SITE,
        "To": "bob@example.org",
        "Subject": subject,
        "Message-ID": owed.message_id,
        "References": f"<{thread}.{crew[about].pk if about in crew else about}@okr.example.org>",
        "List-Id": f"okrsite {kind} <{kind}.okr.example.org>",
        "Auto-Submitted": "auto-generated",
    }
    assert owed.message_id.endswith("@okr.example.org>")


def headers_of(mail) -> dict[str, str]:
    """All headers but those of its form and its date."""
    form = {"Content-Type", "MIME-Version", "Date", "Content-Transfer-Encoding"}
    assert len(mail.keys()) == len(set(mail.keys())), "A header stands twice."
    return {name: str(value) for name, value in mail.items() if name not in form}


def test_the_second_copy_of_a_dead_senders_mail_is_the_same_mail(smtp, crew):
    """MAIL-05, JOB-02: whoever sends it, and whenever."""
    given_a_manager(crew)
    assert send_due(clock=lambda: NOW) == 1
    Delivery.objects.update(state="CLAIMED", sent_at=None, claimed_until=NOW + LEASE)  # it died before its mark
    assert send_due(clock=lambda: NOW + LEASE) == 1
    first, second = map(headers_of, smtp.mails)
    assert first == second
    assert len(set(smtp.ids)) == 1


def test_two_mails_about_one_matter_stand_together_and_are_two(smtp, crew):
    """MAIL-05."""
    forgotten(crew)
    changed(crew)
    given_a_manager(crew)
    assert send_due(clock=lambda: NOW) == 3
    threads = [str(mail["References"]) for mail in smtp.mails]
    password, manager = f"<password.{crew['bob'].pk}@okr.example.org>", f"<manager.{crew['bob'].pk}@okr.example.org>"
    assert sorted(threads) == sorted([password, password, manager])
    assert len(set(smtp.ids)) == 3
    assert set(smtp.ids) & set(threads) == set()


def test_who_caused_a_mail_is_never_its_sender(smtp, crew):
    """MAIL-05: an answer to Elif's address would come from a stranger in her name."""
    invited(crew)
    send_due(clock=lambda: NOW)
    (mail,) = smtp.mails
    assert [str(mail[name]) for name in ("From", "Reply-To", "Sender")] == [SITE, "None", "None"]
    assert crew["elif"].email not in smtp.envelopes[0].content.decode()


def test_a_mail_noted_by_an_older_okrsite_belongs_to_no_thread(smtp, crew):
    given_a_manager(crew)
    Delivery.objects.update(thread="")
    send_due(clock=lambda: NOW)
    assert "References" not in smtp.mails[0]
    assert settings.DEFAULT_FROM_EMAIL == SITE
