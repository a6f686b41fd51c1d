"""The servers that are measured, each in a process of its own with an exchange to send.

oidc-provider has a token exchange grant added in ``peers``, and needs Node.js with npm;
authgent-server comes with one, and is installed into an environment of its own.
"""

import json
import os
import secrets
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest

from tests.load.sender import Measured, measured, posted
from tests.stories import ACCESS_TOKEN, TOKEN_EXCHANGE

HERE = Path(__file__).parent
AUTHGENT = "authgent-server==0.3.4"


@dataclass(frozen=True)
class Exchange:
    """What one server is sent.

    Attributes:
        port: Where it is.
        request: The exchange, as it goes over the wire.
    """

    port: int
    request: str

    def measured(self, connections: int, seconds: float) -> Measured:
        """How it does; fails where a request is not answered with 200."""
        met = measured(
            self.port, self.request, connections=connections, seconds=seconds
        )
        assert met.errors == 0, met
        return met


@contextmanager
def running(command: list[str], **more: Any) -> Iterator[Exchange]:
    """A program that prints what it is to be sent, until the context ends."""
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, **more
    ) as process:
        try:
            assert process.stdout is not None
            told = json.loads(process.stdout.readline())
            yield exchange(told["url"], told["form"])
        finally:
            process.kill()


def exchange(url: str, form: dict[str, str]) -> Exchange:
    """A form for a URL."""
    at = urlsplit(url)
    assert at.port is not None
    return Exchange(at.port, posted(at.path, form, at.netloc))


@contextmanager
def ours(algorithm: str, tokens: str = "one") -> Iterator[Exchange]:
    """The bench, with one token an exchange or, as it comes, with two."""
    program = str(HERE / "exchange_server.py")
    with running([sys.executable, program, algorithm, tokens]) as served:
        yield served


@contextmanager
def oidc_provider(folder: Path, algorithm: str) -> Iterator[Exchange]:
    """oidc-provider; it is installed into the folder if it is not there yet."""
    node, npm = (shutil.which(name) for name in ("node", "npm"))
    if node is None or npm is None:
        pytest.fail("There is no `node` or no `npm` (Debian: nodejs and npm).")
    if not (folder / "node_modules").exists():
        shutil.copytree(HERE / "peers", folder, dirs_exist_ok=True)
        run([npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"], cwd=folder)
    command = [node, "oidc_provider.mjs", algorithm]
    with running(command, cwd=folder, stderr=subprocess.DEVNULL) as served:
        yield served


@contextmanager
def authgent_server(folder: Path) -> Iterator[Exchange]:
    """authgent-server with ES256, its limit of requests lifted; installed likewise."""
    environment = folder / "venv"
    if not environment.exists():
        run([sys.executable, "-m", "venv", str(environment)])
        run([str(environment / "bin" / "pip"), "install", "--quiet", AUTHGENT])
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    url = f"http://127.0.0.1:{port}"
    settings = {
        "AUTHGENT_SECRET_KEY": secrets.token_hex(32),
        "AUTHGENT_SERVER_URL": url,
        "AUTHGENT_TOKEN_RATE_LIMIT": "1000000000",
    }
    program = str(environment / "bin" / "authgent-server")
    with subprocess.Popen(
        [program, "run", "--host", "127.0.0.1", "--port", str(port)],
        cwd=folder,
        env=os.environ | settings,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as process:
        try:
            wait_for(f"{url}/health")
            yield exchange(f"{url}/token", authgent_form(url))
        finally:
            process.kill()


def authgent_form(url: str) -> dict[str, str]:
    """Two agents register; the first acts for the second."""
    with httpx.Client(base_url=url, timeout=60) as http:

        def agent(*grants: str) -> dict[str, str]:
            metadata = {"client_name": "agent", "scope": "read", "grant_types": grants}
            metadata["token_endpoint_auth_method"] = "client_secret_post"
            answer = http.post("/register", json=metadata).json()
            return {name: answer[name] for name in ("client_id", "client_secret")}

        acting = agent("client_credentials", TOKEN_EXCHANGE)
        other = agent("client_credentials")
        asked = {**other, "grant_type": "client_credentials", "scope": "read"}
        subject = http.post("/token", data=asked).json()["access_token"]
    return {
        **acting,
        "grant_type": TOKEN_EXCHANGE,
        "scope": "read",
        "subject_token": subject,
        "subject_token_type": ACCESS_TOKEN,
        "audience": other["client_id"],
    }


def wait_for(url: str) -> None:
    """Until a server answers."""
    for _ in range(600):
        try:
            httpx.get(url)
            return
        except httpx.TransportError:
            time.sleep(0.1)
    pytest.fail(f"{url} does not answer")


def run(command: list[str], **more: Any) -> None:
    done = subprocess.run(
        command, capture_output=True, text=True, timeout=300, check=False, **more
    )
    assert done.returncode == 0, done.stdout + done.stderr
