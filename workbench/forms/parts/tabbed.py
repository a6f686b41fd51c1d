"""What forms with AM's tabs share: a field a setting, and only changes are saved."""

from collections.abc import Iterable, Mapping
from typing import Any

import ipywidgets

from workbench.am.basics.setting import Setting
from workbench.am.realm import Realm
from workbench.am.scripts.kinds import setting_kind
from workbench.am.scripts.plugin import sample
from workbench.am.settings.tabs import by_tab
from workbench.forms.parts.fields import Options, field_for, read
from workbench.forms.parts.fields import script_options as scripts
from workbench.forms.parts.form import Form, columns

NOTHING = "Nothing to save: nothing was changed."


class TabbedForm(Form):
    """Settings on AM's tabs, in AM's order and words.

    Attributes:
        groups: Each tab with its settings as they are described.
        tabs: The widget with the tabs.
    """

    action = "Save Changes"
    realm: Realm

    def __init__(self, values: Mapping[str, Any]) -> None:
        super().__init__(values)
        self._seen = {name: self.present(name) for name in self.fields}

    def settings(self) -> Iterable[Setting]:
        """The settings that get a field, as they are described."""
        raise NotImplementedError

    def present(self, name: str) -> Any:
        """A setting's present value."""
        raise NotImplementedError

    def make_fields(self) -> dict[str, Any]:
        """A field for each setting, tab by tab."""
        self.groups = by_tab(self.settings())
        return {
            name: self.field(said)
            for group in self.groups.values()
            for name, said in group.items()
        }

    def field(self, said: Setting) -> Any:
        """The field of one setting."""
        return field_for(self.present(said.name), said, self.options(said))

    def options(self, said: Setting) -> Options:
        """What a setting may be, as words and value; () for anything."""
        return self._scripts(said.name) if said.is_script else said.options

    def _scripts(self, name: str) -> Options:
        """Those there are, and what is set where that is none of their ids."""
        found, value = self.realm.scripts.for_setting(name), self.present(name)
        offered = scripts(found, sample(name))
        if value in [each for _, each in offered]:
            return offered
        named = any(script.name == value for script in found)
        why = "by name" if named else f"no such {setting_kind(name).kind}"
        return [*offered, (f"{value} ({why})", value)]

    def body(self) -> list[Any]:
        """The tabs and the button; what is on a tab is shown once it is opened."""
        self._rows = [
            tuple(self.row(name) for name in group) for group in self.groups.values()
        ]
        pages = [columns([]) for _ in self._rows]
        self.tabs = ipywidgets.Tab(pages, titles=list(self.groups), selected_index=0)
        self.tabs.observe(lambda _change: self._open(), "selected_index")
        self._open()
        return [self.tabs, self.button]

    def _open(self) -> None:
        """Show what is on the tab that is open."""
        number = self.tabs.selected_index
        if number is not None and not self.tabs.children[number].children:
            self.tabs.children[number].children = self._rows[number]

    def row(self, name: str) -> Any:
        """What stands on the tab for one setting."""
        return self.fields[name]

    def changed(self) -> dict[str, Any]:
        """What was typed that differs from what is."""
        typed = {
            name: read(field, self.present(name)) for name, field in self.fields.items()
        }
        return {
            name: value for name, value in typed.items() if value != self.present(name)
        }

    def saved(self, names: Iterable[str], lead: str = "Saved") -> str:
        """What to say of settings that were saved, by their labels."""
        labels = [self.fields[name].description or name for name in names]
        return f"{lead}: {', '.join(labels)}." if labels else NOTHING

    def point_out(self, name: str, text: str) -> None:
        """Also open the tab that the field is on."""
        for number, group in enumerate(self.groups.values()):
            if name in group:
                self.tabs.selected_index = number
        super().point_out(name, text)

    def look(self) -> None:
        """Offer the scripts by now, and show what others changed meanwhile."""
        before = self._seen
        self._seen = {name: self.present(name) for name in self.fields}
        known = {n: said for group in self.groups.values() for n, said in group.items()}
        for name, now in self._seen.items():
            field = self.fields[name]
            if known[name].is_script:
                self.offer(name, list(self.options(known[name])))
            if now != before[name]:
                lines = isinstance(now, tuple) and isinstance(field.value, str)
                field.value = "\n".join(now) if lines else now
