"""One connection: uvicorn's, with a clock, with bounds, and strict about what counts.

httptools reads the requests and refuses those that two readers could read in two ways.
What it lets pass and must not be believed is refused here: RFC 9112 (2022) on two Host
headers and on targets in absolute form; names with an underscore, which CGI's spelling
makes the same as those with a hyphen; and headers that follow a body.
"""

import asyncio
import json
from http import HTTPStatus
from socket import IPPROTO_TCP, TCP_NODELAY
from typing import Any

from httptools import parse_url
from uvicorn.config import Config
from uvicorn.protocols.http.httptools_impl import STATUS_LINE, RequestResponseCycle
from uvicorn.server import ServerState

from workbench.server.loopback.asking import Asking, Called
from workbench.server.loopback.bounds import Bounds

LINGER = 0.5
"""Seconds in which a sender that was refused may still read why."""

BODIES = {b"content-length", b"transfer-encoding"}
"""What says that a body follows."""


class Unacceptable(Exception):
    """A request that is refused before the application sees it."""

    def __init__(self, status: HTTPStatus, reason: str) -> None:
        super().__init__(reason)
        self.status = status


class Connection(Asking):
    """A sender, whose requests are answered one after the other.

    Args:
        config: uvicorn's settings.
        state: What uvicorn's server knows of its connections.
        asked: Whom it asks.
        bounds: What this one may take.
    """

    def __init__(
        self, config: Config, state: ServerState, asked: Called, bounds: Bounds
    ) -> None:
        super().__init__(config, state, asked)
        self._bounds = bounds
        self._deadline: asyncio.TimerHandle | None = None
        self._unread: asyncio.TimerHandle | None = None
        self._refusal = Unacceptable(HTTPStatus.BAD_REQUEST, "It is not HTTP")
        self._refused = False
        self._begun = False  # whether a part of a request has arrived, and not all
        self._in_head = True
        self._head = self._body = self._requests = 0
        self._whole: RequestResponseCycle | None = None  # the last that arrived whole

    # The connection

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Start the clock: whoever connects shall send a request."""
        super().connection_made(transport)
        # asyncio does so where it made the socket itself, and uvloop always.
        transport.get_extra_info("socket").setsockopt(IPPROTO_TCP, TCP_NODELAY, 1)
        self._start_clock()

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop it."""
        super().connection_lost(exc)
        self._stop_clock()
        self.resume_writing()

    def data_received(self, data: bytes) -> None:
        """Read on, within the bounds."""
        if self._refused:
            return
        self._start_clock()
        requests = self._requests
        super().data_received(data)
        if not self._in_head or self._refused:
            return
        self._head = self._head + len(data) if requests == self._requests else 0
        if self._head > self._bounds.head:
            self._refuse(self._too_long())

    def eof_received(self) -> bool | None:  # type: ignore[override]
        """The sender has said all; what it is still owed it gets."""
        if self._refused:
            return None
        if self._begun:
            reason = "The request ended before it was whole"
            self._refuse(Unacceptable(HTTPStatus.BAD_REQUEST, reason))
        elif self._is_answering:
            self._close_when_answered()
        else:
            return None
        return self.scheme == "http"  # TLS has no half-closed connections here

    def pause_writing(self) -> None:
        """A sender that reads no answers has its time for it as well."""
        super().pause_writing()
        if self._unread is None:
            seconds = self._bounds.answer
            self._unread = self.loop.call_later(seconds, self.transport.abort)

    def resume_writing(self) -> None:
        """It reads again."""
        super().resume_writing()
        if self._unread is not None:
            self._unread.cancel()
            self._unread = None

    def shutdown(self) -> None:
        """The server stops: answer what is whole, and nothing else."""
        if self._is_answering:
            self._close_when_answered()
        else:
            self.transport.abort()

    # The request

    def on_message_begin(self) -> None:
        """The first byte of a request."""
        self._start_clock()
        self._begun = True
        self._body = 0
        super().on_message_begin()

    def on_header(self, name: bytes, value: bytes) -> None:
        """A header, or what stands where headers do and counts for nothing."""
        if self._in_head and b"_" not in name:
            super().on_header(name, value.rstrip(b" \t"))

    def on_headers_complete(self) -> None:
        """All headers: judge them before anything is made of them."""
        self._in_head = False
        self._head = 0
        try:
            self._judge()
        except Unacceptable as refusal:
            self._refusal = refusal
            raise
        super().on_headers_complete()
        if self.parser.should_upgrade():
            self.cycle.keep_alive = False  # httptools reads nothing after an offer

    def on_body(self, body: bytes) -> None:
        """A piece of the body."""
        self._body += len(body)
        if self._body > self._bounds.body:
            self._refusal = self._too_large()
            raise self._refusal
        super().on_body(body)

    def on_message_complete(self) -> None:
        """The last byte of a request."""
        self._stop_clock()
        self._begun = False
        self._in_head = True
        self._requests += 1
        self._whole = self.cycle
        super().on_message_complete()

    def send_400_response(self, msg: str) -> None:
        """What uvicorn does when httptools, or a bound, has said no."""
        self._refuse(self._refusal)

    def _judge(self) -> None:
        size = sum(len(name) + len(value) + 4 for name, value in self.headers)
        if size + len(self.url) > self._bounds.head:
            raise self._too_long()
        hosts = [value for name, value in self.headers if name == b"host"]
        if len(hosts) > 1 or (not hosts and self.parser.get_http_version() == "1.1"):
            reason = "A request has one Host header"
            raise Unacceptable(HTTPStatus.BAD_REQUEST, reason)
        if not self.url.startswith(b"/"):
            self._take_host_of_target()
        named = dict(self.headers)
        if int(named.get(b"content-length", 0)) > self._bounds.body:
            raise self._too_large()
        if self.parser.should_upgrade() and BODIES & named.keys():
            reason = "No other protocol is spoken here; send it without Upgrade"
            raise Unacceptable(HTTPStatus.BAD_REQUEST, reason)

    def _take_host_of_target(self) -> None:
        """In absolute form the target says whom it asks (RFC 9112, 3.2.2)."""
        target = parse_url(self.url)
        if target.host is None or target.path is None:
            reason = "The target of a request is a path or a URL"
            raise Unacceptable(HTTPStatus.BAD_REQUEST, reason)
        host = b"[%b]" % target.host if b":" in target.host else target.host
        port = b"" if target.port is None else b":%d" % target.port
        others = [pair for pair in self.headers if pair[0] != b"host"]
        self.headers[:] = [(b"host", host + port), *others]

    def _too_long(self) -> Unacceptable:
        most = self._bounds.head
        if len(self.url) > most // 2:
            status, what = HTTPStatus.REQUEST_URI_TOO_LONG, "URL"
        else:
            status, what = HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE, "header"
        reason = f"The {what} is too long: a request's head has at most {most} bytes"
        return Unacceptable(status, reason)

    def _too_large(self) -> Unacceptable:
        reason = f"A body has at most {self._bounds.body} bytes"
        return Unacceptable(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, reason)

    # The clock

    def _start_clock(self) -> None:
        if self._deadline is None and not self._refused:
            seconds = self._bounds.request
            self._deadline = self.loop.call_later(seconds, self._too_late)

    def _stop_clock(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None

    def _too_late(self) -> None:
        if self._begun:
            reason = f"The request was not whole after {self._bounds.request} s"
            self._refuse(Unacceptable(HTTPStatus.REQUEST_TIMEOUT, reason))
        elif self._is_answering:
            self._close_when_answered()
        else:
            self.transport.abort()

    # The end

    @property
    def _is_answering(self) -> bool:
        return self._whole is not None and not self._whole.response_complete

    def _close_when_answered(self) -> None:
        """Whatever is whole is answered; what came after it is not."""
        self._refused = True
        self._stop_clock()
        assert self._whole is not None
        self._whole.keep_alive = False
        if self.pipeline and self.pipeline[0][0] is not self._whole:
            self.pipeline.popleft()

    def _refuse(self, refusal: Unacceptable) -> None:
        """Say why, as an endpoint would, and end the connection."""
        if self._is_answering:
            self._close_when_answered()
            return
        self._refused = True
        self._stop_clock()
        self._unset_keepalive_if_required()
        self.transport.write(_answer(refusal))
        if self.transport.can_write_eof():
            self.transport.write_eof()
        self.loop.call_later(LINGER, self.transport.abort)


def _answer(refusal: Unacceptable) -> bytes:
    members: dict[str, Any] = {
        "error_description": str(refusal),
        "error": "invalid_request",
    }
    body = json.dumps(members, separators=(",", ":")).encode()
    head = (
        b"content-type: application/json\r\ncontent-length: %d\r\n"
        b"connection: close\r\n\r\n" % len(body)
    )
    return STATUS_LINE[refusal.status] + head + body
