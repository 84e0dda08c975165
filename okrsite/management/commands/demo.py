"""`manage.py demo`: the sample organisation, to look around in."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from okrsite.demo import northlight
from okrsite.demo.load import AlreadyInUse, load


class Command(BaseCommand):
    help = "Fill an empty database with the sample organisation Northlight."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            load(now=timezone.now())  # noqa: TID251 - a command's first line is the edge
        except AlreadyInUse as found:
            if not found.is_demo:
                raise CommandError(
                    "There is an organisation in this database; the sample needs an empty one. "
                    "OKRSITE_VAR or DATABASE_URL names another."
                ) from found
            self.stdout.write("The sample organisation is here already.")
        else:
            self.stdout.write(_welcome())


def _welcome() -> str:
    return (
        f"{northlight.NAME} is ready. Sign in on {settings.SITE_URL} "
        f"with the password “{northlight.PASSWORD}” as\n\n"
        f"  mira@{northlight.DOMAIN}   a member of Accelerator\n"
        f"  elif@{northlight.DOMAIN}   its lead, and manager of five\n"
        f"  ana@{northlight.DOMAIN}    lead of Front Desk, coach of Accelerator\n"
        f"  ada@{northlight.DOMAIN}    site admin"
    )
