"""How long and how large what arrives at the port may be."""

from dataclasses import dataclass

from workbench.server.request.parameters import LARGEST


@dataclass(frozen=True, slots=True)
class Bounds:
    """What one connection may take.

    A body over a megabyte but within ``body`` is read, and refused as AM refuses;
    what is over these is refused unread.

    Attributes:
        request: Seconds from a request's first byte to its last, and from the start
            of a connection to the end of its TLS handshake.
        idle: Seconds that a connection may be open without a request.
        answer: Seconds that a sender may leave answers unread.
        stop: Seconds that a server which was told to stop waits for what it still
            answers.
        head: Bytes of the first line and the headers.
        body: Bytes.
        connections: Those that wait to be accepted.
        threads: Requests that are answered at once.
    """

    request: float = 20
    idle: int = 20
    answer: float = 20
    stop: int = 2
    head: int = 64 * 1024
    body: int = 8 * LARGEST
    connections: int = 512
    threads: int = 64


BOUNDS = Bounds()
