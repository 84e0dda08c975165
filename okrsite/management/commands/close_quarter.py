"""`manage.py close_quarter 2026-Q4 --by ada@example.org`: close a quarter for every team."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from core.errors import Refused
from objectives.actions.closings import close_for_site, open_in
from objectives.models import Quarter
from people.models import User
from people.viewer import viewer_of

AT_ONCE = 10  # teams after which it says how far it is


class Command(BaseCommand):
    help = "Close a quarter for every team that has something of it open. What was interrupted goes on when run again."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("quarter", help="what the quarter is called, such as 2026-Q4")
        parser.add_argument("--by", required=True, help="the mail address of the site admin who decided it")

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()  # noqa: TID251 - a command's first line is the edge
        quarters = Quarter.objects.for_everyone(because="it is closed for all")
        quarter = quarters.filter(slug=options["quarter"]).first()
        person = User.objects.active().filter(email__iexact=options["by"]).first()
        if quarter is None or person is None:
            raise CommandError("There is no such quarter." if quarter is None else "Nobody here has that mail address.")
        try:
            while closed := close_for_site(by=viewer_of(person), quarter=quarter, now=now, most=AT_ONCE):
                self.stdout.write(f"{closed} teams closed, {open_in(quarter).count()} to go.")
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"{quarter} is closed for every team.")
