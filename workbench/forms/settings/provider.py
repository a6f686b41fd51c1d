"""The realm's OAuth2 Provider: each setting, its default, and whom it rules."""

from collections.abc import Iterable
from typing import Any

import ipywidgets
from markupsafe import Markup

from workbench.am.basics.setting import Setting, settings_of
from workbench.am.clients.effective import overridden_by
from workbench.am.realm import Realm
from workbench.am.scripts.plugin import SAMPLE_NAMES
from workbench.am.settings.provider import ProviderSettings
from workbench.forms.parts.fields import with_note
from workbench.forms.parts.menu import PROVIDER, MenuPath, in_realm
from workbench.forms.parts.tabbed import TabbedForm
from workbench.views.page.html import escape, page
from workbench.views.profile import provider_html, provider_text, word

NAMED = 3
"""How many clients are named beside a setting; the rest are counted."""


class ProviderForm(TabbedForm):
    """Changes the provider's settings; ``realm.set_provider`` does the same.

    Args:
        realm: Whose OAuth2 Provider.
        values: Fields to fill in, under PingAM's names.

    Raises:
        SettingError: There is no such field.
    """

    title = "OAuth2 Provider"

    def __init__(self, realm: Realm, **values: Any) -> None:
        self.realm = realm
        self.notes: dict[str, Any] = {}
        super().__init__(values)
        realm.watchers.add(self)
        self.look()

    def menus(self) -> list[MenuPath]:
        """AM's page of this service."""
        return [in_realm(self.realm, *PROVIDER)]

    def settings(self) -> Iterable[Setting]:
        """Those of the provider."""
        return settings_of(ProviderSettings).values()

    def present(self, name: str) -> Any:
        """As it is set."""
        return getattr(self.realm.provider, name)

    def row(self, name: str) -> Any:
        """Beside each field its default and who overrides it."""
        self.notes[name] = ipywidgets.HTML()
        return with_note(self.fields[name], self.notes[name])

    def submit(self) -> ProviderSettings:
        """Save what was changed.

        Raises:
            SettingError: A value is unfit; nothing was saved.
        """
        changes = self.changed()
        if changes:
            self.realm.set_provider(**changes)
        self.value = tuple(changes)
        return self.realm.provider

    def done(self, result: Any) -> tuple[str, bool]:
        """What to say of saved settings."""
        if not self.value:
            return "Nothing was changed.", True
        return f"Saved: {', '.join(self.value)}.", True

    def look(self) -> None:
        """Also show who overrides what by now."""
        super().look()
        for name, note in self.notes.items():
            text = self._note(name)
            if note.value != text:
                note.value = text

    def html(self) -> str:
        """The settings, where no kernel runs."""
        return provider_html(self.realm.provider)

    def text(self) -> str:
        """The same as text."""
        return provider_text(self.realm.provider)

    def _note(self, name: str) -> str:
        """The default, and the clients for which something else counts."""
        default = getattr(ProviderSettings(), name)
        same = getattr(self.realm.provider, name) == default
        many = isinstance(default, tuple) and len(default) > NAMED
        shown = f"{len(default)} of them" if many else self._value(default)
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
        if not isinstance(value, str):
            return word(value)
        script = self.realm.scripts.get(value)
        return script.name if script else SAMPLE_NAMES.get(value, word(value))
