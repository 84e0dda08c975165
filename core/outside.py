"""Sending something to a server of the world, and never to one of our own network.

The address is looked at again where it counts, on the connection itself: a name may lead elsewhere the second time.
Source: guarantees HOOK-02, HOOK-03.
"""

import http.client
import ipaddress
import socket
import ssl
import threading
from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

from core.translation import gettext_noop as _

SECONDS = 15.0  # for all of it
MOST = 64 * 1024  # bytes of an answer that are read
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_WORLD = ipaddress.ip_network("2000::/3")  # the IPv6 addresses that are given out
_TUNNELS = [ipaddress.ip_network(one) for one in ("2002::/16", "2001::/32")]
LONGEST = 253  # characters of a host's name


class NotOutside(ValueError):
    """We do not send there; a sentence says why, and is to be translated."""


class NoAnswer(OSError):
    """Nobody answered, or not in time."""


@dataclass(frozen=True)
class Answer:
    """What a server answered: its status, the beginning of its text, and after how many seconds it would be asked."""

    status: int
    text: str
    again_after: int | None = None


def place_of(address: str, *, inside: Collection[str] = ()) -> SplitResult:
    """An address to which something may be sent: https, a host, no name and no password.

    Hosts that are `inside` may be in one's own network, and may be spoken to by http. Raises NotOutside.
    """
    try:
        place = urlsplit(address)
        port = place.port
    except ValueError as problem:
        raise NotOutside(_("That is no address of the web.")) from problem
    is_clean = address.isprintable() and not any(char.isspace() for char in address)
    if not is_clean or port == 0 or not 0 < len(place.hostname or "") <= LONGEST:
        raise NotOutside(_("That is no address of the web."))
    if place.username is not None or place.password is not None:
        raise NotOutside(_("An address with a name or a password in it is not taken."))
    if place.scheme != "https" and not (place.scheme == "http" and place.hostname in inside):
        raise NotOutside(_("It has to begin with https://"))
    return place


def send(address: str, body: bytes, *, kind: str, inside: Collection[str] = ()) -> Answer:
    """POST `body`, which is of the media type `kind`; redirections are not followed.

    Raises NotOutside (the host is, or leads, into our own network), NoAnswer.
    """
    place = place_of(address, inside=inside)
    host = place.hostname or ""
    plain = place.scheme == "http"
    port = place.port or (80 if plain else 443)
    try:
        connection = _Checked(host, port, is_plain=plain, may_be_inside=host in inside)
        over = threading.Timer(SECONDS, connection.break_off)
        over.daemon = True
        over.start()
        try:
            connection.request("POST", _path(place), body, {"Content-Type": kind, "User-Agent": "okrsite"})
            response = connection.getresponse()
            text = response.read(MOST).decode("utf-8", "replace").replace("\0", "\ufffd")  # no database keeps a NUL
            if connection.is_broken_off:  # what was read looks like an answer that ended
                raise NoAnswer("It took too long.")
            return Answer(response.status, text, _seconds(response.headers.get("Retry-After", "")))
        finally:
            over.cancel()
            connection.close()
    except (NotOutside, NoAnswer):
        raise
    except (OSError, http.client.HTTPException, UnicodeError, ValueError) as problem:
        raise NoAnswer(f"{type(problem).__name__}") from problem


def is_outside(address: str) -> bool:
    """Whether that IP address is one of the world: no loopback, no private or shared network, nothing of a tunnel."""
    found = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(found, ipaddress.IPv6Address):
        inner = found.ipv4_mapped or (ipaddress.IPv4Address(found.packed[-4:]) if found in _NAT64 else None)
        if inner is not None:
            return is_outside(str(inner))
        if found not in _WORLD or any(found in tunnel for tunnel in _TUNNELS):
            return False
    return found.is_global and not found.is_multicast


class _Checked(http.client.HTTPConnection):
    """A connection to an address that was looked at, under the name that was asked for."""

    def __init__(self, host: str, port: int, *, is_plain: bool, may_be_inside: bool) -> None:
        super().__init__(host, port, timeout=SECONDS)
        self._is_plain, self._may_be_inside = is_plain, may_be_inside
        self.is_broken_off = False

    def connect(self) -> None:
        """To the first of its addresses that answers; to none when one of them is inside."""
        found = socket.getaddrinfo(self.host, self.port, type=socket.SOCK_STREAM)
        places = [str(one[4][0]) for one in found]
        if not self._may_be_inside and not all(is_outside(one) for one in places):
            raise NotOutside(_("That server is in a network of ours. An operator can allow it by name."))
        self._be_in_time()
        self.sock = socket.create_connection((places[0], self.port), timeout=SECONDS)
        if not self._is_plain:
            self.sock = ssl.create_default_context().wrap_socket(self.sock, server_hostname=self.host)
        self._be_in_time()  # what the names' server or the handshake took could not be broken off

    def _be_in_time(self) -> None:
        if self.is_broken_off:
            raise NoAnswer("It took too long.")

    def break_off(self) -> None:
        """The time is over, whatever it is doing."""
        self.is_broken_off = True
        if self.sock is not None:
            with suppress(OSError):
                self.sock.shutdown(socket.SHUT_RDWR)


def _path(place: SplitResult) -> str:
    path = place.path or "/"
    return f"{path}?{place.query}" if place.query else path


def _seconds(words: str) -> int | None:
    return int(words) if words.isascii() and words.isdecimal() and len(words) <= 6 else None
