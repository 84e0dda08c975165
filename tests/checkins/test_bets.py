"""Open bets beside what was learned: those words settle them, with the week or not at all (P25)."""

import pytest

from checkins.models import CheckIn, Draft, Line
from objectives.models import Bet
from tests.checkins.reading import fields, said
from tests.checkins.scenes import make_scene
from tests.conftest import NOW
from tests.factories import BetFactory, KeyResultFactory, ObjectiveFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
W47 = "/check-in/2026-W47/"
DRAFT = f"{W47}draft/"
WORDS = "If I read it aloud, it moves because nobody has"


@pytest.fixture
def scene(frozen):
    return make_scene()


@pytest.fixture
def browser(scene, client_of):
    return client_of(scene.mira)


@pytest.fixture
def bet(scene):
    return BetFactory(key_result=scene.essays, if_we="read it aloud", because="nobody has")


def typed(browser, bet, state, about_it="", **more):
    """What stands in the fields, with that end of the bet."""
    about = bet.key_result.objective_id
    return fields(browser.get(f"{W47}?edit=1")) | {f"bet-{bet.pk}": state, f"learned-{about}": about_it, **more}


def stands(bet):
    row = Bet.objects.get(pk=bet.pk)
    return row.state, row.learned, row.settled_at, row.settled_by_id


OPEN = ("OPEN", "", None, None)


def test_only_what_is_open_and_ones_own_to_log_is_offered(scene, browser, bet):
    ended = {"state": "REFUTED", "learned": "No", "settled_at": NOW, "settled_by": scene.mira}
    BetFactory(key_result=scene.essays, if_we="sleep", **ended)
    BetFactory(key_result=scene.essays, if_we="run", deleted_at=NOW)
    BetFactory(key_result=KeyResultFactory(objective=ObjectiveFactory(audience="EVERYONE")), if_we="sing")
    page = browser.get(W47)
    assert "A line about it: Become a writer · 1 open bet" in said(page)
    assert page.text.count(WORDS) == 2  # the line, and the name of its choice
    assert [word for word in ("sleep", "run,", "sing") if word in page.text] == []
    assert fields(page)[f"bet-{bet.pk}"] == ""


def test_without_any_the_page_is_as_it_was(scene, browser):
    page = browser.get(W47)
    assert "A line about it: Become a writer" in said(page)
    assert "bet" not in page.text


def test_what_was_learned_about_it_settles_it(scene, browser, bet):
    """The line is told as always, and its words stand with the bet; pressed twice, it is one."""
    sent = typed(browser, bet, "CONFIRMED", "It works.\nAlso tired.", learned="For the team alone")
    assert [browser.post(W47, sent).status_code for _press in range(2)] == [302, 302]
    assert stands(bet) == ("CONFIRMED", "It works. Also tired.", NOW, scene.mira.pk)
    learned = Line.objects.filter(kind="LEARNED", objective=scene.writer).order_by("position")
    assert [*learned.values_list("text", flat=True)] == ["It works.", "Also tired."]
    assert CheckIn.objects.get().version == 1
    assert f"bet-{bet.pk}" not in browser.get(f"{W47}?edit=1").text


def test_what_was_learned_in_general_settles_none(browser, bet):
    """Its readers may be others than the bet's: the week asks for a word about the objective, and keeps what was typed."""
    page = browser.post(W47, typed(browser, bet, "REFUTED", learned="For the team alone"))
    assert page.status_code == 422
    assert "Say what you learned from it: these words settle the bet." in said(page)
    assert (fields(page)[f"bet-{bet.pk}"], fields(page)["learned"]) == ("REFUTED", "For the team alone")
    assert '<details class="voice" open>' in page.text
    assert (stands(bet), CheckIn.objects.count()) == (OPEN, 0)


def test_left_open_it_stays_so(browser, bet):
    assert browser.post(W47, typed(browser, bet, "", "A line")).status_code == 302
    assert stands(bet) == OPEN


@pytest.mark.parametrize("state", ["LOST", "OPEN", "0"])
def test_another_end_is_refused(browser, bet, state):
    page = browser.post(W47, typed(browser, bet, state, "A line"))
    assert (page.status_code, "Choose open, confirmed or refuted." in page.text) == (422, True)
    assert stands(bet) == OPEN


def test_what_was_settled_elsewhere_meanwhile_saves_nothing(browser, bet):
    sent = typed(browser, bet, "CONFIRMED", "Mine")
    ended = {"state": "REFUTED", "learned": "Theirs", "settled_at": NOW, "settled_by": bet.by}
    Bet.objects.filter(pk=bet.pk).update(**ended)
    page = browser.post(W47, sent)
    assert (page.status_code, fields(page)[f"learned-{bet.key_result.objective_id}"]) == (409, "Mine")
    assert "A bet was settled or taken away meanwhile." in page.text
    assert (stands(bet)[:2], CheckIn.objects.count(), Line.objects.count()) == (("REFUTED", "Theirs"), 0, 0)


def test_anothers_bet_is_as_one_that_never_was(scene, browser, bet):
    """AZ-02: in what is sent."""
    theirs = BetFactory(key_result=KeyResultFactory(objective=ObjectiveFactory(audience="EVERYONE")))
    told = []
    for pk in (theirs.pk, 1):
        page = browser.post(W47, typed(browser, bet, "", "A line", **{f"bet-{pk}": "REFUTED"}))
        told.append((page.status_code, "A bet was settled or taken away meanwhile." in page.text))
    assert told == [(409, True)] * 2
    assert (stands(theirs), CheckIn.objects.count()) == (OPEN, 0)


def test_another_end_in_a_second_tab_is_told(browser, bet):
    """CC-01."""
    one, other = (typed(browser, bet, state, "Learned") for state in ("CONFIRMED", "REFUTED"))
    assert [browser.post(W47, sent).status_code for sent in (one, other)] == [302, 409]
    assert stands(bet)[0] == "CONFIRMED"


def test_a_draft_keeps_the_choice_for_its_writer_alone(browser, bet):
    """DB-09: typed on one page, found on the next, told to nobody; and thrown away."""
    sent = typed(browser, bet, "REFUTED", "Not yet told")
    assert browser.post(DRAFT, sent).status_code == 302
    assert Draft.objects.get().typed[f"bet-{bet.pk}"] == "REFUTED"
    page = browser.get(f"{W47}?edit=1")
    assert (fields(page)[f"bet-{bet.pk}"], stands(bet)) == ("REFUTED", OPEN)
    other = sent | {"version": "0", "draft": "0", f"bet-{bet.pk}": "CONFIRMED"}
    both = browser.post(DRAFT, other)
    assert both.status_code == 409
    assert f"{WORDS} Here confirmed Elsewhere refuted" in " ".join(said(both))


def test_what_is_still_to_come_has_no_bets_to_settle(scene, browser, bet):
    scene.writer.quarter.__class__.objects.filter(pk=scene.writer.quarter_id).update(first_on="2026-12-01")
    assert f"bet-{bet.pk}" not in browser.get(W47).text


def test_a_teams_says_we(scene, browser):
    ours = ObjectiveFactory(kind="TEAM", audience="TEAM", owner=scene.mira, team=scene.team)
    BetFactory(key_result=KeyResultFactory(objective=ours), if_we="meet less", because="we write more")
    assert "If we meet less, it moves because we write more" in browser.get(W47).text


def test_a_week_sent_again_does_not_tell_how_a_hidden_bet_ended(scene, browser):
    """AZ-02: confirmed, refuted and made up are answered alike."""
    hidden = KeyResultFactory(objective=ObjectiveFactory(audience="ONLY_ME"))
    ended = {"learned": "Secret", "settled_at": NOW, "settled_by": hidden.owner}
    confirmed, refuted = (BetFactory(key_result=hidden, state=state, **ended) for state in ("CONFIRMED", "REFUTED"))
    week = fields(browser.get(W47))
    assert browser.post(W47, week).status_code == 302
    assert browser.post(W47, week).status_code == 302  # the same again is one
    asked = (confirmed.pk, refuted.pk, 987_654_321)
    assert [browser.post(W47, week | {f"bet-{pk}": "CONFIRMED"}).status_code for pk in asked] == [409, 409, 409]
