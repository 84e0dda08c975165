"""People of the demo who log as many key results as a measurement needs."""

from tests.journeys.server import Server

COPY = """
from django.utils import timezone
from core.models import random_id
from objectives.models import KeyResult
from people.models import User
from people.viewer import viewer_of
for first, wanted in {many}.items():
    viewer = viewer_of(User.objects.get(email=f"{{first}}@northlight.example"))
    rows = list(KeyResult.objects.for_check_in(viewer, viewer.week(timezone.now()), with_planned=False))
    for number in range(wanted - len(rows)):
        row = KeyResult.objects.get(pk=rows[number % len(rows)].pk)
        row.pk, row.title, row.position, row._state.adding = random_id(), f"Once more: {{row.title}}", 20 + number, True
        row.save(force_insert=True)
"""


def log_as_many(server: Server, many: dict[str, int]) -> None:
    """Let people (by first name) log that many key results: copies of theirs, without what was read of them."""
    server.manage("shell", "-v0", "-c", COPY.format(many=many))
