"""What people say of their weeks, and what is given back to them."""

from checkins.models.check_in import CheckIn, Line
from checkins.models.cheer import Cheer
from checkins.models.comment import Comment, readers_of_week
from checkins.models.draft import Draft
from checkins.models.nudge import Nudge
from checkins.models.seen import Seen
from checkins.models.session import Attendance, Session, Turn, stand_of
from checkins.models.told import told

__all__ = [
    "Attendance",
    "CheckIn",
    "Cheer",
    "Comment",
    "Draft",
    "Line",
    "Nudge",
    "Seen",
    "Session",
    "Turn",
    "readers_of_week",
    "stand_of",
    "told",
]
