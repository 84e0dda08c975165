"""The same request of a program, twice at the same moment, at two servers of one database (CC-05)."""

import http.client
import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from threading import Barrier
from time import sleep
from typing import Any

import pytest

from core.api.endpoint import tag_of
from tests.journeys.server import Server, running
from tests.outages.asking import MIRA
from tests.outages.test_guessing import WithoutRedis

ROUNDS = 4
TOKEN = f"""
from datetime import UTC, datetime, timedelta
from core.secrets import hash_secret
from people.models import Token, User
now = datetime.now(UTC)
Token.objects.create(person=User.objects.get(email="{MIRA}"), name="Twice", scope="FULL",
                     secret_hash=hash_secret("okr_twice"), created_at=now, expires_at=now + timedelta(days=1))
"""
KEPT = """
from objectives.models import Objective
print(*sorted(Objective.objects.filter(title__startswith="Raced").values_list("title", flat=True)), sep="\\n")
"""


@dataclass
class Program:
    """One of two that send the same at the same moment."""

    server: Server
    start: Barrier

    def send(self, key: str, body: Any) -> tuple[int, str]:
        """The first answer, as soon as the other sends too; one that is on its way is asked for again."""
        self.start.wait()
        while (answer := self.ask("POST", "/api/v1/objectives/", key, body))[0] == 409:
            assert "on its way" in answer[1]
            sleep(0.02)
        return answer

    def change(self, path: str, title: str, tag: str) -> int:
        """The status of a change of what both have read."""
        self.start.wait()
        return self.ask("PATCH", path, body={"title": title}, tag=tag)[0]

    def ask(self, method: str, path: str, key: str = "", body: Any = None, tag: str = "") -> tuple[int, str]:
        """The answer to one request."""
        headers = {"Authorization": "Bearer okr_twice", "Content-Type": "application/json"}
        headers |= {"If-Match": tag} if tag else {}
        line = http.client.HTTPConnection("localhost", self.server.port, timeout=60)
        try:
            line.request(method, path, json.dumps(body), headers | ({"Idempotency-Key": key} if key else {}))
            answer = line.getresponse()
            return answer.status, answer.read().decode()
        finally:
            line.close()


@pytest.fixture
def programs(database, tmp_path) -> Iterator[list[Program]]:
    """Each at a server of its own, with a connection of its own to the one database."""
    first = WithoutRedis(tmp_path / "one", is_demo=True, database_url=database)
    second = WithoutRedis(tmp_path / "two", database_url=database)
    for server in (first, second):
        server.folder.mkdir()
    with running(first), running(second):
        first.manage("shell", "-v0", "-c", TOKEN)
        start = Barrier(2)
        yield [Program(first, start), Program(second, start)]


def test_of_two_at_one_moment_one_is_done(programs):
    """CC-02, CC-05, CC-09: of two that are the same, and of two changes of one version."""
    sent_twice(programs)
    changed_twice(programs)


def sent_twice(programs):
    """One row and the same answer twice; with another body one is done and the other is 422."""
    quarters = json.loads(programs[0].ask("GET", "/api/v1/quarters/?length=QUARTER")[1])["results"]
    words = {"kind": "GROWTH", "quarter_id": max(quarters, key=lambda one: one["first_on"])["id"]}
    titles = []
    with ThreadPoolExecutor(2) as pool:
        for number in range(ROUNDS):
            same = {**words, "title": f"Raced {number}"}
            ends = [*pool.map(lambda one: one.send(f"same {number}", same), programs)]  # noqa: B023 - done with by then
            assert (ends[0][0], ends[0]) == (201, ends[1])
            titles.append(json.loads(ends[0][1])["title"])
            bodies = [{**words, "title": f"Raced {number} by {name}"} for name in "ab"]
            keys = [f"other {number}"] * 2
            ends = [*pool.map(Program.send, programs, keys, bodies)]
            assert sorted(status for status, _body in ends) == [201, 422]
            titles += [json.loads(body)["title"] for status, body in ends if status == 201]
    assert programs[0].server.manage("shell", "-v0", "-c", KEPT).split("\n")[:-1] == sorted(titles)


def changed_twice(programs):
    """200 and 412, for an objective and for a key result."""
    one = programs[0]
    row = json.loads(one.ask("GET", "/api/v1/objectives/?state=DRAFT&kind=GROWTH")[1])["results"][0]
    measure = {"title": "Raced", "kind": "NUMBER", "target": "3"}
    part = json.loads(one.ask("POST", f"/api/v1/objectives/{row['id']}/key-results/", body=measure)[1])
    with ThreadPoolExecutor(2) as pool:
        for path in (f"/api/v1/objectives/{row['id']}/", f"/api/v1/key-results/{part['id']}/"):
            for number in range(ROUNDS):
                tag = tag_of(one.ask("GET", path)[1].encode())
                titles = [f"Changed {number} by {name}" for name in "ab"]
                ends = [*pool.map(Program.change, programs, [path] * 2, titles, [tag] * 2)]
                assert (path, sorted(ends)) == (path, [200, 412])
                assert json.loads(one.ask("GET", path)[1])["title"] == titles[ends.index(200)]
