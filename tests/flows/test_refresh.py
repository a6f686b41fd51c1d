"""The refresh token grant over HTTP, for the token of an exchange (RFC 6749 6)."""

import pytest

from tests.stories import INVALID_GRANT, Agents, add_grant, claims_of
from workbench import Workbench
from workbench.agent.calls import Call
from workbench.am.clients.grant_types import PASSWORD


@pytest.fixture
def refreshing(agents: Agents) -> Agents:
    """The agents, where risk-agent has the refresh token grant."""
    add_grant(agents.wb, "risk-agent")
    return agents


def test_the_fresh_token_keeps_subject_actor_and_grant(refreshing: Agents) -> None:
    first = refreshing.exchange(scope="read write")
    refreshing.wb.clock.advance(seconds=100)

    answer = refreshing.refresh(first.refresh_token)

    assert list(answer.json) == [
        "access_token",
        "refresh_token",
        "scope",
        "token_type",
        "expires_in",
    ]
    old, new = claims_of(refreshing.wb, first), claims_of(refreshing.wb, answer)
    for kept in ("sub", "subname", "act", "client_id", "scope", "authGrantId"):
        assert new[kept] == old[kept]
    assert new["auth_time"] == old["auth_time"]
    assert (new["exp"] - old["exp"], new["grant_type"]) == (100, "refresh_token")
    assert new["jti"] != old["jti"]


def test_the_scope_may_be_narrowed_but_not_widened(refreshing: Agents) -> None:
    token = refreshing.exchange(scope="read write").refresh_token

    narrow = refreshing.refresh(token, scope="read")
    back = refreshing.refresh(narrow.refresh_token, scope="write read")
    wide = refreshing.refresh(back.refresh_token, scope="read delete")

    assert (narrow.json["scope"], back.json["scope"]) == ("read", "write read")
    assert wide.json == {
        "error_description": "Unknown/invalid scope(s): [delete]",
        "error": "invalid_scope",
    }


def test_a_used_refresh_token_ends_and_its_successor_lives(refreshing: Agents) -> None:
    token = refreshing.exchange().refresh_token
    second = refreshing.refresh(token).refresh_token

    again = refreshing.refresh(token)
    after = refreshing.refresh(second)

    assert (again.status, again.json) == (400, INVALID_GRANT)
    assert after.status == 200


def replayed(agents: Agents) -> tuple[Call, str]:
    """A person's token refreshed, the first refresh token sent again; the second."""
    add_grant(agents.wb, "risk-agent", PASSWORD)
    agents.wb.realm.add_user("bjensen", password="Passw0rd")
    asked = agents.wb.client.password(
        "risk-agent", "mySecret", "bjensen", "Passw0rd", scope="read"
    )
    second = agents.refresh(asked.refresh_token)
    agents.refresh(asked.refresh_token)
    return second, asked.refresh_token


def test_a_careful_server_ends_the_grant_of_one_that_comes_again(
    refreshing: Agents,
) -> None:
    refreshing.wb.profile = "rfc8693-strict"
    second, _ = replayed(refreshing)
    told = refreshing.wb.audit[-1]

    after = refreshing.refresh(second.refresh_token)

    assert (after.status, after.json) == (400, INVALID_GRANT)
    assert refreshing.wb.inspect(second).state == "revoked"
    assert told.hint.endswith("its whole grant is revoked now.")
    assert len(told.revoked) == 2


def test_within_the_grace_period_nothing_comes_again(refreshing: Agents) -> None:
    refreshing.wb.profile = "rfc8693-strict"
    refreshing.wb.realm.update("risk-agent", refresh_token_grace_period=60)

    second, first = replayed(refreshing)
    within = refreshing.refresh(second.refresh_token)
    refreshing.wb.clock.advance(seconds=61)
    beyond = refreshing.refresh(first)
    after = refreshing.refresh(within.refresh_token)

    assert [each.status for each in (within, beyond, after)] == [200, 400, 400]


def test_nobody_else_can_end_a_grant_so(refreshing: Agents) -> None:
    refreshing.wb.profile = "rfc8693-strict"
    refreshing.wb.realm.register_agent(
        "thief", secret="mySecret", scopes=["read"], grant_types=["refresh_token"]
    )
    add_grant(refreshing.wb, "risk-agent", PASSWORD)
    refreshing.wb.realm.add_user("bjensen", password="Passw0rd")
    first = refreshing.wb.client.password(
        "risk-agent", "mySecret", "bjensen", "Passw0rd", scope="read"
    ).refresh_token
    second = refreshing.refresh(first).refresh_token

    refreshing.wb.client.refresh("thief", "mySecret", first)
    refreshing.wb.client.refresh("thief", "mySecret", "unknown")

    assert refreshing.refresh(second).status == 200


def test_it_stays_where_no_new_one_is_issued(refreshing: Agents) -> None:
    refreshing.wb.provider.issueRefreshTokenOnRefreshedToken = False
    token = refreshing.exchange().refresh_token

    answers = [refreshing.refresh(token) for _ in range(2)]

    assert [answer.status for answer in answers] == [200, 200]
    assert "refresh_token" not in answers[0].json


@pytest.mark.parametrize("client_side", [True, False])
def test_an_expired_or_revoked_one_is_refused(
    refreshing: Agents, client_side: bool
) -> None:
    refreshing.wb.provider.statelessTokensEnabled = client_side
    revoked = refreshing.exchange().refresh_token
    refreshing.wb.client.revoke("risk-agent", "mySecret", revoked)
    expired = refreshing.exchange().refresh_token

    first = refreshing.refresh(revoked)
    refreshing.wb.clock.advance(seconds=604_800)
    second = refreshing.refresh(expired)

    assert (first.json, second.json) == (INVALID_GRANT, INVALID_GRANT)


def test_revoking_it_takes_what_it_refreshed_along(refreshing: Agents) -> None:
    answer = refreshing.refresh(refreshing.exchange().refresh_token)

    refreshing.wb.client.revoke("risk-agent", "mySecret", answer.refresh_token)

    assert refreshing.wb.inspect(answer).state == "revoked"


def test_another_kind_of_token_is_refused(refreshing: Agents) -> None:
    for wrong in (refreshing.exchange().access_token, "unknown", "a.b.c"):
        assert refreshing.refresh(wrong).json == INVALID_GRANT


def test_anothers_refresh_token_is_refused(refreshing: Agents) -> None:
    token = refreshing.exchange().refresh_token
    refreshing.wb.realm.register_agent(
        "thief", secret="mySecret", scopes=["read"], grant_types=["refresh_token"]
    )

    answer = refreshing.wb.client.refresh("thief", "mySecret", token)

    assert answer.json == INVALID_GRANT
    assert "was issued to risk-agent" in refreshing.wb.audit[-1].hint


def test_the_client_needs_the_grant(agents: Agents) -> None:
    token = agents.exchange().refresh_token

    answer = agents.refresh(token)

    assert answer.json["error"] == "unsupported_grant_type"
    assert "risk-agent does not have the grant" in agents.wb.audit[-1].hint


def test_the_may_act_script_runs_again(refreshing: Agents) -> None:
    token = refreshing.exchange().refresh_token
    refreshing.wb.realm.add_script("next", 'token.setMayAct({client_id: "next"});')
    refreshing.wb.realm.update(
        "risk-agent",
        may_act_script="next",
        overrides={"statelessTokensEnabled": True},
    )

    claims = claims_of(refreshing.wb, refreshing.refresh(token))

    assert claims["may_act"] == {"client_id": "next"}
    assert claims["act"] == {"sub": "(age!risk-agent)"}


@pytest.mark.parametrize("client_side", [True, False])
@pytest.mark.parametrize("whose", ["provider", "client"])
def test_a_refresh_token_can_live_for_ever(
    story: Workbench, agents: Agents, whose: str, client_side: bool
) -> None:
    agent = story.realm.client("risk-agent")
    story.realm.update(
        "risk-agent",
        grant_types=["refresh_token", *agent.grant_types],
        overrides={"statelessTokensEnabled": client_side},
    )
    if whose == "provider":
        story.provider.refreshTokenLifetime = -1
    else:
        story.realm.update("risk-agent", refresh_token_lifetime=-1)
    token = agents.exchange().refresh_token

    story.clock.advance(seconds=100 * 365 * 86400)

    told = story.client.introspect("risk-agent", "mySecret", token).json
    answer = story.client.refresh("risk-agent", "mySecret", token)
    assert told["active"] is True
    assert not {"exp", "expires_in"} & set(told)
    assert answer.json["expires_in"] == 3599
    assert "exp" not in (claims_of(story, token) or {})
