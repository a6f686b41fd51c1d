"""The realm's OAuth2 Provider: each setting, its default, and whom it rules."""

from collections.abc import Iterable
from typing import Any

from markupsafe import Markup

from workbench.am.basics.setting import Setting, settings_of
from workbench.am.basics.words import counted
from workbench.am.clients.client import Client
from workbench.am.clients.effective import overridden_by, with_own
from workbench.am.realm import Realm
from workbench.am.settings.provider import ProviderSettings
from workbench.forms.parts.fields import with_note
from workbench.forms.parts.late import HTML
from workbench.forms.parts.menu import PROVIDER, MenuPath, in_realm
from workbench.forms.parts.tabbed import TabbedForm
from workbench.views.page.html import code, escape, page
from workbench.views.page.plain import inline
from workbench.views.profile import provider_html, provider_text

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
        self.notes[name] = HTML()
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
        return self.saved(self.value), True

    def look(self) -> None:
        """Also show who overrides what by now."""
        super().look()
        clients = with_own(self.realm.clients.values())
        for name, note in self.notes.items():
            text = self._note(name, clients)
            if note.value != text:
                note.value = text

    def html(self) -> str:
        """The settings, where no kernel runs."""
        return provider_html(self.realm.provider)

    def text(self) -> str:
        """The same as text."""
        return provider_text(self.realm.provider)

    def _note(self, name: str, among: list[Client]) -> str:
        """The default, and the clients for which something else counts."""
        default = getattr(ProviderSettings(), name)
        same = getattr(self.realm.provider, name) == default
        many = isinstance(default, tuple) and len(default) > NAMED
        shown = f"{len(default)} of them" if many else self._value(default)
        parts = [f"{'' if same else '<b>changed</b>; '}default: {escape(shown)}"]
        if clients := overridden_by(name, among):
            parts += self._not_for(name, clients)
        return page(f"<p><small>{'<br>'.join(parts)}</small></p>")

    def _not_for(self, name: str, clients: list[tuple[str, Any]]) -> list[str]:
        """For whom another value counts, and how many have the same of their own."""
        here = getattr(self.realm.provider, name)
        others = [each for each in clients if each[1] != here]
        found = [f"<b>does not count</b> for {self._named(others)}"] if others else []
        if same := len(clients) - len(others):
            verb = "overrides" if same == 1 else "override"
            found.append(f"{counted(same, 'client')} {verb} it with the same")
        return found

    def _named(self, clients: list[tuple[str, Any]]) -> Markup:
        """How many, the first of them with what counts there, and where to see it."""
        names = [f"{name} ({self._value(value)})" for name, value in clients[:NAMED]]
        beyond = len(clients) - len(names)
        told = ", ".join(names) + (f" and {beyond} more" if beyond else "")
        door = code(f"wb.client_form({clients[0][0]!r})")
        many = counted(len(clients), "client")
        return Markup("{}: {}<br>{}").format(many, escape(told), door)

    def _value(self, value: Any) -> str:
        return inline(self.realm.scripts.said(value))
