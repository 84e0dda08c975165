"""The pages of a retro: what they show to whom, without scripts."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from checkins.models import Promise, Session
from objectives.models import Idea
from people.viewer import viewer_of
from retros.actions import choices, votes
from retros.live import RetroScreen
from retros.models import Answer, Choice, Frame, Note, OwnRetro, Retro, Vote
from tests.conftest import NOW
from tests.factories import (
    AmendmentFactory,
    ConfidenceFactory,
    KeyResultFactory,
    ObjectiveFactory,
    QuarterFactory,
    SessionFactory,
    UserFactory,
    ValueFactory,
)
from tests.factories.people import WEEK_46, WEEK_47
from tests.retros.looking_back import LookingBack, change

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]


def words(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, answer.status_code
    return " ".join(answer.text.split())


def press(scene: LookingBack, client: Client, where: str, **data: object) -> int:
    version = scene.retro.session.version
    return client.post(f"{scene.address}{where}/", {"version": version, **data}).status_code


def test_the_facts_are_what_all_may_read_and_in_their_weeks():
    """Decisions 9, 25: nothing of an audience that one of them is not in."""
    scene = LookingBack(phase="FACTS")
    mine = ObjectiveFactory(owner=scene.bo, title="Shared", audience="MY_TEAMS")
    KeyResultFactory(objective=ObjectiveFactory(owner=scene.bo, title="HIDDEN", audience="ONLY_ME"), title="HIDDEN")
    part = KeyResultFactory(objective=mine, title="Essays", target=6)
    for week_on, level in ((WEEK_46, 8), (WEEK_47, 4)):
        ConfidenceFactory(key_result=part, week_on=week_on, level=level)
    AmendmentFactory(key_result=part, week_on=WEEK_46, reason="Strangers only", by=scene.bo)
    done = KeyResultFactory(objective=mine, title="Done", baseline=0, target=2)
    ValueFactory(key_result=done, week_on=WEEK_47, amount=2)
    gone = {"state": "DROPPED", "state_reason": "Too loud", "state_at": NOW}
    KeyResultFactory(objective=mine, title="Gone", **gone)
    SessionFactory(team=scene.team, week_on=WEEK_46, held_at=NOW)
    shown = words(scene.client(scene.ann), scene.address)
    for said in (
        "Essays: confidence from 8 to 4",
        "Bo amended: Essays",
        "Strangers only",
        "finished: Done",
        "dropped: Gone",
        "Too loud",
        "You celebrated",
    ):
        assert said in shown
    assert "HIDDEN" not in shown


def test_one_writes_alone_and_the_others_see_how_many():
    scene = LookingBack()
    ann, bo = scene.client(scene.ann), scene.client(scene.bo)
    typed = {f"number-{column}": str(number) for number, column in enumerate(("WELL", "BETTER", "STOP"), 1)}
    assert (
        ann.post(f"{scene.address}notes/", typed | {"unsigned-WELL": "We began", "unsigned-STOP": "Late"}).status_code
        == 302
    )
    assert "We began" in words(ann, scene.address)
    shown = words(bo, scene.address)
    assert "We began" not in shown
    assert shown.count("<b>1</b> note face down") == 2
    empty = ann.post(f"{scene.address}notes/", typed)
    assert (empty.status_code, "Write one note at least" in empty.text) == (422, True)
    assert bo.get(f"{scene.address}notes/1/").status_code == 404


def test_a_small_group_is_told_what_anonymous_means():
    """PRIV-02: two of a team know each other's notes, whatever okrsite keeps."""
    scene = LookingBack()
    assert "okrsite does not keep whose they are" in words(scene.client(scene.ann), scene.address)
    for person in (scene.cy, scene.abby, scene.coach):
        person.memberships.update(left_on=date(2026, 11, 18))
    assert "whatever is not yours is the other’s" in words(scene.client(scene.ann), scene.address)


@pytest.mark.parametrize("phase", ["FACTS", "WRITE", "DECIDE"])
def test_from_a_retro_one_gets_on_to_the_end_of_its_quarter(phase):
    """The recap comes before it, and closing after it."""
    scene = LookingBack(phase=phase)
    page, end = words(scene.client(scene.bo), scene.address), f"/teams/{scene.team.slug}/quarters/{scene.quarter.slug}/"
    assert f'<a href="{end}recap/">The recap</a> <a href="{end}">The quarter</a>' in page


def test_whoever_leads_moves_it_and_the_others_look_around():
    scene = LookingBack()
    ann, bo = scene.client(scene.ann), scene.client(scene.bo)
    assert press(scene, bo, "moves", do="next") == 403
    assert press(scene, ann, "moves", do="next") == 302
    assert press(scene, ann, "moves", do="sideways") == 400
    assert press(scene, ann, "clock", do="seconds", seconds=600) == 302
    assert "10:00" in words(bo, scene.address)
    assert press(scene, ann, "moves", do="phase", phase="WRITE") == 302
    assert ann.post(f"{scene.address}moves/", {"version": 1, "do": "next"}).status_code == 302  # one that came late
    assert scene.retro.session.phase == "WRITE"
    assert "What happened" in words(bo, f"{scene.address}?phase=FACTS")
    assert bo.get(f"{scene.address}?phase=VOTE").status_code == 404
    assert press(scene, ann, "writing", day="2026-11-23") == 302
    assert "Write until" in words(bo, scene.address)
    assert press(scene, scene.client(scene.abby), "lead", do="take") == 302
    assert scene.retro.session.facilitator_id == scene.abby.pk
    assert bo.post(f"{scene.address}presence/").status_code == 302
    assert press(scene, scene.client(scene.abby), "lead", do="give", to=scene.bo.username) == 302
    assert press(scene, bo, "moves", do="back") == 302
    assert scene.retro.session.phase == "FACTS"


def test_notes_are_put_together_and_voted_for_by_buttons():
    """AX-02, AX-06: no mouse, no script."""
    scene = LookingBack(named=True)
    for text in ("Top", "Under"):
        scene.write(scene.bo, text)
    scene.go("GROUP")
    bo, top, under = scene.client(scene.bo), scene.shown("Top"), scene.shown("Under")
    assert f"?take={under.pk}" in words(bo, scene.address)
    assert "Put it here" in words(bo, f"{scene.address}?take={under.pk}")
    assert bo.get(f"{scene.address}?take=nonsense").status_code == 404
    assert bo.post(f"{scene.address}notes/{under.pk}/place/", {"top": top.pk}).status_code == 302
    assert scene.shown("Under").parent_id == top.pk
    assert "Take it out" in words(bo, f"{scene.address}notes/{under.pk}/")
    scene.go("VOTE")
    vote = f"{scene.address}notes/{top.pk}/vote/"
    assert bo.post(vote, {"do": "give"}).status_code == 302
    assert "You have 2 votes left." in words(bo, scene.address)
    assert bo.post(vote, {"do": "give"}, headers={"HX-Request": "true"}).status_code == 204
    assert Vote.objects.count() == 1
    scene.go("DISCUSS")
    assert "1 of 1" in words(bo, scene.address)
    scene.go("VOTE")
    assert bo.post(vote, {"do": "return"}).status_code == 302
    assert bo.post(f"{scene.address}notes/{under.pk}/place/").status_code == 302
    assert not Note.objects.filter(parent__isnull=False).exists()


def test_without_any_note_there_is_nothing_to_talk_about():
    scene = LookingBack(phase="DISCUSS")
    assert "Nobody wrote a note." in words(scene.client(scene.bo), scene.address)


def test_a_note_goes_onto_ones_own_shelf_once():
    """P110."""
    scene = LookingBack(named=True)
    scene.write(scene.bo, "x" * 250)
    scene.go("VOTE")
    for _press in range(2):
        scene.client(scene.cy).post(f"{scene.address}notes/{scene.shown('x' * 250).pk}/shelving/")
    idea = Idea.objects.get()
    assert (idea.owner, len(idea.title), idea.why) == (scene.cy, 200, "x" * 250)


def test_what_is_chosen_waits_at_home_stands_on_the_board_and_comes_back():
    """P105: also in another quarter, until it is kept."""
    scene = LookingBack(phase="DECIDE")
    ann, bo = scene.client(scene.ann), scene.client(scene.bo)
    typed = {"kind": "STOP", "text": "Counting", "keeper": scene.bo.username, "due_on": "2027-01-15"}
    typed |= {"client_key": "0b2f1f0e-6f4c-4d53-9d0c-3c1f2f3d4e70"}
    for wrong in ({"text": ""}, {"keeper": scene.kim.username}, {"due_on": "2020-01-01"}, {"due_on": ""}):
        assert ann.post(f"{scene.address}choices/", typed | wrong).status_code == 422
    for _twice in range(2):
        assert ann.post(f"{scene.address}choices/", typed).status_code == 302
    assert Choice.objects.count() == 1
    assert "You keep what your team agreed on:" in words(bo, "/")
    assert "Stop: Counting" in words(scene.client(scene.cy), f"/teams/{scene.team.slug}/")
    assert "asks you to keep a promise" in words(bo, "/notices/")
    answer = {"working": "PARTLY", "sentence": "Nearly"}
    assert bo.post(f"{scene.address}answers/", {"working": ""}).status_code == 422
    assert bo.post(f"{scene.address}answers/", answer).status_code == 302
    assert press(scene, ann, "moves", do="end") == 302
    assert "Fewer than five of you answered" in words(bo, scene.address)
    assert Answer.objects.get().working == "PARTLY"


def test_the_next_retro_begins_with_what_was_chosen(now):
    scene = LookingBack(phase="DECIDE")
    choices.choose(by=viewer_of(scene.ann), retro=scene.retro, now=NOW, **change(scene.bo, "Review in week six"))
    Promise.objects.update(state="KEPT")
    Retro.objects.update(quarter=before_this())
    Session.objects.filter(kind="RETRO").update(week_on=date(2026, 9, 28))
    client = scene.client(scene.cy)
    assert client.post(f"{scene.address}beginning/").status_code == 302
    shown = words(client, scene.address)
    assert shown.index("Chosen last time") < shown.index("In sums")
    assert '✓ <span class="vh">kept:</span> <bdi>Review in week six</bdi>' in shown


def before_this():
    return QuarterFactory(slug="2026-Q3", first_on=date(2026, 7, 1), ends_on=date(2026, 10, 1))


def test_why_is_read_by_the_team_and_written_by_its_leads():
    """P111; CC-01."""
    scene = LookingBack()
    page = f"/teams/{scene.team.slug}/why/"
    abby, typed = (
        scene.client(scene.abby),
        {"why": "Finish less", "is_anonymous": "yes", "version": "1", "well": "Kept"},
    )
    assert scene.client(scene.bo).post(page, typed).status_code == 403
    assert abby.post(page, typed).status_code == 302
    late = abby.post(page, typed | {"why": "Mine"})
    assert (late.status_code, "Finish less" in late.text, "Mine" in late.text) == (409, True, True)
    shown = words(scene.client(scene.bo), page)
    assert "Finish less" in shown
    assert "<bdi>Kept · Do better · Stop</bdi>" in shown
    assert Frame.objects.get().version == 2
    scene.go("DECIDE")
    assert "Finish less" in words(scene.client(scene.bo), scene.address)


def test_a_summary_is_published_with_words_and_taken_back():
    scene = LookingBack(phase="DECIDE")
    ann, kim = scene.client(scene.ann), scene.client(scene.kim)
    page = f"{scene.address}summary/"
    press(scene, ann, "moves", do="end")
    assert kim.get(page).status_code == 404
    assert ann.post(f"{scene.address}publication/", {"summary": "x" * 1001}).status_code == 422
    assert ann.post(f"{scene.address}publication/", {"summary": "Fewer things"}).status_code == 302
    assert "Fewer things" in words(kim, page)
    assert ann.post(f"{scene.address}publication/return/").status_code == 302
    assert kim.get(page).status_code == 404


def test_ones_own_look_back_is_nobody_elses():
    """CC-01; no lead, manager or site admin."""
    scene = LookingBack()
    bo, page = scene.client(scene.bo), "/growth/retro/2026-Q4/"
    assert bo.get("/growth/retro/").headers["Location"] == page
    assert bo.post(page, {"well": "I drew", "version": "0"}).status_code == 302
    late = bo.post(page, {"well": "Another", "version": "0"})
    assert (late.status_code, "I drew" in late.text) == (409, True)
    assert bo.post(page, {"well": "Another", "version": "1"}).status_code == 302
    assert OwnRetro.objects.get().well == "Another"
    admin = scene.client(UserFactory(is_site_admin=True))
    assert "Another" not in words(admin, page)
    assert admin.get("/growth/retro/no-such/").status_code == 404


def test_the_list_says_what_became_of_each_quarter():
    scene = LookingBack()
    page = f"/teams/{scene.team.slug}/retros/"
    assert "going on" in words(scene.client(scene.bo), page)
    assert scene.client(scene.kim).get(page).status_code == 404


def test_its_screen_is_the_same_for_all_and_for_members_alone():
    """API-04, CC-16: what the stream shows is what a fresh load shows, with one's own put in."""
    scene = LookingBack(named=True)
    scene.write(scene.bo, "Seen by all")
    screen = RetroScreen()
    assert [screen.find(viewer_of(one), scene.team.slug) for one in (scene.bo, scene.kim)] == [scene.team.pk, None]
    assert screen.members(scene.team.pk) == {one.pk for one in (scene.ann, scene.bo, scene.cy, scene.abby, scene.coach)}
    for phase in ("WRITE", "REVEAL", "GROUP", "VOTE", "DISCUSS", "DECIDE"):
        scene.go(phase)
        if phase == "VOTE":
            votes.give(by=viewer_of(scene.bo), retro=scene.retro, note=scene.shown("Seen by all"))
        shown = screen.show(scene.team.pk, NOW)
        for person in (scene.bo, scene.coach):
            part = scene.client(person).get(scene.address, headers={"HX-Request": "true"})
            assert part.headers["X-Version"] == shown.version
            since = scene.client(person).get(f"{scene.address}?since={shown.version}")
            assert since.status_code == 204
        assert ("Seen by all" in shown.html) == (phase != "WRITE")
    Retro.objects.all().delete()
    assert screen.show(scene.team.pk, NOW).version == "none"
    for person in (scene.ann, scene.bo, scene.cy, scene.abby, scene.coach):
        person.memberships.update(left_on=date(2026, 11, 18))
    assert screen.show(scene.team.pk, NOW).html == ""


QUERIES = {"FACTS": 12, "WRITE": 10, "REVEAL": 7, "GROUP": 7, "VOTE": 9, "DISCUSS": 8, "DECIDE": 12}


@pytest.mark.parametrize("rows", [1, 5])
@pytest.mark.parametrize("named", [True, False])
def test_each_phase_asks_as_often_for_five_as_for_one(rows, named):
    """Of whoever leads, who has most on their page."""
    scene = LookingBack(named=named, phase="FACTS")
    for number in range(rows):
        part = KeyResultFactory(objective=ObjectiveFactory(owner=scene.bo, audience="MY_TEAMS"))
        ConfidenceFactory(key_result=part)
        AmendmentFactory(key_result=part)
        SessionFactory(team=scene.team, week_on=date(2026, 10, 5) + timedelta(weeks=number), held_at=NOW)
    client, found = scene.client(scene.ann), {}
    for phase in QUERIES:
        scene.go(phase)
        for number in range(rows if phase == "WRITE" else 0):
            scene.write(scene.bo, f"Note {number}")
            scene.write(scene.ann, f"Mine {number}")
        if phase == "DECIDE":
            for number in range(min(rows, 2)):
                chosen = change(scene.bo, f"Change {number}")
                choices.choose(by=viewer_of(scene.ann), retro=scene.retro, now=NOW, **chosen)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(scene.address).status_code == 200
        found[phase] = len(asked)
    assert found == QUERIES
