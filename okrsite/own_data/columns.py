"""Which columns of each table somebody takes along, and which they do not.

Another person is a number at most. Source: guarantees PRIV-04.
"""

from collections.abc import Mapping

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "people.User": ("name", "email", "username", "zone", "theme", "manager_since_on", "is_site_admin", "joined_at"),
    "people.Handle": ("username",),
    "people.Absence": ("first_on", "last_on"),
    "people.Membership": ("team__name", "role", "joined_on", "left_on"),
    "people.AccessLink": ("kind", "team__name", "role", "message", "created_at", "expires_at", "used_at", "revoked_at"),
    "people.Token": ("name", "scope", "created_at", "expires_at", "used_on", "revoked_at"),
    "objectives.Objective": (
        *("id", "kind", "team__name", "quarter__slug", "audience", "title", "why", "first_step", "hours", "money"),
        *("on_wall", "stretch", "state", "state_at", "state_reason", "proposed_at", "created_at", "deleted_at"),
        *("continues_id", "follows_id"),
    ),
    "objectives.CoOwner": ("objective_id",),
    "objectives.KeyResult": (
        *("id", "objective_id", "kind", "title", "intention", "unit", "baseline", "target", "opening_confidence"),
        *("anchor_low", "anchor_good", "anchor_full"),
        *("hand", "state", "state_at", "state_reason", "created_at", "deleted_at", "continues_id"),
    ),
    "objectives.Step": ("id", "key_result_id", "share", "position", "label"),
    "objectives.Amendment": (
        *("id", "key_result_id", "number", "at", "week_on", "reason"),
        *("title", "kind", "unit", "baseline", "target", "steps"),
    ),
    "objectives.Bet": (
        *("id", "key_result_id", "if_we", "because", "state", "learned", "at", "settled_at", "deleted_at"),
    ),
    "objectives.Grade": ("key_result_id", "tenths", "lesson", "judged", "at"),
    "objectives.EarlierGrade": ("key_result_id", "tenths", "lesson", "judged", "at"),
    "objectives.Review": ("objective_id", "achieved", "formulated", "signs", "again", "at"),
    "objectives.Confidence": ("key_result_id", "week_on", "level", "at"),
    "objectives.Value": ("key_result_id", "week_on", "at", "amount", "done", "due", "reached", "source"),
    "objectives.Comment": ("id", "objective_id", "text", "at", "edited_at", "deleted_at"),
    "objectives.Suggestion": (
        *("id", "objective_id", "key_result_id", "kind", "title", "measured_as", "baseline", "target", "unit"),
        *("at", "state", "answered_at"),
    ),
    "objectives.SuggestedObjective": ("id", "title", "why", "key_results", "at", "answered_at"),
    "objectives.Closing": ("team__name", "quarter__slug", "closed_at"),
    "objectives.CarryOver": ("objective_id", "becomes", "at"),
    "objectives.Idea": ("title", "why", "added_at", "deleted_at"),
    "checkins.CheckIn": ("id", "week_on", "done_at", "is_late"),
    "checkins.Line": (
        *("id", "check_in_id", "kind", "objective_id", "text", "position"),
        *("outcome", "answered_in_id", "carried_from_id"),
    ),
    "checkins.Cheer": ("id", "check_in_id", "session_id", "sign", "text", "at"),
    "checkins.Comment": ("id", "check_in_id", "text", "at", "edited_at", "deleted_at"),
    "checkins.Draft": ("week_on", "typed", "saved_at"),
    "checkins.Nudge": ("week_on", "at"),
    "checkins.Promise": (
        *("id", "team__name", "kind", "text", "objective_id", "key_result_id", "due_on", "week_on"),
        *("at", "state", "state_at", "origin"),
    ),
    "checkins.Seen": ("check_in_id", "at"),
    "checkins.HealthMark": ("metric_id", "week_on", "state", "note", "at"),
    "checkins.Outlook": ("team__name", "kind", "starts_on", "text", "said_on"),
    "checkins.RoomConfidence": ("reveal__key_result_id", "level", "at"),
    "checkins.Turn": ("session__week_on", "state"),
    "checkins.Attendance": ("session__week_on", "first_at", "last_at"),
    "retros.Note": ("id", "retro__quarter__slug", "column", "text"),
    "retros.Vote": ("note_id",),
    "retros.Answer": ("retro__quarter__slug", "working", "sentence"),
    "retros.OwnRetro": ("quarter__slug", "well", "better", "stop"),
    "activity.Event": ("at", "verb", "subject_type", "subject_id", "data"),
    "activity.Delivery": ("kind", "state", "address", "created_at", "sent_at"),
    "usersessions.UserSession": ("created_at", "last_seen_at", "ip", "user_agent"),
}

# Secrets, how things are kept inside, and what is somebody else's.
LEFT_OUT: Mapping[str, tuple[str, ...]] = {
    "people.User": (
        *("id", "password", "last_login", "name_key", "manager"),
        *("switched_off_at", "erase_at", "erased_at"),
    ),
    "people.Handle": ("user",),
    "people.Absence": ("id", "user"),
    "people.Membership": ("id", "user"),
    "people.AccessLink": ("id", "secret_hash", "email", "by", "is_by_name"),
    "people.Token": ("id", "person", "secret_hash", "counted_from", "uses", "client_key"),
    "objectives.Objective": ("version", "owner", "proposed_to", "state_by", "position", "client_key"),
    "objectives.CoOwner": ("id", "user"),
    "objectives.KeyResult": ("version", "owner", "state_by", "position", "client_key"),
    "objectives.Step": (),
    "objectives.Amendment": ("by",),
    "objectives.Bet": ("version", "by", "settled_by", "client_key"),
    "objectives.Grade": ("id", "version", "by"),
    "objectives.EarlierGrade": ("id", "version", "by"),
    "objectives.Review": ("id", "version", "by"),
    "objectives.Confidence": ("id", "by", "typed_by"),
    "objectives.Value": ("id", "by"),
    "objectives.Comment": ("by", "mentions", "deleted_by", "client_key", "version"),
    "objectives.Suggestion": ("by", "answered_by", "answer", "client_key"),
    "objectives.SuggestedObjective": ("to", "by", "state", "answer", "objective", "client_key"),
    "objectives.Closing": ("id", "closed_by", "snapshot", "sha256", "reopened_at", "reopened_by", "reopened_because"),
    "objectives.CarryOver": ("id", "by"),
    "objectives.Idea": ("id", "version", "owner", "client_key"),
    "checkins.CheckIn": ("version", "person"),
    "checkins.Line": (),
    "checkins.Cheer": ("by", "to", "client_key"),
    "checkins.Comment": ("by", "mentions", "deleted_by", "client_key", "version"),
    "checkins.Draft": ("id", "version", "person", "of_version", "page", "turn"),
    "checkins.Nudge": ("id", "by", "person"),
    "checkins.Promise": ("version", "by", "to", "client_key"),
    "checkins.Seen": ("id", "by"),
    "checkins.HealthMark": ("id", "by"),
    "checkins.Outlook": ("id", "by"),
    "checkins.RoomConfidence": ("id", "person"),
    "checkins.Turn": ("id", "person", "position"),
    "checkins.Attendance": ("id", "person"),
    "retros.Note": ("author", "secret_hash", "parent", "is_revealed"),
    "retros.Vote": ("id", "retro", "by", "place"),
    "retros.Answer": ("id", "by"),
    "retros.OwnRetro": ("id", "version", "owner"),
    "activity.Event": ("id", "by", "team_id"),
    "activity.Delivery": (
        *("id", "person", "subject_id", "period", "sealed", "message_id", "thread"),
        *("due_at", "claimed_until", "tries"),
    ),
    "usersessions.UserSession": ("id", "user", "session_key", "data"),
}

CALLED: Mapping[str, str] = {  # where the name of the model is not the word that people use
    "people.User": "profile",
    "people.Handle": "usernames",
    "people.AccessLink": "invitations",
    "objectives.Comment": "comments_on_objectives",
    "checkins.Comment": "comments_on_weeks",
    "retros.Note": "notes_in_retros",
    "retros.Vote": "votes_in_retros",
    "retros.Answer": "answers_in_retros",
    "activity.Delivery": "mails",
    "usersessions.UserSession": "sessions",
}

# Of a team's, others write these too: they are left blank, unless nobody else ever touched it.
WORDS: Mapping[str, tuple[str, ...]] = {
    "objectives.Objective": ("why", "first_step", "stretch", "state_reason"),
    "objectives.KeyResult": ("intention", "anchor_low", "anchor_good", "anchor_full", "state_reason"),
    "objectives.Step": ("label",),
    "objectives.Amendment": ("steps",),
    "objectives.Bet": ("learned",),
}
