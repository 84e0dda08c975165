"""Those who word a team's objective beside its owner."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from activity.actions.events import record
from core.errors import NotYours
from objectives import permissions
from objectives.actions.holding import hold
from objectives.actions.objectives.wording import ObjectiveInvalid
from objectives.models import CoOwner, Objective
from people.models import Membership, User
from people.viewer import Viewer


@transaction.atomic
def set_co_owners(
    *, by: Viewer, objective: Objective, opened: Iterable[User], people: Iterable[User], now: datetime
) -> frozenset[int]:
    """Name those who word a team objective beside its owner; the ids of those who do so now.

    `opened` are those of before, as they were read: only what `people` add to them or leave out is changed, so that
    two who name at once keep both. Who has left the team is named no longer.
    Records CO_OWNERS_NAMED with the ids of all.
    Raises NotYours (403), NotNow (409), ObjectiveInvalid (422: somebody is not in the team).
    """
    if reason := permissions.why_not_word(by, objective):
        raise NotYours(reason)
    hold(objective)
    wanted, seen = {person.pk for person in people}, {person.pk for person in opened}
    added, gone = wanted - seen - {objective.owner_id}, seen - wanted
    members = Membership.objects.visible_to(by).current().filter(team=objective.team_id, user__in=added)
    if not objective.is_team or members.count() != len(added):
        raise ObjectiveInvalid(_("Co-owners are people of the objective’s own team."))
    kept = CoOwner.objects.filter(objective=objective)
    before = frozenset(kept.values_list("user", flat=True))
    after = frozenset(kept.in_the_team().exclude(user__in=gone).values_list("user", flat=True)) | added
    if after == before:
        return after
    kept.exclude(user__in=after).delete()
    CoOwner.objects.bulk_create(CoOwner(objective=objective, user_id=pk) for pk in sorted(added - before))
    data = {"people": sorted(after)}
    record("CO_OWNERS_NAMED", objective, by_pk=by.pk, now=now, team_pk=objective.team_id, data=data)
    return after
