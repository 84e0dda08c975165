"""Pages of the end of a quarter in the count of queries; what stands on them, and what a team protects."""

from datetime import timedelta

from checkins.rules.health import MOST as MOST_METRICS
from people.models import Team, User
from retros.models import Retro
from tests.factories import HealthMarkFactory, HealthMetricFactory, OutlookFactory
from tests.factories.people import WEEK_46, WEEK_47
from tests.factories.retros import AnswerFactory, ChoiceFactory, NoteFactory, PickFactory, VoteFactory

RETRO = "slug=rockets quarter=2026-Q4"
LEADS_ELSEWHERE = {"retros:my_retro"}
LOOKING_BACK = {
    "retros:growth": 5,
    "retros:quarter_story slug=rockets quarter=2026-Q4": 11,
    "retros:retros slug=rockets": 7,
    "retros:why slug=rockets": 6,
    f"retros:retro {RETRO}": 9,
    f"retros:retro {RETRO} ?phase=FACTS": 11,
    f"retros:retro {RETRO} ?phase=WRITE": 8,
    f"retros:note {RETRO} note={{note.pk}}": 6,
    f"retros:summary {RETRO}": 6,
    "retros:own_retro quarter=2026-Q4": 6,
    "retros:growth_record": 7,
    "retros:record_sharing": 8,
    "retros:shared_records": 5,
    "retros:shared_record pk={given.pk}": 9,
    "retros:learnings": 8,
    "retros:my_learnings": 9,
    "retros:share_grade pk={taught.pk}": 6,
    "retros:share_review pk={waiting.review.pk}": 6,
    "retros:history slug=rockets": 10,
    "retros:recap slug=rockets quarter=2026-Q4": 12,
    "retros:pick slug=rockets quarter=2026-Q4": 12,
}


def grow_retro(retro: Retro, mate: User) -> None:
    """Notes with votes, one under another, and one that lies face down; a change that was chosen; an answer."""
    note = NoteFactory(retro=retro, author=mate, is_revealed=True)
    NoteFactory(retro=retro, author=mate, is_revealed=True, parent=note)
    NoteFactory(retro=retro, author=mate)
    VoteFactory(note=note, by=mate)
    AnswerFactory(retro=retro, by=mate)
    PickFactory(person=mate, team=retro.team, quarter=retro.quarter)
    if (place := retro.choices.count()) < 2:
        ChoiceFactory(retro=retro, place=place)


def grow_health(rockets: Team) -> None:
    """One more thing, with its weeks, as long as there is a place for it; and a line for one more week."""
    if (place := rockets.health_metrics.count()) < MOST_METRICS:
        metric = HealthMetricFactory(team=rockets, place=place)
        for week_on in (WEEK_46, WEEK_47):
            HealthMarkFactory(metric=metric, week_on=week_on)
        OutlookFactory(team=rockets, starts_on=WEEK_47 + timedelta(weeks=place + 1))
