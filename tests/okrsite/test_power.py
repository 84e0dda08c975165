"""Every use of power, and on whose pages it stands: who, whom, when, before and after, and no private word (PRIV-14)."""

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import time, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from activity.actions.events import record
from activity.models import Event
from core.calendar import Week
from objectives.actions import closings, departures, objectives, organisation
from objectives.models import Closing, audit
from okrsite.own_data import erasing
from people.actions import (
    chat,
    closing,
    invitations,
    memberships,
    reporting,
    room_links,
    skipping,
    switching,
    teams,
    tokens,
)
from people.actions import erasing as asking
from people.models import AccessLink, Membership, Team, Token, User
from people.viewer import viewer_of
from tests.conftest import NOW
from tests.factories import PASSWORD, UserFactory
from tests.house.house import undone
from tests.objectives.crew import Crew, make_crew, read
from tests.objectives.test_audit import lines
from tests.people.doors import sign_in

pytestmark = pytest.mark.django_db
SITE, TEAM = "/settings/decided/site/", "/teams/accelerator/decided/"
AGAIN = "/accounts/reauthenticate/"
WORDS = "PRIVATE WORDS"


@dataclass(frozen=True)
class Place:
    """The crew, and Ada, who looks after the site; another does so too."""

    crew: Crew
    ada: User

    def do(self, action: Callable[..., Any], by: User, **arguments: Any) -> Any:
        """An action of somebody, as it is now."""
        return action(by=viewer_of(User.objects.get(pk=by.pk)), now=NOW, **arguments)

    def of(self, person: User) -> Membership:
        return Membership.objects.get(user=person, team=self.crew.team)

    def fresh(self, person: User) -> Client:
        """A browser in which the password was shown just now."""
        browser, _answer = sign_in(person.email)
        browser.post(AGAIN, {"password": PASSWORD})
        return browser

    def pages(self) -> dict[str, tuple[User, str]]:
        """The reader and the address of each page that is read."""
        crew, mine = self.crew, "/settings/decided/"
        people = {"Mira": crew.mira, "Jonas": crew.jonas, "Elif": crew.elif_, "Nora": crew.nora, "Ada": self.ada}
        return {name: (person, mine) for name, person in people.items()} | {
            "team": (crew.elif_, TEAM),
            "site": (self.ada, SITE),
        }


def role(at: Place) -> None:
    at.do(memberships.change_role, at.crew.elif_, membership=at.of(at.crew.jonas), role="COACH")


def joins(at: Place) -> None:
    at.do(memberships.add, at.crew.elif_, team=at.crew.team, person=at.crew.nora, role="MEMBER")


def taken_out(at: Place) -> None:
    at.do(memberships.remove, at.crew.elif_, membership=at.of(at.crew.jonas))


def manager(at: Place) -> None:
    mira = at.crew.mira
    at.do(reporting.set_manager, at.ada, person=mira, manager=at.crew.nora, was_pk=at.crew.elif_.pk)


def opened(at: Place) -> None:
    row = at.crew.objective(audience="ONLY_ME", title=WORDS)
    wording = at.crew.wording(title=WORDS, audience="EVERYONE", team_id=at.crew.team.pk)
    at.do(objectives.reword, at.crew.mira, objective=read(row), version=1, wording=wording)


def narrowed(at: Place) -> None:
    row = at.crew.team_objective(title=WORDS)
    wording = at.crew.wording(title=WORDS, audience="TEAM", team_id=at.crew.team.pk)
    at.do(objectives.reword, at.crew.elif_, objective=read(row), version=1, wording=wording)


def hands_over(at: Place) -> None:
    row, names = at.crew.team_objective(title=WORDS), {"was_pk": at.crew.mira.pk, "owner": at.crew.jonas}
    at.do(objectives.hand_over, at.crew.elif_, objective=read(row), with_key_results=True, **names)


def closes_quarter(at: Place) -> None:
    at.do(closings.close, at.crew.elif_, team=at.crew.team, quarter=at.crew.before)


def reopens_quarter(at: Place) -> None:
    closes_quarter(at)
    at.do(closings.reopen, at.crew.elif_, closing=Closing.objects.get(), reason=WORDS)


def takes_data(at: Place) -> None:
    assert at.fresh(at.crew.mira).post("/settings/data/").status_code == 302


def closes(at: Place) -> None:
    at.do(closing.close, at.crew.elif_, team=at.crew.team)


def reopens(at: Place) -> None:
    Team.objects.filter(pk=at.crew.team.pk).update(closed_at=NOW)
    at.do(closing.reopen, at.crew.elif_, team=at.crew.team)


def makes_token(at: Place) -> None:
    at.do(tokens.make, at.crew.mira, name=WORDS, scope="FULL", days=9, client_key=None)


def ends_token(at: Place) -> None:
    makes_token(at)
    at.do(tokens.revoke, at.crew.mira, token=Token.objects.get())


def off_and_on(at: Place) -> None:
    at.do(departures.switch_off, at.ada, person=at.crew.nora, successor=at.crew.elif_)
    at.do(switching.switch_on, at.ada, person=User.objects.get(pk=at.crew.nora.pk))


def not_erased(at: Place) -> None:
    nora = at.crew.nora
    at.do(departures.switch_off, at.ada, person=nora, successor=None)
    for action in (asking.ask, asking.call_off, switching.switch_on):
        at.do(action, at.ada, person=User.objects.get(pk=nora.pk))


def erased(at: Place) -> None:
    at.do(erasing.leave, at.crew.nora, person=at.crew.nora, successor=None)
    User.objects.filter(pk=at.crew.nora.pk).update(erase_at=NOW)
    erasing.erase_due(now=NOW)


def settings_of_team(at: Place) -> None:
    team = Team.objects.get(pk=at.crew.team.pk)
    decided = teams.TeamSettings(name="Accelerator", purpose=WORDS, reminder_hour=10, length="HALF")
    decided = replace(decided, celebration_weekday=0, celebration_time=time(9, 5))
    at.do(teams.change, at.crew.elif_, team=team, version=team.version, settings=decided)


def settings_of_place(at: Place) -> None:
    was = {"name": "Northlight", "zone": "UTC", "currency": "", "fiscal_start_month": 1}
    at.do(organisation.change, at.ada, opened=was, **was | {"name": WORDS, "currency": "€", "fiscal_start_month": 2})


def names_admin(at: Place) -> None:
    at.do(switching.set_site_admin, at.ada, person=at.crew.mira, is_site_admin=True)


def signs_out(at: Place) -> None:
    sign_in(at.crew.mira.email)
    at.do(switching.end_sessions, at.ada, person=at.crew.mira)


def signs_out_oneself(at: Place) -> None:
    sign_in(at.crew.mira.email)
    assert sign_in(at.crew.mira.email)[0].post("/accounts/sessions/others/ending/").status_code == 302


def new_password(at: Place) -> None:
    typed = {"oldpassword": PASSWORD, "password1": "another plain one"}
    assert at.fresh(at.crew.mira).post("/accounts/password/change/", typed).status_code == 302


def invites(at: Place) -> None:
    words = {"emails": ["new@example.org"], "role": "LEAD", "message": WORDS}
    at.do(invitations.invite, at.crew.elif_, team=at.crew.team, **words)
    at.do(invitations.withdraw, at.crew.elif_, invitation=AccessLink.objects.get())


def shows_in_a_room(at: Place) -> None:
    at.do(room_links.make, at.crew.elif_, team=at.crew.team)
    at.do(room_links.revoke, at.crew.elif_, team=at.crew.team)


def connects_a_chat(at: Place) -> None:
    tells = chat.Tells(reminder=True, celebration=False)
    at.do(chat.connect, at.crew.elif_, team=at.crew.team, address="https://chat.invalid/x", tells=tells)
    at.do(chat.disconnect, at.crew.elif_, team=at.crew.team)


def rests(at: Place) -> None:
    for action in (skipping.skip, skipping.celebrate):
        at.do(action, at.crew.elif_, team=at.crew.team, week=Week.parse("2026-W48"))


def makes_team(at: Place) -> None:
    at.do(teams.create, at.ada, kind="TEAM", settings=teams.TeamSettings(name="New", purpose=WORDS), lead=at.crew.nora)


OFF = "Nora switched off. Who took over: "
INVITED = [
    "Invitation of new@example.org into Accelerator withdrawn",
    "new@example.org invited into Accelerator as lead",
]
SHOWN = [
    "A room link made that shows the wall of Accelerator",
    "The room link to the wall of Accelerator ended",
]
CHATS = [
    "The chat of Accelerator connected, or what it is told changed",
    "The chat of Accelerator disconnected",
]
AGAIN_OPEN = ["2026-Q3 of Accelerator closed", "2026-Q3 of Accelerator reopened"]
RESTED = ["No celebration of Accelerator in week 48", "A celebration of Accelerator in week 48 after all"]
SETTINGS = (
    "Settings of Accelerator: time of the celebration 15:30 → 09:05, day of the celebration Friday → Monday, "
    "how it plans quarters → half-years, purpose, hour of the reminder 9 → 10"
)
# What is done; by whom; what is said of it; on which pages, and there in other words where it is another's.
TABLE: list[tuple[Callable[[Place], None], str, list[str], dict[str, list[str]]]] = [
    (role, "Elif", ["Jonas in Accelerator: member → coach"], {"Jonas": [], "team": [], "site": []}),
    (joins, "Elif", ["Nora belongs to Accelerator as member"], {"Nora": [], "team": [], "site": []}),
    (taken_out, "Elif", ["Jonas taken out of Accelerator"], {"Jonas": [], "team": [], "site": []}),
    (manager, "Ada", ["Manager of Mira: Elif → Nora"], {"Mira": [], "site": [], "Nora": ["Mira reports to Nora"]}),
    (opened, "Mira", ["Who may read an objective: only me → everyone"], {"Mira": []}),
    (narrowed, "Elif", ["Who may read an objective: everyone → the team"], {"Mira": [], "team": []}),
    (hands_over, "Elif", ["Who answers for an objective: Mira → Jonas"], {"Mira": [], "Jonas": [], "team": []}),
    (takes_data, "Mira", ["Own data of Mira got ready to take along"], {"Mira": []}),
    (closes, "Elif", ["Accelerator closed"], {"team": [], "site": []}),
    (reopens, "Elif", ["Accelerator opened again"], {"team": [], "site": []}),
    (makes_token, "Mira", ["A token made that may do all"], {"Mira": [], "site": []}),
    (ends_token, "Mira", ["A token ended that might do all", "A token made that may do all"], {"Mira": [], "site": []}),
    (off_and_on, "Ada", ["Nora can sign in again", f"{OFF}Elif"], {"Nora": [], "site": []}),
    (
        not_erased,
        "Ada",
        ["Nora can sign in again", "Nora not to be erased after all", f"{OFF}nobody", "Nora to be erased in 30 days"],
        {"Nora": [], "site": []},
    ),
    (settings_of_team, "Elif", [SETTINGS], {"team": [], "site": []}),
    (
        settings_of_place,
        "Ada",
        ["Settings of the organisation: currency none → €, month in which the year begins January → February, name"],
        {"site": []},
    ),
    (names_admin, "Ada", ["Mira looks after the site"], {"Mira": [], "site": []}),
    (signs_out, "Ada", ["Browsers in which Mira was signed out: 1"], {"Mira": [], "site": []}),
    (signs_out_oneself, "Mira", ["Browsers in which Mira was signed out: 1"], {"Mira": []}),
    (new_password, "Mira", ["New password of Mira"], {"Mira": []}),
    (invites, "Elif", INVITED, {"team": [], "site": []}),
    (shows_in_a_room, "Elif", SHOWN, {"team": [], "site": []}),
    (connects_a_chat, "Elif", CHATS, {"team": [], "site": []}),
    (rests, "Elif", RESTED, {"team": [], "site": []}),
    (closes_quarter, "Elif", ["2026-Q3 of Accelerator closed"], {"team": [], "site": []}),
    (reopens_quarter, "Elif", AGAIN_OPEN, {"team": [], "site": []}),
    (makes_team, "Ada", ["New made, led by Nora"], {"site": []}),
]


@pytest.fixture
def place(frozen) -> Place:
    crew = make_crew()
    UserFactory(name="Another", is_site_admin=True)
    return Place(crew, UserFactory(name="Ada", is_site_admin=True))


@pytest.mark.parametrize(("act", "by", "said", "stands"), TABLE, ids=[row[0].__name__ for row in TABLE])
def test_a_use_of_power_stands_on_the_pages_of_those_whom_it_concerns_and_on_no_other(act, by, said, stands, place):
    """PRIV-14: who, whom, when (UTC), before and after."""
    act(place)
    for name, (reader, path) in place.pages().items():
        browser = Client()
        browser.force_login(User.objects.get(pk=reader.pk))
        page = browser.get(path)
        expected = [(words, by, "2026-11-19 10:00") for words in (stands[name] or said)] if name in stands else []
        assert (name, sorted(lines(page))) == (name, sorted(expected))
        assert WORDS not in page.text
    assert WORDS not in json.dumps([*Event.objects.values_list("data", flat=True)])


def test_that_somebody_was_erased_names_nobody(place):
    """PRIV-14, PRIV-05: the site's page says that it was asked for and done."""
    erased(place)
    browser = Client()
    browser.force_login(place.ada)
    assert sorted(lines(browser.get(SITE))) == sorted(
        [
            ("Former member switched off. Who took over: nobody", "Former member", "2026-11-19 10:00"),
            ("Former member to be erased in 30 days", "Former member", "2026-11-19 10:00"),
            ("Somebody erased, 30 days after it was asked for", "okrsite", "2026-11-19 10:00"),
        ]
    )


ELSEWHERE = {
    "FOUNDED",
    "INVITATION_ACCEPTED",
    "MEMBER_LEFT",
    "CHAT_OFF",
}  # the place is set up; what one does oneself; a job


def test_every_verb_of_power_is_in_the_table(place):
    """PRIV-14: none is forgotten."""
    done = set()
    for act in (*(row[0] for row in TABLE), erased):
        with undone():
            act(place)
            done |= {*Event.objects.values_list("verb", flat=True)}
    assert {*audit.POWER, "HANDED_OVER", "REWORDED"} - done == ELSEWHERE


def test_the_pages_go_back_two_years(place, settings):
    """PRIV-12: as long as a setting says; what happened to an objective is kept for longer, and is not shown there."""
    row = place.crew.objective(audience="EVERYONE")
    at = NOW - timedelta(days=settings.KEEP["AUDIT"])
    for moment, audience in ((at, "MANAGER"), (at - timedelta(seconds=1), "MY_TEAMS")):
        record_opened(place, row, moment, audience)
    browser = Client()
    browser.force_login(place.crew.mira)
    with time_machine.travel(NOW, tick=False):
        page = browser.get("/settings/decided/")
    assert [what for what, _by, _at in lines(page)] == ["Who may read an objective: me and my manager → everyone"]


def record_opened(place: Place, row: Any, moment: Any, audience: str) -> None:
    data = {"fields": ["audience"], "numbers": {}, "audience": [audience, "EVERYONE"]}
    record("REWORDED", row, by_pk=place.crew.mira.pk, now=moment, data=data)
