"""What an administrator sets up for an MCP server that goes on to APIs."""

from collections.abc import Iterable
from dataclasses import replace
from functools import partial

from workbench.am.clients.names import client_subject
from workbench.am.realm import Realm
from workbench.am.scripts.script import EMPTY
from workbench.course.apis.next_door import RiskApis
from workbench.course.apis.policy import ApiPolicy
from workbench.course.apis.registration import INTROSPECTS, SECRET, let_exchange_for
from workbench.course.mcp.offered import ACTOR, LIMIT_AGENT, MCP_SERVER, SUBJECT

SCRIPT = f"{MCP_SERVER} may act"
OWN_SCRIPT = f"{MCP_SERVER} may act for itself"

MAY_ACT = """\
// Whoever gets this token lets %s go on with it.
token.setMayAct({client_id: "%s", sub: "%s"});
"""

MAY_ACT_FOR_ITSELF = """\
// %s may exchange its own token for any audience on its list.
token.setMayAct({client_id: "%s"});
"""


def subjects(realm: Realm) -> dict[str, str]:
    """The ``sub`` of each client that a policy names, as the profile spells it."""
    name = partial(client_subject, typed=realm.profile.typed_subjects)
    return {each: name(each) for each in (SUBJECT, ACTOR, LIMIT_AGENT, MCP_SERVER)}


def register_server(realm: Realm, urls: Iterable[str]) -> None:
    """The server's own client: it introspects, and exchanges tokens for the APIs."""
    if MCP_SERVER not in realm.clients:
        realm.register_agent(
            MCP_SERVER, secret=SECRET, scopes=["read", "write", INTROSPECTS]
        )
    let_exchange_for(realm, (MCP_SERVER,), urls)


def let_call_tools(realm: Realm, caller: str, url: str) -> None:
    """Let a client get tokens for the server, with which the server may go on.

    A may act script belongs to the client that a token is issued to: this one stamps
    what the caller gets (PingAM 8.1, token exchange). One that is set there stays.

    Raises:
        RegistrationError: There is no such client.
    """
    sub = subjects(realm)[MCP_SERVER]
    stamp(realm, caller, SCRIPT, MAY_ACT % (MCP_SERVER, MCP_SERVER, sub))
    let_exchange_for(realm, (caller,), (url,))


def stamp(realm: Realm, client_id: str, name: str, source: str) -> None:
    """Set a client's may act script, unless it has one.

    That switches its overrides on, which replace the realm's settings: what tokens
    look like must be said there once more.
    """
    overrides = realm.client(client_id).overrides
    if (
        overrides.providerOverridesEnabled
        and overrides.accessTokenMayActScript != EMPTY
    ):
        return
    if all(script.name != name for script in realm.scripts.values()):
        realm.add_script(name, source)
    more = {"statelessTokensEnabled": realm.provider.statelessTokensEnabled}
    if overrides.providerOverridesEnabled:
        more = {}
    realm.update(client_id, may_act_script=name, overrides=more)


def let_act_at(apis: RiskApis, actor: str) -> None:
    """Let the APIs' policies name one more current actor."""
    for api in apis.values():
        actors = (api.policy.actors or frozenset()) | {actor}
        api.policy = replace(api.policy, actors=actors)


def trust_the_server(realm: Realm, apis: RiskApis, urls: Iterable[str]) -> None:
    """What the wrong server with rights of its own needs: the APIs believe it alone."""
    stamp(realm, MCP_SERVER, OWN_SCRIPT, MAY_ACT_FOR_ITSELF % (MCP_SERVER, MCP_SERVER))
    let_exchange_for(realm, (MCP_SERVER,), urls)
    sub = subjects(realm)[MCP_SERVER]
    for api in apis.values():
        api.policy = ApiPolicy(frozenset({sub}), None, api.policy.scope)
