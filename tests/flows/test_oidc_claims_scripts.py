"""PingAM 8.1, "OIDC claims": a script makes a person's claims."""

from typing import Any

import pytest

from tests.stories import (
    ID_TOKEN,
    agent_for_user,
    claims_of,
    code_in,
    consent,
    exchange,
    get,
    redeem,
    refusal_of,
    tell_claims,
)
from workbench import Workbench

FAILED = {
    "error_description": "Error running OIDC claims script",
    "error": "server_error",
}
LEGACY_STYLE = """
(function () {
    var j = JavaImporter(
        org.forgerock.oauth2.core.exceptions.InvalidRequestException,
        org.forgerock.oauth2.core.UserInfoClaims,
        org.forgerock.openidconnect.Claim,
        java.util.LinkedHashMap, java.util.ArrayList
    );
    var wanted = new j.ArrayList(), found = new j.LinkedHashMap();
    scopes.toArray().forEach(function (scope) {
        if (String(scope) === 'profile') wanted.add(new j.Claim('nickname'));
    });
    wanted.addAll(claimObjects);
    wanted.addAll(requestedTypedClaims);
    wanted.toArray().forEach(function (claim) {
        if (String(claim.getName()) === 'nickname') {
            found.put(claim.getName(), identity.getAttribute('mail').toArray()[0]);
        } else if (claim.getValues().size() === 1) {
            found.put(claim.getName(), claim.getValues().toArray()[0]);
        }
    });
    var open = new j.LinkedHashMap();
    open.put('profile', new j.ArrayList());
    return new j.UserInfoClaims(found, open);
}());
"""


@pytest.fixture
def story(wb: Workbench) -> Workbench:
    """bjensen lets hr-client have ID tokens."""
    agent_for_user(wb)
    wb.realm.update("hr-client", scopes=["openid", "profile", "email", "read"])
    wb.realm.users.update("bjensen", attributes={"mail": "bj@example.com"})
    return wb


def tokens(wb: Workbench, scope: str = "openid profile") -> dict[str, Any]:
    answer = redeem(wb, code_in(consent(wb, scope=scope)))
    body: dict[str, Any] = answer.json()
    return body


@pytest.mark.parametrize(
    ("version", "source"),
    [
        ("1.0", LEGACY_STYLE),
        (
            "2.0",
            """(function () {
                var values = {nickname: identity.getAttributeValues('mail')[0]};
                return {values: values, compositeScopes: {profile: ['nickname']}};
            }());""",
        ),
    ],
)
def test_the_scripts_values_are_told_at_userinfo(
    story: Workbench, version: str, source: str
) -> None:
    tell_claims(story, source, version)

    told = get(story, "userinfo", tokens(story)["access_token"])

    assert told.json() == {
        "sub": "(usr!bjensen)",
        "subname": "bjensen",
        "nickname": "bj@example.com",
    }
    assert story.audit[-1].scripts[0].remark.startswith("The script gave ")


def test_the_script_cannot_change_who_the_token_is_about(story: Workbench) -> None:
    tell_claims(story, "({values: {sub: 'root', subname: 'x', a: null, b: 1}});")

    told = get(story, "userinfo", tokens(story)["access_token"]).json()

    assert told == {"sub": "(usr!bjensen)", "subname": "bjensen", "b": 1}


def test_the_name_of_an_attribute_minds_no_case(story: Workbench) -> None:
    tell_claims(
        story,
        """var all = identity.getAttribute('MAIL').toArray();
        new org.forgerock.oauth2.core.UserInfoClaims({m: all[0]}, {});""",
        "1.0",
    )

    told = get(story, "userinfo", tokens(story)["access_token"]).json()

    assert told["m"] == "bj@example.com"


def test_the_address_is_an_object(story: Workbench) -> None:
    story.realm.update("hr-client", scopes=["openid", "address"])
    story.realm.users.update("bjensen", attributes={"postalAddress": "1 High Street"})

    told = get(
        story, "userinfo", tokens(story, "openid address")["access_token"]
    ).json()

    assert told["address"] == {"formatted": "1 High Street"}


def test_an_id_token_has_the_claims_only_where_the_provider_says_so(
    story: Workbench,
) -> None:
    without = claims_of(story, tokens(story, "openid email")["id_token"])
    story.provider.alwaysAddClaimsToToken = True

    claims = claims_of(story, tokens(story, "openid email")["id_token"])

    assert "email" not in (without or {})
    assert (claims or {})["email"] == "bj@example.com"


def test_claims_of_am_win_unless_they_may_be_overridden(story: Workbench) -> None:
    story.provider.alwaysAddClaimsToToken = True
    tell_claims(
        story, "({values: {acr: '9', azp: 'x', tokenName: 'access_token', a: 1}});"
    )
    plain = claims_of(story, tokens(story)["id_token"]) or {}
    story.realm.update(
        "hr-client", overrides={"overrideableOIDCClaims": ["acr", "tokenName"]}
    )

    claims = claims_of(story, tokens(story)["id_token"]) or {}

    assert (plain["acr"], plain["azp"], plain["a"]) == ("0", "hr-client", 1)
    assert (claims["acr"], claims["azp"]) == ("9", "hr-client")
    assert claims["tokenName"] == "id_token"


AMS_CLAIMS = (
    "acr", "act", "at_hash", "aud", "auditTrackingId", "authGrantId", "auth_level",
    "auth_time", "azp", "client_id", "exp", "iat", "iss", "jti", "may_act", "nbf",
    "nonce", "realm", "scope", "sub", "subname", "tokenName",
)  # fmt: skip


def test_a_script_adds_no_claim_of_am_that_the_id_token_has_not(
    story: Workbench,
) -> None:
    story.provider.alwaysAddClaimsToToken = True
    tell_claims(
        story,
        """({values: {may_act: {sub: '(age!evil)'}, act: {sub: 'x'}, jti: {},
            nonce: 'n', authGrantId: [], client_id: 'evil', scope: 5, mine: 1}});""",
    )

    claims = claims_of(story, tokens(story)["id_token"]) or {}

    assert claims["mine"] == 1
    assert claims.keys().isdisjoint(
        {"may_act", "act", "jti", "nonce", "authGrantId", "client_id", "scope"}
    )


def test_the_may_act_script_has_the_last_word(story: Workbench) -> None:
    story.provider.alwaysAddClaimsToToken = True
    tell_claims(story, "({values: {may_act: {sub: '(age!evil)'}}});")
    stamp = story.realm.add_script("stamp", "token.setMayAct({sub: '(age!hr-agent)'});")
    story.realm.update(
        "hr-client",
        overrides={
            "overrideableOIDCClaims": ["may_act"],
            "oidcMayActScript": stamp.id,
        },
    )

    claims = claims_of(story, tokens(story)["id_token"]) or {}

    assert claims["may_act"] == {"sub": "(age!hr-agent)"}


@pytest.mark.parametrize("value", ["'x'", "{}", "['a']", "[1]", "-1", "1e308", "true"])
def test_no_claim_that_may_be_overridden_makes_a_token_that_breaks_the_server(
    story: Workbench, value: str
) -> None:
    story.provider.alwaysAddClaimsToToken = True
    given = ", ".join(f"{name}: {value}" for name in AMS_CLAIMS)
    tell_claims(story, f"({{values: {{{given}}}}});")
    story.realm.update("hr-client", overrides={"overrideableOIDCClaims": AMS_CLAIMS})

    token = tokens(story)["id_token"]
    told = get(story, "userinfo", token)
    exchanged = exchange(
        story,
        "hr-agent",
        token,
        scope="openid",
        subject_token_type=ID_TOKEN,
    )

    assert told.status_code == 401
    assert exchanged.status == 400


@pytest.mark.parametrize("value", ["'never'", "-1", "1e308", "0.5", "null", "[]"])
def test_a_time_that_is_none_leaves_ams_own(story: Workbench, value: str) -> None:
    story.provider.alwaysAddClaimsToToken = True
    tell_claims(story, f"({{values: {{exp: {value}, aud: []}}}});")
    story.realm.update(
        "hr-client", overrides={"overrideableOIDCClaims": ["exp", "aud"]}
    )

    claims = claims_of(story, tokens(story)["id_token"]) or {}

    assert (claims["exp"], claims["aud"]) == (story.clock.now() + 3600, "hr-client")


def test_an_audience_and_a_time_may_be_overridden(story: Workbench) -> None:
    story.provider.alwaysAddClaimsToToken = True
    tell_claims(story, "({values: {exp: 1790000060, aud: ['hr-client', 'b']}});")
    story.realm.update(
        "hr-client", overrides={"overrideableOIDCClaims": ["exp", "aud"]}
    )

    claims = claims_of(story, tokens(story)["id_token"]) or {}

    assert (claims["exp"], claims["aud"]) == (1790000060, ["hr-client", "b"])


def test_an_exchanged_id_token_gets_the_acting_clients_claims(
    story: Workbench,
) -> None:
    story.realm.update(
        "hr-agent",
        scopes=["openid", "profile", "read"],
        token_endpoint_auth_method="client_secret_post",
        overrides={
            "providerOverridesEnabled": True,
            "oidcClaimsPluginType": "SCRIPTED",
        },
    )
    story.provider.alwaysAddClaimsToToken = True
    tell_claims(story, "({values: {by: clientProperties.clientId}});")

    answer = exchange(
        story,
        "hr-agent",
        tokens(story)["access_token"],
        scope="openid profile",
        requested_token_type=ID_TOKEN,
    )

    assert answer.status == 200
    claims = claims_of(story, answer.access_token) or {}
    assert "by" not in claims  # hr-agent's live block names no script
    story.realm.update("hr-agent", overrides={"oidcClaimsPluginType": "PROVIDER"})
    again = exchange(
        story,
        "hr-agent",
        tokens(story)["access_token"],
        scope="openid profile",
        requested_token_type=ID_TOKEN,
    )
    claims = claims_of(story, again.access_token) or {}
    assert claims["by"] == "hr-agent"


def test_ams_exception_refuses_the_request(story: Workbench) -> None:
    tell_claims(
        story,
        """throw new org.forgerock.oauth2.core.exceptions.InvalidRequestException(
            'no such claim');""",
        "1.0",
    )

    answer = get(story, "userinfo", tokens(story)["access_token"])

    assert (answer.status_code, answer.json()) == (
        400,
        {"error_description": "no such claim", "error": "invalid_request"},
    )


def test_the_trail_keeps_the_script_that_refused(story: Workbench) -> None:
    tell_claims(
        story,
        """throw new org.forgerock.oauth2.core.exceptions.InvalidRequestException(
            'no such claim');""",
        "1.0",
    )

    get(story, "userinfo", tokens(story)["access_token"])

    remark = story.audit[-1].scripts[0].remark
    assert remark == "The script refused the request: no such claim"


def test_an_exchange_that_the_script_refuses_keeps_its_decision(
    story: Workbench,
) -> None:
    story.provider.alwaysAddClaimsToToken = True
    value = tokens(story, "read")["access_token"]
    tell_claims(
        story,
        """throw new org.forgerock.oauth2.core.exceptions.InvalidRequestException(
            'no such claim');""",
        "1.0",
    )
    story.realm.update(
        "hr-agent",
        scopes=["openid", "read"],
        token_endpoint_auth_method="client_secret_post",
        overrides={"oidcClaimsPluginType": "PROVIDER"},
    )

    answer = exchange(
        story,
        "hr-agent",
        value,
        scope="read",
        requested_token_type=ID_TOKEN,
    )

    assert (answer.status, answer.json) == (
        400,
        {"error_description": "no such claim", "error": "invalid_request"},
    )
    refusal = refusal_of(story.audit[-1].decision)
    assert refusal.rule == "The acting client's OIDC claims script runs"


@pytest.mark.parametrize("version", ["1.0", "2.0"])
def test_the_locales_are_those_of_the_request(story: Workbench, version: str) -> None:
    legacy = "new org.forgerock.oauth2.core.UserInfoClaims({l: String(%s)}, {});"
    source = legacy if version == "1.0" else "({values: {l: String(%s)}});"
    tell_claims(story, source % "claimsLocales.get(1) + claimLocales.size()", version)
    token = tokens(story)["access_token"]

    told = story.http.get(
        f"{story.realm.oauth2_url}/userinfo?claims_locales=fr-CA%20fr",
        headers={"Authorization": f"Bearer {token}"},
    )

    assert told.json()["l"] == "fr2"


def test_a_claim_may_be_named_as_javascript_names_its_own(story: Workbench) -> None:
    tell_claims(
        story, """({values: JSON.parse('{"__proto__": {"sub": 1}, "toString": 2}')});"""
    )

    told = get(story, "userinfo", tokens(story)["access_token"]).json()

    assert (told["sub"], told["__proto__"]) == ("(usr!bjensen)", {"sub": 1})


@pytest.mark.parametrize(
    "source",
    [
        "1;",
        "null;",
        "({});",
        "({values: 5});",
        "({values: ['a']});",
        "({values: {f: function () {}}});",
        "var a = {}; a.a = a; ({values: a});",
        "new Array(300000).join('x');",
        "({values: {x: new Array(300000).join('x')}});",
        "({values: {x: new Array(10000000).join('x')}});",
        "({values: {n: NaN}});",
        "({values: {d: new Date()}});",
        "({values: {}, compositeScopes: 5});",
        "({refused: 'x'});",
        "throw null;",
        "nope();",
        "token.getField('sub');",
        "let a;",
    ],
)
def test_a_script_that_gives_no_claims_is_a_server_error(
    story: Workbench, source: str
) -> None:
    tell_claims(story, source)

    answer = get(story, "userinfo", tokens(story)["access_token"])

    assert (answer.status_code, answer.json()) == (500, FAILED)


def test_a_failing_script_issues_no_id_token(story: Workbench) -> None:
    story.provider.alwaysAddClaimsToToken = True
    tell_claims(story, "nope();")

    assert tokens(story) == FAILED


def test_a_script_sees_what_am_documents(story: Workbench) -> None:
    tell_claims(
        story,
        """({values: {
            own: claims.sub, scopes: scopes.length, asked: Object.keys(requestedClaims),
            typed: requestedTypedClaims.size(), locales: claimLocales.size(),
            session: session === null, realm: realm}});""",
    )

    told = get(story, "userinfo", tokens(story)["access_token"]).json()

    assert (told["own"], told["scopes"], told["asked"]) == ("(usr!bjensen)", 2, [])
    assert (told["typed"], told["locales"], told["session"]) == (0, 0, True)


def test_a_token_whose_client_is_gone_is_told_of_as_ever(story: Workbench) -> None:
    tell_claims(story, "nope();")
    value = tokens(story, "openid email")["access_token"]
    story.realm.delete("hr-client")

    assert get(story, "userinfo", value).json()["email"] == "bj@example.com"
