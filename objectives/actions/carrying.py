"""Carrying over: what becomes of an objective whose quarter is closed.

Source: decisions 15; practices P105, P110; guarantees CC-04; docs/adr/2026-11-28-closing.md.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from activity.actions.events import record
from core.errors import NotNow, NotYours
from objectives import permissions, rules
from objectives.actions.holding import hold_quarter, lock
from objectives.actions.measures import write_steps
from objectives.actions.objectives.wording import WORDS, ObjectiveInvalid, Wording, enter, next_position
from objectives.models import CarryOver, Idea, KeyResult, Objective, Quarter
from objectives.rules import Becomes, Rung
from people.models import Membership, Organisation
from people.viewer import Viewer

OF_KEY_RESULT = ("title", "kind", "unit", "intention", "target", "anchor_low", "anchor_good", "anchor_full")
NEW = frozenset({Becomes.CONTINUED, Becomes.FOLLOWED})


@dataclass(frozen=True)
class Choice:
    """What is to become of an objective, and of its key results by their ids; those that are not named are let go."""

    objective: Objective
    becomes: Becomes
    parts: Mapping[int, Becomes] = field(default_factory=dict)


@transaction.atomic
def carry(*, by: Viewer, choices: Sequence[Choice], into: Quarter | None, now: datetime) -> list[Objective]:
    """Do what was chosen, all of it or nothing; the new objectives. The same press sent twice does it once.

    Continued: a new one with its key results, each from where it stands, at confidence 5; active when it has any.
    Followed: a draft that names it. Shelved: an idea on the shelf of `by`; also a key result alone. The old one stays
    closed. Records CARRIED_OVER about it, and CREATED, ADDED and ACTIVATED about the new one.
    Raises NotYours (403), NotNow (409: it is not closed, or `into` takes no more), ObjectiveInvalid (422: no quarter
    is named, or one that is not its team's).
    """
    if any(one.becomes in NEW for one in choices):
        _hold_target(into, now)
    lock(one.objective.pk for one in choices)
    done = (_carry_one(by, one, into, now) for one in choices)
    return [made for made in done if made is not None]


def _hold_target(into: Quarter | None, now: datetime) -> None:
    if into is None:
        raise ObjectiveInvalid(_("Say into which quarter."))
    hold_quarter(into.pk)
    if into.ends_on <= Organisation.objects.get().today(now):
        raise NotNow(_("That quarter is over. Choose one that runs or is to come."))


def _carry_one(by: Viewer, choice: Choice, into: Quarter | None, now: datetime) -> Objective | None:
    """What became of it; None when nothing is new of it."""
    old = choice.objective
    if reason := permissions.why_not_word(by, old):
        raise NotYours(reason)
    state = Objective.objects.values_list("state", flat=True).get(pk=old.pk)
    if reason := rules.why_not_carried(state):
        raise NotNow(_(reason))
    if old.is_team_closed:
        raise NotNow(_("Its team is closed, so it stays as it is."))
    if _is_decided(old, choice.becomes):
        return None
    said = {"becomes": choice.becomes, "at": now, "by_id": by.pk}
    CarryOver.objects.update_or_create(objective=old, defaults=said)
    parts = [*KeyResult.objects.kept().filter(objective=old.pk).in_order().with_value()]
    _shelve(by, choice, parts, now)
    if choice.becomes not in NEW or into is None:
        return None
    record("CARRIED_OVER", old, by_pk=by.pk, now=now, team_pk=old.team_id)
    wanted = [row for row in parts if choice.parts.get(row.pk) == Becomes.CONTINUED]
    return _copy(by, old, wanted if choice.becomes == Becomes.CONTINUED else (), choice.becomes, into, now)


def _is_decided(old: Objective, becomes: Becomes) -> bool:
    """Whether that was decided before: what was let go, or whose copy was deleted, can be decided anew."""
    was = CarryOver.objects.filter(objective=old).values_list("becomes", flat=True).first()
    if was in NEW:
        return Objective.objects.filter(**{rules.LINKS[Becomes(was)]: old}, deleted_at=None).exists()
    return was == Becomes.SHELVED or was == becomes


def _shelve(by: Viewer, choice: Choice, parts: Iterable[KeyResult], now: datetime) -> None:
    """Nothing of a shelf stands in the log: it is nobody else's."""
    old = choice.objective
    words = [(old.title, old.why)] if choice.becomes == Becomes.SHELVED else []
    words += [(row.title, row.intention) for row in parts if choice.parts.get(row.pk) == Becomes.SHELVED]
    Idea.objects.bulk_create(Idea(owner_id=by.pk, title=title, why=why, added_at=now) for title, why in words)


def _copy(
    by: Viewer, old: Objective, parts: Sequence[KeyResult], becomes: Becomes, into: Quarter, now: datetime
) -> Objective:
    is_active = bool(parts)
    here = _here(old)
    owner_pk = old.owner_id if not old.is_team or old.owner_id in here else by.pk
    wording = _wording(old, into, is_at_home=owner_pk in here)
    enter(old.kind, wording)
    new = Objective.objects.create(
        **wording.as_fields(),
        **{rules.LINKS[becomes]: old},
        kind=old.kind,
        owner_id=owner_pk,
        state=rules.State.ACTIVE if is_active else rules.State.DRAFT,
        state_at=now,
        state_by_id=by.pk,
        created_at=now,
        position=next_position(old.kind, wording, owner_pk),
    )
    record("CREATED", new, by_pk=by.pk, now=now, team_pk=new.team_id)
    for place, part in enumerate(parts):
        _continue(by, new, part, place, part.owner_id if part.owner_id in here else owner_pk, now)
    if is_active:
        record("ACTIVATED", new, by_pk=by.pk, now=now, team_pk=new.team_id)
    return new


def _wording(old: Objective, into: Quarter, *, is_at_home: bool) -> Wording:
    """The same words in another quarter; a personal one whose owner has left its home has none there."""
    words = {name: getattr(old, name) for name in WORDS} | {"quarter_id": into.pk}
    if not old.is_team and not is_at_home:
        words["team_id"] = None
    return Wording(**words)


def _here(old: Objective) -> set[int]:
    """Who is in its team today, of its owner and those who log it; of one without a home, its owner."""
    if old.team_id is None:
        return {old.owner_id}
    present = Membership.objects.present().filter(team=old.team_id, team__closed_at=None)
    return set(present.values_list("user", flat=True))


def _continue(by: Viewer, new: Objective, part: KeyResult, place: int, owner_pk: int, now: datetime) -> None:
    if reason := rules.why_not_continued(part.state, part.baseline, part.target, part.value):
        raise NotNow(_(reason))
    row = KeyResult.objects.create(
        **{name: getattr(part, name) for name in OF_KEY_RESULT},
        objective=new,
        owner_id=owner_pk if new.is_team else new.owner_id,
        baseline=rules.fresh_baseline(part.kind, part.baseline, part.value),
        continues_id=part.pk,
        state_at=now,
        state_by_id=by.pk,
        created_at=now,
        position=place,
    )
    write_steps(row, [Rung(rung.label, rung.share) for rung in part.rungs])
    record("ADDED", row, by_pk=by.pk, now=now, team_pk=new.team_id)
