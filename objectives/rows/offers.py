"""What a page offers its reader to do; where something cannot be done now, why."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from objectives import permissions, rules
from objectives.models import Objective
from people.viewer import Place, Viewer


@dataclass(frozen=True)
class Offers:
    """What can be done with an objective: None what is not the reader's to do, "" what is, else why not now."""

    word: str | None = None
    activate: str | None = None
    propose: str | None = None
    take_back: str | None = None
    drop: str | None = None
    resume: str | None = None
    delete: str | None = None
    hand_over: str | None = None
    reopen: str | None = None


def offers(viewer: Viewer, objective: Objective, *, key_results: int, today: date) -> Offers:
    """What `viewer` finds on its page; `key_results` are those that were not dropped. Needs `with_people`."""
    if permissions.why_not_word(viewer, objective):
        return Offers()
    state = objective.state
    if objective.is_team_closed:
        return Offers(word=_said(rules.why_not_changeable(state, is_team_closed=True)))
    is_draft, is_over = state == rules.State.DRAFT, objective.quarter.ends_on <= today
    activate = rules.why_not_activatable(state, is_over=is_over, key_results=key_results)
    return Offers(
        word=_said(rules.why_not_changeable(state)),
        activate=_said(activate) if is_draft else None,
        propose=_propose(viewer, objective) if is_draft and not objective.is_team else None,
        take_back="" if is_draft and objective.owner_id == viewer.pk and objective.is_shown else None,
        drop=permissions.why_not_drop(viewer, objective) if not rules.why_not_droppable(state) else None,
        resume=_said(rules.why_not_resumable(state, is_over=is_over)) if state == rules.State.DROPPED else None,
        delete=permissions.why_not_delete(viewer, objective) if not rules.why_not_deletable(state) else None,
        hand_over=_hand_over(viewer, objective),
        reopen=_reopen(viewer, objective),
    )


def _hand_over(viewer: Viewer, objective: Objective) -> str | None:
    is_theirs = not permissions.why_not_hand_over(viewer, objective)
    return "" if is_theirs and not rules.why_not_changeable(objective.state) else None


def _reopen(viewer: Viewer, objective: Objective) -> str | None:
    """Of what its owner closed themselves."""
    is_teams = objective.team_id is not None and rules.is_closed_by_team(objective.kind, objective.audience)
    is_theirs = objective.state == rules.State.CLOSED and not permissions.why_not_end(viewer, objective)
    return "" if is_theirs and not is_teams else None


def _said(reason: str) -> str:
    return _(reason) if reason else ""


def _propose(viewer: Viewer, objective: Objective) -> str:
    is_shown = objective.is_shown and objective.owner_id == viewer.pk
    return _("Your manager can read it.") if is_shown else permissions.why_not_propose(viewer, objective)


def draft_words(objective: Objective) -> str:
    """Who reads a person's draft while it is one, for the page on which it is changed; "" for all else.

    Needs `with_people`.
    """
    if objective.state != rules.State.DRAFT or objective.is_team:
        return ""
    if objective.is_shown:
        return _("Your manager reads this draft, and what you save here at once. On its page you can take it back.")
    return _("It is a draft: you alone read it, whatever you choose below, until you make it active or show it.")


def writing_for(viewer: Viewer) -> list[Place]:
    """The teams whose objectives `viewer` may write."""
    return [place for place in viewer.places if not permissions.why_not_write_for(viewer, place.pk)]
