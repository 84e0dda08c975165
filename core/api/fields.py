"""Fields of what the API says and is asked.

Source: guarantees API-03, IN-13; decisions 31.
"""

import base64
import binascii
import re
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from core.calendar import Week
from core.numbers import NumberInvalid, check_size, grade_words

MOST_ROWS = 100
ROWS = 50
_MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,6})?(Z|[+-][0-9]{2}:[0-9]{2})")
_GRADE = re.compile(r"0\.[0-9]|1\.0", re.ASCII)
_BIGGEST = 2**63 - 1


@extend_schema_field({"type": "string", "pattern": "^[0-9]{1,19}$"})
class IdField(serializers.Field[int, str, str, Any]):
    """The id of a row: a text of digits, to be given back as it was got."""

    default_error_messages = {"invalid": gettext_lazy("This is no id.")}

    def to_internal_value(self, data: Any) -> int:
        """The number. Raises ValidationError."""
        is_id = isinstance(data, str) and data.isascii() and data.isdecimal() and len(data) <= 19
        if not is_id or int(data) > _BIGGEST:
            self.fail("invalid")
        return int(data)

    def to_representation(self, value: int) -> str:
        """The text."""
        return str(value)


@extend_schema_field({"type": "string", "pattern": "^[0-9]{4}-W[0-9]{2}$"})
class WeekField(serializers.Field[Any, str, str, Any]):
    """A week by its name, such as 2026-W47; inside, its Monday."""

    default_error_messages = {"invalid": gettext_lazy("This is no week. 2026-W47 is one.")}

    def to_internal_value(self, data: Any) -> Any:
        """The Monday. Raises ValidationError."""
        try:
            return Week.parse(data).monday
        except ValueError:
            self.fail("invalid")

    def to_representation(self, value: Any) -> str:
        """The name."""
        return str(Week(value))


@extend_schema_field(OpenApiTypes.STR)
class CursorField(serializers.Field[int, str, str, Any]):
    """Where the next part of a list begins; only what a list said as its `next` is one."""

    default_error_messages = {"invalid": gettext_lazy("No list said this.")}

    def to_internal_value(self, data: Any) -> int:
        """The last id of the part before. Raises ValidationError."""
        try:
            return IdField().to_internal_value(base64.urlsafe_b64decode(str(data).encode()).decode("ascii"))
        except (binascii.Error, ValueError, serializers.ValidationError):
            self.fail("invalid")

    def to_representation(self, value: int) -> str:
        """The text for the row with that id."""
        return base64.urlsafe_b64encode(str(value).encode()).decode()


class MomentField(serializers.DateTimeField):
    """A moment with its offset from UTC (RFC 3339); what we say is in UTC: 2026-11-19T10:00:00Z."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(default_timezone=UTC, input_formats=["iso-8601"], **kwargs)

    def to_internal_value(self, value: Any) -> datetime:
        """The moment. Raises ValidationError, also for one without an offset: nobody knows when that was."""
        if not (isinstance(value, str) and _MOMENT.fullmatch(value)):
            self.fail("invalid", format="2026-11-19T10:00:00Z")
        return super().to_internal_value(value)


@extend_schema_field({"type": "string", "pattern": r"^(0\.[0-9]|1\.0)$"})
class GradeField(serializers.Field[int, str, str, Any]):
    """A grade as a text, "0.0" to "1.0" in steps of 0.1; inside, whole tenths."""

    default_error_messages = {"invalid": gettext_lazy("A grade is a text from 0.0 to 1.0, in steps of 0.1.")}

    def to_internal_value(self, data: Any) -> int:
        """The tenths; nothing is rounded. Raises ValidationError."""
        if not (isinstance(data, str) and _GRADE.fullmatch(data)):
            self.fail("invalid")
        return int(data.replace(".", ""))

    def to_representation(self, value: int) -> str:
        """The text."""
        return grade_words(value)


def moment(**kwargs: Any) -> MomentField:
    """A field for a moment."""
    return MomentField(**kwargs)


def number(**kwargs: Any) -> serializers.DecimalField:
    """A number as a text, so that no digit is lost: "12.5"."""
    return serializers.DecimalField(max_digits=21, decimal_places=6, normalize_output=True, **kwargs)


class SentNumberField(serializers.DecimalField):
    """A number that a program sends, as it can be kept; nothing is rounded."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_digits=21, decimal_places=6, **kwargs)

    def to_internal_value(self, data: Any) -> Decimal:
        """The number, -0 as 0. Raises ValidationError."""
        try:
            return check_size(super().to_internal_value(data))
        except NumberInvalid as problem:
            raise serializers.ValidationError([_(problem.text) % problem.params]) from problem


def sent_number(**kwargs: Any) -> SentNumberField:
    """A field for a number that is kept."""
    return SentNumberField(**kwargs)
