"""A real okrsite in a process of its own: own folder, own database, own port."""

import atexit
import http.client
import os
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_string, policy
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 60.0  # seconds
SIGN_IN = """
from importlib import import_module
from django.conf import settings
from people.models import User
for user in User.objects.active().@WHO@:
    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session["_auth_user_id"] = str(user.pk)
    session["_auth_user_backend"] = settings.AUTHENTICATION_BACKENDS[0]
    session["_auth_user_hash"] = user.get_session_auth_hash()
    session.create()
    print("session", user.email, session.session_key)
"""


@dataclass
class Server:
    """`manage.py serve` on a free port of loopback; `folder` keeps its database and its mails.

    `besides` are further settings, as in the environment.
    """

    folder: Path
    is_demo: bool = False
    database_url: str = ""
    besides: dict[str, str] = field(default_factory=dict)
    port: int = field(default_factory=lambda: _free_port())
    process: subprocess.Popen[bytes] | None = None
    sessions: dict[str, str] = field(default_factory=dict)

    @property
    def url(self) -> str:
        """Its address, without a slash at the end."""
        return f"http://localhost:{self.port}"

    @property
    def environment(self) -> dict[str, str]:
        """Nothing of the caller's but the path, so that no setting leaks in."""
        return {
            "PATH": os.environ["PATH"],
            "DJANGO_SETTINGS_MODULE": "tests.journeys.settings",
            "OKRSITE_VAR": str(self.folder),
            "DATABASE_URL": self.database_url,
            "PORT": str(self.port),
            "PYTHONUNBUFFERED": "1",
            **self.besides,
        }

    def manage(self, *words: str, patience: float = 120) -> str:
        """Run one command to its end, which has to come in that many seconds; what it printed."""
        done = subprocess.run(
            [sys.executable, "manage.py", *words],
            cwd=ROOT,
            env=self.environment,
            check=False,
            capture_output=True,
            text=True,
            timeout=patience,
        )
        assert done.returncode == 0, f"{words[0]}:\n{done.stdout}{done.stderr}"
        return done.stdout

    def prepare(self) -> "Server":
        """Migrate, fill with the demo if it is one, and sign everybody of it in once; in a folder, by copying one."""
        if self.database_url:
            return self.fill()
        made = _made_once(self.is_demo)
        shutil.copytree(made.folder, self.folder, dirs_exist_ok=True)
        self.sessions = dict(made.sessions)
        return self

    def fill(self) -> "Server":
        """The same, by doing it."""
        self.manage("migrate", "--verbosity=0")
        if self.is_demo:
            self.manage("demo")
            self.sign_in_all()
        return self

    def sign_in_all(self, *emails: str) -> None:
        """A session for everybody there is, or for those alone, by address, made without the sign-in page."""
        alone = f"filter(email__in={emails})" if emails else "all()"
        made = self.manage("shell", "-v0", "-c", SIGN_IN.replace("@WHO@", alone))
        self.sessions = dict(re.findall(r"^session (\S+) (\S+)$", made, re.M))

    def serve(self, door: str = "/readyz") -> "Server":
        """Serve, and return as soon as that address answered with 200."""
        log = (self.folder / "log").open("ab")
        self.process = subprocess.Popen(
            [sys.executable, "manage.py", "serve"], cwd=ROOT, env=self.environment, stdout=log, stderr=log
        )
        log.close()
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline and self.process.poll() is None:
            if self._answers(door):
                return self
            time.sleep(0.02)
        self.stop()
        raise AssertionError(f"The server did not start:\n{self.log}")

    def start(self) -> "Server":
        """Prepare and serve."""
        return self.prepare().serve()

    def stop(self) -> None:
        """End it as an operator would."""
        if self.process is not None:
            self.process.terminate()
            try:
                self.process.wait(timeout=30)
            except subprocess.TimeoutExpired:
                self.process.kill()
                raise
            self.process = None

    def _answers(self, door: str) -> bool:
        line = http.client.HTTPConnection("localhost", self.port, timeout=10)
        try:
            line.request("GET", door)
            return line.getresponse().status == 200
        except OSError:
            return False
        finally:
            line.close()

    def cookie_of(self, email: str) -> dict[str, str]:
        """The cookie that signs that person in, as playwright takes it."""
        return {"name": "okrsite-session", "value": self.sessions[email], "url": self.url}

    @property
    def log(self) -> str:
        """What it printed so far."""
        return (self.folder / "log").read_text()

    @property
    def set_up_link(self) -> str:
        """The one-time link that it printed."""
        return re.search(r"http\S+/set-up/\S+", self.log)[0]

    def wait_for_mail(self, to: str, holding: str = "") -> str:
        """The text of the newest mail to that address that holds those words, sent by the ticker within half a minute."""
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline:
            for path in sorted((self.folder / "mail").glob("*.log"), reverse=True):
                for part in reversed(path.read_text().split("-" * 79)):
                    message = message_from_string(part.strip(), policy=policy.default)
                    if to in str(message["To"]):
                        text = message.get_body(("plain",)).get_content()
                        if holding in text:
                            return text
            time.sleep(0.2)
        raise AssertionError(f"No mail to {to}")


@contextmanager
def running(server: Server) -> Iterator[Server]:
    """The server, started, and ended whatever happens."""
    try:
        yield server.start()
    finally:
        server.stop()


@cache
def _made_once(is_demo: bool) -> Server:
    """What the servers of one run begin with: migrating anew for each would take longer than what they are for."""
    folder = Path(mkdtemp(prefix="okrsite-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return Server(folder, is_demo).fill()


def _free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])
