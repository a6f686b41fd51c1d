"""The worlds of OIDC claims scripts and of authorize endpoint data provider scripts."""

from collections.abc import Callable
from typing import Any

import pytest

from workbench.am.scripts.plugin import AuthorizeDataScript, ClaimsScript
from workbench.am.scripts.script import LEGACY, NEXT_GENERATION, Bindings, ScriptOutcome
from workbench.sandbox.engines.engine import QuickJSEngine

Run = Callable[..., ScriptOutcome]
Make = Callable[..., Bindings]
FURTHER = {"claims": {"sub": "(usr!bjensen)"}, "locales": ["fr", "en"]}
CLAIMS = "org.forgerock.oauth2.core.UserInfoClaims"


@pytest.fixture
def claims(engine: QuickJSEngine, make_bindings: Make) -> Run:
    def running(source: str, version: str = NEXT_GENERATION) -> ScriptOutcome:
        script = ClaimsScript(
            id="1", name="Tell", source=source, evaluator_version=version
        )
        return engine.run(script, make_bindings(further=FURTHER))

    return running


@pytest.fixture
def data(engine: QuickJSEngine, make_bindings: Make) -> Run:
    def running(source: str, version: str = NEXT_GENERATION) -> ScriptOutcome:
        script = AuthorizeDataScript(
            id="1", name="Add", source=source, evaluator_version=version
        )
        return engine.run(script, make_bindings())

    return running


def result(outcome: ScriptOutcome) -> Any:
    assert outcome.error is None, outcome.error
    return outcome.result


def test_both_maps_of_a_legacy_script_are_kept(claims: Run) -> None:
    outcome = claims(
        f"""
        var values = new java.util.LinkedHashMap(), open = new java.util.HashMap();
        values.put("mails", identity.getAttribute("mail"));
        open.put("email", new java.util.ArrayList());
        open.get("email").add("mails");
        new {CLAIMS}(values, open);
        """,
        LEGACY,
    )

    told = result(outcome)
    assert sorted(told["values"]["mails"]) == ["b@example.com", "babs@example.com"]
    assert told["compositeScopes"] == {"email": ["mails"]}


def test_a_legacy_script_may_open_no_scopes(claims: Run) -> None:
    outcome = claims(f"new {CLAIMS}(new java.util.HashMap(), null);", LEGACY)

    assert result(outcome) == {"values": {}, "compositeScopes": {}}


def test_a_claim_of_a_legacy_script_tells_what_it_is(claims: Run) -> None:
    outcome = claims(
        f"""
        var made = new org.forgerock.openidconnect.Claim("zip");
        var own = claimObjects.get(0);
        new {CLAIMS}({{
            made: [made.getName(), made.getValues().size(), made.getLocale(),
                made.isEssential()],
            own: [own.getName(), own.getValues().toArray()[0], claims.get("sub")],
            asked: [requestedClaims.size(), requestedTypedClaims.size()],
            locales: [claimsLocales.get(0), claimLocales.size()],
            scopes: scopes.toArray().length
        }}, {{}});
        """,
        LEGACY,
    )

    told = result(outcome)["values"]
    assert told["made"] == ["zip", 0, None, False]
    assert told["own"] == ["sub", "(usr!bjensen)", "(usr!bjensen)"]
    assert told["asked"] == [0, 0]
    assert (told["locales"], told["scopes"]) == (["fr", 2], 2)


def test_a_next_generation_script_sees_plain_objects(claims: Run) -> None:
    outcome = claims(
        """({values: {sub: claims.sub, scope: scopes[0], name: scriptName,
            client: clientProperties.clientId, realm: requestProperties.realm,
            mail: identity.getAttributeValues("mail")[0]}});"""
    )

    assert result(outcome)["values"] == {
        "sub": "(usr!bjensen)",
        "scope": "read",
        "name": "Tell",
        "client": "data-agent",
        "realm": "/alpha",
        "mail": "b@example.com",
    }


@pytest.mark.parametrize("version", [LEGACY, NEXT_GENERATION])
@pytest.mark.parametrize("name", ["token", "accessToken", "clientIdentity"])
def test_there_is_no_token_for_a_claims_script(
    claims: Run, version: str, name: str
) -> None:
    outcome = claims(f"logger.error(typeof {name}); ({{values: {{}}}});", version)

    assert outcome.log[0].text == "undefined"


@pytest.mark.parametrize("version", [LEGACY, NEXT_GENERATION])
@pytest.mark.parametrize("name", ["token", "scopes", "claims"])
def test_there_is_neither_token_nor_scope_for_a_data_script(
    data: Run, version: str, name: str
) -> None:
    assert result(data(f"({{seen: typeof {name}}});", version)) == {"seen": "undefined"}


def test_a_data_script_sees_who_consents_and_to_whom(data: Run) -> None:
    outcome = data(
        """({who: identity.getName(), client: clientProperties.clientId,
            session: String(session), uri: requestProperties.requestUri});"""
    )

    assert result(outcome) == {
        "who": "bjensen",
        "client": "data-agent",
        "session": "null",
        "uri": "https://am.example.com/am/oauth2/access_token",
    }


def test_ams_exception_is_not_taken_from_a_message_alone(claims: Run) -> None:
    outcome = claims(
        """throw new Error(
            "org.forgerock.oauth2.core.exceptions.InvalidRequestException: no");"""
    )

    assert outcome.error is not None
    assert outcome.result is None
