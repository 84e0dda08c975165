"""Somebody's week as others read it, and what they give back for it."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest

from checkins.models import Cheer
from objectives.models import Objective
from tests.checkins.reading import fields, links, said
from tests.factories import (
    CheckInFactory,
    CheerFactory,
    ConfidenceFactory,
    KeyResultFactory,
    LineFactory,
    MembershipFactory,
    ObjectiveFactory,
    UserFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
PAGE = "/people/mira/check-in/2026-W46/"
HEAD = ["M", "Mira, week 46", "9–15 November · their objectives"]
FORM = [
    *("A sentence with it if you have one", "👏 Clap", "🎉 Hooray", "🙌 Thanks", "💪 With you"),
    "Mira reads it, and so do their teammates and their manager.",
    "Comments",
    "Add a comment Mira reads it, and so do their teammates and their manager.",
    "Post the comment",
    "Mention somebody",
]


@pytest.fixture
def week(scene):
    """With a word for everybody near, one about what she shares with her teams, and one about what she keeps."""
    week = CheckInFactory(person=scene.mira)
    secret = ObjectiveFactory(owner=scene.mira, audience="ONLY_ME", title="Secret")
    ConfidenceFactory(key_result=KeyResultFactory(objective=secret, title="Secret result"))
    LineFactory(check_in=week, text="Essay three is out.", position=1)
    LineFactory(check_in=week, objective=scene.writer, text="Outline on Monday.", kind="PLAN")
    LineFactory(check_in=week, objective=secret, text="Secret line")
    return week


@pytest.fixture
def jonas(scene):
    return MembershipFactory(team=scene.team, user=UserFactory(name="Jonas")).user


def cheer(browser, **typed):
    form = {"sign": "CLAP", "sentence": "", "client_key": str(uuid4())} | typed
    return browser.post(f"{PAGE}cheers/", form)


def test_a_teammate_reads_what_is_theirs_to_read(week, jonas, client_of):
    assert said(client_of(jonas).get(PAGE)) == [
        *HEAD,
        *("How sure they are", "The hollow tick is the number before.", "Become a writer"),
        "Essays 2 of 6 essays Confidence 5/10, before 5 same",
        *("What they did", "Essay three is out."),
        *("What they plan next", "Outline on Monday. about Become a writer"),
        "Cheers",
        *FORM,
    ]


def test_a_stranger_reads_what_everybody_reads_and_no_more(scene, week, client_of):
    stranger = client_of(UserFactory(name="Stranger"))
    assert stranger.get(PAGE).status_code == 404
    assert cheer(stranger).status_code == 404
    Objective.objects.filter(pk=scene.writer.pk).update(audience="EVERYONE")
    CheerFactory(check_in=week, by=MembershipFactory(team=scene.team).user, text="Among us")
    assert said(stranger.get(PAGE)) == [
        *HEAD,
        *("How sure they are", "The hollow tick is the number before.", "Become a writer"),
        "Essays 2 of 6 essays Confidence 5/10, before 5 same",
        *("What they plan next", "Outline on Monday. about Become a writer"),
        "Cheers",
        *FORM,
    ]


def test_a_line_alone_shows_the_week_and_so_does_a_number_alone(scene, client_of):
    stranger = client_of(UserFactory(name="Stranger"))
    week = CheckInFactory(person=scene.mira)
    Objective.objects.filter(pk=scene.writer.pk).update(audience="EVERYONE")
    assert "Essays 2 of 6 essays Confidence 5/10, before 5 same" in said(stranger.get(PAGE))
    week.delete()
    assert stranger.get(PAGE).status_code == 404
    later = CheckInFactory(person=scene.mira, week_on=week.week_on + timedelta(days=7))
    assert stranger.get(PAGE.replace("46", "47")).status_code == 404
    LineFactory(check_in=later, objective=scene.writer, text="Alone.")
    assert said(stranger.get(PAGE.replace("46", "47")))[3:5] == ["What they did", "Alone. about Become a writer"]


def test_what_another_logged_in_the_same_week_is_not_theirs(scene, jonas, client_of):
    together = ObjectiveFactory(owner=scene.mira, kind="TEAM", team=scene.team, audience="EVERYONE")
    row = KeyResultFactory(objective=together, title="Joint")
    ConfidenceFactory(key_result=row, by=jonas)
    CheckInFactory(person=scene.mira)
    assert "Joint" not in client_of(jonas).get(PAGE).text
    assert client_of(UserFactory()).get(PAGE).status_code == 404


def test_a_week_that_is_not_done_is_nobodys_to_read(scene, jonas, client_of):
    CheckInFactory(person=scene.mira, done_at=None)
    assert [client_of(one).get(PAGE).status_code for one in (jonas, scene.mira)] == [404, 404]


def test_ones_own_is_read_where_it_was_written(scene, week, jonas, client_of):
    mine = client_of(scene.mira)
    assert "Cheers" not in said(mine.get("/check-in/2026-W46/"))
    CheerFactory(check_in=week, by=jonas, sign="HOORAY", text="The tide piece.")
    answer = mine.get(PAGE)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/check-in/2026-W46/")
    lines = said(mine.get("/check-in/2026-W46/"))
    at = lines.index("Cheers")
    assert lines[at : at + 2] == ["Cheers", "🎉 Jonas The tide piece."]


def test_a_cheer_is_one_press_and_can_be_taken_back(week, jonas, client_of):
    browser = client_of(jonas)
    typed = {**fields(browser.get(PAGE)), "sign": "WITH_YOU", "sentence": "Go on."}
    for _press in range(2):
        answer = browser.post(f"{PAGE}cheers/", typed)
        assert (answer.status_code, answer.headers["Location"]) == (302, f"{PAGE}#cheers")
    given = Cheer.objects.get()
    page = browser.get(PAGE)
    assert "Cheered." in page.text
    lines = said(page)
    assert lines[lines.index("Cheers") + 1 :] == ["💪 You Go on.", "Take it back Go on.", *FORM]
    assert fields(page)["client_key"] != str(given.client_key)
    for _press in range(2):
        answer = browser.post(f"{PAGE}cheers/{given.pk}/return/")
        assert (answer.status_code, answer.headers["Location"]) == (302, f"{PAGE}#cheers")
    assert Cheer.objects.count() == 0


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"sign": "SKULL"}, "Press one of the signs."),
        ({"sign": ""}, "Press one of the signs."),
        ({"sentence": "x" * 201}, "That is 201 characters; 200 fit."),
    ],
)
def test_what_cannot_be_kept_comes_back(week, jonas, client_of, typed, words):
    """AX-04: what is wrong is said at the top as well, which takes the focus and leads to the place."""
    answer = cheer(client_of(jonas), **typed)
    assert (answer.status_code, Cheer.objects.count()) == (422, 0)
    assert words in said(answer)
    summary = re.search(
        r'<div class="summary" role="alert" tabindex="-1" data-behaviour="focus">.*?</div>', answer.text, re.S
    )
    assert summary
    assert words in summary[0]
    (place,) = re.findall(r'href="#([^"]+)"', summary[0])
    assert f'id="{place}"' in answer.text
    assert f'aria-describedby="{place}-problem"' in answer.text
    assert fields(answer)["sentence"] == typed.get("sentence", "")


def test_ones_own_week_is_not_cheered(scene, week, client_of):
    assert cheer(client_of(scene.mira)).status_code == 403


def test_the_weeks_beside_it_are_those_that_the_reader_is_shown(scene, week, jonas, client_of):
    for weeks, done_at in ((-2, week.done_at), (1, week.done_at), (2, None)):
        CheckInFactory(person=scene.mira, week_on=week.week_on + timedelta(days=7 * weeks), done_at=done_at)
    CheckInFactory(person=jonas, week_on=week.week_on - timedelta(days=7))
    found = links(client_of(jonas).get(PAGE))
    assert {name: url for name, url in found.items() if "eek" in name} == {
        "← Week 44": "/people/mira/check-in/2026-W44/",
        "Week 47 →": "/people/mira/check-in/2026-W47/",
    }


def test_the_board_leads_to_the_weeks_that_its_reader_may_read(scene, jonas, client_of):
    CheckInFactory(person=scene.mira, week_on="2026-11-16")
    board = client_of(jonas).get("/teams/accelerator/")
    assert "See the week: Mira" in said(board)
    assert links(board)["See the week"] == "/people/mira/check-in/2026-W47/"
    assert "See the week" not in client_of(UserFactory()).get("/teams/accelerator/").text
