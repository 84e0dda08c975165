"""What the pages of objectives show, as plain rows made from what was read; nothing here asks the database.

Source: look.md, section 6 (Confidence mark, Key results, Story, Focus).
"""

from activity.rows import newer
from objectives.rows.amendments import KINDS, Amended, AmendmentRow, amended
from objectives.rows.bets import BetRow, Bets, bet_row, bet_words, bets, state_words
from objectives.rows.carrying import CarryGroup, Decided, carry_groups, decided_rows
from objectives.rows.comments import CommentRow, TalkUrls, comment_rows, readers_of_comments
from objectives.rows.focus import Focus, focus
from objectives.rows.grades import (
    FORMULATED,
    SIGNS,
    GradeRow,
    ReviewRow,
    grade_rows,
    grading_words,
    mean_words,
    review_row,
)
from objectives.rows.hands import HANDS, hand_words
from objectives.rows.helping import HelpRow, help_rows, until_words
from objectives.rows.key_results import (
    KeyResultRow,
    key_result_rows,
    percent_words,
    said_of,
    stands_words,
    steps_words,
    target_words,
    value_words,
)
from objectives.rows.objectives import (
    ObjectiveRow,
    Under,
    grouped,
    is_everyones,
    objective_row,
    reading_tags,
    under,
    who_reads,
    why_in_short,
)
from objectives.rows.offers import Offers, draft_words, offers, writing_for
from objectives.rows.own_quarters import OwnQuarterRow, days_words, own_quarter_rows, quarter_words
from objectives.rows.readers import Group, readers_of_own, readers_of_team
from objectives.rows.review import Reviewed, is_unasked, reviewed
from objectives.rows.ribbon import Ribbon, RibbonWeek, WeekLink, ribbon, week_before, week_url
from objectives.rows.stories import Story, history
from objectives.rows.suggested_objectives import (
    SuggestedObjectiveRow,
    suggested_objective_row,
    suggested_objective_url,
)
from objectives.rows.suggestions import SuggestionRow, Suggestions, suggestion_row, suggestions

__all__ = [
    "FORMULATED",
    "HANDS",
    "KINDS",
    "SIGNS",
    "Amended",
    "AmendmentRow",
    "BetRow",
    "Bets",
    "CarryGroup",
    "CommentRow",
    "Decided",
    "Focus",
    "GradeRow",
    "Group",
    "HelpRow",
    "KeyResultRow",
    "ObjectiveRow",
    "Offers",
    "OwnQuarterRow",
    "ReviewRow",
    "Reviewed",
    "Ribbon",
    "RibbonWeek",
    "Story",
    "SuggestedObjectiveRow",
    "SuggestionRow",
    "Suggestions",
    "TalkUrls",
    "Under",
    "WeekLink",
    "amended",
    "bet_row",
    "bet_words",
    "bets",
    "carry_groups",
    "comment_rows",
    "days_words",
    "decided_rows",
    "draft_words",
    "focus",
    "grade_rows",
    "grading_words",
    "grouped",
    "hand_words",
    "help_rows",
    "history",
    "is_everyones",
    "is_unasked",
    "key_result_rows",
    "mean_words",
    "newer",
    "objective_row",
    "offers",
    "own_quarter_rows",
    "percent_words",
    "quarter_words",
    "readers_of_comments",
    "readers_of_own",
    "readers_of_team",
    "reading_tags",
    "review_row",
    "reviewed",
    "ribbon",
    "said_of",
    "stands_words",
    "state_words",
    "steps_words",
    "suggested_objective_row",
    "suggested_objective_url",
    "suggestion_row",
    "suggestions",
    "target_words",
    "under",
    "until_words",
    "value_words",
    "week_before",
    "week_url",
    "who_reads",
    "why_in_short",
    "writing_for",
]
