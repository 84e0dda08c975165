"""Bets on key results: made, reworded, settled with what was learned, moved and deleted with them (P24, P25)."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, transaction

from activity.models import Event
from core.errors import NotNow, NotYours, Stale
from objectives.actions import bets, key_results
from objectives.actions.bets import BetInvalid, BetSettled, Settling, Verdict
from objectives.models import Bet, KeyResult
from objectives.rules import Hypothesis, Stands
from people.viewer import viewer_of
from tests.conftest import NOW
from tests.factories import BetFactory, CoOwnerFactory, KeyResultFactory
from tests.objectives.crew import read
from tests.people.racing import race

pytestmark = pytest.mark.django_db
KEY = UUID("6f1b9d0e-5a55-4c39-9d8e-0d6b4c1f7a10")
ALOUD = Hypothesis("read it aloud", "nobody has")
OPEN, REFUTED = Verdict(Stands.OPEN), Verdict(Stands.REFUTED, "Somebody had")


@pytest.fixture
def part(crew):
    """Of Mira's own objective."""
    return KeyResultFactory(objective=crew.objective())


@pytest.fixture
def ours(crew):
    """Of the team's, which Mira answers for and Jonas logs."""
    return KeyResultFactory(objective=crew.team_objective(), owner=crew.jonas)


def make(person, part, what=ALOUD, key=None):
    return bets.make(by=viewer_of(person), key_result=read(part), what=what, client_key=key or uuid4(), now=NOW)


def change(person, bet, what=None, verdict=OPEN, version=None, now=NOW):
    row = Bet.objects.get(pk=bet.pk)
    said = {"what": what or Hypothesis(row.if_we, row.because), "verdict": verdict, "version": version or row.version}
    bets.change(by=viewer_of(person), key_result=read(row.key_result), bet=row, now=now, **said)


def settle(person, part, bet, verdict=REFUTED):
    rows = {part.pk: read(part)}
    with transaction.atomic():
        return bets.settle(by=viewer_of(person), rows=rows, said=[Settling(bet.pk, verdict)], now=NOW)


def stands(bet):
    row = Bet.objects.get(pk=bet.pk)
    return row.if_we, row.because, row.state, row.learned, row.settled_at, row.settled_by_id


def told(bet):
    return [*Event.objects.about(bet).order_by("at", "pk").values_list("verb", flat=True)]


def test_made_once_however_often_it_is_pressed(crew, part):
    """CC-04."""
    row = make(crew.mira, part, key=KEY)
    with pytest.raises(bets.MadeAlready):
        make(crew.mira, part, key=KEY)
    assert (row.by, row.at, stands(row)) == (crew.mira, NOW, ("read it aloud", "nobody has", "OPEN", "", None, None))
    assert told(row) == ["BET_MADE"]
    assert Bet.objects.count() == 1


def test_who_logs_it_and_who_words_it_bet(crew, ours):
    """Its owner, a co-owner and a lead word it; Jonas logs it; Nora reads it."""
    CoOwnerFactory(objective=ours.objective, user=crew.jonas)
    for person in (crew.mira, crew.jonas, crew.elif_):
        make(person, ours)
    with pytest.raises(NotYours, match="Whoever logs a key result or words its objective bets on it"):
        make(crew.nora, ours)
    assert Bet.objects.count() == 3


def test_who_has_left_the_team_bets_no_more(crew, ours):
    crew.team.memberships.filter(user=crew.jonas).update(left_on=NOW.date() - timedelta(days=1))
    with pytest.raises(NotYours):
        make(crew.jonas, ours)


def test_a_teammate_does_nothing_with_a_personal_one(crew, part):
    bet, gone = BetFactory(key_result=part), BetFactory(key_result=part, deleted_at=NOW)
    by = {"by": viewer_of(crew.jonas), "key_result": read(part), "now": NOW}
    for act in (
        lambda: make(crew.jonas, part),
        lambda: change(crew.jonas, bet, verdict=REFUTED),
        lambda: settle(crew.jonas, part, bet),
        lambda: bets.delete(bet=bet, **by),
        lambda: bets.restore(bet=gone, **by),
    ):
        with pytest.raises(NotYours):
            act()
    assert (stands(bet)[2], told(bet)) == ("OPEN", [])


@pytest.mark.parametrize("state", ["CLOSED", "DROPPED"])
def test_nobody_bets_on_what_is_over(crew, state):
    reason = {"state_reason": "No"} if state == "DROPPED" else {}
    over = KeyResultFactory(objective=crew.objective(state=state, **reason))
    gone = KeyResultFactory(objective=crew.objective(), deleted_at=NOW)
    dropped = KeyResultFactory(objective=crew.objective(), state="DROPPED", state_reason="No")
    for part in (over, gone, dropped):
        with pytest.raises(NotNow):
            make(crew.mira, part)
        with pytest.raises(NotNow):
            settle(crew.mira, part, BetFactory(key_result=part))


def test_settled_with_what_was_learned_and_opened_again(crew, part):
    bet = make(crew.mira, part)
    with pytest.raises(BetInvalid, match="what you learned"):
        change(crew.mira, bet, verdict=Verdict(Stands.CONFIRMED))
    change(crew.mira, bet, verdict=REFUTED)
    assert stands(bet)[2:] == ("REFUTED", "Somebody had", NOW, crew.mira.pk)
    change(crew.mira, bet, verdict=OPEN)
    assert stands(bet)[2:] == ("OPEN", "", None, None)
    change(crew.mira, bet, what=Hypothesis("read it twice", "once is not enough"))
    assert sorted(told(bet)) == ["BET_MADE", "BET_REFUTED", "BET_REOPENED", "BET_REWORDED"]
    assert stands(bet)[:2] == ("read it twice", "once is not enough")


def test_who_settles_it_is_whoever_found_the_words(crew, ours):
    """A bet of Jonas's: Mira may settle it, and words it never."""
    bet, later = make(crew.jonas, ours), NOW + timedelta(hours=1)
    change(crew.mira, bet, verdict=REFUTED)
    change(crew.jonas, bet, what=Hypothesis("other", "words"), verdict=REFUTED, now=later)
    assert stands(bet)[2:] == ("REFUTED", "Somebody had", NOW, crew.mira.pk)
    change(crew.jonas, bet, verdict=Verdict(Stands.REFUTED, "Better said"), now=later)
    assert stands(bet)[3:] == ("Better said", later, crew.jonas.pk)
    with pytest.raises(NotYours, match="Whoever made a bet words it"):
        change(crew.mira, bet, what=ALOUD, verdict=REFUTED)


def test_a_newer_version_is_not_overwritten(crew, part):
    """CC-01."""
    bet = make(crew.mira, part)
    change(crew.mira, bet, verdict=REFUTED)
    with pytest.raises(Stale):
        change(crew.mira, bet, what=ALOUD, version=1)
    Bet.objects.filter(pk=bet.pk).update(deleted_at=NOW)
    with pytest.raises(NotNow, match="taken away"):
        change(crew.mira, bet, what=ALOUD)


def test_a_week_settles_what_is_open_and_nothing_else(crew, part):
    bet, other = make(crew.mira, part), BetFactory()
    assert settle(crew.mira, part, bet) is True
    assert (stands(bet)[2:4], sorted(told(bet))) == (("REFUTED", "Somebody had"), ["BET_MADE", "BET_REFUTED"])
    for gone in (bet, other, Bet(pk=1)):
        with pytest.raises(BetSettled):
            settle(crew.mira, part, gone)
    deleted = BetFactory(key_result=part, deleted_at=NOW)
    with pytest.raises(BetSettled):
        settle(crew.mira, part, deleted)
    with pytest.raises(BetInvalid):
        settle(crew.mira, part, make(crew.mira, part), Verdict(Stands.CONFIRMED))
    assert stands(other)[2] == "OPEN"
    assert bets.are_settled(viewer_of(crew.mira), [Settling(bet.pk, REFUTED)])
    assert not bets.are_settled(viewer_of(crew.mira), [Settling(bet.pk, Verdict(Stands.CONFIRMED, "Yes"))])
    assert not bets.are_settled(viewer_of(crew.mira), [Settling(1, REFUTED)])


def test_deleted_and_brought_back_within_thirty_days(crew, part):
    bet, by = make(crew.mira, part), {"by": viewer_of(crew.mira), "key_result": read(part)}
    bets.delete(bet=bet, now=NOW, **by)
    with pytest.raises(bets.DeletedAlready):
        bets.delete(bet=bet, now=NOW, **by)
    assert not Bet.objects.visible_to(by["by"]).exists()
    with pytest.raises(NotNow):
        bets.restore(bet=bet, now=NOW + timedelta(days=31), **by)
    bets.restore(bet=bet, now=NOW + timedelta(days=29), **by)
    with pytest.raises(NotNow):
        bets.restore(bet=bet, now=NOW, **by)
    assert Bet.objects.visible_to(by["by"]).get() == bet


def test_they_follow_their_key_result(crew, part):
    """With it they move, go, and come back; read by whoever reads it."""
    bet = make(crew.mira, part)
    elsewhere = crew.objective(audience="ONLY_ME")
    seen = Bet.objects.visible_to(viewer_of(crew.jonas))
    assert seen.get() == bet
    key_results.move_to(by=viewer_of(crew.mira), key_result=read(part), objective=read(elsewhere), now=NOW)
    assert (seen.exists(), Bet.objects.visible_to(viewer_of(crew.mira)).get()) == (False, bet)
    KeyResult.objects.filter(pk=part.pk).update(deleted_at=NOW)
    assert not Bet.objects.visible_to(viewer_of(crew.mira)).exists()
    KeyResult.objects.filter(pk=part.pk).delete()
    assert not Bet.objects.exists()


def test_a_key_result_has_its_own_in_their_order(crew, part):
    """Read as one list in a subquery: with moments, names, and without what was deleted or is another's."""
    BetFactory(key_result=part, deleted_at=NOW)
    BetFactory()
    ended = {"state": "CONFIRMED", "learned": "Yes", "settled_at": NOW, "settled_by": crew.jonas}
    second = BetFactory(key_result=part, **ended)
    first = BetFactory(key_result=part, at=second.at - timedelta(microseconds=1))
    row = KeyResult.objects.with_bets().get(pk=part.pk)
    assert [one.pk for one in row.wagers] == [first.pk, second.pk]
    assert (row.wagers[0].by, row.wagers[0].settled_at, row.wagers[0].is_open) == ("Mira", None, True)
    last = row.wagers[1]
    assert (last.at, last.state, last.learned, last.settled_at) == (second.at, "CONFIRMED", "Yes", NOW)
    assert (last.settled_by, last.is_open) == ("Jonas", False)
    assert KeyResult.objects.with_bets().get(pk=KeyResultFactory().pk).wagers == ()


ENDED = {"state": "REFUTED", "learned": "No", "settled_at": NOW}


@pytest.mark.parametrize(
    "broken",
    [
        {"if_we": ""},
        {"because": ""},
        {"state": "LOST"},
        {"state": "REFUTED"},
        {"learned": "Too early"},
        {"settled_at": NOW},
        ENDED,
        {**ENDED, "learned": "", "settled_by": True},
        {"client_key": KEY},
    ],
)
def test_the_database_refuses(crew, part, broken):
    BetFactory(key_result=part, client_key=KEY)
    people = {"settled_by": crew.mira} if "settled_by" in broken else {}
    with pytest.raises(IntegrityError), transaction.atomic():
        BetFactory(key_result=part, **{**broken, **people})


@pytest.mark.django_db(transaction=True)
def test_two_presses_at_once_make_one_bet(crew, part):
    """CC-04."""
    assert race(*[lambda: make(crew.mira, part, key=KEY)] * 2) == ["MadeAlready", "done"]
    assert Bet.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_settle_one_bet_at_once(crew, part):
    """CC-01: a co-owner and a week, each with another end."""
    bet = BetFactory(key_result=part)
    ends = [Verdict(Stands.CONFIRMED, "Yes"), REFUTED]
    assert race(*[lambda end=end: settle(crew.mira, part, bet, end) for end in ends]) == ["BetSettled", "done"]
    assert len(told(bet)) == 1


@pytest.mark.django_db(transaction=True)
def test_two_saves_of_one_version_of_a_bet(crew, part):
    """CC-01."""
    bet = BetFactory(key_result=part)

    def save(words):
        return lambda: change(crew.mira, bet, what=Hypothesis(words, "so"), version=1)

    assert race(save("one"), save("other")) == ["Stale", "done"]
    assert told(bet) == ["BET_REWORDED"]
