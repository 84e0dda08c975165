from django.apps import AppConfig
from django.conf import settings
from django.utils.module_loading import import_string

from core.live import listen


class OkrsiteConfig(AppConfig):
    name = "okrsite"

    def ready(self) -> None:
        """A worker or a command tells the web processes what it did; okrsite.running has another way for those."""
        if not settings.IS_EMBEDDED:
            listen(import_string("okrsite.bus.Speaker")(settings.REDIS_URL))
