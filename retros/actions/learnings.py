"""Sharing what one learned with everybody, and taking it back.

Source: practices P114; docs/adr/2026-11-28-library-of-learnings.md.
"""

from datetime import datetime
from typing import cast

from django.db import transaction
from django.utils.translation import gettext as _

from activity.actions.events import record
from core.errors import NotNow, NotYours
from core.text import sort_key
from objectives.actions.holding import lock
from objectives.models import Grade, Review
from people.viewer import Viewer
from retros import permissions
from retros.models import Learning, with_only_writer, with_writer
from retros.rules.learnings import why_not_shareable


@transaction.atomic
def share(*, by: Viewer, of: Grade | Review, version: int, with_name: bool, now: datetime) -> Learning:
    """Show what `by` wrote there, as they read it in `version`, to everybody who can sign in; shared anew, in its new
    words. A closed quarter stays as it is. A grade is read `with_writer`, a review `with_only_writer`.

    Records LEARNING_SHARED.
    Raises NotYours (403), NotNow (409: nothing is written there, or it was worded anew, or is gone).
    """
    if reason := permissions.why_not_share(by, of):
        raise NotYours(reason)
    lock([_objective_of(of)])
    found = _found(by, of, version)
    if found is None:
        raise NotNow(_("It was worded anew since you opened this page. Look at it again first."))
    text = found.lesson if isinstance(found, Grade) else found.again
    if reason := why_not_shareable(text):
        raise NotNow(_(reason))
    about = {"grade": found} if isinstance(found, Grade) else {"review": found}
    said = {"text": text, "text_key": sort_key(text), "with_name": with_name, "at": now}
    learning, _is_new = Learning.objects.update_or_create(by_id=by.pk, **about, defaults=said)
    record("LEARNING_SHARED", learning, by_pk=by.pk, now=now)
    return learning


@transaction.atomic
def take_back(*, by: Viewer, learning: Learning, now: datetime) -> None:
    """Nobody reads it in the library any more. Records LEARNING_TAKEN_BACK; taken back twice, it is so once.

    Raises NotYours (403).
    """
    if reason := permissions.why_not_take_back(by, learning):
        raise NotYours(reason)
    gone, _each = Learning.objects.filter(pk=learning.pk).delete()
    if gone:
        record("LEARNING_TAKEN_BACK", learning, by_pk=by.pk, now=now)


def _objective_of(of: Grade | Review) -> int:
    return of.key_result.objective_id if isinstance(of, Grade) else of.objective_id


def _found(by: Viewer, of: Grade | Review, version: int) -> Grade | Review | None:
    """The same as it stands, if it is still in that version, worded by `by`, and theirs to read."""
    if isinstance(of, Grade):
        rows = with_writer(Grade.objects.visible_to(by)).filter(pk=of.pk, writer=by.pk, version=version)
        return cast("Grade | None", rows.first())
    reviews = with_only_writer(Review.objects.visible_to(by)).filter(pk=of.pk, writer=by.pk, version=version)
    return cast("Review | None", reviews.first())
