"""Token exchange over HTTP: what is refused, and how the answer stays terse."""

import json
from typing import Any

import jwt
import pytest

from tests.stories import REFUSED, Agents, claims_of, refusal_of
from workbench import Workbench
from workbench.am.tokens.token import Making


def forged(token: str, **claims: Any) -> str:
    """The same token with other claims and its old signature."""
    header, payload, signature = token.split(".")
    decoded = json.loads(jwt.utils.base64url_decode(payload)) | claims
    changed = jwt.utils.base64url_encode(json.dumps(decoded).encode()).decode()
    return f"{header}.{changed}.{signature}"


def signed_elsewhere(token: str) -> str:
    claims = jwt.decode(token, options={"verify_signature": False})
    return jwt.encode(claims, "another server's secret, 32 bytes", "HS256")


def unsigned(token: str) -> str:
    claims = jwt.decode(token, options={"verify_signature": False})
    return jwt.encode(claims, "", "none")


@pytest.mark.parametrize("role", ["subject", "actor"])
@pytest.mark.parametrize(
    "change",
    [
        lambda token: forged(token, scope=["admin"]),
        signed_elsewhere,
        unsigned,
        lambda token: token[:-4] + "AAAA",
        lambda token: "not-a-token",
        lambda token: "a.b.c",
        lambda token: "..",
        lambda token: token + ".x",
    ],
)
def test_refuses_a_token_that_is_not_its_own(
    agents: Agents, role: str, change: Any
) -> None:
    client_id = {"subject": "data-agent", "actor": "risk-agent"}[role]
    token = change(agents.token(client_id))

    answer = agents.exchange(**{f"{role}_token": token})

    assert (answer.status, answer.json) == (400, REFUSED)
    assert refusal_of(agents.wb.decision).rule == (
        f"The {role} token is one that this realm issued, unchanged"
    )


def test_refuses_a_token_of_another_realm(agents: Agents) -> None:
    with Workbench(now=1_790_000_000, seed="test", realm="beta") as other:
        other.prepare("agent-for-agent")
        token = other.client.client_credentials(
            "data-agent", "mySecret", scope="read"
        ).access_token

    answer = agents.exchange(subject_token=token)

    assert (answer.status, answer.json) == (400, REFUSED)
    assert "realms/beta" in refusal_of(agents.wb.decision).found


@pytest.mark.parametrize("kind", [True, False])
def test_refuses_an_expired_subject_token(agents: Agents, kind: bool) -> None:
    agents.wb.realm.update("data-agent", overrides={"statelessTokensEnabled": kind})
    token = agents.token("data-agent")
    agents.wb.clock.advance(seconds=3600)

    answer = agents.exchange(subject_token=token)

    assert (answer.status, answer.json) == (400, REFUSED)
    assert refusal_of(agents.wb.decision).rule == "The subject token is valid now"


def test_takes_a_token_until_its_last_second(agents: Agents) -> None:
    token = agents.token("data-agent")
    agents.wb.clock.advance(seconds=3599)

    assert agents.exchange(subject_token=token).status == 200


@pytest.mark.parametrize("kind", [True, False])
def test_refuses_a_revoked_subject_token(agents: Agents, kind: bool) -> None:
    agents.wb.realm.update("data-agent", overrides={"statelessTokensEnabled": kind})
    token = agents.token("data-agent")
    assert agents.wb.client.revoke("data-agent", "mySecret", token).json == {}

    answer = agents.exchange(subject_token=token)

    assert (answer.status, answer.json) == (400, REFUSED)
    assert refusal_of(agents.wb.decision).found == "revoked"


@pytest.mark.parametrize("kind", [True, False])
def test_takes_client_side_and_server_side_tokens(agents: Agents, kind: bool) -> None:
    agents.wb.provider.statelessTokensEnabled = kind
    agents.wb.realm.update("data-agent", overrides={"statelessTokensEnabled": kind})

    answer = agents.exchange()

    claims = claims_of(agents.wb, answer)
    assert (claims["sub"], claims["act"]) == (
        "(age!data-agent)",
        {"sub": "(age!risk-agent)"},
    )


@pytest.mark.parametrize("algorithm", ["HS256", "RS256", "ES256"])
def test_signs_and_checks_with_each_algorithm(agents: Agents, algorithm: str) -> None:
    agents.wb.provider.tokenSigningAlgorithm = algorithm

    answer = agents.exchange()

    assert answer.status == 200
    assert jwt.get_unverified_header(answer.access_token)["alg"] == algorithm


@pytest.mark.parametrize("algorithm", ["RS256", "ES256"])
def test_a_resource_server_checks_the_token_with_the_published_keys(
    agents: Agents, algorithm: str
) -> None:
    agents.wb.provider.tokenSigningAlgorithm = algorithm
    token = agents.exchange().access_token
    published = agents.wb.http.get(f"{agents.wb.realm.oauth2_url}/connect/jwk_uri")

    keys = jwt.PyJWKSet.from_dict(published.json())
    key = keys[jwt.get_unverified_header(token)["kid"]]
    claims = jwt.decode(
        token, key, [algorithm], audience="risk-agent", options={"verify_exp": False}
    )

    assert claims["act"] == {"sub": "(age!risk-agent)"}


@pytest.mark.parametrize(
    ("changes", "body"),
    [
        (
            {"subject_token_type": None},
            {
                "error_description": "Missing parameters: subject_token_type",
                "error": "invalid_request",
            },
        ),
        ({"subject_token_type": "urn:ietf:params:oauth:token-type:jwt"}, REFUSED),
        ({"requested_token_type": "urn:ietf:params:oauth:token-type:saml2"}, REFUSED),
        (
            {"scope": "admin"},
            {
                "error_description": "Unknown/invalid scope(s): [admin]",
                "error": "invalid_scope",
            },
        ),
        (
            {"client_secret": "wrong"},
            {
                "error_description": "Client authentication failed",
                "error": "invalid_client",
            },
        ),
        ({"client_id": "data-agent"}, REFUSED),
    ],
)
def test_answers_each_mistake_as_pingam_does(
    agents: Agents, changes: dict[str, str | None], body: dict[str, str]
) -> None:
    answer = agents.exchange(**changes)

    assert (answer.status, answer.json) == (400, body)
    assert (
        refusal_of(agents.wb.audit[-1].decision).description
        == body["error_description"]
    )


def test_a_refresh_token_is_never_taken_for_an_access_token(agents: Agents) -> None:
    refresh = agents.exchange().refresh_token

    answer = agents.exchange(subject_token=refresh)

    assert (answer.status, answer.json) == (400, REFUSED)
    assert refusal_of(agents.wb.decision).rule == (
        "The subject token is of the type declared"
    )


def test_the_scope_may_be_wider_than_the_subject_tokens(agents: Agents) -> None:
    assert agents.exchange(scope="write delete").json["scope"] == "write delete"


def test_the_audience_follows_the_client_id_where_it_is_allowed(agents: Agents) -> None:
    agents.wb.provider.acceptAudienceParametersInTokenExchangeRequests = True
    agents.wb.realm.update("risk-agent", allowed_audiences=["https://api.example"])

    claims = claims_of(agents.wb, agents.exchange(audience="https://api.example"))

    assert claims["aud"] == ["risk-agent", "https://api.example"]


def test_no_refresh_token_where_the_provider_issues_none(agents: Agents) -> None:
    agents.wb.provider.issueRefreshToken = False

    assert "refresh_token" not in agents.exchange().json


@pytest.mark.parametrize(
    ("mode", "grants", "given"),
    [
        ("always", [], True),
        ("only with the grant", [], False),
        ("only with the grant", ["refresh_token"], True),
        ("never", ["refresh_token"], False),
    ],
)
def test_the_profile_says_when_a_refresh_token_comes_along(
    agents: Agents, mode: str, grants: list[str], given: bool
) -> None:
    agents.wb.profile = agents.wb.profile.but(refresh_token_on_exchange=mode)
    own = agents.wb.realm.client("risk-agent").grant_types
    agents.wb.realm.update("risk-agent", grant_types=[*own, *grants])

    assert ("refresh_token" in agents.exchange().json) == given


def test_impersonation_leaves_no_trace_of_the_actor(agents: Agents) -> None:
    agents.wb.realm.update_script(
        "risk-agent may act", 'token.setMayAct({client_id: "risk-agent"});'
    )

    claims = claims_of(agents.wb, agents.impersonate())

    assert "act" not in claims
    assert (claims["sub"], claims["client_id"]) == ("(age!data-agent)", "risk-agent")


def test_a_lifetime_is_the_acting_clients(agents: Agents) -> None:
    agents.wb.realm.update("risk-agent", access_token_lifetime=60)

    assert agents.exchange().json["expires_in"] == 59


def test_the_lifetime_is_capped_where_the_profile_says_so(agents: Agents) -> None:
    agents.wb.profile = agents.wb.profile.but(lifetime_capped_by_subject=True)
    agents.wb.realm.update("data-agent", access_token_lifetime=100)

    assert agents.exchange().json["expires_in"] == 99


def test_no_token_or_secret_shows_in_the_trail(agents: Agents) -> None:
    subject = agents.token("data-agent")
    agents.exchange(subject_token=subject)
    agents.exchange(subject_token=subject, client_secret="hunter2hunter2")
    agents.exchange(subject_token="secret-looking-token")

    trail = repr(agents.wb.audit) + repr(agents.wb.realm.clients)
    assert subject not in trail
    for secret in ("hunter2hunter2", "secret-looking-token", "mySecret"):
        assert secret not in trail


def test_a_token_in_the_wrong_field_stays_out_of_the_trail(agents: Agents) -> None:
    agents.wb.realm.update("data-agent", overrides={"statelessTokensEnabled": False})
    opaque = agents.token("data-agent")

    agents.exchange(subject_token_type=opaque, scope=opaque)

    assert opaque not in repr(agents.wb.audit)


def test_a_long_token_is_taken_as_it_was_issued(agents: Agents) -> None:
    agents.wb.realm.update_script(
        "risk-agent may act",
        'token.setMayAct({client_id: "risk-agent", sub: "(age!risk-agent)",'
        ' pad: Array(100000).join("x")});',
    )

    assert agents.exchange().status == 200


def test_the_comparison_is_a_table_with_a_row_a_claim(agents: Agents) -> None:
    subject = agents.token("data-agent")
    issued = agents.exchange(subject_token=subject)

    table = agents.wb.compare_table(subject, agents.token("risk-agent"), issued)

    changes = dict(zip(table["claim"], table["change"], strict=True))
    assert {name: changes[name] for name in ("sub", "act", "may_act", "client_id")} == {
        "sub": "kept",
        "act": "added",
        "may_act": "dropped",
        "client_id": "changed",
    }


def test_an_ignored_audience_is_explained(agents: Agents) -> None:
    agents.exchange(audience="https://api.example")

    check = agents.wb.decision.checks[-3]
    assert (check.passed, check.decided_by) == (True, "provider setting")
    assert check.found == "acceptAudienceParametersInTokenExchangeRequests is off"


def test_a_number_is_not_taken_for_a_name_and_shows_why(agents: Agents) -> None:
    agents.wb.realm.register_agent("5", secret="mySecret", scopes=["read"])
    agents.wb.realm.update_script(
        "risk-agent may act", "token.setMayAct({client_id: 5});"
    )

    answer = agents.impersonate(client_id="5")

    assert answer.json == REFUSED
    assert refusal_of(agents.wb.decision).found == "5.0 (not a text)"


def test_an_inactive_client_is_a_setting_and_no_mistake_of_the_request(
    agents: Agents,
) -> None:
    subject, actor = agents.token("data-agent"), agents.token("risk-agent")
    agents.wb.realm.update("risk-agent", active=False)

    agents.exchange(subject_token=subject, actor_token=actor)

    assert refusal_of(agents.wb.decision).decided_by == "client setting"


def test_no_rule_vanishes_without_a_client(agents: Agents) -> None:
    granted = agents.exchange()
    rules = {check.rule for check in agents.wb.decision.checks}

    agents.exchange(client_secret="wrong")

    refused = agents.wb.decision
    assert granted.status == 200
    assert rules == {c.rule for c in refused.checks} | set(refused.not_evaluated)


def test_the_authentication_level_of_the_subject_is_kept(agents: Agents) -> None:
    """No grant here gives a level yet, so the token is made by hand."""
    realm = agents.wb.realm
    subject = dict(claims_of(agents.wb, agents.token("data-agent")))
    making = Making(client_side=True, algorithm="HS256")
    raised = realm.tokens.make({**subject, "auth_level": 3}, making)

    claims = claims_of(agents.wb, agents.exchange(subject_token=raised.value))

    assert claims["auth_level"] == 3
