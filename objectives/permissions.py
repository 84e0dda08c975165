"""Who may do what with objectives and key results; each refusal is a sentence.

Needs the objective loaded `with_people`. Source: guarantees, rows 4–24; decisions 10, 11.
"""

from datetime import date

from django.utils.translation import gettext as _

from objectives import rules
from objectives.models import AnyComment, Bet, KeyResult, Objective, RecordShare, SuggestedObjective, Suggestion
from people.models import Membership, Team, User
from people.viewer import Viewer


def why_not_create(viewer: Viewer, *, team: Team | None, owner_pk: int) -> str:
    """Why `viewer` may not write an objective for `owner_pk`, of `team` or personal (None)."""
    if team is None:
        return "" if owner_pk == viewer.pk else _("A personal objective is its owner’s own. You can talk about it.")
    if reason := why_not_write_for(viewer, team.pk):
        return reason
    if owner_pk != viewer.pk and not viewer.leads(team.pk):
        return _("A lead may name somebody else. You can write it as your own.")
    return ""


def why_not_write_for(viewer: Viewer, team_pk: int | None) -> str:
    """Why `viewer` may not write objectives of that team."""
    if any(place.pk == team_pk and place.role != Membership.Role.COACH for place in viewer.places):
        return ""
    return _("Only the team’s members and leads write its objectives.")


def why_not_word(viewer: Viewer, objective: Objective) -> str:
    """Why `viewer` may not change the words, key results, order or state.

    Who has left the team words nothing there, its owner neither (decisions 4; AZ-07).
    """
    if not objective.is_team:
        return "" if viewer.pk == objective.owner_id else _("Only its owner words this objective.")
    is_theirs = viewer.pk in objective.wording_pks and objective.team_id in viewer.reading_pks
    if is_theirs or viewer.leads(objective.team_id):
        return ""
    return _("Its owner, co-owners and the team’s leads word this objective, while they are in the team.")


def why_not_say_stretch(viewer: Viewer, objective: Objective) -> str:
    """Why `viewer` may not say whether it has become just the job."""
    return "" if viewer.pk == objective.owner_id else _("Its owner alone says whether it still stretches them.")


def why_not_drop(viewer: Viewer, objective: Objective) -> str:
    """Why `viewer` may not drop it; dropping keeps it readable."""
    return why_not_word(viewer, objective)


def why_not_delete(viewer: Viewer, objective: Objective) -> str:
    """Why `viewer` may not delete or restore it.

    Of a team's, whoever words it deletes a draft, and a lead what was published; a personal one is its owner's.
    """
    if objective.is_team and objective.state != rules.State.DRAFT:
        return "" if viewer.leads(objective.team_id) else _("A lead of the team can delete it. You can drop it.")
    return why_not_word(viewer, objective)


def why_not_hand_over(viewer: Viewer, objective: Objective) -> str:
    """Why `viewer` may not name somebody else of the team to answer for it; whoever answers for it, and leads, may."""
    if not objective.is_team:
        return _("A personal objective is its owner’s own. You can talk about it.")
    is_theirs = viewer.pk == objective.owner_id and objective.team_id in viewer.reading_pks
    if is_theirs or viewer.leads(objective.team_id):
        return ""
    return _("Whoever answers for it hands it over, or a lead of the team.")


def why_not_propose(viewer: Viewer, objective: Objective) -> str:
    """Why `viewer` may not open a draft to their manager."""
    if objective.is_team or objective.owner_id != viewer.pk:
        return _("Only its owner shows a draft to their manager.")
    return "" if viewer.manager_pk else _("No manager is set for you. A site admin can set one.")


def why_not_log(viewer: Viewer, key_result: KeyResult) -> str:
    """Why `viewer` may not say how sure they are, or give a value. Needs the objective."""
    if key_result.owner_id != viewer.pk:
        return _("Only its owner logs a key result.")
    if key_result.objective.is_team and key_result.objective.team_id not in viewer.reading_pks:
        return _("You have left the team. Its leads can name who logs this from now on.")
    return ""


def why_not_edit_comment(viewer: Viewer, comment: AnyComment) -> str:
    """Why `viewer` may not put other words into a comment that they read."""
    return "" if viewer.pk == comment.by_id else _("Whoever wrote a comment edits it.")


def why_not_delete_comment(viewer: Viewer, comment: AnyComment, *, leads: bool) -> str:
    """Why `viewer` may not delete a comment that they read; `leads` says whether they lead the team whose it is."""
    if viewer.pk == comment.by_id or leads:
        return ""
    return _("Whoever wrote a comment deletes it, or a lead of the team whose objective it is about.")


def why_not_suggest(viewer: Viewer, objective: Objective) -> str:
    """Why `viewer` may not suggest anything for an objective that they read; whoever words it, edits it."""
    return "" if why_not_word(viewer, objective) else _("You word it yourself, so you can just edit it.")


def why_not_suggest_to(viewer: Viewer, person: User) -> str:
    """Why `viewer` may not suggest a whole objective to `person`: their teammates of today and their manager may."""
    if viewer.pk == person.pk:
        return _("What you want to pursue you can just write.")
    if person.pk in viewer.near_pks:
        return ""
    return _("Only their teammates and their manager suggest an objective to somebody.")


def why_not_take(viewer: Viewer, suggestion: SuggestedObjective) -> str:
    """Why `viewer` may not make a suggested objective theirs, or leave it."""
    return "" if viewer.pk == suggestion.to_id else _("Whom it was suggested to takes it or leaves it.")


def why_not_withdraw(viewer: Viewer, suggestion: Suggestion | SuggestedObjective) -> str:
    """Why `viewer` may not take a suggestion back."""
    return "" if viewer.pk == suggestion.by_id else _("Whoever suggested it takes it back.")


def why_not_bet(viewer: Viewer, key_result: KeyResult, objective: Objective) -> str:
    """Why `viewer` may not bet on a key result of `objective`, and settle bets: who logs it and who words it may."""
    is_logger = viewer.pk == key_result.owner_id and (not objective.is_team or objective.team_id in viewer.reading_pks)
    if is_logger or not why_not_word(viewer, objective):
        return ""
    return _("Whoever logs a key result or words its objective bets on it. You can comment.")


def why_not_grade(viewer: Viewer, key_result: KeyResult, objective: Objective) -> str:
    """Why `viewer` may not grade a key result of `objective`: who logs it may, who answers for that, a team's leads."""
    is_logger = viewer.pk == key_result.owner_id and (not objective.is_team or objective.team_id in viewer.reading_pks)
    if is_logger or not why_not_review(viewer, objective):
        return ""
    return _("Whoever logs a key result grades it, or answers for its objective, or leads the team whose it is.")


def why_not_review(viewer: Viewer, objective: Objective) -> str:
    """Why `viewer` may not say how good a goal `objective` was: who answers for it may, and a team's leads."""
    is_theirs = viewer.pk == objective.owner_id and (not objective.is_team or objective.team_id in viewer.reading_pks)
    if is_theirs or (objective.is_team and viewer.leads(objective.team_id)):
        return ""
    return _("Whoever answers for an objective says how good a goal it was, or leads the team whose it is.")


def why_not_reword_bet(viewer: Viewer, bet: Bet) -> str:
    """Why `viewer`, who may settle it, may not put other words into a bet."""
    return "" if viewer.pk == bet.by_id else _("Whoever made a bet words it.")


def why_not_help(viewer: Viewer, key_result: KeyResult, objective: Objective) -> str:
    """Why `viewer`, who reads it, may not promise help with a key result of `objective`; "" for a teammate."""
    if viewer.pk == key_result.owner_id:
        return _("You log it yourself. Somebody else can promise you help.")
    if key_result.owner_id in viewer.teammate_pks or objective.team_id in viewer.place_pks:
        return ""
    return _("Help is promised among those who share a team.")


def why_not_close_quarter(viewer: Viewer, team: Team) -> str:
    """Why `viewer` may not close or reopen a quarter of `team`: its leads do, and nobody else."""
    return "" if viewer.leads(team.pk) else _("A lead of the team closes its quarter, and reopens it.")


def why_not_close_for_site(viewer: Viewer) -> str:
    """Why `viewer` may not close a quarter for every team."""
    return "" if viewer.is_site_admin else _("A site admin closes a quarter for every team.")


def why_not_end_now(viewer: Viewer, objective: Objective, *, today: date) -> str:
    """Why `viewer` is not offered to close a single objective `today`. Needs team and quarter."""
    weeks = objective.team.grading_weeks if objective.team else rules.USUAL_GRADING_WEEKS
    is_teams = objective.team_id is not None and rules.is_closed_by_team(objective.kind, objective.audience)
    return (
        why_not_end(viewer, objective)
        or (_("It closes with its home team’s quarter.") if is_teams else "")
        or rules.why_not_ended(objective.state)
        or rules.why_not_closable(objective.quarter.period, weeks, today=today)
    )


def why_not_end(viewer: Viewer, objective: Objective) -> str:
    """Why `viewer` may not close a single objective: its owner does, of what no team's closing touches."""
    if objective.is_team or viewer.pk != objective.owner_id:
        return _("Its owner closes a personal objective, and a lead a team’s quarter.")
    return ""


def why_not_take_back_record(viewer: Viewer, share: RecordShare) -> str:
    """Why `viewer` does not take back the sight of a growth record; "" for whose record it is."""
    return "" if share.owner_id == viewer.pk else _("Who gave you to read it takes it back.")
