"""Weeks in which a team does not celebrate: said by its leads, and told wherever the celebration is promised."""

from datetime import timedelta
from functools import partial

import pytest

from activity.models import Event
from core.calendar import Week
from core.errors import NotNow, NotYours
from people.actions import skipping
from people.models import Team
from people.rows.rhythm import next_words
from people.viewer import viewer_of
from tests.checkins.meeting import Meeting
from tests.checkins.reading import said
from tests.conftest import NOW
from tests.factories import OrganisationFactory
from tests.people.racing import race

W46, W47, W48, W49 = (Week.parse(f"2026-W{number}") for number in range(46, 50))
WITHOUT = "no celebration on Friday, 20 November"


class Resting(Meeting):
    """The Comets celebrate on Fridays; it is Thursday of week 47, and nobody has begun."""

    def __init__(self):
        super().__init__(begun=False)

    def skip(self, week=W47, by=None, now=NOW, action=skipping.skip):
        action(by=viewer_of(by or self.abby), team=self.team, week=week, now=now)

    @property
    def fresh(self):
        return Team.objects.get(pk=self.team.pk)

    @property
    def skipped(self):
        return sorted(map(str, self.fresh.skipped))


@pytest.fixture
def comets(db, frozen):
    OrganisationFactory()
    return Resting()


def test_a_lead_says_it_once_and_takes_it_back(comets):
    for _press in range(2):
        comets.skip()
    comets.skip(W48)
    assert comets.skipped == ["2026-W47", "2026-W48"]
    for _press in range(2):
        comets.skip(action=skipping.celebrate)
    assert comets.skipped == ["2026-W48"]
    events = Event.objects.filter(verb__startswith="CELEBRATION_").order_by("at", "pk").values_list("verb", "data")
    assert sorted(events, key=str) == [
        ("CELEBRATION_KEPT", {"week": "2026-W47"}),
        ("CELEBRATION_SKIPPED", {"week": "2026-W47"}),
        ("CELEBRATION_SKIPPED", {"week": "2026-W48"}),
    ]


def test_it_is_the_leads_to_say_and_of_weeks_to_come(comets):
    for one in (comets.bo, comets.coach, comets.kim):
        with pytest.raises(NotYours):
            comets.skip(by=one)
    comets.team.celebration_every = 2
    comets.team.celebration_from_on = W47.monday
    comets.team.save()
    for week in (W46, W48, W47 + 12):
        with pytest.raises(NotNow, match="does not meet in that week"):
            comets.skip(week)
    with pytest.raises(NotNow, match="does not meet in that week"):
        comets.skip(W46, action=skipping.celebrate)
    comets.skip(W49)
    Team.objects.filter(pk=comets.team.pk).update(closed_at=NOW)
    with pytest.raises(NotNow, match="closed"):
        comets.skip()
    assert comets.skipped == ["2026-W49"]


def test_nothing_promises_it_any_more(comets, client_of):
    pages = {"/": "Comets", "/teams/comets/": "", "/teams/comets/wall/": "", "/teams/comets/celebration/": ""}
    browser = client_of(comets.bo)
    assert [page for page in pages if WITHOUT in browser.get(page).text.lower().replace("friday", "Friday")] == []
    comets.skip()
    lines = " ".join(said(browser.get("/")))
    assert (WITHOUT in lines, "celebrates" in lines) == (True, False)
    assert WITHOUT in " ".join(said(browser.get("/teams/comets/")))
    assert WITHOUT in browser.get("/teams/comets/wall/").text
    stage = browser.get("/teams/comets/celebration/").text
    assert ("No celebration on Friday, 20 November." in stage, "Celebrate all the same" in stage) == (True, True)
    remote = browser.get("/teams/comets/celebration/remote/").text
    assert ("No celebration on Friday, 20 November." in remote, "Celebrate all the same" in remote) == (True, True)
    assert next_words(comets.fresh, NOW) == "Friday, 27 November, 15:30 (not on Friday, 20 November)"
    about = said(browser.get("/teams/comets/about/"))
    assert any("Friday, 27 November, 15:30 (not on Friday, 20 November)" in line for line in about)


def test_the_page_of_the_team_has_the_buttons_of_its_leads(comets, client_of):
    lead, page = client_of(comets.abby), "/teams/comets/about/"
    assert "No celebration on Friday, 20 November" in lead.get(page).text
    assert "No celebration on" not in client_of(comets.bo).get(page).text
    answer = lead.post("/teams/comets/skipped-weeks/", {"week": "2026-W47"})
    assert answer.headers["Location"] == page
    text = lead.get(page).text
    assert "Celebrate on Friday, 20 November after all" in text
    assert "No celebration on Friday, 27 November" in text
    lead.post("/teams/comets/skipped-weeks/", {"week": "2026-W47", "do": "celebrate"})
    assert comets.skipped == []
    assert lead.post("/teams/comets/skipped-weeks/", {"week": "soon"}).status_code == 400


def test_what_was_held_says_so_and_what_fell_out_too(comets, client_of):
    """P115: a week that was said before is told apart from one in which nothing came of it."""
    begun = comets.start(comets.ann, NOW - timedelta(weeks=3))
    comets.skip(W46, now=NOW - timedelta(weeks=1, days=1))
    lines = said(client_of(comets.bo).get("/teams/comets/celebrations/"))
    assert [line.split("November", 1)[-1] for line in lines if line.startswith(("Week 46", "Week 45"))] == [
        "no celebration, as we had said before",
        "no celebration",
    ]
    assert begun.week == Week.parse("2026-W44")


def test_it_can_be_celebrated_all_the_same(comets, client_of):
    comets.skip()
    comets.start(comets.bo)
    assert WITHOUT not in client_of(comets.bo).get("/teams/comets/celebration/").text.lower()


def test_a_remote_that_is_open_learns_of_it(comets, client_of):
    browser, page = client_of(comets.bo), "/teams/comets/celebration/remote/"
    there = browser.get(page).headers["X-Version"]
    assert browser.get(f"{page}?since={there}").status_code == 204
    comets.skip()
    assert browser.get(f"{page}?since={there}").status_code == 200


def test_what_fell_out_long_ago_is_forgotten(comets):
    comets.skip()
    later = NOW + timedelta(weeks=70)
    comets.skip(Week.of(later, comets.team.zone_info), now=later)
    assert comets.skipped == [str(W47 + 70)]


@pytest.mark.django_db(transaction=True)
def test_two_leads_skip_two_weeks_at_once(frozen):
    """CC-15: neither is lost."""
    comets = Resting()
    assert race(partial(comets.skip, W47), partial(comets.skip, W48)) == ["done", "done"]
    assert comets.skipped == ["2026-W47", "2026-W48"]
