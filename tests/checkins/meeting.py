"""A team in the room: Ann, Bo and Cy of the Comets, Abby who leads them, a coach, and Kim beside it."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from checkins.actions import celebrations, sessions
from checkins.models import Session, Turn
from people.models import User
from people.viewer import Viewer, viewer_of
from tests.checkins.scenes import join
from tests.conftest import NOW
from tests.factories import TeamFactory, UserFactory

MINUTE = timedelta(minutes=1)


class Meeting:
    """Their celebration of week 47, which Ann has begun; it is Ann's turn first."""

    def __init__(self, *, begun: bool = True) -> None:
        self.team = TeamFactory(name="Comets")
        self.ann, self.bo, self.cy = (join(self.team, name) for name in ("Ann", "Bo", "Cy"))
        self.abby, self.coach = join(self.team, "Abby", role="LEAD"), join(self.team, "Coco", role="COACH")
        self.kim = UserFactory(name="Kim")
        if begun:
            self.start(self.ann)

    def start(self, by: User, now: datetime = NOW) -> Session:
        """The session, as `by` begins or joins it."""
        return celebrations.start(by=viewer_of(by), team=self.team, now=now)

    @property
    def session(self) -> Session:
        """As it stands in the database."""
        return Session.objects.select_related("team").get()

    def press(
        self, action: Callable[..., Any], by: User | Viewer, *, version: int = 0, now: datetime = NOW, **more: Any
    ) -> None:
        """Press, having seen this moment's session, or that `version`."""
        session = self.session
        viewer = by if isinstance(by, Viewer) else viewer_of(by)
        action(by=viewer, session=session, version=version or session.version, now=now, **more)

    def ahead(self, times: int = 1) -> None:
        """Ann presses next, so many times."""
        for _press in range(times):
            self.press(sessions.ahead, self.ann)

    @property
    def stands(self) -> str:
        """“ROUNDS Bo: Ann done, Bo, Cy, Abby skipped”."""
        session = Session.objects.select_related("on_stage").get()
        on_stage = f" {session.on_stage.name}" if session.on_stage else ""
        words = {"WAITING": "", "DONE": " done", "SKIPPED": " skipped"}
        turns = [f"{turn.person.name}{words[turn.state]}" for turn in Turn.objects.of(session)]
        return f"{session.phase}{on_stage}: {', '.join(turns)}"
