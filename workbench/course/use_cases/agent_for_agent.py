"""The flow of the vendor's page "AI agent on behalf of an agent"."""

from collections.abc import Iterator

from workbench.agent.client import AgentClient, Call
from workbench.am.realm import Realm
from workbench.course.use_cases.use_case import CALLBACK, SCOPES, SECRET, Step, UseCase
from workbench.views.page.roles import ACTOR, SUBJECT


def lets_act(actor: str) -> str:
    """A may act script that names one actor, in the next-generation API."""
    return f"""\
// Whoever gets this token lets {actor} act for it.
(function () {{
    var actor = "{actor}";
    token.setMayAct({{
        client_id: actor,
        sub: "(age!" + actor + ")"
    }});
}}());
"""


RISK_AGENT_MAY_ACT = lets_act("risk-agent")


def prepare_agent_for_agent(realm: Realm) -> None:
    """What the page has an administrator do, with tokens that can be read.

    Client-side (JWT) tokens are not PingAM's default. ``data-agent`` has its
    overrides on, which replace the realm's setting, so it needs the switch too.
    """
    realm.settings.enable_ai_agents()
    realm.provider.statelessTokensEnabled = True
    realm.add_script("risk-agent may act", RISK_AGENT_MAY_ACT)
    realm.register_agent(
        "data-agent",
        secret=SECRET,
        redirection_uris=[CALLBACK],
        scopes=SCOPES,
        may_act_script="risk-agent may act",
        overrides={"statelessTokensEnabled": True},
    )
    realm.register_agent(
        "risk-agent", secret=SECRET, redirection_uris=[CALLBACK], scopes=SCOPES
    )


def send_agent_for_agent(client: AgentClient) -> Iterator[Call]:
    """The three requests of the page."""
    actor = client.client_credentials("risk-agent", SECRET, scope="read")
    yield actor
    subject = client.client_credentials("data-agent", SECRET, scope="read")
    yield subject
    yield client.exchange(
        "risk-agent",
        SECRET,
        scope="read",
        subject_token=subject.access_token,
        actor_token=actor.access_token,
    )


AGENT_FOR_AGENT = UseCase(
    name="agent-for-agent",
    title="risk-agent acts on behalf of data-agent",
    prepare=prepare_agent_for_agent,
    steps=(
        Step(
            "risk-agent, the actor, gets a token of its own.",
            "risk-agent",
            "client_credentials, scope=read",
            "actor token",
            "actor token",
        ),
        Step(
            "data-agent, the subject, gets a token; the script stamps may_act.",
            "data-agent",
            "client_credentials, scope=read",
            "subject token with may_act",
            "subject token",
        ),
        Step(
            "risk-agent exchanges both tokens for one that names them both.",
            "risk-agent",
            "token-exchange, subject and actor token",
            "new token: sub data-agent, act risk-agent",
            "exchanged token",
        ),
    ),
    send=send_agent_for_agent,
    roles={"risk-agent": ACTOR, "data-agent": SUBJECT},
)
