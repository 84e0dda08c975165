"""Growth records that are shared: with whom their owner names, as long as they say, and nobody else."""

from datetime import UTC, date, datetime, timedelta
from functools import partial

import pytest
import time_machine

from activity.models import Event, Notice
from core.errors import NotYours
from objectives.actions import record_shares as actions
from objectives.actions.erasing import erase
from objectives.models import RecordShare
from people.viewer import viewer_of
from tests.factories import (
    CheckInFactory,
    GradeFactory,
    KeyResultFactory,
    LineFactory,
    MembershipFactory,
    RecordShareFactory,
    ReviewFactory,
    TeamFactory,
    UserFactory,
)
from tests.objectives.crew import make_crew, sentence
from tests.people.doors import sign_in, words_of
from tests.people.racing import race

pytestmark = pytest.mark.django_db
LATER = datetime(2027, 1, 12, 10, 0, tzinfo=UTC)  # 2026-Q4 is over
SHARING = "/growth/sharing/"


@pytest.fixture
def crew():
    return make_crew()


@pytest.fixture(autouse=True)
def later():
    with time_machine.travel(LATER, tick=False) as clock:
        yield clock


def page(person, url, status=200):
    answer = sign_in(person.email)[0].get(url)
    assert answer.status_code == status
    return words_of(answer.content.decode())


def graded(objective, tenths=7, lesson="", **fields):
    return GradeFactory(key_result=KeyResultFactory(objective=objective, **fields), tenths=tenths, lesson=lesson)


def test_somebody_is_named_is_told_once_reads_it_and_reads_it_no_more(crew):
    graded(crew.objective(title="Become a writer", audience="EVERYONE"), lesson="The slow draft was forwarded.")
    browser = sign_in(crew.mira.email)[0]
    found = words_of(browser.get(SHARING).content.decode())
    assert "Nobody else reads it." in found
    assert "1 objective today, with grades, lessons and evidence" in found
    assert "your manager is Elif" in found
    answer = browser.post(SHARING, {"reader": "Nora"}, follow=True)
    assert "Nora until you take it back · without what you keep for few" in words_of(answer.content.decode())
    share = RecordShare.objects.get()
    url = f"/growth/records/{share.pk}/"
    assert "Mira shares their growth record with you" in page(crew.nora, "/notices/")
    assert "Mira since 12 Jan" in page(crew.nora, "/growth/records/")
    assert "Become a writer 2026-Q4" in page(crew.nora, url)
    assert "“The slow draft was forwarded.”" in page(crew.nora, url)
    assert "It is read by: Nora." in page(crew.mira, "/growth/record/")
    assert "As Nora sees it." in page(crew.mira, url)
    for other in (crew.elif_, crew.jonas):
        page(other, url, 404)
        assert "Nobody shares theirs with you" in page(other, "/growth/records/")
    browser.post(SHARING, {"reader": "Nora", "with_private": "on"})
    assert Notice.objects.filter(person=crew.nora).count() == 1
    answer = browser.post(f"/growth/sharing/{share.pk}/return/", follow=True)
    assert "Nora does not read it any more." in words_of(answer.content.decode())
    page(crew.nora, url, 404)
    assert "Mira" not in page(crew.nora, "/notices/").replace("Mira Okafor", "")
    assert "Nobody else can open it." in page(crew.mira, "/growth/record/")
    told = Event.objects.about(share).values_list("verb", "by", "data")
    assert sorted(verb for verb, _by, _data in told) == ["RECORD_SHARED", "RECORD_SHARING_CHANGED", "RECORD_TAKEN_BACK"]
    assert {(by, data["reader"]) for _verb, by, data in told} == {(crew.mira.pk, crew.nora.pk)}


def test_what_is_for_few_is_in_it_only_where_its_owner_says_so(crew):
    """And what a team keeps to itself never is: that is not the owner's to give."""
    mine = {
        audience: graded(crew.objective(title=f"Goal {audience}", audience=audience))
        for audience in ("ONLY_ME", "MANAGER", "MY_TEAMS", "EVERYONE")
    }
    graded(crew.team_objective(title="Goal of us", audience="TEAM"))
    graded(crew.team_objective(title="Goal for all"))
    graded(crew.objective(title="Goal gone", audience="EVERYONE", deleted_at=LATER))
    share = RecordShareFactory(owner=crew.mira, reader=crew.nora)
    url = f"/growth/records/{share.pk}/"
    titles = [*(f"Goal {audience}" for audience in mine), "Goal of us", "Goal for all", "Goal gone"]

    def shown(person=crew.nora):
        found = page(person, url)
        return [title for title in titles if title in found]

    assert shown() == shown(crew.mira) == ["Goal MY_TEAMS", "Goal EVERYONE", "Goal for all"]
    share.with_private = True
    share.save()
    assert shown() == ["Goal ONLY_ME", "Goal MANAGER", "Goal MY_TEAMS", "Goal EVERYONE", "Goal for all"]
    share.with_private, share.reader = False, crew.elif_
    share.save()
    assert shown(crew.elif_) == ["Goal MANAGER", "Goal MY_TEAMS", "Goal EVERYONE", "Goal of us", "Goal for all"]
    assert "2 of them you keep to yourself, or to you and your manager" in page(crew.mira, SHARING)


def test_others_words_and_the_way_there_stay_where_its_reader_may_read_them(crew):
    writing = crew.objective(title="Become a writer", audience="MY_TEAMS")
    graded(writing, lesson="Mine to tell", owner=crew.mira)
    graded(writing, lesson="Jonas told this", owner=crew.jonas)
    ReviewFactory(objective=writing, achieved="Jonas says so", by=crew.jonas)
    week = CheckInFactory(person=crew.mira)
    LineFactory(check_in=week, objective=writing, kind="DID", text="Merged https://git.example/ship/pull/12 for Rosa")
    said = CheckInFactory(person=crew.jonas)
    LineFactory(check_in=said, objective=writing, kind="DID", text="See https://git.example/ship/pull/55")
    begun = CheckInFactory(person=crew.mira, week_on=date(2026, 11, 2), done_at=None)
    LineFactory(check_in=begun, objective=writing, kind="DID", text="https://git.example/ship/pull/77, not given yet")
    share = RecordShareFactory(owner=crew.mira, reader=crew.nora)
    url = f"/growth/records/{share.pk}/"
    answer = sign_in(crew.nora.email)[0].get(url)
    found = words_of(answer.content.decode())
    assert "“Mine to tell” Evidence: ship#12" in found
    for words in ("Jonas", "Rosa", "#55", "#77"):
        assert words not in found
    assert f"/objectives/{writing.pk}/" not in answer.content.decode()
    MembershipFactory(team=crew.team, user=crew.nora)
    answer = sign_in(crew.nora.email)[0].get(url)
    found = words_of(answer.content.decode())
    assert "Jonas says so" in found
    assert "“Jonas told this”" in found
    assert f"/objectives/{writing.pk}/" in answer.content.decode()


def test_the_last_day_is_its_owners(crew, later):
    """On Kiritimati it ends while it is still that day in London."""
    type(crew.mira).objects.filter(pk=crew.mira.pk).update(zone="Pacific/Kiritimati")
    share = RecordShareFactory(owner=crew.mira, reader=crew.nora, until_on=date(2027, 1, 13))
    url = f"/growth/records/{share.pk}/"
    assert "until the end of Wednesday, 13 January" in page(crew.nora, "/growth/records/")
    later.move_to(datetime(2027, 1, 13, 9, 59, tzinfo=UTC))
    page(crew.nora, url)
    later.move_to(datetime(2027, 1, 13, 10, 0, tzinfo=UTC))
    page(crew.nora, url, 404)
    assert "Nobody shares theirs with you" in page(crew.nora, "/growth/records/")
    assert "until 13 Jan: over" in page(crew.mira, SHARING)
    assert "Nobody else can open it." in page(crew.mira, "/growth/record/")


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"reader": ""}, "Say whom you mean."),
        ({"reader": "Mira"}, "You read it already. Name somebody else."),
        ({"reader": "Nobody Here"}, "Nobody here goes by that name."),
        ({"reader": "Gone"}, "Nobody here goes by that name."),
        ({"reader": "Nora", "until_on": "2027-01-11"}, "That day is over. Say a later one, or none."),
        ({"reader": "Nora", "until_on": "soon"}, "That is not a day of the calendar. 2026-11-30 is one."),
    ],
)
def test_to_whom_and_until_when_is_said_so_that_it_can_be(crew, typed, told):
    UserFactory(name="Gone", switched_off_at=LATER)
    answer = sign_in(crew.mira.email)[0].post(SHARING, typed)
    assert (answer.status_code, told in words_of(answer.content.decode())) == (422, True)
    assert RecordShare.objects.count() == 0


def test_it_is_its_owners_to_give_and_to_take_back(crew):
    share = RecordShareFactory(owner=crew.mira, reader=crew.nora)
    told = sentence(NotYours, actions.take_back, by=viewer_of(crew.nora), share=share, now=LATER)
    assert told == "Who gave you to read it takes it back."
    gone = {"reader": crew.nora, "until_on": None, "with_private": False, "now": LATER}
    type(crew.nora).objects.filter(pk=crew.nora.pk).update(switched_off_at=LATER)
    crew.nora.refresh_from_db()
    assert (
        sentence(actions.ShareInvalid, actions.give, by=viewer_of(crew.mira), **gone)
        == "Nobody here goes by that name."
    )
    for _press in range(2):
        actions.take_back(
            by=viewer_of(crew.mira), share=RecordShare(pk=share.pk, owner=crew.mira, reader=crew.nora), now=LATER
        )
    assert Event.objects.filter(verb="RECORD_TAKEN_BACK").count() == 1


def test_of_who_left_nothing_is_read_for_they_could_not_take_it_back(crew):
    share = RecordShareFactory(owner=crew.mira, reader=crew.nora)
    type(crew.mira).objects.filter(pk=crew.mira.pk).update(switched_off_at=LATER)
    page(crew.nora, f"/growth/records/{share.pk}/", 404)
    assert "Nobody shares theirs with you" in page(crew.nora, "/growth/records/")


def test_what_its_owner_no_longer_reads_is_not_on_it_and_erasing_a_reader_ends_it(crew):
    graded(crew.team_objective(title="Goal of us", audience="TEAM"))
    share = RecordShareFactory(owner=crew.mira, reader=crew.jonas)
    url = f"/growth/records/{share.pk}/"
    assert "Goal of us" in page(crew.jonas, url)
    crew.mira.memberships.update(left_on=LATER.date() - timedelta(days=1))
    assert "Nothing stands on it yet" in page(crew.jonas, url)
    MembershipFactory(team=TeamFactory(), user=crew.jonas)
    erase(crew.jonas)
    assert RecordShare.objects.count() == 0


def test_its_queries_are_as_many_for_much_as_for_little(crew, django_assert_num_queries):
    share = RecordShareFactory(owner=crew.mira, reader=crew.nora, with_private=True)
    browser = sign_in(crew.nora.email)[0]
    for number in (1, 4):
        for _one in range(number):
            graded(crew.objective(audience="ONLY_ME"))
        with django_assert_num_queries(9):
            assert browser.get(f"/growth/records/{share.pk}/").status_code == 200


def test_a_year_of_it_is_asked_for_as_of_ones_own(crew):
    graded(crew.objective(title="A new one", audience="EVERYONE"))
    share = RecordShareFactory(owner=crew.mira, reader=crew.nora)
    url = f"/growth/records/{share.pk}/"
    assert "A new one" in page(crew.nora, f"{url}?year=2026")
    page(crew.nora, f"{url}?year=2025", 404)


@pytest.mark.django_db(transaction=True)
def test_two_presses_at_once_give_it_once_and_tell_once():
    """CC-04, CC-15."""
    crew = make_crew()
    press = partial(
        actions.give, by=viewer_of(crew.mira), reader=crew.nora, until_on=None, with_private=False, now=LATER
    )
    assert race(press, press) == ["done", "done"]
    assert (RecordShare.objects.count(), Notice.objects.count()) == (1, 1)
