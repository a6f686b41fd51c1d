"""PingAM 8.1, "AI agent acting autonomously", request by request over HTTP."""

from typing import Any

import pytest

from tests.stories import (
    ACCESS_TOKEN,
    CALLBACK,
    REALM,
    TOKEN_EXCHANGE,
    autonomous_agent,
    register_agent,
)
from workbench import Workbench

BODY = {
    "client_name": "update-agent",
    "grant_types": ["client_credentials", TOKEN_EXCHANGE],
    "response_types": ["code"],
    "redirect_uris": [CALLBACK],
    "scopes": ["read", "write"],
}
DEFAULTS = {
    "application_type": "web",
    "default_max_age": 0,
    "public_key_selector": "x509",
    "jwks_cache_timeout": 3600000,
    "jwks_cache_miss_cache_time": 60000,
    "id_token_encrypted_response_alg": "RSA-OAEP-256",
    "id_token_encrypted_response_enc": "A128CBC-HS256",
    "id_token_encryption_enabled": False,
    "introspection_signed_response_alg": "RS256",
    "introspection_encrypted_response_alg": "RSA-OAEP-256",
    "introspection_encrypted_response_enc": "A128CBC-HS256",
    "authorization_signed_response_alg": "RS256",
    "user_info_response_format_selector": "JSON",
    "userinfo_signed_response_alg": "",
    "userinfo_encrypted_response_alg": "",
    "userinfo_encrypted_response_enc": "",
    "request_object_signing_alg": "",
    "request_object_encryption_alg": "",
    "backchannel_logout_session_required": False,
    "require_pushed_authorization_requests": False,
    "tls_client_certificate_bound_access_tokens": False,
    "access_token_lifetime": 0,
    "refresh_token_lifetime": 0,
    "authorization_code_lifetime": 0,
    "jwt_token_lifetime": 0,
    "enableApplicationContext": False,
}


@pytest.fixture
def story(wb: Workbench) -> Workbench:
    return autonomous_agent(wb)


def token_of(wb: Workbench, agent: dict[str, Any]) -> str:
    answer = token(wb, agent, grant_type="client_credentials", scope="read").json()
    value: str = answer["access_token"]
    return value


def token(wb: Workbench, agent: dict[str, Any], **form: str) -> Any:
    credentials = {
        "client_id": agent["client_id"],
        "client_secret": agent["client_secret"],
    }
    return wb.http.post(f"{REALM}/access_token", data={**credentials, **form})


def exchange(wb: Workbench, agent: dict[str, Any], **form: str) -> Any:
    sent = {
        "grant_type": TOKEN_EXCHANGE,
        "scope": "read write",
        "subject_token_type": ACCESS_TOKEN,
        **form,
    }
    return token(wb, agent, **sent)


def test_the_agent_registers_itself(story: Workbench) -> None:
    answer = register_agent(story, BODY)

    body = answer.json()
    assert answer.status_code == 201
    assert answer.headers["cache-control"] == "no-store"
    assert len(body["client_id"]) == 36
    assert len(body["client_secret"]) == len(body["registration_access_token"]) == 27
    uri = f"{REALM}/aiagent/register?client_id={body['client_id']}"
    assert body == {
        **BODY,
        **DEFAULTS,
        "client_id": body["client_id"],
        "client_secret": body["client_secret"],
        "client_secret_expires_at": 0,
        "registration_client_uri": uri,
        "registration_access_token": body["registration_access_token"],
        "client_type": "Confidential",
        "token_endpoint_auth_method": "client_secret_basic",
        "scope": "read write",
        "providerOverridesEnabled": True,
    }


def test_the_script_of_the_provider_sets_the_agent_up(story: Workbench) -> None:
    agent = register_agent(story, BODY).json()

    kept = story.realm.client(agent["client_id"])
    assert kept.kind == "AI agent"
    assert kept.overrides.providerOverridesEnabled
    assert kept.overrides.statelessTokensEnabled
    assert (
        kept.overrides.accessTokenMayActScript == story.realm.script("own may act").id
    )
    assert story.audit[-1].scripts[0].remark == (
        "The script called clientIdentity.store() with accessTokenMayActScript, "
        "providerOverridesEnabled, statelessTokensEnabled."
    )


def test_the_agent_gets_a_token_that_names_itself(story: Workbench) -> None:
    agent = register_agent(story, BODY).json()

    answer = token(story, agent, grant_type="client_credentials", scope="read")

    body = answer.json()
    assert (answer.status_code, body) == (
        200,
        {
            "access_token": body["access_token"],
            "scope": "read",
            "token_type": "Bearer",
            "expires_in": 3599,
        },
    )
    claims = story.inspect(body["access_token"]).claims
    name = agent["client_id"]
    assert claims is not None
    assert claims["sub"] == f"(age!{name})"
    assert claims["may_act"] == {"client_id": name, "sub": f"(age!{name})"}


def test_it_exchanges_its_token_for_one_with_more_scopes(story: Workbench) -> None:
    agent = register_agent(story, BODY).json()

    answer = exchange(story, agent, subject_token=token_of(story, agent))

    body = answer.json()
    assert (answer.status_code, body) == (
        200,
        {
            "access_token": body["access_token"],
            "refresh_token": body["refresh_token"],
            "issued_token_type": ACCESS_TOKEN,
            "scope": "read write",
            "token_type": "Bearer",
            "expires_in": 3599,
        },
    )
    claims = story.inspect(body["access_token"]).claims
    assert claims is not None
    assert claims["sub"] == f"(age!{agent['client_id']})"
    assert claims["scope"] == ["read", "write"]
    assert "act" not in claims
    assert story.decision.granted


def test_it_gets_no_scope_that_it_did_not_register(story: Workbench) -> None:
    agent = register_agent(story, BODY).json()

    answer = exchange(
        story, agent, subject_token=token_of(story, agent), scope="delete"
    )

    assert (answer.status_code, answer.json()) == (
        400,
        {
            "error_description": "Unknown/invalid scope(s): [delete]",
            "error": "invalid_scope",
        },
    )


def test_another_agent_cannot_exchange_its_token(story: Workbench) -> None:
    one, other = register_agent(story, BODY).json(), register_agent(story, BODY).json()

    answer = exchange(story, other, subject_token=token_of(story, one))

    assert (answer.status_code, answer.json()["error_description"]) == (
        400,
        "Invalid token exchange.",
    )
    assert story.decision.refusal is not None
    assert story.decision.refusal.rule == "may_act.client_id names the client"


def test_an_agent_that_asks_for_no_grant_has_the_code_grant_alone(
    story: Workbench,
) -> None:
    body = {name: value for name, value in BODY.items() if name != "grant_types"}

    agent = register_agent(story, body).json()

    assert agent["grant_types"] == ["authorization_code"]
    answer = token(story, agent, grant_type="client_credentials", scope="read")
    assert answer.json()["error"] == "unsupported_grant_type"


def test_strict_servers_ask_for_an_actor_token(story: Workbench) -> None:
    story.profile = "rfc8693-strict"
    agent = register_agent(story, BODY).json()

    answer = exchange(story, agent, subject_token=token_of(story, agent))

    assert answer.status_code == 400
    assert [check.rule for check in story.decision.failures] == [
        "An actor token is sent where may_act names a sub",
        "The subject token has every scope asked for",
    ]


def test_the_agents_have_a_discovery_document_of_their_own(story: Workbench) -> None:
    path = f"{REALM}/.well-known/oauth-authorization-server"

    usual = story.http.get(path).json()
    answer = story.http.get(f"{path}/aiagent")

    assert usual["registration_endpoint"] == f"{REALM}/register"
    assert answer.status_code == 200
    assert answer.json() == {
        **usual,
        "registration_endpoint": f"{REALM}/aiagent/register",
    }
    assert usual["scopes_supported"] == ["read", "write", "delete"]


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "aiagent/register"),
        ("GET", "aiagent/register?client_id=x"),
        ("PUT", "aiagent/register?client_id=x"),
        ("DELETE", "aiagent/register?client_id=x"),
        ("GET", ".well-known/oauth-authorization-server/aiagent"),
    ],
)
def test_nothing_is_there_for_agents_while_they_are_off(
    story: Workbench, method: str, path: str
) -> None:
    story.provider.aiAgentsEnabled = False

    answer = story.http.request(method, f"{REALM}/{path}", json=BODY)

    assert (answer.status_code, answer.json()) == (
        404,
        {"code": 404, "reason": "Not Found", "message": "Not Found"},
    )
    assert "Enable AI Agents" in story.audit[-1].hint


def test_the_same_seed_registers_the_same_agent() -> None:
    def registered() -> Any:
        with Workbench(now=1_790_000_000, seed="same") as wb:
            return register_agent(autonomous_agent(wb), BODY).json()

    assert registered() == registered()
