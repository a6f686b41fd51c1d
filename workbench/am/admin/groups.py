"""What an administrator does with groups of clients and of AI agents."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from workbench.am.admin.clients import ClientRegistry, kept
from workbench.am.clients.client import AIAgent, Client
from workbench.am.clients.group import Group


class GroupRegistry(ClientRegistry):
    """The groups that clients and AI agents inherit settings from."""

    def add_group(self, name: str, **values: Any) -> Group:
        """Add a group of OAuth2 clients.

        Args:
            name: Unique among them.
            values: The fields of a client that members can inherit.

        Raises:
            RegistrationError: The name is taken, or a value is unfit.
        """
        return self._add_group(Client, name, values)

    def add_agent_group(self, name: str, **values: Any) -> Group:
        """Add a group of AI agents; takes what :meth:`add_group` takes.

        Raises:
            FeatureDisabled: AI agents are off; names the missing switch.
        """
        self.require_ai_agents()
        return self._add_group(AIAgent, name, values)

    def update_group(self, group: Group, **values: Any) -> Group:
        """Change values of a group, and with them those of every member that inherits.

        Args:
            group: As adding it gave, or ``client_group`` and ``agent_group`` find.
            values: As for adding.

        Raises:
            RegistrationError: A value is unfit, or leaves a member unfit.
        """
        known = self.clients.group(group.kind, group.name)
        changed = replace(known, values={**known.values, **_kept(values)})
        self.clients.change_group(changed)
        self._record("register", f"{changed.title} was changed.")
        return changed

    def delete_group(self, group: Group) -> None:
        """Delete a group that has no members.

        Raises:
            RegistrationError: It has some, or is not there.
        """
        known = self.clients.group(group.kind, group.name)
        self.clients.delete_group(known)
        self._record("register", f"{known.title} was deleted.")

    def client_group(self, name: str) -> Group:
        """The group of OAuth2 clients of this name; raises where there is none."""
        return self.clients.group(Client, name)

    def agent_group(self, name: str) -> Group:
        """The group of AI agents of this name; raises where there is none."""
        return self.clients.group(AIAgent, name)

    def _add_group(
        self, kind: type[Client], name: str, values: Mapping[str, Any]
    ) -> Group:
        group = Group(name=name, kind=kind, values=_kept(values))
        self.clients.add_group(group)
        self._record("register", f"{group.title} was added.")
        return group


def _kept(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: kept(value) for name, value in values.items()}
