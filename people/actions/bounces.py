"""Telling those who look after the site that somebody's mail is refused.

Source: guarantees MAIL-07, MAIL-08.
"""

from contextlib import suppress
from datetime import datetime

from django.db import IntegrityError, transaction

from activity.actions.mail import owe
from activity.models import Delivery
from people.letters import refused_letter
from people.models import User


def tell(delivery: Delivery, now: datetime) -> None:
    """Every site admin is told once a day (UTC) that mail is refused, and to whom first; never at that very address."""
    admins = User.objects.active().filter(is_site_admin=True).exclude(email=delivery.address)
    kind, period = Delivery.Kind.NOTICE, f"refused {now:%Y-%m-%d}"
    told = Delivery.objects.filter(kind=kind, period=period, person__isnull=False)
    for admin in admins.exclude(pk__in=told.values("person")).order_by("pk"):
        letter, about = refused_letter(admin, address=delivery.address), f"refused.{now:%Y-%m-%d}"
        with suppress(IntegrityError), transaction.atomic():  # another sender has told them in the same moment
            owe(letter, to=admin.email, kind=kind, about=about, now=now, person_pk=admin.pk, period=period)
