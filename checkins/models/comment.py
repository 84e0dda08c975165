"""Comments on somebody's week."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q, QuerySet

from checkins.models.check_in import CheckIn
from objectives.models import AnyComment, AnyCommentQuerySet, teammates_of
from people.models import User

if TYPE_CHECKING:
    from datetime import datetime

    from people.viewer import Viewer


class WeekCommentQuerySet(AnyCommentQuerySet["Comment"]):
    """The vocabulary of reading comments on weeks."""

    def visible_to(self, viewer: Viewer) -> Self:
        """Those that are not deleted, of weeks that `viewer` reads as a teammate or a manager does, and their own.

        They may be about any line of the week, so they have the audience of what names no objective.
        """
        return self.kept().filter(Q(_is_near(viewer)) | Q(_is_shown(viewer), by=viewer.pk))

    def said_to(self, viewer: Viewer) -> Self:
        """What others wrote of the `visible_to`: all that somebody can be told of."""
        return self.kept().filter(_is_near(viewer)).exclude(by=viewer.pk)

    def of_found(self, check_in: CheckIn, viewer: Viewer, *, now: datetime) -> Self:
        """The `visible_to` of a week that was found, one's own or by `shown_to`, and what they deleted and may restore.

        Finding it has asked all that `visible_to` asks of the week, so nothing of that is asked again.
        """
        rows = self.filter(check_in=check_in.pk)
        is_near = check_in.person_id == viewer.pk or check_in.is_near
        return (rows.kept() if is_near else rows.kept().filter(by=viewer.pk)) | rows.deleted_by_one(viewer, now)


def _is_near(viewer: Viewer) -> Exists:
    return Exists(CheckIn.objects.visible_to(viewer).filter(pk=OuterRef("check_in")))


def _is_shown(viewer: Viewer) -> Exists:
    """Asked of each comment's own week."""
    return Exists(CheckIn.objects.shown_to(viewer).filter(pk=OuterRef("check_in")))


class Comment(AnyComment):
    """A comment on somebody's week."""

    check_in = models.ForeignKey(CheckIn, models.CASCADE, related_name="comments")

    objects = WeekCommentQuerySet.as_manager()

    class Meta(AnyComment.Meta):
        indexes = [models.Index(fields=["check_in", "at"], name="checkins_comment_by_thing")]


def readers_of_week(check_in: CheckIn, *, known_to: Viewer) -> QuerySet[User]:
    """The people who can sign in and read what is said about no objective in it, as far as `known_to` is told why.

    The rule of `CheckIn.visible_to` from the other side; a manager is among them only for who knows that they are.
    Needs the person.
    """
    person = check_in.person
    reading = Q(pk=person.pk) | Q(pk__in=teammates_of(person.pk))
    since_on = person.manager_since_on
    if since_on is not None and known_to.knows_manager_of(person) and check_in.week.next.monday > since_on:
        reading |= Q(pk=person.manager_id)
    return User.objects.visible_to(known_to).active().filter(reading)
