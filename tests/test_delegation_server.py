"""The fixture ``delegation_server``, used as a developer of an agent would use it."""

import os
import shutil
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

import httpx
import jwt
import pytest

from workbench.errors import SettingError, WorkbenchError
from workbench.served import DelegationServer, serving

SECRET = "mySecret"
FORM = {"grant_type": "client_credentials", "scope": "read"}
FORM |= {"client_id": "data-agent", "client_secret": SECRET}


def token(server: DelegationServer) -> str:
    answer = httpx.post(server.token_endpoint, data=FORM, verify=server.ssl_context)
    return str(answer.json()["access_token"])


@pytest.mark.delegation_server("agent-for-agent")
def test_httpx_reaches_it_with_its_context(delegation_server: DelegationServer) -> None:
    assert delegation_server.url.startswith("https://127.0.0.1:")
    assert token(delegation_server)


@pytest.mark.delegation_server("agent-for-agent")
@pytest.mark.parametrize("tls", [True, False])
def test_requests_reaches_it_with_its_file(tls: bool) -> None:
    code = (
        "import sys, requests;"
        "told = requests.post(sys.argv[1], verify=sys.argv[2] or None,"
        " data=dict(each.split('=') for each in sys.argv[3:]));"
        "print(told.status_code)"
    )
    with serving("agent-for-agent", tls=tls) as server:
        ca_file = str(server.ca_file or "")
        form = [f"{name}={value}" for name, value in FORM.items()]
        command = [sys.executable, "-c", code, server.token_endpoint, ca_file, *form]
        done = subprocess.run(command, capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "200"


@pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not installed")
@pytest.mark.parametrize("vendors", [True, False])
@pytest.mark.delegation_server("agent-for-agent")
def test_curl_reaches_it_under_both_urls(
    delegation_server: DelegationServer, vendors: bool
) -> None:
    url = delegation_server.token_endpoint
    if vendors:
        url = url.replace(delegation_server.url, "https://am.example.com:8443/am")
    fields = [f"-d{name}={value}" for name, value in FORM.items()]
    done = subprocess.run(
        ["curl", "--silent", "--fail", "--noproxy", "*", *fields, url],
        env={**os.environ, "CURL_HOME": str(delegation_server.curl_home)},
        capture_output=True,
        text=True,
        check=False,
        timeout=20,
    )

    assert '"access_token"' in done.stdout, done.stderr


def test_without_a_marker_nobody_is_registered_and_agents_are_on(
    delegation_server: DelegationServer,
) -> None:
    assert list(delegation_server.workbench.realm.clients) == []
    delegation_server.workbench.realm.register_agent("a", secret="s", scopes=["read"])


def test_a_use_case_is_registered_by_a_call(
    delegation_server: DelegationServer,
) -> None:
    delegation_server.prepare("agent-for-user")

    assert "hr-agent" in delegation_server.workbench.realm.clients


@pytest.mark.delegation_server("agent-for-agent", tls=False, now=1_790_000_000)
def test_the_marker_says_how_it_is_served(delegation_server: DelegationServer) -> None:
    assert delegation_server.url.startswith("http://127.0.0.1:")
    assert delegation_server.ca_file is None
    assert delegation_server.clock.now() == 1_790_000_000


@pytest.mark.delegation_server("agent-for-agent")
def test_its_clock_is_the_systems_until_the_test_moves_it(
    delegation_server: DelegationServer,
) -> None:
    delegation_server.workbench.provider.statelessTokensEnabled = True
    claims = jwt.decode(token(delegation_server), options={"verify_signature": False})
    assert abs(claims["iat"] - time.time()) < 60

    delegation_server.clock.advance(seconds=3600)

    later = jwt.decode(token(delegation_server), options={"verify_signature": False})
    assert later["iat"] - claims["iat"] >= 3600


@pytest.mark.delegation_server("agent-for-agent", tls=False)
def test_the_audit_says_why_an_exchange_was_refused(
    delegation_server: DelegationServer,
) -> None:
    kind = "urn:ietf:params:oauth:token-type:access_token"
    form = FORM | {
        "grant_type": "urn:ietf:params:oauth:grant-type:token-exchange",
        "subject_token": token(delegation_server),
        "subject_token_type": kind,
    }

    answer = httpx.post(delegation_server.token_endpoint, data=form)

    refusal = delegation_server.audit.decision.refusal
    assert answer.status_code == 400
    assert refusal is not None
    assert refusal.rule == "may_act.client_id names the client"


def test_its_port_and_its_thread_are_free_afterwards() -> None:
    before = threading.active_count()
    with serving("agent-for-agent", tls=False) as server, httpx.Client() as kept:
        kept.post(server.token_endpoint, data=FORM)
        port = httpx.URL(server.url).port
        assert port is not None

    assert threading.active_count() == before
    with socket.create_server(("127.0.0.1", port)):
        pass


def test_two_servers_stand_side_by_side() -> None:
    with serving("agent-for-agent") as one, serving("agent-for-agent") as other:
        assert one.url != other.url
        assert token(one)
        assert "token" not in [event.kind for event in other.audit]


def test_servers_of_many_workers_do_not_meet(tmp_path: Path) -> None:
    (tmp_path / "test_it.py").write_text(
        "import httpx, pytest\n"
        '@pytest.mark.delegation_server("agent-for-agent", tls=False)\n'
        "@pytest.mark.parametrize('n', range(6))\n"
        "def test_it(delegation_server, n):\n"
        f"    told = httpx.post(delegation_server.token_endpoint, data={FORM!r})\n"
        "    assert told.status_code == 200\n"
        "    told = [each.kind for each in delegation_server.audit]\n"
        "    assert told.count('token') == 1\n",
        "utf-8",
    )

    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-n", "3", "--strict-markers"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )

    assert "6 passed" in done.stdout, done.stdout


def test_a_use_case_that_is_not_there_is_told() -> None:
    with (
        pytest.raises(WorkbenchError, match="agent-for-agent"),
        serving("agent-for-agents"),
    ):
        pass


def test_a_profile_that_is_not_there_is_told() -> None:
    with pytest.raises(SettingError, match="pingam"), serving(profile="am"):
        pass


def test_its_repr_shows_where_it_is_and_no_secret() -> None:
    with serving("agent-for-agent", tls=False) as server:
        assert repr(server) == f"<DelegationServer {server.url}>"
