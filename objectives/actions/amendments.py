"""What a key result was, kept before it becomes something else while it runs (P77)."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from objectives.actions.measures import KeyResultInvalid
from objectives.models import Amendment, KeyResult
from objectives.rules import Rung
from people.viewer import Viewer


class ReasonMissing(KeyResultInvalid):
    """Others read what it was to be: whoever changes that says why."""


def keep(*, by: Viewer, was: KeyResult, steps: Sequence[Rung], reason: str, now: datetime) -> None:
    """Keep the words and numbers, and the `steps`, of a key result whose objective is held, as they `was` read.

    Raises ReasonMissing (422).
    """
    if not reason:
        raise ReasonMissing(_("Say in a few words why. It is what the others will read."))
    Amendment.objects.create(
        key_result=was,
        number=Amendment.objects.of(was).count() + 1,
        by_id=by.pk,
        at=now,
        week_on=by.week(now).monday,
        reason=reason,
        title=was.title,
        kind=was.kind,
        unit=was.unit,
        baseline=was.baseline,
        target=was.target,
        steps=[[step.label, step.share] for step in steps],
    )
