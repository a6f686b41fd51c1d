"""``workbench serve`` in a process of its own, and an exchange to send to it."""

import json
import os
import signal
import ssl
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import httpx
import pytest

from tests.load.sender import posted
from tests.stories import ACCESS_TOKEN, SECRET, TOKEN_EXCHANGE

LONG = os.environ.get("WORKBENCH_LOAD") == "long"
PATH = "/am/oauth2/realms/root/realms/alpha/access_token"


@dataclass(frozen=True)
class Target:
    """A server under load.

    Attributes:
        port: Where it is.
        ca_file: The authority of its certificate, or None without TLS.
        exchange: A token exchange, as it goes over the wire.
    """

    port: int
    ca_file: str | None
    exchange: str


@contextmanager
def serving(*arguments: str) -> Iterator[Target]:
    """The server, as a user starts it."""
    command = [sys.executable, "-m", "workbench", "serve", "--port", "0"]
    command += ["--use-case", "agent-for-agent", *arguments]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            ready = json.loads(process.stdout.readline())
            base = ready["base_url"]
            port = int(base.split(":")[2].split("/")[0])
            form = exchange_form(f"{base}{PATH[3:]}", ready["ca_file"])
            yield Target(port, ready["ca_file"], posted(PATH, form))
            process.send_signal(signal.SIGTERM)
            assert process.wait(timeout=30) == 0, "it did not stop when it was told to"
        finally:
            process.kill()


def exchange_form(url: str, ca_file: str | None) -> dict[str, str]:
    """What risk-agent sends to act for data-agent."""
    with httpx.Client(verify=ssl.create_default_context(cafile=ca_file)) as http:

        def ask(client_id: str, **more: str) -> Any:
            form = {"client_id": client_id, "client_secret": SECRET, "scope": "read"}
            answer = http.post(url, data=form | more, timeout=60)
            assert answer.status_code == 200, answer.text
            return answer.json()["access_token"]

        subject, actor = (
            ask(name, grant_type="client_credentials")
            for name in ("data-agent", "risk-agent")
        )
    return {
        "grant_type": TOKEN_EXCHANGE,
        "client_id": "risk-agent",
        "client_secret": SECRET,
        "scope": "read",
        "subject_token": subject,
        "subject_token_type": ACCESS_TOKEN,
        "actor_token": actor,
        "actor_token_type": ACCESS_TOKEN,
    }


@pytest.fixture(scope="package", params=["http", "https"])
def target(request: pytest.FixtureRequest) -> Iterator[Target]:
    """The server without TLS, and with it."""
    with serving(*(["--no-tls"] if request.param == "http" else [])) as served:
        yield served
