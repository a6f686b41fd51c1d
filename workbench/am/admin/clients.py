"""What an administrator does with OAuth2 clients and AI agents."""

import json
from collections.abc import Iterator, Mapping, MutableMapping
from dataclasses import replace
from typing import Any

from workbench.am.admin.further import CLIENT, FurtherStore
from workbench.am.admin.recorder import Recorder, in_turn
from workbench.am.admin.scripts import ScriptStore
from workbench.am.admin.settings import RealmSettings
from workbench.am.basics.clock import Ids
from workbench.am.basics.setting import remarks_on
from workbench.am.basics.steady import Steady
from workbench.am.basics.table import Table
from workbench.am.basics.validation import name_instead
from workbench.am.basics.words import with_article
from workbench.am.clients.client import AIAgent, Client
from workbench.am.clients.credentials import is_without_credentials
from workbench.am.clients.group import Clients, require_inheritable
from workbench.am.clients.registration import Registration
from workbench.am.clients.why import OPAQUE, why, why_opaque
from workbench.am.rest.leaf import NOTHING, Further
from workbench.am.scripts.kinds import setting_kind
from workbench.am.settings.overrides import Overrides
from workbench.errors import RegistrationError


class ClientStore(Steady[Client]):
    """The clients and AI agents of a realm, by their id, with the values that count.

    Args:
        path: The realm's path, such as ``/alpha``.
        clients: Where they are kept, beside the groups that they inherit from.
        scripts: Those that a client's settings can name.
        settings: Say whether there are AI agents.
        recorder: Keeps the audit trail.
        further: Keeps what AM's JSON says of them beside.
        ids: Gives secrets.
    """

    def __init__(
        self,
        path: str,
        clients: Clients,
        scripts: ScriptStore,
        settings: RealmSettings,
        recorder: Recorder,
        further: FurtherStore,
        ids: Ids,
    ) -> None:
        self._path = path
        self._clients = clients
        self._scripts = scripts
        self._settings = settings
        self._recorder = recorder
        self._further = further
        self._ids = ids
        self.registrations: MutableMapping[str, Registration] = Table("registrations")

    def __getitem__(self, client_id: str) -> Client:
        return self._clients[client_id]

    def __iter__(self) -> Iterator[str]:
        return iter(self._clients)

    def __len__(self) -> int:
        return len(self._clients)

    def __repr__(self) -> str:
        return repr(self._clients)

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
        self._settings.require_ai_agents()
        agent = self._register(AIAgent, client_id, may_act_script, overrides, metadata)
        assert isinstance(agent, AIAgent)
        return agent

    @in_turn
    def update(self, client_id: str, **changes: Any) -> Client:
        """Change a client or agent; takes what registering takes.

        A value that is given is the client's own from now on, inherited no more.

        Raises:
            RegistrationError: There is no such client, or a value is unfit.
        """
        self.find(client_id)
        client = self.own(client_id)
        script = changes.pop("may_act_script", None)
        overrides = self._overrides(
            client.overrides, script, changes.pop("overrides", None)
        )
        fields = _fields(type(client), changes)
        if "inherited" not in fields:
            stays = client.inherited if fields.get("group", client.group) else ()
            fields["inherited"] = tuple(name for name in stays if name not in fields)
        _check_inheritance(fields)
        self._clients[client_id] = replace(client, overrides=overrides, **fields)
        remark = f"{remarks_on(Client, fields)}{self._trap(client_id, script)}"
        self._recorder.note(
            "register", f"{client.kind} {client_id} was changed.{remark}"
        )
        return self._clients[client_id]

    @in_turn
    def delete(self, client_id: str) -> Client:
        """Delete a client or agent and return it.

        Raises:
            RegistrationError: There is no such client.
        """
        client = self.find(client_id)
        self.forget(client_id)
        self._recorder.note("register", f"{client.kind} {client_id} was deleted.")
        return client

    @in_turn
    def put(self, client: Client, further: Further = NOTHING) -> Client:
        """Keep a client or agent as AM's JSON gives it: a new one, or in place of one.

        One without a secret keeps that which it had. A new one that needs a secret
        gets one that nobody knows, so that it cannot authenticate until it is given
        one: so it is with an import to AM, whose exports have no secrets.

        Args:
            client: With its own values; settings name scripts by id.
            further: What the JSON says of it beside.

        Raises:
            RegistrationError: The values do not fit together, there is no such group,
                or the id is a client's of the other kind.
            FeatureDisabled: It is an AI agent, and these are off.
        """
        if isinstance(client, AIAgent):
            self._settings.require_ai_agents()
        client_id = client.client_id
        before = self.own(client_id) if client_id in self else None
        if before is not None and type(before) is not type(client):
            raise RegistrationError(
                f"{client_id} is the id of {with_article(before.kind)} in realm "
                f"{self._path}; {with_article(client.kind)} cannot have it too.",
                about="client_id",
            )
        if client.secret is None and before is not None:
            client = replace(client, secret=before.secret)
        if is_without_credentials(client):
            client = replace(client, secret=self._ids.token())
        self._clients[client_id] = client
        self._further.keep(further, CLIENT, client_id)
        done = "registered" if before is None else "changed"
        self._recorder.note("register", f"{client.kind} {client_id} was {done}.")
        return self._clients[client_id]

    @in_turn
    def change(self, client: Client) -> None:
        """Keep the client as a script changed it; raises as :meth:`require_whole`."""
        self._clients[client.client_id] = client
        text = f"{client.kind} {client.client_id} was changed by a script."
        self._recorder.note("register", text)

    def require_whole(self, client: Client) -> None:
        """Refuse a client whose values, or its group's, do not fit together.

        Raises:
            RegistrationError: They do not, or there is no such group.
        """
        self._clients.require_whole(client)

    def keep(self, client: Client, registration: Registration) -> None:
        """Keep a client that registered itself, or changed itself."""
        self._clients[client.client_id] = client
        self.registrations[client.client_id] = registration

    def forget(self, client_id: str) -> None:
        """Forget a client and its registration; tokens that were issued stay."""
        del self._clients[client_id]
        self._further.forget(CLIENT, client_id)
        self.registrations.pop(client_id, None)

    def own(self, client_id: str) -> Client:
        """The client with its own values, those beneath inherited ones too."""
        return self._clients.own(client_id)

    def find(self, client_id: str) -> Client:
        """The client or agent of this id, with the values that count for it.

        Raises:
            RegistrationError: There is none.
        """
        if client_id not in self._clients:
            known = name_instead(client_id, self._clients) if self._clients else ""
            raise RegistrationError(
                f"There is no client {client_id!r} in realm {self._path}. {known}"
            )
        return self._clients[client_id]

    @in_turn
    def _register(
        self,
        kind: type[Client],
        client_id: str,
        script: str | None,
        overrides: Mapping[str, Any] | None,
        metadata: dict[str, Any],
    ) -> Client:
        if client_id in self._clients:
            raise RegistrationError(
                f"{client_id} is already registered in realm {self._path}.",
                call="update(…) changes it, delete(…) removes it.",
                about="client_id",
            )
        block = self._overrides(Overrides(), script, overrides)
        fields = _fields(kind, metadata)
        _check_inheritance(fields)
        client = kind(client_id=client_id, overrides=block, **fields)
        self._clients[client_id] = client
        remark = f"{remarks_on(Client, fields)}{self._trap(client_id, script)}"
        self._recorder.note(
            "register", f"{client.kind} {client_id} was registered.{remark}"
        )
        return self._clients[client_id]

    def _trap(self, client_id: str, script: str | None) -> str:
        """What to tell where naming a script made a client's tokens opaque, or ""."""
        provider, client = self._settings.provider, self._clients[client_id]
        hides = why(OPAQUE, provider, client).hides
        told = why_opaque(provider, client) if script is not None and hides else ""
        return f" {told}" if told else ""

    def _overrides(
        self, block: Overrides, script: str | None, more: Mapping[str, Any] | None
    ) -> Overrides:
        changes = dict(more or {})
        if script is not None:
            changes["providerOverridesEnabled"] = True
            changes["accessTokenMayActScript"] = script
        for setting in (each for each in changes if each.endswith("Script")):
            found = self._scripts.named_by_setting(
                setting_kind(setting), changes[setting]
            )
            changes[setting] = found.id if found else changes[setting]
        return block.but(**changes)


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
            raise RegistrationError(
                f"A client has no {name!r}. {name_instead(name, known)}"
            )
    return {name: field_value(value) for name, value in metadata.items()}


def field_value(value: Any) -> Any:
    """A field's value as a client keeps it: a list as a tuple, a JWK set as text."""
    if isinstance(value, list | set | frozenset):
        return tuple(value)
    return json.dumps(value) if isinstance(value, Mapping) else value
