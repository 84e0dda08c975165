"""Saying something about a week."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils.translation import gettext as _

from checkins.models import CheckIn, Comment
from core.errors import NotNow
from objectives.actions.comments import GONE, add
from people.models import User
from people.viewer import Viewer


@transaction.atomic
def comment_on(
    *, by: Viewer, check_in: CheckIn, text: str, people: QuerySet[User], client_key: Any, now: datetime
) -> Comment:
    """Say something about a week of which `by` is shown something, also when its quarter is closed. Records COMMENTED.

    Raises NotNow (409: it is no longer shown), SaidAlready (409), CommentInvalid (422).
    """
    shown = CheckIn.objects.shown_to(by).filter(pk=check_in.pk)
    if not shown.update(done_at=F("done_at")):  # held, as a cheer is
        raise NotNow(_(GONE))
    comment = Comment(check_in=check_in, text=text, client_key=client_key)
    return add(by=by, comment=comment, people=people, told=[check_in.person_id], now=now)
