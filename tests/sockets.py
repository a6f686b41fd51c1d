"""What only a socket can send, to a server at a port, with TLS or without."""

import json
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

from workbench.server.serve import Listener

TOKEN_PATH = "/am/oauth2/realms/root/realms/alpha/access_token"
KEYS_PATH = "/am/oauth2/realms/root/realms/alpha/connect/jwk_uri"
FORM = (
    "grant_type=client_credentials&scope=read&client_id=risk-agent"
    "&client_secret=mySecret"
)
SLOW = 30  # seconds that nothing here takes unless the server hangs


@contextmanager
def connected(listener: Listener) -> Iterator[socket.socket]:
    """A connection of a sender who trusts the server's certificate."""
    address = urlsplit(listener.url)
    with socket.create_connection(
        (address.hostname or "", address.port or 0), SLOW
    ) as peer:
        if listener.ca_file is None:
            yield peer
            return
        trust = ssl.create_default_context(cafile=listener.ca_file)
        with trust.wrap_socket(peer, server_hostname="localhost") as secure:
            yield secure


def rest(peer: socket.socket) -> bytes:
    """All that the server says until it closes."""
    received = b""
    try:
        while chunk := peer.recv(65536):
            received += chunk
    except (ConnectionResetError, ssl.SSLError):
        pass
    return received


def said(listener: Listener, *sent: str | bytes) -> bytes:
    """What the server says to these bytes, until it closes."""
    with connected(listener) as peer:
        for each in sent:
            peer.sendall(each.encode("latin-1") if isinstance(each, str) else each)
        return rest(peer)


def post(*headers: str, body: str = FORM, path: str = TOKEN_PATH) -> str:
    """A token request with these headers and no others but Host and the form's."""
    lines = [f"POST {path} HTTP/1.1", "Host: localhost", *headers]
    kind = "Content-Type: application/x-www-form-urlencoded"
    return "\r\n".join([*lines, kind, "", body])


def statuses(received: bytes) -> list[int]:
    """The status of each answer."""
    parts = received.split(b"HTTP/1.1 ")[1:]
    return [int(each[:3]) for each in parts]


def body_of(received: bytes) -> Any:
    """The JSON of the last answer."""
    return json.loads(received.rpartition(b"\r\n\r\n")[2])
