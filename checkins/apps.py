from django.apps import AppConfig


class CheckinsConfig(AppConfig):
    name = "checkins"

    def ready(self) -> None:
        from checkins.live import Wall  # noqa: PLC0415 - models are there only now
        from core.live import register  # noqa: PLC0415

        register(Wall())
