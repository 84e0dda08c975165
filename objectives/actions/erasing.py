"""What erasing a person does to objectives and key results.

Source: guarantees PRIV-05; docs/adr/2026-11-27-erasing.md.
"""

from django.db.models import Q

from activity.actions.events import forget
from objectives import rules
from objectives.models import KeyResult, Objective
from people.models import Membership, User


def erase(person: User) -> None:
    """Of their personal ones goes what they alone, or they and their manager, could read: with all that hangs on it.

    Drafts are among it, and what they had deleted. What others could read stays, as a former member's; so does all that
    is a team's.
    """
    mine = Objective.objects.personal().filter(owner=person.pk)
    is_read = Q(audience=rules.Audience.EVERYONE)
    if Membership.objects.beside(person).exists():
        is_read |= Q(audience=rules.Audience.MY_TEAMS)
    gone = [*mine.exclude(Q(pk__in=mine.published().filter(is_read, deleted_at=None))).values_list("pk", flat=True)]
    deleted = Q(objective__in=mine, deleted_at__isnull=False)
    parts = [*KeyResult.objects.filter(Q(objective__in=gone) | deleted).values_list("pk", flat=True)]
    forget(Objective, gone)
    forget(KeyResult, parts)
    KeyResult.objects.filter(pk__in=parts).delete()
    Objective.objects.filter(pk__in=gone).delete()
