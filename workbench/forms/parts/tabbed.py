"""What forms with AM's tabs share: a field a setting, and only changes are saved."""

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

import ipywidgets

from workbench.am.admin.scripts import setting_kind
from workbench.am.realm import Realm
from workbench.am.scripts.plugin import sample
from workbench.forms.parts.fields import Options, field_for, grant_options, read
from workbench.forms.parts.fields import script_options as scripts
from workbench.forms.parts.form import Form
from workbench.views.labels.client import ADVANCED, tabs
from workbench.views.labels.label import Label
from workbench.views.page.html import escape, page

NOT_EMULATED = "This server emulates none of the settings that AM has on this tab."


class TabbedForm(Form):
    """Settings on AM's tabs, in AM's order and words.

    Attributes:
        labels: Each tab with its settings; those that there are get a field.
        groups: The same, without those that there are not.
        tabs: The widget with the tabs.
    """

    action = "Save Changes"
    labels: ClassVar[Mapping[str, Mapping[str, Label]]]
    realm: Realm

    def __init__(self, values: Mapping[str, Any]) -> None:
        super().__init__(values)
        self._seen = {name: self.present(name) for name in self.fields}

    def names(self) -> list[str]:
        """The settings that there are."""
        raise NotImplementedError

    def present(self, name: str) -> Any:
        """A setting's present value."""
        raise NotImplementedError

    def choices(self, name: str) -> Options:
        """What a setting may be, as words and value; () for anything."""
        raise NotImplementedError

    def make_fields(self) -> dict[str, Any]:
        """A field for each setting that there is, tab by tab."""
        self.groups = dict(tabs(self.labels, self.names(), rest=ADVANCED))
        return {
            name: self.field(name, label)
            for group in self.groups.values()
            for name, label in group.items()
        }

    def field(self, name: str, label: Label) -> Any:
        """The field of one setting."""
        return field_for(self.present(name), label, self.options(name))

    def options(self, name: str) -> Options:
        """What a setting may be: scripts, grant types, or as the form says."""
        if name.endswith("Script"):
            return self._scripts(name)
        if name in ("grant_types", "grantTypes"):
            return grant_options()
        return self.choices(name)

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
        """The tabs and the button."""
        pages = [
            ipywidgets.VBox(list(self._page(group))) for group in self.groups.values()
        ]
        self.tabs = ipywidgets.Tab(pages, titles=list(self.groups))
        return [self.tabs, self.button]

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

    def point_out(self, name: str, text: str) -> None:
        """Also open the tab that the field is on."""
        super().point_out(name, text)
        for number, group in enumerate(self.groups.values()):
            if name in group:
                self.tabs.selected_index = number

    def look(self) -> None:
        """Offer the scripts by now, and show what others changed meanwhile."""
        before = self._seen
        self._seen = {name: self.present(name) for name in self.fields}
        for name, now in self._seen.items():
            field = self.fields[name]
            if name.endswith("Script"):
                self.offer(name, list(self.options(name)))
            if now != before[name]:
                lines = isinstance(now, tuple) and isinstance(field.value, str)
                field.value = "\n".join(now) if lines else now

    def _page(self, group: Mapping[str, Label]) -> Iterator[Any]:
        if not group:
            yield ipywidgets.HTML(page(f"<p>{escape(NOT_EMULATED)}</p>"))
        for name in group:
            yield self.row(name)
