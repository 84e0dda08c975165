"""One's tokens, in words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from core.calendar import local_day, short_day
from people.models import Token


@dataclass(frozen=True)
class TokenRow:
    """A token: what it is for, what it may do, until when, and on which day something was last opened with it."""

    pk: int
    name: str
    may: str
    ends: str
    used: str
    is_over: bool


def token_rows(tokens: Iterable[Token], *, now: datetime, zone: ZoneInfo) -> list[TokenRow]:
    """A row for each of `tokens`, in their order; days are those of the reader's `zone`."""
    may = {
        Token.Scope.READ: _("reads"),
        Token.Scope.CHECK_IN: _("sends values and checks in"),
        Token.Scope.FULL: _("may all I may"),
    }
    return [
        TokenRow(
            pk=token.pk,
            name=token.name,
            may=may[Token.Scope(token.scope)],
            ends=short_day(local_day(token.expires_at, zone)),
            used=short_day(token.used_on) if token.used_on else "",
            is_over=token.expires_at <= now,
        )
        for token in tokens
    ]
