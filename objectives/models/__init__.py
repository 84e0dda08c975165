"""What people set out to do, and how they know."""

from objectives.models.co_owner import CoOwner
from objectives.models.history import events_of, last_change_of, names_in
from objectives.models.key_result import Confidence, KeyResult, Value
from objectives.models.objective import Objective
from objectives.models.quarter import Quarter

__all__ = [
    "CoOwner",
    "Confidence",
    "KeyResult",
    "Objective",
    "Quarter",
    "Value",
    "events_of",
    "last_change_of",
    "names_in",
]
