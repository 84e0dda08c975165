"""A wall that hangs for a day: eight hours of a team's doings in a minute, with lines that break all the time."""

import asyncio
import gc
import tracemalloc
from collections.abc import Iterator

import pytest

from core import live as registry
from core.live import Happening
from okrsite import hub as hubs
from okrsite import live
from tests.factories import UserFactory
from tests.okrsite.watching import Line, Sharing, Tally, open_hub, run, sign_in

pytestmark = pytest.mark.django_db
DOINGS, WATCHERS, BREAKS_EACH, TOLD_EACH = 2_000, 4, 10, 10  # 200 lines break
MORE = 150_000  # bytes by which the last three quarters of the day may leave more in memory


@pytest.fixture
def worker(monkeypatch) -> Iterator[Sharing]:
    """The hub's thread, on the connection of the test."""
    monkeypatch.setattr(hubs, "close_old_connections", lambda: None)
    sharing = Sharing()
    yield sharing
    sharing.end()


@pytest.fixture
def tally(monkeypatch) -> Tally:
    """The one screen there is; time runs fast."""
    screen = Tally(team=9)
    monkeypatch.setattr(registry, "SCREENS", {})
    monkeypatch.setattr(live, "SCREENS", {"tally": screen})
    for name, seconds in (("PAUSE", 0.001), ("CHECK", 0.02), ("BEAT", 0.05)):
        monkeypatch.setattr(hubs, name, seconds)
    return screen


def test_a_day_on_the_wall_misses_nothing_and_leaves_nothing(worker, tally):
    """RL-06, API-04, CC-16: two thousand doings and two hundred broken lines: everybody has the last, and memory is flat."""
    people = [UserFactory() for _one in range(WATCHERS)]
    tally.inside = {one.pk for one in people}
    keys = [sign_in(one) for one in people]

    async def day() -> tuple[list[str], list[int], int, int]:
        async with open_hub(worker) as hub:
            await asyncio.sleep(0)
            tasks = len(asyncio.all_tasks())
            lines = [await Line(hub, key).until(lambda it: it.events) for key in keys]
            missed, weighed = [], []
            for number in range(DOINGS):
                tally.words = f"<p>Doing {number} of the day</p>"
                hub.hear(Happening(by=people[0].pk, team=9))
                if number % BREAKS_EACH == 0:
                    place = number // BREAKS_EACH % WATCHERS
                    lines[place] = await again(hub, keys[place], lines[place])
                if number % TOLD_EACH == 0 or number == DOINGS - 1:
                    missed += await late(lines, tally.words)
                if number in {DOINGS // 4, DOINGS - 1}:
                    gc.collect()
                    weighed.append(tracemalloc.get_traced_memory()[0])
            for line in lines:
                line.left.set()
                await line.all()
            await asyncio.sleep(0)
            return missed, weighed, hub.size, len(asyncio.all_tasks()) - tasks

    tracemalloc.start()
    try:
        missed, weighed, streams, tasks = run(day())
    finally:
        tracemalloc.stop()
    assert (missed, streams, tasks) == ([], 0, 0)
    assert weighed[1] - weighed[0] < MORE
    assert tally.showings > DOINGS / TOLD_EACH


async def again(hub, key: str, line: Line) -> Line:
    """The line breaks, and its page comes back with the version that it had."""
    version = line.text.rpartition("id: ")[2].partition("\n")[0]
    line.left.set()
    await line.all()
    return await Line(hub, key, last_event_id=version).until(lambda it: it.parts)


async def late(lines: list[Line], words: str) -> list[str]:
    """Those words, for each line that does not have them soon; what has been read is forgotten."""
    found = []
    for line in lines:
        try:
            await line.until(lambda it: words in it.text)
        except TimeoutError:
            found.append(words)
        line.parts[1:-1] = []  # the first says that it was opened, the last which version it has
    return found
