"""A mail server of the tests' own on 127.0.0.1: takes letters, or refuses them as told."""

import asyncio
import email
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.policy import default
from typing import Any

from aiosmtpd.controller import Controller

Refuse = Callable[[str], str]


@dataclass
class MailServer:
    """`at_recipient` and `at_data` get the address and return a refusal ("550 5.1.1 no such user"), or "".

    The receipt of a letter comes `receipt_after` seconds, to `slow` alone if that is given.
    """

    at_recipient: Refuse = lambda address: ""
    at_data: Refuse = lambda address: ""
    receipt_after: float = 0
    slow: str = ""
    port: int = 0
    taken: list[tuple[str, EmailMessage]] = field(default_factory=list)
    tries: list[str] = field(default_factory=list)

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:
        self.tries.append(address)
        if refusal := self.at_recipient(address):
            return refusal
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        (address,) = envelope.rcpt_tos
        if refusal := self.at_data(address):
            return refusal
        message = email.message_from_bytes(envelope.content, policy=default)
        assert isinstance(message, EmailMessage)
        self.taken.append((address, message))
        if not self.slow or address == self.slow:
            await asyncio.sleep(self.receipt_after)
        return "250 OK"


@contextmanager
def serving(**behaviour: Any) -> Iterator[MailServer]:
    """Listens on a free port until the end of the block."""
    server = MailServer(**behaviour)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        server.port = free.getsockname()[1]
    controller = Controller(server, hostname="127.0.0.1", port=server.port)
    controller.start()
    try:
        yield server
    finally:
        controller.stop()


class Silent:
    """A server that takes connections and never says a word."""

    def __init__(self) -> None:
        self.socket = socket.socket()
        self.socket.bind(("127.0.0.1", 0))
        self.socket.listen(50)
        self.socket.setblocking(False)
        self.port = self.socket.getsockname()[1]

    def was_called(self) -> bool:
        try:
            self.socket.accept()[0].close()
        except BlockingIOError:
            return False
        return True


@contextmanager
def hanging() -> Iterator[Silent]:
    silent = Silent()
    try:
        yield silent
    finally:
        silent.socket.close()
