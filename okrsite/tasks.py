"""What Celery carries."""

from celery import shared_task
from django.utils import timezone

from okrsite.celery import is_over
from okrsite.tick import tick


@shared_task(name="okrsite.tick", ignore_result=True)  # type: ignore[untyped-decorator]  # celery has no types
def tick_task(**_from_older_deploys: object) -> None:
    """Do all that is due."""
    tick(clock=timezone.now, is_over=is_over)  # noqa: TID251 - a task is the edge
