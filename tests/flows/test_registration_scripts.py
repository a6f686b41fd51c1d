"""What a dynamic client registration script does to a request, over HTTP."""

import pytest

from tests.stories import manage, open_registration, register
from workbench import Workbench

FAILED = {
    "error_description": "Error running dynamic client registration script",
    "error": "server_error",
}


@pytest.fixture
def desk(wb: Workbench) -> Workbench:
    return open_registration(wb)


def scripted(wb: Workbench, source: str) -> Workbench:
    script = wb.realm.add_registration_script("tried", source)
    wb.provider.dynamicClientRegistrationScript = script.id
    return wb


def test_the_script_sees_each_operation(desk: Workbench) -> None:
    scripted(
        desk,
        """
        logger.info("{} {} {}", operation, clientIdentity && clientIdentity.getName(),
            clientIdentity && clientIdentity.isAIAgent());
        """,
    )

    made = register(desk).json()
    manage(desk, "PUT", made, json={"client_id": made["client_id"]})
    manage(desk, "DELETE", made)

    lines = [event.scripts[0].log[0].text for event in desk.audit[-3:]]
    name = made["client_id"]
    assert lines == [
        f"CREATE {name} false",
        f"UPDATE {name} false",
        "DELETE null null",
    ]


def test_what_is_not_stored_changes_nothing(desk: Workbench) -> None:
    scripted(desk, 'clientIdentity.setAttribute("providerOverridesEnabled", ["true"])')

    made = register(desk).json()

    assert not made["providerOverridesEnabled"]
    assert "did not call clientIdentity.store()" in desk.audit[-1].scripts[0].remark


def test_the_setters_change_the_client(desk: Workbench) -> None:
    scripted(
        desk,
        """
        clientIdentity.setClientName(["set"]).setScope(["admin"])
            .setDefaultScopes(["admin"]).setGrantTypes(["password"])
            .setResponseTypes(["token"]).setRedirectURIs(["https://b.example/"])
            .setTokenEndpointAuthMethod("client_secret_post")
            .setIdTokenSignedResponseAlg("ES256").setAccessTokenLifeTime(6000)
            .setRefreshTokenLifeTime(6).setAuthorizationCodeLifeTime(7)
            .setJwtTokenLifeTime(8).setClientType("Confidential");
        clientIdentity.store();
        """,
    )

    made = register(desk, client_name="a", scopes=["read"]).json()

    assert {name: made[name] for name in CHANGED} == CHANGED
    assert manage(desk, "GET", made).json() == made


CHANGED = {
    "client_name": "set",
    "scopes": ["admin"],
    "default_scopes": ["admin"],
    "grant_types": ["password"],
    "response_types": ["token"],
    "redirect_uris": ["https://b.example/"],
    "token_endpoint_auth_method": "client_secret_post",
    "id_token_signed_response_alg": "ES256",
    "access_token_lifetime": 6000,
    "refresh_token_lifetime": 6,
    "authorization_code_lifetime": 7,
    "jwt_token_lifetime": 8,
    "client_type": "Confidential",
}


def test_a_script_for_pingone_aic_may_set_what_marks_an_agent(desk: Workbench) -> None:
    desk.enable_ai_agents()
    scripted(
        desk,
        """
        ["AgentType", "aiAgentIdentityUid"].forEach(function (name) {
            clientIdentity.setAttribute(name, clientIdentity.getAttributeValues(name));
        });
        clientIdentity.store();
        logger.info("{}", clientIdentity.getAttributeValues("AgentType"));
        """,
    )

    made = desk.client.register({})

    assert made.status == 201
    assert desk.audit[-1].scripts[0].log[0].text == "[AIAgent]"


def test_every_override_can_be_set(desk: Workbench) -> None:
    scripted(
        desk,
        """
        ["providerOverridesEnabled", "acceptAudienceParametersInTokenExchangeRequests",
         "clientsCanSkipConsent"].forEach(function (name) {
            clientIdentity.setAttribute(name, ["true"]);
        });
        clientIdentity.setAttribute("issueRefreshToken", ["false"]);
        clientIdentity.setAttribute("accessTokenMayActScript", ["[Empty]"]);
        clientIdentity.setAttribute("overrideableOIDCClaims", ["acr", "azp"]);
        clientIdentity.setAttribute("validateScopePluginType", ["JAVA"]);
        clientIdentity.store();
        """,
    )

    made = register(desk).json()

    block = desk.realm.client(made["client_id"]).overrides
    assert block.acceptAudienceParametersInTokenExchangeRequests
    assert block.clientsCanSkipConsent
    assert not block.issueRefreshToken
    assert block.overrideableOIDCClaims == ("acr", "azp")
    assert block.validateScopePluginType == "JAVA"


UNFIT_SCRIPTS = [
    ("throw new Error('no')", "Error: no"),
    ("operation.x.y", "TypeError"),
    ("while (true) {}", "longer than"),
    ('clientIdentity.setAttribute("scopes", "read")', "takes an array of strings"),
    ('clientIdentity.setAttribute("scopes", [true])', "takes an array of strings"),
    ('set("providerOverridesEnabled", ["yes"])', "it is true or false"),
    ('set("providerOverridesEnabled", [])', "it takes one value"),
    ('set("oidcClaimsPluginType", ["X"])', "it is PROVIDER or SCRIPTED or JAVA"),
    ('set("statelessTokens", ["true"])', "Did you mean statelessTokensEnabled?"),
    ('set("AgentType", ["OAuth2Client", "x"])', "a script cannot change it"),
    ('set("accessTokenMayActScript", ["x"])', "the id of a may act script"),
    ('set("accessTokenMayActScript", ["may act"])', "the id of a may act script"),
    ("clientIdentity.setAccessTokenLifeTime(1.5); store()", "a whole number"),
    ("clientIdentity.setClientType('public'); store()", "Confidential or Public"),
    ("clientIdentity.setScope(['a b']); store()", "is not a scope"),
    ("clientIdentity.setRedirectURIs(['x']); store()", "not a redirection URI"),
    ("clientIdentity.setKeys('{}')", "setKeys is not a function"),
]
HELPERS = """
function store() { clientIdentity.store(); }
function set(name, values) { clientIdentity.setAttribute(name, values); store(); }
"""


@pytest.mark.parametrize(("source", "says"), UNFIT_SCRIPTS)
def test_a_script_that_fails_answers_500_and_keeps_nothing(
    desk: Workbench, source: str, says: str
) -> None:
    desk.realm.add_script("may act", "")
    scripted(desk, HELPERS + source)

    answer = register(desk)

    assert (answer.status_code, answer.json()) == (500, FAILED)
    assert says in str(desk.audit[-1].scripts[0].error)
    clients = desk.realm.clients
    assert (dict(clients), clients.registrations) == ({}, {})


def test_a_client_stays_where_the_script_fails_on_its_change(desk: Workbench) -> None:
    made = register(desk, client_name="a").json()
    scripted(desk, "throw new Error('no')")

    changed = manage(desk, "PUT", made, json={"client_id": made["client_id"]})
    deleted = manage(desk, "DELETE", made)

    assert (changed.status_code, deleted.status_code) == (500, 500)
    assert manage(desk, "GET", made).json() == made


@pytest.mark.parametrize("name", ["gone", "may act"])
def test_a_script_that_is_missing_or_of_another_context_fails_the_request(
    desk: Workbench, name: str
) -> None:
    desk.realm.add_script("may act", "")
    desk.provider.dynamicClientRegistrationScript = name

    answer = register(desk)

    assert (answer.status_code, answer.json()) == (500, FAILED)
    assert "dynamic client registration script" in desk.audit[-1].hint


def test_a_registration_script_is_no_may_act_script(desk: Workbench) -> None:
    script = desk.realm.add_registration_script("mine", "")
    desk.provider.accessTokenMayActScript = script.id
    desk.realm.register_client(
        "c", secret="s", scopes=["read"], grant_types=["client_credentials"]
    )

    answer = desk.client.client_credentials("c", "s", scope="read")

    assert answer.status == 500
    assert "OAUTH2_DYNAMIC_CLIENT_REGISTRATION" in desk.audit[-1].hint
