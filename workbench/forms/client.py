"""Edit a client or an AI agent: AM's tabs, with AM's labels in AM's order."""

from dataclasses import fields
from typing import Any

import ipywidgets

from workbench.am.basics.setting import settings_of
from workbench.am.clients.client import Client
from workbench.am.clients.group import INHERITABLE
from workbench.am.realm import Realm
from workbench.am.settings.overrides import Overrides
from workbench.forms.parts.fields import Options
from workbench.forms.parts.form import labelled
from workbench.forms.parts.tabbed import TabbedForm
from workbench.views.labels.client import CLIENT, OVERRIDES
from workbench.views.labels.label import Label

NO_GROUP = ("(none)", "")

_KNOWN = {**settings_of(Overrides), **settings_of(Client)}


class ClientForm(TabbedForm):
    """Changes a client or an AI agent; ``realm.update`` does the same.

    Fields that the client inherits from its group cannot be typed into.

    Args:
        realm: Where it is registered.
        client_id: Which one.
        values: Fields to fill in, under the names that ``realm.update`` takes, and
            the overrides under PingAM's names.

    Raises:
        RegistrationError: There is no such client.
        SettingError: There is no such field.
    """

    labels = CLIENT

    def __init__(self, realm: Realm, client_id: str, **values: Any) -> None:
        self.realm = realm
        self.client_id = client_id
        self.client = realm.client(client_id)
        self.title = f"{self.client.kind} {client_id}"
        super().__init__(values)
        self._lock()
        for name in ("group", "inherited"):
            self.fields[name].observe(lambda _change: self._lock(), "value")
        realm.watchers.add(self)

    def names(self) -> list[str]:
        """Those of a client, then those of its override block."""
        own = [item.name for item in fields(Client)]
        block = [item.name for item in fields(Overrides)]
        return [name for name in own if name not in ("client_id", "overrides")] + block

    def present(self, name: str) -> Any:
        """As it counts: the group's value where it is inherited."""
        if name == "secret":
            return ""  # write only
        return getattr(_owner(self.client, name), name)

    def choices(self, name: str) -> Options:
        """What is one of a few."""
        if name == "group":
            return self._groups()
        if name == "inherited":
            labels = {n: each.label for g in CLIENT.values() for n, each in g.items()}
            return [(labels.get(each, each), each) for each in INHERITABLE]
        return choices_of(name)

    def field(self, name: str, label: Label) -> Any:
        """The secret is only written."""
        if name != "secret":
            return super().field(name, label)
        return labelled(
            ipywidgets.Password,
            label.label,
            label.tooltip,
            placeholder="as it is" if self.client.secret else "none",
        )

    def submit(self) -> Client:
        """Save what was changed; what was not keeps being inherited.

        Raises:
            RegistrationError: A field is unfit, or the client is gone; nothing
                typed is lost.
        """
        changes = self.changed()
        if self.fields["group"].value == NO_GROUP[1]:
            changes.pop("inherited", None)
        for name in changes.get("inherited", self.present("inherited")):
            changes.pop(name, None)
        block = {n: changes.pop(n) for n in self.groups[OVERRIDES] if n in changes}
        if block:
            changes["overrides"] = block
        self.realm.update(self.client_id, **changes)
        self.look()
        self.secret.value = ""
        self.value = self.client
        return self.client

    def done(self, result: Any) -> tuple[str, bool]:
        """What to say of a saved client."""
        return f"{result.kind} {result.client_id} was saved.", True

    def look(self) -> None:
        """Show the client as it is by now, for as long as it is there."""
        if self.client_id in self.realm.clients:
            self.client = self.realm.client(self.client_id)
            self.offer("group", list(self._groups()))
            super().look()

    def _lock(self) -> None:
        """Nobody types into what is inherited; without a group nothing is."""
        grouped = self.fields["group"].value != NO_GROUP[1]
        self.fields["inherited"].layout.display = "" if grouped else "none"
        inherited = self.fields["inherited"].value if grouped else ()
        for name in INHERITABLE:
            if hasattr(self.fields[name], "disabled"):
                self.fields[name].disabled = name in inherited

    def _groups(self) -> Options:
        groups = self.realm.groups.of(type(self.client))
        return [NO_GROUP, *((each.name, each.name) for each in groups)]


def choices_of(name: str) -> Options:
    """What a client's setting may be, as words and value; () for anything."""
    said = _KNOWN[name]
    return said.words or [(each, each) for each in said.offered or said.choices]


def _owner(client: Client, name: str) -> Any:
    """The client, or its override block."""
    return client if hasattr(client, name) else client.overrides
