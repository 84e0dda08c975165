"""Silence is never green: the owner is asked after two weeks, the board is grey after four (P79)."""

from datetime import UTC, date, datetime

import pytest

from checkins import rules
from core.calendar import Week
from tests.checkins.reading import said
from tests.checkins.scenes import make_scene
from tests.factories import (
    AbsenceFactory,
    ConfidenceFactory,
    KeyResultFactory,
    MembershipFactory,
    ObjectiveFactory,
    UserFactory,
    ValueFactory,
)
from tests.factories.people import WEEK_47

SEPTEMBER = datetime(2026, 9, 20, 8, tzinfo=UTC)


def week(number: int) -> Week:
    return Week.parse(f"2026-W{number}")


@pytest.mark.parametrize(
    ("since", "away", "expected"),
    [(47, [], 0), (48, [], 0), (46, [], 1), (44, [], 3), (44, [45], 2), (44, [43, 47], 3), (44, [44, 45, 46], 0)],
)
def test_weeks_of_silence(since, away, expected):
    assert rules.silence(week(since), at=week(47), away={week(number) for number in away}) == expected


@pytest.fixture
def scene(frozen):
    """Mira's writer is active since before the quarter began; the essays were last logged in week 46."""
    scene = make_scene()
    scene.writer.state_at = SEPTEMBER
    scene.writer.save(update_fields=["state_at"])
    return scene


def key_result(scene, title: str, last: int | None, **about):
    row = KeyResultFactory(
        **({"objective": scene.writer, "title": title, "created_at": SEPTEMBER, "target": 10} | about)
    )
    if last is not None:
        ConfidenceFactory(key_result=row, week_on=week(last).monday, level=9)
    return row


def asked(page) -> list[str]:
    lines = said(page)
    start = lines.index("Keep, change or let go?")
    return lines[start + 1 : lines.index("My objectives")]


@pytest.mark.django_db
def test_who_was_silent_for_two_weeks_is_asked_and_nobody_else(scene, client_of):
    jonas = UserFactory(name="Jonas")
    MembershipFactory(team=scene.team, user=jonas)
    quiet = key_result(scene, "Two weeks", 44)
    key_result(scene, "One week", 45)
    key_result(scene, "Never", None)
    key_result(scene, "New", None, created_at=datetime(2026, 11, 10, tzinfo=UTC))
    key_result(scene, "Given up", 41, state="DROPPED", state_reason="No.")
    key_result(scene, "Of Jonas", 41, owner=jonas)
    ValueFactory(key_result=key_result(scene, "Reached", 41), amount=10)
    draft = ObjectiveFactory(owner=scene.mira, state="DRAFT", state_at=SEPTEMBER)
    key_result(scene, "Of a draft", None, objective=draft)
    page = client_of(scene.mira).get("/")
    ways = "Keep it: log it {0} · change it {0} · let it go {0}"
    assert asked(page) == [
        f"Never silent for seven weeks {ways.format('Never')}",
        f"Two weeks silent for two weeks {ways.format('Two weeks')}",
    ]
    assert f"/key-results/{quiet.pk}/drop/" in page.content.decode()
    assert "silent for" not in " ".join(said(client_of(jonas).get("/teams/accelerator/")))


@pytest.mark.django_db
def test_weeks_away_are_no_silence_of_mine(scene, client_of):
    key_result(scene, "Two weeks", 44)
    AbsenceFactory(user=scene.mira, first_on=date(2026, 11, 2), last_on=date(2026, 11, 6))
    assert "Keep, change or let go?" not in said(client_of(scene.mira).get("/"))


@pytest.mark.django_db
def test_three_are_asked_about_at_once(scene, client_of):
    for last in (40, 41, 42, 43):
        key_result(scene, f"Last in {last}", last)
    lines = [line.partition(" silent")[0] for line in asked(client_of(scene.mira).get("/"))]
    assert lines == ["Last in 40", "Last in 41", "Last in 42"]


@pytest.mark.django_db
def test_after_four_weeks_the_board_is_grey_and_says_why(scene, client_of):
    key_result(scene, "Four", 42, position=1)
    key_result(scene, "Three", 43, position=2)
    ValueFactory(key_result=key_result(scene, "Reached", 41, position=3), amount=10)
    page = client_of(scene.mira).get("/teams/accelerator/")
    lines = [line for line in said(page) if "Confidence" in line or "no word" in line]
    assert lines == [
        "Essays 2 of 6 essays · 33 % Confidence 5/10",
        "Four 0 of 10 · 0 % · no word for 4 weeks Confidence 9/10",
        "Three 0 of 10 · 0 % Confidence 9/10",
        "Reached 10 of 10 · ✓ reached Confidence 9/10",
    ]
    assert page.content.decode().count('class="quiet"') == 1
    ConfidenceFactory(key_result=scene.writer.key_results.get(title="Four"), week_on=WEEK_47, level=4)
    assert 'class="quiet"' not in client_of(scene.mira).get("/teams/accelerator/").content.decode()
