"""Who answers for a team's objective."""

from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from activity.actions.events import record
from core.errors import NotYours, Stale
from objectives import permissions
from objectives.actions.holding import hold
from objectives.actions.objectives.wording import ObjectiveInvalid
from objectives.models import CoOwner, KeyResult, Objective
from people.actions.holding import hold_team
from people.models import Membership, User
from people.viewer import Viewer


@transaction.atomic
def hand_over(
    *, by: Viewer, objective: Objective, was_pk: int, owner: User, with_key_results: bool, now: datetime
) -> None:
    """From now on `owner` answers for a team's objective, and no longer `was_pk`, whom `by` has read.

    With its key results goes what that person logs of it. The same one again changes nothing. Records HANDED_OVER.
    Raises NotYours (403), NotNow (409), Stale (409: somebody else was named since), ObjectiveInvalid (422: they
    are not in the team, or no longer here).
    """
    if reason := permissions.why_not_hand_over(by, objective):
        raise NotYours(reason)
    if objective.team is not None:
        hold_team(objective.team)
    hold(objective)
    is_pk = Objective.objects.values_list("owner_id", flat=True).get(pk=objective.pk)
    if is_pk == owner.pk:
        return
    if is_pk != was_pk:
        raise Stale(_("Somebody else was named since you opened the page."))
    if not Membership.objects.present().filter(team=objective.team_id, user=owner.pk).exists():
        raise ObjectiveInvalid(_("Somebody of the team answers for it."))
    give(objective, from_pk=was_pk, to_pk=owner.pk, with_key_results=with_key_results)
    data = {"owner": owner.pk, "was": was_pk}
    record("HANDED_OVER", objective, by_pk=by.pk, now=now, team_pk=objective.team_id, data=data)


def give(objective: Objective, *, from_pk: int, to_pk: int, with_key_results: bool) -> None:
    """Write who answers for an objective that is held. The form that made it is its first owner's, and forgotten."""
    if with_key_results:
        logged = KeyResult.objects.filter(objective=objective, owner=from_pk)
        logged.update(owner=to_pk, version=F("version") + 1)
    CoOwner.objects.filter(objective=objective, user=to_pk).delete()
    Objective.objects.filter(pk=objective.pk).update(owner=to_pk, client_key=None, version=F("version") + 1)
