from importlib import import_module

from django.apps import AppConfig


class RetrosConfig(AppConfig):
    name = "retros"

    def ready(self) -> None:
        import_module("retros.live")  # it registers its screen; models are there only now
