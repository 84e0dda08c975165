"""Every page is looked at by axe, as it opens at least (AX-01)."""

from django.urls import resolve

from core.routes import API, routes
from tests.house.tree import ROOT
from tests.shots.screens import IN_A_NEW_PLACE, IN_THE_DEMO

IDS = {
    "objective": "1",
    "team_objective": "1",
    "key_result": "1",
    "own_quarter": "1",
    "last_week": "2026-W47",
    "comment": "1",
    "week_comment": "1",
    "suggestion": "1",
    "suggested": "1",
    "idea": "1",
    "bet": "1",
    "promise": "1",
    "closing": "1",
    "ended": "1",
    "before": "2026-Q3",
    "quarter_now": "2026-Q4",
    "quarter": "2026-Q4",
    "note": "1",
    "grade": "1",
    "share": "1",
    "review": "1",
}
ELSEWHERE = {
    "objectives:set_up": "test_setting_up_is_for_everybody",
    "people:invitation": "test_an_invitation_is_for_everybody_who_opens_it",
    "checkins:week_link": "test_a_reminder_leads_to_a_logged_week",
    "people:unsubscription": "test_a_reminder_leads_to_a_logged_week",
    "checkins:room_opening": "test_a_room_shows_the_wall_until_its_link_ends",
    "checkins:my_remote": "it leads to the remote",
    "retros:my_retro": "it leads to that of a quarter",
    "people:letter": "test_a_letter_that_waits_is_for_everybody",
    "account_kept": "test_back_and_reload_show_the_next_person_nothing",
    "own_data:own_data_file": "words for machines",
    "calendars:feed": "words for machines",
    "calendars:team": "words for machines",
    **{route.name: "words for machines" for route in routes() if route.policy == API and "GET" in route.methods},
    "livez": "words for machines",
    "readyz": "words for machines",
    "robots": "words for machines",
}


def test_every_address_has_a_screen():
    """AX-01: or is said to be looked at elsewhere."""
    paths = [screen.path.format(**IDS).partition("?")[0] for screen in (*IN_THE_DEMO, *IN_A_NEW_PLACE)]
    screens = {resolve(path).view_name for path in paths if "nothing-here" not in path}
    pages = {route.name for route in routes() if "GET" in route.methods}
    assert pages - screens == set(ELSEWHERE)
    walks = "".join(path.read_text() for path in (ROOT / "tests/journeys").glob("test_*.py"))
    named = {walk for walk in ELSEWHERE.values() if walk.startswith("test_")}
    assert {walk for walk in named if f"def {walk}(" in walks} == named
