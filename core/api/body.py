"""Bodies that programs send: JSON, once and strictly.

Source: guarantees IN-05, IN-06, IN-07, IN-19, API-02.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from typing import IO, Any

from django.utils.translation import gettext as _
from rest_framework import serializers
from rest_framework.exceptions import ParseError, ValidationError
from rest_framework.parsers import BaseParser
from rest_framework.settings import api_settings

from core.text import TextInvalid, clean_name

WHOLE = api_settings.NON_FIELD_ERRORS_KEY  # under which the framework says what is wrong with all of a thing


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
    """What was sent, by the fields of `form`. Raises ValidationError (400), also for a field of no such name.

    What is wrong inside a list goes by its place in it: key_results.0.target.
    """
    unknown = {name: [_("Nothing here goes by this name.")] for name in _unknown(form, data)}
    if not form.is_valid() or unknown:
        raise ValidationError({**dict(_told("", form.errors)), **unknown})
    return dict(form.validated_data)


def _unknown(shape: Any, data: Any, within: str = "") -> Iterator[str]:
    """The names in `data` that `shape` has not, in lists too."""
    if isinstance(shape, serializers.ListSerializer):
        for place, one in enumerate(data if isinstance(data, list) else []):
            yield from _unknown(shape.child, one, f"{within}{place}.")
    elif isinstance(shape, serializers.Serializer) and isinstance(data, dict):
        known: Mapping[str, Any] = shape.fields
        for name, one in data.items():
            if name in known:
                yield from _unknown(known[name], one, f"{within}{name}.")
            else:
                yield f"{within}{name}"


def _told(name: str, errors: Any) -> Iterator[tuple[str, list[Any]]]:
    """Each name and its sentences, however deep they lie."""
    if isinstance(errors, Mapping):
        for part, one in errors.items():
            within = name if part == WHOLE else f"{name}.{part}"
            yield from _told(within if name else str(part), one)
    elif errors and all(isinstance(one, Mapping) for one in errors):
        for place, one in enumerate(errors):
            yield from _told(f"{name}.{place}", one)
    elif errors:
        yield name, list(errors)


class WordsField(serializers.CharField):
    """Words of `most` characters at most, as the forms keep them: `clean` says how."""

    def __init__(self, *, most: int, clean: Callable[..., str] = clean_name, **kwargs: Any) -> None:
        super().__init__(max_length=most, trim_whitespace=False, **kwargs)
        self.most, self.clean = most, clean

    def to_internal_value(self, data: Any) -> str:
        """The words, cleaned. Raises ValidationError."""
        try:
            words = self.clean(super().to_internal_value(data), most=self.most)
        except TextInvalid as problem:
            raise ValidationError([_(problem.text) % problem.params]) from problem
        if not words and not self.allow_blank:
            self.fail("blank")
        return words
