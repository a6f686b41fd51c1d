"""Edit a client or an AI agent: AM's tabs, with AM's labels in AM's order."""

from collections.abc import Iterator
from dataclasses import fields
from typing import Any

import ipywidgets

from workbench.am.identities import CHOICES, RESPONSE_TYPES, Client
from workbench.am.realm import Realm
from workbench.am.settings import Overrides
from workbench.forms.fields import (
    Options,
    field_for,
    grant_options,
    read,
    script_options,
)
from workbench.forms.form import Form, labelled
from workbench.views.html import escape, page
from workbench.views.labels import ADVANCED, CLIENT, OVERRIDES, Label, tabs

NOT_EMULATED = "This server emulates none of the settings that AM has on this tab."

_STATES = {
    "active": (("Active", True), ("Inactive", False)),
    "public": (("Confidential", False), ("Public", True)),
}


class ClientForm(Form):
    """Changes a client or an AI agent; ``realm.update`` does the same.

    Args:
        realm: Where it is registered.
        client_id: Which one.
        values: Fields to fill in, under the names that ``realm.update`` takes, and
            the overrides under PingAM's names.

    Raises:
        RegistrationError: There is no such client.
        SettingError: There is no such field.
    """

    action = "Save Changes"

    def __init__(self, realm: Realm, client_id: str, **values: Any) -> None:
        self.realm = realm
        self.client_id = client_id
        self.client = realm.client(client_id)
        self.title = f"{self.client.kind} {client_id}"
        super().__init__(values)
        realm.watchers.add(self)

    def make_fields(self) -> dict[str, Any]:
        """A field for each setting that there is, tab by tab."""
        there = [item.name for item in fields(self.client)]
        names = [name for name in there if name not in ("client_id", "overrides")]
        names += [item.name for item in fields(Overrides)]
        self.groups = dict(tabs(CLIENT, names, rest=ADVANCED))
        return {
            name: self._field(name, label)
            for group in self.groups.values()
            for name, label in group.items()
        }

    def body(self) -> list[Any]:
        """The tabs and the button."""
        self.tabs = ipywidgets.Tab(
            [ipywidgets.VBox(list(self._tab(group))) for group in self.groups.values()],
            titles=list(self.groups),
        )
        return [self.tabs, self.button]

    def submit(self) -> Client:
        """Save what was changed.

        Raises:
            RegistrationError: A field is unfit, or the client is gone; nothing
                typed is lost.
        """
        changes = {
            name: read(self.fields[name], self._present(name))
            for name in self.fields
            if name != "secret" or self.fields[name].value
        }
        block = {name: changes.pop(name) for name in self.groups[OVERRIDES]}
        # What is given is the client's own, so what its group has is not sent back.
        changes = {
            name: value
            for name, value in changes.items()
            if name == "secret" or value != self._present(name)
        }
        self.client = self.realm.update(self.client_id, **changes, overrides=block)
        self.secret.value = ""
        self.value = self.client
        return self.client

    def done(self, result: Any) -> tuple[str, bool]:
        """What to say of a saved client."""
        return f"{result.kind} {result.client_id} was saved.", True

    def point_out(self, name: str, text: str) -> None:
        """Also open the tab that the field is on."""
        super().point_out(name, text)
        for number, group in enumerate(self.groups.values()):
            if name in group:
                self.tabs.selected_index = number

    def look(self) -> None:
        """Offer the scripts by now, and show what others changed meanwhile."""
        for name, field in self.fields.items():
            if isinstance(field, ipywidgets.Dropdown) and name.endswith("Script"):
                self.offer(name, list(script_options(self.realm.may_act_scripts)))
        now = self.realm.clients.get(self.client_id)
        if now is None or now == self.client:
            return
        before, self.client = self.client, now
        for name, field in self.fields.items():
            if _of(before, name) != _of(now, name) and name != "secret":
                field.value = _as_shown(field, _of(now, name))

    def _present(self, name: str) -> Any:
        return _of(self.client, name)

    def _field(self, name: str, label: Label) -> Any:
        if name == "secret":
            return labelled(
                ipywidgets.Password,
                label.label,
                label.tooltip,
                placeholder="as it is" if self.client.secret else "none",
            )
        return field_for(self._present(name), label, self._options(name))

    def _options(self, name: str) -> Options:
        if name in _STATES:
            return _STATES[name]
        if name == "grant_types":
            return grant_options()
        if name == "response_types":
            return [(each, each) for each in RESPONSE_TYPES]
        if name.endswith("Script"):
            return script_options(self.realm.may_act_scripts)
        return [(each, each) for each in CHOICES.get(name, ())]

    def _tab(self, group: dict[str, Label]) -> Iterator[Any]:
        if not group:
            yield ipywidgets.HTML(page(f"<p>{escape(NOT_EMULATED)}</p>"))
        for name in group:
            yield self.fields[name]


def _of(client: Client, name: str) -> Any:
    """A setting of the client, or of its override block."""
    owner = client if hasattr(client, name) else client.overrides
    return getattr(owner, name)


def _as_shown(field: Any, value: Any) -> Any:
    if isinstance(value, tuple) and isinstance(field.value, str):
        return "\n".join(value)
    return value
