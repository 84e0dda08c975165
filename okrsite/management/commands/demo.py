"""`manage.py demo`: the sample organisation, to look around in, or a bigger one."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from okrsite.demo import northlight
from okrsite.demo.load import AlreadyInUse, load
from okrsite.demo.world import names
from okrsite.demo.world.load import load_world
from people.demo import PASSWORD, guests

SIZES = (10, 100, 1_000, 10_000)


class Command(BaseCommand):
    help = "Fill an empty database with the sample organisation Northlight, or with a bigger one."

    def add_arguments(self, parser: CommandParser) -> None:
        said = "an organisation of so many people with three years of quarters, instead of Northlight"
        asked = parser.add_mutually_exclusive_group()
        asked.add_argument("--people", type=int, choices=SIZES, help=said)
        asked.add_argument("--ending", action="store_true", help="Northlight in the month in which its quarter ends")

    def handle(self, *args: Any, people: int | None = None, ending: bool = False, **options: Any) -> None:
        now = timezone.now()  # noqa: TID251 - a command's first line is the edge
        try:
            if people is None:
                load(now=now, is_ending=ending)
            else:
                load_world(people=people, now=now)
        except AlreadyInUse as found:
            if not found.is_demo:
                raise CommandError(
                    "There is an organisation in this database; the sample needs an empty one. "
                    "OKRSITE_VAR or DATABASE_URL names another."
                ) from found
            self.stdout.write("The sample organisation is here already.")
        else:
            self.stdout.write(_welcome() if people is None else _welcome_to_world())


def _welcome() -> str:
    return (
        f"{northlight.NAME} is ready. Sign in on {settings.SITE_URL} "
        f"with the password “{PASSWORD}” as\n\n"
        f"  mira@{northlight.DOMAIN}   a member of Accelerator\n"
        f"  elif@{northlight.DOMAIN}   its lead, and manager of five\n"
        f"  ana@{northlight.DOMAIN}    lead of Front Desk, coach of Accelerator\n"
        f"  ada@{northlight.DOMAIN}    site admin"
    )


def _welcome_to_world() -> str:
    people = "\n".join(f"  {guest.email:40} {guest.does}" for guest in guests())
    return f"{names.NAME} is ready. Sign in on {settings.SITE_URL} with the password “{PASSWORD}” as\n\n{people}"
