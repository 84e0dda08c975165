"""Fifty who guess at once, at two servers of one database; and everybody else while Redis is away."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from tests.house.forms import forms_of
from tests.journeys.server import Server, running
from tests.outages.asking import MIRA, Browser


@dataclass
class WithoutRedis(Server):
    """A server behind a proxy, that was told of a Redis which is not there."""

    @property
    def environment(self) -> dict[str, str]:
        """As one of many processes."""
        return {**super().environment, "REDIS_URL": "redis://127.0.0.1:1/0", "TRUSTED_PROXIES": "1"}


def tried(browser: Browser, email: str) -> int:
    """The status of a wrong password."""
    return browser.sign_in(email, "wrong").status


def test_fifty_guesses_at_once_are_counted_one_by_one(database, tmp_path):
    """RL-02, AUTH-03, RL-05: two processes, no Redis; of one account ten, of one place twenty-five, and no more."""
    first = WithoutRedis(tmp_path / "one", is_demo=True, database_url=database)
    second = WithoutRedis(tmp_path / "two", database_url=database)
    for server in (first, second):
        server.folder.mkdir()
    with running(first), running(second):
        doors = [Browser(server).at_the_door() for server in (first, second)]
        with ThreadPoolExecutor(16) as crowd:
            one = Counter(crowd.map(tried, doors * 25, [MIRA] * 50))
            for door in doors:
                door.place = "198.51.100.2"
            many = Counter(crowd.map(tried, doors * 25, [f"nobody-{number}@example.org" for number in range(50)]))
    assert one == {422: 10, 429: 40}
    assert many == {422: 25, 429: 25}


def test_without_redis_people_sign_in_read_and_write(tmp_path):
    """OUT-01, RL-05: without waiting for it; what goes out later waits in the database.

    A password alone takes a second on a busy machine; a broker that is asked again and again, minutes.
    """
    with running(WithoutRedis(tmp_path, is_demo=True)) as server:
        came = Browser(server).at_the_door().sign_in(MIRA, "celebrate")
        browser = Browser(server)
        page = browser.get("/check-in/?edit=1")
        form = next(form for form in forms_of(page.body) if form.action.startswith("/check-in/"))
        answers = [came, browser.get("/"), browser.post(form.action, form.fields), browser.get("/teams/accelerator/")]
        assert [answer.status for answer in answers] == [302, 200, 302, 200]
        assert max(answer.seconds for answer in answers) < 5
