"""A quarter closed for a hundred teams at once, while somebody opens home again and again."""

import threading
import time
from dataclasses import dataclass
from pathlib import Path

from tests.journeys.server import Server, running
from tests.outages.asking import Browser

TEAMS, PARTS = 100, 400  # key results of each team
PREPARE = f"""
from datetime import timedelta
from django.utils import timezone
from core.models import random_id
from objectives.models import Confidence, KeyResult, Objective, Quarter
from people.models import Team
now, made = timezone.now(), []
mine = Objective.objects.filter(team__slug="accelerator", kind="TEAM", state="ACTIVE").first()
quarter, owner = mine.quarter, mine.owner
Quarter.objects.filter(pk=quarter.pk).update(ends_on=now.date() + timedelta(days=3))
whole = {{field.attname: getattr(mine, field.attname) for field in Objective._meta.concrete_fields}}
part = mine.key_results.first()
of_part = {{field.attname: getattr(part, field.attname) for field in KeyResult._meta.concrete_fields}}
for number in range({TEAMS} - 3):
    Team.objects.create(name=f"Team {{number}}", slug=f"team-{{number}}", created_at=now - timedelta(days=60))
for team in Team.objects.all():
    rows = [Objective(**whole | {{"id": random_id(), "team_id": team.pk, "client_key": None}}) for _n in range({PARTS} // 4)]
    made += Objective.objects.bulk_create(rows)
parts = [KeyResult(**of_part | {{"id": random_id(), "objective_id": row.pk, "client_key": None}}) for row in made for _n in range(4)]
KeyResult.objects.bulk_create(parts, batch_size=500)
print("PREPARED", quarter.slug, len(parts))
"""


@dataclass(frozen=True)
class Closed:
    """Seconds until all were closed, how many key results stood there, and the slowest page meanwhile in seconds."""

    seconds: float
    parts: int
    slowest: float


def close(folder: Path) -> Closed:
    """A demo of its own, on SQLite, grown to a hundred teams."""
    with running(Server(folder, is_demo=True)) as server:
        said = server.manage("shell", "-v0", "-c", PREPARE).split()
        quarter, parts = said[-2:]
        over = threading.Event()
        slowest = [0.0]
        watcher = threading.Thread(target=_open_again, args=(server, over, slowest))
        watcher.start()
        began = time.monotonic()
        try:
            server.manage("close_quarter", quarter, "--by", "ada@northlight.example")
        finally:
            took = time.monotonic() - began
            over.set()
            watcher.join()
        return Closed(took, int(parts), slowest[0])


def _open_again(server: Server, over: threading.Event, slowest: list[float]) -> None:
    browser = Browser(server)
    while not over.wait(0.1):
        began = time.monotonic()
        answer = browser.get("/")
        assert answer.status == 200, answer.status
        slowest[0] = max(slowest[0], time.monotonic() - began)
