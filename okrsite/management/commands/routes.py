"""`manage.py routes [--json]`: every address, its methods and its policy."""

import json
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from core.routes import routes


class Command(BaseCommand):
    help = "List every address with its methods and who may come to it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="as JSON: a list of path, name, methods, policy")

    def handle(self, *args: Any, **options: Any) -> None:
        found = routes()
        if options["json"]:
            self.stdout.write(json.dumps([asdict(route) for route in found], indent=2))
            return
        for route in found:
            self.stdout.write(f"{', '.join(route.methods):<30} {route.policy:<10} {route.path}  {route.name}")
