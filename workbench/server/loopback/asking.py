"""One connection whose requests are asked of the application when they are whole.

uvicorn would make a task, an event and a coroutine of each, and every exchange would
take a fifth longer. A request that is whole needs none of them: it goes into the line,
and its answer goes out in one piece.
"""

import asyncio
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from uvicorn.config import Config
from uvicorn.protocols.http.httptools_impl import (
    STATUS_LINE,
    HttpToolsProtocol,
    RequestResponseCycle,
)
from uvicorn.server import ServerState

from workbench.server.loopback.bridge import Reply, answered
from workbench.server.loopback.line import WaitingLine
from workbench.server.request.parameters import LARGEST

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

LARGE, PAUSE = 32 * 1024, 0.002
"""From how many bytes on a body arrives by turns, and how many seconds one takes."""

CONTINUE = b"HTTP/1.1 100 Continue\r\n\r\n"


class Called:
    """The application, and who waits for it.

    Args:
        app: The application; it may be called by several threads at once.
        line: Where it is called.
    """

    def __init__(self, app: "WSGIApplication", line: WaitingLine) -> None:
        self.app = app
        self.line = line
        self.turn = asyncio.Lock()


class Asking(HttpToolsProtocol):
    """A connection; its requests are answered one after the other.

    Args:
        config: uvicorn's settings.
        state: What uvicorn's server knows of its connections.
        asked: Whom it asks.
    """

    def __init__(self, config: Config, state: ServerState, asked: Called) -> None:
        super().__init__(config, state, {})
        self._asked = asked
        self._first: RequestResponseCycle | None = None  # the one to be answered next
        self._held: tuple[RequestResponseCycle, Reply] | None = None

    def _start_asgi_task(self, cycle: RequestResponseCycle, app: Any) -> None:
        """What uvicorn calls for the first request of those that are not answered."""
        self._first = cycle
        if not cycle.more_body:
            self._ask(cycle)
        elif cycle.waiting_for_100_continue:
            self.transport.write(CONTINUE)

    def on_body(self, body: bytes) -> None:
        """Keep a piece, to one byte over what the application takes.

        What is over that is let go of, and large bodies take turns, so that many at
        once leave time for others.
        """
        kept = self.cycle.body
        kept += body[: LARGEST + 1 - len(kept)]
        if len(kept) > LARGE and not self.flow.read_paused:
            self.flow.pause_reading()
            task = self.loop.create_task(self._take_a_turn())
            self.tasks.add(task)
            task.add_done_callback(self.tasks.discard)

    async def _take_a_turn(self) -> None:
        async with self._asked.turn:
            await asyncio.sleep(PAUSE)
        if not self.pipeline and not self.transport.is_closing():
            self.flow.resume_reading()

    def on_message_complete(self) -> None:
        """A request is whole."""
        cycle = self.cycle
        cycle.more_body = False
        if cycle is self._first:
            self._ask(cycle)

    def _ask(self, cycle: RequestResponseCycle) -> None:
        """Put it into the line."""
        asked, body = self._asked, bytes(cycle.body)

        def work() -> None:
            reply = answered(asked.app, cycle.scope, body)
            with suppress(RuntimeError):  # the server has stopped
                self.loop.call_soon_threadsafe(self._reply, cycle, reply)

        asked.line.put(work)

    def _reply(self, cycle: RequestResponseCycle, reply: Reply) -> None:
        """Send an answer, as soon as the one before has been read."""
        if self.transport.is_closing():
            return
        if self.flow.write_paused:
            self._held = (cycle, reply)
            return
        dated = (b"%s: %s\r\n" % pair for pair in self.server_state.default_headers)
        goes_on = cycle.keep_alive and not reply.last
        end = b"\r\n" if goes_on else b"connection: close\r\n\r\n"
        head = (STATUS_LINE[reply.status], *dated, reply.headers, end, reply.body)
        self.transport.write(b"".join(head))
        cycle.response_complete = True
        if not goes_on:
            self.transport.close()
        self.on_response_complete()

    def resume_writing(self) -> None:
        """The sender has read what was sent to it."""
        super().resume_writing()
        held, self._held = self._held, None
        if held is not None:
            self._reply(*held)
