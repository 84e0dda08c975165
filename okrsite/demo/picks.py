"""What the sample organisation brings to the recaps of its quarters: best moments, and what it changed its mind about."""

from collections.abc import Mapping
from datetime import timedelta

from activity.actions.events import record
from checkins.models import Line
from objectives.models import Quarter
from okrsite.demo.stage import Stage
from people.models import Team, User
from retros.models import Pick

BEFORE = (  # who, their best moment, and their words for a change of mind
    (
        "mira",
        "Support sent me a drawing back, with my own words on it.",
        "Words. A picture first, then what is missing.",
    ),
    ("jonas", "Three people repeated the queue to each other at lunch.", ""),
    (
        "priya",
        "“That is not what you asked me last month.” She was right.",
        "Asking openly. A prepared question gets an answer.",
    ),
    ("tomasz", "We deleted two hundred tests on a Friday, and nobody noticed.", ""),
    ("elif", "Sam said aloud what he wants to become.", ""),
    ("sam", "Page sixty of the sketchbook, on the tram.", "Showing it. Sixty came once nobody was to see them."),
)
RUNNING = (("jonas", "Somebody from the second row asked a question, and I knew the answer."),)
LEARNED = "The part I was ashamed of is the part they quote."  # a line of Mira's


def make_picks(stage: Stage, people: Mapping[str, User], team: Team, quarters: Mapping[int, Quarter]) -> None:
    """All of Accelerator for the quarter before, in its last days; two of them already for the one that is running."""
    at = stage.at(stage.before.last_on - timedelta(days=1), 17)
    for first, moment, turn in BEFORE:
        pick = Pick.objects.create(person=people[first], team=team, quarter=quarters[-1], moment=moment, turn=turn)
        record("PICKED", pick, by_pk=people[first].pk, now=at, team_pk=team.pk)
    now = stage.at(stage.today, 9)
    for first, moment in RUNNING:
        pick = Pick.objects.create(person=people[first], team=team, quarter=quarters[0], moment=moment)
        record("PICKED", pick, by_pk=people[first].pk, now=now, team_pk=team.pk)
    line = Line.objects.for_everyone(because="the demo fills it").get(check_in__person=people["mira"], text=LEARNED)
    pick = Pick.objects.create(person=people["mira"], team=team, quarter=quarters[0], line=line)
    record("PICKED", pick, by_pk=people["mira"].pk, now=now, team_pk=team.pk)
