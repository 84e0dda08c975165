"""How often somebody's session asked the API."""

from __future__ import annotations

from django.db import models

from core.models import Row
from people.models.user import User


class ApiUse(Row):
    """A person's requests by session in the five minutes that began at `counted_from`, as a token counts its own.

    Source: guarantees RL-02, RL-03.
    """

    person = models.OneToOneField(User, models.CASCADE, related_name="api_use")
    counted_from = models.DateTimeField()
    uses = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.uses} since {self.counted_from}"
