"""Live screens: from a press to the last of many who watch, and what watching costs while nothing happens."""

import asyncio
import os
import statistics
import time
from dataclasses import dataclass
from pathlib import Path

from tests.journeys.server import Server, running
from tests.outages import redis_server
from tests.outages.asking import Browser
from tests.outages.streams import Watching, crowd, open_many

NEW, EACH, APART = "/objectives/new/", 5, 0.6
TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Watched:
    """Milliseconds from sending a form to its last watcher; processor while idle, in hundredths of one; megabytes."""

    watchers: int
    median: float
    worst: float  # the 95th of a hundred
    idle: float
    megabytes: float
    missed: int


def measure(folder: Path, watchers: int, writes: int, idle_seconds: float, redis_url: str = "") -> Watched:
    """A demo of its own, watched by so many on one process."""
    besides = {"LIVE_STREAMS": "5000"} | ({"REDIS_URL": redis_url} if redis_url else {})
    with running(Server(folder, is_demo=True, besides=besides)) as server:
        emails = crowd(server, watchers // EACH)
        return asyncio.run(_watch(server, emails * EACH, writes, idle_seconds))


def with_redis(folder: Path, watchers: int, writes: int, idle_seconds: float) -> Watched | None:
    """The same, with what happens going through a Redis; None where none is installed."""
    if redis_server.BINARY is None:
        return None
    with redis_server.running() as url:
        return measure(folder, watchers, writes, idle_seconds, url)


async def _watch(server: Server, emails: list[str], writes: int, idle_seconds: float) -> Watched:
    browser, lines = Browser(server), await open_many(server, emails)
    for line in lines:
        await line.until("id: ")
    took, missed = [], 0
    for number in range(writes):
        await asyncio.sleep(APART)
        seconds, lost = await _write(browser, lines, f"Write {number} of {writes}")
        took.append(seconds * 1000)
        missed += lost
    before, began = _processor(server), time.monotonic()
    await asyncio.sleep(idle_seconds)
    idle = (_processor(server) - before) / (time.monotonic() - began) * 100
    found = Watched(
        len(lines), statistics.median(took), sorted(took)[int(len(took) * 0.95)], idle, _memory(server), missed
    )
    for line in lines:
        line.close()
    return found


async def _write(browser: Browser, lines: list[Watching], title: str) -> tuple[float, int]:
    """Seconds until the last of them had it, and how many never had."""
    fields = dict(await asyncio.to_thread(browser.new_objective, title)) | {"audience": "EVERYONE"}
    began = time.monotonic()
    answer = await asyncio.to_thread(browser.post, NEW, [*fields.items()])
    assert answer.status == 302
    found = await asyncio.gather(*(line.until(title, 10) for line in lines), return_exceptions=True)
    return max(line.at for line in lines) - began, sum(isinstance(one, BaseException) for one in found)


def _processor(server: Server) -> float:
    """Seconds that its process worked so far."""
    fields = Path(f"/proc/{server.process.pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def _memory(server: Server) -> float:
    lines = Path(f"/proc/{server.process.pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS")) / 1000
