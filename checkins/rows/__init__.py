"""What the pages of the week show, as plain rows made from lists; nothing here asks the database.

Source: look.md, section 6 (Key results, Check-in line, Board).
"""

from checkins.rows.asks import Ask, BetAsk, ask
from checkins.rows.board import (
    NOT_ASKED,
    Presences,
    member_rows,
    objective_rows,
    only_moved,
    personal,
    presences,
    switcher,
)
from checkins.rows.celebration import (
    TOGETHER,
    TurnRow,
    Wins,
    in_line,
    narrowed,
    objective_block,
    said_blocks,
    short_names,
    wins,
)
from checkins.rows.cheers import CheerRow, CheerSaid, Neighbour, SignRow, cheer_rows, cheers_said, neighbour, signs
from checkins.rows.closing import BoardClosing, board_closing
from checkins.rows.codes import Code, code
from checkins.rows.drafts import Unsent, unsent
from checkins.rows.health import Health, health
from checkins.rows.held import HeldRow, held_rows
from checkins.rows.home import (
    Draft,
    Moment,
    Step,
    Suggested,
    TeamRow,
    draft,
    first_steps,
    my_objectives,
    needs_home,
    newest_week,
    suggested,
    team_rows,
    whole,
)
from checkins.rows.key_results import (
    KeyResultRow,
    ObjectiveRow,
    key_result,
    key_result_in,
    mark_as_of,
    objective,
    under_objectives,
)
from checkins.rows.moves import climbed, moved, moved_by
from checkins.rows.notices import NoticeRow, notice_rows, notice_url, promise_url
from checkins.rows.people import MemberRow, Words, away_days, member, turnout_words
from checkins.rows.plans import GOT, OUTCOMES, LineRow, PlanItem, by_kind, plan_item
from checkins.rows.promises import PromiseRow, Promises, help_url, owed_rows, readers_of_promise, team_promises
from checkins.rows.remote import OnStage, left_of, on_stage_row, remote_version
from checkins.rows.report import Report, report
from checkins.rows.silence import quiet
from checkins.rows.slide import Doubt, Slide, doubts, slide
from checkins.rows.thanks import NextRound
from checkins.rows.together import TogetherRow, done_words, together_parts, together_row
from checkins.rows.wall import Hall, Panel, hall, health_panels, moves_words, panel
from checkins.rows.weeks import beside
from checkins.rows.words import counted, readers_of_answers, readers_of_week, streak_words

__all__ = [
    "GOT",
    "NOT_ASKED",
    "OUTCOMES",
    "TOGETHER",
    "Ask",
    "BetAsk",
    "BoardClosing",
    "CheerRow",
    "CheerSaid",
    "Code",
    "Doubt",
    "Draft",
    "Hall",
    "Health",
    "HeldRow",
    "KeyResultRow",
    "LineRow",
    "MemberRow",
    "Moment",
    "Neighbour",
    "NextRound",
    "NoticeRow",
    "ObjectiveRow",
    "OnStage",
    "Panel",
    "PlanItem",
    "Presences",
    "PromiseRow",
    "Promises",
    "Report",
    "SignRow",
    "Slide",
    "Step",
    "Suggested",
    "TeamRow",
    "TogetherRow",
    "TurnRow",
    "Unsent",
    "Wins",
    "Words",
    "ask",
    "away_days",
    "beside",
    "board_closing",
    "by_kind",
    "cheer_rows",
    "cheers_said",
    "climbed",
    "code",
    "counted",
    "done_words",
    "doubts",
    "draft",
    "first_steps",
    "hall",
    "health",
    "health_panels",
    "held_rows",
    "help_url",
    "in_line",
    "key_result",
    "key_result_in",
    "left_of",
    "mark_as_of",
    "member",
    "member_rows",
    "moved",
    "moved_by",
    "moves_words",
    "my_objectives",
    "narrowed",
    "needs_home",
    "neighbour",
    "newest_week",
    "notice_rows",
    "notice_url",
    "objective",
    "objective_block",
    "objective_rows",
    "on_stage_row",
    "only_moved",
    "owed_rows",
    "panel",
    "personal",
    "plan_item",
    "presences",
    "promise_url",
    "quiet",
    "readers_of_answers",
    "readers_of_promise",
    "readers_of_week",
    "remote_version",
    "report",
    "said_blocks",
    "short_names",
    "signs",
    "slide",
    "streak_words",
    "suggested",
    "switcher",
    "team_promises",
    "team_rows",
    "together_parts",
    "together_row",
    "turnout_words",
    "under_objectives",
    "unsent",
    "whole",
    "wins",
]
