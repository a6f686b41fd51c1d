"""The flow of the vendor's page "AI agent on behalf of a user"."""

from collections.abc import Iterator

from workbench.agent.client import AgentClient, Call
from workbench.am.realm import Realm
from workbench.course.use_cases.agent_for_agent import lets_act
from workbench.course.use_cases.use_case import CALLBACK, SCOPES, SECRET, Step, UseCase
from workbench.views.page.roles import ACTOR, CLIENT, SUBJECT

USER, USER_PASSWORD = "bjensen", "Secret12!"
CALLBACKS = [CALLBACK, CALLBACK.replace(":443", "")]
CLIENT_GRANTS = ["authorization_code", "refresh_token", "password"]
CLIENT_SCOPES = [*SCOPES, "openid", "profile", "email"]


def prepare_agent_for_user(realm: Realm) -> None:
    """What the page has an administrator do, with tokens that can be read.

    The script belongs to the client that the user logs in to: its tokens are the
    ones that the agent shall exchange. Beyond the page, that client may refresh and
    ask for openid, as clients from elsewhere do; AM then holds it to its method of
    authentication, which on the page is the form. AM compares redirection URIs as
    they are written, and browsers write none with a default port: hence two.
    """
    realm.settings.enable_ai_agents()
    realm.provider.statelessTokensEnabled = True
    realm.add_user(
        USER,
        password=USER_PASSWORD,
        attributes={"cn": "Barbara Jensen", "mail": "bjensen@example.com"},
    )
    realm.add_script("hr-agent may act", lets_act("hr-agent"))
    realm.register_client(
        "hr-client",
        secret=SECRET,
        redirection_uris=CALLBACKS,
        scopes=CLIENT_SCOPES,
        grant_types=CLIENT_GRANTS,
        token_endpoint_auth_method="client_secret_post",
        may_act_script="hr-agent may act",
        overrides={"statelessTokensEnabled": True},
    )
    realm.register_agent(
        "hr-agent", secret=SECRET, redirection_uris=[CALLBACK], scopes=SCOPES
    )


def send_agent_for_user(client: AgentClient) -> Iterator[Call]:
    """The five requests of the page."""
    login = client.authenticate(USER, USER_PASSWORD)
    yield login
    consent = client.authorize(
        "hr-client", login.token_id, redirect_uri=CALLBACK, scope="read"
    )
    yield consent
    subject = client.authorization_code(
        "hr-client", SECRET, consent.code, redirect_uri=CALLBACK
    )
    yield subject
    actor = client.client_credentials("hr-agent", SECRET, scope="read")
    yield actor
    yield client.exchange(
        "hr-agent",
        SECRET,
        scope="read write delete",
        subject_token=subject.access_token,
        actor_token=actor.access_token,
    )


AGENT_FOR_USER = UseCase(
    name="agent-for-user",
    title="hr-agent acts on behalf of a user, bjensen",
    prepare=prepare_agent_for_user,
    steps=(
        Step("bjensen logs in.", "bjensen", "name and password", "session token", ""),
        Step(
            "bjensen lets hr-client have a code.",
            "bjensen",
            "authorize, decision=allow",
            "302 with a code",
            "",
        ),
        Step(
            "hr-client turns the code into a token of bjensen; the script stamps "
            "may_act.",
            "hr-client",
            "authorization_code",
            "subject token with may_act",
            "subject token",
        ),
        Step(
            "hr-agent, the actor, gets a token of its own.",
            "hr-agent",
            "client_credentials, scope=read",
            "actor token",
            "actor token",
        ),
        Step(
            "hr-agent exchanges both tokens for one that names them both.",
            "hr-agent",
            "token-exchange, subject and actor token",
            "new token: sub bjensen, act hr-agent",
            "exchanged token",
        ),
    ),
    send=send_agent_for_user,
    roles={"bjensen": SUBJECT, "hr-client": CLIENT, "hr-agent": ACTOR},
)
