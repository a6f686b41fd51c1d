"""The APIs on ports of their own: curl, risk-agent and the walk from outside."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.test_cli import COMMAND, curl, exchange, form, run, token

AGENT = [sys.executable, "-m", "workbench.course.apis.risk_agent"]


@pytest.fixture(scope="module")
def ready() -> Iterator[dict[str, Any]]:
    """What a server with APIs printed; it is up for all tests of this file."""
    command = [*COMMAND, "serve", "--port", "0", "--use-case", "agent-for-agent"]
    with subprocess.Popen(
        [*command, "--with-apis"], stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        try:
            yield json.loads(process.stdout.readline())
            process.send_signal(signal.SIGTERM)
            assert process.wait(timeout=20) == 0
        finally:
            process.kill()


@pytest.fixture
def ready_file(ready: dict[str, Any], tmp_path: Path) -> Path:
    path = tmp_path / "ready.json"
    path.write_text(json.dumps(ready), "utf-8")
    return path


def endpoint(ready: dict[str, Any]) -> str:
    return f"{ready['base_url']}/oauth2/realms/root/realms/alpha/access_token"


def delegated(ready: dict[str, Any], *apis: str) -> str:
    """A token for these APIs, as curl gets it."""
    home, url = ready["curl_home"], endpoint(ready)
    urn = "urn:ietf:params:oauth:token-type:access_token"
    sent = form(
        client_id="risk-agent",
        client_secret="mySecret",
        grant_type="urn:ietf:params:oauth:grant-type:token-exchange",
        scope="read",
        subject_token=token(url, "data-agent", home)["access_token"],
        subject_token_type=urn,
        actor_token=token(url, "risk-agent", home)["access_token"],
        actor_token_type=urn,
    )
    for name in apis:
        sent += form(audience=ready["apis"][name])
    answer: str = curl(*sent, url, home=home)["access_token"]
    return answer


def ask(ready: dict[str, Any], name: str, *more: str) -> Any:
    """What curl is answered by an API, with the status beside it."""
    return curl(
        *("--cacert", ready["ca_file"], *more),
        *("--header", "Content-Type: application/json"),
        *("--data", '{"customer": "c-17"}'),
        *("--write-out", "%{stderr}%{http_code}"),
        f"{ready['apis'][name]}/score",
    )


def bearer(value: str) -> list[str]:
    return ["--header", f"Authorization: Bearer {value}"]


def agent(
    *arguments: str, given: str = "", **environment: str
) -> subprocess.CompletedProcess[str]:
    """Run risk-agent with these variables beside those that it needs to start."""
    own = {"RISK_AGENT_SECRET": "mySecret"} | environment
    return subprocess.run(
        [*AGENT, *arguments],
        env=os.environ | own,
        input=given,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_curl_is_answered_with_a_token_for_the_api(ready: dict[str, Any]) -> None:
    value = delegated(ready, "ledger")

    assert ask(ready, "ledger", *bearer(value))["score"] == 26
    assert ask(ready, "market", *bearer(value))["error"] == "invalid_token"


def test_curl_is_refused_with_the_token_of_the_vendors_page(
    ready: dict[str, Any],
) -> None:
    value = exchange(endpoint(ready), ready["curl_home"])["access_token"]

    assert ask(ready, "ledger", *bearer(value))["error"] == "invalid_token"


def test_an_api_answers_to_its_own_names_alone(ready: dict[str, Any]) -> None:
    answer = ask(ready, "ledger", "--header", "Host: evil.example")

    assert answer["error"] == "access_denied"


def test_an_api_takes_no_larger_body_than_it_says(ready: dict[str, Any]) -> None:
    large = "x" * 70_000
    answer = curl(
        *("--cacert", ready["ca_file"], *bearer(delegated(ready, "ledger"))),
        *("--data", json.dumps({"customer": large})),
        f"{ready['apis']['ledger']}/score",
    )

    assert answer["status"] in (400, 413)


def test_risk_agent_explains_what_it_selected(
    ready: dict[str, Any], ready_file: Path
) -> None:
    subject = token(endpoint(ready), "data-agent", ready["curl_home"])["access_token"]

    done = agent("--ready", str(ready_file), given=f"{subject}\n")

    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["api"] == "ledger"
    for part in ("data-agent", "risk-agent", "26", "69", "33", "it is the surest"):
        assert part in done.stderr
    assert subject not in done.stderr
    assert "mySecret" not in done.stderr


def test_risk_agent_says_who_did_not_answer(
    ready: dict[str, Any], ready_file: Path
) -> None:
    subject = token(endpoint(ready), "data-agent", ready["curl_home"])["access_token"]
    away = "https://127.0.0.1:1"

    some = agent(
        *("--ready", str(ready_file), "--api", f"market={ready['apis']['market']}"),
        *("--api", f"network={ready['apis']['network']}"),
        SUBJECT_TOKEN=subject,
    )
    none = agent(
        *("--ready", str(ready_file), "--api", f"ledger={away}"),
        SUBJECT_TOKEN=subject,
    )

    assert json.loads(some.stdout)["api"] == "market"
    assert none.returncode == 1
    assert "Invalid audience requested" in none.stderr


def test_risk_agent_says_what_it_lacks(ready_file: Path) -> None:
    ready = ["--ready", str(ready_file)]

    assert "RISK_AGENT_SECRET" in agent(*ready, RISK_AGENT_SECRET="").stderr
    assert "SUBJECT_TOKEN" in agent(*ready).stderr
    assert "--ready or --am" in agent().stderr
    nothing = agent("--am", "https://127.0.0.1:1/am", SUBJECT_TOKEN="t")
    assert (nothing.returncode, "--api" in nothing.stderr) == (2, True)


def test_the_walk_goes_to_the_end_against_a_server(ready_file: Path) -> None:
    walked = run("walk", "--against", str(ready_file))

    assert walked.returncode == 0, walked.stderr
    assert "Verified: signed with a key that the server publishes." in walked.stdout
    assert "INFO risk-agent: Risk 26 of 100, by ledger" in walked.stdout
    assert "its decisions, rules and audit trail cannot be shown" in walked.stdout
    assert "mySecret" not in walked.stdout


def test_the_walk_reads_the_line_from_standard_input(ready_file: Path) -> None:
    done = subprocess.run(
        [*COMMAND, "walk", "--brief", "--against", "-"],
        input=ready_file.read_text("utf-8"),
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )

    assert "8. ✓ risk-agent asks network." in done.stdout


def test_the_walk_takes_a_base_url_and_the_apis_one_by_one(
    ready: dict[str, Any],
) -> None:
    at = ["walk", "--json", "--against", ready["base_url"]]
    at += ["--ca-file", ready["ca_file"]]
    ledger = ["--api", f"ledger={ready['apis']['ledger']}"]

    without = json.loads(run(*at).stdout)
    with_one = json.loads(run(*at, *ledger).stdout)

    assert without["apis"] is None
    assert "--with-apis" in without["remarks"][1]
    assert with_one["apis"]["selected"]["api"] == "ledger"
    assert [step["decision"] for step in with_one["steps"]] == [None] * 3


def test_the_walk_says_what_it_cannot_reach() -> None:
    away = run("walk", "--against", "https://127.0.0.1:1/am")
    unread = run("walk", "--against", str(Path(__file__)))

    assert "No answer from https://127.0.0.1:1/am" in away.stderr
    assert "workbench serve prints" in unread.stderr
    assert [away.returncode, unread.returncode] == [1, 1]
    assert "Traceback" not in away.stderr + unread.stderr


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["serve", "--with-apis"], "--use-case agent-for-agent"),
        (["serve", "--with-apis", "--use-case", "agent-for-user"], "agent-for-agent"),
        (
            ["serve", "--with-apis", "--use-case", "agent-for-agent", "--store", "s"],
            "without --store",
        ),
        (["walk", "--ca-file", "ca.pem"], "go with --against"),
        (["walk", "--api", "ledger"], "an API is NAME=URL"),
        (["walk", "--against", "-", "--ca-file", "x"], "go with a base URL"),
    ],
)
def test_what_does_not_go_together_is_told(arguments: list[str], told: str) -> None:
    done = run(*arguments)

    assert done.returncode != 0
    assert told in done.stderr
    assert "Traceback" not in done.stderr


def test_a_server_with_another_name_is_reached_by_its_apis(tmp_path: Path) -> None:
    command = [*COMMAND, "serve", "--port", "0", "--use-case", "agent-for-agent"]
    named = ["--with-apis", "--base-url", "https://am.example.com:8443/am"]
    with subprocess.Popen(
        [*command, *named], stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        try:
            ready = json.loads(process.stdout.readline())
            value = delegated(ready, "ledger")
            assert ask(ready, "ledger", *bearer(value))["score"] == 26
        finally:
            process.terminate()
            assert process.wait(timeout=20) == 0
