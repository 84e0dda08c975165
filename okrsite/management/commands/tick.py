"""`manage.py tick [--now ISO]`: do all that is due, once."""

from datetime import datetime, timedelta
from time import monotonic
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from okrsite.tick import Clock, tick


class Command(BaseCommand):
    help = "Do all that is due, once: mail, quarters made ahead, old rows cleared away."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--now", help="the moment to act at, ISO 8601 with an offset; now when left out")

    def handle(self, *args: Any, **options: Any) -> None:
        for name, count in tick(clock=_clock(options["now"])).items():
            self.stdout.write(f"{name}: {count}")


def _clock(text: str | None) -> Clock:
    """The clock, or one that goes on from the moment that was typed."""
    if text is None:
        return timezone.now  # noqa: TID251 - a command is the edge
    moment, began = _moment(text), monotonic()
    return lambda: moment + timedelta(seconds=monotonic() - began)


def _moment(text: str) -> datetime:
    try:
        moment = parse_datetime(text)
    except ValueError as problem:
        raise CommandError(f"“{text}” is not a moment: {problem}.") from problem
    if moment is None or timezone.is_naive(moment):
        raise CommandError("Give a moment with its offset, such as 2026-11-20T09:00:00+01:00.")
    return moment
