"""What Celery carries."""

from celery import shared_task
from django.utils import timezone

from okrsite.tick import tick


@shared_task(name="okrsite.tick", ignore_result=True)  # type: ignore[untyped-decorator]  # celery has no types
def tick_task(**_from_older_deploys: object) -> None:
    """Do all that is due."""
    tick(clock=timezone.now)  # noqa: TID251 - a task is the edge
