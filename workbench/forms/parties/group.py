"""Add or change a group that clients, or AI agents, inherit settings from."""

from collections.abc import Iterable
from typing import Any

import ipywidgets

from workbench.am.basics.setting import Setting, settings_of
from workbench.am.clients.client import AIAgent, Client
from workbench.am.clients.group import Group
from workbench.am.realm import Realm
from workbench.forms.parts.form import make_field
from workbench.forms.parts.menu import AGENTS, CLIENTS, GROUPS, MenuPath, in_realm
from workbench.forms.parts.tabbed import TabbedForm


class GroupForm(TabbedForm):
    """Adds or changes a group; ``realm.add_group`` and ``update_group`` do the same.

    Args:
        realm: Where the group is.
        group: The one to change; None for a new one.
        values: Fields to fill in, under the names that ``realm.add_group`` takes.

    Attributes:
        name: What a new group shall be called.
        kind: What its members are.

    Raises:
        SettingError: There is no such field.
    """

    def __init__(self, realm: Realm, group: Group | None = None, **values: Any) -> None:
        self.realm, self.group = realm, group
        self.title = group.title if group else "Add a group"
        self.name = make_field(ipywidgets.Text, "Name", "_id: unique for its kind.")
        self.kind = make_field(
            ipywidgets.Dropdown,
            "Members",
            "AM keeps groups of clients and groups of AI agents apart.",
            options=[("AI agents", AIAgent), ("OAuth2 clients", Client)],
        )
        super().__init__(values)
        self.kind.observe(lambda _change: self.show_heading(), "value")
        realm.watchers.add(self)

    def menus(self) -> list[MenuPath]:
        """A tab of the list that its members are on."""
        kind = self.group.kind if self.group else self.kind.value
        listed = AGENTS if kind is AIAgent else CLIENTS
        own = (self.group.name,) if self.group else ()
        return [in_realm(self.realm, *listed, GROUPS, *own)]

    def settings(self) -> Iterable[Setting]:
        """What members can inherit; an override block is each member's own."""
        return [said for said in settings_of(Client).values() if said.inheritable]

    def present(self, name: str) -> Any:
        """As the group has it, or the default."""
        if self.group is None:
            return settings_of(self.kind.value)[name].default
        return self.group.value(name)

    def body(self) -> list[Any]:
        """A new group has a name and a kind above the tabs."""
        rest = super().body()
        return rest if self.group else [self.name, self.kind, *rest]

    def submit(self) -> Group:
        """Save the group, and with it what every member inherits.

        Raises:
            RegistrationError: A value is unfit, also for a member.
            FeatureDisabled: AI agents are off.
        """
        changes = self.changed()
        if self.group is not None:
            saved = self.realm.groups.update(self.group, **changes)
        elif self.kind.value is AIAgent:
            saved = self.realm.groups.add_for_agents(self.name.value, **changes)
        else:
            saved = self.realm.add_group(self.name.value, **changes)
        if self.group is not None:
            self.group = saved
        self.value = saved
        return saved

    def done(self, result: Any) -> tuple[str, bool]:
        """What to say of a saved group."""
        return f"{result.title} was saved.", True

    def look(self) -> None:
        """Show the group as it is by now, for as long as it is there."""
        if self.group is None:
            return
        groups = self.realm.groups.of(self.group.kind)
        found = next((g for g in groups if g.name == self.group.name), None)
        if found is not None:
            self.group = found
            super().look()
