"""The page of one objective, and everything that is done on it."""

from datetime import date
from functools import partial
from uuid import uuid4

import pytest

from activity.actions.events import record
from activity.models import Event
from objectives.models import CoOwner, KeyResult, Objective
from tests.factories import (
    ConfidenceFactory,
    CoOwnerFactory,
    KeyResultFactory,
    MembershipFactory,
    ObjectiveFactory,
    QuarterFactory,
    UserFactory,
    ValueFactory,
)
from tests.objectives.crew import just_before
from tests.objectives.nasty import IDS, NO_TEXT, NOT_TEXT
from tests.objectives.pages import links, main, problems, summary, toasts, values

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]


@pytest.fixture
def browser(crew, client_of):
    return client_of(crew.mira)


def full(crew, now, *, key_results: int):
    """An objective with something in every field, and so many key results with a life."""
    row = crew.team_objective(title="Ship it", why="Because", first_step="Begin", hours=3, money=1200)
    CoOwnerFactory(objective=row, user=crew.jonas)
    for number in range(key_results):
        one = KeyResultFactory(
            objective=row, title=f"KR{number}", intention="Meant well", owner=crew.jonas, position=number
        )
        ConfidenceFactory(key_result=one, level=4)
        ValueFactory(key_result=one, amount=3)
        record("ADDED", one, by_pk=crew.mira.pk, now=now)
    return row


@pytest.mark.parametrize("key_results", [1, 5])
def test_everything_about_it_in_a_fixed_number_of_queries(crew, browser, now, django_assert_num_queries, key_results):
    row = full(crew, now, key_results=key_results)
    with django_assert_num_queries(12):
        answer = browser.get(row.get_absolute_url())
    words = main(answer)
    for sentence in [
        "Accelerator · Mira · 2026-Q4 everyone reads this Ship it Edit",
        "Why Because",
        "KR0 3 of 10 30 % 30 % Meant well logged by Jonas",
        "as of week 46",
        "First Begin Time 3 h a week Money 1200",
        "Who words it Mira , Jonas Name co-owners",
        "19 Nov “KR0” added. Mira",
    ]:
        assert sentence in words
    assert ("Three is usual here." in words) is (key_results >= 3)


@pytest.mark.parametrize(
    ("quarter", "current"),
    [("before", None), ("quarter", 'href="/check-in/2026-W47/" aria-current="date"'), ("after", None)],
)
def test_its_quarter_is_there_week_by_week(crew, browser, quarter, current):
    row = crew.objective(quarter=getattr(crew, quarter))
    head = browser.get(row.get_absolute_url()).content.decode().partition("<main")[0]
    assert f'aria-label="Weeks of {row.quarter.slug}"' in head
    assert (current in head) if current else ('aria-current="date"' not in head)


def test_a_reader_finds_nothing_to_press(crew, client_of, now):
    row = full(crew, now, key_results=1)
    answer = client_of(crew.nora).get(row.get_absolute_url())
    assert "Edit" not in main(answer)
    ways = {f"{row.get_absolute_url()}{way}/" for way in ("comments", "suggestions")}
    assert links(answer) == {"/teams/accelerator/", "/people/mira/", *ways}


def test_an_empty_draft(crew, browser):
    row = crew.objective(state="DRAFT", title="Write", team=None)
    words = main(browser.get(row.get_absolute_url()))
    assert words == (
        "Mira · 2026-Q4 draft Write Edit Give it a key result first: how will you know you met it? "
        "How I will know I met it No key result yet. Three is ideal: each says how far is far enough. Add a key result "
        "Comments Add a comment those who read the draft, and who reads it once it is active Post the comment "
        "Mention somebody History – Nothing has happened to it yet. Show it, or let it go Show it to my manager Delete it"
    )


def test_what_was_dropped_keeps_its_reason(crew, browser):
    row = KeyResultFactory(
        objective=crew.objective(state="DROPPED", state_reason="It went."), state="DROPPED", state_reason="Wrong thing."
    ).objective
    words = main(browser.get(row.get_absolute_url()))
    assert "It was dropped. Take it up again to change it. Why it was let go It went." in words
    assert "Dropped on 1 Oct. “ Wrong thing. ” It does not count in the grade." in words
    assert "Edit" not in words


def test_hidden_is_answered_as_what_never_was(crew, client_of, now):
    """AZ-02: every address of a hidden objective and its key results, page and form alike."""
    hidden = KeyResultFactory(objective=crew.objective(audience="ONLY_ME", title="SECRET"))
    gone = KeyResultFactory(objective=crew.objective(audience="EVERYONE", deleted_at=now))
    stranger = client_of(crew.nora)
    whole = [
        "",
        "edit/",
        "co-owners/",
        "activation/",
        "proposal/",
        "proposal/return/",
        "drop/",
        "resumption/",
        "deletion/",
        "restoration/",
        "position/",
        "key-results/new/",
    ]
    parts = ["edit/", "drop/", "resumption/", "move/", "deletion/", "restoration/", "position/"]
    for method in ("get", "post"):
        for base, rest, found in [
            ("objectives", whole, [hidden.objective_id, gone.objective_id]),
            ("key-results", parts, [hidden.pk, gone.pk]),
        ]:
            for path in rest:
                never, *others = [getattr(stranger, method)(f"/{base}/{pk}/{path}") for pk in (1, *found)]
                assert {(one.status_code, main(one)) for one in others} == {(never.status_code, main(never))}
                assert never.status_code in {404, 405}
    assert KeyResult.objects.filter(state="ACTIVE", deleted_at=None).count() == 2


@pytest.mark.parametrize("pk", [str(2**63), "9" * 400])
def test_a_number_that_is_no_id(browser, pk):
    """CON-02."""
    assert browser.get(f"/objectives/{pk}/").status_code == 404
    assert browser.post(f"/key-results/{pk}/deletion/").status_code == 404


def sent(row, **changed):
    words = {"title": row.title, "why": row.why, "quarter": str(row.quarter_id), "audience": row.audience}
    return {**words, "home": str(row.team_id), "version": str(row.version), **changed}


def test_new_words_are_saved(crew, browser, django_assert_num_queries):
    row = crew.objective()
    url = f"{row.get_absolute_url()}edit/"
    with django_assert_num_queries(11):
        page = browser.get(url)
    assert values(page)["version"] == "1"
    answer = browser.post(url, sent(row, title="New words", hours="2"))
    assert (answer.status_code, answer.url, toasts(answer)) == (302, row.get_absolute_url(), [("Saved.", "")])
    assert Objective.objects.values_list("title", "hours", "version").get() == ("New words", 2, 2)


def test_an_older_version_shows_both(crew, browser, client_of):
    """CC-01: 409, theirs and mine side by side, mine kept in the form; one press saves it over theirs."""
    row = crew.team_objective(title="Old")
    url = f"{row.get_absolute_url()}edit/"
    client_of(crew.elif_).post(url, sent(row, title="Theirs", why="Their why"))
    answer = browser.post(url, sent(row, title="Mine"))
    assert answer.status_code == 409
    assert "Somebody saved a newer version. Elif , Thursday, 19 November, 10:00. Yours is kept below." in main(answer)
    assert "Theirs, saved Objective Theirs Why Their why Yours, not saved Objective Mine Why –" in main(answer)
    typed = values(answer)
    assert (typed["version"], typed["title"]) == ("2", "Mine")
    assert Objective.objects.get().title == "Theirs"
    assert browser.post(url, sent(row, title="Mine", version=typed["version"])).status_code == 302
    assert Objective.objects.values_list("title", "version").get() == ("Mine", 3)


@pytest.mark.parametrize("version", ["", "0", "-1", "abc", "9" * 400])
def test_a_version_that_never_was_is_none(crew, browser, version):
    row = crew.objective()
    answer = browser.post(f"{row.get_absolute_url()}edit/", sent(row, title="New", version=version))
    assert answer.status_code in {409, 422}
    assert Objective.objects.get().title == row.title


@pytest.mark.parametrize("text", NO_TEXT)
def test_an_edit_keeps_what_was_typed(crew, browser, text):
    """IN-07."""
    row = crew.objective()
    answer = browser.post(f"{row.get_absolute_url()}edit/", sent(row, title=text, first_step="Begin"))
    assert (answer.status_code, problems(answer), summary(answer)) == (422, [NOT_TEXT], [f"Objective: {NOT_TEXT}"])
    assert values(answer)["first_step"] == "Begin"


def test_what_the_action_refuses_stands_at_the_top(crew, browser):
    row = ConfidenceFactory(key_result__objective=crew.objective()).key_result.objective
    answer = browser.post(f"{row.get_absolute_url()}edit/", sent(row, quarter=str(crew.after.pk)))
    assert (answer.status_code, summary(answer)) == (422, ["It was logged in this quarter already, so it stays in it."])


@pytest.mark.parametrize(("state", "status"), [("CLOSED", 409), ("DROPPED", 409)])
def test_what_is_over_has_no_editor(crew, browser, state, status):
    row = KeyResultFactory(objective=crew.objective(state=state, state_reason="No."))
    for path in ("edit/", "co-owners/", "key-results/new/", "drop/"):
        assert browser.get(f"{row.objective.get_absolute_url()}{path}").status_code == status
    for path in ("edit/", "drop/"):
        assert browser.get(f"/key-results/{row.pk}/{path}").status_code == status


def test_seen_but_not_ones_own(crew, client_of):
    row = KeyResultFactory(objective=crew.team_objective())
    reader = client_of(crew.jonas)
    for path in ("edit/", "co-owners/", "key-results/new/", "drop/"):
        assert reader.get(f"{row.objective.get_absolute_url()}{path}").status_code == 403
    for path in ("activation/", "proposal/", "proposal/return/", "deletion/", "position/", "drop/", "resumption/"):
        assert reader.post(f"{row.objective.get_absolute_url()}{path}").status_code == 403
    for path in ("edit/", "drop/", "resumption/", "move/", "deletion/", "position/"):
        assert reader.post(f"/key-results/{row.pk}/{path}").status_code == 403
    assert Objective.objects.values_list("state", "deleted_at", "version").get() == ("ACTIVE", None, 1)


def test_a_draft_is_made_active(crew, browser):
    row = crew.objective(state="DRAFT")
    answer = browser.post(f"{row.get_absolute_url()}activation/")
    assert (answer.url, toasts(answer)) == (
        row.get_absolute_url(),
        [("Give it a key result first: how will you know you met it?", "")],
    )
    KeyResultFactory(objective=row)
    browser.post(f"{row.get_absolute_url()}activation/")
    assert Objective.objects.get().state == "ACTIVE"
    assert browser.post(f"{row.get_absolute_url()}activation/").status_code == 409


def test_a_draft_is_shown_to_the_manager(crew, browser, client_of):
    row = crew.objective(state="DRAFT", audience="ONLY_ME")
    assert client_of(crew.elif_).get(row.get_absolute_url()).status_code == 404
    answer = browser.post(f"{row.get_absolute_url()}proposal/")
    assert toasts(answer) == [("Your manager can read it now.", "")]
    assert client_of(crew.elif_).get(row.get_absolute_url()).status_code == 200
    assert "Your manager can read it." in main(browser.get(row.get_absolute_url()))
    assert toasts(browser.post(f"{row.get_absolute_url()}proposal/return/")) == [("It is for you alone again.", "")]
    assert client_of(crew.elif_).get(row.get_absolute_url()).status_code == 404
    assert "Show it to my manager" in main(browser.get(row.get_absolute_url()))


def test_the_page_that_changes_a_draft_says_who_reads_it(crew, browser):
    alone = "It is a draft: you alone read it, whatever you choose below, until you make it active or show it."
    shown = "Your manager reads this draft, and what you save here at once. On its page you can take it back."
    row = crew.objective(state="DRAFT", audience="EVERYONE")
    page = f"{row.get_absolute_url()}edit/"
    assert (alone in main(browser.get(page)), shown in main(browser.get(page))) == (True, False)
    browser.post(f"{row.get_absolute_url()}proposal/")
    assert (alone in main(browser.get(page)), shown in main(browser.get(page))) == (False, True)
    others = [crew.objective(), crew.team_objective(state="DRAFT")]
    words = [main(browser.get(f"{one.get_absolute_url()}edit/")) for one in others]
    assert [("draft" in one, shown in one) for one in words] == [(False, False)] * 2


def test_nothing_is_said_of_showing_what_is_no_draft(crew, browser):
    words = main(browser.get(crew.objective().get_absolute_url()))
    assert "Let it go Drop it, with a reason" in words
    assert "Show it" not in words


def test_dropped_with_a_reason(crew, browser):
    row = crew.objective(title="Write")
    url = f"{row.get_absolute_url()}drop/"
    assert "Let it go?" in main(browser.get(url))
    answer = browser.post(url, {"reason": " "})
    assert (answer.status_code, problems(answer)) == (422, ["Say in a few words why. It is what the others will read."])
    answer = browser.post(url, {"reason": "It matters less."})
    undo = f"{row.get_absolute_url()}resumption/"
    assert toasts(answer) == [("Dropped. It stays readable, with your words beside it.", undo)]
    assert Objective.objects.values_list("state", "state_reason").get() == ("DROPPED", "It matters less.")
    assert browser.post(url, {"reason": "Again"}).status_code == 409


def test_deleted_by_a_double_click(crew, browser, client_of, now):
    """CC-04: the second press lands where the first one did; who may not restore it finds nothing."""
    row, other = crew.objective(), crew.objective()
    url = f"{row.get_absolute_url()}deletion/"
    answers = [browser.post(url) for _press in range(2)]
    assert [answer.url for answer in answers] == ["/objectives/", "/objectives/"]
    assert toasts(answers[0])[-1] == toasts(answers[1])[-1]
    assert [client_of(person).post(url).status_code for person in (crew.jonas, crew.elif_)] == [404, 404]
    with just_before('UPDATE "objectives_objective"', partial(Objective.objects.update, deleted_at=now)):
        assert browser.post(f"{other.get_absolute_url()}deletion/").url == "/objectives/"
    assert (Event.objects.about(row).count(), Event.objects.about(other).count()) == (1, 0)


def test_deleted_with_a_way_back(crew, browser):
    """P113: undo everywhere; the message carries the button."""
    row = crew.objective(title="Write")
    answer = browser.post(f"{row.get_absolute_url()}deletion/")
    undo = f"{row.get_absolute_url()}restoration/"
    assert (answer.url, toasts(answer)) == ("/objectives/", [("Deleted. It can be restored for 30 days.", undo)])
    page = browser.get("/objectives/").content.decode()
    said = page[page.index('role="status"') : page.index("<main")]
    assert f'<form method="post" action="{undo}"' in said
    assert "Undo" in said
    assert "csrfmiddlewaretoken" in said
    assert browser.get(row.get_absolute_url()).status_code == 404
    assert browser.post(undo).url == row.get_absolute_url()
    assert browser.get(row.get_absolute_url()).status_code == 200
    assert browser.post(undo).status_code == 404


def test_co_owners(crew, browser, django_assert_num_queries):
    row = crew.team_objective()
    url = f"{row.get_absolute_url()}co-owners/"
    with django_assert_num_queries(7):
        answer = browser.get(url)
    assert "Elif Jonas Save" in main(answer)
    answer = browser.post(url, {"people": [str(crew.jonas.pk)]})
    assert (answer.status_code, [one.user for one in CoOwner.objects.all()]) == (302, [crew.jonas])
    assert "checked" in browser.get(url).content.decode()
    for pk in IDS:
        assert browser.post(url, {"people": [pk]}).status_code == 422
    assert browser.post(url, {"people": [str(crew.nora.pk)]}).status_code == 422
    browser.post(url, {"opened": [str(crew.jonas.pk), *IDS]})
    assert not CoOwner.objects.exists()


def test_a_co_owner_who_has_left_is_named_nowhere_and_goes_with_the_next_save(crew, browser):
    """AZ-07."""
    row = crew.team_objective()
    for person in (crew.jonas, crew.elif_):
        CoOwnerFactory(objective=row, user=person)
    url = f"{row.get_absolute_url()}co-owners/"
    assert "Who words it Mira , Elif , Jonas" in main(browser.get(row.get_absolute_url()))
    crew.jonas.memberships.update(left_on="2026-11-19")
    assert "Who words it Mira , Elif Name" in main(browser.get(row.get_absolute_url()))
    answer = browser.post(url, {"opened": [str(crew.elif_.pk)], "people": [str(crew.elif_.pk)]})
    assert toasts(answer) == [("Saved.", "")]
    assert [one.user for one in CoOwner.objects.all()] == [crew.elif_]


def test_two_who_name_co_owners_at_once(crew, browser, client_of):
    """CC-01: both stay, and the later one is told."""
    row = crew.team_objective()
    sam = MembershipFactory(team=crew.team, user=UserFactory(name="Sam")).user
    CoOwnerFactory(objective=row, user=crew.jonas)
    url = f"{row.get_absolute_url()}co-owners/"
    opened = values(browser.get(url))["opened"]
    assert opened == str(crew.jonas.pk)
    client_of(crew.elif_).post(url, {"opened": opened, "people": [opened, str(sam.pk)]})
    answer = browser.post(url, {"opened": opened, "people": [str(crew.elif_.pk)]})
    assert toasts(answer) == [("Saved, beside what somebody else changed meanwhile.", "")]
    assert {one.user for one in CoOwner.objects.select_related("user")} == {sam, crew.elif_}
    refused = browser.post(url, {"opened": opened, "people": ["x"]})
    assert (refused.status_code, values(refused)["opened"]) == (422, opened)


def test_a_personal_objective_has_no_co_owners(crew, browser):
    row = crew.objective(team=None)
    answer = browser.post(f"{row.get_absolute_url()}co-owners/", {})
    assert (answer.status_code, summary(answer)) == (422, ["Co-owners are people of the objective’s own team."])


def test_one_place_up(crew, browser):
    crew.objective(title="A", position=0)
    row = crew.objective(title="B", position=1)
    answer = browser.post(f"{row.get_absolute_url()}position/", {"to": "up"})
    assert answer.url == f"/objectives/?quarter=2026-Q4#objective-{row.pk}"
    assert [one.title for one in Objective.objects.in_order()] == ["B", "A"]
    browser.post(f"{row.get_absolute_url()}position/", {"to": "down"})
    browser.post(f"{row.get_absolute_url()}position/", {"to": "\x00"})
    assert [one.title for one in Objective.objects.in_order()] == ["A", "B"]


def test_one_sees_a_teams_objective_among_its_siblings(crew, browser):
    """On the board, where it is there: no drafts, and the quarters of the team's length."""
    month = QuarterFactory(slug="2026-11", length="MONTH", first_on=date(2026, 11, 1), ends_on=date(2026, 12, 1))
    rows = [crew.team_objective(), crew.team_objective(state="DRAFT"), crew.team_objective(quarter=month)]
    pages = [browser.post(f"{row.get_absolute_url()}position/", {"to": "up"}).url for row in rows]
    assert pages == [
        "/teams/accelerator/?quarter=2026-Q4",
        f"/objectives/?quarter=2026-Q4#objective-{rows[1].pk}",
        f"/objectives/?quarter=2026-11#objective-{rows[2].pk}",
    ]
    assert [browser.get(page.partition("#")[0]).status_code for page in pages] == [200, 200, 200]


def test_the_owners_words_are_never_html(crew, client_of):
    """IN-10."""
    evil = "<img src=x onerror=alert(1)>"
    row = KeyResultFactory(
        objective=ObjectiveFactory(owner=crew.mira, audience="EVERYONE", title=evil, why=evil, first_step=evil),
        title=evil, intention=evil, unit="<b>", state="DROPPED", state_reason=evil,
    )  # fmt: skip
    body = client_of(crew.nora).get(row.objective.get_absolute_url()).content.decode()
    assert ("<img" in body, body.count("&lt;img")) == (False, 6)


def test_a_client_key_is_no_secret_of_the_page(crew, browser):
    row = crew.objective(client_key=uuid4())
    assert str(row.client_key) not in browser.get(f"{row.get_absolute_url()}edit/").content.decode()
