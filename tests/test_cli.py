"""The command, run as a user runs it."""

import json
import os
import signal
import socket
import ssl
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

from workbench import Workbench

COMMAND = [sys.executable, "-m", "workbench"]


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*COMMAND, *arguments], capture_output=True, text=True, timeout=60, check=False
    )


@contextmanager
def serving(*arguments: str) -> Iterator[dict[str, Any]]:
    with subprocess.Popen(
        [*COMMAND, "serve", "--port", "0", *arguments],
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        try:
            yield json.loads(process.stdout.readline())
            process.send_signal(signal.SIGTERM)
            assert process.wait(timeout=20) == 0
        finally:
            process.kill()


def curl(*arguments: str, home: str | None = None) -> Any:
    done = subprocess.run(
        ["curl", "--silent", "--show-error", *arguments],
        capture_output=True,
        text=True,
        timeout=20,
        check=True,
        env={"CURL_HOME": home, "PATH": "/usr/bin:/bin"} if home else None,
    )
    return json.loads(done.stdout)


def form(**values: str) -> list[str]:
    pairs = (f"{name}={value}" for name, value in values.items())
    return [part for pair in pairs for part in ("--data", pair)]


def token(url: str, client_id: str, home: str | None = None) -> Any:
    return curl(
        "--request",
        "POST",
        *form(
            grant_type="client_credentials",
            client_id=client_id,
            client_secret="mySecret",
            scope="read",
        ),
        url,
        home=home,
    )


def exchange(url: str, home: str | None = None) -> Any:
    urn = "urn:ietf:params:oauth:token-type:access_token"
    return curl(
        "--request",
        "POST",
        *form(
            client_id="risk-agent",
            client_secret="mySecret",
            grant_type="urn:ietf:params:oauth:grant-type:token-exchange",
            scope="read",
            subject_token=token(url, "data-agent", home)["access_token"],
            subject_token_type=urn,
            actor_token=token(url, "risk-agent", home)["access_token"],
            actor_token_type=urn,
        ),
        url,
        home=home,
    )


def test_walk_prints_the_whole_flow() -> None:
    walked = run("walk", "agent-for-agent")

    assert (walked.returncode, walked.stderr) == (0, "")
    for part in ("(age!data-agent)", "(age!risk-agent)", "Granted", "may_act"):
        assert part in walked.stdout
    assert "mySecret" not in walked.stdout


def test_walk_shows_an_agent_that_registers_itself() -> None:
    walked = run("walk", "autonomous-agent")
    steps = json.loads(run("walk", "autonomous-agent", "--json").stdout)["steps"]

    assert (walked.returncode, walked.stderr) == (0, "")
    assert "201 Created" in walked.stdout
    assert "acts as itself" in walked.stdout
    assert '"client_secret": "••••••••"' in walked.stdout
    assert '"registration_access_token": "••••••••"' in walked.stdout
    assert steps[0]["request"]["json"]["client_name"] == "update-agent"
    assert steps[2]["token"]["claims"]["scope"] == ["read", "write"]


def test_walk_gives_programs_requests_claims_and_decisions() -> None:
    walked = json.loads(run("walk", "--json").stdout)

    last = walked["steps"][-1]
    assert last["request"]["form"]["client_id"] == "risk-agent"
    assert last["response"]["status"] == 200
    assert last["token"]["claims"]["act"] == {"sub": "(age!risk-agent)"}
    assert last["decision"]["granted"]
    assert all(check["passed"] for check in last["decision"]["checks"])


def test_walk_names_the_use_cases_it_knows() -> None:
    walked = run("walk", "agent-for-nobody")

    assert walked.returncode == 2
    assert "agent-for-agent" in walked.stderr


def test_serve_answers_the_three_calls_of_the_page_from_another_process() -> None:
    with serving("--no-tls", "--use-case", "agent-for-agent") as ready:
        url = f"{ready['base_url']}/oauth2/realms/root/realms/alpha/access_token"

        answer = exchange(url)

    assert answer["scope"] == "read"
    assert answer["expires_in"] in (3598, 3599)
    assert ready["base_url"].startswith("http://127.0.0.1:")
    assert ready["ca_file"] is None


def test_serve_has_as_many_realms_as_it_is_told() -> None:
    realms = ("--realm", "alpha", "--realm", "beta", "--realm", "/")
    with serving("--no-tls", "--use-case", "agent-for-agent", *realms) as ready:
        answers = [
            exchange(f"{ready['base_url']}/oauth2{path}/access_token")
            for path in ("/alpha", "/beta", "", "/realms/root/realms/beta")
        ]

    assert [each["scope"] for each in answers] == ["read"] * 4


def test_serve_lets_an_agent_register_itself_from_another_process() -> None:
    metadata = {
        "grant_types": [
            "client_credentials",
            "urn:ietf:params:oauth:grant-type:token-exchange",
        ],
        "scopes": ["read", "write"],
    }
    with serving("--no-tls", "--use-case", "autonomous-agent") as ready:
        base = f"{ready['base_url']}/oauth2/realms/root/realms/alpha"
        found = curl(f"{base}/.well-known/oauth-authorization-server/aiagent")
        agent = curl(
            *("--header", "content-type: application/json"),
            *("--data", json.dumps(metadata), found["registration_endpoint"]),
        )
        own = httpx.post(
            found["token_endpoint"],
            data={"grant_type": "client_credentials", "scope": "read"},
            auth=(agent["client_id"], agent["client_secret"]),
        ).json()
        raised = httpx.post(
            found["token_endpoint"],
            data={
                "grant_type": metadata["grant_types"][1],
                "scope": "read write",
                "subject_token": own["access_token"],
                "subject_token_type": "urn:ietf:params:oauth:token-type:access_token",
            },
            auth=(agent["client_id"], agent["client_secret"]),
        ).json()
        manages = {"Authorization": f"Bearer {agent['registration_access_token']}"}
        gone = httpx.delete(agent["registration_client_uri"], headers=manages)

    assert raised["scope"] == "read write"
    assert (gone.status_code, gone.content) == (204, b"")


def test_serve_says_its_own_url_in_discovery_unless_told_otherwise() -> None:
    path = "oauth2/realms/root/realms/alpha/.well-known/openid-configuration"
    with serving("--no-tls") as ready:
        own = httpx.get(f"{ready['base_url']}/{path}").json()
    with serving("--no-tls", "--base-url", "https://am.test/am") as ready:
        port_url = f"http://127.0.0.1:{_port(ready['pid'])}/am"
        told = httpx.get(f"{port_url}/{path}").json()

    assert own["issuer"].startswith("http://127.0.0.1:")
    assert told["issuer"] == "https://am.test/am/oauth2/realms/root/realms/alpha"


def test_serve_with_tls_answers_the_vendors_commands_unchanged() -> None:
    url = "https://am.example.com:8443/am/oauth2/realms/root/realms/alpha/access_token"
    with serving("--use-case", "agent-for-agent") as ready:
        answer = exchange(url, home=ready["curl_home"])

    assert answer["token_type"] == "Bearer"


@pytest.mark.parametrize("tls", [[], ["--no-tls"]], ids=["https", "http"])
def test_serve_answers_to_the_host_of_its_base_url_and_to_no_other(
    tls: list[str],
) -> None:
    base = ["--base-url", "https://sso.example.org/am"]
    with serving(*tls, *base) as ready:
        port = _port(ready["pid"])
        scheme = "https" if ready["ca_file"] else "http"
        trust = ssl.create_default_context(cafile=ready["ca_file"])
        url = f"{scheme}://127.0.0.1:{port}/am/oauth2/connect/jwk_uri"
        answers = [
            httpx.get(url, headers={"Host": host}, verify=trust).status_code
            for host in ("sso.example.org", f"localhost:{port}", "evil.example")
        ]

    assert ready["base_url"] == base[1]
    assert answers == [200, 200, 403]


def test_serve_says_that_a_port_is_taken() -> None:
    with serving("--no-tls") as ready:
        port = ready["base_url"].split(":")[2].split("/")[0]
        second = run("serve", "--no-tls", "--port", port)

    assert second.returncode == 1
    assert f"Port {port} cannot be had" in second.stderr
    assert "Traceback" not in second.stderr


def test_serve_takes_the_port_that_its_store_was_served_at(tmp_path: Path) -> None:
    store = ("--no-tls", "--store", str(tmp_path / "store"))
    with serving(*store, "--use-case", "agent-for-agent") as ready:
        first, path = ready["base_url"], "oauth2/alpha/access_token"
        issued = token(f"{first}/{path}", "risk-agent")["access_token"]
    with serving(*store) as ready:
        assert ready["base_url"] == first
        url = f"{first}/oauth2/alpha/introspect"
        auth = ("risk-agent", "mySecret")
        assert httpx.post(url, data={"token": issued}, auth=auth).json()["active"]
    command = [*COMMAND, "serve", *store]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert json.loads(process.stdout.readline())["base_url"] == first
        process.terminate()


def test_serve_says_so_where_the_port_of_its_store_is_taken(tmp_path: Path) -> None:
    store = ("--no-tls", "--store", str(tmp_path / "store"))
    with serving(*store) as ready:
        first = ready["base_url"]
    with (
        socket.create_server(("127.0.0.1", int(first.split(":")[2].split("/")[0]))),
        subprocess.Popen(
            [*COMMAND, "serve", "--port", "0", *store],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        ) as process,
    ):
        assert process.stdout is not None
        moved = json.loads(process.stdout.readline())["base_url"]
        process.terminate()
        _, told = process.communicate(timeout=20)

    assert moved != first
    assert f"was served as {first}" in told


def test_serve_has_words_for_a_saved_bench_that_is_given_as_a_store(
    tmp_path: Path,
) -> None:
    saved, store = tmp_path / "bench.json", tmp_path / "store"
    with Workbench(base_url="http://127.0.0.1:9/am") as wb:
        wb.prepare("agent-for-agent")
        wb.save(saved)

    told = run("serve", "--store", str(saved))

    assert told.returncode == 1
    assert "is a saved bench, and a store is another file" in told.stderr
    exec(told.stderr.partition("Python: ")[2].replace("new.store", str(store)))
    with serving("--no-tls", "--store", str(store)) as ready:
        assert token(f"{ready['base_url']}/oauth2/alpha/access_token", "risk-agent")


def test_walk_goes_through_a_terminal_without_unicode() -> None:
    environment = {**os.environ, "LC_ALL": "C", "PYTHONIOENCODING": "ascii"}

    walked = subprocess.run(
        [*COMMAND, "walk"],
        env=environment,
        capture_output=True,
        timeout=60,
        check=False,
    )

    assert (walked.returncode, walked.stderr) == (0, b"")
    assert b"Granted" in walked.stdout


@pytest.mark.parametrize("command", [["walk"], ["serve", "--no-tls", "--port", "0"]])
def test_an_output_that_takes_nothing_is_said_without_a_traceback(
    command: list[str],
) -> None:
    with open("/dev/full", "w") as full:
        done = subprocess.run(
            [*COMMAND, *command],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            timeout=30,
            check=False,
        )

    assert done.returncode == 1
    assert done.stderr.startswith("workbench: ")
    assert "Traceback" not in done.stderr


def test_serve_ends_where_nobody_can_learn_its_address() -> None:
    with subprocess.Popen(
        [*COMMAND, "serve", "--no-tls", "--port", "0"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdout is not None
        process.stdout.close()
        try:
            assert process.wait(timeout=30) == 1
        finally:
            process.kill()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_serve_ends_however_soon_it_is_told_to(number: signal.Signals) -> None:
    for _ in range(5):
        with subprocess.Popen(
            [*COMMAND, "serve", "--no-tls", "--port", "0"],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        ) as process:
            try:
                assert process.stdout is not None
                process.stdout.readline()
                process.send_signal(number)
                assert process.communicate(timeout=20) == (b"", b"")
                assert process.returncode == 0
            finally:
                process.kill()


def test_a_lesson_folder_that_is_a_file_is_said_without_a_traceback(
    tmp_path: Path,
) -> None:
    taken = tmp_path / "taken"
    taken.write_text("")

    done = run("lab", "--no-browser", "--dir", str(taken))

    assert done.returncode == 1
    assert "taken" in done.stderr
    assert "Traceback" not in done.stderr


def test_help_lists_the_commands() -> None:
    helped = run("--help")

    assert helped.returncode == 0
    for command in ("lab", "walk", "serve"):
        assert command in helped.stdout


@pytest.mark.skipif(not Path("/proc").exists(), reason="reads /proc")
def test_serve_binds_to_loopback_alone() -> None:
    with serving("--no-tls") as ready:
        port = int(ready["base_url"].split(":")[2].split("/")[0])
        lines = Path("/proc/net/tcp").read_text(encoding="ascii").splitlines()

    addresses = [line.split()[1] for line in lines if f":{port:04X} " in line]
    assert addresses
    assert all(address.startswith("0100007F:") for address in addresses)


def _port(pid: int) -> int:
    """The port that a process listens on, by its sockets."""
    inodes = set()
    for link in Path(f"/proc/{pid}/fd").iterdir():
        try:
            inodes.add(str(link.readlink()))
        except OSError:
            continue
    for line in Path("/proc/net/tcp").read_text(encoding="ascii").splitlines()[1:]:
        part = line.split()
        if part[3] == "0A" and f"socket:[{part[9]}]" in inodes:
            return int(part[1].split(":")[1], 16)
    raise AssertionError("the server does not listen")


GOOD = 'token.setMayAct({client_id: "risk-agent", sub: "(age!risk-agent)"});'


def test_check_passes_a_good_script(tmp_path: Path) -> None:
    file = tmp_path / "good.js"
    file.write_text(GOOD, encoding="utf-8")

    told = run("script", "check", str(file))

    assert told.returncode == 0
    assert told.stdout.startswith("✓ stamped: good.js")


def test_check_fails_a_bad_one_and_tells_programs_why(tmp_path: Path) -> None:
    file = tmp_path / "bad.js"
    file.write_text(GOOD.replace("(age!risk-agent)", "risk-agent"), encoding="utf-8")

    told = run("script", "check", str(file), "--json")

    checked = json.loads(told.stdout)
    assert told.returncode == 1
    assert list(checked)[:4] == ["accepted", "outcome", "findings", "log"]
    assert checked["context_by"] == "it uses token"
    assert checked["accepted"]
    assert list(checked["findings"][0]) == [
        *("code", "severity", "line", "column", "message", "fix")
    ]
    assert checked["findings"][0]["code"] == "untyped-sub"


def test_check_knows_the_legacy_dialect_and_standard_input() -> None:
    told = subprocess.run(
        [*COMMAND, "script", "check", "-", "--legacy", "--json"],
        input=GOOD,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )

    checked = json.loads(told.stdout)
    assert told.returncode == 1
    assert checked["outcome"]["kind"] == "error"
    assert checked["findings"][0]["code"] == "next-generation-api"


def test_check_can_be_about_a_person(tmp_path: Path) -> None:
    file = tmp_path / "person.js"
    file.write_text(
        "token.setMayAct({client_id: identity.getAttributeValues('agent')[0],"
        " sub: '(age!' + scopes[0] + ')'});",
        encoding="utf-8",
    )

    told = run(
        *("script", "check", str(file), "--json", "--scope", "a b"),
        *("--user", "bjensen", "--attribute", "agent=hr-agent"),
    )

    assert json.loads(told.stdout)["outcome"]["may_act"] == {
        "client_id": "hr-agent",
        "sub": "(age!a)",
    }
    assert told.returncode == 0


def test_check_says_what_is_no_script(tmp_path: Path) -> None:
    file = tmp_path / "binary.js"
    file.write_bytes(b"\xff\xfe")

    binary = run("script", "check", str(file))
    missing = run("script", "check", str(tmp_path / "none.js"))

    assert (binary.returncode, missing.returncode) == (1, 1)
    assert "no UTF-8 text" in binary.stderr
    assert f"There is no file {tmp_path / 'none.js'}." in missing.stderr


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("none.js", "There is no file"),
        ("folder", "is a directory"),
        ("binary.js", "is no UTF-8 text: see its octet 2."),
    ],
)
def test_check_tells_programs_what_is_no_script(
    tmp_path: Path, name: str, words: str
) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "binary.js").write_bytes(b"a\xff\xfe")

    told = run("script", "check", str(tmp_path / name), "--json")

    checked = json.loads(told.stdout)
    error = checked["outcome"]["error"]
    assert (told.returncode, told.stderr) == (1, "")
    assert words in error.pop("message")
    assert checked == {
        "accepted": False,
        "outcome": {
            "kind": "error",
            "may_act": None,
            "error": {"line": None, "column": None},
        },
        "findings": [],
        "log": [],
        "name": name,
        "context": None,
        "context_by": None,
    }
