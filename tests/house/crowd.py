"""A team of twenty that logs its weeks, and what is there of them: run in the server's own environment (CC-13).

`python -m tests.house.crowd fill` makes the people, `told` prints what they said, `typed` what they typed since.
"""

import json
import os
import sys
from datetime import UTC, date, datetime

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "okrsite.settings")
django.setup()

from activity.models import Event  # noqa: E402 - apps are ready first
from checkins.models import CheckIn, Draft  # noqa: E402
from objectives.actions.quarters import make_ahead  # noqa: E402
from objectives.models import KeyResult, Quarter  # noqa: E402
from people.models import User  # noqa: E402
from tests.factories import KeyResultFactory, MembershipFactory, OrganisationFactory, TeamFactory  # noqa: E402

PEOPLE = 20


def fill() -> None:
    """Twenty people of one team, each with a key result of the running quarter."""
    now = datetime.now(UTC)  # noqa: TID251 - a command's first line
    OrganisationFactory()
    team = TeamFactory(slug="crowd")
    make_ahead(now=now)
    quarter = Quarter.objects.get(length="QUARTER", first_on__lte=now.date(), ends_on__gt=now.date())
    for _person in range(PEOPLE):
        person = MembershipFactory(team=team, joined_on=date(2026, 1, 1)).user
        KeyResultFactory(objective__owner=person, objective__quarter=quarter, target=1_000_000, title="Saves")


def told() -> dict[str, list[object]]:
    """Of each address: version and line of the week, its confidence, the newest value, how many values and events."""
    return {person.email: _told_by(person) for person in User.objects.order_by("email")}


def _told_by(person: User) -> list[object]:
    (week,) = CheckIn.objects.filter(person=person)
    key_result = KeyResult.objects.as_of(week.week).get(owner=person)
    events = Event.objects.filter(verb="CHECKED_IN", by=person).count()
    line, level = week.lines.get().text, key_result.confidences.get().level
    return [week.version, line, level, int(key_result.value or 0), key_result.values.count(), events]


def typed() -> dict[str, list[object]]:
    """Of each address: the version of the draft, and its line."""
    rows = Draft.objects.order_by("person__email").values_list("person__email", "version", "typed__did")
    return {email: [version, line] for email, version, line in rows}


WORDS = {"told": told, "typed": typed}

if __name__ == "__main__":
    if sys.argv[1] == "fill":
        fill()
    else:
        sys.stdout.write(json.dumps(WORDS[sys.argv[1]]()))
