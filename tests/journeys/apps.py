"""What servers that tests start have besides."""

from importlib import import_module
from pathlib import Path

from django.apps import AppConfig


class TitlesConfig(AppConfig):
    name = "tests.journeys"
    label = "tests_journeys"
    path = str(Path(__file__).parent)

    def ready(self) -> None:
        """Once there are models."""
        import_module("tests.journeys.titles")
