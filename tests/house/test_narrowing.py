"""A narrowed audience also takes back what was told before (PRIV-09)."""

import pytest

from activity.actions.mail import owe, read
from activity.letters import Letter
from activity.models import Delivery, Event, Notice
from checkins.models import told
from objectives.models import Objective
from people.viewer import viewer_of
from tests.conftest import NOW
from tests.factories import PERSONAS, SuggestionFactory
from tests.factories.people import WEDNESDAY
from tests.house.house import House
from tests.house.pages import PAGES_AND_PERSONAS

pytestmark = pytest.mark.django_db

MARK = "MARK-EVERYONE"
STILL = {"ONLY_ME": {"alice"}, "MANAGER": {"alice", "mona"}, "MY_TEAMS": {"alice", "mona", "bob", "tara"}}


def tell(house: House) -> dict[str, Delivery]:
    """What happened to it is in the log, and mails about it wait for everybody; each got one before as well."""
    row, part = house.world.objectives["EVERYONE"], house.world.key_results["EVERYONE"]
    about = {"at": WEDNESDAY, "by": house.world.alice, "team_id": row.team_id}
    for subject in (row, part):
        told = {"subject_type": subject._meta.label, "subject_id": subject.pk}
        Event.objects.create(**about, **told, verb="CHANGED", data={"fields": ["title"], "numbers": {}})
    data = {"owner": house.world.bob.pk, "was": house.world.alice.pk}
    Event.objects.create(**about, verb="HANDED_OVER", subject_type=row._meta.label, subject_id=row.pk, data=data)
    waiting = {}
    for persona in PERSONAS:
        person = house.world.persona(persona)
        if person is not None:
            for subject, state in ((part, "OWED"), (row, "SENT")):
                words = {"to": person.email, "kind": Delivery.Kind.NOTICE, "about": "it", "now": NOW}
                owed = owe(Letter(f"{MARK} letter", MARK), person_pk=person.pk, subject_id=subject.pk, **words)
                if state == "SENT":
                    Delivery.objects.filter(pk=owed.pk).update(state="SENT", sent_at=NOW)
                else:
                    waiting[persona] = owed
    return waiting


def tell_in_the_app(house: House) -> None:
    """What was said about it stands among the notices of a stranger, of the team and of a site admin."""
    declined = {"state": "DECLINED", "answer": f"{MARK} answer", "answered_at": WEDNESDAY}
    row = house.world.objectives["EVERYONE"]
    for reader in (house.world.charlie, house.world.bob, house.world.ada):
        answered = SuggestionFactory(
            objective=row, by=reader, title=f"{MARK} words", answered_by=house.world.alice, **declined
        )
        for thing, verb in ((house.world.comments["EVERYONE"], "COMMENTED"), (answered, "SUGGESTION_DECLINED")):
            about = {"subject_type": thing._meta.label, "subject_id": thing.pk, "data": {"mentioned": [reader.pk]}}
            event = Event.objects.create(at=WEDNESDAY, by=house.world.alice, verb=verb, **about)
            Notice.objects.create(person=reader, event=event)


def narrow(house: House, audience: str) -> None:
    """By its owner, on its page."""
    row = house.world.objectives["EVERYONE"]
    form = {
        "title": row.title,
        "quarter": row.quarter_id,
        "audience": audience,
        "team": row.team_id,
        "version": row.version,
    }
    answer = house.ask(
        "alice", "POST", f"/objectives/{row.pk}/edit/", form | {"why": row.why, "first_step": row.first_step}
    )
    assert answer.status_code == 302
    assert Objective.objects.get(pk=row.pk).audience == audience


def is_shown(house: House, words: str, persona: str) -> bool:
    """Whether a word of it, or the way to it, stands on that page."""
    pks = house.world.objectives["EVERYONE"].pk, house.world.key_results["EVERYONE"].pk
    body = house.get(persona, house.path(words)).content.decode()
    return MARK in body.replace("MARK-TEAM-EVERYONE", "") or any(str(pk) in body for pk in pks)


SHOWN = [
    ("checkins:board slug=rockets", "charlie"),
    ("checkins:wall slug=rockets", "charlie"),
    ("checkins:celebration slug=rockets ?turn=alice", "bob"),
    ("objectives:person username=alice", "charlie"),
    ("api:objectives", "charlie"),
    ("api:key_results", "bob"),
    ("api:check_in pk={check_in.pk}", "bob"),
    ("objectives:audit", "bob"),
    ("checkins:notices", "charlie"),
    ("checkins:notices", "bob"),
    ("checkins:notices", "ada"),
    ("checkins:person_week username=alice week=2026-W46", "charlie"),
    ("checkins:person_week username=alice week=2026-W46", "bob"),
    ("people:letter pk={letter.pk}", "ada"),
]


def test_nothing_of_it_is_left_on_any_page_of_those_who_may_not_read_it(house):
    """PRIV-09: boards, lists, weeks, notices, decisions, mails and the API; it stood there before, and does for its owner.

    A notice is not counted either.
    """
    tell(house)
    tell_in_the_app(house)
    letter = str(Delivery.objects.filter(state="SENT", kind="NOTICE")[0].pk)
    shown = [(words.replace("{letter.pk}", letter), persona) for words, persona in SHOWN]
    assert [one for one in shown if not is_shown(house, *one)] == []
    readers = [viewer_of(house.world.persona(name)) for name in ("charlie", "bob", "ada")]
    assert [told(reader).unread().count() for reader in readers] == [2, 2, 2]
    narrow(house, "ONLY_ME")
    assert [told(reader).unread().count() for reader in readers] == [0, 0, 0]
    others = {"charlie", "bob", "ada"}  # a stranger, the team, a site admin
    pages = [
        (words, persona) for words, persona in PAGES_AND_PERSONAS if persona in others and "[EVERYONE]" not in words
    ]
    assert [one for one in (*pages, *shown) if is_shown(house, *one)] == []
    assert is_shown(house, "api:objectives", "alice")


@pytest.mark.parametrize("audience", STILL)
def test_what_waits_to_be_told_is_taken_back_from_those_who_may_not_read_it(house, audience):
    """PRIV-09: the others get their mail; and what was told before is forgotten here."""
    waiting = tell(house)
    other = owe(
        Letter("Another", "Words"), to="a@example.org", kind=Delivery.Kind.NOTICE, about="b", now=NOW, subject_id=7
    )
    narrow(house, audience)
    row = Objective.objects.filter(pk=house.world.objectives["EVERYONE"].pk)
    readers = {name for name in waiting if row.visible_to(viewer_of(house.world.persona(name))).exists()}
    assert readers == STILL[audience]
    for persona, owed in waiting.items():
        owed.refresh_from_db()
        assert (persona, owed.state, bool(owed.sealed)) == (
            (persona, "OWED", True) if persona in readers else (persona, "CANCELLED", False)
        )
    assert not Delivery.objects.filter(state="SENT", kind="NOTICE").exclude(sealed="").exists()
    other.refresh_from_db()
    assert (other.state, read(other).text) == ("OWED", "Words")


def test_a_wider_audience_takes_nothing_back(house):
    house.world.objectives["EVERYONE"].audience = "MY_TEAMS"
    Objective.objects.filter(pk=house.world.objectives["EVERYONE"].pk).update(audience="MY_TEAMS")
    waiting = tell(house)
    narrow(house, "EVERYONE")
    assert Delivery.objects.filter(state="OWED", pk__in=[row.pk for row in waiting.values()]).count() == len(waiting)
    assert Delivery.objects.filter(state="SENT", kind="NOTICE").exclude(sealed="").count() == len(waiting)


@pytest.mark.parametrize("audience", STILL)
def test_an_answer_that_a_program_kept_is_not_confirmed_to_it(house, audience):
    """PRIV-09: it is not there, and not unchanged; on pages, a browser is told to keep nothing."""
    row, part = house.world.objectives["EVERYONE"], house.world.key_results["EVERYONE"]
    paths = [f"/api/v1/objectives/{row.pk}/", f"/api/v1/key-results/{part.pk}/"]
    tags = {}
    for persona in PERSONAS[1:-1]:
        for path in paths:
            tags[persona, path] = house.get(persona, path).headers["ETag"]
        assert "no-store" in house.get(persona, row.get_absolute_url()).headers["Cache-Control"]
    narrow(house, audience)
    for (persona, path), tag in tags.items():
        status = house.client(persona).get(path, headers={"if-none-match": tag}).status_code
        assert (persona, status) == (persona, 404 if persona not in STILL[audience] else status)
        assert status != 304 or "key-results" in path
        events = house.get(persona, row.get_absolute_url()).status_code
        assert (persona, events) == (persona, 200 if persona in STILL[audience] else 404)
