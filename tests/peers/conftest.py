"""``workbench serve`` in a process of its own, and a person with a browser."""

import json
import signal
import ssl
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import httpx
import pytest


@dataclass(frozen=True)
class Served:
    """Where the server is, and the authority of its certificate (None: no TLS)."""

    base_url: str
    ca_file: str | None

    @property
    def issuer(self) -> str:
        return f"{self.base_url}/oauth2/realms/root/realms/alpha"

    @property
    def login(self) -> str:
        return f"{self.base_url}/json/realms/root/realms/alpha/authenticate"

    @property
    def trust(self) -> ssl.SSLContext:
        return ssl.create_default_context(cafile=self.ca_file)

    def get(self, url: str) -> Any:
        return httpx.get(url, verify=self.trust, timeout=20).json()

    @property
    def metadata(self) -> Any:
        return self.get(f"{self.issuer}/.well-known/openid-configuration")

    def consent(self, url: str) -> str:
        """Where a person is sent who logs in and allows what a link asks for."""
        with httpx.Client(verify=self.trust, timeout=20) as browser:
            session = browser.post(self.login, headers=PERSON).json()["tokenId"]
            page = browser.get(url)
            answer = browser.post(url, data={"decision": "allow", "csrf": session})
        assert (page.status_code, answer.status_code) == (200, 302), answer.text
        return answer.headers["location"]


PERSON = {"X-OpenAM-Username": "bjensen", "X-OpenAM-Password": "Secret12!"}


@contextmanager
def serving(*arguments: str) -> Iterator[Served]:
    with serving_ready(*arguments) as ready:
        yield Served(ready["base_url"], ready["ca_file"])


@contextmanager
def serving_ready(*arguments: str) -> Iterator[Any]:
    """The server, and all that it says when it is ready."""
    command = [sys.executable, "-m", "workbench", "serve", "--port", "0", *arguments]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        too_late = threading.Timer(60, process.kill)
        too_late.start()
        try:
            assert process.stdout is not None
            ready = json.loads(process.stdout.readline())
            too_late.cancel()
            yield ready
            process.send_signal(signal.SIGTERM)
            assert process.wait(timeout=20) == 0
        finally:
            too_late.cancel()
            process.kill()


@pytest.fixture(scope="session")
def for_user() -> Iterator[Served]:
    """hr-client, hr-agent and bjensen, with TLS."""
    with serving("--use-case", "agent-for-user") as served:
        yield served


@pytest.fixture(scope="session")
def for_user_without_tls() -> Iterator[Served]:
    """The same by plain HTTP."""
    with serving("--use-case", "agent-for-user", "--no-tls") as served:
        yield served


@pytest.fixture(scope="session")
def for_agent() -> Iterator[Served]:
    """data-agent and risk-agent, without TLS."""
    with serving("--use-case", "agent-for-agent", "--no-tls") as served:
        yield served
