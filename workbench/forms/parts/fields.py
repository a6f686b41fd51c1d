"""A field for each kind of setting: on or off, a number, a text, lists, choices."""

from collections.abc import Iterable, Sequence
from typing import Any

import ipywidgets
import traitlets

from workbench.am.basics.setting import Setting
from workbench.am.scripts.plugin import Sample
from workbench.am.scripts.script import EMPTY, Script
from workbench.forms.parts.form import make_field
from workbench.forms.parts.late import (
    HTML,
    Box,
    Checkbox,
    CheckboxStyle,
    Column,
    Label,
    Layout,
)
from workbench.views.page.html import escape, page

Options = Sequence[tuple[str, Any]]


class Choices(Column):  # type: ignore[misc]
    """Several of a few, as boxes to tick: every one can be reached by keyboard.

    Attributes:
        value: What is ticked, in the order offered.
        description: The label of the group.
        remark: Says which of those ticked do nothing here.
    """

    value = traitlets.Tuple()
    description = ""

    def __init__(self, options: Options, value: Sequence[str], said: Setting) -> None:
        self.description = said.label
        alike = {"layout": Layout(width="auto"), "style": CheckboxStyle()}
        self._boxes = {
            each: Checkbox(
                value=each in value,
                description=words,
                tooltip=f"{each} ({said.tooltip})",
                indent=False,
                **alike,
            )
            for words, each in options
        }
        self._said = said
        self.remark = HTML()
        heading = Label(said.label, tooltip=said.tooltip)
        group = Box(list(self._boxes.values()), layout=Layout(flex_flow="row wrap"))
        super().__init__([heading, group, self.remark])
        self.add_class("wb-choices")
        self.value = tuple(value)
        for box in self._boxes.values():
            box.observe(self._ticked, "value")

    def _ticked(self, _change: Any) -> None:
        self.value = tuple(each for each, box in self._boxes.items() if box.value)

    @traitlets.observe("value")
    def _shown(self, change: Any) -> None:
        for each, box in self._boxes.items():
            box.value = each in change.new
        told = self._said.remark_on(change.new)
        line = f'<p role="status"><small>{escape(told)}</small></p>'
        self.remark.value = page(line) if told else ""


def field_for(value: Any, said: Setting, options: Options = ()) -> Any:
    """The field that fits a value.

    Args:
        value: The setting's present value.
        said: Its description.
        options: What it may be, as words and value; () where it may be anything.
    """
    words = {"label": said.label, "tooltip": said.tooltip}
    if isinstance(value, tuple) and options:
        known = {each for _, each in options}
        more = [(each, each) for each in value if each not in known]
        return Choices([*options, *more], value, said)
    if said.secret:
        return make_field(ipywidgets.Password, **words, value=value)
    if options:
        return make_field(ipywidgets.Dropdown, **words, options=options, value=value)
    if isinstance(value, bool):
        return make_field(ipywidgets.Checkbox, **words, value=value)
    if isinstance(value, int):
        return make_field(ipywidgets.IntText, **words, value=value)
    if isinstance(value, tuple):
        lines = "\n".join(value)
        rows = max(2, min(6, len(value) + 1))
        return make_field(ipywidgets.Textarea, **words, value=lines, rows=rows)
    return make_field(ipywidgets.Text, **words, value=value or "")


def read(field: Any, like: Any) -> Any:
    """What a field holds, as a setting of the same kind as ``like``."""
    if isinstance(like, tuple) and isinstance(field.value, str):
        return tuple(filter(None, map(str.strip, field.value.splitlines())))
    return field.value


def script_options(scripts: Iterable[Script], sample: Sample | None = None) -> Options:
    """These scripts, AM's own sample for the setting, and none."""
    return [
        ("--- Select a script ---", EMPTY),
        *([(f"{sample.name} (AM's sample)", sample.id)] if sample else []),
        *((each.name, each.id) for each in scripts),
    ]


def with_note(field: Any, note: Any) -> Any:
    """A field with a remark in a column beside it, below where it is narrow."""
    field.layout.flex = "1 1 34em"
    note.layout.flex = "1 1 15em"
    row = Box([field, note], layout=Layout(flex_flow="row wrap"))
    row.add_class("wb-row")
    return row
