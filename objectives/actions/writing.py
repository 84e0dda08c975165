"""Writing an objective and its key results down, in one go."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from objectives import rules
from objectives.actions import ideas, key_results, objectives, suggested_objectives
from objectives.actions.measures import Measure
from objectives.actions.objectives import Wording
from objectives.models import Objective
from people.viewer import Viewer


@transaction.atomic
def write(
    *,
    by: Viewer,
    kind: str,
    wording: Wording,
    measures: Sequence[Measure],
    is_active: bool,
    client_key: UUID | None,
    now: datetime,
    owner_pk: int | None = None,
    idea_pk: int | None = None,
    suggested_pk: int | None = None,
) -> Objective:
    """An objective with its key results, as a draft or active: all of it or nothing (DB-03).

    The idea with the id `idea_pk`, which it was before, leaves the shelf of `by`; what somebody suggested to them under
    the id `suggested_pk` is taken.
    Raises what `objectives.create`, `key_results.add`, `objectives.activate`, `ideas.take_up` and
    `suggested_objectives.take_up` raise;
    WrittenAlready, with the objective that is there, when the same `client_key` comes again (CC-04).
    """
    objective = objectives.create(by=by, kind=kind, wording=wording, owner_pk=owner_pk, client_key=client_key, now=now)
    for measure in measures:
        key_results.add(by=by, objective=objective, measure=measure, now=now)
    if is_active:
        objectives.activate(by=by, objective=objective, now=now)
    if idea_pk is not None:
        ideas.take_up(by=by, idea_pk=idea_pk)
    if suggested_pk is not None:
        kept = rules.Whole(wording.title, wording.why, tuple(one.title for one in measures))
        suggested_objectives.take_up(by=by, suggested_pk=suggested_pk, objective=objective, kept=kept, now=now)
    return objective
