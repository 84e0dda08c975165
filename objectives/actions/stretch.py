"""Saying whether an objective for growth has become just the job."""

from django.db import transaction
from django.utils.translation import gettext as _

from core.errors import NotNow, NotYours
from objectives import permissions, rules
from objectives.actions.holding import hold
from objectives.models import Objective
from objectives.rules import Stretch
from people.viewer import Viewer


@transaction.atomic
def say(*, by: Viewer, objective: Objective, stretch: Stretch) -> bool:
    """Its owner's answer; whether it is new. It is for themselves alone, so that no event tells of it.

    Raises NotYours (403: it is another's), NotNow (409: it is not for growth, or is not logged).
    """
    if reason := permissions.why_not_say_stretch(by, objective):
        raise NotYours(reason)
    if not rules.is_growing(objective.kind, objective.state):
        raise NotNow(_("Only of growth that is under way one is asked this."))
    hold(objective)
    return bool(Objective.objects.filter(pk=objective.pk).exclude(stretch=stretch).update(stretch=stretch))
