"""What a person may not read changes no byte of what they read (PRIV-01, AZ-06)."""

import re
from collections import Counter, deque
from html import unescape
from urllib.parse import urljoin, urlsplit

import pytest
from django.db.models import Q
from django.urls import resolve

from objectives.models import Objective
from objectives.models.objective_reading import ObjectiveQuerySet
from tests.factories import PERSONAS
from tests.house import hidden
from tests.house.house import House, masked, undone
from tests.house.pages import PAGES, PAGES_AND_PERSONAS, readers

pytestmark = pytest.mark.django_db

OBJECTIVES = ("ONLY_ME", "MANAGER", "MY_TEAMS", "EVERYONE", "DRAFT", "TEAM_EVERYONE", "TEAM_ONLY", "TEAM_DRAFT", "DAN")
MARK = re.compile(r"MARK-[A-Z-]+")
MOST = 6  # pages of one address: weeks go back for ever
LINK = re.compile(r"""\b(?:href|action|hx-get)=["']([^"'#]*)""")


def bodies(house: House, persona: str) -> dict[str, str]:
    """Every page that the persona gets, without its tokens; Alice's dates are hers, whoever asks for them."""
    asked = [words for words, who in PAGES_AND_PERSONAS if who == persona]
    own = [words for words in asked if persona == "alice" or not words.startswith("calendars:feed")]
    return {words: masked(house.get(persona, house.path(words))) for words in own}


@pytest.mark.parametrize("persona", PERSONAS)
def test_hidden_rows_change_nothing(house, persona):
    hidden.prepare(house.world)
    before = bodies(house, persona)
    hidden.add(house.world, persona)
    after = bodies(house, persona)
    assert [words for words, body in before.items() if body != after[words]] == []


def test_what_is_added_is_hidden_from_somebody_and_not_from_its_owner(house):
    """The law compares something: Alice's own page does change, and so does a page that all may read."""
    hidden.prepare(house.world)
    people = house.path("people:people")
    before = masked(house.get("charlie", people))
    hidden.add(house.world, "charlie")
    assert "HIDDEN title" in masked(house.get("alice", house.path("objectives:mine")))
    assert masked(house.get("charlie", people)) == before
    hidden.rockets_get_somebody(house.world)
    assert masked(house.get("charlie", people)) != before


@pytest.mark.usefixtures("written_anew")
def test_a_planted_leak_changes_pages(house, monkeypatch):
    """A rule that forgets the audience is seen at once, on every page on which it stands."""
    monkeypatch.setattr(ObjectiveQuerySet, "_visible_to", staticmethod(lambda viewer: Q(pk__gt=0)))
    hidden.prepare(house.world)
    before = bodies(house, "charlie")
    hidden.add(house.world, "charlie")
    after = bodies(house, "charlie")
    changed = {words.split()[0] for words, body in before.items() if body != after[words]}
    assert {"objectives:person", "checkins:board"} <= changed


def allowed_marks(persona: str) -> set[str]:
    """What may stand on any page of that persona: a prefix for each thing they may read."""
    objectives = {mark for mark in OBJECTIVES if persona in readers(mark)}
    if persona in hidden.NEAR_ALICE:
        objectives.add("NONE")  # her lines about no objective
    if persona == "alice":
        objectives |= {"UNFINISHED", "TYPED", "SHELF"}
    if persona in {"alice", "bob", "tara"}:
        objectives.add("RETRO")  # the notes of their team's
    if persona in {"alice", "bob"}:
        objectives.add("WHOLE")  # he suggested it to her
    objectives.add("INVITATION")  # its words stand behind its own link
    return {f"MARK-{mark}-".replace("_", "-") for mark in objectives}


def links(house: House, persona: str) -> dict[str, str]:
    """Every page that is reached from the table of pages by following links, and what it says."""
    waiting = deque(house.path(words) for words in PAGES)
    found: dict[str, str] = {}
    seen: Counter[str] = Counter()
    while waiting:
        path = waiting.popleft()
        name = resolve(path.partition("?")[0]).view_name
        if path in found or seen[name] == MOST:
            continue
        seen[name] += 1
        response = house.get(persona, path)
        found[path] = response.content.decode() + response.headers.get("Location", "")
        for link in LINK.findall(found[path]):
            target = urlsplit(urljoin(path, unescape(link)))
            if not target.netloc and not target.path.startswith(("/static/", "/accounts/")):
                waiting.append(target.path + (f"?{target.query}" if target.query else ""))
    return found


@pytest.mark.parametrize("persona", PERSONAS)
def test_no_page_says_what_its_reader_may_not_read(house, persona):
    """PRIV-01: one crawl with marker words; refusals, redirects and titles included."""
    said = {path: set(MARK.findall(body)) for path, body in links(house, persona).items()}
    allowed = tuple(allowed_marks(persona))
    behind = {"/teams/rockets/room/": "MARK-TEAM-EVERYONE-", "/week-links/": "MARK-MY-TEAMS-KR"}
    may = {  # such a link is the right to what stands behind it, whoever opens it
        path: (*allowed, *(mark for start, mark in behind.items() if path.startswith(start))) for path in said
    }
    leaks = {path: {mark for mark in marks if not mark.startswith(may[path])} for path, marks in said.items()}
    assert {path: marks for path, marks in leaks.items() if marks} == {}
    if persona == "alice":  # the crawl looks where the words are
        titles = Objective.objects.exclude(owner=house.world.dan).values_list("title", flat=True)
        assert set(titles) <= set.union(*said.values())


def test_nothing_of_a_test_stays(house):
    with undone():
        hidden.prepare(house.world)
        hidden.add(house.world, "charlie")
    assert Objective.objects.count() == len(OBJECTIVES)
