"""A real mail server on loopback that keeps what it takes, and takes its time."""

import asyncio
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session


@dataclass
class Sink:
    """What came in: the bytes of each mail, in order. Each takes `seconds` between its last byte and our yes."""

    seconds: float = 0
    port: int = 0
    begun: threading.Event = field(default_factory=threading.Event)
    envelopes: list[Envelope] = field(default_factory=list)
    answers: dict[str, str] = field(default_factory=dict)  # to who is no mailbox of it

    async def handle_RCPT(  # noqa: N802 - its name there
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Say whether there is such a mailbox."""
        if address in self.answers:
            return self.answers[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 - its name there
        """Take a mail."""
        self.begun.set()
        await asyncio.sleep(self.seconds)
        self.envelopes.append(envelope)
        return "250 OK"

    @property
    def url(self) -> str:
        """Its address, as EMAIL_URL takes it."""
        return f"smtp://127.0.0.1:{self.port}"

    @property
    def mails(self) -> list[EmailMessage]:
        """What came, read as a mail program does."""
        return [message_from_bytes(each.content, policy=policy.default) for each in self.envelopes]

    @property
    def ids(self) -> list[str]:
        """The Message-ID of each mail, in the order of coming."""
        return [str(mail["Message-ID"]) for mail in self.mails]


@contextmanager
def sink(seconds: float = 0) -> Iterator[Sink]:
    """A mail server on a free port."""
    kept = Sink(seconds)
    with socket.create_server(("127.0.0.1", 0)) as free:
        kept.port = free.getsockname()[1]
    controller = Controller(kept, hostname="127.0.0.1", port=kept.port)
    controller.start()
    try:
        yield kept
    finally:
        controller.stop()
