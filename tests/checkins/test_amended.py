"""What was changed while it ran shows on the board in that week and the one after (P77)."""

from datetime import date

import pytest

from core.calendar import Week
from objectives.models import Amendment, KeyResult
from tests.checkins.reading import said
from tests.checkins.scenes import make_scene
from tests.factories import AmendmentFactory, MembershipFactory, UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
BOARD = "/teams/accelerator/"
LINE = "Essays 2 of 6 essays · 33 %"


@pytest.fixture
def scene(frozen):
    return make_scene()


def line(client, path=BOARD):
    (found,) = [one for one in said(client.get(path)) if one.startswith("Essays")]
    return found


@pytest.mark.parametrize(
    ("changed", "tag"),
    [(["W45"], ""), (["W46"], " ◇ changed in week 46"), (["W47"], " ◇ changed in week 47"),
     (["W46", "W47"], " ◇ changed in week 47"), (["W40", "W44"], "")],
)  # fmt: skip
def test_the_board_tells_of_it_for_two_weeks(scene, client_of, changed, tag):
    for number, week in enumerate(changed, 1):
        AmendmentFactory(key_result=scene.essays, number=number, week_on=Week.parse(f"2026-{week}").monday)
    jonas = UserFactory(name="Jonas")
    MembershipFactory(team=scene.team, user=jonas)
    for person in (scene.mira, jonas):
        assert line(client_of(person)) == f"{LINE}{tag} Confidence 5/10"


def test_a_dropped_one_and_a_draft_say_nothing_of_it(scene, client_of):
    AmendmentFactory(key_result=scene.essays, week_on=date(2026, 11, 16))
    KeyResult.objects.update(state="DROPPED", state_reason="No.")
    assert "◇" not in line(client_of(scene.mira))
    scene.writer.audience = "ONLY_ME"
    scene.writer.save(update_fields=["audience"])
    assert "Essays" not in client_of(scene.mira).get(BOARD).text
    assert Amendment.objects.exists()
