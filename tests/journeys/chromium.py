"""The browser of the walks, the pictures and the measurements."""

import os
import shutil
import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

HOW_TO_GET_ONE = "Browser walks need Chromium: apt-get install chromium-headless-shell (or set CHROMIUM to another)."
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")  # the first works half as hard


def path_of_chromium() -> str:
    """Where it is; "" when there is none."""
    named = os.environ.get("CHROMIUM", "")
    return named or next((path for name in NAMES if (path := shutil.which(name))), "")


def end_ours() -> None:
    """End every Chromium that this process has started, so that whoever waits for one is told (it cannot be asked)."""
    parents = {int(path.name): _parent(path) for path in Path("/proc").glob("[0-9]*")}
    for pid, (name, _starter) in parents.items():
        above = [pid]
        while (parent := parents.get(above[-1], ("", 0))[1]) > 1 and parent not in above:
            above.append(parent)
        if "chrom" in name and os.getpid() in above:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)


def _parent(path: Path) -> tuple[str, int]:
    """The name of a process, and the id of the one that started it."""
    try:
        name, _bracket, rest = (path / "stat").read_text().partition("(")[2].rpartition(")")
    except OSError:
        return "", 0
    return name, int(rest.split()[1])


@contextmanager
def chromium() -> Iterator[Browser]:
    """One, headless, without a profile; closed at the end."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=path_of_chromium(), args=["--no-sandbox", "--force-color-profile=srgb"]
        )
        try:
            yield browser
        finally:
            browser.close()
