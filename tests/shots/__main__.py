"""`make shots`: a picture of every screen in light, in dark and on a phone, into var/shots/.

It starts its own servers on free ports, with the sample organisation and with a new place of one person.
"""

import argparse
import re
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Error, Page

from tests.journeys.chromium import HOW_TO_GET_ONE, chromium, path_of_chromium
from tests.journeys.server import ROOT, Server, running
from tests.shots.places import FOUNDER, addresses, found_place, press
from tests.shots.screens import IN_A_NEW_PLACE, IN_THE_DEMO, NOBODY, Screen

FOLDER = ROOT / "var" / "shots"
LOOKS = {
    "light": {"color_scheme": "light", "viewport": {"width": 1440, "height": 900}},
    "dark": {"color_scheme": "dark", "viewport": {"width": 1440, "height": 900}},
    "phone": {"color_scheme": "light", "viewport": {"width": 390, "height": 844}, "device_scale_factor": 2},
}


def main() -> int:
    """Take them all, or those whose name holds one of the given words; 1 when a page could not be had."""
    asked = argparse.ArgumentParser(prog="make shots", description=__doc__)
    asked.add_argument("names", nargs="*", help="only screens whose name holds one of these")
    names = asked.parse_args().names
    if not path_of_chromium():
        say(HOW_TO_GET_ONE)
        return 1
    FOLDER.mkdir(parents=True, exist_ok=True)
    missed: list[str] = []
    with tempfile.TemporaryDirectory(prefix="okrsite-shots-") as folder, chromium() as browser:
        missed += of_demo(browser, Path(folder), names)
        missed += of_new_place(browser, Path(folder), names)
    for sentence in missed:
        say(sentence)
    say(f"{len(list(FOLDER.glob('*.png')))} pictures in {FOLDER.relative_to(ROOT)}")
    return 1 if missed else 0


def of_demo(browser: Browser, folder: Path, names: list[str]) -> list[str]:
    """Every screen of the sample organisation."""
    (folder / "demo").mkdir()
    with running(Server(folder / "demo", is_demo=True)) as server:
        values = addresses(browser, server)
        screens = [one for one in IN_THE_DEMO if chosen(one, names)]
        return [problem for look in LOOKS for problem in pictures(browser, server, look, screens, values)]


def of_new_place(browser: Browser, folder: Path, names: list[str]) -> list[str]:
    """Setting up, and what the first person finds."""
    (folder / "new").mkdir()
    with running(Server(folder / "new")) as server:
        link = server.set_up_link.removeprefix(server.url)
        problems = [
            problem
            for look in LOOKS
            for problem in pictures(browser, server, look, [Screen("set-up", link, NOBODY)], {})
            if chosen(Screen("set-up", link), names)
        ]
        found_place(browser, server)
        screens = [one for one in IN_A_NEW_PLACE if chosen(one, names)]
        for look in LOOKS:
            problems += pictures(browser, server, look, screens, {}, who=FOUNDER)
        return problems


def pictures(
    browser: Browser,
    server: Server,
    look: str,
    screens: list[Screen],
    values: dict[str, str],
    *,
    who: str | None = None,
) -> list[str]:
    """Each screen in one look; a sentence for each that could not be had."""
    problems = []
    contexts: dict[str, BrowserContext] = {}
    for screen in screens:
        person = screen.who if who is None else who
        if person not in contexts:
            contexts[person] = browser.new_context(**LOOKS[look])
            if person:
                contexts[person].add_cookies([server.cookie_of(person)])
        page = contexts[person].new_page()
        page.set_default_timeout(15_000)
        try:
            take(page, server.url + screen.path.format(**values), screen, look)
        except (Error, KeyError, AssertionError) as problem:
            problems.append(f"{screen.name} ({look}): {str(problem).splitlines()[0]}")
        page.close()
    for context in contexts.values():
        context.close()
    return problems


def take(page: Page, address: str, screen: Screen, look: str) -> None:
    """Open it, press what is to be pressed, and keep the whole page."""
    answer = page.goto(address)
    expected = re.match(r"answer-(\d+)", screen.name)
    status = answer.status if answer else 0
    assert status == (int(expected[1]) if expected else 200), f"{screen.path} answered {status}"
    press(page, screen)
    page.wait_for_load_state("load")
    page.screenshot(path=FOLDER / screen.file(look), full_page=True, animations="disabled")


def chosen(screen: Screen, names: list[str]) -> bool:
    """Whether it was asked for."""
    return not names or any(name in screen.name for name in names)


def say(line: str) -> None:
    """Print one line at once."""
    print(line, flush=True)  # noqa: T201 - this is its answer


if __name__ == "__main__":
    sys.exit(main())
