"""Bodies that programs send: JSON, once and strictly.

Source: guarantees IN-05, IN-06, IN-07, IN-19, API-02.
"""

import json
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import IO, Any

from django.utils.translation import gettext as _
from rest_framework import serializers
from rest_framework.exceptions import ParseError, ValidationError
from rest_framework.parsers import BaseParser

from core.text import TextInvalid, clean_name


class StrictJson(BaseParser):
    """UTF-8 without a mark, every name once, no NaN; numbers keep their digits."""

    media_type = "application/json"

    def parse(self, stream: IO[Any], media_type: str | None = None, parser_context: Any = None) -> Any:
        """The value. Raises ParseError (400), RequestDataTooBig (413)."""
        body: bytes = parser_context["request"]._request.body  # read here, so that its size is bounded
        try:
            return json.loads(body.decode(), object_pairs_hook=_once, parse_constant=_none, parse_float=Decimal)
        except (ValueError, ArithmeticError, RecursionError) as problem:
            raise ParseError from problem


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if len({name for name, _value in pairs}) != len(pairs):
        raise ValueError("A name stands twice.")
    return dict(pairs)


def _none(name: str) -> Any:
    raise ValueError(f"{name} is no number.")


def fields_of(form: serializers.Serializer[Any], data: Any) -> dict[str, Any]:
    """What was sent, by the fields of `form`. Raises ValidationError (400), also for a field of no such name."""
    known: Mapping[str, Any] = form.fields
    unknown = (
        {name: [_("Nothing here goes by this name.")] for name in data if name not in known}
        if isinstance(data, dict)
        else {}
    )
    if not form.is_valid() or unknown:
        raise ValidationError({**form.errors, **unknown})
    return dict(form.validated_data)


class WordsField(serializers.CharField):
    """Words of `most` characters at most, as the forms keep them: `clean` says how."""

    def __init__(self, *, most: int, clean: Callable[..., str] = clean_name, **kwargs: Any) -> None:
        super().__init__(max_length=most, trim_whitespace=False, **kwargs)
        self.most, self.clean = most, clean

    def to_internal_value(self, data: Any) -> str:
        """The words, cleaned. Raises ValidationError."""
        try:
            return self.clean(super().to_internal_value(data), most=self.most)
        except TextInvalid as problem:
            raise ValidationError([_(problem.text) % problem.params]) from problem
