"""What happened, and what goes out because of it."""

from activity.models.delivery import Delivery
from activity.models.event import Event
from activity.models.notice import Notice
from activity.models.round import Round

__all__ = ["Delivery", "Event", "Notice", "Round"]
