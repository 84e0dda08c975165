"""Somebody to whom a reminder was really mailed, and the addresses in it."""

import re
from datetime import UTC, datetime, timedelta
from email.message import Message

from django.core import mail

from activity.models import Round
from okrsite.tick import tick
from people.models import Team, User
from tests.conftest import NOW
from tests.factories import MembershipFactory, TeamFactory, UserFactory

MONDAY = datetime(2026, 11, 16, tzinfo=UTC)


def reminded(team: Team | None = None, **fields: object) -> User:
    """The lead of a team that celebrates on Friday: the mail is due on Thursday at nine, an hour ago."""
    user = UserFactory(**{"name": "Noor", **fields})
    MembershipFactory(team=team or TeamFactory(name="Rockets"), user=user, role="LEAD")
    return user


def send(moment: datetime = NOW) -> Message:
    """The mail that goes out then, the newest of all."""
    Round.objects.get_or_create(name="reminders", defaults={"began_at": MONDAY, "looked_at": MONDAY})
    Round.objects.update(looked_at=moment - timedelta(days=1))
    tick(clock=lambda: moment)
    return mail.outbox[-1]


def link_in(message: Message) -> str:
    """The path behind its button."""
    return re.search(r"http://localhost:8000(/week-links/\S+)", message.body)[1]


def unsubscription_in(message: Message) -> str:
    """The path that its header names for mail programs."""
    return re.search(r"<http://localhost:8000(/unsubscriptions/\S+)>", message.extra_headers["List-Unsubscribe"])[1]
