"""What an inactive agent can still do, and what its live tokens are still good for.

PingAM documents that an inactive client cannot be used (``status``); that its tokens
live on is inferred from OpenAM, which looks at a token alone. A profile switch has it
otherwise.
"""

import pytest

from tests.stories import Agents, refusal_of
from workbench import Workbench
from workbench.am.reading.read_token import read_token
from workbench.course.use_cases.agent_for_user import USER_PASSWORD

FAILED = {
    "error_description": "Client authentication failed",
    "error": "invalid_client",
}


def test_an_inactive_agent_can_ask_for_nothing(agents: Agents) -> None:
    wb = agents.wb
    exchanged = agents.exchange()
    subject, actor = agents.token("data-agent"), agents.token("risk-agent")
    wb.realm.update("risk-agent", active=False)

    asked = [
        wb.client.client_credentials("risk-agent", "mySecret", scope="read"),
        agents.exchange(subject_token=subject, actor_token=actor),
        wb.client.refresh("risk-agent", "mySecret", exchanged.refresh_token),
        wb.client.introspect("risk-agent", "mySecret", exchanged.access_token),
        wb.client.revoke("risk-agent", "mySecret", exchanged.access_token),
    ]

    assert {(each.status, str(each.json)) for each in asked} == {(400, str(FAILED))}
    assert read_token(wb.realm, exchanged.access_token).active
    hints = {event.hint or refusal_of(event.decision).found for event in wb.audit[-5:]}
    assert hints == {"risk-agent is not active."}


def test_a_wrong_secret_of_an_inactive_agent_gets_the_same_answer(
    agents: Agents,
) -> None:
    agents.wb.realm.update("risk-agent", active=False)

    answer = agents.wb.client.client_credentials("risk-agent", "wrong", scope="read")

    assert (answer.status, answer.json) == (400, FAILED)


def test_an_exchange_by_an_inactive_agent_keeps_its_decision(agents: Agents) -> None:
    actor = agents.token("risk-agent")
    agents.wb.realm.update("risk-agent", active=False)

    agents.exchange(actor_token=actor)

    refusal = refusal_of(agents.wb.decision)
    assert refusal.rule == "The client authenticated"
    assert (refusal.found, refusal.decided_by) == (
        "risk-agent is not active.",
        "client setting",
    )


def test_a_person_cannot_let_an_inactive_client_in(wb: Workbench) -> None:
    wb.prepare("agent-for-user")
    session = wb.client.authenticate("bjensen", USER_PASSWORD).token_id
    where = wb.realm.client("hr-client").redirection_uris[0]
    before = wb.client.authorize(
        "hr-client", session, redirect_uri=where, scope="read"
    ).code
    wb.realm.update("hr-client", active=False)

    refused = wb.client.authorize("hr-client", session, redirect_uri=where)
    redeemed = wb.client.authorization_code(
        "hr-client", "mySecret", before, redirect_uri=where
    )

    assert (refused.status, refused.json) == (400, FAILED)
    assert (redeemed.status, redeemed.json) == (400, FAILED)


def test_an_agent_that_is_active_again_goes_on(agents: Agents) -> None:
    refresh = agents.exchange().refresh_token
    grants = [*agents.wb.realm.client("risk-agent").grant_types, "refresh_token"]
    agents.wb.realm.update("risk-agent", active=False, grant_types=grants)
    agents.wb.client.refresh("risk-agent", "mySecret", refresh)
    agents.wb.realm.update("risk-agent", active=True)

    assert agents.wb.client.refresh("risk-agent", "mySecret", refresh).status == 200


def uses(agents: Agents, token: str) -> dict[str, bool]:
    """What a live token of data-agent is good for, whoever holds it."""
    wb = agents.wb
    wb.realm.register_agent(
        "rs", secret="mySecret", scopes=["am-introspect-all-tokens"]
    )
    url = f"{wb.realm.oauth2_url}/tokeninfo"
    return {
        "introspect": wb.client.introspect("rs", "mySecret", token).json["active"],
        "tokeninfo": wb.http.get(url, params={"access_token": token}).is_success,
        "exchange": agents.exchange(subject_token=token).status == 200,
    }


@pytest.mark.parametrize(("switch", "good"), [("allow", True), ("refuse", False)])
@pytest.mark.parametrize("client_side", [True, False])
@pytest.mark.parametrize("deleted", [True, False])
def test_live_tokens_of_an_inactive_agent_are_a_matter_of_profile(
    agents: Agents, switch: str, good: bool, client_side: bool, deleted: bool
) -> None:
    wb = agents.wb
    wb.realm.update("data-agent", overrides={"statelessTokensEnabled": client_side})
    wb.profile = wb.profile.but(tokens_of_inactive_clients=switch)
    token = agents.token("data-agent")
    if deleted:
        wb.realm.delete("data-agent")
    else:
        wb.realm.update("data-agent", active=False)

    assert set(uses(agents, token).values()) == {good}
    assert wb.inspect(token).state == ("active" if good else "its client is inactive")


def test_a_refused_token_says_whose_client_is_inactive(agents: Agents) -> None:
    wb = agents.wb
    wb.profile = "rfc8693-strict"
    subject, actor = agents.token("data-agent"), agents.token("risk-agent")
    wb.realm.update("data-agent", active=False)

    answer = agents.exchange(subject_token=subject, actor_token=actor)

    assert answer.json["error_description"] == "Invalid token exchange."
    assert [check.rule for check in wb.decision.failures] == [
        "The subject token's client is active"
    ]
    wb.http.get(f"{wb.realm.oauth2_url}/tokeninfo", params={"access_token": subject})
    assert wb.audit[-1].hint == "Its client is inactive or deleted."


def test_an_active_agents_tokens_pass_in_every_profile(agents: Agents) -> None:
    for name in ("pingam-8.1", "rfc8693-strict"):
        agents.wb.profile = name

        assert agents.exchange().status == 200
