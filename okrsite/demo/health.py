"""What the teams of the sample organisation protect, leave and have before them."""

from dataclasses import dataclass
from datetime import timedelta

from activity.actions.events import record
from checkins.models import HealthMark, HealthMetric, Outlook
from okrsite.demo.stage import Stage
from people.models import Team, User

STATES = {"g": "GREEN", "y": "YELLOW", "r": "RED"}


@dataclass(frozen=True)
class Protected:
    """A metric of a team: by whom, and its last weeks, the newest last, a letter each with a note for each."""

    team: str
    by: str
    name: str
    weeks: str
    notes: tuple[str, ...]


PROTECTED = (
    Protected("accelerator", "elif", "Morale", "gygyg", ("4.2 of 5", "3.6 of 5", "4 of 5", "3.7 of 5", "4.1 of 5")),
    Protected("accelerator", "jonas", "Customer tickets older than a week", "gggyy", ("3", "4", "4", "9", "11")),
    Protected(
        "accelerator", "priya", "Nights without a page", "rrygg", ("3 of 7", "4 of 7", "6 of 7", "7 of 7", "7 of 7")
    ),
    Protected("front-desk", "ana", "Breaks that were breaks", "ggygy", ("", "", "two of us skipped them", "", "")),
)
LEFT = (
    (
        "accelerator",
        "elif",
        "rewriting the billing service, chasing a second region for its own sake, or answering chat after six.",
    ),
    ("front-desk", "ana", "answering on three channels at once, or training a bot to sound like us."),
)
AHEAD = (
    ("accelerator", "jonas", 1, "Tomasz on call alone until Wednesday"),
    ("accelerator", "elif", 2, "The big release goes out on Tuesday; no merges on Monday"),
    ("accelerator", "mira", 4, "Holidays begin: hand over what burns"),
    ("front-desk", "ana", 1, "Season tickets go on sale on Monday"),
)


def make_health(stage: Stage, people: dict[str, User], teams: dict[str, Team]) -> None:
    """The last weeks of each, the newest a few minutes ago at most."""
    places: dict[str, int] = {}
    for row in PROTECTED:
        place = places[row.team] = places.get(row.team, -1) + 1
        metric = HealthMetric.objects.create(team=teams[row.team], place=place, name=row.name)
        record("HEALTH_NAMED", metric, by_pk=people[row.by].pk, now=stage.now, team_pk=metric.team_id)
        for ago, (state, note) in enumerate(zip(reversed(row.weeks), reversed(row.notes), strict=True)):
            week = stage.week + -ago
            at = stage.at(week.thursday, 11)
            said = {"state": STATES[state], "note": note, "by": people[row.by], "at": at}
            HealthMark.objects.create(metric=metric, week_on=week.monday, **said)
    for team, by, text in LEFT:
        first_on = stage.running.first_on
        said_on = min(first_on + timedelta(days=1), stage.today)
        left = {"starts_on": first_on, "text": text, "by": people[by], "said_on": said_on}
        Outlook.objects.create(team=teams[team], kind=Outlook.Kind.NOT_DOING, **left)
    for team, by, weeks, text in AHEAD:
        ahead = {"starts_on": (stage.week + weeks).monday, "text": text, "by": people[by], "said_on": stage.today}
        Outlook.objects.create(team=teams[team], kind=Outlook.Kind.WEEK, **ahead)
