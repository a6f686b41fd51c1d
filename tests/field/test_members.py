"""What AM's pages and exports call on its objects is there, in both dialects."""

import json
from typing import Any

import pytest

from tests.stories import SECRET, claims_of
from workbench import Workbench
from workbench.course.use_cases.agent_for_user import USER, USER_PASSWORD

from .asked import BOTH, ask, prepared

READ = (
    "getAct getAudience getAuditTrackingId getAuthGrantId getAuthLevel "
    "getAuthTimeSeconds getClaims getClientId getConfirmationKey getCustomFields "
    "getExpiryTime getField getGrantType getMayAct getNonce getPermissions getRealm "
    "getResourceOwner getResourceOwnerId getScope getTokenId getTokenInfo "
    "getTokenName getTokenType isExpired toMap"
)
WRITTEN = (
    "addExtraData addExtraJsonData setAct setAuditTrackingId setAuthGrantId "
    "setAuthLevel setAuthTime setClaims setClientId setConfirmationKey setExpiryTime "
    "setField setFields setGrantType setId setMayAct setNonce setPermissions setRealm "
    "setResourceOwnerId setScope setTokenName setTokenType"
)
REMOVED = (
    "removeAuditTrackingId removeAuthGrantId removeAuthLevel removeAuthTime "
    "removeClaims removeClientId removeConfirmationKey removeGrantType removeNonce "
    "removePermissions removeRealm removeResourceOwnerId removeScopes removeTokenName "
    "removeTokenType"
)
ACCESS_TOKEN = f"{READ} {WRITTEN} {REMOVED}"
MAP = (
    "containsKey containsValue entrySet forEach get getOrDefault isEmpty keySet put "
    "putAll putIfAbsent remove size values"
)
LIST = (
    "add addAll clear contains containsAll equals forEach get indexOf isEmpty iterator "
    "lastIndexOf remove removeAll retainAll set size sort subList toArray toString"
)
ARRAY = "concat every filter find includes join map push reduce reverse slice some"
SET = "add contains containsAll forEach isEmpty iterator remove size toArray"
JSON_VALUE = (
    "add asBoolean asCollection asDouble asInteger asList asLong asMap asNumber asSet "
    "asString asURI clear contains copy defaultTo get getObject getPointer isBoolean "
    "isCollection isDefined isEqualTo isList isMap isNotNull isNull isNumber isSet "
    "isString iterator keys put putPermissive remove required setObject size"
)
LEGACY = {
    "clientProperties": MAP,
    "requestProperties": MAP,
    "requestProperties.get('requestParams')": MAP,
    "logger": "error errorEnabled message messageEnabled warning warningEnabled",
    "httpClient": "send",
    "systemEnv": "getProperty",
    "identity": "addAttribute getAttribute getAttributes getName getRealm getType "
    "getUniversalId isActive isExists setAttribute setAttributes store",
    "org.forgerock.json.JsonValue.json('p')": JSON_VALUE,
    "org.forgerock.json.JsonValue": "array field fieldIfNotNull json object set",
}
NEXT = {
    "clientProperties": MAP,
    "requestProperties": MAP,
    "requestProperties.requestParams": MAP,
    "clientProperties.allowedScopes": f"{LIST} {ARRAY}",
    "logger": "debug error getName info isDebugEnabled isErrorEnabled isInfoEnabled "
    "isTraceEnabled isWarnEnabled trace warn",
    "httpClient": "send",
    "openidm": "action create delete patch query read update",
    "secrets": "getGenericSecret",
    "systemEnv": "getProperty",
    "utils.base64": "decode decodeToBytes encode",
    "identity": "addAttribute exists getAttributeValues getName getUniversalId "
    "setAttribute store",
    "identity.getAttributeValues('mail')": f"{LIST} {ARRAY}",
}
SHARED = {"1.0": LEGACY, "2.0": NEXT}
OWN: dict[str, dict[str, dict[str, str]]] = {
    "may act": {
        "1.0": {
            "token": "getAct getField getMayAct setAct setField setMayAct",
            "scopes": SET,
        },
        "2.0": {"token": "getAct getField getMayAct setAct setMayAct", "scopes": LIST},
    },
    "token modification": {
        "1.0": {"accessToken": ACCESS_TOKEN, "scopes": SET},
        "2.0": {"accessToken": ACCESS_TOKEN, "scopes": f"{LIST} {ARRAY}"},
    },
    "scope evaluation": {
        "1.0": {"accessToken": READ},
        "2.0": {"accessToken": READ},
    },
    "scope validation": {
        "1.0": {"requestedScopes": SET, "allowedScopes": SET, "defaultScopes": SET},
        "2.0": {
            "requestedScopes": f"{LIST} {ARRAY}",
            "scopeValidatorHelper": "inheritAccessTokenScopesOnRefresh "
            "throwInvalidScope",
        },
    },
    "OIDC claims": {
        "1.0": {"claims": MAP, "requestedClaims": MAP, "claimObjects": LIST},
        "2.0": {"claims": MAP, "requestedClaims": MAP, "claimLocales": LIST},
    },
    "authorize data": {"1.0": {}, "2.0": {}},
}


@pytest.mark.parametrize("version", BOTH)
@pytest.mark.parametrize("context", OWN)
def test_every_member_that_is_known_is_there(
    wb: Workbench, context: str, version: str
) -> None:
    wanted = {**SHARED[version], **OWN[context][version]}
    source = "var missing = [];\n"
    for binding, members in wanted.items():
        source += f"var of = {binding};\n"
        source += "".join(
            f"if (typeof of.{member} !== 'function') missing.push({binding!r} + "
            f"'.{member}');\n"
            for member in members.split()
        )
    log = "message" if version == "1.0" else "info"

    asked = ask(wb, context, f"{source}logger.{log}(JSON.stringify(missing));", version)

    assert asked.outcome.error is None
    assert json.loads(asked.log[-1]) == []


CLAIMS: list[tuple[str, str, str, Any]] = [
    (
        "1.0",
        "var p = org.forgerock.json.JsonValue.json('p');accessToken.setPermissions(p);",
        "permissions",
        "p",
    ),
    ("2.0", "accessToken.setPermissions('p');", "permissions", "p"),
    (
        "1.0",
        "var J = org.forgerock.json.JsonValue;"
        "accessToken.setPermissions(J.json(J.array('a', 'b')));",
        "permissions",
        ["a", "b"],
    ),
    (
        "1.0",
        "var J = org.forgerock.json.JsonValue;"
        "accessToken.setConfirmationKey(J.json(J.object(J.field('kid', 'k'))));",
        "cnf",
        {"kid": "k"},
    ),
    (
        "1.0",
        "var J = org.forgerock.json.JsonValue;"
        "accessToken.setMayAct(J.json(J.object(J.field('sub', 'x'))));",
        "may_act",
        {"sub": "x"},
    ),
    (
        "1.0",
        "var J = org.forgerock.json.JsonValue;"
        "accessToken.setAct(J.json(J.object(J.field('sub', 'x'))));",
        "act",
        {"sub": "x"},
    ),
    ("1.0", "accessToken.setNonce('n');", "nonce", "n"),
    ("2.0", "accessToken.setNonce('n');", "nonce", "n"),
    ("1.0", "accessToken.setExpiryTime(1790000900000);", "exp", 1_790_000_900),
    ("2.0", "accessToken.setExpiryTime(1790000900000);", "exp", 1_790_000_900),
    (
        "2.0",
        "accessToken.setField('x', accessToken.getResourceOwner().get('id'));",
        "x",
        USER,
    ),
    (
        "1.0",
        "accessToken.setField('x', accessToken.getResourceOwner().get('id'));",
        "x",
        USER,
    ),
    (
        "1.0",
        "identity.addAttribute('mail', ['new']);"
        "accessToken.setField('x', identity.getAttribute('mail').contains('new'));",
        "x",
        True,
    ),
    (
        "2.0",
        "identity.addAttribute('mail', ['new']);"
        "var mail = identity.getAttributeValues('mail');"
        "accessToken.setField('x', mail.contains('new'));",
        "x",
        True,
    ),
]


@pytest.mark.parametrize(("version", "call", "claim", "value"), CLAIMS)
def test_what_a_member_sets_is_in_the_token(
    wb: Workbench, version: str, call: str, claim: str, value: Any
) -> None:
    prepared(wb)
    context = "OAUTH2_ACCESS_TOKEN_MODIFICATION"
    made = wb.realm.add_script("members", call, version, context=context)
    live = {
        "providerOverridesEnabled": True,
        "statelessTokensEnabled": True,
        "accessTokenModificationPluginType": "SCRIPTED",
        "accessTokenModificationScript": made.id,
    }
    wb.realm.update("hr-client", overrides=live)

    sent = wb.client.password("hr-client", SECRET, USER, USER_PASSWORD, scope="read")

    assert sent.status == 200
    assert claims_of(wb, sent)[claim] == value


@pytest.mark.parametrize(
    "call", ["setPermissions", "setAct", "setMayAct", "setConfirmationKey"]
)
@pytest.mark.parametrize(
    "given", ["'p'", "{a: 1}", "new java.util.HashMap()", "undefined"]
)
def test_a_legacy_script_gives_a_json_value_alone(
    wb: Workbench, call: str, given: str
) -> None:
    asked = ask(wb, "token modification", f"accessToken.{call}({given});", "1.0")

    assert asked.status == 500
    assert f"AccessToken.{call}(" in asked.error.message
