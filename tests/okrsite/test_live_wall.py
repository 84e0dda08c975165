"""The wall of a team that is fed by its stream, whatever its people do, beside one that is loaded afresh."""

import random
from collections.abc import Callable, Iterator

import pytest
from django.test import Client

from core.live import listen
from objectives.models import Objective
from okrsite import hub as hubs
from people.models import Membership, User
from tests.checkins.reading import fields
from tests.checkins.scenes import join, make_scene
from tests.factories import HealthMetricFactory, KeyResultFactory, OrganisationFactory, QuarterFactory
from tests.house.forms import forms_of
from tests.okrsite.watching import Line, Sharing, open_hub, run, sign_in

pytestmark = pytest.mark.django_db
DOINGS, LOOKED_EACH, HALF = 200, 5, 0.5
WALL, STREAM = "/teams/accelerator/wall/", "/live/teams/accelerator/wall/"
WEEK, AWAY, BACK = "/check-in/2026-W47/", "/check-in/2026-W47/away/", "/check-in/2026-W47/back/"
HEALTH, NEW = "/teams/accelerator/health/", "/objectives/new/"


@pytest.fixture
def worker(monkeypatch) -> Iterator[Sharing]:
    """The hub's thread, on the connection of the test."""
    monkeypatch.setattr(hubs, "close_old_connections", lambda: None)
    for name in ("PAUSE", "CHECK"):
        monkeypatch.setattr(hubs, name, 0.001)
    sharing = Sharing()
    yield sharing
    sharing.end()


class People:
    """Mira, Jonas and Elif, who leads Accelerator, at their browsers; Nils comes and goes."""

    def __init__(self, chance: random.Random) -> None:
        OrganisationFactory()
        self.chance, scene = chance, make_scene()
        QuarterFactory()
        self.team, self.mira = scene.team, scene.mira
        self.all = [self.mira, join(self.team, "Jonas"), join(self.team, "Elif", role="LEAD")]
        self.nils = User.objects.get(pk=join(self.team, "Nils").pk)
        HealthMetricFactory(team=self.team)
        self.browsers = {one: Client() for one in self.all}
        for one, browser in self.browsers.items():
            browser.force_login(one)
        self.done: set[str] = set()

    def doings(self) -> list[Callable[[], None]]:
        return [self.give_a_week, self.say_how_it_is, self.go_or_come, self.write, self.narrow, self.drop, self.leave]

    def somebody(self) -> Client:
        return self.browsers[self.chance.choice(self.all)]

    def words(self) -> str:
        return f"Words {self.chance.randrange(10**6)}"

    def sent(self, browser: Client, path: str, at: str = "", **changes: str) -> None:
        """The form of that page, with these changes; what is refused is as good."""
        forms = [form for form in forms_of(browser.get(at or path).text) if form.action in {path, ""}]
        typed = dict(forms[0].fields) if forms else {}
        if browser.post(path, typed | changes).status_code == 302:
            self.done.add(path.rstrip("0123456789/").rpartition("/")[2])

    def give_a_week(self) -> None:
        browser = self.somebody()
        typed = {
            name: str(self.chance.randrange(11)) for name in fields(browser.get(f"{WEEK}?edit=1")) if "conf" in name
        }
        self.sent(browser, WEEK, f"{WEEK}?edit=1", did=self.words(), **typed)

    def say_how_it_is(self) -> None:
        browser = self.somebody()
        marks = {
            name: self.chance.choice(["GREEN", "RED"]) for name in fields(browser.get(HEALTH)) if name[:4] == "mark"
        }
        self.sent(browser, HEALTH, **marks, **{"week-2026-W48": self.words()})

    def go_or_come(self) -> None:
        self.sent(self.somebody(), self.chance.choice([AWAY, BACK]), WEEK)

    def write(self) -> None:
        """Something new, which is a draft; or one that is there is given to those who may read it."""
        draft = self.one_of_theirs("DRAFT")
        if draft and self.chance.random() < HALF:
            KeyResultFactory(objective=draft)
            self.sent(self.browsers[draft.owner], f"/objectives/{draft.pk}/activation/", f"/objectives/{draft.pk}/")
            return
        audience = self.chance.choice(["EVERYONE", "MY_TEAMS", "ONLY_ME"])
        title = "HIDDEN" if audience == "ONLY_ME" else self.words()
        self.sent(self.somebody(), NEW, title=title, audience=audience)

    def narrow(self) -> None:
        if one := self.one_of_theirs("ACTIVE"):
            self.sent(self.browsers[one.owner], f"/objectives/{one.pk}/edit/", audience="ONLY_ME", title="HIDDEN")

    def drop(self) -> None:
        if one := self.one_of_theirs("ACTIVE"):
            self.sent(self.browsers[one.owner], f"/objectives/{one.pk}/drop/", reason="Enough.")

    def leave(self) -> None:
        """Nils is taken out, or comes back: the lead's page names him, or offers him."""
        lead, settings = self.browsers[self.all[2]], "/teams/accelerator/settings/"
        theirs = Membership.objects.present().filter(user=self.nils, team=self.team).first()
        if theirs is None:
            self.sent(lead, "/teams/accelerator/members/", settings, person="Nils", role="MEMBER")
        else:
            self.sent(lead, f"/teams/accelerator/members/{theirs.pk}/departure/", settings)

    def one_of_theirs(self, state: str) -> Objective | None:
        rows = [row for one in self.all for row in one.objectives.filter(state=state).order_by("created_at", "pk")]
        return self.chance.choice(rows) if rows else None


def part_of(browser: Client) -> tuple[str, str]:
    answer = browser.get(WALL, headers={"HX-Request": "true"})
    return answer.headers["X-Version"], answer.text.rstrip()


def stands(line: Line) -> tuple[str, str]:
    """The version and the words that the stream has given last."""
    last = [event for event in line.events if event.startswith("event: shown")][-1]
    _kind, version, *data = last.split("\n")
    return version.removeprefix("id: "), "\n".join(
        row.removeprefix("data: ").removeprefix("data:") for row in data
    ).rstrip()


def test_fed_by_its_stream_it_equals_a_fresh_one(worker, frozen, django_capture_on_commit_callbacks):
    """CC-16: after any doings, in the order of chance, and nothing hidden came by the stream."""
    people = People(random.Random(16))  # noqa: S311 - it only picks what is done
    key = sign_in(people.mira)

    def do() -> None:
        with django_capture_on_commit_callbacks(execute=True):
            people.chance.choice(people.doings())()

    async def day() -> list[tuple[str, str]]:
        async with open_hub(worker) as hub:
            deaf = listen(hub.hear)
            try:
                line = await Line(hub, key, path=STREAM).until(lambda it: it.events)
                for number in range(1, DOINGS + 1):
                    await hub.ask(do)
                    if number % LOOKED_EACH == 0:
                        fresh = await hub.ask(part_of, people.browsers[people.mira])
                        await line.until(lambda it, now=fresh: stands(it)[0] == now[0])
                        assert stands(line) == fresh
                line.left.set()
                await line.all()
                return [stands(line)] if "HIDDEN" not in line.text else []
            finally:
                deaf()

    assert run(day())
    assert people.done >= {"2026-W", "activation", "away", "departure", "drop", "edit", "health", "members", "new"}
