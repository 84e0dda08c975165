"""The slide: a week as the room sees it; the rest of it stands apart, on one's own page alone."""

import re
from datetime import date

import pytest

from tests.checkins.reading import fields, said
from tests.factories import (
    CheckInFactory,
    CheerFactory,
    ConfidenceFactory,
    KeyResultFactory,
    LineFactory,
    MembershipFactory,
    ObjectiveFactory,
    TeamFactory,
    UserFactory,
    ValueFactory,
)
from tests.factories.people import WEEK_46, WEEK_47

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
W47 = "/check-in/2026-W47/"


def logged(scene, level: int, was: int | None = None, **about):
    """A key result of hers with a confidence of this week, and perhaps of the one before."""
    row = KeyResultFactory(**({"objective": scene.writer} | about))
    ConfidenceFactory(key_result=row, week_on=WEEK_47, level=level)
    if was is not None:
        ConfidenceFactory(key_result=row, week_on=WEEK_46, level=was)
    return row


def test_the_room_sees_what_every_teammate_may_read(scene, client_of):
    """Decisions 25; AZ-02: by audience, without what was dropped; lines go with their objective."""
    week = CheckInFactory(person=scene.mira, week_on=WEEK_47)
    ConfidenceFactory(key_result=scene.essays, week_on=WEEK_47, level=7)
    logged(scene, 4, 5, title="Readers", position=1)
    logged(scene, 6, 6, title="Given up", position=2, state="DROPPED", state_reason="No.")
    LineFactory(check_in=week, kind="DID", text="Slept", position=1)
    LineFactory(check_in=week, kind="LEARNED", text="Write early", objective=scene.writer, position=2)
    for position, audience in enumerate(("ONLY_ME", "MANAGER", "EVERYONE"), start=3):
        apart = ObjectiveFactory(owner=scene.mira, audience=audience, title=f"For {audience}", position=position)
        logged(scene, 9, 8, objective=apart, title=f"Part {audience}")
        LineFactory(check_in=week, kind="PLAN", text=f"Words {audience}", objective=apart, position=position)
    page = said(client_of(scene.mira).get(W47))
    assert page[3 : page.index("Copy it into a status mail")] == [
        "Your Friday slide",
        "two up · one down",
        "Mira",
        "Become a writer",
        "Essays 2 of 6 essays Confidence from 5 ↗ to 7",
        "Readers 0 of 10 Confidence from 5 ↘ to 4",
        "For EVERYONE",
        "Part EVERYONE 0 of 10 Confidence from 8 ↗ to 9",
        "What I did",
        "Slept",
        "What I plan next",
        "Words EVERYONE about For EVERYONE",
        "What I learned",
        "Write early about Become a writer",
        "Not on the slide",
        "The room is not shown it.",
        "Become a writer",
        "Given up 0 of 10 Confidence 6/10, before 6 same",
        "For ONLY_ME",
        "Part ONLY_ME 0 of 10 Confidence 9/10, before 8 ▲ 1",
        "For MANAGER",
        "Part MANAGER 0 of 10 Confidence 9/10, before 8 ▲ 1",
        "What I plan next",
        "Words ONLY_ME about For ONLY_ME",
        "Words MANAGER about For MANAGER",
    ]


@pytest.mark.parametrize(("teams", "is_told"), [("one", True), ("two", False), ("everybody's", True)])
def test_what_is_one_teams_own_is_not_for_a_room_of_another(scene, client_of, teams, is_told):
    """Decisions 25; AZ-02, PRIV-01: who shares only a circle with her may not read it, neither there nor in a copy."""
    if teams == "two":
        MembershipFactory(team=TeamFactory(name="Speakers", kind="CIRCLE"), user=scene.mira)
    team = TeamFactory(name="Northlight", kind="ORGANISATION") if teams == "everybody's" else scene.team
    if teams == "everybody's":
        MembershipFactory(team=team, user=scene.mira, role="LEAD")
    ours = ObjectiveFactory(kind="TEAM", team=team, owner=scene.mira, audience="TEAM", title="Ours alone")
    logged(scene, 8, objective=ours, title="Part of ours")
    LineFactory(check_in=CheckInFactory(person=scene.mira, week_on=WEEK_47), text="Said of ours", objective=ours)
    page = client_of(scene.mira).get(W47)
    lines = said(page)
    room = lines[: lines.index("Not on the slide")] if "Not on the slide" in lines else lines
    copied = fields(page).get("report-text", "")
    for words in ("Ours alone", "Part of ours", "Said of ours"):
        assert (any(words in line for line in room), any(words in line for line in lines)) == (is_told, True)
    assert ("Part of ours" in copied, "Said of ours" in copied) == (is_told, is_told)


def test_a_trend_ends_with_the_week_that_is_shown(scene, client_of):
    """Going back to week 46 one sees what stood there."""
    CheckInFactory(person=scene.mira, week_on=WEEK_46)
    ConfidenceFactory(key_result=scene.essays, week_on=date(2026, 11, 2), level=3)
    ConfidenceFactory(key_result=scene.essays, week_on=WEEK_47, level=9)
    ValueFactory(key_result=scene.essays, week_on=WEEK_47, amount=5)
    page = client_of(scene.mira).get("/check-in/2026-W46/")
    assert "Essays 2 of 6 essays Confidence from 3 ↗ to 5" in said(page)
    assert "Confidence by week, from week 45: 3, 5" in page.content.decode()


def test_a_week_of_which_nothing_is_for_the_room_has_no_slide(scene, client_of):
    CheckInFactory(person=scene.mira, week_on=WEEK_47)
    logged(scene, 9, objective=ObjectiveFactory(owner=scene.mira, audience="ONLY_ME", title="Mine"), title="Alone")
    page = said(client_of(scene.mira).get(W47))
    assert "Your Friday slide" not in page
    assert page[3:6] == ["Not on the slide", "The room is not shown it.", "Mine"]


def offered(page) -> list[str]:
    lines = said(page)
    return lines[lines.index("One cheer to give away") + 1 :][:1] if "One cheer to give away" in lines else []


def test_there_is_one_cheer_to_give_away(scene, client_of):
    """To a teammate who is in, the least cheered one first; nobody is offered twice."""
    CheckInFactory(person=scene.mira, week_on=WEEK_47)
    mates = [UserFactory(name=name) for name in ("Jonas", "Elif", "Sam")]
    for mate in mates:
        MembershipFactory(team=scene.team, user=mate)
    stranger = UserFactory(name="Stranger", manager=scene.mira, manager_since_on=date(2026, 1, 1))
    jonas, elif_ = (CheckInFactory(person=mate, week_on=WEEK_47) for mate in mates[:2])
    CheckInFactory(person=mates[2], week_on=WEEK_46)  # of the week before
    CheckInFactory(person=stranger, week_on=WEEK_47)  # in no team of hers
    CheerFactory(check_in=jonas, by=mates[1])
    browser = client_of(scene.mira)
    assert offered(browser.get(W47)) == ["Elif is in too. One press makes a Friday."]
    CheerFactory(check_in=elif_, by=scene.mira)
    assert offered(browser.get(W47)) == ["Jonas is in too. One press makes a Friday."]
    page = browser.get(W47)
    key = re.search(r'name="client_key" value="([^"]+)"', page.content.decode())[1]
    answer = browser.post("/people/jonas/check-in/2026-W47/cheers/", {"client_key": key, "sign": "CLAP"})
    assert answer.status_code == 302
    assert offered(browser.get(W47)) == []
