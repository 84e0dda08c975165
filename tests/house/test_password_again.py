"""What gives power over an account or over the site asks for the password again (AUTH-14).

One table for every address that something can be sent to: a new one is red until somebody has thought of it.
"""

from dataclasses import dataclass, field
from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from core.routes import routes
from tests.conftest import NOW
from tests.factories import PASSWORD
from tests.house.house import House, undone
from tests.house.matrix import tables
from tests.house.pages import GIVEN_PATHS

pytestmark = [pytest.mark.django_db, pytest.mark.either_database]

AGAIN = "/accounts/reauthenticate/"
LATER = NOW + timedelta(minutes=11)


@dataclass(frozen=True)
class Ask:
    """Something that asks first: who does it, with GET or POST, where, and what is sent."""

    who: str
    to: str
    method: str = "POST"
    data: dict[str, str] = field(default_factory=dict)
    first: str = ""  # what is sent there, with the password just shown, so that there is something to ask about

    def __str__(self) -> str:
        return f"{self.method} {self.to}"


ASKS = (
    Ask("alice", "people:tokens", data={"name": "Script", "scope": "FULL", "days": "30"}),
    Ask("tara", "people:room_link slug=rockets"),
    Ask("alice", "people:feed"),
    Ask("tara", "people:chat slug=rockets", data={"address": "https://chat.example/x", "reminder": "on"}),
    Ask("ada", "objectives:account username=charlie"),  # switches off
    Ask("ada", "objectives:account_return username=dan"),
    Ask("ada", "objectives:account_admin username=charlie", data={"to": "on"}),
    Ask("alice", "own_data:own_data"),
    Ask("alice", "own_data:own_data_file", method="GET", first="own_data:own_data"),
    Ask("charlie", "own_data:leaving", data={"typed": "Charlie"}),
    Ask("ada", "own_data:erasure username=dan", data={"typed": "Dan"}),
)
FREE = {
    "Its own form asks for the present password.": ["account_change_password"],
    "It is the door, or the way out of it.": [
        "account_login", "account_logout", "account_reauthenticate", "account_reset_password",
    ],
    "The secret in a mailed or printed link is the right to it.": [
        "account_reset_password_from_key", "objectives:set_up", "people:invitation",
    ],
    "It ends power, or keeps a session that is there: that must not wait.": [
        "objectives:account_sessions_end", "own_data:erasure_calling_off", "people:chat_end", "people:chat_trial", "people:feed_revocation", "people:room_link_revocation", "people:token_revocation", "usersessions_end", "usersessions_others_end",
        "usersessions_renewal",
    ],
    "It says who reads or decides what; whoever it is about is told, and reads of it in what was decided.": [
        "people:closure", "people:departure", "people:invitation_renewal", "people:invitation_withdrawal",
        "people:invitations", "people:manager", "people:member_departure", "people:member_role", "people:members",
        "people:own_acceptance", "people:own_refusal", "people:reopening", "people:team_new", "people:skipped_weeks", "people:team_settings",
        "objectives:organisation",
    ],
    "It is the work itself.": [
        "api:check_ins", "api:objective_key_results", "api:objectives", "api:values", "checkins:cheer_return", "checkins:cheers", "checkins:notice_opening", "checkins:notices_reading", "checkins:nudge",
        "checkins:promise_edit", "checkins:promise_keeping", "checkins:promise_new", "checkins:promise_release", "checkins:promise_resumption",
        "checkins:seen", "checkins:comment_deletion",
        "checkins:celebration_beginning", "checkins:celebration_cheers", "checkins:celebration_clock", "checkins:celebration_confidence", "checkins:celebration_lead", "checkins:celebration_moves",
        "checkins:celebration_presence", "checkins:celebration_together", "checkins:celebration_together_confidence", "checkins:celebration_turns",
        "retros:answers", "retros:beginning", "retros:choice_return", "retros:choices", "retros:clock", "retros:lead", "retros:moves", "retros:note", "retros:note_place", "retros:note_removal", "retros:note_shelving",
        "retros:note_vote", "retros:note_withdrawal", "retros:learning_return", "retros:notes", "retros:own_retro", "retros:share_grade", "retros:share_review", "retros:record_return", "retros:record_sharing", "retros:pick", "retros:presence", "retros:publication", "retros:publication_return", "retros:ready", "retros:why", "retros:writing",
        "checkins:comment_edit", "checkins:comment_restoration", "checkins:comments", "checkins:draft", "checkins:health", "objectives:comment_deletion",
        "objectives:comment_edit", "objectives:comment_restoration", "objectives:comments", "checkins:week", "objectives:activation", "objectives:co_owners", "objectives:deletion",
        "checkins:week_away", "checkins:week_back", "checkins:week_link", "objectives:hand", "objectives:stretch",
        "objectives:drop", "objectives:edit", "objectives:key_result_deletion", "objectives:key_result_drop",
        "objectives:key_result_edit", "objectives:key_result_move", "objectives:key_result_new",
        "objectives:key_result_position", "objectives:key_result_restoration", "objectives:key_result_resumption",
        "objectives:suggestion", "objectives:suggestion_refusal", "objectives:suggestion_withdrawal", "objectives:suggestions",
        "objectives:suggested_objective_refusal", "objectives:suggested_objective_withdrawal", "objectives:suggested_objectives",
        "objectives:bet", "objectives:bet_deletion", "objectives:bet_restoration", "objectives:bets",
        "objectives:idea_deletion", "objectives:idea_edit", "objectives:idea_restoration", "objectives:shelf",
        "objectives:new", "objectives:owner", "objectives:position", "objectives:proposal", "objectives:proposal_return",
        "objectives:restoration",
        "objectives:carry_over", "objectives:ending", "objectives:reopening", "retros:closing", "retros:grades", "retros:reopening", "retros:site_closing",
        "objectives:resumption", "objectives:team_quarter", "objectives:team_quarter_deletion",
        "objectives:team_quarters", "people:absence_deletion", "people:absences", "people:reminder", "people:settings", "people:unsubscription",
    ],
}  # fmt: skip


def name_of(words: str) -> str:
    return words.split()[0]


def test_every_address_that_takes_something_is_thought_of():
    """AUTH-14: it asks, or it is said why it does not."""
    sent_to = {route.name for route in routes() if "POST" in route.methods}
    asks = {name_of(one.to) for one in ASKS if one.method == "POST"}
    free = [name for names in FREE.values() for name in names]
    assert sorted([*asks, *free]) == sorted(sent_to)


def confirmed(house: House, persona: str, first: str = "") -> Client:
    """A browser in which that persona has shown their password just now, and sent an empty form to `first`."""
    client = Client()
    client.force_login(house.world.persona(persona))
    client.post(AGAIN, {"password": PASSWORD})
    if first:
        client.post(house.path(first))
    return client


def sent(house: House, client: Client, ask: Ask):
    path = house.path(ask.to)
    return client.post(path, ask.data) if ask.method == "POST" else client.get(path)


@pytest.mark.parametrize("ask", ASKS, ids=str)
def test_it_asks_and_does_nothing_until_it_is_answered(house, ask):
    """AUTH-14: when the password was shown long ago; a wrong one does nothing either, the right one goes on."""
    with time_machine.travel(NOW, tick=False):
        client = confirmed(house, ask.who, ask.first)
    before = tables()
    with time_machine.travel(LATER, tick=False):
        asked = sent(house, client, ask)
        assert (asked.status_code, asked.headers["Location"].partition("?")[0]) == (302, AGAIN)
        wrong = client.post(asked.headers["Location"], {"password": "a wrong one"})
        assert (wrong.status_code, tables() == before) == (422, True)
        went_on = client.post(asked.headers["Location"], {"password": PASSWORD})
        assert went_on.status_code in {200, 302}
        if ask.method == "POST":
            assert tables() != before
        else:
            assert sent(house, client, ask).headers["Content-Disposition"].startswith("attachment")


@pytest.mark.parametrize("ask", ASKS, ids=str)
def test_it_does_not_ask_twice_in_ten_minutes(house, ask):
    """AUTH-14: the control."""
    with time_machine.travel(NOW, tick=False):
        client = confirmed(house, ask.who, ask.first)
    before = tables()
    with time_machine.travel(NOW + timedelta(minutes=9), tick=False):
        answer = sent(house, client, ask)
    assert not answer.headers.get("Location", "").startswith(AGAIN)
    assert ask.method == "GET" or tables() != before


@pytest.mark.parametrize("persona", ["alice", "tara", "ada"])
def test_nothing_else_asks(house, persona):
    """AUTH-14: the table tells all of it; looking at a page never asks, unless it says so."""
    asking = set()
    client = Client()
    client.force_login(house.world.persona(persona))
    for words in GIVEN_PATHS:
        path = house.path(words)
        for method in ("GET", "POST"):
            with undone():
                answer = client.post(path) if method == "POST" else client.get(path)
            if answer.status_code == 302 and answer.headers["Location"].startswith(AGAIN):
                asking.add(f"{method} {name_of(words)}")
    assert asking <= {f"{ask.method} {name_of(ask.to)}" for ask in ASKS}


@pytest.mark.parametrize("persona", ["alice", "ada"])
def test_what_is_taken_away_as_a_file_asks(house, persona):
    """AUTH-14: whatever comes as a file is in the table, but dates without a word of anybody."""
    asks = {name_of(one.to) for one in ASKS if one.method == "GET"}
    client = confirmed(house, persona)
    for words in GIVEN_PATHS:
        with undone():
            answer = client.get(house.path(words))
        if "attachment" in answer.headers.get("Content-Disposition", ""):
            assert name_of(words) in asks or answer.headers["Content-Type"].startswith("text/calendar"), words
