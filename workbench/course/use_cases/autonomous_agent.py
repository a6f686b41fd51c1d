"""The flow of the vendor's page "AI agent acting autonomously"."""

from collections.abc import Iterator

from workbench.agent.client import AgentClient, Call
from workbench.am.clients.grant_types import CLIENT_CREDENTIALS, TOKEN_EXCHANGE
from workbench.am.realm import Realm
from workbench.course.use_cases.use_case import CALLBACK, SCOPES, Step, UseCase
from workbench.views.page.roles import SUBJECT

SELF_MAY_ACT = """\
// Whoever gets this token may exchange it, as itself.
(function () {
    var id = clientProperties.clientId;
    token.setMayAct({
        client_id: id,
        sub: `(age!${id})`
    });
}());
"""


def sets_up_agents(may_act_script_id: str) -> str:
    """A dynamic client registration script that gives new agents a may act script."""
    return f"""\
// AI agents that register get tokens which they may exchange themselves.
(function () {{
    if (operation !== "CREATE" || !clientIdentity.isAIAgent()) {{
        return;
    }}
    clientIdentity.setAttribute("providerOverridesEnabled", ["true"]);
    clientIdentity.setAttribute("statelessTokensEnabled", ["true"]);
    clientIdentity.setAttribute(
        "accessTokenMayActScript", ["{may_act_script_id}"]
    );
    clientIdentity.store();
}}());
"""


UPDATE_AGENT = {
    "client_name": "update-agent",
    "grant_types": [CLIENT_CREDENTIALS, TOKEN_EXCHANGE],
    "response_types": ["code"],
    "redirect_uris": [CALLBACK],
    "scopes": ["read", "write"],
}
"""What the agent says of itself when it registers."""


def prepare_autonomous_agent(realm: Realm) -> None:
    """What the page has an administrator do before any agent is there.

    The script switches client-side (JWT) tokens on for the agents that register.
    """
    realm.settings.enable_ai_agents()
    may_act = realm.add_script("own may act", SELF_MAY_ACT)
    registration = realm.add_registration_script(
        "set up AI agents", sets_up_agents(may_act.id)
    )
    realm.provider.allowDynamicRegistration = True
    realm.provider.supportedScopes = tuple(SCOPES)
    realm.provider.dynamicClientRegistrationScript = registration.id


def send_autonomous_agent(client: AgentClient) -> Iterator[Call]:
    """The three requests of the page."""
    registered = client.register(UPDATE_AGENT)
    yield registered
    client_id, secret = registered.client_id, registered.client_secret
    own = client.client_credentials(client_id, secret, scope="read")
    yield own
    yield client.exchange(
        client_id, secret, scope="read write", subject_token=own.access_token
    )


AUTONOMOUS_AGENT = UseCase(
    name="autonomous-agent",
    title="update-agent registers itself and raises its own privileges",
    prepare=prepare_autonomous_agent,
    steps=(
        Step(
            "update-agent registers itself; a script sets it up.",
            "update-agent",
            "aiagent/register",
            "client_id and client_secret",
            "",
        ),
        Step(
            "It gets a token that may only read; its may act script names itself.",
            "update-agent",
            "client_credentials, scope=read",
            "token with may_act",
            "own token",
        ),
        Step(
            "It exchanges that token, without an actor token, for one that may write.",
            "update-agent",
            "token-exchange, scope=read write",
            "new token: sub update-agent, no act",
            "exchanged token",
        ),
    ),
    send=send_autonomous_agent,
    roles={"update-agent": SUBJECT},
)
