"""Somebody else of the team answers for its objective (decisions 5, CC-01, AZ-07)."""

from datetime import date

import pytest

from core.errors import NotNow, NotYours
from objectives.actions import objectives
from objectives.actions.objectives import ObjectiveInvalid
from objectives.models import CoOwner, KeyResult, Objective, events_of, names_in
from objectives.rows import history
from people.actions import memberships
from people.viewer import viewer_of
from tests.factories import CoOwnerFactory, KeyResultFactory, MembershipFactory, UserFactory
from tests.objectives.crew import read, sentence, told
from tests.objectives.pages import links, main, problems, toasts, values
from tests.people.racing import race

TODAY = date(2026, 11, 19)
FOR_LEADS = "Whoever answers for it hands it over, or a lead of the team."


def hand_over(crew, row, *, by, to, now, was=None, with_key_results=True):
    objectives.hand_over(
        by=viewer_of(by),
        objective=read(row),
        was_pk=(was or crew.mira).pk,
        owner=to,
        with_key_results=with_key_results,
        now=now,
    )


def owners(row):
    """Who answers for it, and who logs each of its key results."""
    parts = KeyResult.objects.filter(objective=row).order_by("title").values_list("title", "owner__name")
    return Objective.objects.get(pk=row.pk).owner.name, dict(parts)


@pytest.fixture
def row(crew):
    """The team's, of which Mira logs the essays and Elif the talks; Jonas co-owns it."""
    made = crew.team_objective()
    for title, person in (("Essays", crew.mira), ("Talks", crew.elif_)):
        KeyResultFactory(objective=made, title=title, owner=person)
    CoOwnerFactory(objective=made, user=crew.jonas)
    return made


@pytest.mark.django_db
@pytest.mark.parametrize(("with_key_results", "logs"), [(True, "Jonas"), (False, "Mira")])
@pytest.mark.parametrize("by", ["mira", "elif_"])
def test_its_owner_or_a_lead_hands_it_over(crew, row, now, by, with_key_results, logs):
    hand_over(crew, row, by=getattr(crew, by), to=crew.jonas, now=now, with_key_results=with_key_results)
    assert owners(row) == ("Jonas", {"Essays": logs, "Talks": "Elif"})
    assert not CoOwner.objects.exists()  # who answers for it is no co-owner beside that
    assert told(row) == [("HANDED_OVER", {"owner": crew.jonas.pk, "was": crew.mira.pk})]
    assert Objective.objects.get(pk=row.pk).version == row.version + 1
    events = events_of(row)
    assert [one.text for one in history(row, [], events, crew.mira.zone_info, names_in(events))] == [
        "Handed over: Jonas answers for it."
    ]


@pytest.mark.django_db
def test_to_the_same_one_changes_nothing(crew, row, now):
    hand_over(crew, row, by=crew.elif_, to=crew.mira, now=now)
    assert (owners(row)[0], told(row)) == ("Mira", [])


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("by", "refusal"), [("jonas", NotYours), ("nora", NotYours), ("mira, who left", NotYours), ("elif_", None)]
)
def test_nobody_else_hands_it_over(crew, row, now, by, refusal):
    crew.mira.memberships.update(left_on=TODAY)
    arguments = {"by": getattr(crew, by.partition(",")[0]), "to": crew.jonas, "now": now, "crew": crew, "row": row}
    if refusal is None:
        hand_over(**arguments)
        assert owners(row)[0] == "Jonas"
    else:
        assert sentence(refusal, hand_over, **arguments) == FOR_LEADS


@pytest.mark.django_db
def test_it_stays_in_the_team_and_with_those_who_are_here(crew, row, now):
    off = MembershipFactory(team=crew.team, user=UserFactory(switched_off_at=now)).user
    for person in (crew.nora, off):
        arguments = {"crew": crew, "row": row, "by": crew.elif_, "to": person, "now": now}
        assert sentence(ObjectiveInvalid, hand_over, **arguments) == "Somebody of the team answers for it."


@pytest.mark.django_db
def test_what_is_personal_or_over_is_not_handed_over(crew, now):
    arguments = {"crew": crew, "by": crew.mira, "to": crew.jonas, "now": now}
    assert "personal" in sentence(NotYours, hand_over, row=crew.objective(), **arguments)
    for state in ("CLOSED", "DROPPED"):
        row = crew.team_objective(state=state, state_reason="No.")
        assert sentence(NotNow, hand_over, row=row, **arguments)
    closed = crew.team_objective()
    seen = {"row": closed, "by": crew.elif_, "to": crew.jonas, "now": now, "crew": crew}
    viewer, found = viewer_of(crew.elif_), read(closed)
    crew.team.closed_at = now
    crew.team.save(update_fields=["closed_at"])
    assert sentence(NotNow, hand_over, **seen) == "This team is closed."
    more = {"was_pk": crew.mira.pk, "owner": crew.jonas, "with_key_results": True, "now": now}
    assert sentence(NotNow, objectives.hand_over, by=viewer, objective=found, **more) == "This team is closed."


@pytest.mark.django_db
def test_the_form_that_made_it_is_no_longer_in_the_way(crew, now):
    """CON-02: whoever gets it may have made another one with the same key."""
    key = "5c0e3b0e-0000-4000-8000-000000000001"
    row = crew.team_objective(client_key=key)
    crew.objective(owner=crew.jonas, client_key=key)
    hand_over(crew, row, by=crew.mira, to=crew.jonas, now=now)
    assert owners(row)[0] == "Jonas"


@pytest.mark.django_db(transaction=True)
def test_two_hand_it_over_at_once(crew, row, now):
    """CC-01: the second is told that somebody else was named."""
    seen = [(viewer_of(by), read(row), to) for by, to in ((crew.mira, crew.jonas), (crew.elif_, crew.elif_))]

    def give(viewer, found, to):
        more = {"was_pk": crew.mira.pk, "owner": to, "with_key_results": True, "now": now}
        return lambda: objectives.hand_over(by=viewer, objective=found, **more)

    assert race(*(give(*one) for one in seen)) == ["Stale", "done"]
    assert len(told(row)) == 1


@pytest.mark.django_db(transaction=True)
def test_handing_over_to_somebody_who_leaves_at_that_moment(crew, row, now):
    """CC-09: either they are still in the team, and it is theirs, or it stays."""
    ends = race(
        lambda: hand_over(crew, row, by=crew.elif_, to=crew.jonas, now=now),
        lambda: memberships.leave(by=viewer_of(crew.jonas), team=crew.team, now=now),
    )
    assert (ends, owners(row)[0]) in [(["done", "done"], "Jonas"), (["ObjectiveInvalid", "done"], "Mira")]


@pytest.mark.django_db
@pytest.mark.usefixtures("frozen")
def test_the_page(crew, row, client_of, django_assert_num_queries):
    browser, url = client_of(crew.mira), f"{row.get_absolute_url()}owner/"
    assert url in links(browser.get(row.get_absolute_url()))
    with django_assert_num_queries(7):
        page = browser.get(url)
    assert "Elif Jonas Mira They also log" not in main(page)  # the options of a list are no words of the page
    assert "Mira answers for it today. It can be anybody of the team." in main(page)
    assert values(page)["was"] == str(crew.mira.pk)
    answer = browser.post(url, {"owner": crew.jonas.pk, "was": crew.mira.pk, "with_key_results": "on"})
    assert (answer.status_code, answer.url, toasts(answer)) == (
        302,
        row.get_absolute_url(),
        [("Jonas answers for it now.", "")],
    )
    assert owners(row) == ("Jonas", {"Essays": "Jonas", "Talks": "Elif"})
    page = browser.get(row.get_absolute_url())
    assert "Handed over: Jonas answers for it. Mira" in main(page)
    assert (url in links(page), browser.get(url).status_code) == (False, 403)


@pytest.mark.django_db
@pytest.mark.usefixtures("frozen")
def test_two_who_name_somebody_at_once_see_both(crew, row, client_of):
    """CC-01."""
    url = f"{row.get_absolute_url()}owner/"
    sam = MembershipFactory(team=crew.team, user=UserFactory(name="Sam"), role="LEAD").user
    client_of(crew.mira).post(url, {"owner": crew.jonas.pk, "was": crew.mira.pk})
    answer = client_of(sam).post(url, {"owner": sam.pk, "was": crew.mira.pk})
    assert (answer.status_code, values(answer)["was"]) == (409, str(crew.jonas.pk))
    words = "Mira, 19 November 2026, 10:00. Yours is kept below"
    assert "Theirs, saved Who answers for it Jonas Yours, not saved Who answers for it Sam" in main(answer), words
    assert owners(row)[0] == "Jonas"


@pytest.mark.django_db
@pytest.mark.usefixtures("frozen")
@pytest.mark.parametrize("sent", [{}, {"owner": "x", "was": "1"}, {"owner": "", "was": ""}])
def test_what_is_no_choice_is_said(crew, row, client_of, sent):
    answer = client_of(crew.elif_).post(f"{row.get_absolute_url()}owner/", sent)
    assert (answer.status_code, problems(answer)[0]) == (
        422,
        "Choose somebody of the team." if sent.get("owner") else "Say who it is to be.",
    )


@pytest.mark.django_db
@pytest.mark.usefixtures("frozen")
def test_a_lead_is_told_that_one_needs_somebody(crew, row, client_of):
    """Decisions 5: nothing is left with somebody who has gone."""
    lead, member = client_of(crew.elif_), client_of(crew.jonas)
    assert "Needs somebody" not in main(lead.get("/"))
    crew.mira.memberships.update(left_on=TODAY)
    assert f"Whoever answered for it has left the team. {row.title} Name somebody" in main(lead.get("/"))
    assert "Needs somebody" not in main(member.get("/"))
    page = lead.get(row.get_absolute_url())
    assert "Mira answers for it, and is no longer in the team. Name co-owners Hand it over" in main(page)
    url = f"{row.get_absolute_url()}owner/"
    assert '<option value="">choose somebody</option>' in lead.get(url).content.decode()
    lead.post(url, {"owner": crew.jonas.pk, "was": crew.mira.pk, "with_key_results": "on"})
    assert "Needs somebody" not in main(lead.get("/"))


@pytest.mark.django_db
@pytest.mark.usefixtures("frozen")
@pytest.mark.parametrize("fields", [{"state": "CLOSED"}, {"quarter": "before"}, {"deleted_at": "2026-11-18T00:00Z"}])
def test_what_is_over_needs_nobody(crew, client_of, fields):
    if "quarter" in fields:
        fields = {"quarter": crew.before}
    crew.team_objective(**fields)
    crew.mira.memberships.update(left_on=TODAY)
    assert "Needs somebody" not in main(client_of(crew.elif_).get("/"))
