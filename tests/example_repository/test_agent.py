from collections.abc import Iterator

import httpx
import pytest
from agent import RiskAgent, who_acts

from workbench.served import DelegationServer

SECRET = "mySecret"
API = {"client_id": "risk-api", "client_secret": SECRET}

pytestmark = pytest.mark.delegation_server("agent-for-agent")


@pytest.fixture
def http(delegation_server: DelegationServer) -> Iterator[httpx.Client]:
    delegation_server.workbench.realm.register_client(
        "risk-api", secret=SECRET, scopes=["am-introspect-all-tokens"]
    )
    with httpx.Client(verify=delegation_server.ssl_context) as client:
        yield client


@pytest.fixture
def subject_token(delegation_server: DelegationServer) -> str:
    own = delegation_server.workbench.client
    return own.client_credentials("data-agent", SECRET, scope="read").access_token


def test_the_agent_acts_for_the_subject(
    http: httpx.Client, delegation_server: DelegationServer, subject_token: str
) -> None:
    issuer = delegation_server.issuer

    token = RiskAgent(http, issuer, SECRET).act_for(subject_token, "read")

    assert who_acts(http, issuer, token, API) == (
        "(age!data-agent)",
        {"sub": "(age!risk-agent)"},
    )


def test_an_hour_later_the_api_lets_nobody_in(
    http: httpx.Client, delegation_server: DelegationServer, subject_token: str
) -> None:
    issuer = delegation_server.issuer
    token = RiskAgent(http, issuer, SECRET).act_for(subject_token, "read")

    delegation_server.clock.advance(seconds=3601)

    with pytest.raises(PermissionError):
        who_acts(http, issuer, token, API)


def test_the_agent_cannot_act_with_a_token_that_has_ended(
    http: httpx.Client, delegation_server: DelegationServer, subject_token: str
) -> None:
    delegation_server.clock.advance(seconds=3601)

    with pytest.raises(httpx.HTTPStatusError):
        RiskAgent(http, delegation_server.issuer, SECRET).act_for(subject_token, "read")

    refusal = delegation_server.audit.decision.refusal
    assert refusal is not None
    assert refusal.rule == "The subject token is valid now"


@pytest.mark.delegation_server("agent-for-agent", tls=False, profile="rfc8693-strict")
def test_a_stricter_server_holds_scopes_against_the_subject(
    http: httpx.Client, delegation_server: DelegationServer, subject_token: str
) -> None:
    with pytest.raises(httpx.HTTPStatusError):
        RiskAgent(http, delegation_server.issuer, SECRET).act_for(
            subject_token, "read write"
        )

    refusal = delegation_server.audit.decision.refusal
    assert refusal is not None
    assert refusal.rule == "The subject token has every scope asked for"
