"""What a server with a store has acknowledged is there after it was killed."""

import json
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random
from typing import Any

import httpx
import pytest

from tests.stories import ACCESS_TOKEN, SECRET, TOKEN_EXCHANGE
from workbench import Workbench

BASE = "https://am.example.com:8443/am"
CLIENTS = 4


class Acknowledged:
    """What the server said that it did."""

    def __init__(self) -> None:
        self.tokens: dict[str, str] = {}  # and whose each is
        self.revoked: list[str] = []
        self.unsure: set[str] = set()
        self.registered: list[dict[str, Any]] = []

    def work(self, url: str, seed: int) -> None:
        """Ask for one thing after another, until nobody answers."""
        random = Random(seed)
        with httpx.Client(base_url=url, trust_env=False) as http:
            try:
                while True:
                    self._ask(http, random)
            except httpx.HTTPError:
                return

    def _ask(self, http: httpx.Client, random: Random) -> None:
        choice = random.random()
        if choice < 0.2:
            metadata = {"client_name": "x", "scope": "read"}
            self.registered.append(_json(http.post("register", json=metadata), 201))
        elif choice < 0.4 and self.tokens:
            token, client_id = random.choice(list(self.tokens.items()))
            self.unsure.add(token)
            _json(_post(http, "token/revoke", client_id, token=token))
            self.revoked.append(token)
        else:
            subject, actor = (_own(http, each) for each in ("data-agent", "risk-agent"))
            answer = _post(
                http,
                "access_token",
                grant_type=TOKEN_EXCHANGE,
                scope="read",
                subject_token=subject,
                subject_token_type=ACCESS_TOKEN,
                actor_token=actor,
                actor_token_type=ACCESS_TOKEN,
            )
            token = _json(answer)["access_token"]
            self.tokens |= {token: "risk-agent", subject: "data-agent"}


def _post(
    http: httpx.Client, path: str, client_id: str = "risk-agent", **form: str
) -> httpx.Response:
    return http.post(
        path, data={"client_id": client_id, "client_secret": SECRET, **form}
    )


def _own(http: httpx.Client, client_id: str) -> str:
    form = {"grant_type": "client_credentials", "scope": "read"}
    token: str = _json(_post(http, "access_token", client_id, **form))["access_token"]
    return token


def _json(answer: httpx.Response, status: int = 200) -> Any:
    assert answer.status_code == status, answer.text
    return answer.json()


@contextmanager
def serving(store: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    port = _free_port()
    command = [sys.executable, "-m", "workbench", "serve", "--no-tls"]
    kept = ["--store", str(store), "--base-url", BASE, "--use-case", "agent-for-agent"]
    with subprocess.Popen(
        [*command, "--port", str(port), *kept], stdout=subprocess.PIPE, text=True
    ) as process:
        try:
            assert process.stdout is not None
            assert json.loads(process.stdout.readline())["pid"] == process.pid
            realm = "am/oauth2/realms/root/realms/alpha"
            yield process, f"http://127.0.0.1:{port}/{realm}/"
        finally:
            process.kill()


def _free_port() -> int:
    """A port that nobody has; the base URL tells another's."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port: int = taken.getsockname()[1]
    return port


def kill_in_mid_load(store: Path, wanted: int, seed: int) -> Acknowledged:
    """Load a server, kill it after so many tokens, and give what it acknowledged."""
    told = Acknowledged()
    with serving(store) as (process, url):
        threads = [
            threading.Thread(target=told.work, args=(url, seed + number))
            for number in range(CLIENTS)
        ]
        for thread in threads:
            thread.start()
        while len(told.tokens) < wanted and any(each.is_alive() for each in threads):
            time.sleep(0.002)
        process.kill()
        for thread in threads:
            thread.join()
    return told


def require_all(told: Acknowledged, store: Path) -> None:
    with Workbench.stored(store) as wb:
        for token, client_id in told.tokens.items():
            if token not in told.unsure:
                assert _active(wb, client_id, token)
        for token in told.revoked:
            assert not _active(wb, told.tokens[token], token)
        for registered in told.registered:
            assert registered["client_id"] in wb.realm.clients
            answer = wb.http.get(
                f"{wb.realm.oauth2_url}/register",
                params={"client_id": registered["client_id"]},
                headers={
                    "Authorization": f"Bearer {registered['registration_access_token']}"
                },
            )
            assert answer.status_code == 200


def _active(wb: Workbench, client_id: str, token: str) -> bool:
    active: bool = wb.client.introspect(client_id, SECRET, token).json["active"]
    return active


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """A store whose tokens are opaque, so that only the server knows them."""
    with Workbench.stored(tmp_path / "store", base_url=BASE) as wb:
        wb.prepare("agent-for-agent")
        wb.provider.statelessTokensEnabled = False
        wb.provider.allowDynamicRegistration = True
        wb.provider.supportedScopes = ("read",)
    return tmp_path / "store"


def test_a_killed_server_loses_nothing_that_it_acknowledged(store: Path) -> None:
    for seed in (1, 2):
        told = kill_in_mid_load(store, 40 * seed, seed)
        assert told.tokens
        require_all(told, store)


@pytest.mark.load
@pytest.mark.timeout(1800)
def test_a_server_killed_forty_times_loses_nothing_that_it_acknowledged(
    store: Path,
) -> None:
    random, counts = Random(0), [0, 0, 0]
    for seed in range(40):
        told = kill_in_mid_load(store, random.randint(1, 600), seed * 100)
        require_all(told, store)
        counts[0] += len(told.tokens)
        counts[1] += len(told.revoked)
        counts[2] += len(told.registered)
    print("\n40 kills; {} tokens, {} revoked, {} registered".format(*counts))
