"""Why another server refused an exchange: paste it, and what is known beside it."""

from typing import Any, Protocol

import ipywidgets

from workbench.forms.parts.form import Form, make_field, quiet
from workbench.interop.twin.explanation import Explanation
from workbench.interop.twin.stands_for import Server
from workbench.views.explanation import explanation_html, explanation_text
from workbench.views.page.html import escape, page

NOTHING = "Nothing has been explained yet."

HINT = "Nothing is sent. "


class Explains(Protocol):
    """A bench that explains what was captured."""

    def explain(self, request: str, answer: Any = None, **known: Any) -> Explanation:
        """Say why another server refused an exchange."""
        ...


class ExplainForm(Form):
    """Explains a captured refusal; ``wb.explain`` does the same.

    What was pasted is in no face of the form.

    Args:
        bench: Whose profile and clock count; it stands for the server where it has the
            acting client, or where another does not.
        server: A bench that has what is known of the server, or None.
        values: Fields to fill in: ``request``, ``answer``, ``subject``, ``actor``,
            ``export``.

    Raises:
        SettingError: There is no such field.
    """

    title = "Why did my server refuse this?"
    action = "Explain"
    no_page = "AM has no page for this: it says why in its log, and nowhere else."

    def __init__(
        self, bench: Explains, server: Server | None = None, **values: Any
    ) -> None:
        self.bench, self.server = bench, server
        self.output = quiet(ipywidgets.HTML)()
        super().__init__(values)
        self.draw()

    def make_fields(self) -> dict[str, Any]:
        """What was captured, and what is known beside it."""
        kind = ipywidgets.Textarea
        return {
            "request": make_field(
                kind,
                "Request",
                f"{HINT}A curl command, a HAR of a browser, or HTTP as text.",
                rows=6,
            ),
            "answer": make_field(
                kind,
                "Answer",
                "What came back: the JSON, or all of it. A HAR has it already.",
                rows=3,
            ),
            "subject": make_field(
                kind,
                "Subject token's claims",
                "JSON: its claims, or what introspection says. A JWT says them itself.",
                rows=2,
            ),
            "actor": make_field(
                kind,
                "Actor token's claims",
                "The same of the actor token.",
                rows=2,
            ),
            "export": make_field(
                ipywidgets.Text,
                "Export of the server",
                "A file or folder that frodo exported, where there is one.",
            ),
        }

    def body(self) -> list[Any]:
        """The fields, the button, and what is said."""
        return [*self.fields.values(), self.button, self.output]

    def submit(self) -> Explanation:
        """Explain what was pasted.

        Raises:
            PasteError: It cannot be read, is no exchange, or was no refusal.
            CommandError: A curl command is damaged, or there is no such export.
            ImportRefused: The export is damaged; says where.
        """
        given = {name: self._given(name) for name in ("subject", "actor")}
        export = self._given("export")
        found = self.bench.explain(
            self.fields["request"].value,
            self._given("answer"),
            server=export or self.server,
            **given,
        )
        self.value = found
        self.draw()
        return found

    def _given(self, name: str) -> str | None:
        return self.fields[name].value.strip() or None

    def done(self, result: Any) -> tuple[str, bool]:
        """The one thing to do now."""
        return f"Next: {result.next_thing}", True

    def draw(self) -> None:
        """Show what was explained."""
        self.output.value = self.html()

    def html(self) -> str:
        """What is shown, where no kernel runs."""
        if self.value is None:
            return page(f"<p>{escape(NOTHING)}</p>")
        return explanation_html(self.value)

    def text(self) -> str:
        """The same as text."""
        told = NOTHING if self.value is None else explanation_text(self.value)
        return f"{self.title}\n{told}"
