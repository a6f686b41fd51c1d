"""Clients that register and manage themselves, over HTTP (RFC 7591, RFC 7592)."""

import json
from typing import Any

import pytest

from tests.stories import (
    APP_CALLBACK,
    INVALID_TOKEN,
    REALM,
    manage,
    open_registration,
    register,
)
from workbench import Workbench
from workbench.views.calls.call import call_html, call_text

DENIED = {"error_description": "Access Token not valid", "error": "access_denied"}


@pytest.fixture
def desk(wb: Workbench) -> Workbench:
    return open_registration(wb)


def refusal(error: str, description: str) -> dict[str, str]:
    return {"error_description": description, "error": error}


def test_a_client_that_says_nothing_gets_the_defaults(desk: Workbench) -> None:
    body = register(desk).json()

    kept = desk.realm.client(body["client_id"])
    assert (kept.kind, kept.secret) == ("OAuth2 client", body["client_secret"])
    assert body["grant_types"] == ["authorization_code"]
    assert body["response_types"] == ["code"]
    assert (body["redirect_uris"], body["scopes"], body["scope"]) == ([], [], "")
    assert body["registration_client_uri"].startswith(f"{REALM}/register?client_id=")
    assert not body["providerOverridesEnabled"]
    assert "client_name" not in body


def test_everything_that_is_understood_is_told_again(desk: Workbench) -> None:
    desk.provider.dynamicClientRegistrationScope = "read"
    sent = {
        "client_name": "Über-Agent <1>",
        "client_type": "Confidential",
        "token_endpoint_auth_method": "client_secret_post",
        "grant_types": ["authorization_code", "refresh_token"],
        "response_types": ["code", "id_token"],
        "redirect_uris": [APP_CALLBACK, "com.example.app:/callback"],
        "scopes": ["read", "write"],
        "scope": "write read",
        "default_scopes": ["read"],
        "access_token_lifetime": 60,
        "id_token_signed_response_alg": "ES256",
        "application_type": "native",
        "contacts": ["ops@example.com"],
        "jwks_uri": "https://app.example.com/jwks",
        "software_id": "4711",
        "subject_type": "public",
        "default_max_age": 30,
        "require_pushed_authorization_requests": True,
        "unheard_of": {"x": 1},
        "tos_uri": None,
    }

    body = register(desk, **sent).json()

    sent |= {"scope": "read write"}
    del sent["unheard_of"], sent["tos_uri"]
    assert {name: body.get(name) for name in sent} == sent
    assert body["public_key_selector"] == "jwks_uri"
    assert not {"unheard_of", "tos_uri"} & set(body)
    kept = desk.realm.client(body["client_id"])
    assert kept.redirection_uris == (APP_CALLBACK, "com.example.app:/callback")
    assert (kept.access_token_lifetime, kept.default_scopes) == (60, ("read",))


def test_the_rfcs_scope_and_ams_scopes_are_the_same(desk: Workbench) -> None:
    one = register(desk, scope="write read").json()
    other = register(desk, scopes=["write", "read"]).json()

    assert one["scopes"] == other["scopes"] == ["write", "read"]


def test_scopes_default_to_those_of_the_provider(desk: Workbench) -> None:
    desk.provider.defaultScopes = ("read",)

    assert register(desk).json()["scopes"] == ["read"]
    assert register(desk, scope="", scopes=[]).json()["scopes"] == ["read"]


def test_id_and_secret_cannot_be_chosen(desk: Workbench) -> None:
    body = register(desk, client_id="mine", client_secret="mine").json()

    assert "mine" not in (body["client_id"], body["client_secret"])


@pytest.mark.parametrize(
    "metadata",
    [{"client_type": "Public"}, {"token_endpoint_auth_method": "none"}],
)
def test_a_public_client_has_no_secret(
    desk: Workbench, metadata: dict[str, str]
) -> None:
    body = register(desk, **metadata).json()

    assert (body["client_type"], body["token_endpoint_auth_method"]) == (
        "Public",
        "none",
    )
    assert not {"client_secret", "client_secret_expires_at"} & set(body)
    assert desk.realm.client(body["client_id"]).public


METADATA = "invalid_client_metadata"
UNFIT_KEYS: list[Any] = [
    "{}",
    {},
    {"keys": []},
    {"keys": [1]},
    {"keys": [{"kty": "RSA", "n": "!", "e": []}]},
    {"keys": [{"kty": "oct", "k": "c2VjcmV0"}]},
]
UNFIT: list[tuple[dict[str, Any], str, str]] = [
    ({"scopes": ["admin"]}, METADATA, "Invalid scopes requested."),
    ({"scopes": ["READ"]}, METADATA, "Invalid scopes requested."),
    ({"scopes": ["write|en|Change things"]}, METADATA, "Invalid scopes requested."),
    ({"scope": "read admin"}, METADATA, "Invalid scopes requested."),
    ({"scopes": ["read"], "scope": "write"}, METADATA, "Invalid scope requested."),
    (
        {"default_scopes": ["admin"]},
        METADATA,
        "Invalid default scopes requested.",
    ),
    ({"scopes": "read"}, METADATA, "Invalid scopes requested."),
    ({"scopes": [1]}, METADATA, "Invalid scopes requested."),
    ({"scope": ["read"]}, METADATA, "Invalid scope requested."),
    ({"client_name": 7}, METADATA, "Invalid client_name requested."),
    ({"client_name": ["a"]}, METADATA, "Invalid client_name requested."),
    ({"grant_types": ["magic"]}, METADATA, "Invalid grant_types requested."),
    ({"grant_types": {"a": 1}}, METADATA, "Invalid grant_types requested."),
    ({"response_types": ["cod"]}, METADATA, "Invalid response_types requested."),
    ({"client_type": "public"}, METADATA, "Invalid client_type requested."),
    (
        {"token_endpoint_auth_method": "client_secret_basics"},
        METADATA,
        "Invalid token_endpoint_auth_method requested.",
    ),
    (
        {"client_type": "Confidential", "token_endpoint_auth_method": "none"},
        METADATA,
        "Invalid token_endpoint_auth_method requested.",
    ),
    (
        {"client_type": "Public", "token_endpoint_auth_method": "client_secret_basic"},
        METADATA,
        "Invalid token_endpoint_auth_method requested.",
    ),
    (
        {"access_token_lifetime": -1},
        METADATA,
        "Invalid access_token_lifetime requested.",
    ),
    (
        {"access_token_lifetime": 2**31},
        METADATA,
        "Invalid access_token_lifetime requested.",
    ),
    (
        {"jwt_token_lifetime": True},
        METADATA,
        "Invalid jwt_token_lifetime requested.",
    ),
    (
        {"jwt_token_lifetime": 1.5},
        METADATA,
        "Invalid jwt_token_lifetime requested.",
    ),
    (
        {"id_token_encryption_enabled": "true"},
        METADATA,
        "Invalid id_token_encryption_enabled requested.",
    ),
    (
        {"id_token_signed_response_alg": "none"},
        METADATA,
        "Invalid id_token_signed_response_alg requested.",
    ),
    ({"application_type": "tv"}, METADATA, "Invalid application_type requested."),
    ({"subject_type": "secret"}, METADATA, "Invalid subject_type requested."),
    (
        {"subject_type": "pairwise"},
        METADATA,
        "Invalid sector_identifier_uri requested.",
    ),
    *(
        (
            {"sector_identifier_uri": uri},
            METADATA,
            "Invalid sector_identifier_uri requested.",
        )
        for uri in ("http://example.com", "https:///x", "https://[::1", "x", 1)
    ),
    *(({"jwks": keys}, METADATA, "Invalid jwks requested.") for keys in UNFIT_KEYS),
    (
        {"token_endpoint_auth_signing_alg": "none"},
        METADATA,
        "Invalid token_endpoint_auth_signing_alg requested.",
    ),
    (
        {"token_endpoint_auth_method": "tls_client_auth"},
        METADATA,
        "Invalid token_endpoint_auth_method requested.",
    ),
    (
        {"jwks": {"keys": []}, "jwks_uri": "https://a.example/"},
        METADATA,
        "Must define either jwks or jwks_uri, not both.",
    ),
    ({"logo_uri": "https://a.example/"}, METADATA, "Invalid logo_uri requested."),
    (
        {"software_statement": "a.b.c"},
        "unapproved_software_statement",
        "Software statement not approved.",
    ),
    *(
        (
            {"redirect_uris": uris},
            "invalid_redirect_uri",
            "Invalid redirect_uris requested.",
        )
        for uris in (
            "https://a.example/",
            [7],
            ["callback"],
            [""],
            ["https://a.example/#x"],
            ["https://a.example/a b"],
            ["https://a.example/\u202e"],
            ["https://[::1"],
            ["JavaScript:alert(1)"],
            ["data:text/html,<script>"],
        )
    ),
]


@pytest.mark.parametrize(("metadata", "error", "description"), UNFIT)
def test_metadata_that_cannot_be_had_is_refused_and_nothing_is_kept(
    desk: Workbench, metadata: dict[str, Any], error: str, description: str
) -> None:
    answer = register(desk, **metadata)

    assert (answer.status_code, answer.json()) == (400, refusal(error, description))
    clients = desk.realm.clients
    assert (dict(clients), clients.registrations) == ({}, {})
    assert desk.audit[-1].error == error
    assert answer.headers["cache-control"] == "no-store"


GOOD = {"Content-Type": "application/json"}
UNREADABLE: list[tuple[bytes, dict[str, str], str]] = [
    (b"", GOOD, "The request body is not valid JSON"),
    (b"{", GOOD, "The request body is not valid JSON"),
    (b"\xff{}", GOOD, "The request body is not valid JSON"),
    (b'{"client_name": "\xff"}', GOOD, "The request body is not valid JSON"),
    (b'{"a": NaN}', GOOD, "The request body is not valid JSON"),
    (b'{"a": 1e999}', GOOD, "The request body is not valid JSON"),
    (b'{"a": 1' + b"0" * 5000 + b"}", GOOD, "The request body is not valid JSON"),
    (b"{'a': 1}", GOOD, "The request body is not valid JSON"),
    (b"[" * 100_000, GOOD, "The request body is not valid JSON"),
    (b"[]", GOOD, "The request body is not a JSON object"),
    (b'"text"', GOOD, "The request body is not a JSON object"),
    (b"null", GOOD, "The request body is not a JSON object"),
    (b'{"client_name": "a\\u0000b"}', GOOD, "The request body holds a NUL character"),
    (b'{"a\\u0000b": 1}', GOOD, "The request body holds a NUL character"),
    (b'{"a": [{"b": "\\u0000"}]}', GOOD, "The request body holds a NUL character"),
    (b'{"client_name": "\\ud800"}', GOOD, "The request body holds half a character"),
    (
        b'{"x": ' + b"[" * 100 + b"]" * 100 + b"}",
        GOOD,
        "The request body is nested more than 20 deep",
    ),
    (
        b'{"x": ' + b'{"x": ' * 100 + b"1" + b"}" * 101,
        GOOD,
        "The request body is nested more than 20 deep",
    ),
    (
        b'{"client_name": "a", "client_name": "b"}',
        GOOD,
        "Invalid Request, duplicate member found : client_name",
    ),
    (
        b'{"jwks": {"keys": [], "keys": []}}',
        GOOD,
        "Invalid Request, duplicate member found : keys",
    ),
    (
        b'{"client_name": "' + b"x" * 1_048_576 + b'"}',
        GOOD,
        "The request is larger than 1048576 bytes",
    ),
    (b"{}", {}, "Invalid Content Type"),
    (b"{}", {"Content-Type": "text/json"}, "Invalid Content Type"),
    (
        b"client_name=a",
        {"Content-Type": "application/x-www-form-urlencoded"},
        "Invalid Content Type",
    ),
]


@pytest.mark.parametrize(("body", "headers", "description"), UNREADABLE)
def test_a_body_that_cannot_be_read_is_refused_and_nothing_is_kept(
    desk: Workbench, body: bytes, headers: dict[str, str], description: str
) -> None:
    answer = desk.http.post(f"{REALM}/register", content=body, headers=headers)

    assert (answer.status_code, answer.json()) == (
        400,
        refusal("invalid_request", description),
    )
    clients = desk.realm.clients
    assert (dict(clients), clients.registrations) == ({}, {})


def test_a_content_type_with_a_charset_is_json_as_well(desk: Workbench) -> None:
    answer = desk.http.post(
        f"{REALM}/register",
        content=b"{}",
        headers={"Content-Type": "Application/JSON; charset=utf-8"},
    )

    assert answer.status_code == 201


@pytest.mark.parametrize("method", ["PATCH", "OPTIONS"])
def test_other_methods_are_not_allowed(desk: Workbench, method: str) -> None:
    answer = desk.http.request(method, f"{REALM}/register")

    assert answer.status_code == 405
    assert answer.headers["allow"] == "POST, GET, PUT, DELETE"


# Who may register


def token_with(wb: Workbench, scope: str) -> str:
    wb.realm.register_client(
        f"with {scope}",
        secret="s",
        scopes=[scope],
        grant_types=["client_credentials"],
    )
    return wb.client.client_credentials(f"with {scope}", "s", scope=scope).access_token


def test_nobody_registers_in_a_fresh_realm(wb: Workbench) -> None:
    answer = register(wb)

    assert (answer.status_code, answer.json()) == (403, DENIED)
    assert "allowDynamicRegistration" in wb.audit[-1].hint


def test_a_token_with_the_scope_for_it_registers_clients(wb: Workbench) -> None:
    value = token_with(wb, "dynamic_client_registration")
    logo = "https://a.example/logo.png"

    made = wb.client.register({"logo_uri": logo}, path="register", access_token=value)

    assert made.status == 201
    assert made.json["logo_uri"] == logo
    assert made.registration_access_token != value
    assert wb.client.read_registration(made).status == 200


def test_another_token_registers_nobody(wb: Workbench) -> None:
    wb.profile = wb.profile.but(registration_scope="everything")
    other = token_with(wb, "read")
    expired = token_with(wb, "dynamic_client_registration")
    wb.clock.advance(seconds=3600)

    answers = [
        wb.client.register({}, path="register", access_token=value)
        for value in (other, expired, "nonsense", "a.b.c", "")
    ]

    assert {(each.status, str(each.json)) for each in answers} == {(403, str(DENIED))}


def test_the_scope_for_it_is_a_setting(wb: Workbench) -> None:
    wb.provider.dynamicClientRegistrationScope = "register"
    value = token_with(wb, "register")

    made = wb.client.register({}, path="register", access_token=value)

    assert made.status == 201


# Managing a registration


def test_a_client_reads_what_is_kept_of_it(desk: Workbench) -> None:
    made = register(desk, client_name="a", scopes=["read"]).json()

    answer = manage(desk, "GET", made)

    assert (answer.status_code, answer.json()) == (200, made)
    assert answer.headers["cache-control"] == "no-store"


def test_an_update_replaces_what_was_said_before(desk: Workbench) -> None:
    made = register(
        desk, client_name="a", scopes=["read"], contacts=["a"], default_max_age=5
    ).json()
    secret = made["client_secret"]

    answer = manage(
        desk,
        "PUT",
        made,
        json={
            "client_id": made["client_id"],
            "client_secret": secret,
            "scopes": ["read", "write"],
        },
    )

    expected = {**made, "scopes": ["read", "write"], "scope": "read write"}
    expected["default_max_age"] = 0
    del expected["client_name"], expected["contacts"]
    assert (answer.status_code, answer.json()) == (200, expected)
    assert manage(desk, "GET", made).json() == expected


def test_an_answer_sent_back_as_it_came_changes_nothing(desk: Workbench) -> None:
    value = token_with(desk, "dynamic_client_registration")
    desk.provider.supportedScopes = ("read",)
    keys = desk.http.get(f"{REALM}/connect/jwk_uri").json()
    made = desk.client.register(
        {"scopes": ["read"], "policy_uri": "https://a.example/", "jwks": keys},
        path="register",
        access_token=value,
    )

    answer = desk.client.update_registration(made, made.json)

    assert (answer.status, answer.json) == (200, made.json)
    assert (made.json["jwks"], made.json["public_key_selector"]) == (keys, "jwks")


def test_an_update_makes_inherited_values_the_clients_own(desk: Workbench) -> None:
    made = register(desk, scopes=["read"]).json()
    desk.realm.add_group("partners", scopes=["read", "write"])
    desk.realm.update(made["client_id"], group="partners", inherited=["scopes"])
    assert manage(desk, "GET", made).json()["scopes"] == ["read", "write"]

    body = {"client_id": made["client_id"], "scopes": ["write"]}
    answer = manage(desk, "PUT", made, json=body)

    assert answer.json()["scopes"] == ["write"]
    assert desk.realm.client(made["client_id"]).scopes == ("write",)


def test_an_update_keeps_the_overrides(desk: Workbench) -> None:
    made = register(desk).json()
    desk.realm.update(made["client_id"], overrides={"providerOverridesEnabled": True})

    answer = manage(desk, "PUT", made, json={"client_id": made["client_id"]})

    assert answer.json()["providerOverridesEnabled"]


def test_a_public_client_that_becomes_confidential_gets_a_secret(
    desk: Workbench,
) -> None:
    made = register(desk, client_type="Public").json()

    answer = manage(desk, "PUT", made, json={"client_id": made["client_id"]})

    assert answer.json()["client_type"] == "Confidential"
    assert len(answer.json()["client_secret"]) == 27


@pytest.mark.parametrize(
    ("change", "error", "description"),
    [
        ({"client_id": "other"}, METADATA, "Invalid client_id requested."),
        ({"client_id": None}, METADATA, "Invalid client_id requested."),
        ({"client_secret": "chosen"}, METADATA, "Invalid client_secret requested."),
        ({"client_secret": 7}, METADATA, "Invalid client_secret requested."),
        ({"scopes": ["admin"]}, METADATA, "Invalid scopes requested."),
        (
            {"logo_uri": "https://a.example/"},
            METADATA,
            "Invalid logo_uri requested.",
        ),
        (
            {"redirect_uris": ["x"]},
            "invalid_redirect_uri",
            "Invalid redirect_uris requested.",
        ),
    ],
)
def test_an_update_that_cannot_be_had_changes_nothing(
    desk: Workbench, change: dict[str, Any], error: str, description: str
) -> None:
    made = register(desk, client_name="a").json()

    answer = manage(desk, "PUT", made, json={"client_id": made["client_id"], **change})

    assert (answer.status_code, answer.json()) == (400, refusal(error, description))
    assert desk.audit[-1].client_id == made["client_id"]
    assert manage(desk, "GET", made).json() == made


def test_a_client_deletes_itself(desk: Workbench) -> None:
    made = register(desk).json()

    answer = manage(desk, "DELETE", made)

    assert (answer.status_code, answer.content) == (204, b"")
    clients = desk.realm.clients
    assert (dict(clients), clients.registrations) == ({}, {})
    again = manage(desk, "GET", made)
    assert (again.status_code, again.json()) == (401, INVALID_TOKEN)


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE"])
def test_nothing_but_its_own_token_opens_a_registration(
    desk: Workbench, method: str
) -> None:
    one, other = register(desk).json(), register(desk).json()
    uri = one["registration_client_uri"]
    wrong = [
        {},
        {"Authorization": "Bearer "},
        {"Authorization": f"Bearer {other['registration_access_token']}"},
        {"Authorization": f"Basic {one['registration_access_token']}"},
        {"Authorization": f"Bearer {one['registration_access_token'].upper()}"},
        {"Authorization": f"Bearer {one['client_secret']}"},
    ]

    answers = [
        desk.http.request(method, uri, headers=headers, json=one) for headers in wrong
    ]

    assert {(each.status_code, str(each.json())) for each in answers} == {
        (401, str(INVALID_TOKEN))
    }
    assert answers[0].headers["www-authenticate"].startswith("Bearer realm=")
    assert manage(desk, "GET", one).json() == one


def test_a_registration_is_managed_where_it_was_made(desk: Workbench) -> None:
    desk.enable_ai_agents()
    client = register(desk).json()
    agent = desk.client.register({}).json
    swapped = {
        **client,
        "registration_client_uri": f"{REALM}/aiagent/register?client_id="
        f"{client['client_id']}",
    }

    assert manage(desk, "GET", agent).status_code == 200
    assert manage(desk, "GET", swapped).json() == INVALID_TOKEN


@pytest.mark.parametrize(
    ("query", "description"),
    [
        ("", "Missing parameters: client_id"),
        ("?client_id=", "Missing parameters: client_id"),
        (
            "?client_id=a&client_id=b",
            "Invalid Request, duplicate request parameter found : client_id",
        ),
    ],
)
def test_a_registration_is_named_once(
    desk: Workbench, query: str, description: str
) -> None:
    answer = desk.http.get(f"{REALM}/register{query}")

    assert (answer.status_code, answer.json()) == (
        400,
        refusal("invalid_request", description),
    )


def test_a_client_of_the_administrator_has_no_registration(desk: Workbench) -> None:
    desk.realm.register_client("known", secret="s")

    answer = desk.http.get(
        f"{REALM}/register?client_id=known", headers={"Authorization": "Bearer s"}
    )

    assert (answer.status_code, answer.json()) == (401, INVALID_TOKEN)


def test_a_registration_ends_where_the_administrator_deletes_the_client(
    desk: Workbench,
) -> None:
    made = register(desk).json()
    desk.realm.delete(made["client_id"])
    desk.realm.register_client(made["client_id"], secret="s")

    assert manage(desk, "GET", made).json() == INVALID_TOKEN


def test_without_registration_access_tokens_nobody_manages(desk: Workbench) -> None:
    desk.provider.generateRegistrationAccessTokens = False

    made = register(desk).json()

    assert "registration_access_token" not in made
    answer = desk.http.get(
        made["registration_client_uri"], headers={"Authorization": "Bearer "}
    )
    assert answer.json() == INVALID_TOKEN


def test_a_registration_access_token_is_no_access_token(desk: Workbench) -> None:
    made = register(desk).json()

    answer = desk.client.introspect(
        made["client_id"], made["client_secret"], made["registration_access_token"]
    )

    assert answer.json == {"active": False}


def test_secret_and_token_stay_out_of_trail_reprs_and_views(desk: Workbench) -> None:
    desk.realm.add_registration_script(
        "curious", "logger.info(JSON.stringify(requestProperties))"
    )
    desk.provider.dynamicClientRegistrationScript = "curious"
    made = desk.client.register({"client_name": "a"}, path="register")
    changed = desk.client.update_registration(made, made.json)

    assert changed.status == 200
    log = desk.audit[-1].scripts[0].log[0].text
    shown = [repr(desk.audit), repr(desk.realm.clients), log]
    shown += [repr(desk.realm.clients.registrations), repr(desk.transcript)]
    for call in (made, changed):
        shown += [call_text(call), call_html(call)]
    for secret in (made.client_secret, made.registration_access_token):
        assert not [text for text in shown if secret in text]
    assert json.loads(log)["requestBody"]["client_name"] == "a"
