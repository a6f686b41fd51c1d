"""The admin REST API of ``workbench serve``, by curl and from another process."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

VARIABLE = "WORKBENCH_ADMIN_PASSWORD"
ALPHA = "/json/realms/root/realms/alpha"
CLIENT = f"{ALPHA}/realm-config/agents/OAuth2Client/one"
JSON = ("--header", "Content-Type: application/json")


@contextmanager
def serving(*arguments: str, **environment: str) -> Iterator[dict[str, Any]]:
    command = [sys.executable, "-m", "workbench", "serve", "--port", "0", *arguments]
    with subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, **environment},
    ) as process:
        assert process.stdout is not None and process.stderr is not None
        try:
            ready = json.loads(process.stdout.readline())
            yield ready
            process.send_signal(signal.SIGTERM)
            assert process.wait(timeout=20) == 0
            ready["rest"] = process.stdout.read() + process.stderr.read()
        finally:
            process.kill()


def curl(base_url: str, path: str, *arguments: str) -> tuple[int, Any]:
    """Status and body."""
    command = ["curl", "--silent", "--show-error", "--write-out", "\n%{http_code}"]
    done = subprocess.run(
        [*command, *arguments, f"{base_url}{path}"],
        capture_output=True,
        text=True,
        timeout=20,
        check=True,
    )
    body, _, status = done.stdout.rpartition("\n")
    return int(status), json.loads(body)


def log_in(base_url: str, password: str) -> tuple[int, Any]:
    return curl(
        base_url,
        "/json/realms/root/authenticate",
        *("--request", "POST", "--data", "{}", *JSON),
        *("--header", "X-OpenAM-Username: amadmin"),
        *("--header", f"X-OpenAM-Password: {password}"),
    )


def session_of(ready: dict[str, Any]) -> str:
    status, told = log_in(ready["base_url"], ready["admin_password"])
    assert status == 200
    return f"iPlanetDirectoryPro: {told['tokenId']}"


@pytest.fixture(scope="module")
def ready() -> Iterator[dict[str, Any]]:
    with serving("--no-tls") as told:
        yield told


def test_the_ready_line_says_who_administers(ready: dict[str, Any]) -> None:
    assert ready["admin_user"] == "amadmin"
    assert len(ready["admin_password"]) >= 20


def test_curl_puts_a_client_that_then_gets_a_token(ready: dict[str, Any]) -> None:
    base_url, session = ready["base_url"], session_of(ready)
    sent = {
        "coreOAuth2ClientConfig": {"userpassword": "s", "scopes": ["read"]},
        "advancedOAuth2ClientConfig": {"grantTypes": ["client_credentials"]},
    }

    put = ("--request", "PUT", "--header", session, *JSON, "--data", json.dumps(sent))
    made, _ = curl(base_url, CLIENT, *put)
    form = "grant_type=client_credentials&client_id=one&client_secret=s&scope=read"
    path = "/oauth2/realms/root/realms/alpha/access_token"
    given, _ = curl(base_url, path, "--data", form)

    assert (made, given) == (201, 200)


def test_a_foreign_page_reaches_nothing(ready: dict[str, Any]) -> None:
    base_url, session = ready["base_url"], session_of(ready)
    cookie = session.replace(": ", "=")
    asked = ("--header", f"Cookie: {cookie}", "--request", "POST", "--data", "x=y")
    path = f"{ALPHA}/users?_action=create"

    foreign = curl(base_url, path, *asked, "--header", "Origin: https://evil.example")
    rebound = curl(base_url, path, *asked, "--header", "Host: evil.example")
    neighbour = curl(base_url, path, *asked, "--header", "Origin: http://localhost:1")
    silent = curl(base_url, path, *asked)

    statuses = [each[0] for each in (foreign, rebound, neighbour, silent)]
    assert statuses == [403, 403, 403, 403]


def test_a_preflight_allows_nobody_anything(ready: dict[str, Any]) -> None:
    done = subprocess.run(
        [
            *("curl", "--silent", "--include", "--request", "OPTIONS"),
            *("--header", "Origin: http://localhost:1"),
            *("--header", "Access-Control-Request-Method: PUT"),
            f"{ready['base_url']}{CLIENT}",
        ],
        capture_output=True,
        text=True,
        timeout=20,
        check=True,
    )

    assert "access-control" not in done.stdout.lower()
    assert " 405 " in done.stdout.splitlines()[0]


@pytest.mark.parametrize("path", ["..%2f..%2fusers%2fa", "%2e%2e/x", "a%00b", "%ff"])
def test_a_path_of_octets_is_an_id(ready: dict[str, Any], path: str) -> None:
    asked = ("--path-as-is", "--header", session_of(ready))

    status, told = curl(ready["base_url"], f"{ALPHA}/scripts/{path}", *asked)

    assert (status, told["reason"]) == (404, "Not Found")


def test_a_password_that_is_given_is_the_one_that_counts() -> None:
    with serving("--no-tls", "--admin-password", "chosen") as ready:
        assert ready["admin_password"] == "chosen"
        assert log_in(ready["base_url"], "chosen")[0] == 200


def test_a_password_of_the_environment_is_told_to_nobody() -> None:
    with serving("--no-tls", **{VARIABLE: "from-outside"}) as ready:
        assert ready["admin_password"] is None
        assert log_in(ready["base_url"], "from-outside")[0] == 200
        assert log_in(ready["base_url"], "wrong")[0] == 401

    assert "from-outside" not in f"{ready}"


def test_an_argument_goes_before_the_environment() -> None:
    arguments = ("--no-tls", "--admin-password", "chosen")
    with serving(*arguments, **{VARIABLE: "from-outside"}) as ready:
        assert log_in(ready["base_url"], "from-outside")[0] == 401


def test_a_password_that_cannot_be_is_refused_in_words() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "workbench", "serve", "--port", "0", "--no-tls"],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        env={**os.environ, VARIABLE: "two\nlines"},
    )

    assert done.returncode != 0
    assert "administrator's password" in done.stderr
    assert "two" not in done.stderr
    assert "Traceback" not in done.stderr


def test_a_store_keeps_what_was_changed_and_not_the_password(tmp_path: Path) -> None:
    store = tmp_path / "store"
    sent = {"coreOAuth2ClientConfig": {"userpassword": "s", "scopes": ["kept"]}}
    put = ("--request", "PUT", *JSON, "--data", json.dumps(sent))

    with serving("--no-tls", "--store", str(store)) as first:
        curl(first["base_url"], CLIENT, "--header", session_of(first), *put)
    with serving("--no-tls", "--store", str(store)) as second:
        status, told = curl(second["base_url"], CLIENT, "--header", session_of(second))

    assert (status, told["coreOAuth2ClientConfig"]["scopes"]["value"]) == (
        200,
        ["kept"],
    )
    assert first["admin_password"] != second["admin_password"]
    assert first["admin_password"].encode() not in store.read_bytes()


def test_nothing_is_logged_of_passwords_and_sessions() -> None:
    with serving("--no-tls") as ready:
        session = session_of(ready)
        log_in(ready["base_url"], "a-wrong-one")
        curl(ready["base_url"], f"{ALPHA}/users?_queryFilter=true", "-H", session)

    assert ready["rest"] == ""
