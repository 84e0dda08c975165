"""A retro of twelve with 120 notes: from a vote to the last of their screens."""

import asyncio
import statistics
import time
from dataclasses import dataclass
from pathlib import Path

from tests.house.forms import forms_of
from tests.journeys.server import Server, running
from tests.outages.asking import Browser
from tests.outages.streams import Watching, crowd

NOTES, PEOPLE, APART = 120, 12, 0.4
PREPARE = f"""
from checkins.models import Session
from retros.models import Note, Retro
retro = Retro.objects.get(team__slug="accelerator", session__held_at=None)
Note.objects.filter(retro=retro).update(is_revealed=True)
have = Note.objects.filter(retro=retro).count()
columns = ("WELL", "BETTER", "STOP")
Note.objects.bulk_create(
    Note(retro=retro, column=columns[number % 3], text="What we did in a week of it, number %d" % number, secret_hash=str(number), is_revealed=True)
    for number in range({NOTES} - have)
)
Session.objects.filter(pk=retro.session_id).update(phase="VOTE")
print("PAGE /teams/accelerator/retro/%s/" % retro.quarter.slug)
"""


@dataclass(frozen=True)
class Voted:
    """Milliseconds from sending a vote to its last screen, and how many votes never came."""

    median: float
    worst: float  # the 95th of a hundred
    missed: int


def vote(folder: Path, votes: int) -> Voted:
    """A demo of its own, with twelve who watch; one of them votes and takes back."""
    with running(Server(folder, is_demo=True)) as server:
        emails = crowd(server, PEOPLE)
        said = server.manage("shell", "-c", PREPARE)
        path = next(line.removeprefix("PAGE ") for line in said.splitlines() if line.startswith("PAGE "))
        return asyncio.run(_watch(server, path, emails, votes))


async def _watch(server: Server, path: str, emails: list[str], votes: int) -> Voted:
    browser = Browser(server)
    lines = [await Watching.open(server, email, kind="retro") for email in emails]
    for line in lines:
        await line.until("id: ")
    took, missed = [], 0
    for _vote in range(votes):
        await asyncio.sleep(APART)
        milliseconds, lost = await _vote_once(browser, path, lines)
        took.append(milliseconds)
        missed += lost
    for line in lines:
        line.close()
    return Voted(statistics.median(took), sorted(took)[int(len(took) * 0.95)], missed)


async def _vote_once(browser: Browser, path: str, lines: list[Watching]) -> tuple[float, int]:
    page = await asyncio.to_thread(browser.get, path)
    form = next(one for one in forms_of(page.body) if one.action.endswith("/vote/"))
    before = [line.version for line in lines]
    began = time.monotonic()
    answer = await asyncio.to_thread(browser.post, form.action, [*form.fields])
    assert answer.status == 302, answer.status
    until = began + 5
    while any(line.version == was for line, was in zip(lines, before, strict=True)) and time.monotonic() < until:
        await asyncio.sleep(0.002)
    lost = sum(line.version == was for line, was in zip(lines, before, strict=True))
    return (max(line.at for line in lines) - began) * 1000, lost
