"""What an administrator does with groups of clients and of AI agents."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from workbench.am.admin.clients import field_value
from workbench.am.admin.further import GROUP, FurtherStore
from workbench.am.admin.recorder import Recorder, in_turn
from workbench.am.admin.settings import RealmSettings
from workbench.am.basics.setting import remarks_on
from workbench.am.clients.client import AIAgent, Client
from workbench.am.clients.group import Clients, Group
from workbench.am.rest.leaf import NOTHING, Further


class GroupStore:
    """The groups that clients and AI agents inherit settings from.

    Args:
        clients: Where the groups are kept, beside their members.
        settings: Say whether there are AI agents.
        recorder: Keeps the audit trail.
        further: Keeps what AM's JSON says of them beside.
    """

    def __init__(
        self,
        clients: Clients,
        settings: RealmSettings,
        recorder: Recorder,
        further: FurtherStore,
    ) -> None:
        self._further = further
        self._clients = clients
        self._settings = settings
        self._recorder = recorder

    def add_for_clients(self, name: str, **values: Any) -> Group:
        """Add a group of OAuth2 clients.

        Args:
            name: Unique among them.
            values: The fields of a client that members can inherit.

        Raises:
            RegistrationError: The name is taken, or a value is unfit.
        """
        return self._add(Client, name, values)

    def add_for_agents(self, name: str, **values: Any) -> Group:
        """Add a group of AI agents; takes what :meth:`add_for_clients` takes.

        Raises:
            FeatureDisabled: AI agents are off; names the missing switch.
        """
        self._settings.require_ai_agents()
        return self._add(AIAgent, name, values)

    @in_turn
    def update(self, group: Group, **values: Any) -> Group:
        """Change values of a group, and with them those of every member that inherits.

        Args:
            group: As adding it gave, or :meth:`find` finds it.
            values: As for adding.

        Raises:
            RegistrationError: A value is unfit, or leaves a member unfit.
        """
        known = self.find(group.kind, group.name)
        changed = replace(known, values={**known.values, **_field_values(values)})
        self._clients.change_group(changed)
        remark = remarks_on(Client, _field_values(values))
        self._recorder.note("register", f"{changed.title} was changed.{remark}")
        return changed

    @in_turn
    def delete(self, group: Group) -> None:
        """Delete a group that has no members.

        Raises:
            RegistrationError: It has some, or is not there.
        """
        known = self.find(group.kind, group.name)
        self._clients.delete_group(known)
        self._further.forget(GROUP, known.key)
        self._recorder.note("register", f"{known.title} was deleted.")

    @in_turn
    def put(self, group: Group, further: Further = NOTHING) -> Group:
        """Keep a group as AM's JSON gives it: a new one, or in place of that one.

        Args:
            group: The group.
            further: What the JSON says of it beside.

        Raises:
            RegistrationError: Its values leave a member unfit.
            FeatureDisabled: It is of AI agents, and these are off.
        """
        if group.kind is AIAgent:
            self._settings.require_ai_agents()
        there = any(each.name == group.name for each in self.of(group.kind))
        if there:
            self._clients.change_group(group)
        else:
            self._clients.add_group(group)
        self._further.keep(further, GROUP, group.key)
        done = "changed" if there else "added"
        self._recorder.note("register", f"{group.title} was {done}.")
        return group

    def find(self, kind: type[Client], name: str) -> Group:
        """The group of this name for clients or for agents; raises where none is."""
        return self._clients.group(kind, name)

    def of(self, kind: type[Client]) -> list[Group]:
        """The groups for clients, or those for AI agents."""
        return self._clients.groups(kind)

    @in_turn
    def _add(self, kind: type[Client], name: str, values: Mapping[str, Any]) -> Group:
        group = Group(name=name, kind=kind, values=_field_values(values))
        self._clients.add_group(group)
        remark = remarks_on(Client, group.values)
        self._recorder.note("register", f"{group.title} was added.{remark}")
        return group


def _field_values(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: field_value(value) for name, value in values.items()}
