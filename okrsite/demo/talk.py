"""What the people of the sample organisation give each other back for their weeks, and what they say to each other."""

from collections.abc import Mapping
from datetime import timedelta
from uuid import NAMESPACE_OID, UUID, uuid5

from activity.actions.events import record
from activity.actions.notices import tell
from checkins.models import CheckIn, Cheer
from checkins.models import Comment as WeekComment
from core.calendar import Week
from objectives.models import Comment, Objective, SuggestedObjective, Suggestion
from objectives.rules import Answer, Kind
from okrsite.demo.northlight_talk import CHEERED, COMMENTED, SUGGESTED, SUGGESTED_WHOLE
from okrsite.demo.stage import Stage
from okrsite.demo.tables import Cheered, Commented, Suggested, SuggestedWhole
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
    for one in SUGGESTED:
        _suggest(stage, people, objectives[one.goal], one)
    for whole in SUGGESTED_WHOLE:
        _suggest_whole(stage, people, whole)


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


def _suggest(stage: Stage, people: dict[str, User], objective: Objective, row: Suggested) -> None:
    """Told to its owner, who has taken it the day after, or has not answered."""
    at = stage.now - timedelta(days=row.days_ago)
    start, target, unit = row.measure or (None, None, "")
    parts = objective.key_results.order_by("position")
    fields = {
        "kind": Suggestion.Kind.KEY_RESULT if row.measure else Suggestion.Kind.WORDING,
        "measured_as": Kind.NUMBER if row.measure else "",
        "key_result": None if row.key_result is None else parts[row.key_result],
        "baseline": start,
        "target": target,
        "unit": unit,
    }
    key = _key(row.by, row.days_ago, row.title)
    said = {"by": people[row.by], "at": at, "title": row.title, "client_key": key}
    suggestion = Suggestion.objects.create(objective=objective, **said, **fields)
    event = record("SUGGESTED", suggestion, by_pk=people[row.by].pk, now=at, team_pk=objective.team_id)
    if not row.taken:
        tell(event, [objective.owner_id])
        return
    at += timedelta(days=1)
    answer = {"state": Answer.REWORDED, "answered_at": at, "answered_by": objective.owner}
    Suggestion.objects.filter(pk=suggestion.pk).update(**answer)
    record("SUGGESTION_REWORDED", suggestion, by_pk=objective.owner_id, now=at, team_pk=objective.team_id)


def _suggest_whole(stage: Stage, people: dict[str, User], row: SuggestedWhole) -> None:
    """Told to whom it is for, who has not answered."""
    by, to, at = people[row.by], people[row.who], stage.now - timedelta(days=row.days_ago)
    words = {"title": row.title, "why": row.why, "key_results": "\n".join(row.key_results)}
    key = _key(row.by, row.who, row.title)
    suggested = SuggestedObjective.objects.create(by=by, to=to, at=at, client_key=key, **words)
    tell(record("SUGGESTED", suggested, by_pk=by.pk, now=at), [to.pk])


def _key(*words: object) -> UUID:
    return uuid5(NAMESPACE_OID, " ".join(str(word) for word in words))
