"""The last act: what we will remember, who helps whom, who thanks whom, and nothing that not all may read."""

import re
from datetime import date, timedelta
from uuid import uuid4

import pytest

from checkins.actions import cheers, sessions
from people.viewer import viewer_of
from tests.checkins.meeting import Meeting
from tests.checkins.reading import said
from tests.conftest import NOW
from tests.factories import (
    CheckInFactory,
    CheerFactory,
    ConfidenceFactory,
    KeyResultFactory,
    LineFactory,
    ObjectiveFactory,
    PromiseFactory,
)
from tests.factories.objectives import WEEK_46
from tests.factories.people import WEEK_47

pytestmark = pytest.mark.django_db
STAGE = "/teams/comets/celebration/"


class Evening(Meeting):
    """What they did, promised and said in week 47; the last act is on."""

    def __init__(self):
        super().__init__()
        self.weeks = {one.name: CheckInFactory(person=one, week_on=WEEK_47) for one in (self.ann, self.bo)}
        LineFactory(check_in=self.weeks["Ann"], text="Shipped the comet tail.")
        made = {"by": self.bo, "team": self.team}
        PromiseFactory(**made, to=self.ann, text="Read it twice", due_on=date(2026, 11, 25))
        PromiseFactory(**made, to=None, text="Bring cake", week_on=WEEK_46, state="KEPT")
        PromiseFactory(**made, to=self.cy, text="Fix the door", week_on=WEEK_46)
        PromiseFactory(**made, to=self.cy, text="HIDDEN let go", week_on=WEEK_46, state="RELEASED")
        CheerFactory(check_in=self.weeks["Ann"], by=self.cy, sign="THANKS", text="for the heavy paper")

    def thank(self, by, to, text):
        words = {"sign": "THANKS", "text": text, "client_key": uuid4(), "now": NOW}
        cheers.give_in_room(by=viewer_of(by), session=self.session, to=to, **words)

    def last_act(self):
        self.press(sessions.to_phase, self.ann, phase="THANKS")


@pytest.fixture
def evening(frozen):
    return Evening()


def act(client_of, person):
    return " ".join(said(client_of(person).get(STAGE)))


def test_the_last_act(evening, client_of):
    """P91: wins, who helps whom with a day, thanks, and who begins the next one."""
    evening.thank(evening.bo, evening.abby, "you stayed")
    evening.last_act()
    text = act(client_of, evening.cy)
    for words in (
        "The rest is Thursday.",
        "Next round: Friday, 27 November, ",
        "What we will remember Ann: Shipped the comet tail.",
        "Who helps whom Bo → helps Ann by Wednesday Read it twice",
        "Bo to Abby: you stayed",
        "Cy to Ann: for the heavy paper",
    ):
        assert words in text
    assert [words in text for words in ("Bring cake", "Fix the door", "HIDDEN")] == [False] * 3


def test_what_was_promised_last_time_comes_first(evening, client_of):
    """P90: beside the wins, kept ones first; what was let go is nobody's."""
    text = act(client_of, evening.cy)
    assert "Promised last time done: Bo → everyone: Bring cake not yet: Bo → Cy: Fix the door" in text
    assert ["Read it twice" in text, "HIDDEN" in text] == [False, False]


@pytest.mark.parametrize("audience", ["ONLY_ME", "MANAGER"])
def test_nothing_private_is_on_the_shared_screen(evening, client_of, audience):
    """Decisions 25: a promise that names it, before and after; not even to its owner. A control shows what may."""
    theirs = ObjectiveFactory(owner=evening.ann, audience=audience, title="HIDDEN title")
    part = KeyResultFactory(objective=theirs, title="HIDDEN part")
    ConfidenceFactory(key_result=part, week_on=WEEK_47, level=9, by=evening.ann)
    LineFactory(check_in=evening.weeks["Bo"], objective=theirs, text="HIDDEN line")
    made = {"by": evening.bo, "to": evening.ann, "team": evening.team, "text": "HIDDEN promise"}
    for week_on in (WEEK_46, WEEK_47):
        PromiseFactory(**made, objective=theirs, week_on=week_on)
        PromiseFactory(**made, key_result=part, week_on=week_on)
    for phase in ("WINS", "ROUNDS", "THANKS"):
        evening.press(sessions.to_phase, evening.ann, phase=phase)
        pages = [client_of(one).get(STAGE).text for one in (evening.ann, evening.bo, evening.cy)]
        assert ["HIDDEN" in page for page in pages] == [False] * 3
    type(theirs).objects.update(audience="MY_TEAMS")
    assert "HIDDEN promise" in client_of(evening.cy).get(STAGE).text


def test_everybody_sees_the_same(evening, client_of):
    evening.thank(evening.bo, evening.abby, "you stayed")
    evening.last_act()
    people = (evening.ann, evening.bo, evening.cy, evening.abby, evening.coach)
    stages = {client_of(one).get(STAGE, headers={"HX-Request": "true"}).text for one in people}
    assert len(stages) == 1


def test_an_empty_evening_says_what_to_do(frozen, client_of):
    meeting = Meeting()
    meeting.press(sessions.to_phase, meeting.ann, phase="THANKS")
    text = act(client_of, meeting.bo)
    for words in ("Say it out loud: one thing each.", "Promise it from your phone.", "Whom do you thank?"):
        assert words in text


def test_much_comes_in_parts_and_nothing_is_lost(evening, client_of):
    """What does not fit is the next part: never smaller type."""
    for number in range(12):
        at = {"at": NOW + timedelta(seconds=number)}
        PromiseFactory(by=evening.bo, to=None, team=evening.team, text=f"Promise-{number}- " + "long words " * 15, **at)
    evening.last_act()
    browser, seen = client_of(evening.cy), []
    first = browser.get(STAGE).text
    parts = int(re.search(r"1 of (\d+)", first)[1])
    for part in range(1, parts + 1):
        page = browser.get(f"{STAGE}?phase=THANKS&part={part}").text
        seen += re.findall(r"Promise-(\d+)-", page)
    assert (parts > 1, sorted(map(int, seen))) == (True, [*range(12)])
