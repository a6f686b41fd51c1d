"""Requests to a server that is another process, kept like those of a bench."""

import argparse
import json
import ssl
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

import httpx

from workbench.agent.history import History
from workbench.errors import WorkbenchError

TIMEOUT = 30.0
"""Seconds that an answer may take."""


@dataclass(frozen=True, slots=True)
class ServerAddress:
    """Where a server is, as ``workbench serve`` prints it.

    Attributes:
        base_url: Its URL, ending in ``/am``.
        ca_file: The certificate authority to trust; None: the system's.
        apis: The URLs of the APIs next door, by name.
    """

    base_url: str
    ca_file: Path | None = None
    apis: Mapping[str, str] = field(default_factory=dict)


def address_in(line: str) -> ServerAddress:
    """Read the line that ``workbench serve`` prints when it is ready.

    Raises:
        WorkbenchError: It is no such line.
    """
    try:
        ready = json.loads(line)
        apis = {str(name): str(url) for name, url in ready.get("apis", {}).items()}
        ca_file = ready.get("ca_file")
        return ServerAddress(
            str(ready["base_url"]).rstrip("/"), ca_file and Path(ca_file), apis
        )
    except (ValueError, TypeError, KeyError, AttributeError):
        raise WorkbenchError(
            "This is not the line that workbench serve prints when it is ready: "
            'JSON with a "base_url".'
        ) from None


def named_url(text: str) -> tuple[str, str]:
    """An API as a command line names it: ``ledger=https://ledger.example.com``.

    Raises:
        ArgumentTypeError: It is none.
    """
    name, sign, url = text.partition("=")
    if not (name and sign and url.startswith(("http://", "https://"))):
        raise argparse.ArgumentTypeError("an API is NAME=URL")
    return name, url.rstrip("/")


class ElsewhereTransport(httpx.BaseTransport):
    """Sends requests to another origin than their URL's; the Host header stays.

    Args:
        origin: Scheme, host and port to send to.
        inner: Sends them.
    """

    def __init__(self, origin: str, inner: httpx.BaseTransport) -> None:
        self._origin, self._inner = httpx.URL(origin), inner

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """The answer from there."""
        to = self._origin
        request.url = request.url.copy_with(
            scheme=to.scheme, host=to.host, port=to.port
        )
        return self._inner.handle_request(request)

    def close(self) -> None:
        """Close what sends."""
        self._inner.close()


def http_client(
    ca_file: Path | None = None,
    history: History | None = None,
    elsewhere: Mapping[str, str] = MappingProxyType({}),
) -> httpx.Client:
    """A client that trusts one authority, and keeps its calls where it is told to.

    Args:
        ca_file: The authority's certificate; None: the system's.
        history: Where calls are kept.
        elsewhere: For an origin, the one that requests for it are sent to.

    Raises:
        WorkbenchError: The file has no certificate.
    """
    try:
        trusted: ssl.SSLContext | bool = True
        if ca_file is not None:
            trusted = ssl.create_default_context(cafile=str(ca_file))
    except (OSError, ssl.SSLError) as problem:
        raise WorkbenchError(
            f"{ca_file} has no certificate to trust ({type(problem).__name__}). "
            "workbench serve prints its ca_file."
        ) from None
    hooks = {} if history is None else {"response": [history.keep]}
    mounts = {
        origin: ElsewhereTransport(to, httpx.HTTPTransport(verify=trusted))
        for origin, to in elsewhere.items()
    }
    return httpx.Client(
        verify=trusted,
        trust_env=False,
        timeout=TIMEOUT,
        event_hooks=hooks,
        mounts=mounts,
    )
