"""The ideas on the shelves of the sample organisation."""

from datetime import timedelta

from objectives.models import Idea
from okrsite.demo.northlight_private import SHELVED
from okrsite.demo.stage import Stage
from people.models import User


def make_shelves(stage: Stage, people: dict[str, User]) -> None:
    """Each as its owner put it there; nobody else sees any of them."""
    for row in SHELVED:
        added_at = stage.now - timedelta(days=row.days_ago)
        Idea.objects.create(owner=people[row.who], title=row.title, why=row.why, added_at=added_at)
