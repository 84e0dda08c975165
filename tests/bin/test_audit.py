"""`make audit` and `make components`: what is locked is listed, and looked up, or one is told that it was not."""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from tests.house.tree import ROOT

HASH = "--hash=sha256:" + "0" * 64
LOCK = (
    f"celery[redis]==5.7.0 \\\n    {HASH}\n    # via okrsite (pyproject.toml)\n"
    f"colorama==0.4.6 ; sys_platform == 'win32' \\\n    {HASH}\n"
)
FAMOUS = {("jinja2", "2.4"): ["GHSA-8r7q-cvjq-x353"]}
Holes = dict[tuple[str, str], list[str]]


class Service(ThreadingHTTPServer):
    """Answers as osv.dev does, from `holes`; keeps what it was asked. `status` 404: it is another service."""

    daemon_threads = True

    def __init__(self, holes: Holes, status: int = 200) -> None:
        super().__init__(("127.0.0.1", 0), Answer)
        self.holes, self.status = holes, status
        self.asked: list[tuple[str, str]] = []
        self.url = f"http://127.0.0.1:{self.server_port}/v1/query"


class Answer(BaseHTTPRequestHandler):
    """One question: the holes of one version of one package."""

    server: Service

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        package = (asked["package"]["name"], asked["version"])
        self.server.asked.append(package)
        found = [{"id": name, "aliases": [], "affected": []} for name in self.server.holes.get(package, [])]
        body = json.dumps({"vulns": found} if found else {}).encode()
        self.send_response(self.server.status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *words: object) -> None:
        """Says nothing."""


@pytest.fixture
def service() -> Iterator[Callable[..., Service]]:
    """Makes a service that knows these holes; it ends with the test."""
    running: list[Service] = []

    def make(holes: Holes, status: int = 200) -> Service:
        running.append(Service(holes, status))
        threading.Thread(target=running[-1].serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        return running[-1]

    yield make
    for each in running:
        each.shutdown()
        each.server_close()


@pytest.fixture
def audit(tmp_path) -> Callable[..., tuple[int, str, str]]:
    """Audits a lock that holds these words; how it ended, and what it said."""

    def run(url: str, lock: str = LOCK, **besides: str) -> tuple[int, str, str]:
        path = tmp_path / "requirements.txt"
        path.write_text(lock)
        environment = {"PATH": os.environ["PATH"], "HOME": str(tmp_path), **besides}
        words = [sys.executable, "bin/audit.py", "--url", url, str(path)]
        done = subprocess.run(words, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60)
        return done.returncode, done.stdout, done.stderr

    return run


def test_every_locked_package_is_looked_up_also_those_of_other_machines(service, audit):
    """OPS-04."""
    osv = service(FAMOUS)
    assert audit(osv.url) == (0, "2 packages looked up, none with a known hole.\n", "")
    assert sorted(osv.asked) == [("celery", "5.7.0"), ("colorama", "0.4.6"), ("jinja2", "2.4")]


def test_a_known_hole_fails_and_is_named(service, audit):
    """OPS-04."""
    osv = service({**FAMOUS, ("colorama", "0.4.6"): ["PYSEC-2026-1", "PYSEC-2026-2"]})
    assert audit(osv.url) == (
        1,
        "colorama 0.4.6: PYSEC-2026-1, PYSEC-2026-2\n2 packages looked up, 1 with a known hole.\n",
        "",
    )


@pytest.mark.parametrize("lock", ["", "# nothing\n\n    # via nobody\n"])
def test_a_lock_that_holds_nothing_fails(service, audit, lock):
    """OPS-04."""
    osv = service(FAMOUS)
    assert audit(osv.url, lock) == (2, "", "Could not look for known holes. No package is locked.\n")
    assert osv.asked == []


def test_a_service_that_is_away_fails(audit):
    """OPS-04."""
    code, said, why = audit("http://127.0.0.1:1/v1/query")
    assert (code, said) == (2, "")
    assert why.startswith("Could not look for known holes. ")
    assert "Connection refused" in why


def test_a_service_that_does_not_know_the_question_fails(service, audit):
    """OPS-04."""
    code, said, why = audit(service(FAMOUS, status=404).url)
    assert (code, said) == (2, "")
    assert why.startswith("Could not look for known holes. ")


def test_a_service_that_knows_of_no_hole_at_all_fails(service, audit):
    """OPS-04: a mirror that answers everything with nothing."""
    assert audit(service({}).url) == (
        2,
        "",
        "Could not look for known holes. "
        "The service knows no hole where there is a famous one. Its answers mean nothing.\n",
    )


def test_an_answer_that_leaves_a_package_out_fails(audit, tmp_path):
    """OPS-04: with these words pip-audit leaves out what its service does not know, and ends content."""
    answers = [
        {"name": "celery", "version": "5.7.0", "vulns": []},
        {"name": "colorama", "skip_reason": "Dependency not found and could not be audited: colorama (0.4.6)"},
    ]
    (tmp_path / "pip_audit.py").write_text(f"import json; print(json.dumps({{'dependencies': {answers!r}}}))")
    assert audit("unasked", PYTHONPATH=str(tmp_path)) == (
        2,
        "",
        "Could not look for known holes. No answer about colorama.\n",
    )


def test_a_line_that_is_no_package_fails(service, audit):
    """OPS-04."""
    code, said, why = audit(service(FAMOUS).url, f"{LOCK}nobody==not a version \\\n    {HASH}\n")
    assert (code, said) == (2, "")
    assert why.startswith("Could not look for known holes. ")


def test_the_list_of_components_holds_all_that_runs_with_its_hashes(tmp_path):
    """OPS-04: CycloneDX, as long as the lock, version by version and hash by hash."""
    path = tmp_path / "components.json"
    environment = {"PATH": os.environ["PATH"], "HOME": str(tmp_path)}
    words = ["make", "--old-file=.venv/tools", "components", f"COMPONENTS={path}"]  # nothing is installed by a test
    done = subprocess.run(words, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stdout, done.stderr) == (0, f"Written: {path}\n", "")
    listed = json.loads(path.read_text())
    assert (listed["bomFormat"], listed["metadata"]["component"]["name"]) == ("CycloneDX", "okrsite")
    assert {part["purl"]: hashes_of(part) for part in listed["components"]} == locked(ROOT / "requirements.txt")


def hashes_of(part: dict[str, object]) -> list[str]:
    """The hashes of a component's files."""
    (files,) = part["externalReferences"]
    return sorted(each["content"] for each in files["hashes"])


def locked(lock: Path) -> dict[str, list[str]]:
    """What stands in a lock: package by package, the hashes of its files."""
    found: dict[str, list[str]] = {}
    for line in lock.read_text().splitlines():
        words = line.removesuffix(" \\").strip()
        if line[:1].isalnum():
            package = Requirement(words)
            name = f"pkg:pypi/{package.name}@{str(package.specifier).removeprefix('==')}"
            found[name] = []
        elif words.startswith("--hash=sha256:"):
            found[name].append(words.removeprefix("--hash=sha256:"))
    return {package: sorted(hashes) for package, hashes in found.items()}
