"""What may be sent where: the world, and nothing of one's own network (HOOK-02); and how long that may take (HOOK-03)."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from core import outside
from core.outside import Answer, NoAnswer, NotOutside, is_outside, place_of, send

INSIDE = {"localhost"}


@pytest.mark.parametrize("address", ["93.184.215.14", "2606:2800:21f:cb07:6820:80da:af6b:8b2c", "::ffff:93.184.215.14", "64:ff9b::5db8:d70e"])  # fmt: skip
def test_the_world_is_outside(address):
    assert is_outside(address)


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "127.8.8.8", "0.0.0.0", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254"),  # noqa: S104
        *("100.64.0.1", "224.0.0.1", "240.0.0.1", "255.255.255.255", "192.0.2.1", "198.18.0.1"),
        *("::", "::1", "fe80::1", "fe80::1%eth0", "fc00::1", "fec0::1", "ff02::1", "2001:db8::1"),
        *("::ffff:127.0.0.1", "::ffff:10.0.0.1", "::127.0.0.1", "64:ff9b::7f00:1", "64:ff9b::a00:1"),
        *("64:ff9b:1::1", "2002:7f00:1::", "2001:0:7f00:1::", "::ffff:0:7f00:1", "::ffff:0:a00:1", "4000::1"),
    ],
)
def test_loopback_private_and_disguised_is_not(address):
    assert not is_outside(address)


@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("", "That is no address of the web."),
        ("hooks", "That is no address of the web."),
        ("https://", "That is no address of the web."),
        ("https://chat.example:0/x", "That is no address of the web."),
        ("https://chat.example:99999/x", "That is no address of the web."),
        ("https://chat.example/a b", "That is no address of the web."),
        ("https://chat.example/\r\nHost: x", "That is no address of the web."),
        (f"https://{'a' * 254}/x", "That is no address of the web."),
        ("https://[::1", "That is no address of the web."),
        ("http://chat.example/x", "It has to begin with https://"),
        ("ftp://chat.example/x", "It has to begin with https://"),
        ("file:///etc/passwd", "That is no address of the web."),
        ("gopher://localhost/x", "It has to begin with https://"),
        ("https://chat.example@localhost/", "An address with a name or a password in it is not taken."),
        ("https://user:secret@chat.example/", "An address with a name or a password in it is not taken."),
    ],
)
def test_addresses_that_are_not_taken(address, why):
    with pytest.raises(NotOutside, match=f"^{why}"):
        place_of(address, inside=INSIDE)


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "127.1", "2130706433", "0x7f.1", "0177.0.0.1", "[::1]", "[::ffff:127.0.0.1]"])  # fmt: skip
def test_nothing_is_sent_inside_however_it_is_written(host):
    """Not even a connection is opened."""
    with listening() as port, pytest.raises(NotOutside):
        send(f"https://{host}:{port}/", b"{}", kind="application/json")


def test_a_name_that_leads_inside_among_others_is_refused(monkeypatch):
    """One of its addresses is enough; the second answer of the names' server is never asked for."""
    asked = []

    def found(host, port, **_more):
        asked.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (one, port)) for one in ("93.184.215.14", "10.0.0.1")]

    monkeypatch.setattr(socket, "getaddrinfo", found)
    with pytest.raises(NotOutside):
        send("https://rebound.example/", b"{}", kind="application/json")
    assert asked == ["rebound.example"]


class Says(BaseHTTPRequestHandler):
    """Answers as its path says, and keeps what it was sent."""

    got: list[tuple[str, str | None, bytes]] = []

    def do_POST(self) -> None:
        """One answer."""
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.got.append((self.path, self.headers["Content-Type"], body))
        if self.path == "/slow":
            return time.sleep(3)
        if self.path == "/nul":
            return self.wfile.write(b"HTTP/1.1 200 OK\r\n\r\no\0k") and None
        if self.path == "/drip":
            return self._drip()
        status = int(self.path.strip("/").split("?")[0] or 200)
        self.send_response(status)
        self.send_header("Location", "/200")
        self.send_header("Retry-After", "7")
        self.end_headers()
        self.wfile.write(b"x" * 100_000 if status == 201 else b"ok")
        return None

    def _drip(self) -> None:
        self.wfile.write(b"HTTP/1.1 200 OK\r\n")
        for number in range(40):
            time.sleep(0.1)
            try:
                self.wfile.write(f"X-{number}: 1\r\n".encode())
                self.wfile.flush()
            except OSError:
                return

    def log_message(self, *_of_it: object) -> None:
        """Nothing."""


@contextmanager
def listening() -> Iterator[int]:
    """The port of such a server on loopback."""
    Says.got = []
    server = ThreadingHTTPServer(("127.0.0.1", 0), Says)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        server.server_close()


def posted(path: str, port: int) -> Answer:
    return send(f"http://localhost:{port}{path}", b'{"text": "x"}', kind="application/json", inside=INSIDE)


def test_an_answer_is_told_and_a_redirection_is_not_followed():
    with listening() as port:
        assert posted("/200?a=b", port) == Answer(200, "ok", 7)
        assert posted("/302", port) == Answer(302, "ok", 7)
        assert posted("/410", port).status == 410
        assert len(posted("/201", port).text) == outside.MOST
    assert Says.got[0] == ("/200?a=b", "application/json", b'{"text": "x"}')
    assert [path for path, _kind, _body in Says.got] == ["/200?a=b", "/302", "/410", "/201"]


@pytest.mark.parametrize("path", ["/slow", "/drip"])
def test_it_takes_no_longer_than_its_time_in_all(path, monkeypatch):
    """Also of a server that says a little now and then."""
    monkeypatch.setattr(outside, "SECONDS", 0.6)
    with listening() as port:
        began = time.monotonic()
        with pytest.raises(NoAnswer):
            posted(path, port)
        assert time.monotonic() - began < 2.5


def slow(monkeypatch, where):
    """The names' server answers, or the handshake ends, after all the time is over."""
    real = socket.getaddrinfo

    def found(*named, **more):
        time.sleep(0.9)
        return real(*named, **more)

    class Context:
        def wrap_socket(self, sock, **_more):
            """A handshake, which takes the socket over at its beginning, as that of ssl does."""
            limit, taken = sock.gettimeout(), socket.socket(fileno=sock.detach())
            taken.settimeout(limit)
            time.sleep(0.9)
            return taken

    monkeypatch.setattr(outside, "SECONDS", 0.6)
    if where == "names":
        monkeypatch.setattr(socket, "getaddrinfo", found)
    else:
        monkeypatch.setattr(outside.ssl, "create_default_context", Context)


@pytest.mark.parametrize("where", ["names", "handshake"])
def test_what_cannot_be_broken_off_ends_it_before_anything_is_sent(where, monkeypatch):
    """Else nothing would end what comes after it, and a chat could hold up all that the site has to do."""
    slow(monkeypatch, where)
    with listening() as port:
        began = time.monotonic()
        scheme = "https" if where == "handshake" else "http"
        with pytest.raises(NoAnswer):
            send(f"{scheme}://localhost:{port}/drip", b"{}", kind="application/json", inside=INSIDE)
        assert (time.monotonic() - began < 2.5, Says.got) == (True, [])


def test_what_no_database_keeps_is_not_in_an_answer():
    with listening() as port:
        assert posted("/nul", port) == Answer(200, "o\ufffdk")


def test_nobody_there_is_no_answer():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        with pytest.raises(NoAnswer):
            posted("/200", taken.getsockname()[1])
