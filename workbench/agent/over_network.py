"""Requests to a server that is another process, kept like those of a bench."""

import json
import ssl
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

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


def http_client(
    ca_file: Path | None = None, history: History | None = None
) -> httpx.Client:
    """A client that trusts one authority, and keeps its calls where it is told to.

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
    return httpx.Client(
        verify=trusted, trust_env=False, timeout=TIMEOUT, event_hooks=hooks
    )
