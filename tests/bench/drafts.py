"""Server time of keeping what is typed: the page's own request, in this process, on the database of its settings.

Prints JSON: the medians on the processor, and by the clock with the disk and whatever else the machine does.
"""

import gc
import json
import os
import statistics
import sys
from dataclasses import dataclass
from urllib.parse import urlencode

from tests.bench.pages import WARM_UP, Site, clocked

SECRET = "b" * 32  # of the cookie, and so of the form
LINES = "\n".join(["Wrote three pages, and threw two of them away."] * 6)


@dataclass(frozen=True)
class Kept:
    """Medians in milliseconds."""

    worked: float
    took: float


def measure(site: Site, session: str, rounds: int) -> Kept:
    """A page that sends what was touched on it, a little more each time."""
    week = site.page("/check-in/?edit=1").decode().partition('data-draft="')[2].partition('"')[0]
    version = site.page("/check-in/?edit=1").decode().partition('name="version" value="')[2].partition('"')[0]
    cookie = f"okrsite-session={session}; okrsite-csrf={SECRET}"
    times: list[tuple[float, float]] = []
    gc.freeze()
    for turn in range(1, rounds + WARM_UP + 1):
        read = {"version": version, "page": "cafe" * 6, "turn": turn, "csrfmiddlewaretoken": SECRET}
        body = urlencode({"did": f"{LINES}\n{turn}", "plan": LINES, "learned": "x" * (turn % 60), **read})
        gc.collect()
        times.append(clocked(lambda body=body: site.post(week, body, cookie=cookie)))  # type: ignore[misc]
    worked = [one for one, _waited in times[WARM_UP:]]
    return Kept(statistics.median(worked), statistics.median(sum(one) for one in times[WARM_UP:]))


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "okrsite.settings"
    kept = measure(Site(sys.argv[1]), sys.argv[1], int(sys.argv[2]))
    print(json.dumps({"worked": kept.worked, "took": kept.took}))  # noqa: T201 - its answer to who started it
