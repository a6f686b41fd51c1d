"""Many connections that send one request after the other, in a process of their own.

asyncio's streams and no client library: what is measured is the server, and it shares
no interpreter with what measures it. ``measured`` runs this module as a program.
"""

import asyncio
import json
import ssl
import subprocess
import sys
import time
from dataclasses import asdict, dataclass
from typing import Any
from urllib.parse import urlencode


@dataclass(frozen=True)
class Measured:
    """What a number of connections met with. Times are in milliseconds.

    Attributes:
        connections: How many there were.
        rate: Answers a second.
        p50: The median time from the first byte sent to the last received.
        p99: What one in a hundred took longer than.
        answers: How many came.
        errors: How many requests had no answer, or one that is not 200.
    """

    connections: int
    rate: float
    p50: float
    p99: float
    answers: int
    errors: int

    def __str__(self) -> str:
        """For a report."""
        return (
            f"{self.connections:3d} connections: {self.rate:6.0f}/s, "
            f"p50 {self.p50:6.1f} ms, p99 {self.p99:7.1f} ms, "
            f"{self.errors} errors in {self.answers}"
        )


def measured(
    port: int,
    request: str,
    *,
    connections: int,
    seconds: float,
    ca_file: str | None = None,
) -> Measured:
    """Send a request by this many connections at once, for so long."""
    order = {"port": port, "request": request, "connections": connections}
    order |= {"seconds": seconds, "ca_file": ca_file}
    done = subprocess.run(
        [sys.executable, __file__],
        input=json.dumps(order),
        capture_output=True,
        text=True,
        timeout=seconds + 60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return Measured(**json.loads(done.stdout))


def posted(path: str, form: dict[str, str], host: str = "localhost") -> str:
    """A form as it goes over the wire."""
    body = urlencode(form)
    return (
        f"POST {path} HTTP/1.1\r\nHost: {host}\r\n"
        "Content-Type: application/x-www-form-urlencoded\r\n"
        f"Content-Length: {len(body)}\r\n\r\n{body}"
    )


class Sender:
    """Connections to one port, and what they met with."""

    def __init__(self, order: dict[str, Any]) -> None:
        self.order = order
        self.request = order["request"].encode("latin-1")
        self.times: list[float] = []
        self.errors = 0
        self.trust = None
        if order["ca_file"]:
            self.trust = ssl.create_default_context(cafile=order["ca_file"])

    async def measure(self) -> Measured:
        """Ask until the time is over."""
        connections, seconds = self.order["connections"], self.order["seconds"]
        end = time.perf_counter() + seconds
        await asyncio.gather(*(self.keep_asking(end) for _ in range(connections)))
        ordered = sorted(self.times) or [float("inf")]
        p50, p99 = (ordered[int(len(ordered) * part)] * 1000 for part in (0.5, 0.99))
        answers = len(self.times)
        return Measured(connections, answers / seconds, p50, p99, answers, self.errors)

    async def keep_asking(self, end: float) -> None:
        """One connection; a new one where the server has closed it."""
        while time.perf_counter() < end:
            try:
                await self.ask(end)
            except (OSError, EOFError):
                self.errors += 1
                await asyncio.sleep(0.1)

    async def ask(self, end: float) -> None:
        """Send and receive until the time is over."""
        name = "localhost" if self.trust else None
        reader, writer = await asyncio.open_connection(
            "127.0.0.1", self.order["port"], ssl=self.trust, server_hostname=name
        )
        try:
            while (start := time.perf_counter()) < end:
                writer.write(self.request)
                head = await reader.readuntil(b"\r\n\r\n")
                length = head.lower().partition(b"content-length:")[2]
                await reader.readexactly(int(length.partition(b"\r\n")[0]))
                self.times.append(time.perf_counter() - start)
                self.errors += not head.startswith(b"HTTP/1.1 200")
        finally:
            writer.close()


if __name__ == "__main__":
    print(json.dumps(asdict(asyncio.run(Sender(json.load(sys.stdin)).measure()))))
