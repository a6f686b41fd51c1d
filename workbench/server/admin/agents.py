"""OAuth2 clients and AI agents: ``/realm-config/agents``, a collection for each type.

Sources: recordings of AM 8.0.1 for clients and of AIC for agents. A list has plain
values, those that count; a resource on its own has each wrapped with whether it is a
group's. The path of groups is inferred from that of other types.
"""

from collections.abc import Mapping, Sequence
from functools import cache

from workbench.am.admin.further import CLIENT, GROUP
from workbench.am.basics.words import with_article
from workbench.am.clients.client import AIAgent, Client
from workbench.am.realm import Realm
from workbench.am.rest.client import ClientRead, client_json, read_client, type_of
from workbench.am.rest.group import group_json, read_group
from workbench.am.rest.sections import UNKNOWN
from workbench.server.admin.collection import Action, Body, Collection
from workbench.server.admin.refusals import invalid_attribute, rest_error

PATH = "/realm-config/agents"

TYPE_TITLES: Mapping[str, str] = {
    "WebAgent": "Web Agents",
    "J2EEAgent": "J2EE Agents",
    "2.2_Agent": "2.2 Agents",
    "OAuth2Client": "OAuth2 Client Agents",
    "AIAgent": "AI Agents",
}
"""What ``getAllTypes`` calls them (recorded of AIC)."""

EMPTY_TYPES = (
    *("WebAgent", "J2EEAgent", "2.2_Agent", "SharedAgent", "RemoteConsentAgent"),
    *("SoftwarePublisher", "IdentityGatewayAgent", "TrustedJwtIssuer"),
    *("SoapSTSAgent", "OAuth2Thing"),
)
"""Types of agents that AM has and the bench has none of."""

TOLD_OF = EMPTY_TYPES[:3], EMPTY_TYPES[3:8]
"""Those that ``getAllTypes`` tells, before the clients and after them; recorded."""


class AgentResources(Collection):
    """The clients of one type, by their id.

    Args:
        kind: ``Client`` or ``AIAgent``.
    """

    def __init__(self, kind: type[Client]) -> None:
        self._kind = kind

    def require(self, realm: Realm) -> None:
        """AI agents are there once they are enabled; that it is 404 is inferred."""
        if self._kind is AIAgent:
            realm.settings.require_ai_agents()

    def ids(self, realm: Realm) -> Sequence[str]:
        """Those of this type."""
        return [each for each in realm.clients if self._has(realm, each)]

    def found(self, realm: Realm, name: str) -> Body | None:
        """A client with the values that count for it; never its secret."""
        if name not in realm.clients or not self._has(realm, name):
            return None
        further = realm.further.of(CLIENT, name)
        client = realm.clients[name]
        return client_json(client, further, scripts=realm.scripts, wrap=False)

    def shown(self, realm: Realm, body: Body) -> Body:
        """The same with its own values, each with whether it is its group's."""
        name = body["_id"]
        further = realm.further.of(CLIENT, name)
        own = realm.clients.own(name)
        return client_json(own, further, scripts=realm.scripts, wrap=True)

    def put(self, realm: Realm, name: str, body: Body, *, there: bool) -> None:
        """Register a client, or put another in its place; it keeps its secret.

        That an id of the other type is a conflict is inferred: AM keeps both as agents.
        """
        if name in realm.clients and not there:
            kind = with_article(realm.clients[name].kind)
            raise rest_error(409, hint=f"The id is that of {kind} already.")
        sent = {**body, "_id": name}
        read = read_client(sent, scripts=realm.scripts, kind=self._kind)
        self._require_known(read)
        realm.clients.put(read.client, read.further)

    def delete(self, realm: Realm, name: str) -> None:
        """Delete a client; tokens that it was issued stay."""
        realm.clients.delete(name)

    def _has(self, realm: Realm, name: str) -> bool:
        return type(realm.clients.own(name)) is self._kind

    def _require_known(self, read: ClientRead) -> None:
        """Refuse what AM has no attribute for, of an OAuth2 client.

        It is known that AM does, and that frodo then leaves out what is not listed.
        What an AI agent has on 8.1 is not known well enough to refuse anything: what
        the bench does not know is kept.
        """
        unknown = [each.place for each in read.aside if each.because == UNKNOWN]
        if unknown and self._kind is Client:
            hint = f"AM has no {', '.join(unknown[:5])}."
            raise invalid_attribute(_attributes(), hint)


@cache
def _attributes() -> list[str]:
    """Every attribute of an OAuth2 client, by its name over REST."""
    flat = client_json(Client(client_id="any"), scripts={}, wrap=False)
    sections = (each for name, each in flat.items() if not name.startswith("_"))
    return sorted({"userpassword", *(name for each in sections for name in each)})


class AgentGroupResources(Collection):
    """The groups that clients of one type inherit from, by their name.

    Args:
        kind: ``Client`` or ``AIAgent``: what their members are.
    """

    def __init__(self, kind: type[Client]) -> None:
        self._kind = kind

    def require(self, realm: Realm) -> None:
        """As of the agents themselves."""
        if self._kind is AIAgent:
            realm.settings.require_ai_agents()

    def ids(self, realm: Realm) -> Sequence[str]:
        """Their names."""
        return [each.name for each in realm.groups.of(self._kind)]

    def found(self, realm: Realm, name: str) -> Body | None:
        """A group with all that a member can inherit."""
        if name not in self.ids(realm):
            return None
        group = realm.groups.find(self._kind, name)
        further = realm.further.of(GROUP, group.key)
        return group_json(group, further, scripts=realm.scripts)

    def put(self, realm: Realm, name: str, body: Body, *, there: bool) -> None:
        """Add a group, or put other values in place of its own."""
        sent = {**body, "_id": name}
        read = read_group(sent, scripts=realm.scripts, kind=self._kind)
        realm.groups.put(read.group, read.further)

    def delete(self, realm: Realm, name: str) -> None:
        """Delete a group that has no members; what AM does with these is unknown."""
        realm.groups.delete(realm.groups.find(self._kind, name))


class NoAgents(Collection):
    """A type of agents that the bench has none of, so that a list of all goes on."""

    def ids(self, realm: Realm) -> Sequence[str]:
        """None."""
        return []

    def found(self, realm: Realm, name: str) -> Body | None:
        """None."""
        return None

    def put(self, realm: Realm, name: str, body: Body, *, there: bool) -> None:
        """Refused: they do nothing here."""
        raise rest_error(501, hint="The bench has OAuth2 clients and AI agents alone.")

    def delete(self, realm: Realm, name: str) -> None:
        """Never asked for: there are none."""
        raise rest_error(404)


OF_TYPE: Mapping[str, AgentResources] = {
    type_of(kind): AgentResources(kind) for kind in (Client, AIAgent)
}
"""The agents that there are, by AM's name for their type."""


class AllAgents(NoAgents):
    """The agents of every type together, to be looked through; nothing stands there."""

    lists_only = True

    def actions(self, name: str) -> Mapping[str, Action]:
        """Which types there are."""
        return {"getAllTypes": _all_types}

    def ids(self, realm: Realm) -> Sequence[str]:
        """Those of all types."""
        return list(realm.clients)

    def found(self, realm: Realm, name: str) -> Body | None:
        """An agent of whatever type."""
        each = (found.found(realm, name) for found in OF_TYPE.values())
        return next(filter(None, each), None)

    def shown(self, realm: Realm, body: Body) -> Body:
        """As its own type shows it."""
        return OF_TYPE[body["_type"]["_id"]].shown(realm, body)


def _all_types(realm: Realm, body: Body) -> Body:
    """The types; AI agents among them once they are enabled, which is inferred."""
    before, after = TOLD_OF
    enabled = realm.settings.ai_agents_property and realm.provider.aiAgentsEnabled
    names = (*before, "OAuth2Client", *after, *(["AIAgent"] if enabled else []))
    return {
        "result": [
            {"_id": each, "name": TYPE_TITLES.get(each, each), "collection": True}
            for each in names
        ]
    }


AGENTS: Mapping[str, Collection] = {
    PATH: AllAgents(),
    **{f"{PATH}/{name}": each for name, each in OF_TYPE.items()},
    **{f"{PATH}/{name}": NoAgents() for name in EMPTY_TYPES},
    **{
        f"{PATH}/groups/{type_of(kind)}": AgentGroupResources(kind)
        for kind in (Client, AIAgent)
    },
}
"""Every collection of agents, by its path."""
