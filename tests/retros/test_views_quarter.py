"""The end of a team's quarter in a browser."""

import re
from datetime import UTC, date, datetime, timedelta
from io import StringIO

import pytest
import time_machine
from django.core.management import CommandError, call_command

from objectives.actions import closings
from objectives.models import CarryOver, Closing, Objective, Quarter
from people.models import User
from people.viewer import viewer_of
from retros.actions import retros
from retros.models import Choice
from tests.factories import (
    GradeFactory,
    KeyResultFactory,
    MembershipFactory,
    PromiseFactory,
    QuarterFactory,
    TeamFactory,
    UserFactory,
    ValueFactory,
)
from tests.objectives.crew import make_crew
from tests.objectives.pages import links, main, problems, toasts

pytestmark = pytest.mark.django_db
LATE = datetime(2026, 12, 28, 12, 0, tzinfo=UTC)
PAGE = "/teams/accelerator/quarters/2026-Q4/"
CARRY = "/objectives/carry-over/"


@pytest.fixture
def crew():
    return make_crew()


@pytest.fixture(autouse=True)
def late():
    with time_machine.travel(LATE, tick=False):
        yield LATE


@pytest.fixture
def lead(crew, client_of):
    return client_of(crew.elif_)


def close(crew):
    return closings.close(by=viewer_of(crew.elif_), team=crew.team, quarter=crew.quarter, now=LATE)


def test_a_lead_is_told_what_is_done_and_what_closing_does(crew, lead):
    for number in range(3):
        part = KeyResultFactory(objective=crew.team_objective(title=f"Ours {number}"))
        if number:
            GradeFactory(key_result=part)
    crew.objective(title="Hers")
    crew.objective(audience="ONLY_ME")
    crew.team_objective(state="DRAFT")
    crew.team_objective(quarter=crew.after)
    words = main(lead.get(PAGE))
    assert "Close 2026-Q4 for Accelerator" in words
    assert "○ 1 of 3 is still to grade what has none is shown as not graded, never as 0" in words
    assert "No retro yet" in words
    assert "✓ 2027-Q1 is planned 1 objective together" in words
    assert "Done: 2 of 4. You may close with some open." in words
    assert "3 objectives of the team become read-only, for you as well." in words
    assert "So does 1 personal one that is at home here and that the team may read." in words
    assert "1 draft stays a draft." in words
    assert f"{PAGE}closing/" in links(lead.get(PAGE))


@pytest.mark.parametrize("is_begun", [False, True])
def test_the_page_says_whether_the_retro_is_going_on(crew, lead, is_begun):
    if is_begun:
        retros.begin(by=viewer_of(crew.elif_), team=crew.team, quarter=crew.quarter, now=LATE)
    words = main(lead.get(PAGE))
    assert ("○ The retro is going on whoever leads it ends it" in words) is is_begun
    assert ("○ No retro yet it can be held later, too" in words) is not is_begun


def test_home_asks_what_goes_on_until_it_is_said(crew, client_of):
    """Product, section 2: what is closed is asked about, once, of whoever words it."""
    hers, _his = crew.objective(title="Hers"), crew.objective(title="His", owner=crew.jonas, audience="ONLY_ME")
    mira, jonas, ask = client_of(crew.mira), client_of(crew.jonas), "Decide what goes on"
    assert ask not in main(mira.get("/"))
    close(crew)
    assert f"{ask} the quarter is closed" in main(mira.get("/"))
    assert CARRY in links(mira.get("/"))
    assert ask not in main(jonas.get("/"))
    with time_machine.travel(LATE + timedelta(days=31), tick=False):
        assert ask in main(client_of(crew.mira).get("/"))
    with time_machine.travel(LATE + timedelta(days=33), tick=False):
        assert ask not in main(client_of(crew.mira).get("/"))
    CarryOver.objects.create(objective=hers, becomes="LET_GO", by=crew.mira, at=LATE)
    assert ask not in main(mira.get("/"))


@pytest.mark.parametrize("who", ["mira", "nora"])
def test_others_read_where_it_stands_and_are_offered_nothing(crew, client_of, who):
    crew.team_objective(audience="TEAM")
    browser = client_of(getattr(crew, who))
    assert "Not closed yet. A lead of the team closes it." in main(browser.get(PAGE))
    assert "Before you close" not in main(browser.get(PAGE))
    assert f"{PAGE}closing/" not in links(browser.get(PAGE))
    assert browser.post(f"{PAGE}closing/").status_code == 403
    assert browser.post(f"{PAGE}reopening/", {"reason": "So."}).status_code == 403
    assert Closing.objects.count() == 0


def test_it_is_said_from_when_on_it_can_be_closed(crew, client_of):
    with time_machine.travel(datetime(2026, 11, 19, tzinfo=UTC)):
        lead = client_of(crew.elif_)
        assert "It can be closed from Friday, 18 December on, when its grading opens." in main(lead.get(PAGE))
        assert f"{PAGE}closing/" not in links(lead.get(PAGE))
        assert PAGE not in links(lead.get("/teams/accelerator/?quarter=2026-Q4"))
        assert lead.post(f"{PAGE}closing/").status_code == 409


def test_one_press_closes_it_and_a_second_one_is_the_same(crew, lead, client_of):
    crew.team_objective(title="Ours")
    assert PAGE in links(lead.get("/teams/accelerator/?quarter=2026-Q4"))
    for _press in range(2):
        answer = lead.post(f"{PAGE}closing/")
        assert (answer.status_code, answer.headers["Location"]) == (302, PAGE)
    assert toasts(answer)[0][0] == "2026-Q4 of Accelerator is closed. What goes on is decided by whose it is."
    words = main(lead.get(PAGE))
    assert "Closed: it stays as it is." in words
    assert "Closed on Monday, 28 December by Elif" in words
    mira = client_of(crew.mira)
    assert "Closed on Monday, 28 December by Elif. It stays as it is." in main(
        mira.get("/teams/accelerator/?quarter=2026-Q4")
    )
    assert "Elif closed 2026-Q4 of Accelerator. What was reached stays as it is" in main(mira.get("/notices/"))


def test_it_is_reopened_with_a_reason_that_everybody_reads(crew, lead, client_of):
    row = crew.team_objective(title="Ours")
    close(crew)
    assert f"{PAGE}reopening/" in links(lead.get(PAGE))
    answer = lead.post(f"{PAGE}reopening/", {"reason": " "})
    assert (answer.status_code, len(problems(answer))) == (422, 1)
    for _press in range(2):
        answer = lead.post(f"{PAGE}reopening/", {"reason": "Two grades are wrong."})
        assert (answer.status_code, answer.headers["Location"]) == (302, PAGE)
    assert Objective.objects.get(pk=row.pk).state == "ACTIVE"
    nora = client_of(crew.nora)
    said = "Reopened on Monday, 28 December by Elif: “ Two grades are wrong. ”"
    assert said in main(nora.get(PAGE))
    assert said in main(nora.get("/teams/accelerator/?quarter=2026-Q4"))
    assert lead.get(f"{PAGE}reopening/").status_code == 409


def test_an_old_page_undoes_nothing_that_somebody_did_since(crew, lead):
    """Who opened the page before it was closed and reopened, or before it was closed anew, is told so."""
    crew.team_objective()
    first = close(crew)
    assert f'name="closing" value="{first.pk}"' in lead.get(f"{PAGE}reopening/").text
    closings.reopen(by=viewer_of(crew.elif_), closing=first, reason="So.", now=LATE)
    Closing.objects.filter(pk=first.pk).update(closed_at=LATE - timedelta(hours=1))  # no two are of one moment
    for seen in ({}, {"seen": ""}, {"seen": "7"}, {"seen": "x"}):
        answer = lead.post(f"{PAGE}closing/", seen)
        assert (answer.status_code, "It was reopened since" in main(answer)) == (409, True)
    assert not Closing.objects.standing().exists()
    assert f'name="seen" value="{first.pk}"' in lead.get(PAGE).text
    for _press in range(2):
        assert lead.post(f"{PAGE}closing/", {"seen": str(first.pk)}).status_code == 302
    second = Closing.objects.standing().get()
    for closing in (str(first.pk), "", "x"):
        answer = lead.post(f"{PAGE}reopening/", {"reason": "So.", "closing": closing})
        assert (answer.status_code, "It was closed anew" in main(answer)) == (409, True)
    assert Closing.objects.standing().get() == second
    assert lead.post(f"{PAGE}reopening/", {"reason": "So.", "closing": str(second.pk)}).status_code == 302
    assert not Closing.objects.standing().exists()


def test_what_stood_there_stays_readable_and_is_not_changed_by_what_comes_later(crew, lead, client_of):
    part = KeyResultFactory(objective=crew.team_objective(title="Ours", audience="TEAM"), title="Pages", target=10)
    ValueFactory(key_result=part, amount=6)
    GradeFactory(key_result=part, tenths=6, lesson="Begin earlier")
    ValueFactory(
        key_result=KeyResultFactory(objective=part.objective, title="Wait", baseline=40, target=20, position=1),
        amount=30,
    )
    KeyResultFactory(objective=crew.objective(title="Hers", audience="EVERYONE"), title="Songs")
    closing = close(crew)
    closings.reopen(by=viewer_of(crew.elif_), closing=closing, reason="So.", now=LATE)
    Objective.objects.filter(title="Ours").update(title="Other words")
    path = f"{PAGE}closings/{closing.pk}/"
    assert path in links(lead.get(PAGE))
    words = main(lead.get(path))
    assert "Ours Pages 6 of 10 Begin earlier 0.6 Wait 30 → 20 not graded Hers Songs target 10 not graded" in words
    assert "Reopened on Monday, 28 December by Elif: “ So. ”" in words
    stranger = main(client_of(crew.nora).get(path))
    assert ("Hers" in stranger, "Ours" in stranger, "Pages" in stranger) == (True, False, False)


def test_what_stood_there_shows_no_key_result_that_one_may_not_read_today(crew, lead, client_of):
    """It was taken away, or lies under what somebody keeps to themselves, since the quarter was reopened."""
    hers = crew.objective(title="Hers", audience="EVERYONE")
    titles = ("Regretted", "Private", "Kept")
    gone, moved, _kept = (KeyResultFactory(objective=hers, title=title) for title in titles)
    apart = crew.objective(title="Apart", audience="ONLY_ME")
    closing = close(crew)
    path = f"{PAGE}closings/{closing.pk}/"
    assert all(title in main(lead.get(path)) for title in titles)
    closings.reopen(by=viewer_of(crew.elif_), closing=closing, reason="So.", now=LATE)
    mira = client_of(crew.mira)
    assert mira.post(f"/key-results/{gone.pk}/deletion/").status_code == 302
    assert mira.post(f"/key-results/{moved.pk}/move/", {"objective": apart.pk}).status_code == 302
    words = main(lead.get(path))
    assert [title in words for title in titles] == [False, False, True]
    assert "Private" in main(mira.get(path))


def test_its_owner_closes_what_no_team_closes_from_their_list(crew, client_of):
    mine, teams = crew.objective(title="Alone", audience="ONLY_ME"), crew.objective(title="Shown")
    browser = client_of(crew.mira)
    shown = links(browser.get("/objectives/"))
    assert (f"/objectives/{mine.pk}/ending/" in shown, f"/objectives/{teams.pk}/ending/" in shown) == (True, False)
    for _press in range(2):
        assert browser.post(f"/objectives/{mine.pk}/ending/").status_code == 302
    assert browser.post(f"/objectives/{teams.pk}/ending/").status_code == 409
    assert Objective.objects.get(pk=mine.pk).state == "CLOSED"
    page = f"/objectives/{mine.pk}/"
    assert f"{page}reopening/" in links(browser.get(page))
    assert browser.post(f"{page}reopening/", {"reason": ""}).status_code == 422
    assert browser.post(f"{page}reopening/", {"reason": "Not done."}).headers["Location"] == page
    assert "Reopened: “ Not done. ”" in main(browser.get(page))
    assert browser.get(f"{page}reopening/").status_code == 409


def test_what_goes_on_is_first_offered_quarters_like_its_own(crew, client_of):
    """One of a circle that plans by dates of its own begins sooner, and is offered all the same."""
    circle = TeamFactory(name="Circle", length="CUSTOM")
    MembershipFactory(team=circle, user=crew.mira)
    own = {"length": "CUSTOM", "team": circle, "first_on": date(2026, 12, 14), "ends_on": date(2027, 1, 25)}
    QuarterFactory(slug="round-2", **own)
    old = crew.objective(title="Sleep")
    close(crew)
    page = client_of(crew.mira).get(CARRY)
    assert re.findall(r"<option[^>]*>([^<]+)</option>", page.content.decode()) == ["2027-Q1", "round-2"]
    Objective.objects.filter(pk=old.pk).update(quarter=Quarter.objects.get(slug="round-2"))
    page = client_of(crew.mira).get(CARRY)
    assert re.findall(r"<option[^>]*>([^<]+)</option>", page.content.decode()) == ["2026-Q4", "2027-Q1"]


def test_everything_of_mine_that_is_closed_waits_for_a_decision(crew, client_of):
    old = crew.team_objective(title="Sleep")
    part = KeyResultFactory(objective=old, title="Pages", baseline=20, target=0)
    ValueFactory(key_result=part, amount=6)
    GradeFactory(key_result=part, tenths=7)
    done = KeyResultFactory(objective=old, title="Done")
    ValueFactory(key_result=done, amount=10)
    KeyResultFactory(objective=old, title="Steps", kind="YES_NO", target=1)
    crew.objective(title="Somebody’s", owner=crew.jonas)
    mine = crew.objective(title="Draw")
    close(crew)
    browser = client_of(crew.mira)
    assert f"{CARRY}?quarter=2026-Q4" in links(browser.get("/objectives/?quarter=2026-Q4"))
    words = main(browser.get(CARRY))
    assert "Pages graded 0.7 · starts at 6, where it stands" in words
    assert "Done It reached its target. Another one can aim higher." in words
    assert "Steps starts anew" in words
    assert "Somebody’s" not in words
    answer = browser.post(CARRY, {f"part-{part.pk}": "CONTINUED", "into": str(crew.after.pk)})
    assert answer.status_code == 422
    assert "One thing before this can be saved Say of one at least what becomes of it." in main(answer)
    typed = {f"objective-{old.pk}": "CONTINUED", f"part-{part.pk}": "CONTINUED", f"objective-{mine.pk}": "SHELVED"}
    answer = browser.post(CARRY, typed)
    assert (answer.status_code, problems(answer)) == (422, ["Say into which quarter."])
    for _press in range(2):
        answer = browser.post(CARRY, typed | {"into": str(crew.after.pk)})
        assert answer.status_code == 302, answer.content
    new = Objective.objects.get(continues=old)
    assert (new.quarter, new.key_results.get().baseline, Objective.objects.count()) == (crew.after, 6, 4)
    assert crew.mira.ideas.get().title == "Draw"
    words = main(browser.get(CARRY))
    assert "Decided Draw kept as an idea Sleep carried over" in words
    assert "Continues Sleep · 2026-Q4" in main(browser.get(f"/objectives/{new.pk}/"))


def test_with_nothing_closed_the_page_says_what_will_wait_there(crew, client_of):
    browser = client_of(crew.nora)
    assert "Nothing of yours is closed." in main(browser.get(CARRY))
    assert browser.get(f"{CARRY}?quarter=2026-Q4").status_code == 404
    assert browser.post(CARRY, {}).status_code == 302


def test_two_quarters_and_a_decision_that_changes_nothing_yet(crew, client_of):
    crew.objective(state="CLOSED", title="Old", quarter=crew.before)
    row = crew.objective(state="CLOSED", title="New")
    browser = client_of(crew.mira)
    assert "Old" in main(browser.get(f"{CARRY}?quarter=2026-Q3"))
    assert browser.post(f"{CARRY}?quarter=2026-Q4", {f"objective-{row.pk}": "LET_GO"}).status_code == 302
    assert CarryOver.objects.get().becomes == "LET_GO"
    assert browser.post(f"{CARRY}?quarter=2026-Q4", {f"objective-{row.pk}": "MAYBE"}).status_code == 422


def test_a_site_admin_closes_a_quarter_for_every_team(crew, client_of, monkeypatch):
    """Row 45: as many teams a press as a page may take its time for."""
    monkeypatch.setattr("retros.views.site_closing.AT_ONCE", 1)
    crew.team_objective()
    crew.team_objective(team=TeamFactory(name="Harbour"))
    crew.team_objective(quarter=crew.after)
    ada = client_of(UserFactory(name="Ada", is_site_admin=True))
    page = "/settings/closing/"
    assert page in links(ada.get("/settings/"))
    assert "2026-Q4 2 teams have not closed it" in main(ada.get(page))
    assert "2027-Q1" not in main(ada.get(page))
    answer = ada.post(page, {"quarter": "2026-Q4"})
    assert toasts(answer)[0][0] == "1 teams have not closed 2026-Q4 yet. Press again to go on."
    assert toasts(ada.post(page, {"quarter": "2026-Q4"}))[-1][0] == "2026-Q4 is closed for every team."
    assert "2026-Q4" not in main(ada.get(page))
    assert ada.post(page, {"quarter": "2027-Q1"}).status_code == 409
    for odd in ("none", "", "\0", "9" * 5000):
        assert ada.post(page, {"quarter": odd}).status_code == 404
    assert (client_of(crew.elif_).get(page).status_code, Closing.objects.count()) == (403, 2)


def test_the_command_does_the_same_and_says_how_far_it_is(crew):
    for number in range(10):
        crew.team_objective(team=TeamFactory(name=f"Team {number}"))
    admin = UserFactory(is_site_admin=True, email="Ada@northlight.example")
    User.objects.filter(pk=admin.pk).update(email="ada@northlight.example")
    said = StringIO()
    call_command("close_quarter", "2026-Q4", by="ADA@northlight.example", stdout=said)
    assert said.getvalue().splitlines() == [
        "10 teams closed, 1 to go.",
        "1 teams closed, 0 to go.",
        "2026-Q4 is closed for every team.",
    ]
    assert Closing.objects.count() == 11


@pytest.mark.parametrize(
    ("label", "email", "why"),
    [
        ("2020-Q4", "ada@northlight.example", "There is no such quarter."),
        ("2026-Q4", "nobody@northlight.example", "Nobody here has that mail address."),
        ("2026-Q4", "mira@northlight.example", "A site admin closes a quarter for every team."),
    ],
)
def test_the_command_says_what_is_wrong(crew, label, email, why):
    UserFactory(is_site_admin=True, email="ada@northlight.example")
    User.objects.filter(pk=crew.mira.pk).update(email="mira@northlight.example")
    with pytest.raises(CommandError, match=why):
        call_command("close_quarter", label, by=email)


def test_open_promises_that_all_may_read_are_told_before_and_what_the_last_retro_chose(crew, lead):
    """What names something that the team does not read is in no number."""
    assert "✓ No promise is open" in main(lead.get(PAGE))
    made = {"by": crew.jonas, "to": crew.mira, "team": crew.team}
    hidden = crew.objective(owner=crew.jonas, audience="ONLY_ME")
    PromiseFactory(**made, text="A secret", objective=hidden)
    PromiseFactory(**made, text="Kept by now", state="KEPT")
    PromiseFactory(**made, text="Chosen in a retro", kind="ACTION")
    assert "✓ No promise is open" in main(lead.get(PAGE))
    PromiseFactory(**made, text="Pay an editor")
    words = main(lead.get(PAGE))
    assert "○ 1 promise is still open “Pay an editor”, Jonas to Mira; closing changes nothing about it" in words
    assert "A secret" not in words


def test_what_the_last_retro_chose_stands_where_the_next_quarter_is_planned(crew, client_of):
    """P110: chosen stops come back first; a stranger reads none of it, and a closed quarter no longer needs it."""
    team, quarter = crew.team, crew.before
    retro = retros.begin(by=viewer_of(crew.mira), team=team, quarter=quarter, now=LATE)
    for kind, text, state in (("CHANGE", "Look at red early", "KEPT"), ("STOP", "Counting what nobody reads", "OPEN")):
        promise = PromiseFactory(by=crew.jonas, team=team, kind="ACTION", origin="RETRO", text=text, state=state)
        Choice.objects.create(retro=retro, kind=kind, promise=promise)
    words = main(client_of(crew.mira).get(PAGE))
    assert "✓ kept: Look at red early Jonas" in words
    assert "○ open: Counting what nobody reads Jonas" in words
    assert "Look at red early" not in main(client_of(crew.nora).get(PAGE))
    close(crew)
    assert "Look at red early" not in main(client_of(crew.mira).get(PAGE))
