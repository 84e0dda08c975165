"""What a reminder says, and what it does not."""

import re

import pytest
from django.core import mail

from checkins.actions.week_links import secret_of
from checkins.models import CheckIn
from objectives.models import Objective
from people.actions.reminding import unsubscription_secret
from people.models import User
from tests.activity.sink import sink
from tests.checkins.mailed import reminded, send
from tests.conftest import NOW
from tests.factories import (
    AbsenceFactory,
    CheckInFactory,
    CheerFactory,
    ConfidenceFactory,
    KeyResultFactory,
    MembershipFactory,
    ObjectiveFactory,
    QuarterFactory,
    TeamFactory,
    UserFactory,
)
from tests.factories.people import WEEK_46, WEEK_47

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]


@pytest.fixture
def noor():
    """She leads Rockets, of whom two of four who are not away are in; two of her key results others may read."""
    QuarterFactory()
    team = TeamFactory(name="Rockets")
    noor = reminded(team)
    for name in ("Ana", "Bo", "Cleo", "Away", "Gone"):
        MembershipFactory(team=team, user=UserFactory(name=name))
    User.objects.filter(name="Gone").update(switched_off_at=NOW)
    for name in ("Ana", "Bo", "Gone"):
        CheckInFactory(person=User.objects.get(name=name), week_on=WEEK_47, done_at=NOW)
    AbsenceFactory(user=User.objects.get(name="Away"), first_on=WEEK_47, last_on=WEEK_47.replace(day=20))
    for place, (audience, level) in enumerate([("MY_TEAMS", 7), ("MANAGER", None), ("ONLY_ME", 3)]):
        one = KeyResultFactory(
            objective=ObjectiveFactory(owner=noor, audience=audience, title=f"{audience} goal", position=place),
            title=f"{audience} result",
            opening_confidence=5,
        )
        if level is not None:
            ConfidenceFactory(key_result=one, week_on=WEEK_46, level=level)
    return noor


def test_the_whole_mail(noor):
    """AX-12, MAIL-06, PRIV-08; decisions 26: two of her three key results, and nobody who is missing."""
    week = CheckInFactory(person=noor, week_on=WEEK_46, done_at=NOW)
    CheerFactory(check_in=week, by=User.objects.get(name="Ana"), text="That demo!")
    CheerFactory(check_in=week, by=User.objects.get(name="Bo"), text="")
    message = send()
    words = re.sub(r"/\d{9,}:[\w-]+/", "/SECRET/", message.body)
    assert message.subject == "Your week 47, about 15 seconds"
    assert words == (
        "Good morning, Noor. Your week takes about 15 seconds.\n"
        "\nRockets celebrates tomorrow at 15:30. 2 of 4 are in.\n"
        "\nThis is where you left your 2 key results; most weeks only two or three move.\n"
        "\nCheck in for week 47:\nhttp://localhost:8000/week-links/SECRET/\n"
        "\nWhere you left them, from 0 to 10\n- MY_TEAMS result: 7/10\n- MANAGER result: 5/10\n"
        "\nAna cheered your last week: “That demo!”\n"
        "\nReminders come once a week, before your team celebrates, as long as your week is not in.\n"
        "\nSay that you are away this week:\nhttp://localhost:8000/check-in/2026-W47/\n"
        "\nChange when reminders come:\nhttp://localhost:8000/settings/#reminder\n"
        "\nStop these reminders:\nhttp://localhost:8000/unsubscriptions/SECRET/\n"
        "\n-- \nokrsite\n"
    )
    [(page, kind)] = message.alternatives
    assert kind == "text/html"
    assert "only" not in page.lower().replace("most weeks only", "").replace("only_me", "ONLY")
    assert not [name for name in ("Cleo", "Away", "Gone", "ONLY_ME", "goal") if name in message.subject + words + page]


def test_the_html_says_what_the_text_says(noor):
    """AX-12: a table of its own, heads of rows, a number beside each bar, and links that make sense alone."""
    page = send().alternatives[0][0]
    assert re.findall(r'<th class="what" scope="row"[^>]*><bdi>([^<]+)</bdi>', page) == [
        "MY_TEAMS result",
        "MANAGER result",
    ]
    assert re.findall(r">(\d+)<span class=\"of\"", page) == ["7", "5"]
    assert re.findall(r"<a [^>]*>([^<]+)</a>", page) == [
        "Check in for week 47",
        "Say that you are away this week",
        "Change when reminders come",
        "Stop these reminders",
    ]
    assert "<style" not in page
    assert [line.count("c7") + line.count("off") for line in page.splitlines() if 'class="cells"' in line] == [10, 5]


def test_the_head_and_the_preview_hold_no_word_of_a_goal(noor):
    """PRIV-08."""
    message = send()
    preview = re.search(r'class="preview"[^>]*>([^<]+)<', message.alternatives[0][0])[1]
    assert preview == "Rockets celebrates tomorrow at 15:30. 2 of 4 are in."
    heads = {**message.extra_headers, "Subject": message.subject}
    assert not [head for head in heads.values() if "result" in head]
    assert heads["Auto-Submitted"] == "auto-generated"
    assert heads["List-Id"] == "okrsite reminder <reminder.localhost>"
    assert heads["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert heads["References"] == "<week.2026-W47@localhost>"
    assert heads["Message-ID"] == noor.deliveries.get().message_id


def test_it_arrives_as_it_was_written(noor, settings):
    """MAIL-01, MAIL-05: at a real mail server; both parts, and what one press on its button needs."""
    with sink() as post:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", post.port
        with pytest.raises(IndexError):  # nothing is in the box of the tests
            send()
        [came] = post.mails
    assert [part.get_content_type() for part in came.walk()] == ["multipart/alternative", "text/plain", "text/html"]
    assert came["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert came["List-Unsubscribe"].strip() == f"<http://localhost:8000/unsubscriptions/{unsubscription_secret(noor)}/>"
    assert (came["To"], came["Subject"]) == (noor.email, "Your week 47, about 15 seconds")
    assert came["Message-ID"] == noor.deliveries.get().message_id
    link = f"/week-links/{secret_of(noor.deliveries.get())}/"
    assert [link in came.get_body((kind,)).get_content() for kind in ("plain", "html")] == [True, True]


def test_whoever_keeps_words_out_of_mail_gets_none(noor):
    """PRIV-08: a page without signing in would need them."""
    User.objects.filter(pk=noor.pk).update(hides_words=True)
    CheerFactory(check_in=CheckInFactory(person=noor, week_on=WEEK_46, done_at=NOW), text="That demo!")
    message = send()
    assert not [
        word for word in ("MY_TEAMS", "demo", "week-links") if word in message.body + message.alternatives[0][0]
    ]
    assert message.subject == "Your week 47, about a minute"
    assert "Check in for week 47:\nhttp://localhost:8000/check-in/2026-W47/" in message.body


def test_with_nothing_to_log_it_leads_to_the_week(noor):
    Objective.objects.exclude(audience="ONLY_ME").update(state="CLOSED")
    message = send()
    assert "It waits on its own page: a number for each key result, and a line if you like." in message.body
    assert "week-links" not in message.body


def test_a_lead_who_is_the_first_is_told_why():
    """P69."""
    reminded()
    assert "You lead, so you are asked first: a week that is in invites the others." in send().body


def test_the_second_copy_is_written_anew_under_the_same_id(noor, settings):
    """JOB-02, JOB-07."""
    settings.EMAIL_BACKEND = "tests.activity.backends.Refusing"
    User.objects.filter(pk=noor.pk).update(email="refused@example.org")
    with pytest.raises(IndexError):
        send()
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    CheckInFactory(person=User.objects.get(name="Cleo"), week_on=WEEK_47, done_at=NOW)
    message = send(NOW.replace(hour=11))
    assert "3 of 4 are in." in message.body
    assert message.extra_headers["Message-ID"] == noor.deliveries.get().message_id
    assert (len(mail.outbox), CheckIn.objects.filter(person=noor, week_on=WEEK_47).count()) == (1, 0)
