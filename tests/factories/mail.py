"""The outbox."""

import json
from dataclasses import asdict
from datetime import UTC, datetime

import factory
from django.conf import settings
from factory.django import DjangoModelFactory

from activity.letters import Letter
from activity.models import Delivery
from core.secrets import seal


def _sealed(letter: Letter) -> str:
    return seal(json.dumps(asdict(letter)), key=settings.SECRET_KEY)


class DeliveryFactory(DjangoModelFactory[Delivery]):
    """A notice owed since 16 November; `letter` is what it says."""

    class Meta:
        model = Delivery

    class Params:
        letter = Letter(subject="A notice", text="What it says.")

    kind = Delivery.Kind.NOTICE
    address = factory.Sequence(lambda n: f"reader-{n}@example.org")
    sealed = factory.LazyAttribute(lambda owed: _sealed(owed.letter))
    message_id = factory.Sequence(lambda n: f"<{n}@example.org>")
    created_at = datetime(2026, 11, 16, 9, 0, tzinfo=UTC)
    due_at = factory.SelfAttribute("created_at")
