"""The samples that AM ships for its OAuth2 contexts, as far as they are published.

Each script here makes the calls that a sample makes, in words of its own, for whoever
may hold a token and through every endpoint that triggers it; what is compared is what
the sample's own comments promise.
"""

import json
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import httpx
import pytest

from tests.stories import (
    ID_TOKEN,
    SECRET,
    ask_own_token,
    claims_of,
    code_in,
    consent,
    exchange,
    get,
    override,
    redeem,
)
from workbench import Workbench
from workbench.course.use_cases.agent_for_user import USER, USER_PASSWORD

from .asked import BOTH, prepared

OUTSIDE = "https://directory.example/roles"
SCRIPTED = "SCRIPTED"


@pytest.fixture
def realm(wb: Workbench) -> Workbench:
    return with_job(wb)


def with_job(wb: Workbench) -> Workbench:
    """bjensen with hr-client, hr-agent, and job: a client that acts as itself."""
    prepared(wb)
    both = ["read", "write"]
    wb.realm.update("hr-agent", scopes=both, default_scopes=["read"])
    wb.realm.update("hr-client", default_scopes=["read"])
    wb.realm.register_client(
        "job",
        secret=SECRET,
        grant_types=["client_credentials"],
        scopes=both,
        default_scopes=["read"],
    )
    wb.surroundings.answer(OUTSIDE, json={"role": "nurse"})
    return wb


# ---- Ways to a token ---------------------------------------------------------------


def by_code(wb: Workbench, scope: str | None) -> Mapping[str, Any]:
    return told(redeem(wb, code_in(consent(wb, scope=scope))))


def by_password(wb: Workbench, scope: str | None) -> Mapping[str, Any]:
    sent = wb.client.password("hr-client", SECRET, USER, USER_PASSWORD, scope=scope)
    assert sent.status == 200, sent.json
    return dict(sent.json)


def by_refresh(wb: Workbench, scope: str | None) -> Mapping[str, Any]:
    kept = by_password(wb, scope)["refresh_token"]
    sent = wb.client.refresh("hr-client", SECRET, kept)
    assert sent.status == 200, sent.json
    return dict(sent.json)


def of_a_client(wb: Workbench, scope: str | None) -> Mapping[str, Any]:
    sent = ask_own_token(wb, "job", scope)
    assert sent.status == 200, sent.json
    return dict(sent.json)


def of_an_agent(wb: Workbench, scope: str | None) -> Mapping[str, Any]:
    sent = ask_own_token(wb, "hr-agent", scope)
    assert sent.status == 200, sent.json
    return dict(sent.json)


def by_exchange(wb: Workbench, scope: str | None) -> Mapping[str, Any]:
    subject = by_password(wb, scope)["access_token"]
    sent = exchange(wb, "hr-agent", subject)
    assert sent.status == 200, sent.json
    return dict(sent.json)


def told(answer: httpx.Response) -> Mapping[str, Any]:
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


def sent_by(redirect: httpx.Response) -> dict[str, str]:
    return dict(parse_qsl(urlsplit(redirect.headers["location"]).query))


Way = Callable[[Workbench, str | None], Mapping[str, Any]]
OF_PEOPLE: list[Way] = [by_code, by_password, by_refresh, by_exchange]
OF_ITSELF: list[Way] = [of_a_client, of_an_agent]


def named(way: object) -> str:
    return getattr(way, "__name__", str(way)).replace("_", " ")


def give(wb: Workbench, kind: str, context: str, source: str, version: str) -> None:
    """Give all three clients a script; one that has overrides on needs its own."""
    script = wb.realm.add_script(kind, source, version, context=context)
    settings = {f"{kind}PluginType": SCRIPTED, f"{kind}Script": script.id}
    for client_id in ("hr-client", "hr-agent", "job"):
        override(wb, client_id, statelessTokensEnabled=True, **settings)


# ---- OAuth2 Access Token Modification Script ---------------------------------------

MODIFICATION = {
    "1.0": """
    (function () {
        var used = JavaImporter(org.forgerock.http.protocol.Request,
            org.forgerock.http.protocol.Response);
        accessToken.setField('greeting', 'good day');

        var request = new used.Request();
        request.setUri('https://directory.example/roles');
        request.setMethod('POST');
        request.setEntity(JSON.stringify({of: 'anyone'}));
        try {
            var response = httpClient.send(request).getOrThrow();
            logger.message('Status: ' + response.getStatus() + ', body: '
                + response.getEntity().getString());
            accessToken.setFields(JSON.parse(response.getEntity().getString()));
        } catch (e) {
            logger.error('No answer. ' + e);
            throw ('No answer from the directory');
        }

        accessToken.setField('mail', identity.getAttribute('mail'));
        accessToken.setField('phone',
            identity.getAttribute('telephoneNumber').toArray()[0]);
        if (session) {
            try {
                accessToken.setField('ipAddress', session.getProperty('Host'));
            } catch (e) {
                logger.error('No session property. ' + e);
            }
        }
    }());
    """,
    "2.0": """
    (function () {
        accessToken.setField('greeting', 'good day');
        var response = httpClient.send('https://directory.example/roles', {
            method: 'POST',
            headers: {'Content-Type': 'application/json'},
            body: {of: 'anyone'}
        }).get();
        logger.info('Status: {}, body: {}', response.status, response.text());
        if (!response.ok) throw new Error('No answer from the directory');
        accessToken.setFields(response.json());

        accessToken.setField('mail', identity.getAttributeValues('mail'));
        accessToken.setField('phone',
            identity.getAttributeValues('telephoneNumber')[0]);
        if (session) {
            accessToken.setField('ipAddress', session.getProperty('Host'));
        }
    }());
    """,
}


@pytest.mark.parametrize(
    ("way", "version"),
    [
        *((way, "1.0") for way in OF_PEOPLE),
        *((way, "2.0") for way in OF_PEOPLE if way is not by_exchange),
    ],
    ids=named,
)
def test_the_modification_sample_adds_what_is_known_of_a_person(
    realm: Workbench, way: Way, version: str
) -> None:
    context = "OAUTH2_ACCESS_TOKEN_MODIFICATION"
    give(realm, "accessTokenModification", context, MODIFICATION[version], version)

    claims = claims_of(realm, str(way(realm, "read")["access_token"]))

    assert claims["greeting"] == "good day"
    assert claims["role"] == "nurse"
    assert claims["mail"] == ["b@example.com"]
    assert claims["phone"] in ("1", "2")


@pytest.mark.parametrize("way", OF_ITSELF, ids=named)
def test_the_legacy_modification_sample_knows_nothing_of_a_client(
    realm: Workbench, way: Way
) -> None:
    context = "OAUTH2_ACCESS_TOKEN_MODIFICATION"
    give(realm, "accessTokenModification", context, MODIFICATION["1.0"], "1.0")

    claims = claims_of(realm, str(way(realm, "read")["access_token"]))

    assert (claims["greeting"], claims["role"]) == ("good day", "nurse")
    assert claims["mail"] == []
    assert claims["phone"] == "undefined"


def test_a_modification_sample_whose_service_fails_answers_as_am_does(
    realm: Workbench,
) -> None:
    context = "OAUTH2_ACCESS_TOKEN_MODIFICATION"
    source = MODIFICATION["1.0"].replace("/roles", "/gone")
    give(realm, "accessTokenModification", context, source, "1.0")

    sent = realm.client.password("hr-client", SECRET, USER, USER_PASSWORD, scope="read")

    assert sent.status == 500
    assert "No answer from the directory" in str(realm.audit[-1].scripts)


@pytest.mark.parametrize("version", BOTH)
@pytest.mark.parametrize("way", [by_password, *OF_ITSELF], ids=named)
def test_the_line_of_the_modification_sample_that_removes_a_field_does(
    realm: Workbench, way: Way, version: str
) -> None:
    context = "OAUTH2_ACCESS_TOKEN_MODIFICATION"
    source = "accessToken.removeTokenName();"
    give(realm, "accessTokenModification", context, source, version)

    claims = claims_of(realm, str(way(realm, "read")["access_token"]))

    assert "tokenName" not in claims


# ---- OAuth2 Validate Scope Script --------------------------------------------------

VALIDATION = {
    "1.0": """
    function checked() {
        var used = JavaImporter(
            org.forgerock.oauth2.core.exceptions.InvalidScopeException);
        var kept;
        if (requestedScopes == null || requestedScopes.isEmpty()) {
            kept = defaultScopes;
        } else {
            kept = new java.util.HashSet(allowedScopes);
            kept.retainAll(requestedScopes);
            if (requestedScopes.size() > kept.size()) {
                var unknown = new java.util.HashSet(requestedScopes);
                unknown.removeAll(allowedScopes);
                throw new used.InvalidScopeException('Unknown scopes ' + unknown);
            }
        }
        if (kept == null || kept.isEmpty()) {
            throw new used.InvalidScopeException('None asked for, none by default');
        }
        return kept;
    }
    """,
    "2.0": """
    function checked() {
        var kept;
        if (requestedScopes == null || requestedScopes.isEmpty()) {
            kept = defaultScopes;
        } else {
            kept = allowedScopes.filter(each => requestedScopes.contains(each));
            if (requestedScopes.size() > kept.length) {
                var unknown = requestedScopes.filter(each =>
                    allowedScopes.indexOf(each) === -1);
                scopeValidatorHelper.throwInvalidScope('Unknown scopes ' + unknown);
            }
        }
        if (kept == null || kept.length === 0) {
            scopeValidatorHelper.throwInvalidScope('None asked for, none by default');
        }
        return kept;
    }
    """,
}
ENTRIES = """
    function validateAuthorizationScope() { return checked(); }
    function validateAccessTokenScope() { return checked(); }
    function validateRefreshTokenScope() { return checked(); }
    function validateBackChannelAuthorizationScope() { return checked(); }
"""


@pytest.fixture(params=BOTH)
def validated(realm: Workbench, request: pytest.FixtureRequest) -> Workbench:
    source = VALIDATION[request.param] + ENTRIES
    context = "OAUTH2_VALIDATE_SCOPE"
    give(realm, "validateScope", context, source, request.param)
    return realm


@pytest.mark.parametrize("way", [*OF_PEOPLE, *OF_ITSELF], ids=named)
def test_the_validation_sample_gives_what_is_asked_for(
    validated: Workbench, way: Way
) -> None:
    assert way(validated, "read")["scope"] == "read"


@pytest.mark.parametrize("way", [by_password, *OF_ITSELF], ids=named)
def test_the_validation_sample_gives_the_defaults_where_none_is_asked_for(
    validated: Workbench, way: Way
) -> None:
    assert way(validated, None)["scope"] == "read"


@pytest.mark.parametrize("client_id", ["job", "hr-agent"])
def test_the_validation_sample_refuses_what_is_not_allowed(
    validated: Workbench, client_id: str
) -> None:
    sent = ask_own_token(validated, client_id, "read nothing")

    assert sent.status == 400
    assert sent.json["error"] == "invalid_scope"
    assert sent.json["error_description"] in (
        "Unknown scopes [nothing]",
        "Unknown scopes nothing",
    )


# ---- OAuth2 Evaluate Scope Script --------------------------------------------------

EVALUATION = {
    "1.0": """
    (function () {
        var found = new java.util.HashMap();
        if (identity !== null) {
            accessToken.getScope().toArray().forEach(function (scope) {
                var values = identity.getAttribute(scope).toArray();
                found.put(scope, values.join(','));
            });
        } else {
            logger.error('nobody');
        }
        return found;
    }());
    """,
    "2.0": """
    (function () {
        var found = {};
        if (identity !== null) {
            accessToken.getScope().forEach(function (scope) {
                found[scope] = identity.getAttributeValues(scope).join(',');
            });
        } else {
            logger.error('nobody');
        }
        return found;
    }());
    """,
}


@pytest.mark.parametrize("version", BOTH)
@pytest.mark.parametrize("way", OF_PEOPLE, ids=named)
def test_the_evaluation_sample_tells_attributes_named_as_scopes(
    realm: Workbench, way: Way, version: str
) -> None:
    context = "OAUTH2_EVALUATE_SCOPE"
    give(realm, "evaluateScope", context, EVALUATION[version], version)
    realm.realm.users.update(USER, attributes={"read": ["a", "b"]})

    told = get(realm, "tokeninfo", str(way(realm, "read")["access_token"]))

    assert told.status_code == 200
    assert sorted(told.json()["read"].split(",")) == ["a", "b"]


# ---- OAuth2 Authorize Endpoint Data Provider Script --------------------------------

AUTHORIZE_DATA = {
    "1.0": """
    var more = new java.util.HashMap();
    function collect() {
        more.put('hello', 'you');
        fromOutside();
        return more;
    }
    function fromOutside() {
        var used = JavaImporter(org.forgerock.oauth2.core.exceptions.ServerException);
        try {
            var request = new org.forgerock.http.protocol.Request();
            request.setUri('https://directory.example/roles');
            request.setMethod('POST');
            request.setEntity('a=b');
            var response = httpClient.send(request).getOrThrow();
            logger.message('Status: ' + response.getStatus() + ', body: '
                + response.getEntity());
            more.put('role', JSON.parse(response.getEntity()).role);
        } catch (e) {
            throw new used.ServerException(e);
        }
    }
    collect();
    """,
    "2.0": """
    (function () {
        var response = httpClient.send('https://directory.example/roles').get();
        return {hello: 'you', role: response.json().get('role')};
    }());
    """,
}


@pytest.mark.parametrize("version", BOTH)
def test_the_authorize_data_sample_adds_to_the_redirect(
    realm: Workbench, version: str
) -> None:
    kind, context = (
        "authorizeEndpointDataProvider",
        "OAUTH2_AUTHORIZE_ENDPOINT_DATA_PROVIDER",
    )
    give(realm, kind, context, AUTHORIZE_DATA[version], version)

    answer = consent(realm)

    assert answer.status_code == 302
    assert sent_by(answer)["hello"] == "you"
    assert sent_by(answer)["role"] == "nurse"


def test_a_legacy_authorize_data_sample_whose_service_fails_gives_up_in_ams_words(
    realm: Workbench,
) -> None:
    kind, context = (
        "authorizeEndpointDataProvider",
        "OAUTH2_AUTHORIZE_ENDPOINT_DATA_PROVIDER",
    )
    source = AUTHORIZE_DATA["1.0"].replace("/roles", "/gone")
    give(realm, kind, context, source, "1.0")

    consent(realm)

    assert "ServerException" in str(realm.audit[-1].scripts[-1].error)


# ---- OIDC Claims Script ------------------------------------------------------------

CLAIMS = {
    "1.0": """
    (function () {
        var used = JavaImporter(
            org.forgerock.oauth2.core.exceptions.InvalidRequestException,
            org.forgerock.oauth2.core.UserInfoClaims,
            org.forgerock.openidconnect.Claim,
            java.util.LinkedHashMap, java.util.ArrayList);
        var byScope = {profile: ['given_name', 'zoneinfo', 'address']};
        var resolvers = {
            given_name: fromProfile('givenName'),
            zoneinfo: fromProfile('preferredtimezone'),
            address: asAddress(fromProfile('postaladdress'))
        };
        function fromProfile(attribute) {
            return function (claim) {
                if (!identity) return undefined;
                var value = fromSet(claim, identity.getAttribute(attribute));
                if (value && !value.isEmpty() && (!claim.getValues()
                        || claim.getValues().isEmpty()
                        || claim.getValues().contains(value))) {
                    return value;
                }
            };
        }
        function asAddress(resolve) {
            return function (claim) {
                var value = resolve(claim);
                if (!has(value)) return undefined;
                var address = new used.LinkedHashMap();
                address.put('formatted', value);
                return address;
            };
        }
        function fromSet(claim, set) {
            if (set && set.size()) return set.size() === 1 ? set.toArray()[0] : set;
            if (logger.warningEnabled()) {
                logger.warning('nothing for ' + claim.getName());
            }
        }
        function has(value) { return typeof value !== 'undefined' && value !== null; }
        function anyValue(claim) {
            if (claim.getValues().size() === 1) return claim.getValues().toArray()[0];
        }
        function wanted() {
            var all = new used.ArrayList();
            scopes.toArray().forEach(function (scope) {
                if (String(scope) !== 'openid' && byScope[scope]) {
                    byScope[scope].forEach(function (name) {
                        all.add(new used.Claim(name));
                    });
                }
            });
            all.addAll(claimObjects);
            all.addAll(requestedTypedClaims);
            return all;
        }
        function computed() {
            var values = new used.LinkedHashMap();
            wanted().toArray().forEach(function (claim) {
                var value;
                try {
                    value = (resolvers[claim.getName()] || anyValue)(claim);
                } catch (e) {
                    if (String(e).indexOf('InvalidRequestException') !== -1) throw e;
                    logger.warning('cannot tell. ' + e);
                }
                if (has(value)) values.put(claim.getName(), value);
                else values.remove(claim.getName());
            });
            return values;
        }
        function composite() {
            var open = new used.LinkedHashMap();
            scopes.toArray().forEach(function (scope) {
                var names = new used.ArrayList();
                if (byScope[scope]) {
                    byScope[scope].forEach(function (name) { names.add(name); });
                }
                if (names.size()) open.put(scope, names);
            });
            return open;
        }
        var all = new used.UserInfoClaims(computed(), composite());
        logger.message('Values: ' + all.getValues() + all.getCompositeScopes());
        return all;
    }());
    """,
    "2.0": """
    (function () {
        var byScope = {profile: ['given_name', 'zoneinfo', 'address']};
        var resolvers = {
            given_name: fromProfile('givenName'),
            zoneinfo: fromProfile('preferredtimezone'),
            address: function (name) {
                var value = fromProfile('postaladdress')(name);
                return value ? {formatted: value} : undefined;
            }
        };
        function fromProfile(attribute) {
            return function (name) {
                var values = identity.getAttributeValues(attribute);
                if (values.isEmpty()) {
                    logger.warn('nothing for {}', name);
                    return undefined;
                }
                var asked = requestedClaims.get(name);
                var value = values.size() === 1 ? values[0] : values;
                return !asked || asked.isEmpty() || asked.contains(value)
                    ? value : undefined;
            };
        }
        var values = {}, open = {};
        claims.keySet().forEach(function (name) { values[name] = claims.get(name); });
        scopes.forEach(function (scope) {
            if (!byScope[scope]) return;
            open[scope] = byScope[scope];
            byScope[scope].forEach(function (name) {
                var value = resolvers[name](name);
                if (value !== undefined) values[name] = value;
            });
        });
        return {values: values, compositeScopes: open};
    }());
    """,
}
KNOWN = {
    "given_name": "Barbara",
    "zoneinfo": "Europe/Oslo",
    "address": {"formatted": "Main Street 1"},
}


@pytest.fixture(params=BOTH)
def claimed(realm: Workbench, request: pytest.FixtureRequest) -> Workbench:
    source, version = CLAIMS[request.param], request.param
    attributes = {
        "givenName": ["Barbara"],
        "preferredtimezone": ["Europe/Oslo"],
        "postaladdress": ["Main Street 1"],
    }
    realm.realm.users.update(USER, attributes=attributes)
    give(realm, "oidcClaims", "OIDC_CLAIMS", source, version)
    return realm


@pytest.mark.parametrize("way", [by_code, by_password, by_refresh], ids=named)
def test_the_claims_sample_tells_at_userinfo_what_a_scope_stands_for(
    claimed: Workbench, way: Way
) -> None:
    token = str(way(claimed, "openid profile")["access_token"])

    answer = get(claimed, "userinfo", token)

    assert answer.status_code == 200
    assert {name: answer.json().get(name) for name in KNOWN} == KNOWN


@pytest.mark.parametrize("way", [by_code, by_password, by_refresh], ids=named)
def test_the_claims_sample_runs_for_an_id_token(claimed: Workbench, way: Way) -> None:
    told = way(claimed, "openid profile")

    assert claims_of(claimed, str(told["id_token"]))["sub"]


def test_the_claims_sample_leaves_out_what_a_profile_lacks(claimed: Workbench) -> None:
    nothing: dict[str, list[str]] = {"givenName": ["B"], "postaladdress": []}
    claimed.realm.users.update(USER, attributes=nothing)
    token = str(by_password(claimed, "openid profile")["access_token"])

    told = get(claimed, "userinfo", token).json()

    assert told["given_name"] == "B"
    assert "address" not in told


def test_the_claims_sample_runs_where_an_exchange_gives_an_id_token(
    claimed: Workbench,
) -> None:
    subject = str(by_password(claimed, "read")["access_token"])

    sent = exchange(claimed, "hr-agent", subject, requested_token_type=ID_TOKEN)

    assert sent.status == 200


# ---- OAuth2 May Act Script ---------------------------------------------------------

MAY_ACT = {
    "1.0": """
    (function () {
        var used = JavaImporter(org.forgerock.json.JsonValue);
        var allowed = used.JsonValue.json(used.JsonValue.object());
        allowed.put('client_id', 'hr-agent');
        allowed.put('sub', '(age!hr-agent)');
        token.setMayAct(allowed);
    }());
    """,
    "2.0": """
    (function () {
        token.setMayAct({client_id: 'hr-agent', sub: '(age!hr-agent)'});
    }());
    """,
}


@pytest.mark.parametrize("version", BOTH)
@pytest.mark.parametrize(
    "way", [by_code, by_password, by_refresh, *OF_ITSELF, by_exchange], ids=named
)
def test_the_may_act_sample_stamps_every_token(
    realm: Workbench, way: Way, version: str
) -> None:
    realm.realm.add_script("as the sample", MAY_ACT[version], version)
    for client_id in ("hr-client", "hr-agent", "job"):
        realm.realm.update(client_id, may_act_script="as the sample")

    claims = claims_of(realm, str(way(realm, "read")["access_token"]))

    assert claims["may_act"] == {"client_id": "hr-agent", "sub": "(age!hr-agent)"}


@pytest.mark.parametrize("way", [by_password, *OF_ITSELF], ids=named)
def test_a_sample_whose_body_is_a_comment_changes_nothing(
    realm: Workbench, way: Way
) -> None:
    context = "OAUTH2_ACCESS_TOKEN_MODIFICATION"
    plain = claims_of(realm, str(way(realm, "read")["access_token"]))
    give(realm, "accessTokenModification", context, "/* EXAMPLE */", "1.0")

    told = claims_of(realm, str(way(realm, "read")["access_token"]))

    assert sorted(told) == sorted(plain)
    assert json.dumps(told["scope"]) == json.dumps(plain["scope"])
