"""The browser of the walks, the pictures and the measurements."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, sync_playwright

HOW_TO_GET_ONE = "Browser walks need Chromium: apt-get install chromium (or set CHROMIUM to its path)."
NAMES = ("chromium", "chromium-browser", "google-chrome")


def path_of_chromium() -> str:
    """Where it is; "" when there is none."""
    named = os.environ.get("CHROMIUM", "")
    return named or next((path for name in NAMES if (path := shutil.which(name))), "")


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
