"""The profile: each switch in words, and what some did to the last exchange."""

from dataclasses import replace
from typing import Any

import ipywidgets

from workbench.am.basics.setting import Setting
from workbench.am.exchange.differences import that_matter
from workbench.am.exchange.request import ExchangeRequest
from workbench.am.exchange.rules import CAN_BE_LEFT_OUT
from workbench.am.realm import Realm
from workbench.am.settings.profile import PROFILES, Profile, profile_named, switches
from workbench.errors import SettingError
from workbench.forms.parts.fields import Options, field_for, with_note
from workbench.forms.parts.form import Form
from workbench.views.page.html import code, escape, page
from workbench.views.profile import (
    in_order,
    matter_html,
    profile_html,
    profile_text,
)

NO_LIMIT = "max_chain_depth"
"""The one switch that is a number or nothing."""

RULES = "rules_left_out"
RULES_TO_TICK = [(each, each) for each in CAN_BE_LEFT_OUT]
"""The one switch that is a list, and what it can hold."""


class ProfileForm(Form):
    """Changes where servers differ; ``wb.profile = wb.profile.but(…)`` does too.

    The switches that made a difference to the last exchange come first and say which:
    with another value it would have come out otherwise. ``that_matter`` of
    ``am.exchange.differences`` finds the same.

    Args:
        realm: Whose profile.
        values: Fields to fill in: ``profile`` and the switches by name.

    Raises:
        SettingError: There is no such field.
    """

    title = "Profile: where servers differ"
    action = "Apply"
    no_page = "AM has no page for this: it is how servers differ, and how sure that is."

    def __init__(self, realm: Realm, **values: Any) -> None:
        self.realm = realm
        self.notes: dict[str, Any] = {}
        self._decided: ExchangeRequest | None = None
        self._matters: dict[str, tuple[str, ...]] = {}
        super().__init__(values)
        self.fields["profile"].observe(self._chosen, "value")
        self._seen = realm.profile
        realm.watchers.add(self)
        self.look()

    def make_fields(self) -> dict[str, Any]:
        """The profile to start from, then its switches."""
        present = self.realm.profile
        base = present.name.partition(" (")[0]
        said = Setting(label="Profile", help="Fills in the switches below.")
        options = [(name, name) for name in PROFILES]
        known = base if base in PROFILES else next(iter(PROFILES))
        found = {"profile": field_for(known, said, options)}
        for name, said in switches().items():
            value = _typed(getattr(present, name))
            told = replace(said, help=f"{name}: {said.help}")
            found[name] = field_for(value, told, _options(name, said))
        found[NO_LIMIT].placeholder = "no limit"
        return found

    def body(self) -> list[Any]:
        """Beside each switch its name in Python and what it is about."""
        self.rows = ipywidgets.VBox()
        for name in switches():
            self.notes[name] = ipywidgets.HTML()
        self._rows = {
            name: with_note(self.fields[name], note)
            for name, note in self.notes.items()
        }
        return [self.fields["profile"], self.rows, self.button]

    def submit(self) -> Profile:
        """Answer as the switches say from now on.

        Raises:
            SettingError: A switch cannot hold its value.
        """
        base = profile_named(self.fields["profile"].value)
        typed = {name: self._read(name) for name in switches()}
        changed = {n: v for n, v in typed.items() if v != getattr(base, n)}
        chosen = base.but(**changed) if changed else base
        self._new = chosen != self.realm.profile
        self.realm.settings.use_profile(chosen)
        self.value = self.realm.profile
        return self.realm.profile

    def done(self, result: Any) -> tuple[str, bool]:
        """What to say of a profile in force."""
        if not self._new:
            return f"Nothing to apply: {result.name} is in force already.", True
        return f"In force: {result.name}. It counts for requests from now on.", True

    def look(self) -> None:
        """Show what others changed meanwhile, and the last exchange both ways."""
        now = self.realm.profile
        if now != self._seen:
            self._seen = now
            base = now.name.partition(" (")[0]
            if base in PROFILES:
                self.fields["profile"].value = base
            self._show(now)
        if not self.rows.children or self._decided is not self.realm.last_exchange:
            self._decided = self.realm.last_exchange
            self._matters = that_matter(self._decided) if self._decided else {}
            self._lay_out()

    def html(self) -> str:
        """The switches, where no kernel runs."""
        return profile_html(self.realm.profile, self._matters)

    def text(self) -> str:
        """The same as text."""
        return profile_text(self.realm.profile, self._matters)

    def _lay_out(self) -> None:
        """The switches that made a difference, then the others."""
        for name, said in in_order(self._matters):
            self.notes[name].value = page(
                f"<p>{escape(said.help)} <small>{code(name)}</small>"
                f"{matter_html(self._matters.get(name, ()))}</p>"
            )
        order = [self._rows[name] for name, _ in in_order(self._matters)]
        if list(self.rows.children) != order:
            self.rows.children = order

    def _chosen(self, change: Any) -> None:
        self._show(profile_named(change["new"]))

    def _show(self, profile: Profile) -> None:
        for name in switches():
            self.fields[name].value = _typed(getattr(profile, name))

    def _read(self, name: str) -> Any:
        value = self.fields[name].value
        if name != NO_LIMIT:
            return value
        if not value.strip():
            return None
        if not value.strip().isdecimal():
            raise SettingError(
                f"{name} is a whole number, or empty for no limit; not {value!r}.",
                about=name,
            )
        return int(value)


def _options(name: str, said: Setting) -> Options:
    """What a switch can be, as words and value; the rules are known by themselves."""
    return RULES_TO_TICK if name == RULES else said.options


def _typed(value: Any) -> Any:
    """A limit as somebody types it; anything else as it is."""
    if value is None:
        return ""
    return str(value) if type(value) is int else value
