"""What the people of the sample organisation give each other back for their weeks, and what they say to each other."""

from collections.abc import Mapping
from datetime import timedelta
from uuid import NAMESPACE_OID, UUID, uuid5

from activity.actions.events import record
from activity.actions.notices import tell
from checkins.models import CheckIn, Cheer
from checkins.models import Comment as WeekComment
from core.calendar import Week
from objectives.models import Comment, Objective
from okrsite.demo.northlight_talk import CHEERED, COMMENTED
from okrsite.demo.stage import Stage
from okrsite.demo.tables import Cheered, Commented
from people.models import User

Weeks = Mapping[tuple[str, Week], CheckIn]


def make_talk(stage: Stage, people: dict[str, User], weeks: Weeks, objectives: dict[str, Objective]) -> None:
    """Cheers and comments; those about a week that nobody has given to the group yet are left out."""
    for row in CHEERED:
        found = weeks.get((row.who, stage.week + -row.weeks_ago))
        if found is not None and found.done_at is not None:
            _cheer(stage, people[row.by], found, row)
    for said in COMMENTED:
        _comment(stage, people, weeks, objectives, said)


def _cheer(stage: Stage, by: User, check_in: CheckIn, row: Cheered) -> None:
    """A while after the week was done, if that is not to come."""
    at = min((check_in.done_at or stage.now) + timedelta(hours=2), stage.now)
    key = _key(row.by, row.who, row.weeks_ago, row.sign)
    cheer = Cheer.objects.create(check_in=check_in, by=by, sign=row.sign, text=row.text, at=at, client_key=key)
    event = record("CHEERED", cheer, by_pk=by.pk, now=at, data={"check_in": check_in.pk})
    tell(event, [check_in.person_id])


def _comment(
    stage: Stage, people: dict[str, User], weeks: Weeks, objectives: dict[str, Objective], row: Commented
) -> None:
    at = stage.now - timedelta(days=row.days_ago)
    mentioned = [people[first] for first in row.mentions]
    said = {
        "by": people[row.by],
        "text": row.text,
        "mentions": sorted(one.username for one in mentioned),
        "at": at,
        "edited_at": at if row.is_edited else None,
        "client_key": _key(row.by, row.days_ago, row.text),
    }
    comment: Comment | WeekComment
    if row.week_of is None:
        comment = Comment.objects.create(objective=objectives[row.goal], **said)
    else:
        who, weeks_ago = row.week_of
        week = weeks.get((who, stage.week + -weeks_ago))
        if week is None or week.done_at is None:
            return
        comment = WeekComment.objects.create(check_in=week, **said)
    pks = sorted(one.pk for one in mentioned)
    event = record("COMMENTED", comment, by_pk=people[row.by].pk, now=at, data={"mentioned": pks})
    whose = comment.objective.owner_id if isinstance(comment, Comment) else comment.check_in.person_id
    tell(event, [whose, *pks])


def _key(*words: object) -> UUID:
    return uuid5(NAMESPACE_OID, " ".join(str(word) for word in words))
