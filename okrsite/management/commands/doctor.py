"""`manage.py doctor`: look at everything, and say what is wrong."""

import sys
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from okrsite.doctor import Level, examine


class Command(BaseCommand):
    help = "Look at settings, files, database and mail, and say what is wrong. Ends with 1 when something is."
    requires_system_checks = []  # they are among what it says

    def handle(self, *args: Any, **options: Any) -> None:
        found = list(examine(now=timezone.now()))  # noqa: TID251 - a command is the edge
        for finding in found:
            self.stdout.write(f"{finding.level:<6} {finding.about}: {finding.words}")
        wrong = sum(finding.level is Level.WRONG for finding in found)
        self.stdout.write(f"\n{wrong} wrong." if wrong else "\nNothing is wrong.")
        if wrong:
            sys.exit(1)
