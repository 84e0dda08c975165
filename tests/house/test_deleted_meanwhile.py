"""Who edits what somebody else has just taken away keeps their text (CC-11): every form that takes words."""

import html
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from django.urls import resolve

from checkins.models import CheckIn, Promise, Session
from core.routes import routes
from objectives.models import Bet, Closing, Idea, KeyResult, Objective, Quarter, SuggestedObjective, Suggestion
from people.models import Membership, Team, User
from tests.factories import PASSWORD, TokenFactory
from tests.factories.people import WEDNESDAY
from tests.house.forms import Found, forms_of
from tests.house.house import House
from tests.house.matrix import GIVEN, tables
from tests.house.pages import GIVEN_PATHS

pytestmark = pytest.mark.django_db

AGAIN = "/accounts/reauthenticate/"
MINE = "Words of mine, {}: “quoted” & <marked>"
WRITTEN = re.compile(r'<textarea[^>]* name="([^"]+)"|<input type="(?:text|search)" name="([^"]+)"')
NUMBERS = re.compile(r"hours|money|baseline|target|amount|anchor|value-|_on$|q$")


@dataclass(frozen=True)
class Form:
    """Who writes, on which page, where it is sent to (as the page's own form has it), and what happens meanwhile."""

    who: str
    page: str
    gone: Callable[[House], object]
    to: str = ""
    typed: dict[str, str] = field(default_factory=dict)  # what a field takes that takes no sentence
    given: str = ""  # what was done before

    def __str__(self) -> str:
        return f"{self.to or self.page} after {self.gone.__name__}"

    @property
    def route(self) -> str:
        return (self.to or self.page).split()[0]


def objective_deleted(house: House) -> None:
    keys = [house.world.objectives[mark].pk for mark in ("TEAM_EVERYONE", "MY_TEAMS")]
    Objective.objects.filter(pk__in=keys).update(deleted_at=WEDNESDAY)


def objective_dropped(house: House) -> None:
    Objective.objects.filter(pk=house.world.objectives["TEAM_EVERYONE"].pk).update(state="DROPPED", state_reason="No.")


def owner_no_longer(house: House) -> None:
    """Somebody else answers for it, and who writes no longer leads the team."""
    Objective.objects.filter(pk=house.world.objectives["TEAM_EVERYONE"].pk).update(owner=house.world.bob)
    Membership.objects.filter(user=house.world.tara).update(role="MEMBER")


def key_result_deleted(house: House) -> None:
    KeyResult.objects.filter(pk=house.world.key_results["TEAM_EVERYONE"].pk).update(deleted_at=WEDNESDAY)


def team_closed(house: House) -> None:
    Team.objects.filter(pk=house.world.rockets.pk).update(closed_at=WEDNESDAY)


def quarter_deleted(house: House) -> None:
    Quarter.objects.filter(pk=house.world.own_quarter.pk).delete()


def harbour_closed(house: House) -> None:
    Team.objects.filter(pk=house.world.harbour.pk).update(closed_at=WEDNESDAY)


def person_switched_off(house: House) -> None:
    User.objects.filter(pk=house.world.charlie.pk).update(switched_off_at=WEDNESDAY)


def person_erased(house: House) -> None:
    User.objects.filter(pk=house.world.charlie.pk).update(erased_at=WEDNESDAY)


def admin_no_longer(house: House) -> None:
    User.objects.filter(pk=house.world.ada.pk).update(is_site_admin=False)


def planned_quarter_deleted(house: House) -> None:
    Quarter.objects.filter(pk=house.world.quarter.pk).update(
        slug="elsewhere", team=house.world.harbour, length="CUSTOM"
    )


def enough_tokens(house: House) -> None:
    for _one in range(20):
        TokenFactory(person=house.world.alice, expires_at=WEDNESDAY + timedelta(days=90))


def week_hidden(house: House) -> None:
    """It is written anew, and not yet done; nobody else sees it meanwhile."""
    CheckIn.objects.filter(pk=house.world.check_in.pk).update(done_at=None)


def comments_deleted(house: House) -> None:
    """By somebody else."""
    for comment in (house.world.comments["TEAM_EVERYONE"], house.world.week_comment):
        gone = {"deleted_at": WEDNESDAY, "deleted_by": house.world.tara}
        type(comment).objects.filter(pk=comment.pk).update(**gone)


def suggestion_withdrawn(house: House) -> None:
    """By Bob, who had suggested it."""
    gone = {"state": "WITHDRAWN", "answered_at": WEDNESDAY, "answered_by": house.world.bob}
    Suggestion.objects.filter(pk=house.world.suggestions["TEAM_EVERYONE"].pk).update(**gone)


def bet_deleted(house: House) -> None:
    Bet.objects.filter(pk=house.world.bets["TEAM_EVERYONE"].pk).update(deleted_at=WEDNESDAY)


def celebration_over(house: House) -> None:
    """Whoever leads it has ended it."""
    Session.objects.filter(pk=house.world.session.pk).update(held_at=WEDNESDAY)


def _retro(house: House, **fields: object) -> None:
    Session.objects.filter(pk=house.world.retro.session_id).update(**fields)


def retro_moved_on(house: House) -> None:
    """Whoever leads it has revealed the notes."""
    _retro(house, phase="REVEAL")


def retro_is_over(house: House) -> None:
    """Whoever leads it has ended it."""
    _retro(house, held_at=WEDNESDAY)


def quarter_closed(house: House) -> None:
    """By its lead."""
    world = house.world
    Closing.objects.create(team=world.rockets, quarter=world.quarter, closed_at=WEDNESDAY, closed_by=world.tara)


def retro_goes_on(house: House) -> None:
    """It was not over after all."""
    _retro(house, held_at=None)


def promise_kept(house: House) -> None:
    """In another tab."""
    Promise.objects.filter(pk=house.world.promise.pk).update(state="KEPT")


def idea_taken_up(house: House) -> None:
    """In another tab."""
    Idea.objects.filter(pk=house.world.idea.pk).delete()


def whole_withdrawn(house: House) -> None:
    """By Bob, who had suggested it."""
    gone = {"state": "WITHDRAWN", "answered_at": WEDNESDAY}
    SuggestedObjective.objects.filter(pk=house.world.suggested.pk).update(**gone)


def bob_leaves(house: House) -> None:
    """Tara is beside him no more."""
    Membership.objects.filter(user=house.world.bob).update(left_on=WEDNESDAY.date())


WEEK = "checkins:person_week username=alice week=2026-W46"
TEAM = "objectives:{} pk={{objectives[TEAM_EVERYONE].pk}}"
PART = "objectives:{} pk={{key_results[TEAM_EVERYONE].pk}}"
SUGGESTION = f"{TEAM} suggestion={{{{suggestions[TEAM_EVERYONE].pk}}}}"
RETRO = "retros:retro slug=rockets quarter=2026-Q4"
WHOLE = "objectives:{} username=alice suggested={{suggested.pk}}"
OWN = "objectives:team_quarter slug=harbour pk={own_quarter.pk}"
FORMS = (
    Form("tara", TEAM.format("edit"), objective_deleted),
    Form("tara", TEAM.format("edit"), objective_dropped),
    Form("tara", TEAM.format("edit"), owner_no_longer),
    Form("tara", TEAM.format("edit"), team_closed),
    Form("alice", "objectives:edit pk={objectives[MY_TEAMS].pk}", objective_deleted),
    Form("tara", TEAM.format("drop"), objective_deleted),
    Form("tara", TEAM.format("key_result_new"), objective_deleted),
    Form("tara", PART.format("key_result_edit"), key_result_deleted),
    Form("tara", PART.format("key_result_edit"), objective_deleted),
    Form("tara", PART.format("key_result_drop"), key_result_deleted),
    Form("tara", "objectives:new ?team=rockets", team_closed),
    Form("tara", "checkins:health slug=rockets", team_closed),
    Form("alice", "objectives:new", planned_quarter_deleted),
    Form("alice", "objectives:new ?idea={idea.pk}", idea_taken_up),
    Form("alice", "objectives:new ?suggested={suggested.pk}", whole_withdrawn),
    Form("alice", WHOLE.format("suggested_objective"), whole_withdrawn, to=WHOLE.format("suggested_objective_refusal")),
    Form("tara", "objectives:suggested_objectives username=bob", bob_leaves),
    Form("alice", "objectives:idea_edit pk={idea.pk}", idea_taken_up),
    Form("alice", "checkins:week week=2026-W47", key_result_deleted),
    Form("alice", "checkins:week week=2026-W47", objective_deleted),
    Form("bob", WEEK, week_hidden, to=f"{WEEK.replace('person_week', 'cheers')}"),
    Form(
        "bob",
        "checkins:celebration_remote slug=rockets",
        celebration_over,
        to="checkins:celebration_cheers slug=rockets",
    ),
    Form("bob", WEEK, week_hidden, to=f"{WEEK.replace('person_week', 'comments')}"),
    Form("bob", WEEK.replace("person_week", "comments"), week_hidden),
    Form("bob", f"{WEEK.replace('person_week', 'comment_edit')} comment={{week_comment.pk}}", comments_deleted),
    Form("bob", TEAM.format("objective"), objective_deleted, to=TEAM.format("comments")),
    Form("alice", f"{TEAM.format('comment_edit')} comment={{comments[TEAM_EVERYONE].pk}}", comments_deleted),
    Form("alice", PART.format("bets"), key_result_deleted),
    Form("alice", PART.format("bets"), objective_dropped),
    Form("alice", f"{PART.format('bet')} bet={{bets[TEAM_EVERYONE].pk}}", bet_deleted),
    Form("alice", f"{PART.format('bet')} bet={{bets[TEAM_EVERYONE].pk}}", objective_deleted),
    Form("bob", "checkins:promise_new ?key_result={key_results[TEAM_EVERYONE].pk}", key_result_deleted),
    Form("bob", "checkins:promise_new ?key_result={key_results[TEAM_EVERYONE].pk}", objective_dropped),
    Form("bob", "checkins:promise_new ?team=rockets", team_closed),
    Form("bob", "checkins:promise_edit pk={promise.pk}", promise_kept),
    Form("bob", RETRO, retro_moved_on, given="retro_written", to="retros:notes slug=rockets quarter=2026-Q4"),
    Form("alice", "retros:note slug=rockets quarter=2026-Q4 note={note.pk}", retro_is_over),
    Form(
        "bob",
        RETRO,
        retro_is_over,
        given="retro_decided",
        to="retros:choices slug=rockets quarter=2026-Q4",
        typed={"keeper": "alice", "kind": "CHANGE"},
    ),
    Form(
        "bob",
        RETRO,
        retro_is_over,
        given="retro_decided",
        to="retros:answers slug=rockets quarter=2026-Q4",
        typed={"working": "YES"},
    ),
    Form("bob", RETRO, retro_goes_on, given="retro_over", to="retros:publication slug=rockets quarter=2026-Q4"),
    Form("bob", "retros:pick slug=rockets quarter=2026-Q4", quarter_closed, typed={"best": "own", "mind": "own"}),
    Form("bob", "retros:pick slug=rockets quarter=2026-Q4", team_closed, typed={"best": "own", "mind": "own"}),
    Form("tara", "retros:why slug=rockets", team_closed, typed={"is_anonymous": "no"}),
    Form("bob", TEAM.format("suggestions"), objective_dropped),
    Form("bob", TEAM.format("suggestions"), objective_deleted),
    Form("tara", SUGGESTION.format("suggestion"), objective_dropped),
    Form("tara", SUGGESTION.format("suggestion"), suggestion_withdrawn),
    Form("tara", SUGGESTION.format("suggestion"), suggestion_withdrawn, to=SUGGESTION.format("suggestion_refusal")),
    Form("tara", "people:team_settings slug=rockets", team_closed),
    Form("tara", "people:team_settings slug=rockets", team_closed, to="people:members slug=rockets"),
    Form("tara", "people:chat slug=rockets", team_closed, typed={"address": "https://chat.example/x"}),
    Form("tara", "people:invitations slug=rockets", team_closed, typed={"emails": "new@example.org"}),
    Form("xavier", "objectives:team_quarters slug=harbour", harbour_closed, typed={"label": "One of mine"}),
    Form("tara", "retros:reopening slug=rockets quarter=2026-Q2", team_closed),
    Form("xavier", OWN, quarter_deleted, typed={"label": "Another name of mine"}),
    Form("ada", "people:manager username=charlie", person_switched_off),
    Form("ada", "people:manager username=charlie", admin_no_longer),
    Form("ada", "objectives:account username=charlie", person_erased),
    Form("ada", "people:team_new ?kind=team", team_closed, typed={"parent": "{rockets.pk}"}),
    Form("ada", "objectives:organisation", admin_no_longer),
    Form("alice", "people:tokens", enough_tokens),
)
NO_WORDS = {
    "It is a button.": [
        "people:skipped_weeks",
        "checkins:notice_opening", "checkins:notices_reading", "checkins:nudge", "checkins:seen",
        "checkins:promise_keeping", "checkins:promise_release", "checkins:promise_resumption",
        "checkins:celebration_beginning", "checkins:celebration_clock", "checkins:celebration_confidence", "checkins:celebration_lead", "checkins:celebration_moves",
        "checkins:celebration_presence", "checkins:celebration_together", "checkins:celebration_together_confidence", "checkins:celebration_turns",
        "retros:beginning", "retros:choice_return", "retros:clock", "retros:lead", "retros:learning_return", "retros:record_return", "retros:moves", "retros:note_place", "retros:note_removal", "retros:note_shelving",
        "retros:note_vote", "retros:note_withdrawal", "retros:presence", "retros:publication_return", "retros:ready",
        "checkins:cheer_return", "checkins:comment_deletion", "checkins:comment_restoration",
        "objectives:comment_deletion", "objectives:comment_restoration", "objectives:idea_deletion", "objectives:idea_restoration",
        "objectives:bet_deletion", "objectives:bet_restoration",
        "objectives:suggestion_withdrawal", "objectives:suggested_objective_withdrawal",
        "checkins:week_away", "checkins:week_back", "people:unsubscription", "objectives:hand", "objectives:stretch",
        "objectives:account_admin", "objectives:account_return", "objectives:account_sessions_end",
        "objectives:activation", "objectives:deletion", "objectives:key_result_deletion",
        "objectives:key_result_position", "objectives:key_result_restoration", "objectives:key_result_resumption",
        "objectives:position", "objectives:proposal", "objectives:proposal_return", "objectives:restoration",
        "objectives:resumption", "objectives:ending", "retros:closing", "retros:site_closing",
        "objectives:team_quarter_deletion", "own_data:erasure_calling_off", "own_data:own_data", "people:absence_deletion", "people:closure", "people:departure",
        "people:invitation_renewal", "people:invitation_withdrawal", "people:member_departure", "people:reopening",
        "people:own_acceptance", "people:own_refusal", "people:chat_end", "people:chat_trial", "people:feed", "people:feed_revocation", "people:room_link", "people:room_link_revocation", "people:token_revocation", "account_logout", "usersessions_end", "usersessions_others_end",
        "usersessions_renewal",
    ],
    "It takes choices, numbers and days alone.": [
        "objectives:carry_over", "objectives:co_owners", "objectives:key_result_move", "objectives:owner", "people:absences",
        "checkins:week_link", "people:reminder",
        "people:member_role", "retros:share_grade", "retros:share_review", "retros:writing",
    ],
    "It is the door: a name or an address at most, for a link that is over.": [
        "account_change_password", "account_login", "account_reauthenticate", "account_reset_password",
        "account_reset_password_from_key", "objectives:set_up", "people:invitation",
    ],
    "A program keeps what it sends.": ["api:check_ins", "api:objective_key_results", "api:objectives", "api:values"],
}  # fmt: skip
WORDS_ANYWAY = {
    "graded in the last weeks of a quarter, tried in tests/retros/test_views_grading.py": ("retros:grades",),
    "It is about oneself, whom nobody takes away while one writes.": [
        "objectives:reopening",
        "objectives:shelf",
        "people:settings",
        "retros:own_retro",
    ],
    "It is kept as it was typed, also about what is gone (tests/checkins/test_views_draft.py).": ["checkins:draft"],
    "It takes a name that stands on the page.": ["own_data:erasure", "own_data:leaving"],
    "It takes a name and a day; who is gone is not found, tried in tests/retros/test_records.py.": [
        "retros:record_sharing"
    ],
}


def own_form(house: House, form: Form) -> tuple[str, Found, list[str]]:
    """Where the page's own form goes, the form, and the names of what is written in it."""
    page, path = house.path(form.page), house.path(form.to or form.page)
    body = house.get(form.who, page).content.decode()
    found = [one for one in forms_of(body) if (one.action or page) == path]
    (own,) = found or [one for one in forms_of(body) if not one.action]
    written = {name for names in WRITTEN.findall(body) for name in names if name and not NUMBERS.search(name)}
    return path, own, [name for name in own.names if name in written]


@pytest.mark.parametrize("form", FORMS, ids=str)
def test_what_was_written_comes_back_when_the_thing_is_gone(house, form):
    """CC-11: refused, whole, and nothing of it saved."""
    GIVEN[form.given](house)
    path, own, written = own_form(house, form)
    words = {name: form.typed.get(name, MINE.format(name)) for name in written}
    form.gone(house)
    before, client = tables(), house.client(form.who)
    answer = client.post(path, {**dict(own.fields), **words, **house.filled(form.typed)})
    if answer.headers.get("Location", "").startswith(AGAIN):
        answer = client.post(answer.headers["Location"], {"password": PASSWORD})
    assert (answer.status_code in {403, 404, 409, 422}, tables() == before) == (True, True), answer.status_code
    shown = html.unescape(answer.content.decode())
    assert written
    assert {name: text for name, text in words.items() if text not in shown} == {}


def test_every_form_that_takes_words_is_tried():
    """CC-11: or it is said why it loses none."""
    tried = {form.route for form in FORMS}
    spared = [name for names in (*NO_WORDS.values(), *WORDS_ANYWAY.values()) for name in names]
    assert sorted([*tried, *spared]) == sorted(route.name for route in routes() if "POST" in route.methods)


@pytest.mark.parametrize("persona", ["alice", "tara", "ada"])
def test_no_form_without_words_takes_any(house, persona):
    """CC-11: the control for what is spared."""
    spared = {name for names in NO_WORDS.values() for name in names}
    wordy = set()
    for words in GIVEN_PATHS:
        page = house.path(words)
        answer = house.get(persona, page)
        if answer.status_code != 200 or words.startswith(("account_", "people:invitation ", "objectives:set_up")):
            continue
        body = answer.content.decode()
        written = {name for names in WRITTEN.findall(body) for name in names if name and not NUMBERS.search(name)}
        for form in forms_of(body):
            name = resolve((form.action or page).partition("?")[0]).view_name
            wordy |= {name} if written & set(form.names) else set()
    assert wordy & spared == set()
    assert wordy
