"""The realm's OAuth2 Provider: each setting, its default, and whom it rules."""

from collections.abc import Iterator
from dataclasses import fields
from typing import Any

import ipywidgets

from workbench.am.realm import Realm
from workbench.am.settings import (
    PROVIDER_CHOICES,
    ProviderSettings,
    overridden_by,
)
from workbench.forms.fields import (
    Options,
    field_for,
    grant_options,
    noted,
    read,
    script_options,
)
from workbench.forms.form import Form
from workbench.views.html import Markup, escape, page
from workbench.views.labels import ADVANCED, PROVIDER, Label, tabs
from workbench.views.profile import provider_html, provider_text, word

NAMED = 3
"""How many clients are named beside a setting; the rest are counted."""


class ProviderForm(Form):
    """Changes the provider's settings; ``realm.set_provider`` does the same.

    Args:
        realm: Whose OAuth2 Provider.
        values: Fields to fill in, under PingAM's names.

    Raises:
        SettingError: There is no such field.
    """

    title = "OAuth2 Provider"
    action = "Save Changes"

    def __init__(self, realm: Realm, **values: Any) -> None:
        self.realm = realm
        self.notes: dict[str, Any] = {}
        super().__init__(values)
        self._seen = self._settings()
        realm.watchers.add(self)
        self.look()

    def make_fields(self) -> dict[str, Any]:
        """A field for each setting that there is, tab by tab."""
        names = [item.name for item in fields(ProviderSettings)]
        self.groups = {
            tab: group for tab, group in tabs(PROVIDER, names, rest=ADVANCED) if group
        }
        return {
            name: field_for(
                getattr(self.realm.provider, name), label, self._options(name)
            )
            for group in self.groups.values()
            for name, label in group.items()
        }

    def body(self) -> list[Any]:
        """Tabs as in AM; beside each field its default and who overrides it."""
        pages = [
            ipywidgets.VBox(list(self._rows(group))) for group in self.groups.values()
        ]
        self.tabs = ipywidgets.Tab(pages, titles=list(self.groups))
        return [self.tabs, self.button]

    def submit(self) -> ProviderSettings:
        """Save what was changed.

        Raises:
            SettingError: A value is unfit; nothing was saved.
        """
        now = self._settings()
        typed = {name: read(field, now[name]) for name, field in self.fields.items()}
        changes = {name: value for name, value in typed.items() if value != now[name]}
        if changes:
            self.realm.set_provider(**changes)
        self.value = tuple(changes)
        return self.realm.provider

    def done(self, result: Any) -> tuple[str, bool]:
        """What to say of saved settings."""
        if not self.value:
            return "Nothing was changed.", True
        return f"Saved: {', '.join(self.value)}.", True

    def point_out(self, name: str, text: str) -> None:
        """Also open the tab that the field is on."""
        super().point_out(name, text)
        for number, group in enumerate(self.groups.values()):
            if name in group:
                self.tabs.selected_index = number

    def look(self) -> None:
        """Show what others changed meanwhile, and who overrides what by now."""
        now, seen = self._settings(), self._seen
        self._seen = now
        for name, field in self.fields.items():
            if name.endswith("Script"):
                self.offer(name, list(self._options(name)))
            if now[name] != seen[name]:
                lines = isinstance(now[name], tuple) and isinstance(field.value, str)
                field.value = "\n".join(now[name]) if lines else now[name]
            note = self._note(name)
            if self.notes[name].value != note:
                self.notes[name].value = note

    def html(self) -> str:
        """The settings, where no kernel runs."""
        return provider_html(self.realm.provider)

    def text(self) -> str:
        """The same as text."""
        return provider_text(self.realm.provider)

    def _settings(self) -> dict[str, Any]:
        return {name: getattr(self.realm.provider, name) for name in self.fields}

    def _options(self, name: str) -> Options:
        if name == "grantTypes":
            return grant_options()
        if name == "dynamicClientRegistrationScript":
            return script_options(self.realm.registration_scripts)
        if name.endswith("Script"):
            return script_options(self.realm.may_act_scripts)
        return [(each, each) for each in PROVIDER_CHOICES.get(name, ())]

    def _rows(self, group: dict[str, Label]) -> Iterator[Any]:
        for name in group:
            self.notes[name] = ipywidgets.HTML()
            yield noted(self.fields[name], self.notes[name])

    def _note(self, name: str) -> str:
        """The default, and the clients for which something else counts."""
        default = getattr(ProviderSettings(), name)
        same = getattr(self.realm.provider, name) == default
        many = isinstance(default, tuple) and len(default) > NAMED
        shown = f"{len(default)} of them" if many else word(default)
        parts = [f"{'' if same else '<b>changed</b>; '}default: {escape(shown)}"]
        clients = overridden_by(name, self.realm.clients.values())
        if clients:
            parts.append(f"overridden by {self._named(clients)}")
        return page(f"<p><small>{'<br>'.join(parts)}</small></p>")

    def _named(self, clients: list[tuple[str, Any]]) -> Markup:
        names = [f"{name} ({self._value(value)})" for name, value in clients[:NAMED]]
        beyond = len(clients) - len(names)
        return escape(", ".join(names) + (f" and {beyond} more" if beyond else ""))

    def _value(self, value: Any) -> str:
        script = self.realm.scripts.get(value) if isinstance(value, str) else None
        return script.name if script else word(value)
