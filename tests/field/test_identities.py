"""An identity for every token: a person, a client and an agent, in every context."""

import pytest

from tests.stories import (
    add_grant,
    claims_of,
    consent,
    exchange,
    get,
    lets_act,
    own_token,
    provide_authorize_data,
)
from workbench import Workbench
from workbench.agent.client import Call
from workbench.course.use_cases.agent_for_user import USER, USER_PASSWORD

SECRET = "mySecret"
GRANTS = ["client_credentials", "password", "refresh_token", "authorization_code"]
EXCHANGE = "urn:ietf:params:oauth:grant-type:token-exchange"
GRANT_TYPES = "com.forgerock.openam.oauth2provider.grantTypes"

LOOK = {
    "1.0": f"""
function look() {{
    var Type = com.sun.identity.idm.IdType;
    logger.message('' + [identity.getName(), identity.getUniversalId(),
        identity.getType(), identity.isExists(), identity.isActive(),
        identity.getAttribute('memberOf').isEmpty(),
        identity.getAttribute('userpassword').isEmpty(),
        identity.getAttribute('AgentType').size(),
        identity.getAttribute('{GRANT_TYPES}').contains('[0]=client_credentials'),
        identity.getAttributes().get('uid') !== null,
        identity.getMemberships(Type.GROUP).isEmpty()].join('|'));
}}
""",
    "2.0": f"""
function look() {{
    logger.info([identity.getName(), identity.getUniversalId(), identity.exists(),
        identity.getAttributeValues('memberOf').length,
        identity.getAttributeValues('userpassword').length,
        identity.getAttributeValues('AgentType').length,
        identity.getAttributeValues('{GRANT_TYPES}')[0] === '[0]=client_credentials'
    ].join('|'));
}}
""",
}
ENDS = {
    "OAUTH2_MAY_ACT": "look();",
    "OAUTH2_ACCESS_TOKEN_MODIFICATION": "look();",
    "OAUTH2_EVALUATE_SCOPE": "look(); ({told: 'yes'});",
    "OIDC_CLAIMS": "look(); ({values: {}, compositeScopes: {}});",
    "OAUTH2_VALIDATE_SCOPE": """
        function validateAccessTokenScope() { look(); return requestedScopes; }
        function validateRefreshTokenScope() { look(); return requestedScopes; }
    """,
}
PLUGINS = {
    "OAUTH2_ACCESS_TOKEN_MODIFICATION": "accessTokenModification",
    "OAUTH2_EVALUATE_SCOPE": "evaluateScope",
    "OAUTH2_VALIDATE_SCOPE": "validateScope",
    "OIDC_CLAIMS": "oidcClaims",
}
SEEN = {
    "1.0": {
        "person": "bjensen|id=bjensen,ou=user,o=alpha,ou=services,ou=am-config|"
        "IdType: user|true|true|true|true|0|false|true|true",
        "client": "svc|id=svc,ou=agentonly,o=alpha,ou=services,ou=am-config|"
        "IdType: agentonly|true|true|true|true|1|true|false|true",
        "agent": "bot|id=bot,ou=agentonly,o=alpha,ou=services,ou=am-config|"
        "IdType: agentonly|true|true|true|true|1|true|false|true",
    },
    "2.0": {
        "person": "bjensen|id=bjensen,ou=user,o=alpha,ou=services,ou=am-config|"
        "true|0|0|0|false",
        "client": "svc|id=svc,ou=agentonly,o=alpha,ou=services,ou=am-config|"
        "true|0|0|1|true",
        "agent": "bot|id=bot,ou=agentonly,o=alpha,ou=services,ou=am-config|"
        "true|0|0|1|true",
    },
}


@pytest.fixture
def desk(wb: Workbench) -> Workbench:
    """bjensen, a client and an agent, each with a token of its own to be had."""
    wb.enable_ai_agents()
    wb.provider.statelessTokensEnabled = True
    wb.realm.add_user(USER, password=USER_PASSWORD)
    for register, client_id in (
        (wb.realm.register_client, "svc"),
        (wb.realm.register_agent, "bot"),
    ):
        register(
            client_id,
            secret=SECRET,
            scopes=["read", "openid"],
            grant_types=GRANTS,
            token_endpoint_auth_method="client_secret_post",
        )
    return wb


def script(wb: Workbench, context: str, source: str, version: str) -> None:
    """Give the realm a script of this context."""
    made = wb.realm.add_script("looks", source, version, context=context)
    if context not in PLUGINS:
        wb.provider.accessTokenMayActScript = made.id
        return
    kind = PLUGINS[context]
    wb.realm.set_provider(**{f"{kind}PluginType": "SCRIPTED", f"{kind}Script": made.id})


def ask(wb: Workbench, who: str, scope: str = "read openid") -> Call:
    """A token about a person, a client or an agent."""
    if who == "person":
        return wb.client.password("svc", SECRET, USER, USER_PASSWORD, scope=scope)
    client_id = "svc" if who == "client" else "bot"
    return wb.client.client_credentials(client_id, SECRET, scope=scope)


def said(wb: Workbench) -> str:
    """What the latest script logged last."""
    ran = [outcome for event in wb.audit for outcome in event.scripts]
    return ran[-1].log[-1].text


@pytest.mark.parametrize("who", ["person", "client", "agent"])
@pytest.mark.parametrize("context", ENDS)
@pytest.mark.parametrize("version", ["1.0", "2.0"])
def test_a_script_sees_whom_the_token_is_about(
    desk: Workbench, version: str, context: str, who: str
) -> None:
    script(desk, context, LOOK[version] + ENDS[context], version)

    answer = ask(desk, who)
    assert answer.status == 200, desk.audit[-1]
    if context == "OAUTH2_EVALUATE_SCOPE":
        told = get(desk, "tokeninfo", access_token=answer.access_token)
        assert told.json()["told"] == "yes"
    if context == "OIDC_CLAIMS":
        assert get(desk, "userinfo", answer.access_token).status_code == 200

    assert said(desk) == SEEN[version][who]


@pytest.mark.parametrize("version", ["1.0", "2.0"])
def test_at_the_authorize_endpoint_it_is_who_logged_in(
    wb: Workbench, version: str
) -> None:
    wb.prepare("agent-for-user")
    end = {"1.0": "new java.util.HashMap();", "2.0": "({});"}[version]
    provide_authorize_data(wb, f"{LOOK[version]} look(); {end}", version)

    assert consent(wb).status_code == 302
    assert said(wb).startswith("bjensen|id=bjensen,ou=user,")


@pytest.mark.parametrize("version", ["1.0", "2.0"])
@pytest.mark.parametrize(
    "context", ["OAUTH2_MAY_ACT", "OAUTH2_ACCESS_TOKEN_MODIFICATION"]
)
def test_of_an_exchange_and_its_refresh_it_is_the_subjects(
    desk: Workbench, version: str, context: str
) -> None:
    add_grant(desk, "svc", EXCHANGE)
    stamps = desk.realm.add_script("lets act", lets_act("svc"))
    desk.realm.update("bot", may_act_script="lets act")
    assert stamps.name == "lets act"
    subject = own_token(desk, "bot")
    script(desk, context, LOOK[version] + ENDS[context], version)

    exchanged = exchange(desk, "svc", subject, actor_token=own_token(desk, "svc"))
    assert exchanged.status == 200
    assert said(desk) == SEEN[version]["agent"]

    refreshed = desk.client.refresh("svc", SECRET, exchanged.json["refresh_token"])
    assert refreshed.status == 200
    assert said(desk) == SEEN[version]["agent"]


@pytest.mark.parametrize("version", ["1.0", "2.0"])
def test_the_scopes_of_a_refresh_are_validated_for_the_subject(
    desk: Workbench, version: str
) -> None:
    add_grant(desk, "svc", EXCHANGE)
    desk.realm.add_script("lets act", lets_act("svc"))
    desk.realm.update("bot", may_act_script="lets act")
    exchanged = exchange(desk, "svc", own_token(desk, "bot"))
    context = "OAUTH2_VALIDATE_SCOPE"
    script(desk, context, LOOK[version] + ENDS[context], version)

    refreshed = desk.client.refresh(
        "svc", SECRET, exchanged.json["refresh_token"], scope="read"
    )

    assert refreshed.status == 200
    assert said(desk) == SEEN[version]["agent"]


GONE = {
    "1.0": "logger.message(identity.getName() + ' ' + identity.isExists() + ' ' + "
    "identity.getAttribute('mail').size());",
    "2.0": "logger.info(identity.getName() + ' ' + identity.exists() + ' ' + "
    "identity.getAttributeValues('mail').length);",
}


@pytest.mark.parametrize("version", ["1.0", "2.0"])
def test_a_subject_that_is_gone_has_a_name_and_no_more(
    desk: Workbench, version: str
) -> None:
    add_grant(desk, "svc", EXCHANGE)
    desk.realm.add_script("lets act", lets_act("svc"))
    desk.realm.update("bot", may_act_script="lets act")
    subject = own_token(desk, "bot")
    desk.realm.delete("bot")
    script(desk, "OAUTH2_MAY_ACT", GONE[version], version)

    answer = exchange(desk, "svc", subject)

    assert answer.status == 200
    assert said(desk) == "bot false 0"


@pytest.mark.parametrize("version", ["1.0", "2.0"])
def test_the_claims_of_a_client_that_is_gone_are_asked_of_a_name(
    desk: Workbench, version: str
) -> None:
    add_grant(desk, "svc", EXCHANGE)
    desk.realm.add_script("lets act", lets_act("svc"))
    desk.realm.update("bot", may_act_script="lets act")
    exchanged = exchange(desk, "svc", own_token(desk, "bot", "openid"), scope="openid")
    desk.realm.delete("bot")
    end = "({values: {}, compositeScopes: {}});"
    script(desk, "OIDC_CLAIMS", GONE[version] + end, version)

    assert get(desk, "userinfo", exchanged.access_token).status_code == 200
    assert said(desk) == "bot false 0"


@pytest.mark.parametrize("version", ["1.0", "2.0"])
def test_where_scopes_are_evaluated_of_one_who_is_gone_it_is_null(
    desk: Workbench, version: str
) -> None:
    desk.profile = desk.profile.but(tokens_of_gone_people="allow")
    token = ask(desk, "person").access_token
    desk.realm.users.delete(USER)
    script(desk, "OAUTH2_EVALUATE_SCOPE", "({is: '' + identity});", version)

    told = get(desk, "tokeninfo", access_token=token)

    assert told.json()["is"] == "null"


@pytest.mark.parametrize(
    ("version", "source"),
    [
        (
            "1.0",
            """var scope = new java.util.HashSet();
            scope.add('[0]=read'); scope.add('[1]=write');
            identity.setAttribute('com.forgerock.openam.oauth2provider.scopes', scope);
            identity.store();""",
        ),
        (
            "2.0",
            """identity.addAttribute('com.forgerock.openam.oauth2provider.scopes',
                '[2]=write');
            identity.setAttribute('com.forgerock.openam.oauth2provider.scopes',
                ['[0]=read', '[1]=write']);
            identity.store();""",
        ),
    ],
)
def test_what_a_script_stores_of_a_client_is_the_clients(
    desk: Workbench, version: str, source: str
) -> None:
    script(desk, "OAUTH2_MAY_ACT", source, version)

    assert ask(desk, "agent").status == 200

    assert desk.realm.client("bot").scopes == ("read", "write")
    assert desk.realm.client("bot").secret == SECRET


def test_what_a_client_cannot_be_is_refused(desk: Workbench) -> None:
    source = "identity.setAttribute('agentgroup', ['none']); identity.store();"
    script(desk, "OAUTH2_MAY_ACT", source, "2.0")

    answer = ask(desk, "client")

    assert answer.json == {
        "error_description": "Error running may_act script",
        "error": "server_error",
    }
    assert "There is no group 'none'" in desk.audit[-1].hint


def test_storing_nothing_new_changes_nothing(desk: Workbench) -> None:
    before = desk.realm.client("svc")
    script(desk, "OAUTH2_MAY_ACT", "identity.store();", "2.0")

    assert ask(desk, "client").status == 200

    assert desk.realm.client("svc") == before


@pytest.mark.parametrize("context", ENDS)
def test_what_a_script_stores_of_a_person_is_kept_in_every_context(
    desk: Workbench, context: str
) -> None:
    source = f"""
    function look() {{
        identity.setAttribute('seen', ['{context}']);
        identity.store();
    }}
    """
    script(desk, context, source + ENDS[context], "2.0")

    answer = ask(desk, "person")
    get(desk, "tokeninfo", access_token=answer.access_token)
    get(desk, "userinfo", answer.access_token)

    assert desk.realm.user(USER).values("seen") == (context,)


@pytest.mark.parametrize("version", ["1.0", "2.0"])
@pytest.mark.parametrize("who", ["person", "client", "agent"])
def test_on_pingone_aic_nobody_is_behind_a_validation(
    desk: Workbench, version: str, who: str
) -> None:
    desk.profile = desk.profile.but(identity_when_validating="nobody")
    source = """function validateAccessTokenScope() {
        try { identity.getName(); } catch (e) { return requestedScopes; }
        throw new Error('somebody is there');
    }"""
    script(desk, "OAUTH2_VALIDATE_SCOPE", source, version)

    assert ask(desk, who, "read").status == 200


def test_the_case_of_the_field(desk: Workbench) -> None:
    source = """if (identity.getAttribute('memberOf').isEmpty()) {
        logger.message('none');
    }"""
    script(desk, "OAUTH2_MAY_ACT", source, "1.0")

    answer = ask(desk, "client")

    assert claims_of(desk, answer)["sub"] == "(age!svc)"
    assert said(desk) == "none"
