"""The profile: each switch with its sentence, and what it did last time."""

from dataclasses import replace
from typing import Any

import ipywidgets

from workbench.am.basics.setting import Setting
from workbench.am.exchange.differences import differences, other_values
from workbench.am.realm import Realm
from workbench.am.settings.profile import PROFILES, Profile, profile_named, switches
from workbench.errors import SettingError
from workbench.forms.parts.fields import field_for, with_note
from workbench.forms.parts.form import Form
from workbench.views.page.html import escape, page
from workbench.views.profile import profile_html, profile_text, word

NO_LIMIT = "max_chain_depth"
"""The one switch that is a number or nothing."""


class ProfileForm(Form):
    """Changes where servers differ; ``wb.profile = wb.profile.but(…)`` does too.

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
            found[name] = field_for(value, replace(said, label=name), said.options)
        found[NO_LIMIT].placeholder = "no limit"
        return found

    def body(self) -> list[Any]:
        """Beside each switch what it means, and what it did last time."""
        rows = []
        for name, field in self.fields.items():
            if name == "profile":
                rows.append(field)
                continue
            self.notes[name] = ipywidgets.HTML()
            rows.append(with_note(field, self.notes[name]))
        return [*rows, self.button]

    def submit(self) -> Profile:
        """Answer as the switches say from now on.

        Raises:
            SettingError: A switch cannot hold its value.
        """
        base = profile_named(self.fields["profile"].value)
        typed = {name: self._read(name) for name in switches()}
        changed = {n: v for n, v in typed.items() if v != getattr(base, n)}
        self.realm.settings.use_profile(base.but(**changed) if changed else base)
        self.value = self.realm.profile
        return self.realm.profile

    def done(self, result: Any) -> tuple[str, bool]:
        """What to say of a profile in force."""
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
        for name, note in self.notes.items():
            text = self._note(name)
            if note.value != text:
                note.value = text

    def html(self) -> str:
        """The switches, where no kernel runs."""
        return profile_html(self.realm.profile)

    def text(self) -> str:
        """The same as text."""
        return profile_text(self.realm.profile)

    def _note(self, name: str) -> str:
        sentence = f"<p>{escape(switches()[name].help)}"
        lines = "".join(
            f"<br><small>{escape(each)}</small>" for each in self._did(name)
        )
        return page(f"{sentence}{lines}</p>")

    def _did(self, name: str) -> list[str]:
        """The last exchange as it would be under the switch's other values."""
        request = self.realm.last_exchange
        if request is None:
            return []
        profile = request.profile
        found = [
            f"The last exchange with {word(value)} instead of "
            f"{word(getattr(profile, name))}: {each}"
            for value in other_values(profile, name)
            for each in differences(request, profile.but(**{name: value}))
        ]
        return found or ["It made no difference to the last exchange."]

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


def _typed(value: Any) -> Any:
    """A limit as somebody types it; anything else as it is."""
    if value is None:
        return ""
    return str(value) if type(value) is int else value
