"""PingAM 8.1, "Access token modification": a script changes access tokens."""

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.stories import Agents, add_grant, ask_own_token, claims_of, modify_tokens
from workbench import Workbench
from workbench.am.reading.read_token import read_token
from workbench.errors import RegistrationError

FAILED = {
    "error_description": "Error running access token modification plugin",
    "error": "server_error",
}


@pytest.fixture
def desk(story: Workbench) -> Workbench:
    """The two agents, with tokens that can be read."""
    story.provider.statelessTokensEnabled = True
    for name in ("data-agent", "risk-agent"):
        story.realm.update(name, overrides={"statelessTokensEnabled": True})
    return story


@pytest.mark.parametrize("version", ["1.0", "2.0"])
def test_a_script_sets_fields(desk: Workbench, version: str) -> None:
    desk.realm.update("risk-agent", custom_properties=["testCustomProp=mine"])
    modify_tokens(
        desk,
        """
        accessToken.setField('foo', 'bar');
        accessToken.setField('flag', true);
        var custom = clientProperties.get('customProperties');
        accessToken.setField('custom', custom.get('testCustomProp'));
        accessToken.setField('uri', requestProperties.get('requestUri'));
        """
        if version == "1.0"
        else """
        accessToken.setField('foo', 'bar');
        accessToken.setFields({flag: true, custom: clientProperties.customProperties
            .testCustomProp, uri: requestProperties.requestUri});
        """,
        version,
    )

    claims = claims_of(desk, ask_own_token(desk))

    assert claims["foo"] == "bar"
    assert claims["flag"] is True
    assert claims["custom"] == "mine"
    assert claims["uri"].endswith("/access_token")


@pytest.mark.parametrize("version", ["1.0", "2.0"])
def test_a_number_is_written_as_java_writes_a_double(
    desk: Workbench, version: str
) -> None:
    modify_tokens(desk, "accessToken.setField('n', 42);", version)

    payload = desk.inspect(ask_own_token(desk)).claims or {}

    assert json.dumps(payload["n"]) == "42.0"


@pytest.mark.parametrize("version", ["1.0", "2.0"])
def test_the_expiry_time_is_in_milliseconds(desk: Workbench, version: str) -> None:
    modify_tokens(
        desk,
        "accessToken.setExpiryTime(accessToken.getExpiryTime() - 3540 * 1000);",
        version,
    )

    answer = ask_own_token(desk)

    assert claims_of(desk, answer)["exp"] == 1_790_000_060
    assert answer.json["expires_in"] == 59
    desk.clock.advance(seconds=60)
    assert not read_token(desk.realm, answer.access_token).active


@pytest.mark.parametrize(
    ("version", "source"),
    [
        (
            "2.0",
            """accessToken.addExtraData('key', 'value');
            accessToken.addExtraJsonData('list', ['one']);
            accessToken.addExtraJsonData('map', {'a': 'b'});""",
        ),
        (
            "1.0",
            """var J = org.forgerock.json.JsonValue;
            accessToken.addExtraData('key', 'value');
            accessToken.addExtraJsonData('list', J.json(J.array('one')));
            accessToken.addExtraJsonData('map', J.json(J.object(J.field('a', 'b'))));
            """,
        ),
    ],
)
def test_extra_data_is_in_the_response_and_not_in_the_token(
    desk: Workbench, version: str, source: str
) -> None:
    modify_tokens(desk, source, version)

    answer = ask_own_token(desk)

    extra = {"key": "value", "list": ["one"], "map": {"a": "b"}}
    assert {name: answer.json[name] for name in extra} == extra
    assert not set(extra) & set(claims_of(desk, answer))


def test_extra_data_replaces_no_member_of_the_response(desk: Workbench) -> None:
    modify_tokens(desk, "accessToken.addExtraData('token_type', 'mine');")

    assert ask_own_token(desk).json["token_type"] == "Bearer"


def test_the_exchanged_token_gets_the_acting_clients_script(
    desk: Workbench, agents: Agents
) -> None:
    modify_tokens(
        desk,
        """
        accessToken.setField('aud', 'https://api.example.com');
        accessToken.addExtraData('granted_by', clientProperties.clientId);
        """,
    )

    answer = agents.exchange()

    claims = claims_of(desk, answer)
    assert claims["aud"] == "https://api.example.com"
    assert claims["act"] == {"sub": "(age!risk-agent)"}
    assert answer.json["granted_by"] == "risk-agent"
    last = desk.decision.checks[-1]
    assert last.rule == ("The acting client's access token modification script runs")
    assert (last.passed, last.decided_by) == (True, "script")


def test_the_subjects_own_claims_do_not_come_along(
    desk: Workbench, agents: Agents
) -> None:
    modify_tokens(desk, "accessToken.setField('roles', ['a']);", client_id="data-agent")
    subject = ask_own_token(desk, "data-agent")

    answer = agents.exchange(subject_token=subject.access_token)

    assert claims_of(desk, subject)["roles"] == ["a"]
    assert "roles" not in claims_of(desk, answer)


def test_the_script_sees_what_the_may_act_script_stamped(desk: Workbench) -> None:
    modify_tokens(
        desk,
        "accessToken.setField('seen', accessToken.getMayAct().client_id);",
        client_id="data-agent",
    )

    assert claims_of(desk, ask_own_token(desk, "data-agent"))["seen"] == "risk-agent"


def test_may_act_can_be_set_by_the_script_as_well(
    desk: Workbench, agents: Agents
) -> None:
    desk.realm.update("data-agent", overrides={"accessTokenMayActScript": "[Empty]"})
    modify_tokens(
        desk,
        """accessToken.setMayAct({client_id: 'risk-agent', sub: '(age!risk-agent)'});
        accessToken.setAct({sub: 'me'});""",
        client_id="data-agent",
    )

    assert agents.exchange().status == 200


@pytest.mark.parametrize(
    ("version", "source"),
    [
        ("2.0", "accessToken.getSubject();"),
        ("2.0", "token.getField('sub');"),
        ("2.0", "accessToken.setField('f', function () {});"),
        ("1.0", "accessToken.setMayAct({});"),
        ("1.0", "accessToken.setScope(['read']);"),
        ("1.0", "require('x');"),
        ("2.0", "var a = ;"),
        ("2.0", "accessToken.setExpiryTime('soon');"),
        ("2.0", "accessToken.setFields(5);"),
        ("2.0", "accessToken.setId('mine');"),
    ],
)
def test_a_script_that_fails_says_as_much_and_issues_nothing(
    desk: Workbench, version: str, source: str
) -> None:
    modify_tokens(desk, source, version)

    answer = ask_own_token(desk)

    assert (answer.status, answer.json) == (500, FAILED)
    assert desk.audit[-1].scripts[-1].error is not None


def test_a_failing_script_is_in_the_decision(desk: Workbench, agents: Agents) -> None:
    subject, actor = agents.token("data-agent"), agents.token("risk-agent")
    modify_tokens(desk, "nope();")

    answer = agents.exchange(subject_token=subject, actor_token=actor)

    assert (answer.status, answer.json) == (500, FAILED)
    refusal = desk.decision.refusal
    assert refusal is not None
    assert "nope is not defined" in refusal.found
    assert refusal.description == FAILED["error_description"]


def test_a_script_that_is_gone_is_a_server_error(desk: Workbench) -> None:
    desk.provider.accessTokenModificationScript = "gone"

    answer = ask_own_token(desk)  # risk-agent's live block says PROVIDER

    assert (answer.status, answer.json) == (500, FAILED)


def test_a_script_of_another_kind_cannot_be_named(desk: Workbench) -> None:
    desk.realm.add_script("may act", "")

    with pytest.raises(RegistrationError, match="access token modification script is"):
        desk.realm.update(
            "risk-agent", overrides={"accessTokenModificationScript": "may act"}
        )


@pytest.mark.parametrize("version", ["1.0", "2.0"])
def test_every_getter_gives_what_the_token_has(desk: Workbench, version: str) -> None:
    modify_tokens(
        desk,
        """
        var all = {};
        ['Realm', 'ResourceOwnerId', 'ClientId', 'TokenName', 'TokenType', 'GrantType',
         'AuthTimeSeconds', 'ExpiryTime', 'Nonce', 'Act', 'MayAct', 'Permissions',
         'Claims', 'AuthLevel', 'ConfirmationKey'].forEach(function (name) {
            all[name] = accessToken['get' + name]();
        });
        all.expired = accessToken.isExpired();
        all.audience = accessToken.getAudience()[0];
        all.unset = accessToken.getField('unset');
        all.response = accessToken.toMap().get ? accessToken.toMap().get('scope')
            : accessToken.toMap().scope;
        all.custom = accessToken.getCustomFields().get
            ? accessToken.getCustomFields().get('subname')
            : accessToken.getCustomFields().subname;
        accessToken.setField('all', JSON.stringify(all));
        """,
        version,
    )

    found = json.loads(claims_of(desk, ask_own_token(desk))["all"])

    assert found == {
        "Realm": "/alpha",
        "ResourceOwnerId": "risk-agent",
        "ClientId": "risk-agent",
        "TokenName": "access_token",
        "TokenType": "Bearer",
        "GrantType": "client_credentials",
        "AuthTimeSeconds": 1_790_000_000,
        "ExpiryTime": 1_790_003_600_000,
        **dict.fromkeys(("Nonce", "Act", "MayAct", "Permissions", "Claims"), None),
        **dict.fromkeys(("AuthLevel", "ConfirmationKey"), None),
        "expired": False,
        "audience": "risk-agent",
        "unset": None,
        "response": "read",
        "custom": "risk-agent",
    }


def test_setters_write_the_claims_of_am(desk: Workbench) -> None:
    modify_tokens(
        desk,
        """
        accessToken.setResourceOwnerId('other');
        accessToken.setScope(['a', 'b']);
        accessToken.setNonce('n');
        accessToken.setAuthLevel(3);
        accessToken.setAuthTime(1790000001);
        accessToken.setPermissions({p: 1});
        accessToken.setConfirmationKey({kid: 'k'});
        accessToken.setGrantType('mine');
        accessToken.removeTokenType();
        """,
    )

    answer = ask_own_token(desk)

    claims = claims_of(desk, answer)
    assert (claims["sub"], claims["subname"]) == ("(age!other)", "other")
    assert claims["scope"] == ["a", "b"]
    assert (claims["nonce"], claims["auth_level"]) == ("n", 3)
    assert claims["auth_time"] == 1_790_000_001
    assert (claims["permissions"], claims["cnf"]) == ({"p": 1.0}, {"kid": "k"})
    assert claims["grant_type"] == "mine"
    assert "token_type" not in claims
    assert answer.json["scope"] == "a b"


def test_introspection_tells_custom_fields_at_top_level(desk: Workbench) -> None:
    modify_tokens(
        desk, "accessToken.setField('tenant', 'a'); accessToken.setField('active', 0)"
    )

    told = desk.client.introspect(
        "risk-agent", "mySecret", ask_own_token(desk).access_token
    )

    assert told.json["tenant"] == "a"
    assert told.json["active"] is True


def test_a_legacy_script_sees_the_client_as_identity(desk: Workbench) -> None:
    modify_tokens(
        desk,
        """accessToken.setField('who', identity.getName() + ' ' + identity.getType());
        accessToken.setField('secret', '' + identity.getAttribute('userpassword'));""",
        "1.0",
    )

    claims = claims_of(desk, ask_own_token(desk))

    assert claims["who"] == "risk-agent IdType: agentonly"
    assert claims["secret"] == "[]"


def test_only_a_server_side_token_can_be_given_an_id(desk: Workbench) -> None:
    desk.realm.update("risk-agent", overrides={"statelessTokensEnabled": False})
    modify_tokens(desk, "accessToken.setId('mine-' + accessToken.getTokenId().length);")

    answer = ask_own_token(desk)

    assert answer.access_token == "mine-27"
    assert read_token(desk.realm, answer.access_token).active


def test_the_script_runs_again_when_a_token_is_refreshed(desk: Workbench) -> None:
    add_grant(desk, "risk-agent")
    modify_tokens(desk, "accessToken.setField('via', accessToken.getGrantType());")
    first = Agents(desk).exchange()

    second = desk.client.refresh("risk-agent", "mySecret", first.refresh_token)

    assert claims_of(desk, second)["via"] == "refresh_token"
    assert "via" not in (read_token(desk.realm, first.refresh_token).claims or {})


@pytest.mark.parametrize("name", ["refresh_token", "id_token", "mine"])
def test_a_token_of_another_name_is_good_for_nothing(
    desk: Workbench, agents: Agents, name: str
) -> None:
    modify_tokens(desk, f"accessToken.setTokenName('{name}');", client_id="data-agent")
    add_grant(desk, "data-agent")

    value = ask_own_token(desk, "data-agent").access_token

    assert not read_token(desk.realm, value).active
    assert desk.client.refresh("data-agent", "mySecret", value).json["error"] == (
        "invalid_grant"
    )
    kind = "urn:ietf:params:oauth:token-type:id_token"
    assert agents.exchange(subject_token=value).status == 400
    assert agents.exchange(subject_token=value, subject_token_type=kind).status == 400


VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**40), 2**40)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=6),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.text(max_size=4), inner, max_size=3)
    ),
    max_leaves=4,
)
NAMES = st.sampled_from(
    [
        *("sub", "aud", "exp", "nbf", "iat", "scope", "jti", "realm", "iss"),
        *("tokenName", "authGrantId", "client_id", "subname", "auth_level"),
        *("auth_time", "act", "may_act", "cts", "expires_in", "nonce", "__proto__"),
    ]
)


@settings(
    max_examples=50,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    fields=st.dictionaries(NAMES, VALUES, min_size=1, max_size=3),
    removed=st.sets(NAMES, max_size=2),
    client_side=st.booleans(),
)
def test_no_claim_that_a_script_sets_breaks_an_endpoint(
    fields: dict[str, Any], removed: set[str], client_side: bool
) -> None:
    with Workbench(now=1_790_000_000, seed="fuzz") as wb:
        wb.prepare("agent-for-agent")
        for name in ("data-agent", "risk-agent"):
            wb.realm.update(name, overrides={"statelessTokensEnabled": client_side})
        source = f"accessToken.setFields({json.dumps(fields)});" + "".join(
            f"accessToken.remove{method}();"
            for claim, method in {
                "scope": "Scopes",
                "client_id": "ClientId",
                "sub": "ResourceOwnerId",
                "realm": "Realm",
                "auth_time": "AuthTime",
            }.items()
            if claim in removed
        )
        modify_tokens(wb, source, client_id="data-agent")

        answer = ask_own_token(wb, "data-agent")

        assert answer.status in (200, 500)
        if answer.status == 500:
            assert answer.json == FAILED
            return
        value = answer.access_token
        wb.inspect(value)
        bearer = {"Authorization": f"Bearer {value}"}
        base = wb.realm.oauth2_url
        asked = [
            wb.client.introspect("data-agent", "mySecret", value).status,
            Agents(wb).exchange(subject_token=value).status,
            Agents(wb).exchange(actor_token=value).status,
            wb.client.refresh("data-agent", "mySecret", value).status,
            wb.http.get(f"{base}/userinfo", headers=bearer).status_code,
            wb.http.get(f"{base}/tokeninfo", headers=bearer).status_code,
            wb.client.revoke("data-agent", "mySecret", value).status,
        ]
        assert all(status < 500 for status in asked), asked


def test_a_number_of_ams_own_stays_a_whole_number(desk: Workbench) -> None:
    modify_tokens(desk, "accessToken.setField('exp', 1790000060);")

    answer = ask_own_token(desk)

    assert json.dumps(claims_of(desk, answer)["exp"]) == "1790000060"
    assert read_token(desk.realm, answer.access_token).active


def test_a_response_has_no_scope_and_expiry_that_a_script_removed(
    desk: Workbench,
) -> None:
    modify_tokens(
        desk, "accessToken.removeScopes(); accessToken.setField('exp', 'soon');"
    )

    assert ask_own_token(desk).json.keys() == {"access_token", "token_type"}


def test_a_scope_that_is_a_text_is_told_as_it_is(desk: Workbench) -> None:
    modify_tokens(desk, "accessToken.setField('scope', 'one two');")

    assert ask_own_token(desk).json["scope"] == "one two"


@pytest.mark.parametrize("client_side", [True, False])
def test_a_token_of_another_issuer_is_not_usable(
    desk: Workbench, client_side: bool
) -> None:
    desk.realm.update("risk-agent", overrides={"statelessTokensEnabled": client_side})
    modify_tokens(desk, "accessToken.setField('iss', 'https://elsewhere.example.com');")

    token = ask_own_token(desk).access_token

    assert not read_token(desk.realm, token).active


@pytest.mark.parametrize("version", ["1.0", "2.0"])
def test_a_script_that_spoils_arrays_spoils_nothing_of_the_token(
    desk: Workbench, version: str
) -> None:
    modify_tokens(
        desk,
        """
        accessToken.setField('a', 'b');
        ['map', 'join', 'filter', 'concat'].forEach(function (name) {
            Array.prototype[name] = function () { return ['x']; };
        });
        """,
        version,
    )

    assert claims_of(desk, ask_own_token(desk))["a"] == "b"


def test_the_id_of_a_token_beneath_a_macaroon_stays_its_own(desk: Workbench) -> None:
    desk.realm.update("risk-agent", overrides={"statelessTokensEnabled": False})
    desk.provider.macaroonTokensEnabled = True
    modify_tokens(desk, "accessToken.setId('mine');")

    answer = ask_own_token(desk)

    assert read_token(desk.realm, answer.access_token).active
