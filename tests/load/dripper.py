"""Many connections that never get done with a request, in a process of their own.

Each says a byte every two seconds, or floods, or falls silent; where the server closes
one, it connects again. ``dripping`` runs this module as a program.
"""

import asyncio
import json
import ssl
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

PAUSE = 2  # seconds between two bytes
PATH = "/am/oauth2/realms/root/realms/alpha/access_token"
HEAD = f"POST {PATH} HTTP/1.1\r\nHost: localhost\r\n".encode()
FLOOD = b"a" * 65536
KINDS = (
    "nothing",
    "a byte of the head",
    "a byte of the body",
    "a byte of a chunk",
    "a byte of the handshake",
    "half-closed",
    "an oversized head",
    "an oversized body",
)


@contextmanager
def dripping(
    port: int, kind: str, *, connections: int, ca_file: str | None = None
) -> Iterator[None]:
    """Have this many such senders connected for as long as the context lasts."""
    order = {"port": port, "kind": kind, "connections": connections}
    command = [sys.executable, __file__, json.dumps(order | {"ca_file": ca_file})]
    quiet = subprocess.DEVNULL  # of connections that the server has closed
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=quiet, text=True
    ) as process:
        try:
            assert process.stdout is not None
            assert process.stdout.readline() == "ready\n"
            yield
        finally:
            process.kill()


class Dripper:
    """Connections to one port, all of one kind."""

    def __init__(self, order: dict[str, Any]) -> None:
        self.order = order
        self.kind: str = order["kind"]
        self.trust = None
        if order["ca_file"] and "handshake" not in self.kind:
            self.trust = ssl.create_default_context(cafile=order["ca_file"])

    async def drip(self) -> None:
        """Connect all, say so, and go on until this process is ended."""
        count = self.order["connections"]
        begun = [asyncio.Event() for _ in range(count)]
        dripping = asyncio.gather(*(self.keep_dripping(each) for each in begun))
        await asyncio.gather(*(each.wait() for each in begun))
        print("ready", flush=True)
        await dripping

    async def keep_dripping(self, begun: asyncio.Event) -> None:
        """One sender; it connects again where the server has closed."""
        while True:
            with suppress(OSError, EOFError):
                await self.send(begun)
            begun.set()
            await asyncio.sleep(PAUSE)

    async def send(self, begun: asyncio.Event) -> None:
        """One connection, until it is closed."""
        name = "localhost" if self.trust else None
        reader, writer = await asyncio.open_connection(
            "127.0.0.1", self.order["port"], ssl=self.trust, server_hostname=name
        )
        try:
            writer.write(self.beginning())
            if self.kind == "half-closed" and writer.can_write_eof():
                writer.write_eof()
            begun.set()
            going_on = asyncio.create_task(self.go_on(writer))
            with suppress(OSError):
                await reader.read()  # until the server has closed it
            going_on.cancel()
            await asyncio.gather(going_on, return_exceptions=True)
        finally:
            writer.close()

    def beginning(self) -> bytes:
        """What is said at once."""
        if self.kind == "a byte of the handshake":
            return handshake()[:20]
        return {
            "nothing": b"",
            "an oversized head": HEAD + b"X: ",
            "an oversized body": HEAD + b"Transfer-Encoding: chunked\r\n\r\n",
            "a byte of the body": HEAD + b"Content-Length: 500\r\n\r\n",
            "a byte of a chunk": HEAD + b"Transfer-Encoding: chunked\r\n\r\n1f4\r\n",
        }.get(self.kind, HEAD)

    async def go_on(self, writer: asyncio.StreamWriter) -> None:
        """What is said after it, until the server has enough."""
        rest = iter(handshake()[20:]) if "handshake" in self.kind else None
        silent = self.kind in ("nothing", "half-closed")
        while not (silent or writer.is_closing()):
            if self.kind == "an oversized head":
                writer.write(FLOOD)
            elif self.kind == "an oversized body":
                writer.write(b"%x\r\n%s\r\n" % (len(FLOOD), FLOOD))
            else:
                await asyncio.sleep(PAUSE)
                writer.write(b"a" if rest is None else bytes([next(rest)]))
            await writer.drain()


def handshake() -> bytes:
    """What a client of TLS says first."""
    incoming, outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
    client = ssl.create_default_context().wrap_bio(
        incoming, outgoing, server_hostname="localhost"
    )
    with suppress(ssl.SSLWantReadError):
        client.do_handshake()
    return outgoing.read()


if __name__ == "__main__":
    asyncio.run(Dripper(json.loads(sys.argv[1])).drip())
