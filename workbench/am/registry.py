"""What an administrator does in a realm: scripts, clients, AI agents, settings."""

import weakref
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Protocol

from workbench.am.audit import AuditTrail, Event
from workbench.am.clock import Clock, Ids
from workbench.am.identities import AIAgent, Client
from workbench.am.scripts import EMPTY, NEXT_GENERATION, MayActScript
from workbench.am.settings import Overrides, ProviderSettings
from workbench.am.validation import instead
from workbench.errors import FeatureDisabled, RegistrationError

AI_AGENTS_PROPERTY = "org.forgerock.am.oauth2.aiagents.enabled"
"""The server's advanced property; off in a fresh PingAM."""


class Watcher(Protocol):
    """Shows what is registered, and wants to know when that changes."""

    def refresh(self) -> None:
        """Look again."""
        ...


class Registry:
    """The clients, agents and scripts of a realm, and its provider settings.

    Args:
        path: The realm's path, such as ``/alpha``.
        ids: Gives identifiers.
        clock: Gives the time of audit events.
        properties: The server's advanced properties.
    """

    def __init__(
        self, path: str, ids: Ids, clock: Clock, properties: dict[str, str]
    ) -> None:
        self.path = path
        self.ids = ids
        self.clock = clock
        self.audit = AuditTrail()
        self.provider = ProviderSettings()
        self.clients: dict[str, Client] = {}
        self.scripts: dict[str, MayActScript] = {}
        self.properties = properties
        self.watchers: weakref.WeakSet[Watcher] = weakref.WeakSet()

    # Scripts

    def add_script(
        self,
        name: str,
        source: str,
        evaluator_version: str = NEXT_GENERATION,
        *,
        language: str = "JAVASCRIPT",
        description: str = "",
    ) -> MayActScript:
        """Add a may act script.

        Args:
            name: Unique in the realm.
            source: The script.
            evaluator_version: ``"2.0"`` for next generation, ``"1.0"`` for legacy.
            language: ``JAVASCRIPT``, or ``GROOVY``, which is kept but cannot run.
            description: For people.

        Raises:
            RegistrationError: The name is taken or empty, or a value is unfit.
        """
        if not name.strip() or name == EMPTY:
            raise RegistrationError(f"A script needs a name, other than {EMPTY}.")
        if self._script_named(name) is not None:
            raise RegistrationError(
                f"Script with name {name} already exist in realm {self.path}. "
                f"update_script({name!r}, source) changes it."
            )
        script = MayActScript(
            id=self.ids.uuid(),
            name=name,
            source=source,
            evaluator_version=evaluator_version,
            language=language,
            description=description,
        )
        self.scripts[script.id] = script
        self._record("register", f"Script {name} was added.")
        return script

    def update_script(self, name: str, source: str) -> MayActScript:
        """Change a script's source; its evaluator version stays.

        Raises:
            RegistrationError: There is no such script.
        """
        script = replace(self.script(name), source=source)
        self.scripts[script.id] = script
        self._record("register", f"Script {script.name} was changed.")
        return script

    def script(self, name: str) -> MayActScript:
        """The script of this name or id.

        Raises:
            RegistrationError: There is none.
        """
        script = self.scripts.get(name) or self._script_named(name)
        if script is None:
            names = [each.name for each in self.scripts.values()]
            known = instead(name, names) if names else "There are no scripts yet."
            raise RegistrationError(
                f"There is no may act script {name!r} in realm {self.path}. {known}"
            )
        return script

    def script_or_none(self, name: str) -> MayActScript | None:
        """The same, or None for ``[Empty]``."""
        return None if name == EMPTY else self.script(name)

    def _script_named(self, name: str) -> MayActScript | None:
        return next((s for s in self.scripts.values() if s.name == name), None)

    # Clients and agents

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
            metadata: The fields of :class:`~workbench.am.identities.Client`, such
                as ``secret``, ``redirection_uris``, ``scopes``, ``default_scopes``,
                ``grant_types`` and ``public``.

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
        self._require_ai_agents()
        agent = self._register(AIAgent, client_id, may_act_script, overrides, metadata)
        assert isinstance(agent, AIAgent)
        return agent

    def update(self, client_id: str, **changes: Any) -> Client:
        """Change a client or agent; takes what registering takes.

        Raises:
            RegistrationError: There is no such client, or a value is unfit.
        """
        client = self.client(client_id)
        script = changes.pop("may_act_script", None)
        overrides = self._overrides(
            client.overrides, script, changes.pop("overrides", None)
        )
        fields = _fields(type(client), changes)
        self.clients[client_id] = replace(client, overrides=overrides, **fields)
        self._record("register", f"{client.kind} {client_id} was changed.")
        return self.clients[client_id]

    def delete(self, client_id: str) -> Client:
        """Delete a client or agent and return it.

        Raises:
            RegistrationError: There is no such client.
        """
        client = self.client(client_id)
        del self.clients[client_id]
        self._record("register", f"{client.kind} {client_id} was deleted.")
        return client

    def client(self, client_id: str) -> Client:
        """The client or agent of this id.

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
                f"{client_id} is already registered in realm {self.path}. "
                "update(…) changes it, delete(…) removes it."
            )
        block = self._overrides(Overrides(), script, overrides)
        fields = _fields(kind, metadata)
        client = kind(client_id=client_id, overrides=block, **fields)
        self.clients[client_id] = client
        self._record("register", f"{client.kind} {client_id} was registered.")
        return client

    def _overrides(
        self, block: Overrides, script: str | None, more: Mapping[str, Any] | None
    ) -> Overrides:
        changes = dict(more or {})
        if script is not None:
            changes["providerOverridesEnabled"] = True
            changes["accessTokenMayActScript"] = script
        named = changes.get("accessTokenMayActScript", EMPTY)
        if named != EMPTY:
            changes["accessTokenMayActScript"] = self.script(named).id
        return block.but(**changes)

    def enable_ai_agents(self) -> None:
        """Switch AI agents on: the server property and the realm switch."""
        self.properties[AI_AGENTS_PROPERTY] = "true"
        self.provider.aiAgentsEnabled = True
        self._record("setting", "AI agents were enabled.")

    def _require_ai_agents(self) -> None:
        missing = []
        if self.properties.get(AI_AGENTS_PROPERTY) != "true":
            missing.append(f"the server property {AI_AGENTS_PROPERTY} is not true")
        if not self.provider.aiAgentsEnabled:
            missing.append('the realm switch "Enable AI Agents" is off')
        if missing:
            raise FeatureDisabled(
                f"AI agents are off: {' and '.join(missing)}. "
                "wb.enable_ai_agents() sets both."
            )

    def _record(self, kind: str, summary: str) -> None:
        event = Event(time=self.clock.now(), kind=kind, summary=summary)
        self.audit.append(event)
        for watcher in list(self.watchers):
            watcher.refresh()


def _fields(kind: type[Client], metadata: Mapping[str, Any]) -> dict[str, Any]:
    """Lists become tuples; unknown names are refused."""
    known = set(kind.__dataclass_fields__) - {"client_id", "overrides"}
    for name in metadata:
        if name not in known:
            raise RegistrationError(f"A client has no {name!r}. {instead(name, known)}")
    return {
        name: tuple(value) if isinstance(value, list | set | frozenset) else value
        for name, value in metadata.items()
    }
