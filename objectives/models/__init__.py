"""What people set out to do, and how they know."""

from objectives.models.amendment import Amendment
from objectives.models.bet import Bet
from objectives.models.co_owner import CoOwner
from objectives.models.comment import AnyComment, AnyCommentQuerySet, Comment
from objectives.models.history import events_of, last_change_of, names_in
from objectives.models.idea import Idea
from objectives.models.key_result import KeyResult
from objectives.models.objective import Objective
from objectives.models.quarter import Quarter
from objectives.models.readers import readers_of, teammates_of
from objectives.models.readings import Confidence, Value
from objectives.models.step import Step
from objectives.models.suggestion import Suggestion, with_first_open

__all__ = [
    "Amendment",
    "AnyComment",
    "AnyCommentQuerySet",
    "Bet",
    "CoOwner",
    "Comment",
    "Confidence",
    "Idea",
    "KeyResult",
    "Objective",
    "Quarter",
    "Step",
    "Suggestion",
    "Value",
    "events_of",
    "last_change_of",
    "names_in",
    "readers_of",
    "teammates_of",
    "with_first_open",
]
