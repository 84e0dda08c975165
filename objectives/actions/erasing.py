"""What erasing a person does to objectives and key results.

Source: guarantees PRIV-05; docs/adr/2026-11-27-erasing.md.
"""

from django.db.models import Q
from django.utils.translation import gettext as _

from activity.actions.events import forget
from objectives import rules
from objectives.actions.snapshots import erase_from
from objectives.models import (
    AnyComment,
    Bet,
    Closing,
    Comment,
    KeyResult,
    Objective,
    RecordShare,
    SuggestedObjective,
    Suggestion,
)
from objectives.rules import without_names
from people.models import Membership, User


def erase(person: User) -> None:
    """Of their personal ones goes what they alone, or they and their manager, could read: with all that hangs on it.

    Drafts are among it, and what they had deleted. What others could read stays, as a former member's; so does all that
    is a team's.
    """
    gone, parts = going_with(person)
    _erase_comments(person, gone)
    _erase_suggestions(person, gone)
    bets = _erase_bets(person, parts)
    closings = Closing.objects.filter(team__in=person.memberships.values("team"))
    erase_from(closings.order_by("pk"), [*gone, *parts, *bets])
    forget(Objective, gone)
    forget(KeyResult, parts)
    RecordShare.objects.filter(reader=person.pk).delete()
    KeyResult.objects.filter(pk__in=parts).delete()
    Objective.objects.filter(pk__in=gone).delete()


def going_with(person: User) -> tuple[list[int], list[int]]:
    """The ids of the objectives and of the key results that go with them."""
    mine = Objective.objects.personal().filter(owner=person.pk)
    is_read = Q(audience=rules.Audience.EVERYONE)
    if Membership.objects.beside(person).exists():
        is_read |= Q(audience=rules.Audience.MY_TEAMS)
    gone = [*mine.exclude(Q(pk__in=mine.published().filter(is_read, deleted_at=None))).values_list("pk", flat=True)]
    deleted = Q(objective__in=mine, deleted_at__isnull=False)
    return gone, [*KeyResult.objects.filter(Q(objective__in=gone) | deleted).values_list("pk", flat=True)]


def _erase_comments(person: User, objectives: list[int]) -> None:
    """What they deleted goes, and what stood on what goes; where others mention them, their name does."""
    forget_comments(Comment, Q(objective__in=objectives) | Q(by=person.pk, deleted_at__isnull=False))
    forget_name(Comment, person)


def _erase_suggestions(person: User, objectives: list[int]) -> None:
    """What they suggested was read by two sides alone, and goes, unless it was taken; and what stood on what goes.

    So does what was suggested to them as a whole.
    """
    taken = Q(state__in=[rules.Answer.ACCEPTED, rules.Answer.REWORDED])
    rows = Suggestion.objects.filter(Q(objective__in=objectives) | (Q(by=person.pk) & ~taken))
    forget(Suggestion, rows.values_list("pk", flat=True))
    rows.delete()
    theirs = Q(by=person.pk) | Q(to=person.pk)
    wholes = SuggestedObjective.objects.filter(Q(objective__in=objectives) | (theirs & ~taken))
    forget(SuggestedObjective, wholes.values_list("pk", flat=True))
    wholes.delete()


def _erase_bets(person: User, key_results: list[int]) -> list[int]:
    """What they deleted goes, and what stood below what goes; the ids of those."""
    rows = Bet.objects.filter(Q(key_result__in=key_results) | Q(by=person.pk, deleted_at__isnull=False))
    gone = [*rows.values_list("pk", flat=True)]
    forget(Bet, gone)
    rows.delete()
    return gone


def forget_comments(model: type[AnyComment], which: Q) -> None:
    """Take those comments away, and what happened to them."""
    gone = [*model._default_manager.filter(which).values_list("pk", flat=True)]
    forget(model, gone)
    model._default_manager.filter(pk__in=gone).delete()


def forget_name(model: type[AnyComment], person: User) -> None:
    """Say “former member” where comments mention `person` by one of their usernames."""
    names = [*person.handles.values_list("username", flat=True)]
    said = Q(pk=None)
    for name in names:
        said |= Q(text__icontains=f"@{name}")
    for row in model._default_manager.filter(said):
        row.text = without_names(row.text, names, _("(a former member)"))
        row.mentions = [name for name in row.mentions if name not in names]
        row.save(update_fields=["text", "mentions"])
