"""Long lists, a part at a time. Each part begins beside a row of another: what comes and goes moves nothing.

Source: guarantees DB-07, IN-13; ADR 2026-11-27-lists-in-parts.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import or_
from typing import Any, Generic, TypeVar

from django.core.exceptions import ValidationError
from django.core.signing import BadSignature, Signer
from django.db.models import Count, F, Model, Q, QuerySet
from django.db.models.expressions import OrderBy

PER_PAGE = 50
M = TypeVar("M", bound=Model)


@dataclass(frozen=True)
class Page(Generic[M]):
    """Some rows of a list of so many (`of`); `first` is the place of the first of them, counted from 1.

    `before` and `after` are what leads to the parts beside it, or "".
    """

    rows: list[M]
    first: int
    of: int
    before: str = ""
    after: str = ""

    @property
    def last(self) -> int:
        """The place of the last of them."""
        return self.first + len(self.rows) - 1


def page_of(rows: QuerySet[M], asked: Mapping[str, str], *, most: int | None = None) -> Page[M]:
    """The part of `rows`, in their order, that was `asked` for by `after` or `before`; two queries.

    A part has `most` rows, PER_PAGE unless said.
    What no list has said gives the first part; after the end comes the last one again.
    Raises ValueError for rows in no order, or in one that does not end with their pk.
    """
    keys, most = _keys(rows), most or PER_PAGE
    marked: QuerySet[Any] = rows.annotate(**{key.name: key.of for key in keys})
    place = _read(marked, keys, asked.get("after") or asked.get("before") or "")
    is_back = place is not None and not asked.get("after")
    found = _found(marked, keys, place, is_back=is_back, most=most)
    if not found and place is not None:
        is_back = not is_back
        found = _found(marked, keys, None, is_back=is_back, most=most)
    if not found:
        return Page(rows=[], first=1, of=0)
    ahead = _beyond(keys, _place_of(found[0], keys), is_back=True)
    rest = _beyond(keys, _place_of(found[-1], keys), is_back=False)
    many = marked.order_by().aggregate(ahead=Count("pk", filter=ahead), rest=Count("pk", filter=rest))
    return Page(
        rows=found,
        first=many["ahead"] + 1,
        of=many["ahead"] + len(found) + many["rest"],
        before=_written(found[0], keys) if many["ahead"] else "",
        after=_written(found[-1], keys) if many["rest"] else "",
    )


@dataclass(frozen=True)
class _Key:
    """One of the things by which a list is ordered."""

    name: str
    of: Any
    is_descending: bool

    def order(self, *, is_back: bool) -> OrderBy:
        return OrderBy(F(self.name), descending=self.is_descending != is_back)

    def beyond(self, value: Any, *, is_back: bool) -> Q:
        return Q(**{f"{self.name}__{'lt' if self.is_descending != is_back else 'gt'}": value})


def _keys(rows: QuerySet[Any]) -> list[_Key]:
    order = rows.query.order_by
    if not order or order[-1] not in {"pk", "-pk"}:
        raise ValueError("A list in parts is in an order that ends with its pk.")
    return [_key(f"_by{number}", one) for number, one in enumerate(order)]


def _key(name: str, one: Any) -> _Key:
    if isinstance(one, str):
        return _Key(name, F(one.removeprefix("-")), one.startswith("-"))
    if isinstance(one, OrderBy):
        return _Key(name, one.expression, one.descending)
    return _Key(name, one, is_descending=False)


def _found(
    marked: QuerySet[Any], keys: Sequence[_Key], place: Sequence[Any] | None, *, is_back: bool, most: int
) -> list[Any]:
    """The rows after the place, or before it, in the list's own order."""
    rows = marked if place is None else marked.filter(_beyond(keys, place, is_back=is_back))
    found = [*rows.order_by(*(key.order(is_back=is_back) for key in keys))[:most]]
    return found[::-1] if is_back else found


def _beyond(keys: Sequence[_Key], place: Sequence[Any], *, is_back: bool) -> Q:
    """What comes after the place, or before it: further by one key, and alike in those that count more."""
    alike, ways = Q(), []
    for key, value in zip(keys, place, strict=True):
        ways.append(alike & key.beyond(value, is_back=is_back))
        alike &= Q(**{key.name: value})
    return reduce(or_, ways)


def _place_of(row: Any, keys: Sequence[_Key]) -> list[Any]:
    place = [getattr(row, key.name) for key in keys]
    if None in place:
        raise ValueError("A list in parts is ordered by what every row has.")
    return place


def _written(row: Any, keys: Sequence[_Key]) -> str:
    """The place of a row for an address, signed: nobody asks for a place that was not shown to them (AZ-05)."""
    return _signer().sign_object([_plain(value) for value in _place_of(row, keys)])


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return value if isinstance(value, int | str) else str(value)


def _read(marked: QuerySet[Any], keys: Sequence[_Key], text: str) -> list[Any] | None:
    """The place that an address names; None for what no list of this order has said."""
    try:
        said = _signer().unsign_object(text)
        fields = [marked.query.annotations[key.name].output_field for key in keys]
        place = [field.to_python(value) for field, value in zip(fields, said, strict=True)]
    except (BadSignature, TypeError, ValueError, ValidationError):
        return None
    return None if None in place else place


def _signer() -> Signer:
    return Signer(salt="core.paging")
