"""Groups of AI agents over HTTP (PingAM 8.1, AI agents: groups)."""

import pytest

from tests.stories import TOKEN_EXCHANGE, Agents, claims_of
from workbench import Workbench
from workbench.am.clients.group import Group
from workbench.course.use_cases.agent_for_user import USER_PASSWORD


@pytest.fixture
def fleet(story: Workbench) -> Group:
    """The group whose settings risk-agent inherits."""
    group = story.realm.groups.add_for_agents(
        "fleet", scopes=["audit"], access_token_lifetime=60
    )
    story.realm.update(
        "risk-agent",
        group="fleet",
        inherited=["scopes", "access_token_lifetime", "grant_types", "active"],
    )
    return group


def test_an_agent_gets_what_its_group_has(agents: Agents, fleet: Group) -> None:
    wb = agents.wb

    answer = wb.client.client_credentials("risk-agent", "mySecret", scope="audit")
    refused = wb.client.client_credentials("risk-agent", "mySecret", scope="read")

    assert (answer.json["scope"], answer.json["expires_in"]) == ("audit", 59)
    assert refused.json["error_description"] == "Unknown/invalid scope(s): [read]"


def test_an_exchange_obeys_the_group(agents: Agents, fleet: Group) -> None:
    actor = agents.token("risk-agent", "audit")

    agents.wb.realm.groups.update(fleet, grant_types=["client_credentials"])
    refused = agents.exchange(actor_token=actor, scope="audit")
    agents.wb.realm.groups.update(
        fleet, grant_types=["client_credentials", TOKEN_EXCHANGE]
    )
    granted = agents.exchange(actor_token=actor, scope="audit")

    assert refused.json["error"] == "unsupported_grant_type"
    assert claims_of(agents.wb, granted)["scope"] == ["audit"]


def test_a_group_switches_all_its_agents_off(agents: Agents, fleet: Group) -> None:
    agents.wb.realm.groups.update(fleet, active=False)

    answer = agents.wb.client.client_credentials("risk-agent", "mySecret")

    assert (answer.status, answer.json["error"]) == (400, "invalid_client")
    assert agents.wb.audit[-1].hint == "risk-agent is not active."


def test_a_script_sees_the_values_that_count(agents: Agents, fleet: Group) -> None:
    wb = agents.wb
    wb.realm.add_script("look", "logger.warn(clientProperties.allowedScopes.join());")
    wb.realm.update("risk-agent", may_act_script="look")

    agents.token("risk-agent", "audit")

    assert wb.audit[-1].scripts[0].log[0].text == "audit"


def test_the_authorization_endpoint_obeys_the_group(wb: Workbench) -> None:
    wb.prepare("agent-for-user")
    callback = "https://inherited.example/cb"
    wb.realm.add_group("web", redirection_uris=[callback])
    wb.realm.update("hr-client", group="web", inherited=["redirection_uris"])
    session = wb.client.authenticate("bjensen", USER_PASSWORD).token_id

    answer = wb.client.authorize(
        "hr-client", session, redirect_uri=callback, scope="read"
    )

    assert dict(answer.response_headers)["location"].startswith(f"{callback}?code=")
