"""What an administrator does with OAuth2 clients and AI agents."""

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from workbench.am.admin.scripts import Registry, setting_kind
from workbench.am.basics.clock import Clock, Ids
from workbench.am.basics.validation import instead
from workbench.am.clients.client import AIAgent, Client
from workbench.am.clients.group import Clients, require_inheritable
from workbench.am.clients.registration import Registration
from workbench.am.settings.overrides import Overrides
from workbench.errors import FeatureDisabled, RegistrationError

AI_AGENTS_PROPERTY = "org.forgerock.am.oauth2.aiagents.enabled"
"""The server's advanced property; off in a fresh PingAM."""


class ClientRegistry(Registry):
    """The clients and AI agents of a realm."""

    def __init__(
        self, path: str, ids: Ids, clock: Clock, properties: dict[str, str]
    ) -> None:
        super().__init__(path, ids, clock, properties)
        self.clients = Clients()
        self.registrations: dict[str, Registration] = {}

    def register_client(
        self,
        client_id: str,
        *,
        may_act_script: str | None = None,
        overrides: Mapping[str, Any] | None = None,
        **metadata: Any,
    ) -> Client:
        """Register an OAuth2 client.

        Args:
            client_id: Unique in the realm.
            may_act_script: A script's name or id; switches the overrides on.
            overrides: Further OAuth2 Provider Overrides, under PingAM's names.
            metadata: The fields of :class:`~workbench.am.clients.client.Client`, such
                as ``secret``, ``redirection_uris``, ``scopes``, ``default_scopes``,
                ``grant_types``, ``public`` and ``jwks`` (a JWK set, as text or not);
                ``group`` names a group of clients, ``inherited`` the fields whose
                values are the group's.

        Raises:
            RegistrationError: The id is taken, or a value is unfit.
            SettingError: An override does not exist or cannot hold its value.
        """
        return self._register(Client, client_id, may_act_script, overrides, metadata)

    def register_agent(
        self,
        client_id: str,
        *,
        may_act_script: str | None = None,
        overrides: Mapping[str, Any] | None = None,
        **metadata: Any,
    ) -> AIAgent:
        """Register an AI agent; takes what :meth:`register_client` takes.

        Raises:
            FeatureDisabled: AI agents are off; names the missing switch.
        """
        self.require_ai_agents()
        agent = self._register(AIAgent, client_id, may_act_script, overrides, metadata)
        assert isinstance(agent, AIAgent)
        return agent

    def update(self, client_id: str, **changes: Any) -> Client:
        """Change a client or agent; takes what registering takes.

        A value that is given is the client's own from now on, inherited no more.

        Raises:
            RegistrationError: There is no such client, or a value is unfit.
        """
        self.client(client_id)
        client = self.clients.own(client_id)
        script = changes.pop("may_act_script", None)
        overrides = self._overrides(
            client.overrides, script, changes.pop("overrides", None)
        )
        fields = _fields(type(client), changes)
        if "inherited" not in fields:
            stays = client.inherited if fields.get("group", client.group) else ()
            fields["inherited"] = tuple(name for name in stays if name not in fields)
        _check_inheritance(fields)
        self.clients[client_id] = replace(client, overrides=overrides, **fields)
        self._record("register", f"{client.kind} {client_id} was changed.")
        return self.clients[client_id]

    def delete(self, client_id: str) -> Client:
        """Delete a client or agent and return it.

        Raises:
            RegistrationError: There is no such client.
        """
        client = self.client(client_id)
        self.forget(client_id)
        self._record("register", f"{client.kind} {client_id} was deleted.")
        return client

    def keep(self, client: Client, registration: Registration) -> None:
        """Keep a client that registered itself, or changed itself."""
        self.clients[client.client_id] = client
        self.registrations[client.client_id] = registration

    def forget(self, client_id: str) -> None:
        """Forget a client and its registration; tokens that were issued stay."""
        del self.clients[client_id]
        self.registrations.pop(client_id, None)

    def client(self, client_id: str) -> Client:
        """The client or agent of this id, with the values that count for it.

        Raises:
            RegistrationError: There is none.
        """
        if client_id not in self.clients:
            known = instead(client_id, self.clients) if self.clients else ""
            raise RegistrationError(
                f"There is no client {client_id!r} in realm {self.path}. {known}"
            )
        return self.clients[client_id]

    def _register(
        self,
        kind: type[Client],
        client_id: str,
        script: str | None,
        overrides: Mapping[str, Any] | None,
        metadata: dict[str, Any],
    ) -> Client:
        if client_id in self.clients:
            raise RegistrationError(
                f"{client_id} is already registered in realm {self.path}.",
                call="update(…) changes it, delete(…) removes it.",
                about="client_id",
            )
        block = self._overrides(Overrides(), script, overrides)
        fields = _fields(kind, metadata)
        _check_inheritance(fields)
        client = kind(client_id=client_id, overrides=block, **fields)
        self.clients[client_id] = client
        self._record("register", f"{client.kind} {client_id} was registered.")
        return self.clients[client_id]

    def _overrides(
        self, block: Overrides, script: str | None, more: Mapping[str, Any] | None
    ) -> Overrides:
        changes = dict(more or {})
        if script is not None:
            changes["providerOverridesEnabled"] = True
            changes["accessTokenMayActScript"] = script
        for setting in (each for each in changes if each.endswith("Script")):
            found = self.script_for(setting_kind(setting), changes[setting])
            changes[setting] = found.id if found else changes[setting]
        return block.but(**changes)

    @property
    def ai_agents_property(self) -> bool:
        """Whether the server's advanced property for AI agents is ``true``."""
        return self.properties.get(AI_AGENTS_PROPERTY) == "true"

    def enable_ai_agents(self) -> None:
        """Switch AI agents on: the server property and the realm switch."""
        self.properties[AI_AGENTS_PROPERTY] = "true"
        self.provider.aiAgentsEnabled = True
        self._record("setting", "AI agents were enabled.")

    def require_ai_agents(self) -> None:
        """Say no where AI agents are off.

        Raises:
            FeatureDisabled: They are; names the missing switch.
        """
        missing = []
        if not self.ai_agents_property:
            missing.append(f"the server property {AI_AGENTS_PROPERTY} is not true")
        if not self.provider.aiAgentsEnabled:
            missing.append('the realm switch "Enable AI Agents" is off')
        if missing:
            raise FeatureDisabled(
                f"AI agents are off: {' and '.join(missing)}.",
                call="wb.enable_ai_agents() sets both.",
            )


def _check_inheritance(given: Mapping[str, Any]) -> None:
    """Refuse what cannot be inherited, and what is given and inherited at once."""
    inherited = given.get("inherited", ())
    for name in inherited if isinstance(inherited, tuple) else ():
        require_inheritable(name)
        if name in given:
            raise RegistrationError(
                f"{name} is given and inherited at once; leave one out.", about=name
            )


def _fields(kind: type[Client], metadata: Mapping[str, Any]) -> dict[str, Any]:
    """Values as they are kept; unknown names are refused."""
    known = set(kind.__dataclass_fields__) - {"client_id", "overrides"}
    for name in metadata:
        if name not in known:
            raise RegistrationError(f"A client has no {name!r}. {instead(name, known)}")
    return {name: kept(value) for name, value in metadata.items()}


def kept(value: Any) -> Any:
    """A field's value as a client keeps it: a list as a tuple, a JWK set as text."""
    if isinstance(value, list | set | frozenset):
        return tuple(value)
    return json.dumps(value) if isinstance(value, Mapping) else value
