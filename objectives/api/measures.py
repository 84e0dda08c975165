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
from objectives.actions.key_results import Measure
from objectives.models import KeyResult

KINDS = [kind.value for kind in rules.Kind]
UNITS = {**dict.fromkeys(rules.IN_PERCENT, "%"), rules.Kind.YES_NO: ""}  # of the kinds that leave no choice


class SentMeasure(serializers.Serializer[Any]):
    """From, to, unit: how one will know."""

    title = WordsField(most=200)
    kind = serializers.ChoiceField(choices=KINDS)
    baseline = sent_number(
        required=False, allow_null=True, help_text="null: to be measured first; a count or a ratio then begins at 0"
    )
    target = sent_number(required=False, help_text="not needed for yes or no")
    unit = WordsField(most=20, clean=clean_line, required=False, allow_blank=True)
    intention = WordsField(most=300, clean=clean_line, required=False, allow_blank=True)
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


def measure_of(sent: Mapping[str, Any], was: KeyResult | None = None) -> Measure:
    """What was sent in the place of what `was`, with what follows from the kind, as in the form.

    Raises ValidationError (400).
    """
    words = {} if was is None else {name: getattr(was, name) for name in Measure.__dataclass_fields__}
    kind = sent["kind"] if "kind" in sent else words["kind"]
    words |= {"baseline": Decimal(0), "target": Decimal(1)} if kind == rules.Kind.YES_NO else {}
    words |= sent
    if kind in rules.FROM_NOTHING and words.get("baseline") is None:
        words["baseline"] = Decimal(0)
    if kind in UNITS:
        if sent.get("unit", UNITS[kind]) != UNITS[kind]:
            raise ValidationError({"unit": [_("This kind has a unit of its own. Leave it out.")]})
        words["unit"] = UNITS[kind]
    if words.get("target") is None:
        raise ValidationError({"target": [_("Give the target a number, so that at the end you can tell.")]})
    return Measure(**words)
