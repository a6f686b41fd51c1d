"""The endpoints over HTTP: methods, headers, parameters, error bodies."""

import base64
import json
from typing import Any

import pytest
from werkzeug.test import Client, create_environ

from workbench import Workbench

REALM = "https://am.example.com:8443/am/oauth2/realms/root/realms/alpha"
URL = f"{REALM}/access_token"
GOOD = {
    "grant_type": "client_credentials",
    "client_id": "risk-agent",
    "client_secret": "mySecret",
    "scope": "read",
}
FAILED = {
    "error": "invalid_client",
    "error_description": "Client authentication failed",
}


def refusal(error: str, description: str) -> dict[str, str]:
    return {"error_description": description, "error": error}


def but(**changes: str | None) -> dict[str, str]:
    return {k: v for k, v in {**GOOD, **changes}.items() if v is not None}


def basic(client_id: str, secret: str) -> dict[str, str]:
    pair = base64.b64encode(f"{client_id}:{secret}".encode()).decode()
    return {"Authorization": f"Basic {pair}"}


REFUSALS = [
    (but(client_secret="wrong"), 400, FAILED),
    (but(client_secret=None), 400, FAILED),
    (but(client_id="nobody"), 400, FAILED),
    (but(client_id=None, client_secret=None), 400, FAILED),
    (
        but(grant_type=None),
        400,
        refusal("invalid_request", "Grant type is not set"),
    ),
    (
        but(grant_type="magic"),
        400,
        refusal("unsupported_grant_type", "Grant type is not supported"),
    ),
    (
        but(scope="admin read"),
        400,
        refusal("invalid_scope", "Unknown/invalid scope(s): [admin]"),
    ),
    (
        but(scope=None),
        400,
        refusal("invalid_scope", "No scope requested and no default scope configured"),
    ),
]


@pytest.mark.parametrize(("form", "status", "body"), REFUSALS)
def test_refuses_with_pingams_body(
    story: Workbench, form: dict[str, str], status: int, body: dict[str, str]
) -> None:
    answer = story.http.post(URL, data=form)

    assert (answer.status_code, answer.json()) == (status, body)
    assert answer.headers["cache-control"] == "no-store"
    assert story.audit[-1].error == body["error"]


def test_takes_credentials_from_the_basic_header(story: Workbench) -> None:
    form = but(client_id=None, client_secret=None)

    answer = story.http.post(URL, data=form, headers=basic("risk-agent", "mySecret"))

    assert answer.status_code == 200


def test_answers_401_to_a_wrong_secret_in_the_basic_header(story: Workbench) -> None:
    form = but(client_id=None, client_secret=None)

    answer = story.http.post(URL, data=form, headers=basic("risk-agent", "no"))

    assert (answer.status_code, answer.json()) == (401, FAILED)
    assert answer.headers["www-authenticate"].startswith("Basic realm=")


@pytest.mark.parametrize("header", ["Basic !!!", "Basic /w==", "Basic "])
def test_answers_401_to_a_basic_header_that_cannot_be_read(
    story: Workbench, header: str
) -> None:
    answer = story.http.post(URL, data=GOOD, headers={"Authorization": header})

    assert (answer.status_code, answer.json()) == (401, FAILED)


def test_takes_header_and_form_that_name_the_same_client(story: Workbench) -> None:
    headers = basic("risk-agent", "mySecret")

    answer = story.http.post(URL, data=but(client_secret=None), headers=headers)

    assert answer.status_code == 200


def test_refuses_header_and_form_that_name_two_clients(story: Workbench) -> None:
    headers = basic("data-agent", "mySecret")

    answer = story.http.post(URL, data=GOOD, headers=headers)

    assert answer.status_code == 400
    assert answer.json() == refusal("invalid_request", "Client authentication failed")


@pytest.mark.parametrize("secret", ["p+q%20r&s=t", "ü ñ:colon"])
def test_reads_basic_secrets_with_and_without_form_encoding(
    story: Workbench, secret: str
) -> None:
    from urllib.parse import quote_plus

    story.realm.register_agent("odd", secret=secret, scopes=["read"])
    form = but(client_id=None, client_secret=None)

    plain = story.http.post(URL, data=form, headers=basic("odd", secret))
    encoded = story.http.post(URL, data=form, headers=basic("odd", quote_plus(secret)))

    assert (plain.status_code, encoded.status_code) == (200, 200)


def test_holds_a_client_with_openid_to_its_method(story: Workbench) -> None:
    story.realm.register_client(
        "web",
        secret="mySecret",
        scopes=["openid"],
        grant_types=["client_credentials"],
    )

    in_form = story.http.post(URL, data=but(client_id="web", scope="openid"))
    in_header = story.http.post(
        URL,
        data={"grant_type": "client_credentials", "scope": "openid"},
        headers=basic("web", "mySecret"),
    )

    assert in_form.status_code == 400
    assert in_form.json() == refusal(
        "invalid_client",
        "Invalid authentication method for accessing this endpoint.",
    )
    assert in_header.status_code == 200


def test_refuses_client_credentials_to_a_public_client(story: Workbench) -> None:
    story.realm.register_client(
        "spa", public=True, scopes=["read"], grant_types=["client_credentials"]
    )

    answer = story.http.post(URL, data=but(client_id="spa", client_secret=None))

    assert answer.status_code == 400
    assert answer.json() == refusal(
        "unauthorized_client", "Public clients can't use client credentials grant."
    )


def test_refuses_an_inactive_agent(story: Workbench) -> None:
    story.realm.update("risk-agent", active=False)

    answer = story.http.post(URL, data=GOOD)

    assert (answer.status_code, answer.json()) == (400, FAILED)


@pytest.mark.parametrize(
    ("provider", "client"),
    [(["authorization_code"], None), (None, ["authorization_code"])],
)
def test_refuses_a_grant_that_provider_or_client_lacks(
    story: Workbench, provider: list[str] | None, client: list[str] | None
) -> None:
    if provider:
        story.provider.grantTypes = tuple(provider)
    if client:
        story.realm.update("risk-agent", grant_types=client)

    answer = story.http.post(URL, data=GOOD)

    assert answer.status_code == 400
    assert answer.json()["error"] == "unsupported_grant_type"


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE", "PATCH", "OPTIONS"])
def test_refuses_another_method(story: Workbench, method: str) -> None:
    answer = story.http.request(method, URL)

    assert answer.status_code == 405
    assert answer.headers["allow"] == "POST"
    assert answer.json() == refusal(
        "method_not_allowed", f"Required Method: POST found: {method}"
    )


@pytest.mark.parametrize(
    "kind", ["application/json", "text/plain", "multipart/form-data; boundary=x", ""]
)
def test_refuses_another_content_type(story: Workbench, kind: str) -> None:
    answer = story.http.post(
        URL, content=json.dumps(GOOD), headers={"Content-Type": kind}
    )

    assert answer.status_code == 400
    assert answer.json() == refusal("invalid_request", "Invalid Content Type")


def test_takes_a_content_type_with_a_charset(story: Workbench) -> None:
    kind = "application/x-www-form-urlencoded; charset=UTF-8"

    answer = story.http.post(URL, data=GOOD, headers={"Content-Type": kind})

    assert answer.status_code == 200


FORM = {"Content-Type": "application/x-www-form-urlencoded"}


@pytest.mark.parametrize("name", ["scope", "grant_type", "client_id", "custom"])
def test_refuses_a_repeated_parameter(story: Workbench, name: str) -> None:
    body = "&".join([*(f"{k}={v}" for k, v in GOOD.items()), f"{name}=a", f"{name}=a"])

    answer = story.http.post(URL, content=body, headers=FORM)

    assert answer.status_code == 400
    assert answer.json() == refusal(
        "invalid_request",
        f"Invalid Request, duplicate request parameter found : {name}",
    )


@pytest.mark.parametrize(
    "body", [b"scope=%ff", b"scope=\xff\xfe", b"scope=%00", b"a=" + b"x" * 1_048_577]
)
def test_refuses_a_body_it_cannot_read(story: Workbench, body: bytes) -> None:
    answer = story.http.post(URL, content=body, headers=FORM)

    assert answer.status_code == 400
    assert answer.json()["error"] == "invalid_request"


def test_reads_no_credentials_from_the_query_string(story: Workbench) -> None:
    query = {"client_id": "risk-agent", "client_secret": "mySecret"}

    answer = story.http.post(
        URL, params=query, data=but(client_id=None, client_secret=None)
    )

    assert (answer.status_code, answer.json()) == (400, FAILED)


@pytest.mark.parametrize(
    "path",
    [
        "/am/oauth2/realms/root/realms/beta/access_token",
        "/am/oauth2/realms/root/realms/alpha/authorise",
        "/am/oauth2/realms/root/realms/alpha/access_token/",
        "/",
    ],
)
def test_knows_no_other_path(story: Workbench, path: str) -> None:
    answer = story.http.post(f"https://am.example.com:8443{path}", data=GOOD)

    assert answer.status_code == 404


def test_a_bug_becomes_a_server_error_without_details(
    story: Workbench, monkeypatch: pytest.MonkeyPatch, caplog: Any
) -> None:
    monkeypatch.setattr(story.realm.tokens, "make", None)

    answer = story.http.post(URL, data=GOOD)

    assert answer.status_code == 500
    assert answer.json() == refusal("server_error", "Internal Server Error")
    assert "mySecret" not in caplog.text


def test_publishes_keys_and_metadata(story: Workbench) -> None:
    metadata = story.http.get(f"{REALM}/.well-known/openid-configuration").json()
    keys = story.http.get(metadata["jwks_uri"]).json()["keys"]

    assert metadata["issuer"] == REALM
    assert metadata["token_endpoint"] == URL
    assert (
        metadata
        == story.http.get(f"{REALM}/.well-known/oauth-authorization-server").json()
    )
    assert [key["alg"] for key in keys] == ["RS256", "ES256"]
    assert not {"d", "p", "q", "k"} & {name for key in keys for name in key}


def test_the_exchange_grant_works_though_metadata_does_not_list_it(
    story: Workbench,
) -> None:
    metadata = story.http.get(f"{REALM}/.well-known/openid-configuration").json()

    assert not any("token-exchange" in g for g in metadata["grant_types_supported"])


def test_takes_a_basic_id_that_was_not_form_encoded(story: Workbench) -> None:
    story.realm.register_agent("a+b", secret="p+q", scopes=["read"])
    form = but(client_id=None, client_secret=None)

    answer = story.http.post(URL, data=form, headers=basic("a+b", "p+q"))

    assert answer.status_code == 200


def test_takes_raw_utf_8_as_a_terminal_sends_it(story: Workbench) -> None:
    body = "&".join(f"{k}={v}" for k, v in but(note="é").items())

    answer = story.http.post(URL, content=body.encode(), headers=FORM)

    assert answer.status_code == 200


@pytest.mark.parametrize("path", ["/%ff", "/%E2%86%92", "/%00"])
def test_a_path_of_odd_octets_is_not_found(story: Workbench, path: str) -> None:
    assert story.http.post(f"{REALM}{path}").status_code == 404


@pytest.mark.parametrize(
    ("method", "path", "status", "reason"),
    [
        ("GET", "authenticate", 405, "Method Not Allowed"),
        ("GET", "nothing", 404, "Not Found"),
    ],
)
def test_json_endpoints_refuse_in_their_own_words(
    story: Workbench, method: str, path: str, status: int, reason: str
) -> None:
    answer = story.http.request(method, f"{story.realm.json_url}/{path}")

    assert (answer.status_code, answer.json()) == (
        status,
        {"code": status, "reason": reason, "message": reason},
    )
    assert answer.headers.get("allow") == ("POST" if status == 405 else None)


def test_nobody_is_asked_for_a_password_where_a_login_is_missing(
    story: Workbench,
) -> None:
    query = {
        "client_id": "risk-agent",
        "response_type": "code",
        "scope": "read",
        "redirect_uri": "https://www.example.com:443/callback",
    }

    answer = story.http.get(f"{REALM}/authorize", params=query)

    assert (answer.status_code, answer.json()["error"]) == (401, "login_required")
    assert "www-authenticate" not in answer.headers


def test_an_answer_that_cannot_be_encoded_is_a_server_error(
    story: Workbench, monkeypatch: pytest.MonkeyPatch
) -> None:
    endless: dict[str, Any] = {}
    for _ in range(100_000):
        endless = {"a": endless}
    monkeypatch.setattr(story.realm.tokens.keys, "jwks", lambda: endless)

    answer = story.http.get(f"{REALM}/connect/jwk_uri")

    assert (answer.status_code, answer.json()["error"]) == (500, "server_error")


def test_an_answer_without_content_has_no_type_of_it(wb: Workbench) -> None:
    wb.provider.allowDynamicRegistration = True
    made = wb.http.post(f"{REALM}/register", json={}).json()
    bearer = {"Authorization": f"Bearer {made['registration_access_token']}"}

    gone = wb.http.delete(made["registration_client_uri"], headers=bearer)

    assert gone.status_code == 204
    assert not {"content-type", "content-length"} & set(gone.headers)


@pytest.mark.parametrize("path", ["/access_token", "/authorize", "/nowhere", ""])
@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("query", ["\xff", "realm=\xff", "realm=%ff", "a=b&\xc3\x28"])
def test_a_query_with_octets_that_are_no_text_is_answered(
    wb: Workbench, path: str, method: str, query: str
) -> None:
    """Some servers hand over octets that a URL cannot have."""
    environ = create_environ(f"{REALM}{path}", method=method)

    answer = Client(wb.app).open({**environ, "QUERY_STRING": query})

    assert answer.status_code in (400, 404, 405)
    assert answer.is_json


def test_logging_in_by_a_query_that_is_no_text_leads_back_to_the_page(
    story: Workbench,
) -> None:
    story.realm.add_user("bjensen", password="Secret12!")
    form = {"username": "bjensen", "password": "Secret12!"}
    environ = create_environ(f"{REALM}/bc-authorize/approve", method="POST", data=form)

    answer = Client(story.app).open({**environ, "QUERY_STRING": "a=\xff"})

    assert answer.status_code == 303
