"""The introspection endpoint over HTTP (RFC 7662; PingAM 8.1 endpoint page)."""

from typing import Any

import jwt
import pytest

from tests.stories import Agents, claims_of

INACTIVE = {"active": False}


def test_tells_the_acting_client_about_its_delegated_token(agents: Agents) -> None:
    token = agents.exchange().access_token

    answer = agents.wb.client.introspect("risk-agent", "mySecret", token).json

    claims = claims_of(agents.wb, token)
    assert answer == {
        "active": True,
        "scope": "read",
        "realm": "/alpha",
        "client_id": "risk-agent",
        "user_id": "data-agent",
        "username": "data-agent",
        "token_type": "Bearer",
        "exp": 1_790_003_600,
        "sub": "(age!data-agent)",
        "subname": "data-agent",
        "iss": agents.wb.realm.oauth2_url,
        "auth_level": 0,
        "expires_in": 3599,
        "authGrantId": claims["authGrantId"],
        "auditTrackingId": claims["auditTrackingId"],
        "act": {"sub": "(age!risk-agent)"},
        "cts": "OAUTH2_STATELESS_GRANT",
    }


@pytest.mark.parametrize("client_side", [True, False])
def test_tells_nobody_else(agents: Agents, client_side: bool) -> None:
    agents.wb.provider.statelessTokensEnabled = client_side
    token = agents.exchange().access_token

    answer = agents.wb.client.introspect("data-agent", "mySecret", token)

    assert (answer.status, answer.json) == (200, INACTIVE)


def test_tells_a_client_with_the_scope_for_it(agents: Agents) -> None:
    agents.wb.realm.register_agent(
        "rs", secret="mySecret", scopes=["am-introspect-all-tokens"]
    )
    token = agents.exchange().access_token

    assert agents.wb.client.introspect("rs", "mySecret", token).json["active"]


@pytest.mark.parametrize("switch", [True, False])
def test_tells_an_audience_member_where_the_switch_is_on(
    agents: Agents, switch: bool
) -> None:
    agents.wb.provider.allowAudienceMembersToIntrospectTokens = switch
    agents.wb.provider.acceptAudienceParametersInTokenExchangeRequests = True
    agents.wb.realm.update("risk-agent", allowed_audiences=["rs"])
    agents.wb.realm.register_agent("rs", secret="mySecret", scopes=["read"])
    token = agents.exchange(audience="rs").access_token

    answer = agents.wb.client.introspect("rs", "mySecret", token).json

    assert answer["active"] == switch


def test_an_opaque_token_has_its_may_act_and_audience_shown(agents: Agents) -> None:
    agents.wb.realm.update("data-agent", overrides={"statelessTokensEnabled": False})
    token = agents.token("data-agent")

    answer = agents.wb.client.introspect("data-agent", "mySecret", token).json

    assert answer["may_act"] == {"client_id": "risk-agent", "sub": "(age!risk-agent)"}
    assert answer["aud"] == "data-agent"
    assert "cts" not in answer


@pytest.mark.parametrize("token", ["unknown", "a.b.c", "x" * 100_000])
def test_an_unknown_token_is_inactive(agents: Agents, token: str) -> None:
    answer = agents.wb.client.introspect("risk-agent", "mySecret", token)

    assert (answer.status, answer.json) == (200, INACTIVE)


def test_an_expired_or_revoked_token_is_inactive(agents: Agents) -> None:
    revoked, expired = agents.token("risk-agent"), agents.token("risk-agent")
    agents.wb.client.revoke("risk-agent", "mySecret", revoked)
    first = agents.wb.client.introspect("risk-agent", "mySecret", revoked).json
    agents.wb.clock.advance(seconds=3600)
    second = agents.wb.client.introspect("risk-agent", "mySecret", expired).json

    assert (first, second) == (INACTIVE, INACTIVE)


def test_a_caller_that_does_not_authenticate_is_refused(agents: Agents) -> None:
    answer = agents.wb.client.introspect("risk-agent", "wrong", "x")

    assert answer.status == 400
    assert answer.json["error"] == "invalid_client"


def test_a_token_in_the_query_string_is_not_read(agents: Agents) -> None:
    url = f"{agents.wb.realm.oauth2_url}/introspect"
    form = {"client_id": "risk-agent", "client_secret": "mySecret"}

    answer = agents.wb.http.post(url, params={"token": "x"}, data=form)

    assert answer.status_code == 400
    assert answer.json()["error_description"] == "Missing parameters: token"


def test_revoking_a_refresh_token_takes_its_grant_along(agents: Agents) -> None:
    answer = agents.exchange()
    agents.wb.client.revoke("risk-agent", "mySecret", answer.refresh_token)

    introspected = agents.wb.client.introspect(
        "risk-agent", "mySecret", answer.access_token
    )

    assert introspected.json == INACTIVE


def test_a_client_cannot_revoke_anothers_token(agents: Agents) -> None:
    token = agents.token("risk-agent")

    answer = agents.wb.client.revoke("data-agent", "mySecret", token)

    assert (answer.status, answer.json) == (200, {})
    assert agents.wb.client.introspect("risk-agent", "mySecret", token).json["active"]


def test_the_bare_name_is_told_where_the_token_does_not_say_it(agents: Agents) -> None:
    agents.wb.provider.includeSubnameInTokenClaims = False
    token = agents.token("risk-agent")

    answer = agents.wb.client.introspect("risk-agent", "mySecret", token).json

    assert (answer["username"], answer["user_id"]) == ("risk-agent", "risk-agent")
    assert "subname" not in answer


def test_a_token_without_client_id_can_still_be_revoked_by_its_client(
    agents: Agents,
) -> None:
    agents.wb.provider.includeClientIdClaimInStatelessTokens = False
    token = agents.token("risk-agent")

    agents.wb.client.revoke("risk-agent", "mySecret", token)

    assert agents.wb.inspect(token).state == "revoked"


def test_the_trail_keeps_who_introspected_and_revoked(agents: Agents) -> None:
    token = agents.token("risk-agent")
    agents.wb.client.introspect("data-agent", "mySecret", token)
    agents.wb.client.revoke("risk-agent", "mySecret", token)

    kinds = [(e.kind, e.client_id, e.summary) for e in agents.wb.audit[-2:]]
    assert kinds == [
        ("introspect", "data-agent", "Inactive: not for this client."),
        ("revoke", "risk-agent", "access_token was revoked."),
    ]


def as_jwt(agents: Agents, token: str, accept: str) -> Any:
    form = {"client_id": "risk-agent", "client_secret": "mySecret", "token": token}
    url = f"{agents.wb.realm.oauth2_url}/introspect"
    return agents.wb.http.post(url, data=form, headers={"Accept": accept})


@pytest.mark.parametrize(
    "accept", ["application/jwt", "application/token-introspection+jwt"]
)
def test_the_answer_may_be_a_signed_jwt(agents: Agents, accept: str) -> None:
    token = agents.token("risk-agent")
    plain = as_jwt(agents, token, "application/json").json()

    answer = as_jwt(agents, token, f"{accept}, */*;q=0.1")

    keys = agents.wb.http.get(f"{agents.wb.realm.oauth2_url}/connect/jwk_uri").json()
    header = jwt.get_unverified_header(answer.text)
    key = next(each for each in keys["keys"] if each["kid"] == header["kid"])
    claims = jwt.decode(
        answer.text, jwt.PyJWK(key).key, ["RS256"], options={"verify_exp": False}
    )
    assert answer.headers["content-type"] == accept
    assert header["typ"] == "token-introspection+jwt"
    assert claims == plain


def test_with_the_switch_the_jwt_keeps_the_answer_in_a_claim(agents: Agents) -> None:
    agents.wb.provider.useTokenIntrospectionClaim = True
    token = agents.token("risk-agent")

    answer = as_jwt(agents, token, "application/token-introspection+jwt")

    claims = jwt.decode(answer.text, options={"verify_signature": False})
    assert list(claims) == ["iss", "aud", "iat", "token_introspection"]
    assert claims["aud"] == "risk-agent"
    assert claims["token_introspection"]["active"] is True


def test_such_a_jwt_opens_nothing(agents: Agents) -> None:
    answer = as_jwt(agents, agents.token("risk-agent"), "application/jwt").text

    assert agents.wb.inspect(answer).state == "not of this realm"


def test_anything_goes_means_json(agents: Agents) -> None:
    answer = as_jwt(agents, agents.token("risk-agent"), "*/*")

    assert answer.headers["content-type"] == "application/json;charset=UTF-8"
