"""What a retro chooses, what its people answer, its summary, and the machine that moves it."""

from datetime import date, timedelta

import pytest

from activity.models import Event, Notice
from checkins.actions import clocks, sessions
from checkins.actions.promises import PromiseInvalid, SoAlready, Wording
from checkins.models import Promise, Turn
from core.errors import NotNow, NotYours
from people.viewer import viewer_of
from retros.actions import choices, retros
from retros.actions.choices import Chosen
from retros.models import Answer, Choice, Retro
from retros.rows.choices import answers_told
from retros.rules.retros import Working, told
from tests.checkins.scenes import join
from tests.conftest import NOW
from tests.factories import QuarterFactory
from tests.retros.looking_back import LookingBack, change

pytestmark = pytest.mark.django_db
STOP = Choice.Kind.STOP


def test_two_changes_and_one_stop_each_in_somebodys_care():
    """P104, P105: they are promises to everyone, of those who keep them, and wait at home."""
    scene = LookingBack(phase="DECIDE")
    say = {"by": viewer_of(scene.ann), "retro": scene.retro, "now": NOW}
    for keeper, text in ((scene.bo, "Review in week six"), (scene.ann, "A place for each number")):
        choices.choose(**say, **change(keeper, text))
    choices.choose(**say, **change(scene.cy, "Counting subscribers", STOP))
    for kind in (Choice.Kind.CHANGE, STOP):
        with pytest.raises(NotNow, match="Fewer things"):
            choices.choose(**say, **change(scene.cy, "One more", kind))
    rows = Promise.objects.order_by("at", "text").values_list("by__name", "text", "kind", "origin", "to", "due_on")
    due = date(2027, 2, 8)
    assert sorted(rows) == [
        ("Ann", "A place for each number", "ACTION", "RETRO", None, due),
        ("Bo", "Review in week six", "ACTION", "RETRO", None, due),
        ("Cy", "Stop: Counting subscribers", "ACTION", "RETRO", None, due),
    ]
    assert {row.person.name for row in Notice.objects.select_related("person")} == {"Bo", "Cy"}
    assert [row.text for row in Promise.objects.by_one(viewer_of(scene.bo)).open()] == ["Review in week six"]


def test_only_whoever_leads_writes_down_what_is_chosen_and_only_then():
    scene = LookingBack(phase="DISCUSS")
    with pytest.raises(NotNow):
        choices.choose(by=viewer_of(scene.ann), retro=scene.retro, now=NOW, **change(scene.bo, "Too soon"))
    scene.go("DECIDE")
    for person in (scene.bo, scene.kim):
        with pytest.raises(NotYours):
            choices.choose(by=viewer_of(person), retro=scene.retro, now=NOW, **change(scene.bo, "Mine"))
    with pytest.raises(NotNow, match="Kim is not in this team"):
        choices.choose(by=viewer_of(scene.ann), retro=scene.retro, now=NOW, **change(scene.kim, "Theirs"))
    late = change(scene.bo, "Late")
    late["chosen"] = Chosen(Choice.Kind.CHANGE, scene.bo, Wording("Late", date(2026, 1, 1)))
    with pytest.raises(PromiseInvalid):
        choices.choose(by=viewer_of(scene.ann), retro=scene.retro, now=NOW, **late)
    assert not Promise.objects.exists()


def test_the_same_form_twice_is_one_choice():
    """CC-04."""
    scene = LookingBack(phase="DECIDE")
    form = change(scene.bo, "Once")
    choices.choose(by=viewer_of(scene.ann), retro=scene.retro, now=NOW, **form)
    with pytest.raises(NotNow):
        choices.choose(by=viewer_of(scene.ann), retro=scene.retro, now=NOW, **form)
    assert (Choice.objects.count(), Promise.objects.count()) == (1, 1)


def test_what_is_not_chosen_after_all_is_owed_by_nobody():
    scene = LookingBack(phase="DECIDE")
    say = {"by": viewer_of(scene.ann), "retro": scene.retro, "now": NOW}
    choice = choices.choose(**say, **change(scene.bo, "Not this one"))
    with pytest.raises(NotYours):
        choices.drop(by=viewer_of(scene.bo), retro=scene.retro, choice=choice, now=NOW)
    choices.drop(**say, choice=choice)
    assert (Choice.objects.count(), Promise.objects.get().state) == (0, "RELEASED")
    again = choices.choose(**say, **change(scene.bo, "Another"))
    Promise.objects.filter(pk=again.promise_id).update(state="KEPT")
    with pytest.raises(SoAlready):
        choices.drop(**say, choice=again)


@pytest.mark.parametrize("many", [0, 4, 5, 7])
def test_answers_are_told_in_numbers_from_five_on(many):
    """PRIV-03."""
    said = [Working.YES, Working.NO, *[Working.PARTLY] * 5][:many]
    enough = {Working.YES: 1, Working.PARTLY: many - 2, Working.NO: 1}
    assert told(said) == (enough if many >= 5 else None)


def test_answers_are_told_when_it_is_over_and_then_no_more_are_taken():
    """PRIV-03: nobody sees a number change by one."""
    scene = LookingBack(phase="DECIDE")
    people = [scene.ann, scene.bo, scene.cy, scene.abby, scene.coach]
    for person in people:
        for working in (Working.NO, Working.YES):
            choices.answer(by=viewer_of(person), retro=scene.retro, working=working, sentence=f"As {person.name} says")
    assert Answer.objects.count() == 5
    end = {"by": viewer_of(scene.ann), "retro": scene.retro, "now": NOW}
    retros.end(**end, version=scene.retro.session.version)
    scene.move(sessions.go_on)
    with pytest.raises(NotNow, match="would tell who"):
        choices.answer(by=viewer_of(join(scene.team, "Dee")), retro=scene.retro, working=Working.NO, sentence="")
    shown = answers_told([*Answer.objects.all()])
    assert shown.numbers == (("yes", 5), ("partly", 0), ("no", 0))
    assert shown.sentences == tuple(sorted(f"As {person.name} says" for person in people))
    assert answers_told([*Answer.objects.all()[:4]]) is None
    assert not Answer.objects.visible_to(viewer_of(scene.kim)).exists()


def test_a_retro_that_ended_before_anybody_answered_still_takes_answers():
    """Nothing was told, so nothing is told by one more."""
    scene = LookingBack(phase="FACTS")
    end = {"by": viewer_of(scene.ann), "retro": scene.retro, "now": NOW}
    retros.end(**end, version=scene.retro.session.version)
    page = f"{scene.address}?phase=DECIDE"
    scene.move(sessions.go_on)
    scene.go("DECIDE")
    choices.answer(by=viewer_of(scene.bo), retro=scene.retro, working=Working.NO, sentence="")
    retros.end(**end, version=scene.retro.session.version)
    scene.move(sessions.go_on)
    with pytest.raises(NotNow, match="would tell who"):
        choices.answer(by=viewer_of(scene.cy), retro=scene.retro, working=Working.NO, sentence="")
    assert "Fewer than five of you answered" in scene.client(scene.cy).get(page).text


def test_the_summary_is_for_all_once_it_is_published():
    """Row 34."""
    scene = LookingBack(phase="DECIDE")
    kim = viewer_of(scene.kim)
    lead = {"by": viewer_of(scene.ann), "retro": scene.retro, "now": NOW}
    with pytest.raises(NotNow):
        retros.publish(**lead, summary="Too soon")
    retros.end(**lead, version=scene.retro.session.version)
    assert not Retro.objects.shown_to(kim).exists()
    with pytest.raises(NotYours):
        retros.publish(by=viewer_of(scene.bo), retro=scene.retro, summary="Ours", now=NOW)
    retros.publish(**lead, summary="Fewer things")
    assert Retro.objects.shown_to(kim).get().summary == "Fewer things"
    assert not Retro.objects.visible_to(kim).exists()
    retros.keep_to_ourselves(**lead)
    assert not Retro.objects.shown_to(kim).exists()
    with pytest.raises(NotNow):
        retros.keep_to_ourselves(**lead)


def test_the_machine_gives_no_turns_and_a_clock_to_each_phase():
    """Decisions 38: the one of all sessions."""
    scene = LookingBack(phase="FACTS")
    sessions.be_there(by=viewer_of(scene.bo), session=scene.retro.session, now=NOW)
    assert not Turn.objects.exists()

    def press(how, **more):
        session = scene.retro.session
        how(by=viewer_of(scene.ann), session=session, version=session.version, now=NOW, **more)
        return scene.retro.session.timer

    assert press(clocks.set_seconds, seconds=600).until == NOW + timedelta(minutes=10)
    assert press(clocks.pause).left == 600
    assert press(clocks.run).until == NOW + timedelta(minutes=10)
    scene.move(sessions.ahead)
    timer = scene.retro.session.timer
    assert (timer.until, timer.left, timer.seconds) == (None, None, 600)
    scene.go("DISCUSS")
    press(clocks.run)
    scene.move(sessions.ahead, parts=3)
    assert (scene.retro.session.part, scene.retro.session.timer.until) == (1, NOW + timedelta(minutes=10))


def test_writing_may_take_several_days():
    scene = LookingBack()
    say = {"retro": scene.retro, "now": NOW}
    with pytest.raises(NotYours):
        retros.write_until(by=viewer_of(scene.bo), day=date(2026, 11, 23), **say)
    with pytest.raises(NotNow):
        retros.write_until(by=viewer_of(scene.ann), day=date(2026, 11, 1), **say)
    retros.write_until(by=viewer_of(scene.ann), day=date(2026, 11, 23), **say)
    assert scene.retro.writing_until == date(2026, 11, 23)
    assert Event.objects.filter(verb="WRITING_SET").count() == 1


def test_one_end_is_looked_back_at_once():
    """A half-year ends with its last quarter."""
    scene = LookingBack()
    half = QuarterFactory(slug="2026-H2", length="HALF", first_on=date(2026, 7, 1), ends_on=date(2027, 1, 1))
    with pytest.raises(NotNow, match="2026-Q4"):
        retros.begin(by=viewer_of(scene.ann), team=scene.team, quarter=half, now=NOW)
