"""A chat on loopback that keeps what it was told."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class Chat:
    """Its address; what it was told, and what it answers from now on."""

    address: str = ""
    told: list[str] = field(default_factory=list)
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    says: str = "ok"


@contextmanager
def chat() -> Iterator[Chat]:
    """One that listens until the end of the block; `localhost` has to be among CHAT_HOSTS."""
    room = Chat()

    class Hears(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            room.told.append(json.loads(body)["text"])
            self.send_response(room.status)
            for name, value in room.headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(room.says.encode())

        def log_message(self, *_of_it: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Hears)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    room.address = f"http://localhost:{server.server_port}/hooks/a-secret"
    try:
        yield room
    finally:
        server.shutdown()
        server.server_close()
