"""ID tokens: issued beside access tokens, exchanged in all four directions."""

from typing import Any

import pytest

from tests.stories import (
    ACCESS_TOKEN,
    CALLBACK,
    ID_TOKEN,
    REFUSED,
    agent_for_user,
    claims_of,
    exchange,
    refusal_of,
)
from workbench import Workbench
from workbench.agent.client import Call
from workbench.am.claims.id_token import half_hash
from workbench.course.use_cases.agent_for_user import USER, USER_PASSWORD

STAMP = 'token.setMayAct({client_id: "hr-agent", sub: "(age!hr-agent)", hook: "%s"});'


@pytest.fixture
def story(wb: Workbench) -> Workbench:
    """hr-client may ask for openid; each of the two hooks has a script of its own."""
    agent_for_user(wb)
    wb.realm.add_script("for access tokens", STAMP % "access")
    wb.realm.add_script("for ID tokens", STAMP % "id")
    wb.realm.update(
        "hr-client",
        scopes=["openid", "profile", "email", "read"],
        token_endpoint_auth_method="client_secret_post",
        overrides={
            "accessTokenMayActScript": wb.realm.script("for access tokens").id,
            "oidcMayActScript": wb.realm.script("for ID tokens").id,
        },
    )
    return wb


def tokens(wb: Workbench, scope: str = "openid read", **more: str) -> Any:
    """What hr-client gets for bjensen's code."""
    session = wb.client.authenticate(USER, USER_PASSWORD).token_id
    consent = wb.client.authorize(
        "hr-client", session, redirect_uri=CALLBACK, scope=scope, **more
    )
    return wb.client.authorization_code(
        "hr-client", "mySecret", consent.code, redirect_uri=CALLBACK
    )


def exchange_typed(wb: Workbench, subject: str, subject_type: str, **form: Any) -> Call:
    """What hr-agent gets for a token of a type, no scope asked for unless named."""
    sent = {"scope": None, "subject_token_type": subject_type, **form}
    return exchange(wb, "hr-agent", subject, **sent)


def test_its_header_has_nothing_that_a_strict_client_does_not_know(
    story: Workbench,
) -> None:
    answer = tokens(story)

    headers = [
        story.inspect(value).header or {}
        for value in (answer.id_token, answer.access_token, answer.refresh_token)
    ]
    assert set(headers[0]) == {"typ", "kid", "alg"}
    assert [header.get("zip") for header in headers] == [None, "NONE", "NONE"]


def test_openid_brings_an_id_token_beside_the_access_token(story: Workbench) -> None:
    answer = tokens(story, nonce="n-1")

    assert list(answer.json) == [
        "access_token",
        "refresh_token",
        "scope",
        "id_token",
        "token_type",
        "expires_in",
    ]
    opened = story.inspect(answer.id_token)
    assert opened.header is not None and opened.header["alg"] == "RS256"
    now = story.clock.now()
    claims = claims_of(story, opened)
    tracking = claims["auditTrackingId"]
    assert claims == {
        "at_hash": half_hash(answer.access_token),
        "sub": "(usr!bjensen)",
        "auditTrackingId": tracking,
        "subname": "bjensen",
        "iss": story.realm.oauth2_url,
        "tokenName": "id_token",
        "nonce": "n-1",
        "aud": "hr-client",
        "acr": "0",
        "azp": "hr-client",
        "auth_time": now,
        "realm": "/alpha",
        "exp": now + 3600,
        "tokenType": "JWTToken",
        "iat": now,
        "may_act": {"client_id": "hr-agent", "sub": "(age!hr-agent)", "hook": "id"},
    }


def test_an_id_token_is_a_jwt_whatever_access_tokens_are(story: Workbench) -> None:
    story.realm.update("hr-client", overrides={"statelessTokensEnabled": False})

    answer = tokens(story)

    assert story.inspect(answer.access_token).form == "server-side"
    assert story.inspect(answer.id_token).form == "client-side"


def test_without_openid_there_is_none(story: Workbench) -> None:
    assert "id_token" not in tokens(story, scope="read").json


def test_a_client_itself_gets_none(story: Workbench) -> None:
    story.realm.update("hr-client", grant_types=["client_credentials"])

    answer = story.client.client_credentials("hr-client", "mySecret", scope="openid")

    assert answer.status == 200
    assert "id_token" not in answer.json


def test_the_client_chooses_algorithm_and_lifetime(story: Workbench) -> None:
    story.realm.update(
        "hr-client", id_token_signed_response_alg="ES256", jwt_token_lifetime=60
    )

    opened = story.inspect(tokens(story).id_token)

    assert opened.header is not None and opened.header["alg"] == "ES256"
    claims = claims_of(story, opened)
    assert claims["exp"] - claims["iat"] == 60


def test_the_providers_lifetime_holds_where_the_client_has_none(
    story: Workbench,
) -> None:
    story.provider.jwtTokenLifetime = 300

    claims = claims_of(story, tokens(story).id_token)

    assert claims["exp"] - claims["iat"] == 300


def test_each_hook_stamps_its_own_kind_of_token(story: Workbench) -> None:
    answer = tokens(story)

    hooks = [
        claims_of(story, each)["may_act"]["hook"]
        for each in (answer.access_token, answer.id_token)
    ]
    assert hooks == ["access", "id"]


def test_the_hook_for_access_tokens_leaves_id_tokens_alone(story: Workbench) -> None:
    story.realm.update("hr-client", overrides={"oidcMayActScript": "[Empty]"})

    answer = tokens(story)

    assert "may_act" in claims_of(story, answer.access_token)
    assert "may_act" not in claims_of(story, answer.id_token)
    assert exchange_typed(story, answer.id_token, ID_TOKEN).json == REFUSED
    assert story.decision.refusal is not None
    assert refusal_of(story.decision).rule == "The subject token carries may_act"


def test_the_realms_hook_counts_where_the_client_has_no_overrides(
    story: Workbench,
) -> None:
    story.provider.oidcMayActScript = "for ID tokens"
    story.realm.update("hr-client", overrides={"providerOverridesEnabled": False})

    claims = claims_of(story, tokens(story).id_token)

    assert claims["may_act"]["hook"] == "id"


def test_a_failing_hook_issues_nothing(story: Workbench) -> None:
    story.realm.update_script("for ID tokens", "nonsense();")

    answer = tokens(story)

    assert (answer.status, answer.json) == (
        500,
        {
            "error_description": "Error running may_act script",
            "error": "server_error",
        },
    )


@pytest.mark.parametrize("source", [ACCESS_TOKEN, ID_TOKEN])
@pytest.mark.parametrize("target", [ACCESS_TOKEN, ID_TOKEN, None])
def test_each_type_can_be_exchanged_for_each(
    story: Workbench, source: str, target: str | None
) -> None:
    first = tokens(story)
    subject = first.access_token if source == ACCESS_TOKEN else first.id_token
    wanted = {} if target is None else {"requested_token_type": target}

    answer = exchange_typed(story, subject, source, scope="read", **wanted)

    claims = claims_of(story, answer)
    assert answer.json["issued_token_type"] == (target or ACCESS_TOKEN)
    assert (claims["sub"], claims["act"]) == (
        "(usr!bjensen)",
        {"sub": "(age!hr-agent)"},
    )
    assert (claims["aud"], claims["iss"]) == ("hr-agent", story.realm.oauth2_url)
    if target == ID_TOKEN:
        assert list(answer.json) == [
            "access_token",
            "issued_token_type",
            "token_type",
            "expires_in",
        ]
        assert answer.json["token_type"] == "N_A"
        assert (claims["tokenName"], claims["azp"]) == ("id_token", "hr-agent")
        assert "at_hash" not in claims
    else:
        assert answer.json["token_type"] == "Bearer"
        assert claims["tokenName"] == "access_token"
        assert claims["auth_level"] == 0


def test_an_id_token_alone_needs_no_scope(story: Workbench) -> None:
    subject = tokens(story).id_token

    alone = exchange_typed(story, subject, ID_TOKEN, requested_token_type=ID_TOKEN)
    access = exchange_typed(story, subject, ID_TOKEN)
    foreign = exchange_typed(
        story, subject, ID_TOKEN, requested_token_type=ID_TOKEN, scope="root"
    )

    assert alone.status == 200
    assert (access.status, access.json["error"]) == (400, "invalid_scope")
    assert (foreign.status, foreign.json["error"]) == (400, "invalid_scope")


def test_the_acting_clients_own_hook_stamps_the_exchanged_id_token(
    story: Workbench,
) -> None:
    story.provider.oidcMayActScript = "for ID tokens"

    answer = exchange_typed(
        story, tokens(story).id_token, ID_TOKEN, requested_token_type=ID_TOKEN
    )

    assert claims_of(story, answer)["may_act"]["hook"] == "id"
    assert story.decision.checks[-1].rule == "The acting client's may act script runs"


def test_an_exchanged_id_token_can_be_exchanged_on_and_act_nests(
    story: Workbench,
) -> None:
    story.provider.oidcMayActScript = "for ID tokens"
    first = exchange_typed(
        story, tokens(story).id_token, ID_TOKEN, requested_token_type=ID_TOKEN
    )

    second = exchange_typed(story, first.access_token, ID_TOKEN, scope="read")

    assert claims_of(story, second)["act"] == {
        "sub": "(age!hr-agent)",
        "act": {"sub": "(age!hr-agent)"},
    }


@pytest.mark.parametrize(
    ("member", "declared"), [("access_token", ID_TOKEN), ("id_token", ACCESS_TOKEN)]
)
def test_neither_type_is_taken_for_the_other(
    story: Workbench, member: str, declared: str
) -> None:
    subject = tokens(story).json[member]

    answer = exchange_typed(story, subject, declared, scope="read")

    assert (answer.status, answer.json) == (400, REFUSED)
    assert story.decision.refusal is not None
    assert (
        refusal_of(story.decision).rule == "The subject token is of the type declared"
    )


def test_an_id_token_opens_nothing(story: Workbench) -> None:
    answer = tokens(story, scope="openid profile")
    bearer = {"Authorization": f"Bearer {answer.id_token}"}

    userinfo = story.http.get(f"{story.realm.oauth2_url}/userinfo", headers=bearer)
    tokeninfo = story.http.get(f"{story.realm.oauth2_url}/tokeninfo", headers=bearer)
    introspected = story.client.introspect("hr-client", "mySecret", answer.id_token)

    assert (userinfo.status_code, userinfo.json()["error"]) == (401, "invalid_token")
    assert (tokeninfo.status_code, tokeninfo.json()["error"]) == (401, "invalid_token")
    assert introspected.json == {"active": False}


def test_an_id_token_cannot_be_revoked_or_refreshed(story: Workbench) -> None:
    grants = ["authorization_code", "refresh_token"]
    story.realm.update("hr-client", grant_types=grants)
    answer = tokens(story)

    revoked = story.client.revoke("hr-client", "mySecret", answer.id_token)
    told = story.audit[-1].summary
    refreshed = story.client.refresh("hr-client", "mySecret", answer.id_token)

    assert (revoked.status, revoked.json) == (200, {})
    assert story.inspect(answer.id_token).state == "active"
    assert (refreshed.status, refreshed.json["error"]) == (400, "invalid_grant")
    assert told == "An id_token cannot be revoked."


def test_refreshing_brings_a_fresh_id_token_of_the_same_login(
    story: Workbench,
) -> None:
    grants = ["authorization_code", "refresh_token"]
    story.realm.update("hr-client", grant_types=grants)
    first = tokens(story, nonce="n-1")
    story.clock.advance(seconds=50)

    second = story.client.refresh("hr-client", "mySecret", first.refresh_token)

    old, new = claims_of(story, first.id_token), claims_of(story, second.id_token)
    assert new["auth_time"] == old["auth_time"]
    assert (new["iat"] - old["iat"], new["nonce"]) == (50, "n-1")
    assert new["at_hash"] == half_hash(second.access_token)


def test_an_id_token_expires(story: Workbench) -> None:
    subject = tokens(story).id_token
    story.clock.advance(seconds=3600)

    assert exchange_typed(story, subject, ID_TOKEN, scope="read").json == REFUSED
    assert story.decision.refusal is not None
    assert refusal_of(story.decision).found == "expired"


def test_an_actor_may_be_named_by_an_id_token(story: Workbench) -> None:
    actor_script = 'token.setMayAct({client_id: "hr-agent", sub: "(usr!bjensen)"});'
    story.realm.update_script("for access tokens", actor_script)
    first = tokens(story)

    answer = exchange_typed(
        story,
        first.access_token,
        ACCESS_TOKEN,
        actor_token=first.id_token,
        actor_token_type=ID_TOKEN,
        scope="read",
    )

    assert claims_of(story, answer)["act"] == {"sub": "(usr!bjensen)"}


def test_without_its_exchanger_a_direction_is_closed(story: Workbench) -> None:
    story.provider.tokenExchangeClasses = story.provider.tokenExchangeClasses[:2]
    first = tokens(story)

    same = exchange_typed(
        story, first.id_token, ID_TOKEN, requested_token_type=ID_TOKEN
    )
    other = exchange_typed(story, first.id_token, ID_TOKEN, scope="read")

    assert same.status == 200
    assert other.json == REFUSED
    assert story.decision.refusal is not None
    assert refusal_of(story.decision).expected == ID_TOKEN
    assert refusal_of(story.decision).decided_by == "provider setting"


def test_without_its_validator_a_type_cannot_be_sent(story: Workbench) -> None:
    story.provider.tokenValidatorClasses = ("nonsense", "")
    answer = exchange_typed(
        story, tokens(story).access_token, ACCESS_TOKEN, scope="read"
    )

    assert answer.json == REFUSED
    refusal = story.decision.refusal
    assert refusal is not None
    assert refusal.rule == "subject_token_type is a type this server can exchange"
    assert refusal.expected == "no type: there are no validators"


@pytest.mark.parametrize(
    "wanted",
    [
        "urn:ietf:params:oauth:token-type:refresh_token",
        "urn:ietf:params:oauth:token-type:jwt",
        "urn:ietf:params:oauth:token-type:saml2",
        "id_token",
    ],
)
def test_no_other_type_can_be_had(story: Workbench, wanted: str) -> None:
    subject = tokens(story).access_token

    answer = exchange_typed(
        story, subject, ACCESS_TOKEN, scope="read", requested_token_type=wanted
    )

    assert (answer.status, answer.json) == (400, REFUSED)


def test_a_strict_profile_caps_id_tokens_as_well(story: Workbench) -> None:
    story.realm.update("hr-client", access_token_lifetime=60)
    story.profile = story.profile.but(lifetime_capped_by_subject=True)

    subject = tokens(story).access_token
    answer = exchange_typed(story, subject, ACCESS_TOKEN, requested_token_type=ID_TOKEN)

    assert answer.json["expires_in"] == 59


def test_an_id_token_holds_no_scope_to_cap_others_by(story: Workbench) -> None:
    story.profile = story.profile.but(scopes_capped_by_subject=True)

    answer = exchange_typed(story, tokens(story).id_token, ID_TOKEN, scope="read")

    assert answer.json["scope"] == "read"


def test_subname_is_a_setting_for_id_tokens_as_well(story: Workbench) -> None:
    story.provider.includeSubnameInTokenClaims = False

    assert "subname" not in claims_of(story, tokens(story).id_token)
