"""What a page must never do while somebody walks: speak to the console, or ask another host (HDR-01, HDR-09)."""

from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Request, WebError

HINTS = {"verbose", "debug"}  # advice of the browser to developers, hidden by default
REFUSALS = ("Failed to load resource: the server responded with a status of 4",)  # a 4xx page is an answer, not a fault


class Watch:
    """Collects faults from the moment it is made."""

    def __init__(self, context: BrowserContext, origin: str) -> None:
        self.faults: list[str] = []
        self._host = urlsplit(origin).netloc
        context.on("console", self._spoke)
        context.on("weberror", self._broke)
        context.on("request", self._asked)

    def _spoke(self, message: ConsoleMessage) -> None:
        if message.type not in HINTS and not message.text.startswith(REFUSALS):
            self.faults.append(f"console on {message.page.url if message.page else '?'}: {message.text}")

    def _broke(self, problem: WebError) -> None:
        self.faults.append(f"script: {problem.error}")

    def _asked(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme != "data" and parts.netloc != self._host:
            self.faults.append(f"a request to {request.url}")
