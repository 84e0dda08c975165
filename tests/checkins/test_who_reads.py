"""Before something is given to others, its page says who reads it: at every place of the week where one says something."""

from datetime import date

import pytest

from objectives.models import Objective, Suggestion
from people.models import User
from tests.checkins.reading import said
from tests.checkins.scenes import Scene, make_scene
from tests.factories import (
    CheckInFactory,
    ConfidenceFactory,
    MembershipFactory,
    OrganisationFactory,
    SuggestionFactory,
    UserFactory,
)
from tests.factories.people import WEEK_47

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
TEAM = "Mira reads it, and so do their teammates and their manager."
WORDS_OF_A_WEEK = "One teammate and your manager can read it."


@pytest.fixture
def scene() -> Scene:
    """Mira with Jonas beside her and Kim above: she gave week 46, and in 47 something fell."""
    OrganisationFactory()
    scene = make_scene()
    MembershipFactory(team=scene.team, user=UserFactory(name="Jonas"))
    scene.mira.manager, scene.mira.manager_since_on = UserFactory(name="Kim"), date(2026, 1, 1)
    scene.mira.save()
    for monday in (date(2026, 11, 9), WEEK_47):
        CheckInFactory(person=scene.mira, week_on=monday)
    ConfidenceFactory(key_result=scene.essays, week_on=WEEK_47, level=1)
    SuggestionFactory(objective=scene.writer, by=UserFactory(name="Nora"), title="Write what is read")
    return scene


def page_for(scene: Scene, client_of, reader: str, path: str) -> str:
    """What that page says to somebody of the scene; `one`, `part` and `asked` stand for ids."""
    asked = Suggestion.objects.get()
    address = path.format(one=scene.writer.pk, part=scene.essays.pk, asked=asked.pk)
    answer = client_of(User.objects.get(name=reader)).get(address)
    assert answer.status_code == 200, address
    return " ".join(said(answer))


PLACES = [
    ("words of a week", "Mira", "/check-in/2026-W47/?edit=1", WORDS_OF_A_WEEK),
    ("words about an objective", "Mira", "/check-in/2026-W47/?edit=1", "Only for this objective: teammates read this."),
    ("a hand", "Mira", "/check-in/2026-W47/", "Say it, and those who read the key result read that too."),
    ("a comment on one's own week", "Mira", "/check-in/2026-W47/", f"Add a comment {WORDS_OF_A_WEEK}"),
    ("the same on its page", "Mira", "/people/mira/check-in/2026-W47/comments/", WORDS_OF_A_WEEK),
    ("a cheer", "Jonas", "/people/mira/check-in/2026-W47/", TEAM),
    ("a comment on a week", "Jonas", "/people/mira/check-in/2026-W47/", f"Add a comment {TEAM}"),
    ("the same on its page", "Jonas", "/people/mira/check-in/2026-W47/comments/", TEAM),
    ("seen", "Kim", "/people/mira/check-in/2026-W47/", "tells Mira alone that you have read it"),
    ("a comment on an objective", "Jonas", "/objectives/{one}/", "Add a comment teammates read this"),
    ("the same on its page", "Jonas", "/objectives/{one}/comments/", "teammates read this"),
    ("a suggestion", "Jonas", "/objectives/{one}/suggestions/", "Those who word it read this, and nobody else."),
    (
        "an answer to one",
        "Mira",
        "/objectives/{one}/suggestions/{asked}/",
        "only Nora and those who word it read this",
    ),
    ("a whole objective", "Jonas", "/people/mira/suggestions/", "Mira reads this, and nobody else."),
    ("why it changed", "Mira", "/key-results/{part}/edit/", "everyone who can read it reads this beside what was"),
    ("why it was let go", "Mira", "/key-results/{part}/drop/", "everyone who can read it reads this"),
]


@pytest.mark.parametrize(("reader", "path", "words"), [place[1:] for place in PLACES], ids=[one[0] for one in PLACES])
def test_it_is_said_before(scene, client_of, reader, path, words):
    """PRIV-11."""
    assert words in page_for(scene, client_of, reader, path)


def test_what_is_said_follows_the_audience(scene, client_of):
    """PRIV-11: on the week's page as on its own, the day somebody narrows it."""
    Objective.objects.update(audience="ONLY_ME")
    for path in ("/check-in/2026-W47/?edit=1", "/objectives/{one}/comments/", "/objectives/{one}/"):
        page = page_for(scene, client_of, "Mira", path)
        assert "only its owner reads this" in page
        assert "teammates read this" not in page
