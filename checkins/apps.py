from importlib import import_module

from django.apps import AppConfig


class CheckinsConfig(AppConfig):
    name = "checkins"

    def ready(self) -> None:
        import_module("checkins.actions.departing")  # it says what else goes to somebody named
        import_module("checkins.live")  # it registers its screens; models are there only now
