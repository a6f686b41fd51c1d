"""A history as a file: what stands in it, and that it can be sent from the top."""

import json
import re
import stat
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx
import pytest

from tests.stories import SECRET, exchange, own_token
from workbench import Workbench
from workbench.course.use_cases.by_name import USE_CASES
from workbench.course.use_cases.walk import walk
from workbench.errors import NotYet, SettingError

SETS = re.compile(r'client\.global\.set\("(\w+)", (.*)\);')
VARIABLE = re.compile(r"\{\{(\w+)\}\}")


def played(text: str, http: httpx.Client, given: dict[str, str]) -> list[str]:
    """Send every request of a ``.http`` file, and do what its scripts say.

    Returns:
        For each request what came and what its script expects.
    """
    values = dict(re.findall(r"^@(\w+) = (.*)$", text, re.MULTILINE)) | given
    told = []
    for block in text.split("\n### ")[1:]:
        request, _, script = block.partition("\n> {%\n")
        answer = send(VARIABLE.sub(lambda found: values[found[1]], request), http)
        for name, expression in SETS.findall(script):
            values[name] = worked_out(expression, answer)
        expected = re.findall(r"The answer is (\d+)", script)[0]
        told.append(f"{answer.status_code}, expected {expected}")
    return told


def send(request: str, http: httpx.Client) -> httpx.Response:
    lines = [line for line in request.split("\n")[1:] if not line.startswith("#")]
    method, url = lines[0].split(" ", 1)
    end = lines.index("") if "" in lines else len(lines)
    split = (line.partition(": ") for line in lines[1:end])
    headers = [(name, value) for name, _, value in split]
    basic = [value.split(" ")[1:] for name, value in headers if value[:6] == "Basic "]
    return http.request(
        method,
        url,
        headers=[h for h in headers if h[1][:6] != "Basic "],
        content="\n".join(lines[end + 1 :]).strip("\n").encode() or None,
        auth=httpx.BasicAuth(*basic[0]) if basic else None,
    )


def worked_out(expression: str, answer: httpx.Response) -> str:
    member = re.search(r"response\.body\.(\w+)", expression)
    if member:
        value = answer.json()[member[1]]
    else:
        value = httpx.URL(answer.headers["location"]).params["code"]
    return quote(value) if expression.startswith("encodeURIComponent") else value


def walked(wb: Workbench, name: str) -> Workbench:
    walk(wb.realm, wb.client, wb.prepare(name))
    return wb


@pytest.mark.parametrize("name", USE_CASES)
def test_a_file_of_a_use_case_can_be_sent_to_another_server_from_the_top(
    wb: Workbench, tmp_path: Path, name: str
) -> None:
    file = walked(wb, name).history.write(tmp_path / "calls.http", secrets=True)
    calls = len(wb.history)

    with Workbench() as other:
        other.prepare(name)
        told = played(file.read_text("utf-8"), other.http, {})

        assert [each.split(", expected ") for each in told] == [
            [str(call.status)] * 2 for call in wb.history
        ]
        assert len(other.history) == calls


@pytest.mark.parametrize("ending", ["http", "json"])
@pytest.mark.parametrize("name", USE_CASES)
def test_no_secret_and_no_token_stands_in_a_file(
    wb: Workbench, tmp_path: Path, name: str, ending: str
) -> None:
    walked(wb, name)

    text = wb.history.write(tmp_path / f"calls.{ending}").read_text("utf-8")

    assert [each for each in all_that_is_secret(wb) if each in text] == []


def all_that_is_secret(wb: Workbench) -> set[str]:
    found = {client.secret for client in wb.realm.clients.values()} - {None, ""}
    for call in wb.history:
        sent = dict(call.form) | dict(call.request_headers)
        told = call.json_or_none or {}
        names = ("subject_token", "actor_token", "code", "cookie", "x-openam-password")
        found |= {sent[name].rpartition("=")[2] for name in names if name in sent}
        found |= {told[name] for name in ("access_token", "tokenId") if name in told}
    return {str(each) for each in found}


def test_a_token_is_called_by_what_it_is_sent_as_and_comes_from_its_answer(
    story: Workbench, tmp_path: Path
) -> None:
    subject = own_token(story, "data-agent")
    exchange(story, "risk-agent", subject, actor_token=own_token(story, "risk-agent"))

    text = story.history.write(tmp_path / "calls.http").read_text("utf-8")

    assert "subject_token={{subject_token}}" in text
    assert "actor_token={{actor_token}}" in text
    assert SETS.findall(text) == [
        ("subject_token", "encodeURIComponent(response.body.access_token)"),
        ("actor_token", "encodeURIComponent(response.body.access_token)"),
    ]


def test_what_somebody_has_to_give_is_listed_at_the_top(
    story: Workbench, tmp_path: Path
) -> None:
    own_token(story, "data-agent")
    story.client.introspect("risk-agent", SECRET, "a-token-of-elsewhere")

    text = story.history.write(tmp_path / "calls.http").read_text("utf-8")

    listed = json.loads(re.findall(r"^#   (\{.*)$", text, re.MULTILINE)[0])
    assert listed == {
        "own": {"data_agent_secret": "", "risk_agent_secret": "", "access_token": ""}
    }


def test_a_file_without_secrets_is_sent_with_those_that_are_given(
    story: Workbench, tmp_path: Path
) -> None:
    own_token(story, "data-agent")

    text = story.history.write(tmp_path / "calls.http").read_text("utf-8")

    given = {"data_agent_secret": SECRET}
    assert played(text, story.http, given) == ["200, expected 200"]


def test_the_server_stands_in_a_file_once(story: Workbench, tmp_path: Path) -> None:
    own_token(story, "data-agent")

    text = story.history.write(tmp_path / "calls.http").read_text("utf-8")

    assert text.count("am.example.com") == 1
    assert f"@base_url = {story.realm.base_url}" in text


def test_some_calls_are_written_and_keep_their_names(
    story: Workbench, tmp_path: Path
) -> None:
    for agent in ("data-agent", "risk-agent"):
        own_token(story, agent)
    story.history.name(story.history[1], "le témoin {{x}}")

    file = story.history.write(tmp_path / "one.http", story.history[1:])

    assert "### 1 POST access_token: le témoin { {x}}" in file.read_text("utf-8")
    assert "data_agent" not in file.read_text("utf-8")


@pytest.mark.skipif(not hasattr(stat, "S_IRWXG"), reason="no such modes")
def test_only_its_owner_can_read_a_file(story: Workbench, tmp_path: Path) -> None:
    own_token(story, "data-agent")

    file = story.history.write(tmp_path / "calls.json")

    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_secret_with_awkward_characters_arrives_as_it_is(
    story: Workbench, tmp_path: Path
) -> None:
    secret = "a&b=c%41+d e{{x}}\u00e9"
    story.realm.update("data-agent", secret=secret)
    story.client.client_credentials("data-agent", secret, scope="read")

    file = story.history.write(tmp_path / "calls.http", secrets=True)

    assert played(file.read_text("utf-8"), story.http, {}) == ["200, expected 200"]


def test_credentials_in_the_header_are_variables_too(
    story: Workbench, tmp_path: Path
) -> None:
    story.realm.update("data-agent", token_endpoint_auth_method="client_secret_basic")
    form = {"grant_type": "client_credentials", "scope": "read"}
    url = f"{story.client.realm_url}/access_token"
    story.http.post(url, data=form, auth=("data-agent", SECRET))

    text = story.history.write(tmp_path / "calls.http").read_text("utf-8")
    found = json.loads(story.history.write(tmp_path / "calls.json").read_text("utf-8"))

    assert "authorization: Basic data-agent {{data_agent_secret}}" in text
    assert found["item"][0]["request"]["auth"]["basic"][1]["value"] == (
        "{{data_agent_secret}}"
    )
    given = {"data_agent_secret": SECRET}
    assert played(text, story.http, given) == ["200, expected 200"]


HOSTILE = "{{process.exit()}}\n### x\n< /etc/passwd\n> {% client.exit() %}"


def test_nothing_that_was_sent_becomes_a_script_or_a_request(
    story: Workbench, tmp_path: Path
) -> None:
    post = story.http.post
    url = f"{story.client.realm_url}/access_token"
    headers = {"x-h": "{{a}} {{b}}"}
    post(url, params={"x": HOSTILE}, data={HOSTILE: HOSTILE}, headers=headers)
    post(url, json={HOSTILE: HOSTILE, "deep": [{"a": HOSTILE}]})
    post(url, content=HOSTILE, headers={"content-type": "application/json"})
    post(url, content=HOSTILE, headers={"content-type": "text/plain"})

    file = story.history.write(tmp_path / "calls.http")
    text = file.read_text("utf-8")

    assert set(VARIABLE.findall(text)) == {"base_url"}
    assert text.count("{{") == len(story.history)
    assert text.count("\n### ") == len(story.history)
    assert text.count("\n> {%") == len(story.history)
    assert "\n< " not in text
    assert text.count("it is left out") == 2


def test_a_body_of_json_keeps_its_values(wb: Workbench, tmp_path: Path) -> None:
    body = {"a": HOSTILE, "b": [1, None, True, {"c": "é"}], "client_secret": "xyz"}
    wb.http.post(f"{wb.client.realm_url}/register", json=body)

    text = wb.history.write(tmp_path / "calls.http").read_text("utf-8")

    sent = next(line for line in text.split("\n") if line.startswith("{"))
    assert json.loads(sent) == {**body, "client_secret": "{{client_secret}}"}


def test_a_collection_has_the_members_that_its_format_asks_for(
    wb: Workbench, tmp_path: Path
) -> None:
    file = walked(wb, "agent-for-user").history.write(tmp_path / "calls.json")

    found: dict[str, Any] = json.loads(file.read_text("utf-8"))

    assert set(found) == {"info", "item", "variable"}
    assert found["info"]["schema"].endswith("/v2.1.0/collection.json")
    variables = {each["key"] for each in found["variable"]}
    assert set(VARIABLE.findall(json.dumps(found["item"]))) <= variables
    for item in found["item"]:
        request = item["request"]
        assert set(item) >= {"name", "request", "response", "event"}
        assert isinstance(request["url"], str)
        assert all(set(h) == {"key", "value"} for h in request["header"])
        assert request.get("body", {"mode": "raw"})["mode"] in ("raw", "urlencoded")


def test_another_ending_is_refused_and_nothing_is_written(
    story: Workbench, tmp_path: Path
) -> None:
    own_token(story, "data-agent")

    with pytest.raises(SettingError, match=r"\.http file, or into a \.json file"):
        story.history.write(tmp_path / "calls.txt")
    assert list(tmp_path.iterdir()) == []


def test_a_history_without_calls_says_so(wb: Workbench, tmp_path: Path) -> None:
    with pytest.raises(NotYet, match="No request has been sent yet"):
        wb.history.write(tmp_path / "calls.http")
