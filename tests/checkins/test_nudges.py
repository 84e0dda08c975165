"""A friendly note: from a teammate, once a week, to them alone, and never a list of who is missing."""

from datetime import date
from functools import partial

import pytest

from activity.models import Notice
from checkins.actions import nudges
from checkins.models import Nudge
from core.calendar import Week
from core.errors import NotNow, NotYours
from people.viewer import viewer_of
from tests.checkins.reading import said
from tests.checkins.scenes import make_scene
from tests.conftest import NOW
from tests.factories import AbsenceFactory, CheckInFactory, MembershipFactory, NudgeFactory, TeamFactory, UserFactory
from tests.factories.people import WEEK_47
from tests.people.racing import race

pytestmark = pytest.mark.django_db
BOARD = "/teams/accelerator/"
PRESS = "Send a friendly note to Jonas"


class Crew:
    """Mira and Jonas of Accelerator, whose weeks are not in, and Kim beside it."""

    def __init__(self):
        self.team, self.mira = make_scene().team, None
        self.mira = self.team.memberships.get().user
        self.jonas, self.kim = UserFactory(name="Jonas"), UserFactory(name="Kim")
        self.member = MembershipFactory(team=self.team, user=self.jonas)

    def nudge(self, by, week_on=WEEK_47):
        nudges.nudge(by=viewer_of(by), member=self.member, week=Week(week_on), now=NOW)


@pytest.fixture
def crew():
    return Crew()


def test_a_press_on_the_board_leaves_one_note(crew, client_of, frozen):
    mira, jonas = client_of(crew.mira), client_of(crew.jonas)
    assert PRESS in said(mira.get(BOARD))
    page = mira.post(f"{BOARD}people/jonas/nudge/", follow=True)
    assert "Jonas finds a friendly note from you." in page.text
    assert (PRESS in said(page), "nobody is in yet · has a friendly note" in page.text) == (False, False)
    assert (
        "not logged yet · has a friendly note" in page.text or "nothing shared yet · has a friendly note" in page.text
    )
    assert "says: there is still time to log week 47" in " ".join(said(jonas.get("/notices/")))
    notice = Notice.objects.get()
    assert jonas.post(f"/notices/{notice.pk}/opening/").headers["Location"].startswith("/check-in/")


def test_it_is_gone_once_the_week_is_in(crew, client_of, frozen):
    crew.nudge(crew.mira)
    jonas = client_of(crew.jonas)
    assert "still time" in jonas.get("/notices/").text
    CheckInFactory(person=crew.jonas, week_on=WEEK_47)
    assert "still time" not in jonas.get("/notices/").text
    assert "friendly note" not in client_of(crew.mira).get(BOARD).text


def test_a_second_one_in_a_week_is_none_whoever_presses(crew, client_of, frozen):
    elif_ = UserFactory(name="Elif")
    MembershipFactory(team=crew.team, user=elif_, role="LEAD")
    crew.nudge(crew.mira)
    page = client_of(elif_).post(f"{BOARD}people/jonas/nudge/", follow=True)
    assert "Jonas has a friendly note for this week." in page.text
    assert (Nudge.objects.count(), Notice.objects.count()) == (1, 1)
    crew.nudge(crew.mira, date(2026, 11, 23))
    assert Nudge.objects.count() == 2


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (lambda crew: CheckInFactory(person=crew.jonas, week_on=WEEK_47), "The week of Jonas is in."),
        (
            lambda crew: AbsenceFactory(user=crew.jonas, first_on=date(2026, 11, 16), last_on=date(2026, 11, 30)),
            "Jonas is away.",
        ),
        (
            lambda crew: type(crew.member).objects.filter(pk=crew.member.pk).update(left_on=date(2026, 11, 18)),
            "Jonas is not in this team any more.",
        ),
    ],
    ids=["in", "away", "left"],
)
def test_who_is_waited_for_no_more_is_not_reminded(crew, given, words):
    given(crew)
    with pytest.raises(NotNow) as refused:
        crew.nudge(crew.mira)
    assert (str(refused.value), Nudge.objects.count(), Notice.objects.count()) == (words, 0, 0)


def test_it_comes_from_a_teammate(crew, client_of, frozen):
    """Guarantees, row 24: who is not in is for the team itself; nobody reminds themselves."""
    for person in (crew.kim, crew.jonas):
        with pytest.raises(NotYours):
            crew.nudge(person)
    assert client_of(crew.kim).post(f"{BOARD}people/jonas/nudge/").status_code == 403
    assert PRESS not in said(client_of(crew.kim).get(BOARD))
    assert PRESS not in said(client_of(crew.jonas).get(BOARD))
    assert client_of(crew.mira).post(f"{BOARD}people/kim/nudge/").status_code == 404
    assert Nudge.objects.count() == 0


def test_nobody_else_is_told_of_it(crew):
    """PRIV-09: its person, their teammates, and nobody beside the team."""
    other = MembershipFactory(team=TeamFactory(), user=UserFactory()).user
    note = NudgeFactory(person=crew.jonas, by=crew.mira)
    readers = [crew.mira, crew.jonas, crew.kim, other]
    assert [Nudge.objects.visible_to(viewer_of(one)).filter(pk=note.pk).exists() for one in readers] == [
        True, True, False, False,
    ]  # fmt: skip


@pytest.mark.django_db(transaction=True)
def test_two_presses_at_once_leave_one_note(frozen):
    """CC-04, CC-15."""
    crew = Crew()
    elif_ = UserFactory(name="Elif")
    MembershipFactory(team=crew.team, user=elif_)
    presses = [partial(crew.nudge, crew.mira), partial(crew.nudge, elif_)]
    assert race(*presses) == ["NudgedAlready", "done"]
    assert (Nudge.objects.count(), Notice.objects.count()) == (1, 1)
