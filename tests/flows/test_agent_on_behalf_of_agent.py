"""PingAM 8.1, "AI agent on behalf of an agent", request by request over HTTP."""

from typing import Any

import pytest

from tests.stories import (
    ACCESS_TOKEN,
    CALLBACK,
    REALM,
    SECRET,
    TOKEN_EXCHANGE,
    claims_of,
)
from workbench import Workbench
from workbench.errors import FeatureDisabled

SCRIPT = """
(function () {
    token.setMayAct({"client_id": "risk-agent", "sub": "(age!risk-agent)"});
}());
"""
LEGACY = """
(function () {
    var java = JavaImporter(org.forgerock.json.JsonValue);
    var claim = java.JsonValue.json(java.JsonValue.object());
    claim.put("client_id", "risk-agent");
    claim.put("sub", "(age!risk-agent)");
    token.setMayAct(claim);
}());
"""
SHARED: dict[str, Any] = {
    "secret": SECRET,
    "redirection_uris": [CALLBACK],
    "scopes": ["read", "write", "delete"],
}


def register(wb: Workbench, source: str = SCRIPT, version: str = "2.0") -> None:
    wb.enable_ai_agents()
    wb.realm.add_script("may act", source, evaluator_version=version)
    wb.realm.register_agent("data-agent", may_act_script="may act", **SHARED)
    wb.realm.register_agent("risk-agent", **SHARED)


def token(wb: Workbench, client_id: str) -> dict[str, object]:
    answer = wb.http.post(
        f"{REALM}/access_token",
        data={
            "grant_type": "client_credentials",
            "client_id": client_id,
            "client_secret": SECRET,
            "scope": "read",
        },
    )
    assert answer.status_code == 200
    body: dict[str, object] = answer.json()
    return body


def exchange(wb: Workbench) -> dict[str, object]:
    actor, subject = token(wb, "risk-agent"), token(wb, "data-agent")
    answer = wb.http.post(
        f"{REALM}/access_token",
        data={
            "client_id": "risk-agent",
            "client_secret": SECRET,
            "grant_type": TOKEN_EXCHANGE,
            "scope": "read",
            "subject_token": subject["access_token"],
            "subject_token_type": ACCESS_TOKEN,
            "actor_token": actor["access_token"],
            "actor_token_type": ACCESS_TOKEN,
        },
    )
    assert answer.status_code == 200, wb.decision
    body: dict[str, object] = answer.json()
    return body


@pytest.mark.parametrize(
    ("property_on", "switch_on", "named"),
    [
        (False, False, ["org.forgerock.am.oauth2.aiagents.enabled", "Enable AI"]),
        (False, True, ["org.forgerock.am.oauth2.aiagents.enabled"]),
        (True, False, ["Enable AI Agents"]),
    ],
)
def test_refuses_an_agent_while_a_switch_is_off_and_names_it(
    wb: Workbench, property_on: bool, switch_on: bool, named: list[str]
) -> None:
    if property_on:
        wb.server_properties["org.forgerock.am.oauth2.aiagents.enabled"] = "true"
    wb.provider.aiAgentsEnabled = switch_on

    with pytest.raises(FeatureDisabled) as refusal:
        wb.realm.register_agent("data-agent", **SHARED)

    text = str(refusal.value)
    assert all(name in text for name in named)
    assert ("aiagents.enabled" in text) != property_on
    assert "data-agent" not in wb.realm.clients


def test_client_credentials_answer_as_the_page_prints_them(wb: Workbench) -> None:
    register(wb)

    body = token(wb, "risk-agent")

    value = body.pop("access_token")
    assert isinstance(value, str)
    assert len(value) == 27  # opaque, as PingAM's default is
    assert body == {"scope": "read", "token_type": "Bearer", "expires_in": 3599}


@pytest.mark.parametrize(("source", "version"), [(SCRIPT, "2.0"), (LEGACY, "1.0")])
def test_the_exchange_answers_as_the_page_prints_it(
    wb: Workbench, source: str, version: str
) -> None:
    register(wb, source, version)

    body = exchange(wb)

    assert list(body) == [
        "access_token",
        "refresh_token",
        "issued_token_type",
        "scope",
        "token_type",
        "expires_in",
    ]
    assert {name: body[name] for name in list(body)[2:]} == {
        "issued_token_type": ACCESS_TOKEN,
        "scope": "read",
        "token_type": "Bearer",
        "expires_in": 3599,
    }


def test_the_new_token_names_subject_and_actor(wb: Workbench) -> None:
    register(wb)
    wb.provider.statelessTokensEnabled = True

    issued = wb.inspect(str(exchange(wb)["access_token"]))

    assert issued.claims is not None
    claims = dict(issued.claims)
    for varying in ("auditTrackingId", "authGrantId", "jti"):
        assert claims.pop(varying)
    assert claims == {
        "sub": "(age!data-agent)",
        "cts": "OAUTH2_STATELESS_GRANT",
        "subname": "data-agent",
        "iss": "https://am.example.com:8443/am/oauth2/realms/root/realms/alpha",
        "tokenName": "access_token",
        "act": {"sub": "(age!risk-agent)"},
        "token_type": "Bearer",
        "client_id": "risk-agent",
        "aud": "risk-agent",
        "nbf": 1_790_000_000,
        "grant_type": TOKEN_EXCHANGE,
        "scope": ["read"],
        "auth_time": 1_790_000_000,
        "realm": "/alpha",
        "exp": 1_790_003_600,
        "iat": 1_790_000_000,
        "expires_in": 3600,
    }


def test_the_profile_switch_reproduces_the_scope_line_of_the_page(
    wb: Workbench,
) -> None:
    register(wb)
    wb.profile = wb.profile.but(granted_scope="all the acting client's")

    body = exchange(wb)

    assert body["scope"] == "read write delete"


def test_the_trail_keeps_the_decision_of_the_exchange(wb: Workbench) -> None:
    register(wb)

    exchange(wb)

    event = wb.audit[-1]
    assert event.kind == "exchange"
    assert event.decision is not None
    assert event.decision.refusal is None
    assert all(check.passed for check in event.decision.checks)


def test_the_override_block_replaces_the_realms_token_kind(wb: Workbench) -> None:
    """data-agent has its overrides on, so the realm's switch does not reach it."""
    register(wb)
    wb.provider.statelessTokensEnabled = True

    kinds = {
        name: wb.inspect(str(token(wb, name)["access_token"])).form
        for name in ("data-agent", "risk-agent")
    }

    assert kinds == {"data-agent": "server-side", "risk-agent": "client-side"}


def test_a_delegated_token_goes_on_when_the_actors_own_script_names_the_next(
    wb: Workbench,
) -> None:
    register(wb)
    wb.realm.add_script("self", SCRIPT)
    wb.realm.update("risk-agent", may_act_script="self")
    first = str(exchange(wb)["access_token"])

    second = wb.client.exchange(
        "risk-agent",
        SECRET,
        subject_token=first,
        actor_token=str(token(wb, "risk-agent")["access_token"]),
        scope="read",
    )

    claims = claims_of(wb, second)
    assert claims is not None
    assert claims["sub"] == "(age!data-agent)"
    assert claims["act"] == {
        "sub": "(age!risk-agent)",
        "act": {"sub": "(age!risk-agent)"},
    }
