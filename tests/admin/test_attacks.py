"""What somebody sends who wants something else than AM's interface offers."""

import json
import threading
import time
from typing import Any

import pytest

from workbench import Workbench

from .conftest import ALPHA, BASE, Asking

SCRIPTS, USERS = f"{ALPHA}/scripts", f"{ALPHA}/users"
CLIENTS = f"{ALPHA}/realm-config/agents/OAuth2Client"


@pytest.mark.parametrize(
    "name",
    [
        "..%2f..%2fusers%2fanna",
        "%2e%2e/anna",
        "..;/anna",
        "a%2fb",
        "%00",
        "%0d%0aSet-Cookie:%20a=b",
        "%ff%fe",
        "a" * 10_000,
        "%20",
        "'%20or%201=1",
        "__proto__",
        "*",
    ],
)
def test_a_path_is_an_id_and_nothing_else(
    wb: Workbench, ask: Asking, name: str
) -> None:
    wb.realm.add_user("anna", password="s")

    for path in (SCRIPTS, CLIENTS, f"{ALPHA}/realm-config/services"):
        answer = ask("GET", f"{path}/{name}")
        assert (answer.status_code, answer.json()["reason"]) == (404, "Not Found")
    assert ask("DELETE", f"{USERS}/{name}").status_code == 404
    assert "anna" in wb.realm.users


@pytest.mark.parametrize("name", ["%00", "%0a", "a" * 10_000, "%20", "%20a"])
def test_an_id_that_nobody_could_read_is_not_kept(
    wb: Workbench, ask: Asking, name: str
) -> None:
    script = {"name": "a", "context": "OAUTH2_MAY_ACT", "script": "YQ=="}

    statuses = [
        ask("PUT", f"{SCRIPTS}/{name}", json=script).status_code,
        ask("PUT", f"{CLIENTS}/{name}", json={}).status_code,
        ask("PUT", f"{USERS}/{name}", json={"userpassword": "s"}).status_code,
    ]

    assert statuses == [400, 400, 400]


def test_an_id_with_a_slash_is_one_id(wb: Workbench, ask: Asking) -> None:
    url = "https%3A%2F%2Fclient.example.com%2Fa"

    made = ask("PUT", f"{CLIENTS}/{url}", json={})

    assert made.json()["_id"] == "https://client.example.com/a"
    assert ask("GET", f"{CLIENTS}/{url}").status_code == 200


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH"])
def test_a_collection_is_not_put_or_deleted(ask: Asking, method: str) -> None:
    assert ask(method, SCRIPTS, json={}).status_code == 405
    assert ask(method, f"{SCRIPTS}/", json={}).status_code == 405


@pytest.mark.parametrize(
    "sent",
    [
        b"",
        b"null",
        b"[]",
        b'"a"',
        b"{",
        b'{"a": 1, "a": 2}',
        b'{"name": "a", "x": {"b": 1, "b": 2}}',
        b'{"a": NaN}',
        b'{"a": 1e999}',
        b'{"a": "\xff"}',
        b'{"a": "\\ud800"}',
        b'{"a": "\\u0000"}',
        b'{"a": ' + b"[" * 100 + b"]" * 100 + b"}",
        b'{"a": ' + b"[" * 100_000 + b"]" * 100_000 + b"}",
        b'{"a": "' + b"x" * (1024 * 1024) + b'"}',
    ],
)
@pytest.mark.parametrize("path", [f"{SCRIPTS}/a", f"{CLIENTS}/a", f"{USERS}/a"])
def test_a_body_that_is_not_one_object_is_refused(
    wb: Workbench, ask: Asking, path: str, sent: bytes
) -> None:
    headers = {"Content-Type": "application/json"}

    answer = ask("PUT", path, content=sent, headers=headers)

    assert answer.status_code == 400
    assert not (wb.realm.scripts or wb.realm.clients or wb.realm.users)


@pytest.mark.parametrize(
    "kind", ["", "text/plain", "application/x-www-form-urlencoded", "application/jsonp"]
)
def test_what_a_form_of_any_page_can_send_is_no_body(
    wb: Workbench, session: str, kind: str
) -> None:
    headers = {
        "Cookie": f"iPlanetDirectoryPro={session}",
        "X-Requested-With": "XMLHttpRequest",
        "Content-Type": kind,
    }
    sent = json.dumps({"username": "anna", "userpassword": "s"}).encode()

    answer = wb.http.post(
        f"{BASE}{USERS}?_action=create", content=sent, headers=headers
    )

    assert answer.status_code == 400
    assert not wb.realm.users


@pytest.mark.parametrize(
    "query", ["", "_action=", "_action=evil", "_action=getAllTypes"]
)
def test_an_action_that_there_is_not_does_nothing(
    wb: Workbench, ask: Asking, query: str
) -> None:
    answer = ask("POST", f"{SCRIPTS}?{query}", json={"name": "a"})

    assert answer.status_code in (400, 501)
    assert not wb.realm.scripts


@pytest.mark.parametrize(
    "token",
    [
        "",
        "x",
        "x" * 60_000,
        "\u00e4",
        "*",
        "null",
        "iPlanetDirectoryPro=x",
        "%00",
        "../",
    ],
)
def test_a_session_that_is_none_opens_nothing(wb: Workbench, token: str) -> None:
    sent = token.encode("latin-1")
    header = {b"iPlanetDirectoryPro": sent}
    cookie = {b"Cookie": b"iPlanetDirectoryPro=" + sent}

    for headers in (header, cookie):
        answer = wb.http.get(f"{BASE}{USERS}?_queryFilter=true", headers=headers)
        assert answer.status_code == 401


@pytest.mark.parametrize("named", [None, 7, [], {"a": 1}, "x"])
def test_a_session_is_named_by_a_text(wb: Workbench, named: Any) -> None:
    url = f"{BASE}/sessions?_action=getSessionInfo"

    assert wb.http.post(url, json={"tokenId": named}).status_code == 401


def test_nothing_of_a_refusal_holds_what_was_sent_as_secret(
    wb: Workbench, ask: Asking
) -> None:
    for sent in (
        {"coreOAuth2ClientConfig": {"userpassword": ["never-told"]}},
        {"coreOAuth2ClientConfig": {"userpassword": "never-told", "scopes": 7}},
        {"coreOAuth2ClientConfig": {"userpassword": "never\u0001told", "scopes": 7}},
    ):
        answer = ask("PUT", f"{CLIENTS}/a", json=sent)
        assert answer.status_code == 400
        assert "never" not in answer.text
    ask("PUT", f"{USERS}/a", json={"userpassword": ["never-told", "b"]})

    assert "never" not in repr(list(wb.audit))


def test_many_are_listed_page_by_page_or_all_at_once(
    wb: Workbench, ask: Asking
) -> None:
    for number in range(300):
        wb.realm.register_client(f"client-{number}", secret="s")

    everything = ask("GET", f"{CLIENTS}?_queryFilter=true").json()
    page = ask("GET", f"{CLIENTS}?_queryFilter=true&_pageSize=10").json()

    assert everything["resultCount"] == 300
    assert (page["resultCount"], page["remainingPagedResults"]) == (10, 290)


def test_a_long_list_lets_other_requests_in_between(wb: Workbench, ask: Asking) -> None:
    for number in range(1500):
        wb.realm.register_client(f"client-{number}", secret="s")
    answered: list[float] = []
    listed = threading.Event()

    def asking() -> None:
        while not listed.is_set():
            wb.http.get(f"{BASE}/serverinfo/version")
            answered.append(time.perf_counter())

    other = threading.Thread(target=asking)
    begun = time.perf_counter()
    other.start()
    ask("GET", f"{CLIENTS}?_queryFilter=true")
    ended = time.perf_counter()
    listed.set()
    other.join()

    assert len([each for each in answered if begun < each < ended]) > 5
