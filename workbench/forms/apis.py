"""The APIs next door: whom each policy names, and who asked."""

from typing import Any

import ipywidgets

from workbench.course.apis.faces import apis_html, apis_text, log_html, log_text
from workbench.course.apis.next_door import RiskApis
from workbench.course.apis.policy import ApiPolicy
from workbench.forms.parts.form import Form, make_field

MOST = 50
"""How many requests are shown at once, the latest ones."""


class ApisForm(Form):
    """Edits policies; ``wb.apis["ledger"].policy = ApiPolicy(…)`` does the same.

    Args:
        apis: The APIs.
        values: Fields to fill in: ``api``, ``subjects``, ``actors``, ``scope``.

    Raises:
        SettingError: There is no such field.
    """

    title = "The APIs next door"
    action = "Apply"
    no_page = "AM has no page for this: an API is a program of its own, beside AM."

    def __init__(self, apis: RiskApis, **values: Any) -> None:
        self.apis = apis
        self.table, self.asked = ipywidgets.HTML(), ipywidgets.HTML()
        self._seen: ApiPolicy | None = None
        super().__init__({})
        self.fields["api"].observe(lambda _change: self._show(), "value")
        self._show()
        for name in sorted(values, key="api".__ne__):  # which fills in the others
            self._fill(name, values[name])
        apis.watchers.add(self)
        self.look()

    def make_fields(self) -> dict[str, Any]:
        """An API, and its policy."""
        return {
            "api": make_field(
                ipywidgets.Dropdown,
                "API",
                "Whose policy stands below.",
                options=self._names(),
            ),
            "subjects": make_field(
                ipywidgets.Textarea,
                "Subjects",
                "Whom a token may be about, one a line: its sub.",
                rows=2,
            ),
            "actors": make_field(
                ipywidgets.Textarea,
                "Current actors",
                "Who may act at the moment, one a line: the sub of the outermost act. "
                "Empty: nobody may act.",
                placeholder="nobody may act",
                rows=2,
            ),
            "scope": make_field(
                ipywidgets.Text, "Scope", "What the token must allow: one scope."
            ),
        }

    def body(self) -> list[Any]:
        """All three, the policy of one, and the log."""
        return [self.table, *self.fields.values(), self.button, self.asked]

    def submit(self) -> ApiPolicy:
        """Let an API decide so from now on.

        Raises:
            SettingError: The policy names no subject, or no single scope.
        """
        policy = ApiPolicy(
            frozenset(self._lines("subjects")),
            frozenset(self._lines("actors")),
            self.fields["scope"].value.strip(),
        )
        self.apis[self.fields["api"].value].policy = policy
        self.value = policy
        return policy

    def done(self, result: Any) -> tuple[str, bool]:
        """What to say of a policy in force."""
        name = self.fields["api"].value
        return f"{name} decides so from now on.", True

    def look(self) -> None:
        """Offer the twins too, and show policies and log as they are by now."""
        if [name for name, _ in self.fields["api"].options] != list(self.apis):
            self.offer("api", self._names())
        if self.apis[self.fields["api"].value].policy != self._seen:
            self._show()
        self.table.value = apis_html(self.apis)
        self.asked.value = log_html(self.apis.log.latest(MOST))

    def html(self) -> str:
        """Policies and log, where no kernel runs."""
        return apis_html(self.apis) + log_html(self.apis.log.latest(MOST))

    def text(self) -> str:
        """The same as text."""
        log = log_text(self.apis.log.latest(MOST))
        shown = (
            f"{self.title} [{self.action}]",
            apis_text(self.apis),
            "",
            log,
            self.said,
        )
        return "\n".join(shown).rstrip()

    def _show(self) -> None:
        """The policy of the API that is chosen."""
        self._seen = policy = self.apis[self.fields["api"].value].policy
        self.fields["subjects"].value = "\n".join(sorted(policy.subjects))
        self.fields["actors"].value = "\n".join(sorted(policy.actors or ()))
        self.fields["scope"].value = policy.scope

    def _lines(self, name: str) -> list[str]:
        lines = self.fields[name].value.splitlines()
        return [line.strip() for line in lines if line.strip()]

    def _names(self) -> list[tuple[str, str]]:
        return [(name, name) for name in self.apis]
