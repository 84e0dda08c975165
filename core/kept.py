"""What somebody typed is given back to them, and to nobody else who comes to the same browser.

A form says on whose page it stood, by a mark that the site alone can make. Where its sender is not signed in, it waits
closed, and is opened for the person of that mark.
Source: guarantees AUTH-16, PRIV-01; ADR 2026-11-27-what-was-typed.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest
from django.template.backends.utils import csrf_input
from django.utils.crypto import constant_time_compare
from django.utils.functional import lazy
from django.utils.html import format_html
from django.utils.safestring import SafeString

from core.secrets import SealBroken, fingerprint, seal, unseal
from core.typed import PAGE_OF, Typed, packed, unpacked, value_in, words_in

UNSIGNED = "unsigned-"  # a field called so holds what nobody is to know the writer of: it is not kept
FIELD = "kept"  # in which a closed form travels
# Chromium fills in anew what stood in a form, when one goes back and its first two fields have the names of before: for
# another person too, at least over http. The first is never sent, and is called otherwise for everybody.
FIELDS = '<input type="hidden" name="{}" disabled>{}<input type="hidden" name="{}" value="{}">'
LONG = 32  # hexadecimal digits of a mark
MOST = 700_000  # bytes of one form that are kept; closed, it still fits into a form itself


@dataclass(frozen=True)
class Kept:
    """A form that waits for its sender: where it goes, on whose page it stood, and what is in it."""

    path: str
    page_of: str
    typed: Sequence[Typed]


def mark_of(pk: int) -> str:
    """By which the pages of this person are known again; the same on all of them, and nobody else can make it."""
    return _mark(f"page of {pk}")


def reader_mark(request: HttpRequest) -> str:
    """The mark of whoever is signed in; "" for nobody."""
    user: Any = getattr(request, "user", None)
    return mark_of(user.pk) if user is not None and user.is_authenticated else ""


def page_of(request: HttpRequest) -> str:
    """The mark that a form brings from its page; "" when it stood on nobody's."""
    return value_in(request, PAGE_OF)


def is_readers(mark: str, request: HttpRequest) -> bool:
    """Whether that is the mark of the person who is signed in now."""
    own = reader_mark(request)
    return bool(own) and constant_time_compare(own, mark)


def is_anothers(request: HttpRequest) -> bool:
    """Whether the form stood on somebody's page, and not on one of whoever is signed in now."""
    mark = page_of(request)
    return bool(mark) and not is_readers(mark, request)


def sent_in(request: HttpRequest) -> Kept:
    """The words of the form that was sent, or of the one that waits in it for its sender."""
    words = Kept(request.get_full_path(), page_of(request), words_in(request))
    return opened(value_in(request, FIELD)) or words


def proof_of(mark: str, path: str) -> str:
    """Which shows that a form of a page with this mark was sent to `path`: a plain link has no such thing."""
    return _mark(f"sent to {path} by {mark}")


def close(kept: Kept) -> str:
    """The form as text that the site alone can read. Raises RequestDataTooBig (413)."""
    typed = [one for one in kept.typed if not one.name.startswith(UNSIGNED)]
    text = json.dumps([kept.path, kept.page_of, packed(typed)], ensure_ascii=False)
    if len(text.encode()) > MOST:
        raise RequestDataTooBig
    return seal(text, key=settings.SECRET_KEY)


def opened(text: str) -> Kept | None:
    """What was closed; None for anything else."""
    try:
        path, mark, typed = json.loads(unseal(text, key=settings.SECRET_KEY))
    except (SealBroken, ValueError):
        return None
    return Kept(path, mark, unpacked(typed))


def form_fields(request: HttpRequest) -> dict[str, Any]:
    """`csrf_input` for every template: beside the token whose page it is, when it is somebody's."""
    return {"csrf_input": _fields(request)} if reader_mark(request) else {}


def _both(request: HttpRequest) -> SafeString:
    mark = reader_mark(request)
    return format_html(FIELDS, f"of_{mark[:8]}", csrf_input(request), PAGE_OF, mark)


_fields = lazy(_both, SafeString, str)  # a page without a form gets no cookie


def _mark(text: str) -> str:
    return fingerprint(text, key=settings.SECRET_KEY)[:LONG]
