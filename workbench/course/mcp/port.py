"""The same application on a loopback port, for clients that are other programs."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from workbench.errors import WorkbenchError

if TYPE_CHECKING:
    from starlette.types import ASGIApp

HOST = "127.0.0.1"


def bound(port: int) -> socket.socket:
    """A socket on a loopback port; 0: any that is free.

    Raises:
        WorkbenchError: The port is taken, or cannot be had.
    """
    opened = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        opened.bind((HOST, port))
    except (OSError, OverflowError) as problem:
        opened.close()
        raise WorkbenchError(
            f"Port {port} cannot be had ({problem}); port=0 takes one that is free."
        ) from None
    return opened


@asynccontextmanager
async def listening(app: "ASGIApp", at: socket.socket) -> AsyncIterator[None]:
    """Answer at a socket until the context is left; the socket is closed then."""
    import uvicorn

    config = uvicorn.Config(app, lifespan="off", ws="none", log_config=None)
    server = uvicorn.Server(config)
    task = asyncio.ensure_future(server.serve(sockets=[at]))
    while not server.started and not task.done():
        await asyncio.sleep(0.005)
    try:
        yield
    finally:
        server.should_exit = True
        await task
        at.close()
