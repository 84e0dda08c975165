"""Who reports to whom.

Source: decisions 4; guarantees row 42, CC-01.
"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from activity.actions.events import record
from activity.actions.mail import owe
from activity.models import Delivery
from core.calendar import local_day
from core.errors import NotYours, Refused, Stale
from people import permissions
from people.actions.holding import hold_tree
from people.letters import manager_letter
from people.models import User
from people.viewer import Viewer


class ManagerInvalid(Refused):
    """Somebody cannot be that person's manager; a sentence says why."""

    status = 422


@transaction.atomic
def set_manager(*, by: Viewer, person: User, manager: User | None, was_pk: int | None, now: datetime) -> None:
    """From today on `person` reports to `manager`, or to nobody. The same one again changes nothing.

    `was_pk` is the manager that `by` has read. Mails the person a notice, so that nobody reads people by
    becoming their manager in silence. Records MANAGER_SET.
    Raises NotYours (403), Stale (409: somebody set another one since), ManagerInvalid (422).
    """
    if reason := permissions.why_not_look_after_site(by):
        raise NotYours(reason)
    hold_tree()
    is_pk = User.objects.values_list("manager_id", flat=True).get(pk=person.pk)
    manager_pk = manager.pk if manager else None
    if is_pk == manager_pk:
        return
    if is_pk != was_pk:
        raise Stale(_("Somebody set another manager since you opened the page."))
    if manager is not None:
        _check(person, manager)
    since = local_day(now, person.zone_info) if manager else None
    User.objects.filter(pk=person.pk).update(manager=manager, manager_since_on=since)
    record("MANAGER_SET", person, by_pk=by.pk, now=now, data={"manager": manager_pk, "was": is_pk})
    _tell(person, manager, by, now)


def free_reports(*, by: Viewer, manager: User, now: datetime) -> None:
    """Whoever reports to `manager` reports to nobody from now on, and is told by mail. Hold the tree first.

    Records MANAGER_SET for each.
    """
    for person in User.objects.filter(manager=manager.pk).order_by("pk"):
        User.objects.filter(pk=person.pk).update(manager=None, manager_since_on=None)
        record("MANAGER_SET", person, by_pk=by.pk, now=now, data={"manager": None, "was": manager.pk})
        _tell(person, None, by, now)


def _tell(person: User, manager: User | None, by: Viewer, now: datetime) -> None:
    if person.is_active:
        letter = manager_letter(person, manager, by_name=by.name)
        about = f"manager.{person.pk}"
        owe(letter, to=person.email, kind=Delivery.Kind.NOTICE, about=about, now=now, person_pk=person.pk)


def _check(person: User, manager: User) -> None:
    """Raise ManagerInvalid for oneself, and for those who are no longer here or report to `person`."""
    if manager.pk == person.pk:
        raise ManagerInvalid(_("Nobody is their own manager."))
    if not User.objects.active().filter(pk=manager.pk).exists():
        raise ManagerInvalid(_("%(name)s is no longer here.") % {"name": manager.name})
    above: int | None = manager.pk
    while above is not None:
        above = User.objects.values_list("manager_id", flat=True).get(pk=above)
        if above == person.pk:
            text = _("%(manager)s reports to %(person)s, directly or through others.")
            raise ManagerInvalid(text % {"manager": manager.name, "person": person.name})
