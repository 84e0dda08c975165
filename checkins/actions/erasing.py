"""What erasing a person does to their weeks.

Source: guarantees PRIV-05; docs/adr/2026-11-27-erasing.md.
"""

from django.db.models import Q

from activity.actions.events import forget
from checkins.models import CheckIn, Cheer, Comment, Promise, Seen
from objectives.actions.erasing import forget_comments, forget_name, going_with
from people.models import Membership, User


def erase(person: User) -> None:
    """Weeks that were not given to the group go, and all of them where nobody but a manager could read them.

    The others stay, as a former member's; lines about objectives that are erased go with those.
    """
    mine = CheckIn.objects.filter(person=person.pk)
    if Membership.objects.beside(person).exists():
        mine = mine.filter(done_at=None)
    gone = [*mine.values_list("pk", flat=True)]
    forget(CheckIn, gone)
    for given in (Cheer, Seen):
        forget(given, [*given.objects.filter(check_in__in=gone).values_list("pk", flat=True)])
    forget_comments(Comment, Q(check_in__in=gone) | Q(by=person.pk, deleted_at__isnull=False))
    forget_name(Comment, person)
    CheckIn.objects.filter(pk__in=gone).delete()
    _erase_promises(person)


def _erase_promises(person: User) -> None:
    """What was promised about what goes with them goes too; it goes before that does."""
    objectives, key_results = going_with(person)
    rows = Promise.objects.filter(Q(objective__in=objectives) | Q(key_result__in=key_results))
    forget(Promise, [*rows.values_list("pk", flat=True)])
    rows.delete()
