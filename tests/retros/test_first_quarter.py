"""A first quarter is compared with nothing (P107), on no page; from the next one on there are means again.

Whoever writes a page that shows a mean, or what a goal is expected to reach, puts it into PAGES.
"""

import re
from datetime import UTC, datetime

import pytest
import time_machine

from tests.factories import ClosingFactory, GradeFactory, KeyResultFactory, RecordShareFactory, ReviewFactory
from tests.journeys.server import ROOT
from tests.objectives.crew import make_crew
from tests.people.doors import sign_in, words_of

pytestmark = pytest.mark.django_db
LATER = datetime(2027, 1, 12, 10, 0, tzinfo=UTC)  # 2026-Q4 is over, and nobody has closed it
COMPARES = re.compile(
    r"\bmean\b|0\.6 to 0\.7|0\.6 or more|sweet spot|averaged|aim(ed)? (higher|too low)|where ambitious goals land"
    r"|(you|team) thought|hoped for more|came true|Opened at|opened at|Ended at|0\.85|0\.9\b",
    re.IGNORECASE,
)
SOFT = "first quarter"
MEAN = "0.9"
PAGES = {
    "/growth/": "nobody’s first one says much",
    "/growth/record/": SOFT,
    "/growth/records/{share}/": SOFT,
    "/grading/": "",
    "/grading/{personal}/": SOFT,
    "/grading/{team}/": SOFT,
    "/objectives/{personal}/": "",
    "/objectives/{team}/": "",
    "/teams/accelerator/": "",
    "/teams/accelerator/?quarter=2026-Q4": "",
    "/teams/accelerator/history/": SOFT,
    "/teams/accelerator/quarters/2026-Q4/": "",
    "/teams/accelerator/quarters/2026-Q4/story/": SOFT,
    "/teams/accelerator/quarters/2026-Q4/recap/": "",
    "/teams/accelerator/retro/2026-Q4/": "",
}


@pytest.fixture
def crew():
    with time_machine.travel(LATER, tick=False):
        yield make_crew()


def graded(objective, *all_tenths):
    for place, tenths in enumerate(all_tenths):
        part = KeyResultFactory(objective=objective, position=place, title=f"Part {place}", opening_confidence=3)
        GradeFactory(key_result=part, tenths=tenths, lesson="")


def addresses(crew):
    """Of a personal one and one of the team, of this quarter, whose grades are 0.8 and 0.9; their mean is told as 0.9."""
    personal, team = crew.objective(title="Alone"), crew.team_objective(title="Together")
    for one in (personal, team):
        graded(one, 8, 8, 10)
        ReviewFactory(objective=one, achieved="So.", again="So.")
    share = RecordShareFactory(owner=crew.mira, reader=crew.elif_)
    return {"personal": personal.pk, "team": team.pk, "share": share.pk}


def compared(browser, path):
    """What of a page compares, and the page in small letters."""
    answer = browser.get(path)
    assert answer.status_code == 200, path
    body = answer.content.decode().partition("<main")[2].partition("</main>")[0]
    drawn = [name for name in ('class="foreseen"', 'class="arc"', 'class="sweet"', 'class="band"') if name in body]
    said = [found.group(0) for found in COMPARES.finditer(words_of(body))]
    if "ruler" in body:  # every grade stands on it, to be chosen
        said = [words for words in said if words != MEAN]
    return [*drawn, *said], words_of(body).lower()


@pytest.mark.parametrize("person", ["mira", "elif_"])
def test_nothing_is_compared_on_any_page_of_a_first_quarter(crew, person):
    """For who was graded, and for who manages them and leads the team."""
    of = addresses(crew)
    browser = sign_in(getattr(crew, person).email)[0]
    found = {}
    for path, soft in PAGES.items():
        if person == "elif_" and "{personal}" in path and path.startswith("/grading"):
            continue  # not hers to grade
        said, words = compared(browser, path.format(**of))
        found[path] = said
        if person == "mira":
            assert soft in words, path
    assert {path: said for path, said in found.items() if said} == {}


MEANS = {
    "/growth/", "/growth/record/", "/growth/records/{share}/", "/grading/", "/grading/{personal}/", "/grading/{team}/",
    "/objectives/{personal}/", "/objectives/{team}/", "/teams/accelerator/history/",
    "/teams/accelerator/quarters/2026-Q4/story/", "/teams/accelerator/quarters/2026-Q4/recap/",
}  # fmt: skip


def test_the_quarter_after_it_is_compared_where_it_was_before(crew):
    """The same pages, once something of an earlier quarter is graded: so the test above would see a comparison."""
    for one in (crew.objective(quarter=crew.before), crew.team_objective(quarter=crew.before)):
        graded(one, 7)
        type(one).objects.filter(pk=one.pk).update(state="CLOSED")
    ClosingFactory(team=crew.team, quarter=crew.before, closed_by=crew.elif_)
    of = addresses(crew)
    browser = sign_in(crew.mira.email)[0]
    found = {path for path in PAGES if compared(browser, path.format(**of))[0]}
    assert found == MEANS


def test_whose_first_it_is_is_asked_of_the_team_for_its_own_and_of_the_person_for_theirs(crew):
    """Jonas joins a team that has been here long: his first quarter, and not the team's."""
    graded(crew.team_objective(quarter=crew.before, state="CLOSED"), 7)
    graded(crew.team_objective(title="Together"), 8, 9)
    graded(crew.objective(title="Of Jonas", owner=crew.jonas), 8, 9)
    graded(crew.objective(title="Of Mira"), 8, 9)  # who answered for the team's one before
    told = compared(sign_in(crew.mira.email)[0], "/teams/accelerator/quarters/2026-Q4/story/")[1]
    assert "0.9 together mira ·" in told
    assert "– a first quarter, compared with nothing of jonas jonas · first quarter ·" in told
    assert "0.9 of mira mira ·" in told


def test_what_is_hidden_or_deleted_is_nobodys_quarter_before(crew):
    """Else one could tell from a mean that there was something that one may not read."""
    graded(crew.objective(quarter=crew.before, audience="ONLY_ME", state="CLOSED"), 7)
    graded(crew.objective(quarter=crew.before, audience="EVERYONE", state="CLOSED", deleted_at=LATER), 7)
    graded(crew.objective(title="Of Mira", audience="EVERYONE"), 8, 9)
    path = "/teams/accelerator/quarters/2026-Q4/story/"
    assert "mira · first quarter" in compared(sign_in(crew.nora.email)[0], path)[1]
    assert "0.9 of mira mira ·" in compared(sign_in(crew.mira.email)[0], path)[1]


def test_every_template_that_shows_a_mean_is_known_here():
    """A mean on a new page is a red test until its first quarter is thought of, and its address stands in PAGES."""
    shown = re.compile(r"mean=|\.mean\b|arc\(mean|0\.6 to 0\.7|sweet spot")
    found = {path.name for path in (ROOT / "templates").rglob("*.html") if shown.search(path.read_text())}
    assert found == {
        *("grade.html", "_reviewed.html", "_row.html", "_recap_turn.html", "grading.html", "grades.html"),
        *("growth.html", "growth_record.html", "history.html"),
    }
