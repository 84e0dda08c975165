"""What people say of their weeks, and what is given back to them."""

from checkins.models.check_in import CheckIn, Line
from checkins.models.cheer import Cheer
from checkins.models.comment import Comment, readers_of_week
from checkins.models.draft import Draft
from checkins.models.health import HealthMark, HealthMetric, Outlook, with_health, with_health_of
from checkins.models.nudge import Nudge
from checkins.models.promise import Promise, Promised, promised_in, with_owed, with_promised, with_promises
from checkins.models.reveal import (
    Reveal,
    RoomConfidence,
    SealedQuerySet,
    Together,
    came_to,
    logged_on_stage,
    together_in,
    with_together,
)
from checkins.models.seen import Seen
from checkins.models.session import Attendance, Session, Turn, stand_of
from checkins.models.told import new_to, told, with_nudged_week

__all__ = [
    "Attendance",
    "CheckIn",
    "Cheer",
    "Comment",
    "Draft",
    "HealthMark",
    "HealthMetric",
    "Line",
    "Nudge",
    "Outlook",
    "Promise",
    "Promised",
    "Reveal",
    "RoomConfidence",
    "SealedQuerySet",
    "Seen",
    "Session",
    "Together",
    "Turn",
    "came_to",
    "logged_on_stage",
    "new_to",
    "promised_in",
    "readers_of_week",
    "stand_of",
    "together_in",
    "told",
    "with_health",
    "with_health_of",
    "with_nudged_week",
    "with_owed",
    "with_promised",
    "with_promises",
    "with_together",
]
