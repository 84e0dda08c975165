"""By which browser a note was written: its cookie, and what of it reaches the actions.

The cookie holds a random secret and nothing else. It is read where notes are written or shown to their author, mixed
with who is signed in, compared, and forgotten: no table, log or session keeps it (guarantees PRIV-02, row 33).
"""

from django.conf import settings
from django.http import HttpResponse

from core.secrets import new_secret
from people.viewer import Request
from retros.actions.notes import Hand
from retros.rules.secrets import key_of

COUNTED_ONLY = "what lies face down is counted by its team, and read by whoever has its secret"
KEPT_FOR = 180 * 86_400  # seconds


def hand_of(request: Request) -> Hand:
    """Who writes, with the key of their browser if it has one."""
    secret = request.COOKIES.get(_name(), "")
    return Hand(request.viewer, key_of(secret, request.viewer.pk))


def new_hand(request: Request) -> tuple[Hand, str]:
    """The same, with a new secret for a browser that has none: it goes into the answer by `give`."""
    hand = hand_of(request)
    if hand.key:
        return hand, ""
    secret = new_secret()
    return Hand(request.viewer, key_of(secret, request.viewer.pk)), secret


def give(response: HttpResponse, secret: str) -> HttpResponse:
    """`response` with the new secret of this browser, if there is one."""
    if secret:
        response.set_cookie(
            _name(),
            secret,
            max_age=KEPT_FOR,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
    return response


def _name() -> str:
    return "__Host-okrsite-hand" if settings.SESSION_COOKIE_SECURE else "okrsite-hand"
