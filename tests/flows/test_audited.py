"""What an audit of the whole found over HTTP, each as it is answered now."""

import base64
from dataclasses import replace
from typing import Any

import pytest

from tests.stories import (
    ID_TOKEN,
    TOKEN_EXCHANGE,
    Agents,
    add_grant,
    claims_of,
    refusal_of,
)
from workbench import Workbench
from workbench.am.claims.order import client_order
from workbench.am.issuing.issue import issue
from workbench.course.use_cases.agent_for_user import USER, USER_PASSWORD

SELF = """
var me = clientProperties.clientId;
token.setMayAct({client_id: me, sub: "(age!" + me + ")"});
"""


def test_the_audience_of_a_jwt_is_told_where_the_claim_is_on(agents: Agents) -> None:
    token = agents.token("risk-agent")
    assert (
        "aud" not in agents.wb.client.introspect("risk-agent", "mySecret", token).json
    )

    agents.wb.provider.useTokenIntrospectionClaim = True
    told = agents.wb.client.introspect("risk-agent", "mySecret", token).json

    assert told["aud"] == "risk-agent"


@pytest.mark.parametrize(
    ("more", "found"),
    [
        (b"&scope=read&scope=read", "duplicate request parameter found : scope"),
        (b"&scope=a%00", "holds a NUL"),
        (b"&scope=%ff", "not UTF-8"),
    ],
)
def test_an_exchange_that_cannot_be_read_keeps_a_decision(
    agents: Agents, more: bytes, found: str
) -> None:
    body = (
        f"grant_type={TOKEN_EXCHANGE.replace(':', '%3A')}&client_id=risk-agent".encode()
    )

    answer = agents.wb.http.post(
        f"{agents.wb.realm.oauth2_url}/access_token",
        content=body + more,
        headers={"Content-Type": "application/x-www-form-urlencoded"},
    )

    refusal = refusal_of(agents.wb.decision)
    assert answer.status_code == 400
    assert refusal.rule == "The request can be read"
    assert found in refusal.found
    assert answer.json()["error_description"] == refusal.description


def test_another_grant_that_cannot_be_read_keeps_none(agents: Agents) -> None:
    agents.wb.http.post(
        f"{agents.wb.realm.oauth2_url}/access_token",
        content=b"grant_type=password&scope=a&scope=b",
        headers={"Content-Type": "application/x-www-form-urlencoded"},
    )

    assert agents.wb.audit[-1].decision is None


def test_the_metadata_of_agents_is_where_the_page_has_it(wb: Workbench) -> None:
    wb.enable_ai_agents()
    path = ".well-known/oauth-authorization-server/aiagent"

    answers = [
        wb.http.get(f"{base}/{path}").json()
        for base in (f"{wb.realm.base_url}/oauth2/realms/root", wb.realm.oauth2_url)
    ]

    assert answers[0] == answers[1]
    assert answers[0]["registration_endpoint"].endswith("/aiagent/register")


def test_a_token_sent_as_audience_stays_out_of_what_is_kept(agents: Agents) -> None:
    token = agents.token("data-agent")

    agents.exchange(audience=token)

    kept = agents.wb.realm.last_exchange
    assert kept is not None
    assert token not in repr(kept) + "".join(kept.audiences) + repr(agents.wb.audit)


def test_a_public_client_is_told_why_whatever_grants_it_has(wb: Workbench) -> None:
    wb.realm.register_client("app", public=True, scopes=["read"])

    answer = wb.client.post(
        "access_token", {"grant_type": "client_credentials", "client_id": "app"}
    )

    assert (answer.status, answer.json) == (
        400,
        {
            "error_description": "Public clients can't use client credentials grant.",
            "error": "unauthorized_client",
        },
    )


def test_a_strict_profile_lets_an_id_token_become_an_access_token(
    wb: Workbench,
) -> None:
    wb.profile = "rfc8693-strict"
    wb.prepare("agent-for-user")
    script = wb.realm.script("hr-agent may act").id
    wb.realm.update("hr-client", overrides={"oidcMayActScript": script})
    subject = wb.client.password(
        "hr-client", "mySecret", USER, USER_PASSWORD, scope="openid read"
    )
    actor = wb.client.client_credentials("hr-agent", "mySecret", scope="read")

    answer = wb.client.exchange(
        "hr-agent",
        "mySecret",
        subject_token=subject.id_token,
        subject_token_type=ID_TOKEN,
        actor_token=actor.access_token,
        scope="read",
    )

    assert answer.json["scope"] == "read"
    capped = "The subject token has every scope asked for"
    assert any(check.rule == capped for check in wb.decision.checks)


def test_two_different_secrets_are_one_too_many(agents: Agents) -> None:
    pair = base64.b64encode(b"risk-agent:mySecret").decode()
    form = {"grant_type": "client_credentials", "client_id": "risk-agent"}

    def ask(secret: str) -> Any:
        sent = {**form, "scope": "read", "client_secret": secret}
        header = {"Authorization": f"Basic {pair}"}
        return agents.wb.client.post("access_token", sent, header)

    assert ask("mySecret").status == 200
    refused = ask("other")
    assert (refused.status, refused.json["error"]) == (400, "invalid_request")


def test_refreshing_keeps_the_audience(agents: Agents) -> None:
    wb = agents.wb
    wb.provider.acceptAudienceParametersInTokenExchangeRequests = True
    wb.realm.update("risk-agent", allowed_audiences=["orders"])
    add_grant(wb, "risk-agent")
    first = agents.exchange(audience="orders")

    second = wb.client.refresh("risk-agent", "mySecret", first.refresh_token)
    third = wb.client.refresh("risk-agent", "mySecret", second.refresh_token)

    assert claims_of(wb, third)["aud"] == ["risk-agent", "orders"]


def test_a_chain_ends_where_it_could_not_be_read_any_more(wb: Workbench) -> None:
    wb.enable_ai_agents()
    wb.provider.statelessTokensEnabled = True
    wb.realm.add_script("itself", SELF)
    wb.realm.register_agent(
        "loop", secret="s", scopes=["read"], may_act_script="itself"
    )
    wb.realm.update("loop", overrides={"statelessTokensEnabled": True})
    actor = wb.client.client_credentials("loop", "s", scope="read").access_token
    act: dict[str, Any] = {"sub": "(age!loop)"}
    for _ in range(499):
        act = {"sub": "(age!loop)", "act": act}
    order = client_order(wb.realm.client("loop"), ("read",), wb.realm.profile)
    issued = issue(wb.realm, replace(order, act=act))
    assert issued.access is not None

    answer = wb.client.exchange(
        "loop",
        "s",
        subject_token=issued.access.value,
        actor_token=actor,
        scope="read",
    )

    assert (answer.status, answer.json["error"]) == (400, "invalid_request")
    refusal = wb.decision.refusal
    assert refusal is not None
    assert refusal.rule == "The chain of actors can be written"
    assert refusal.found == "501 actors"


def test_hr_client_may_use_a_password(wb: Workbench) -> None:
    wb.prepare("agent-for-user")

    answer = wb.client.password(
        "hr-client", "mySecret", USER, USER_PASSWORD, scope="read"
    )

    assert claims_of(wb, answer)["sub"] == "(usr!bjensen)"
