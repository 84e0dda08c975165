"""People: who signs in, and whom they report to."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, ClassVar, Self
from zoneinfo import ZoneInfo

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import models
from django.urls import reverse

from core.models import KeyField, NamedQuerySet, Row, both_or_neither, key_of, one_of
from core.text import fold_key, initials

if TYPE_CHECKING:
    from people.viewer import Viewer


class UserQuerySet(NamedQuerySet["User"]):
    """The vocabulary of reading people."""

    def visible_to(self, viewer: Viewer) -> Self:
        """Everybody who was not erased: names are shared inside an organisation."""
        return self.filter(erased_at=None)

    def for_everyone(self, *, because: str) -> Self:
        """All rows, for jobs and doors that serve nobody in particular; say why."""
        return self

    def active(self) -> Self:
        """Those who can sign in."""
        return self.filter(switched_off_at=None, erased_at=None)

    def switched_off(self) -> Self:
        """Those who could, and cannot at present."""
        return self.filter(switched_off_at__isnull=False, erased_at=None)

    def to_erase(self, now: datetime) -> Self:
        """Those whose time to think again is over; whoever asked first comes first."""
        return self.filter(erased_at=None, erase_at__lte=now).order_by("erase_at", "pk")

    def by_name(self) -> Self:
        """In the order of their names."""
        return self.order_by("name_key", "pk")

    def named(self, words: str) -> Self:
        """Those whose name holds each of `words` (ten at most), whatever their capitals and accents.

        A word of accents alone is in nobody's name.
        """
        rows = self
        for key in map(key_of, words.split()[:10]):
            rows = rows.filter(name_key__contains=key) if key else rows.none()
        return rows

    def called(self, text: str) -> Self:
        """Those who go by this whole name or username, whatever its capitals and accents."""
        return self.filter(models.Q(username=fold_key(text)) | models.Q(name_key=key_of(text)))

    def get_by_natural_key(self, email: str | None) -> User:
        """The person with this address (asked by django.contrib.auth)."""
        return self.get(email=email)


class User(AbstractBaseUser, Row):
    """A person. `email` and `username` are kept folded (NFKC, case-folded), so look-alikes collide.

    Whoever is to be erased is switched off until `erase_at`; whoever was is a row without a name (PRIV-05).
    Whoever `is_reminded` is so once a week, at their `reminder_hour` (None: their team's); whoever `hides_words` gets
    mail without a word of their goals.
    """

    class Theme(models.TextChoices):
        SYSTEM = "SYSTEM"
        LIGHT = "LIGHT"
        DARK = "DARK"

    name = models.CharField(max_length=80)
    name_key = KeyField()
    email = models.EmailField(max_length=254, unique=True)
    username = models.CharField(max_length=40, unique=True)
    zone = models.CharField(max_length=64, default="UTC")
    theme = models.CharField(max_length=8, choices=Theme.choices, default=Theme.SYSTEM)
    is_reminded = models.BooleanField(default=True, db_default=True)
    reminder_hour = models.PositiveSmallIntegerField(null=True, blank=True)
    hides_words = models.BooleanField(default=False, db_default=False)
    manager = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="reports")
    manager_since_on = models.DateField(null=True, blank=True)
    is_site_admin = models.BooleanField(default=False)
    joined_at = models.DateTimeField()
    switched_off_at = models.DateTimeField(null=True, blank=True)
    erase_at = models.DateTimeField(null=True, blank=True)
    erased_at = models.DateTimeField(null=True, blank=True)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    objects = UserQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(manager=None) | ~models.Q(manager=models.F("id")),
                name="user_is_not_their_own_manager",
            ),
            both_or_neither("manager", "manager_since_on", "user_manager_has_a_since"),
            one_of("theme", ["SYSTEM", "LIGHT", "DARK"], "user_theme_is_known"),
            models.CheckConstraint(
                condition=models.Q(reminder_hour=None) | models.Q(reminder_hour__lte=23),
                name="user_reminder_hour_is_an_hour",
            ),
            models.CheckConstraint(
                condition=models.Q(erase_at=None) | models.Q(switched_off_at__isnull=False),
                name="user_to_be_erased_is_switched_off",
            ),
        ]
        indexes = [models.Index(fields=["name_key", "id"], name="user_by_name")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Their page; "" of whom was erased, who has none."""
        if self.erased_at is not None:
            return ""
        return reverse("objectives:person", kwargs={"username": self.username})

    @property
    def is_active(self) -> bool:  # type: ignore[override]
        """Whether they can sign in."""
        return self.switched_off_at is None and self.erased_at is None

    @property
    def zone_info(self) -> ZoneInfo:
        """Their time zone."""
        return ZoneInfo(self.zone)

    @property
    def initials(self) -> str:
        """One or two letters for the disc."""
        return initials(self.name)


class Handle(models.Model):
    """A username that was ever somebody's: others never get it."""

    username = models.CharField(max_length=40, primary_key=True)
    user = models.ForeignKey(User, models.CASCADE, related_name="handles")

    def __str__(self) -> str:
        return self.username


class AbsenceQuerySet(models.QuerySet["Absence"]):
    """The vocabulary of reading absences."""

    def visible_to(self, viewer: Viewer) -> Self:
        """One's own, and those of the people one shares a team with or manages."""
        return self.filter(user__in=viewer.near_pks)

    def on(self, day: date) -> Self:
        """Those that hold `day`."""
        return self.filter(first_on__lte=day, last_on__gte=day)

    def for_home(self, viewer: Viewer, day: date) -> Self:
        """Those that hold `day`, and all of the viewer's own."""
        return self.filter(models.Q(first_on__lte=day, last_on__gte=day) | models.Q(user=viewer.pk))

    def own(self, viewer: Viewer) -> Self:
        """The viewer's own."""
        return self.filter(user=viewer.pk)

    def holding(self, first_on: date, last_on: date) -> Self:
        """Those that hold every day from `first_on` to `last_on`."""
        return self.filter(first_on__lte=first_on, last_on__gte=last_on)

    def in_order(self) -> Self:
        """The next one first."""
        return self.order_by("first_on", "pk")


class Absence(Row):
    """Days, first and last included, on which nobody waits for a person."""

    user = models.ForeignKey(User, models.CASCADE, related_name="absences")
    first_on = models.DateField()
    last_on = models.DateField()

    objects = AbsenceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(first_on__lte=models.F("last_on")), name="absence_ends_after_it_begins"
            )
        ]

    def __str__(self) -> str:
        return f"{self.first_on} – {self.last_on}"

    def holds(self, day: date) -> bool:
        """Whether one is away on `day`."""
        return self.first_on <= day <= self.last_on
