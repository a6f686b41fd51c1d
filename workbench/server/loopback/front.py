"""uvicorn on a socket that is bound already, with connections of ours."""

import asyncio
import logging
import socket
from pathlib import Path
from typing import TYPE_CHECKING

import uvicorn

from workbench.server.loopback.asking import Called
from workbench.server.loopback.bounds import Bounds
from workbench.server.loopback.connection import Connection
from workbench.server.loopback.line import WaitingLine

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication


class Front(uvicorn.Server):
    """What answers at a port, until it is told to stop.

    Args:
        app: The application; several threads call it.
        bounds: What a connection may take.
        certificate: Its chain and its key, or None without TLS.
    """

    def __init__(
        self,
        app: "WSGIApplication",
        bounds: Bounds,
        certificate: tuple[Path, Path] | None = None,
    ) -> None:
        chain, key = certificate or (None, None)
        self._bounds = bounds
        self._line = WaitingLine(bounds.threads)
        self._asked = Called(app, self._line)
        config = uvicorn.Config(
            app,  # which the connections call, and uvicorn never
            http=Connection,
            interface="asgi3",
            lifespan="off",
            ws="none",
            log_config=None,
            log_level=logging.CRITICAL,  # what matters the bridge says
            access_log=False,
            proxy_headers=False,
            server_header=False,
            backlog=bounds.connections,
            timeout_keep_alive=bounds.idle,
            timeout_graceful_shutdown=bounds.stop,
            ssl_certfile=chain,
            ssl_keyfile=key,
        )
        super().__init__(config)

    def answer(self, bound: socket.socket) -> None:
        """Answer at this socket; returns after ``stop`` was called."""
        self.run([bound])
        self._line.stop()

    def stop(self) -> None:
        """Take no more requests; those that arrived whole are answered."""
        self.should_exit = True

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """As uvicorn does, and a handshake has its time too."""
        loop = asyncio.get_running_loop()
        secure = self.config.ssl is not None
        self.servers = [
            await loop.create_server(
                self._connection,
                sock=each,
                ssl=self.config.ssl,
                backlog=self.config.backlog,
                ssl_handshake_timeout=self._bounds.request if secure else None,
                ssl_shutdown_timeout=1 if secure else None,
            )
            for each in sockets or ()
        ]
        self.started = True

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """As uvicorn does, and nobody is left connected."""
        await super().shutdown(sockets)
        for each in list(self.server_state.connections):
            each.transport.abort()
        await asyncio.sleep(0)

    def _connection(self) -> Connection:
        return Connection(self.config, self.server_state, self._asked, self._bounds)
