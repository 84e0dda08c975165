"""Promises: made once, kept or let go by who made them, read by the team as far as it reads what they name."""

from datetime import date, timedelta
from functools import partial
from uuid import uuid4

import pytest

from activity.models import Event, Notice
from checkins.actions import promises
from checkins.actions.promises import Wording
from checkins.models import Promise
from core.errors import NotNow, NotYours, Stale
from objectives.actions import departures
from objectives.models import KeyResult, Objective
from people.models import Membership
from people.viewer import viewer_of
from tests.checkins.scenes import join, make_scene
from tests.conftest import NOW
from tests.factories import MembershipFactory, ObjectiveFactory, PromiseFactory, TeamFactory, UserFactory
from tests.factories.people import WEEK_47
from tests.people.racing import race

pytestmark = pytest.mark.django_db
WEDNESDAY = date(2026, 11, 25)


class Crew:
    """Mira, who could use a hand with her essays, Jonas and Priya beside her, and Kim of another team."""

    def __init__(self):
        scene = make_scene()
        self.team, self.mira, self.writer, self.essays = scene.team, scene.mira, scene.writer, scene.essays
        KeyResult.objects.update(hand="REVIEW")
        self.jonas, self.priya = join(self.team, "Jonas"), join(self.team, "Priya")
        self.kim = MembershipFactory(team=TeamFactory(name="Harbour"), user=UserFactory(name="Kim")).user

    def make(self, by, to=None, text="Read draft four", due_on=None, about=None, key=None, team=None, now=NOW):
        return promises.make(
            by=viewer_of(by), to=to, team=team or self.team, what=Wording(text, due_on), about=about,
            client_key=key or uuid4(), now=now,
        )  # fmt: skip


@pytest.fixture
def crew():
    return Crew()


def told():
    """What happened to promises, by its name, and who finds it among their notices."""
    rows = Event.objects.filter(subject_type="checkins.Promise").order_by("verb")
    return [(row.verb, sorted(row.notices.values_list("person__name", flat=True))) for row in rows]


def readers(promise, *people):
    return [one.name for one in people if Promise.objects.visible_to(viewer_of(one)).filter(pk=promise.pk).exists()]


def test_a_promise_is_kept_and_told_to_whom_it_is_for(crew):
    one = crew.make(crew.jonas, crew.mira, due_on=WEDNESDAY, about=crew.essays)
    fields = (
        "by",
        "to",
        "team",
        "kind",
        "text",
        "objective",
        "key_result",
        "due_on",
        "week_on",
        "at",
        "state",
        "origin",
    )
    assert Promise.objects.values_list(*fields).get() == (
        *(crew.jonas.pk, crew.mira.pk, crew.team.pk, "HELP", "Read draft four", None, crew.essays.pk, WEDNESDAY),
        *(WEEK_47, NOW, "OPEN", "PAGE"),
    )
    later = NOW + timedelta(days=1)
    promises.keep(by=viewer_of(crew.jonas), promise=one, now=later)
    assert Promise.objects.values_list("state", "state_at", "version").get() == ("KEPT", later, 2)
    assert told() == [("PROMISED", ["Mira"]), ("PROMISE_KEPT", ["Mira"])]
    event = Event.objects.get(verb="PROMISED")
    assert (event.team_id, event.data) == (crew.team.pk, {"to": crew.mira.pk})


def test_what_is_for_everyone_is_nobodys_notice(crew):
    one = crew.make(crew.jonas)
    promises.let_go(by=viewer_of(crew.jonas), promise=one, now=NOW)
    assert told() == [("PROMISED", []), ("PROMISE_RELEASED", [])]


def test_the_same_form_twice_is_one(crew):
    """CC-04."""
    key = uuid4()
    crew.make(crew.jonas, crew.mira, key=key)
    with pytest.raises(promises.MadeAlready):
        crew.make(crew.jonas, crew.mira, key=key)
    crew.make(crew.priya, crew.mira, key=key)
    assert (Promise.objects.count(), Notice.objects.count()) == (2, 2)


@pytest.mark.django_db(transaction=True)
def test_two_presses_at_once_make_one_promise():
    """CC-04, CC-15."""
    crew, key = Crew(), uuid4()
    press = partial(crew.make, crew.jonas, crew.mira, about=crew.essays, key=key)
    assert race(press, press) == ["MadeAlready", "done"]
    assert (Promise.objects.count(), Notice.objects.count()) == (1, 1)


@pytest.mark.django_db(transaction=True)
def test_kept_twice_at_once_is_told_once():
    """CC-04, CC-15."""
    crew = Crew()
    one = crew.make(crew.jonas, crew.mira)
    press = partial(promises.keep, by=viewer_of(crew.jonas), promise=one, now=NOW)
    assert race(press, press) == ["SoAlready", "done"]
    assert told() == [("PROMISED", ["Mira"]), ("PROMISE_KEPT", ["Mira"])]


@pytest.mark.django_db(transaction=True)
def test_kept_and_let_go_at_once_is_one_of_them():
    """CC-09, CC-15."""
    crew = Crew()
    one = crew.make(crew.jonas, crew.mira)
    ends = [partial(end, by=viewer_of(crew.jonas), promise=one, now=NOW) for end in (promises.keep, promises.let_go)]
    assert race(*ends) == ["NotNow", "done"]
    assert Event.objects.filter(verb__in=["PROMISE_KEPT", "PROMISE_RELEASED"]).count() == 1


def test_it_is_reworded_over_the_version_that_was_read(crew):
    """CC-01."""
    one, by = crew.make(crew.jonas, crew.mira), viewer_of(crew.jonas)
    promises.reword(by=by, promise=one, version=1, what=Wording("Read it twice", WEDNESDAY), now=NOW)
    with pytest.raises(Stale):
        promises.reword(by=by, promise=one, version=1, what=Wording("Never mind"), now=NOW)
    one.refresh_from_db()
    promises.reword(by=by, promise=one, version=2, what=Wording("Read it twice", WEDNESDAY), now=NOW)
    promises.keep(by=by, promise=one, now=NOW)
    with pytest.raises(NotNow):
        promises.reword(by=by, promise=one, version=4, what=Wording("More"), now=NOW)
    assert Promise.objects.values_list("text", "due_on", "version").get() == ("Read it twice", WEDNESDAY, 4)
    reworded = Event.objects.filter(verb="PROMISE_REWORDED").values_list("data", flat=True)
    assert [*reworded] == [{"fields": ["text", "due_on"]}]


def test_a_day_that_passed_may_stay_but_not_be_set(crew):
    one = PromiseFactory(by=crew.jonas, to=crew.mira, team=crew.team, due_on=date(2026, 11, 1))
    by = viewer_of(crew.jonas)
    promises.reword(by=by, promise=one, version=1, what=Wording("Still", one.due_on), now=NOW)
    for day in (date(2026, 11, 18), date(2027, 12, 1)):
        with pytest.raises(promises.PromiseInvalid):
            promises.reword(by=by, promise=one, version=2, what=Wording("Still", day), now=NOW)
        with pytest.raises(promises.PromiseInvalid):
            crew.make(crew.jonas, crew.mira, due_on=day)
    crew.make(crew.jonas, crew.mira, due_on=NOW.date())


def test_it_is_who_made_it_who_says_what_became_of_it(crew):
    one = crew.make(crew.jonas, crew.mira)
    for person in (crew.mira, crew.priya):
        for end in (promises.keep, promises.let_go, promises.take_up):
            with pytest.raises(NotYours):
                end(by=viewer_of(person), promise=one, now=NOW)
        with pytest.raises(NotYours):
            promises.reword(by=viewer_of(person), promise=one, version=1, what=Wording("No"), now=NOW)
    assert Promise.objects.values_list("state", "text").get() == ("OPEN", "Read draft four")


def test_what_was_let_go_is_taken_up_again(crew):
    one, by = crew.make(crew.jonas, crew.mira), viewer_of(crew.jonas)
    promises.let_go(by=by, promise=one, now=NOW)
    one.refresh_from_db()
    promises.take_up(by=by, promise=one, now=NOW)
    with pytest.raises(promises.SoAlready):
        promises.take_up(by=by, promise=one, now=NOW)
    assert told() == [("PROMISED", ["Mira"]), ("PROMISE_RELEASED", []), ("PROMISE_REOPENED", [])]


def test_turned_in_turn_it_is_told_once_and_only_what_is_news(crew):
    """What nobody has looked at yet is taken back with what it told; who has looked is told what stands now."""
    one, by = crew.make(crew.jonas, crew.mira), viewer_of(crew.jonas)

    def turn(*actions):
        for action in actions:
            action(by=by, promise=Promise.objects.get(pk=one.pk), now=NOW)
        waiting = Notice.objects.filter(person=crew.mira, read_at=None).exclude(event__verb="PROMISED")
        return [*waiting.values_list("event__verb", flat=True)]

    assert turn(promises.keep) == ["PROMISE_KEPT"]
    assert turn(promises.take_up, promises.keep, promises.take_up, promises.keep) == ["PROMISE_KEPT"]
    assert turn(promises.take_up, promises.let_go) == ["PROMISE_RELEASED"]
    assert turn(promises.take_up) == []
    turn(promises.keep)
    Notice.objects.update(read_at=NOW)
    assert turn(promises.take_up) == ["PROMISE_REOPENED"]
    assert turn(promises.keep) == []
    assert turn(promises.take_up) == ["PROMISE_REOPENED"]
    assert Event.objects.filter(verb="PROMISE_KEPT").count() == 5


@pytest.mark.parametrize("why", ["left", "closed", "dropped", "narrowed", "enough"])
def test_nothing_is_promised_where_nothing_can_come_of_it(crew, why):
    if why == "left":
        Membership.objects.filter(user=crew.mira).update(left_on=date(2026, 11, 18))
    elif why == "closed":
        type(crew.team).objects.update(closed_at=NOW)
    elif why == "dropped":
        KeyResult.objects.update(state="DROPPED", state_reason="No.")
    elif why == "narrowed":
        Objective.objects.update(audience="ONLY_ME")
    else:
        PromiseFactory.create_batch(20, by=crew.jonas, team=crew.team)
    before = Promise.objects.count()
    # who had opened the page before reads themselves as they were
    viewer = viewer_of(crew.jonas) if why != "closed" else None
    with pytest.raises((NotNow, NotYours)):
        promises.make(
            by=viewer or viewer_of(crew.jonas), to=crew.mira, team=crew.team, what=Wording("Help"), about=crew.essays,
            client_key=uuid4(), now=NOW,
        )  # fmt: skip
    assert (Promise.objects.count(), Event.objects.count()) == (before, 0)


def test_it_is_promised_among_teammates_and_not_to_oneself(crew):
    for by, to in ((crew.kim, crew.mira), (crew.mira, crew.mira), (crew.kim, None)):
        with pytest.raises(NotYours):
            crew.make(by, to)
    assert Promise.objects.count() == 0


def test_who_reads_a_promise(crew):
    """PRIV-09: the team; of what it names only those who may read that; and between two those two."""
    everybody = (crew.mira, crew.jonas, crew.priya, crew.kim)
    one = crew.make(crew.jonas, crew.mira)
    assert readers(one, *everybody) == ["Mira", "Jonas", "Priya"]
    about = crew.make(crew.jonas, crew.mira, about=crew.essays)
    assert readers(about, *everybody) == ["Mira", "Jonas", "Priya"]
    Objective.objects.update(audience="ONLY_ME")
    assert readers(about, *everybody) == ["Mira", "Jonas"]
    two = PromiseFactory(by=crew.kim, to=crew.mira)
    assert readers(two, *everybody) == ["Mira", "Kim"]
    KeyResult.objects.update(deleted_at=NOW)
    assert readers(about, *everybody) == ["Jonas"]
    Membership.objects.filter(user=crew.priya).update(left_on=date(2026, 11, 18))
    assert readers(one, *everybody) == ["Mira", "Jonas"]


ROOM = {
    "MY_TEAMS": True,
    "EVERYONE": True,
    "MANAGER": False,
    "ONLY_ME": False,
}


@pytest.mark.parametrize(("audience", "is_shown"), ROOM.items())
@pytest.mark.parametrize("named", ["objective", "key_result"])
def test_what_a_team_looks_at_together_shows_what_all_may_read(crew, audience, is_shown, named):
    """Decisions 25; guarantees, the leak roads: not even to those who may read it."""
    Objective.objects.update(audience=audience)
    thing = {"objective": crew.writer} if named == "objective" else {"key_result": crew.essays}
    one = PromiseFactory(by=crew.jonas, to=crew.mira, team=crew.team, **thing)
    assert [*Promise.objects.for_the_room()] == ([one] if is_shown else [])


def test_what_another_team_alone_reads_is_not_shown_to_the_room(crew):
    """A promise within Accelerator about what only Harbour reads; about a draft; about what its owner left with."""
    harbour = TeamFactory(name="Port")
    for fields in (
        {"kind": "TEAM", "team": harbour, "audience": "TEAM"},
        {"state": "DRAFT", "audience": "EVERYONE", "team": crew.team},
        {"owner": crew.kim, "audience": "MY_TEAMS"},
        {"audience": "EVERYONE", "deleted_at": NOW},
    ):
        PromiseFactory(by=crew.jonas, to=crew.mira, team=crew.team, objective=ObjectiveFactory(**fields))
    assert [*Promise.objects.for_the_room()] == []
    gone = PromiseFactory(by=crew.priya, to=crew.mira, team=crew.team)
    assert [*Promise.objects.for_the_room()] == [gone]
    Membership.objects.filter(user=crew.priya).update(left_on=date(2026, 11, 18))
    assert [*Promise.objects.for_the_room()] == []


def test_who_is_named_keeps_what_somebody_had_promised(crew):
    """Decisions 5: where they are in the team and read it; what is for them, or private, stays as it is."""
    ada = UserFactory(name="Ada", is_site_admin=True)
    hidden = ObjectiveFactory(owner=crew.mira, audience="ONLY_ME")
    made = {"by": crew.jonas, "team": crew.team}
    PromiseFactory(**made, to=crew.mira, text="Goes")
    PromiseFactory(**made, to=crew.priya, text="For them")
    PromiseFactory(**made, to=crew.mira, text="Private", objective=hidden)
    PromiseFactory(**made, to=crew.mira, text="Kept", state="KEPT")
    PromiseFactory(by=crew.jonas, to=crew.mira, text="Between two")
    departures.switch_off(by=viewer_of(ada), person=crew.jonas, successor=crew.priya, now=NOW)
    kept_by = dict(Promise.objects.values_list("text", "by__name"))
    assert kept_by == {
        "Goes": "Priya",
        "For them": "Jonas",
        "Private": "Jonas",
        "Kept": "Jonas",
        "Between two": "Jonas",
    }
    assert told() == [("PROMISE_HANDED_OVER", ["Mira", "Priya"])]


def test_nobody_named_nobody_keeps_it(crew):
    one = PromiseFactory(by=crew.jonas, to=crew.mira, team=crew.team)
    ada = UserFactory(name="Ada", is_site_admin=True)
    departures.switch_off(by=viewer_of(ada), person=crew.jonas, successor=None, now=NOW)
    assert (Promise.objects.get().by, [*Promise.objects.for_the_room()], told()) == (crew.jonas, [], [])
    assert Promise.objects.get() == one
