"""What the forms share: labelled fields, a status line, and a static face.

A form displays and nests like any widget. Its button only calls ``submit()``,
as a notebook cell does. Where no kernel runs, a table of its values is shown.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import ipywidgets
import traitlets

from workbench.am.basics.secrets import MASK
from workbench.am.basics.validation import name_instead
from workbench.errors import OAuthError, SettingError, WorkbenchError
from workbench.forms.parts.cells import show_in_cell
from workbench.forms.parts.face import StaticFace
from workbench.forms.parts.late import Layout, late
from workbench.forms.parts.menu import NO_PAGE, MenuPath, menu_html, menu_text
from workbench.views.page.html import block, escape, page
from workbench.views.page.plain import visible_text
from workbench.views.page.style import style

LABEL_WIDTH = "13em"
NOT_DONE = "Not done."
"""What comes before a sentence on why."""

FORM_CSS = Path(__file__).with_name("form.css")
"""Where a field is too narrow for its label beside it, it moves below the label."""


class Form(ipywidgets.VBox):  # type: ignore[misc]
    """A form: fields by their wire name, a button, a status line.

    Attributes:
        value: What the last successful submit made; observe it to follow.
        fields: The field widgets by name, in order.
        status: The line that says what came of the last click.
    """

    value = traitlets.Any(None, allow_none=True)
    children: tuple[Any, ...]

    title = ""
    action = ""
    no_page = NO_PAGE
    """What is said where AM has no page for this."""

    def __init__(self, values: Mapping[str, Any]) -> None:
        self.fields: dict[str, Any] = self.make_fields()
        for name, given in values.items():
            self._fill(name, given)
        self.status = ipywidgets.HTML()
        self.fault = ipywidgets.HTML()
        self.said = ""
        self.asleep = False
        self.face = StaticFace(self.face_html, self.face_text)
        self.button = ipywidgets.Button(description=self.action, button_style="primary")
        self.button.on_click(lambda _button: self.report(self.submit))
        self.heading = ipywidgets.HTML(self._head())
        super().__init__([self.heading, *self.body(), self.status])
        self.add_class("wb-form")
        self.add_class(f"wb-{type(self).__name__}")

    def make_fields(self) -> dict[str, Any]:
        """The field widgets by name; none where there is nothing to type."""
        return {}

    def menus(self) -> list[MenuPath]:
        """Where AM's admin UI has this; none where it has no page for it."""
        return []

    def show_heading(self) -> None:
        """Show the title and the path as they are by now."""
        self.heading.value = self._head()

    def _head(self) -> str:
        return f"{style(FORM_CSS)}{self._menu_html()}<h3>{escape(self.title)}</h3>"

    def _menu_html(self) -> str:
        return menu_html(self.menus(), self.no_page, self.title) if self.title else ""

    def body(self) -> list[Any]:
        """What stands between the heading and the status line."""
        return [columns(self.fields.values()), self.button]

    def submit(self) -> Any:
        """Do what the button says and return what it made."""
        raise NotImplementedError

    def report(self, work: Callable[[], Any]) -> None:
        """Run something and say on the status line how it went."""
        self.point_out("", "")
        self.attempt(lambda: self.say(*self.done(work())))

    def attempt(self, work: Callable[[], Any]) -> None:
        """Run something and say only what went wrong."""
        try:
            work()
        except OAuthError as refusal:
            self.say(f"Refused. {refusal.description} {refusal.hint}".strip(), False)
        except WorkbenchError as problem:
            words = self._in_words(problem)
            self.point_out(problem.about, words)
            self.say(f"{NOT_DONE} {words}", False)
        except Exception as bug:
            self.say(f"{NOT_DONE} {type(bug).__name__}: {bug}", False)

    def _in_words(self, problem: WorkbenchError) -> str:
        """What is wrong, with the field's label in place of its name in Python."""
        field = self.fields.get(problem.about)
        label = getattr(field, "description", "") or problem.about
        if problem.about and problem.words.startswith(problem.about):
            return label + problem.words.removeprefix(problem.about)
        return problem.words

    def point_out(self, name: str, text: str) -> None:
        """Say below a field what is wrong with it; with "" say nothing any more."""
        fault = self.fault
        for box in boxes(self):
            if fault in box.children:
                box.children = tuple(each for each in box.children if each is not fault)
        field = self.fields.get(name)
        if field is None:
            return
        fault.value = page(f'<p><span class="wb-no">✗ {escape(text)}</span></p>')
        for box in boxes(self):
            if field in box.children:
                place = box.children.index(field) + 1
                box.children = (*box.children[:place], fault, *box.children[place:])

    def done(self, result: Any) -> tuple[str, bool]:
        """What was done, in the past tense, and whether that is a success."""
        raise NotImplementedError

    def refresh(self) -> None:
        """Show what the realm has by now, unless nobody sees it: asleep, or closed.

        Called whenever something happened, also from a cell, so that a mistake
        in here must not stop what is happening there.
        """
        if not self.asleep and self.comm is not None:
            self.attempt(self.look)
            self.attempt(self.face.follow)

    def look(self) -> None:
        """Offer what the realm has by now; each form says what that is."""

    def wake(self, *, asleep: bool = False) -> None:
        """Show again what is there, or stop while the form is out of sight."""
        self.asleep = asleep
        self.refresh()

    def offer(self, name: str, options: list[tuple[str, Any]]) -> None:
        """Put up-to-date choices into a dropdown; what was chosen stays chosen."""
        field = self.fields[name]
        chosen = field.value
        field.options = options
        if chosen in [value for _, value in options]:
            field.value = chosen

    def say(self, text: str, good: bool) -> None:
        """Put on the status line what was done, or what was not, with a sign for it."""
        self.said = f"{'✓' if good else '✗'} {text}"
        role = "status" if good else "alert"
        self.status.value = page(f'<p role="{role}">{escape(self.said)}</p>')
        self.face.follow()

    def hush(self) -> None:
        """Empty the status line; what it says is of something that has changed."""
        self.said = self.status.value = ""

    def __getattr__(self, name: str) -> Any:
        fields = self.__dict__.get("fields", {})
        if name in fields:
            return fields[name]
        raise AttributeError(f"{type(self).__name__} has no {name!r}")

    def shown(self) -> list[tuple[str, str]]:
        """Label and present value of each field, secrets masked."""
        return [
            (field.description, _shown(field))
            for field in self.fields.values()
            if field.description
        ]

    def _fill(self, name: str, given: Any) -> None:
        if name not in self.fields:
            raise SettingError(
                f"{type(self).__name__} has no {name!r}. "
                f"{name_instead(name, self.fields)}"
            )
        if isinstance(given, list | tuple):
            field = self.fields[name]
            lines = isinstance(field, ipywidgets.Textarea)
            given = ("\n" if lines else " ").join(given)
        self.fields[name].value = given

    def _repr_mimebundle_(self, **options: Any) -> Any:
        bundle = super()._repr_mimebundle_(**options)
        data = bundle[0] if isinstance(bundle, tuple) else bundle
        data["text/plain"] = self.face_text()
        data["text/html"] = self.face_html()
        return bundle

    def _ipython_display_(self) -> None:
        show_in_cell(self)
        self.face.show(self._repr_mimebundle_())

    def __repr__(self) -> str:
        return f"<{type(self).__name__}: {self.title}>"

    def face_text(self) -> str:
        """The form without a browser, below AM's menu path to it."""
        path = f"{menu_text(self.menus(), self.no_page)}\n" if self.title else ""
        return visible_text(f"{path}{self.text()}", keep="\n\t")

    def face_html(self) -> str:
        """The form where no kernel runs, likewise; its style comes with it."""
        menu = self._menu_html()
        return f'<div class="wb">{menu}</div>{self.html()}' if menu else self.html()

    def text(self) -> str:
        """The form without a browser."""
        rows = [f"  {label}: {value}" for label, value in self.shown()]
        return "\n".join([f"{self.title} [{self.action}]", *rows, self.said]).rstrip()

    def html(self) -> str:
        """The form where no kernel runs."""
        rows = "".join(
            f'<tr><th scope="row">{escape(label)}</th>'
            f'<td style="white-space:pre-wrap">{_lines(value)}</td></tr>'
            for label, value in self.shown()
        )
        table = f"<table><caption>{escape(self.title)}</caption>{rows}</table>"
        return page(f"{table}<p>{escape(self.said)}</p>" if self.said else table)


def _lines(value: str) -> str:
    """A value as HTML; a script or a list keeps its lines."""
    return block(value) if "\n" in value else escape(value)


def columns(fields: Iterable[Any]) -> Any:
    """A box of fields: in columns where there is room, else one below the other."""
    box = ipywidgets.VBox(list(fields))
    box.add_class("wb-fields")
    return box


def spread(field: Any, least: str) -> None:
    """Let a field share its row with others, as wide as there is room.

    Its layout stays the one that it has: ipywidgets keeps one that is replaced.
    """
    field.layout.flex, field.layout.width = f"1 1 {least}", "auto"
    field.layout.max_width = None


def boxes(box: Any) -> Iterator[Any]:
    """A box and the boxes in it, however deep."""
    yield box
    for child in box.children:
        if hasattr(child, "children"):
            yield from boxes(child)


def make_field(kind: type, label: str, tooltip: str, **more: Any) -> Any:
    """A field with AM's label and a tooltip; the label is never cut.

    The page hears of it once it stands in a box that is shown.
    """
    more.setdefault("layout", Layout(width="50em", max_width="calc(100% - 8px)"))
    own_style = late(kind.style.klass)  # type: ignore[attr-defined]
    return quiet(late(kind))(
        description=label,
        tooltip=tooltip,
        style=own_style(description_width=LABEL_WIDTH),
        **more,
    )


@cache
def quiet(kind: type) -> type:
    """The same widget, but for a repr that says what it is and nothing that it holds.

    A field may hold a token, and a table one in whole where somebody asked for that.
    """

    def words(self: Any) -> str:
        return f"<{kind.__name__} {getattr(self, 'description', '')!r}>"

    own = {"__module__": __name__, "__repr__": words}
    return type(kind)(kind.__name__, (kind,), own)


def _shown(field: Any) -> str:
    if isinstance(field, ipywidgets.Password):
        return MASK if field.value else ""
    if isinstance(field, ipywidgets.Checkbox):
        return "on" if field.value else "off"
    if isinstance(field, ipywidgets.Dropdown):
        return str(field.label)
    return str(field.value)
