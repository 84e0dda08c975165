"""What stood in a team's quarter when it was closed, kept as it was.

Source: decisions 16; docs/adr/2026-11-28-closing.md.
"""

import hashlib
import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder

from objectives.models import (
    Amendment,
    Bet,
    Closing,
    Confidence,
    CoOwner,
    EarlierGrade,
    Grade,
    KeyResult,
    Objective,
    Review,
    Step,
    Value,
)

Rows = Mapping[int, list[dict[str, Any]]]
OF_OBJECTIVE = (
    *("id", "kind", "owner_id", "team_id", "quarter_id", "audience", "title", "why", "first_step", "hours", "money"),
    *("state", "state_at", "state_by_id", "state_reason", "position", "version", "continues_id", "follows_id"),
)
OF_KEY_RESULT = (
    *("id", "objective_id", "owner_id", "kind", "title", "intention", "unit", "baseline", "target"),
    *(
        "opening_confidence",
        "anchor_low",
        "anchor_good",
        "anchor_full",
        "state",
        "state_at",
        "state_reason",
        "position",
        "version",
        "continues_id",
    ),
)
READINGS = {  # below a key result, by the name that they have in the snapshot
    "steps": (Step, ("id", "key_result_id", "label", "share", "position")),
    "amendments": (
        Amendment,
        (
            *("id", "key_result_id", "number", "by_id", "at", "week_on", "reason"),
            *("title", "kind", "unit", "baseline", "target", "steps"),
        ),
    ),
    "confidences": (Confidence, ("id", "key_result_id", "week_on", "level", "at", "by_id", "typed_by_id")),
    "values": (
        Value,
        ("id", "key_result_id", "week_on", "at", "amount", "done", "due", "reached", "by_id", "source"),
    ),
    "grades": (Grade, ("id", "key_result_id", "tenths", "lesson", "judged", "by_id", "at", "version")),
    "earlier_grades": (
        EarlierGrade,
        ("id", "key_result_id", "version", "tenths", "lesson", "judged", "by_id", "at"),
    ),
}
OF_REVIEW = ("id", "objective_id", "achieved", "formulated", "signs", "again", "by_id", "at", "version")
OF_BET = ("id", "key_result_id", "by_id", "at", "if_we", "because", "state", "learned", "settled_at", "settled_by_id")


def take(objectives: Collection[int], *, closed: Collection[int]) -> list[dict[str, Any]]:
    """An entry for each of these objectives (ids), which are held; `closed` are those that were closed just now.

    What one of them keeps to itself is not in it: an owner's private word, who was shown a draft. People are ids.
    As many queries for many as for one.
    """
    rows = Objective.objects.filter(pk__in=objectives).order_by("pk").values(*OF_OBJECTIVE)
    named = CoOwner.objects.filter(objective__in=objectives).order_by("pk").values_list("objective_id", "user_id")
    co_owners = defaultdict[int, list[int]](list)
    for objective_pk, person_pk in named:
        co_owners[objective_pk].append(person_pk)
    parts = _key_results(objectives)
    reviews = _by(Review.objects.filter(objective__in=objectives).order_by("pk").values(*OF_REVIEW), "objective_id")
    below = {"co_owners": co_owners, "key_results": parts, "reviews": reviews}
    return [
        _entry(row | {name: found[row["id"]] for name, found in below.items()}, row["id"] in closed) for row in rows
    ]


def seal(entries: Iterable[Mapping[str, Any]]) -> str:
    """The hash of all entries, by their own hashes: it holds also when one of them was erased."""
    return hashlib.sha256("\n".join(entry["sha256"] for entry in entries).encode()).hexdigest()


def is_sound(closing: Closing) -> bool:
    """Whether the snapshot is as it was when it was taken, what was erased aside."""
    kept = all(entry["is"] is None or _hash(entry["is"]) == entry["sha256"] for entry in closing.snapshot)
    return kept and seal(closing.snapshot) == closing.sha256


def erase_from(closings: Iterable[Closing], gone: Collection[int]) -> None:
    """Take entries that hold one of these rows (ids) out of the snapshots; that there was one stays, by its hash."""
    ids = set(gone)
    for closing in closings:
        entries = [entry | {"is": None} if ids & _ids_in(entry) else entry for entry in closing.snapshot]
        if entries != closing.snapshot:
            Closing.objects.filter(pk=closing.pk).update(snapshot=entries)


def _ids_in(entry: Mapping[str, Any]) -> set[int]:
    """Of the objective, its key results and their bets."""
    parts = entry["is"]["key_results"] if entry["is"] else []
    return {entry["objective"], *(part["id"] for part in parts), *(bet["id"] for part in parts for bet in part["bets"])}


def _key_results(objectives: Collection[int]) -> Rows:
    kept = KeyResult.objects.filter(objective__in=objectives, deleted_at=None)
    below = {name: _grouped(model, fields, kept) for name, (model, fields) in READINGS.items()}
    bets = Bet.objects.filter(key_result__in=kept, deleted_at=None).order_by("pk").values(*OF_BET)
    below["bets"] = _by(bets, "key_result_id")
    rows = kept.order_by("position", "pk").values(*OF_KEY_RESULT)
    return _by((row | {name: parts[row["id"]] for name, parts in below.items()} for row in rows), "objective_id")


def _grouped(model: Any, fields: tuple[str, ...], kept: Any) -> Rows:
    return _by(model._default_manager.filter(key_result__in=kept).order_by("pk").values(*fields), "key_result_id")


def _by(rows: Iterable[dict[str, Any]], name: str) -> Rows:
    grouped = defaultdict[int, list[dict[str, Any]]](list)
    for row in rows:
        grouped[row[name]].append(row)
    return grouped


def _entry(what: dict[str, Any], is_closed: bool) -> dict[str, Any]:
    plain = json.loads(json.dumps(what, cls=DjangoJSONEncoder))  # as the database gives it back
    return {"objective": plain["id"], "closed": is_closed, "sha256": _hash(plain), "is": plain}


def _hash(what: Mapping[str, Any]) -> str:
    text = json.dumps(what, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()
