"""A team that looks back: Ann, Bo and Cy of the Comets, Abby who leads them, a coach, and Kim beside it."""

import secrets
from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import uuid4

from django.test import Client

from checkins.actions import sessions
from checkins.actions.promises import Wording
from checkins.models import Session
from people.models import User
from people.viewer import Viewer, viewer_of
from retros.actions import notes, retros
from retros.actions.choices import Chosen
from retros.actions.notes import Hand
from retros.models import Choice, Frame, Note, Retro
from retros.rules.retros import NAMES, Column
from retros.rules.secrets import key_of
from tests.checkins.scenes import join
from tests.conftest import NOW
from tests.factories import QuarterFactory, TeamFactory, UserFactory


def change(keeper: User, text: str, kind: Choice.Kind = Choice.Kind.CHANGE) -> dict[str, Any]:
    """What one sends to choose it, in the care of somebody until February."""
    what = Wording(text, date(2027, 2, 8))
    return {"chosen": Chosen(kind, keeper, what), "client_key": uuid4()}


class LookingBack:
    """Their retro of 2026-Q4, which Ann has begun, in `phase`; without names, unless `named`."""

    def __init__(self, *, phase: str = "WRITE", named: bool = False) -> None:
        self.team = TeamFactory(name="Comets")
        self.ann, self.bo, self.cy = (join(self.team, name) for name in ("Ann", "Bo", "Cy"))
        self.abby, self.coach = join(self.team, "Abby", role="LEAD"), join(self.team, "Coco", role="COACH")
        self.kim = UserFactory(name="Kim")
        self.quarter = QuarterFactory()
        Frame.objects.create(team=self.team, is_anonymous=not named)
        retros.begin(by=viewer_of(self.ann), team=self.team, quarter=self.quarter, now=NOW)
        self.go(phase)

    @property
    def retro(self) -> Retro:
        """As it stands in the database."""
        return Retro.objects.with_session().get()

    @property
    def address(self) -> str:
        """Where it is."""
        return f"/teams/{self.team.slug}/retro/2026-Q4/"

    def go(self, phase: str, by: User | None = None) -> None:
        """Ann moves it to the beginning of that phase, one by one."""
        if NAMES.index(phase) < NAMES.index(self.retro.session.phase):
            self.move(sessions.to_phase, by, phase=phase)
        while self.retro.session.phase != phase:
            self.move(sessions.ahead, by)

    def move(self, how: Callable[..., Any], by: User | Viewer | None = None, *, version: int = 0, **more: Any) -> None:
        """Press, having seen this moment's retro, or that `version`."""
        who = by if isinstance(by, Viewer) else viewer_of(by or self.ann)
        seen = version or Session.objects.get(pk=self.retro.session_id).version
        retros.move(by=who, retro=self.retro, version=seen, now=NOW, how=how, **more)

    def hand(self, person: User, secret: str = "") -> Hand:
        """Theirs, in a browser with that secret, else in one that has their name for it."""
        return Hand(viewer_of(person), key_of(secret or f"browser of {person.name}", person.pk))

    def write(self, person: User, text: str, column: Column = Column.WELL) -> Note:
        """A note of theirs."""
        pk = secrets.randbelow(2**52 - 1) + 1
        return notes.write(hand=self.hand(person), retro=self.retro, note_pk=pk, column=column, text=text)

    def shown(self, text: str) -> Note:
        """The note with these words."""
        return Note.objects.get(text=text)

    def client(self, person: User) -> Client:
        """A browser in which they are signed in."""
        client = Client()
        client.force_login(person)
        return client
