"""What people set out to do, and how they know."""

from objectives.models.amendment import Amendment, times_amended
from objectives.models.bet import Bet
from objectives.models.carry_over import CarryOver, is_carrying_due
from objectives.models.closing import Closing, with_closing, with_open_teams
from objectives.models.co_owner import CoOwner
from objectives.models.comment import AnyComment, AnyCommentQuerySet, Comment
from objectives.models.grade import EarlierGrade, Grade, Review
from objectives.models.grading import graded_before, in_grading, is_grading_due, with_first
from objectives.models.helping import Helps, help_of, offer_help, with_help
from objectives.models.history import events_of, last_change_of, names_in
from objectives.models.idea import Idea
from objectives.models.key_result import KeyResult, read_confidences
from objectives.models.objective import Objective
from objectives.models.quarter import Quarter
from objectives.models.readers import readers_of, teammates_of
from objectives.models.readings import Confidence, Value
from objectives.models.record_share import RecordShare
from objectives.models.step import Step
from objectives.models.suggested_objective import (
    SuggestedObjective,
    Waiting,
    credit_of,
    first_waiting,
    with_credit,
    with_first_waiting,
)
from objectives.models.suggestion import Suggestion, with_first_open

__all__ = [
    "Amendment",
    "AnyComment",
    "AnyCommentQuerySet",
    "Bet",
    "CarryOver",
    "Closing",
    "CoOwner",
    "Comment",
    "Confidence",
    "EarlierGrade",
    "Grade",
    "Helps",
    "Idea",
    "KeyResult",
    "Objective",
    "Quarter",
    "RecordShare",
    "Review",
    "Step",
    "SuggestedObjective",
    "Suggestion",
    "Value",
    "Waiting",
    "credit_of",
    "events_of",
    "first_waiting",
    "graded_before",
    "help_of",
    "in_grading",
    "is_carrying_due",
    "is_grading_due",
    "last_change_of",
    "names_in",
    "offer_help",
    "read_confidences",
    "readers_of",
    "teammates_of",
    "times_amended",
    "with_closing",
    "with_credit",
    "with_first",
    "with_first_open",
    "with_first_waiting",
    "with_help",
    "with_open_teams",
]
