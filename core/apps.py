from django.apps import AppConfig
from django.db.backends.signals import connection_created

from core.databases import know_json


class CoreConfig(AppConfig):
    name = "core"

    def ready(self) -> None:
        connection_created.connect(know_json)
