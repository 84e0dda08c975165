"""Key results as programs write them."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from rest_framework import serializers
from rest_framework.exceptions import ValidationError

from core.api.body import WordsField
from core.api.fields import IdField, sent_number
from core.text import clean_line
from objectives import rules
from objectives.actions.measures import Measure
from objectives.models import KeyResult
from objectives.rules import Rung

KINDS = [kind.value for kind in rules.Kind]
UNITS = {**dict.fromkeys(rules.IN_PERCENT, "%"), rules.Kind.YES_NO: ""}  # of the kinds that leave no choice


def sent_anchor(**kwargs: Any) -> WordsField:
    """A field for what a grade would look like."""
    return WordsField(most=300, clean=clean_line, required=False, allow_blank=True, **kwargs)


class SentStep(serializers.Serializer[Any]):
    """A step of milestones."""

    id = IdField(required=False, help_text="of the step that it changes; leave it out for a new one")
    label = WordsField(most=rules.LONGEST_LABEL)  # type: ignore[assignment]  # a field of this name
    share = serializers.IntegerField(
        required=False,
        allow_null=True,
        help_text="whole percent; all add up to 100; left out in all, they share evenly",
    )


class SentMeasure(serializers.Serializer[Any]):
    """From, to, unit: how one will know."""

    title = WordsField(most=200)
    kind = serializers.ChoiceField(choices=KINDS)
    baseline = sent_number(
        required=False, allow_null=True, help_text="null: to be measured first; a count or a ratio then begins at 0"
    )
    target = sent_number(required=False, help_text="not needed for yes or no, and for milestones")
    steps: serializers.ListSerializer[Any] = serializers.ListSerializer(
        child=SentStep(), required=False, max_length=rules.MOST_STEPS, help_text="of milestones: all of them, in order"
    )
    unit = WordsField(most=20, clean=clean_line, required=False, allow_blank=True)
    intention = WordsField(most=300, clean=clean_line, required=False, allow_blank=True)
    anchor_low = sent_anchor(help_text="what a grade of 0.3 would look like")
    anchor_good = sent_anchor(help_text="what 0.7 would")
    anchor_full = sent_anchor(help_text="what 1.0 would")
    opening_confidence = serializers.IntegerField(
        min_value=0,
        max_value=10,
        required=False,
        help_text="how sure its owner is before the first week; 5 unless told",
    )


class SentKeyResult(SentMeasure):
    """The same, and who logs it."""

    owner_id = IdField(
        required=False, help_text="who logs it: the objective's owner, or of a team's somebody in the team"
    )


class SentChange(SentKeyResult):
    """What is to be new of it; and why, when that is an amendment."""

    reason = WordsField(
        most=500,
        clean=clean_line,
        required=False,
        allow_blank=True,
        help_text="why; needed when wording, measure or target of an active objective's key result change",
    )


def measure_of(sent: Mapping[str, Any], was: KeyResult | None = None) -> Measure:
    """What was sent in the place of what `was`, with what follows from the kind, as in the form.

    Raises ValidationError (400).
    """
    names = [name for name in Measure.__dataclass_fields__ if name != "steps"]
    words: dict[str, Any] = {} if was is None else {name: getattr(was, name) for name in names}
    kind = sent["kind"] if "kind" in sent else words["kind"]
    words |= dict(zip(("baseline", "target"), rules.ENDS.get(kind, ()), strict=False))
    words |= {**sent, "steps": _steps(kind, sent, was)}
    if kind in rules.FROM_NOTHING and words.get("baseline") is None:
        words["baseline"] = Decimal(0)
    if kind in UNITS:
        if sent.get("unit", UNITS[kind]) != UNITS[kind]:
            raise ValidationError({"unit": [_("This kind has a unit of its own. Leave it out.")]})
        words["unit"] = UNITS[kind]
    if words.get("target") is None:
        raise ValidationError({"target": [_("Give the target a number, so that at the end you can tell.")]})
    return Measure(**words)


def _steps(kind: str, sent: Mapping[str, Any], was: KeyResult | None) -> tuple[Rung, ...]:
    """The steps of milestones; those that were, when none are named. Raises ValidationError (400)."""
    if kind != rules.Kind.LADDER:
        if sent.get("steps"):
            raise ValidationError({"steps": [_("Only milestones have steps.")]})
        return ()
    if "steps" not in sent and was is not None:
        return was.rungs
    steps = sent.get("steps", [])
    labels, shares = [one["label"] for one in steps], rules.shared_out([one.get("share") for one in steps])
    for fault in rules.faults(labels, shares):
        name = "label" if fault.is_label else "share"
        where = f"steps.{fault.place}.{name}" if fault.place < len(steps) else "steps"
        raise ValidationError({where: [_(fault.text) % fault.params]})
    known = {rung.pk for rung in was.rungs} if was is not None else set()
    for place, one in enumerate(steps):
        if "id" in one and one["id"] not in known:
            raise ValidationError({f"steps.{place}.id": [_("That is none of its steps.")]})
    return tuple(
        Rung(label, share or 0, one.get("id")) for label, share, one in zip(labels, shares, steps, strict=True)
    )
