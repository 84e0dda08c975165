"""Saying that one could use a hand with a key result, and that it is not needed any more."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from activity.actions.events import record
from core.errors import NotNow, NotYours
from objectives import rules
from objectives.actions.holding import hold
from objectives.models import KeyResult
from objectives.permissions import why_not_log
from objectives.rules import Hand
from people.viewer import Viewer


@transaction.atomic
def say(*, by: Viewer, key_result: KeyResult, hand: Hand, now: datetime) -> bool:
    """What would help with it, or that nothing does; whether that is new.

    All who read the key result read it. Records HAND_RAISED or HAND_LOWERED.
    Raises NotYours (403: its owner alone says so), NotNow (409: it is a draft, closed, dropped or deleted).
    """
    if reason := why_not_log(by, key_result):
        raise NotYours(reason)
    hold(key_result.objective)
    if key_result.objective.state != rules.State.ACTIVE:
        raise NotNow(_("Nobody logs a draft yet."))
    mine = KeyResult.objects.visible_to(by).kept().filter(pk=key_result.pk)
    if not mine.exclude(hand=hand).update(hand=hand):
        if not mine.exists():
            raise NotNow(_("It was dropped, moved or deleted since you opened the page."))
        return False
    verb = "HAND_RAISED" if hand else "HAND_LOWERED"
    data = {"hand": hand.value} if hand else {}
    record(verb, key_result, by_pk=by.pk, now=now, team_pk=key_result.objective.team_id, data=data)
    return True
