"""What happened, as it happens."""

from typing import Any

import ipywidgets

from workbench.am.admin.audit import Event
from workbench.am.realm import Realm
from workbench.forms.parts.form import Form, make_field
from workbench.views.audit import audit_html, audit_text

MOST = 50
"""How many events are shown at once, the latest ones."""


class AuditForm(Form):
    """Shows the audit trail; ``wb.audit`` is the same.

    Args:
        realm: Whose trail.
        values: Fields to fill in: ``search``.

    Raises:
        SettingError: There is no such field.
    """

    title = "What happened"
    no_page = "AM has no page for this: it writes audit events to its logs."

    def __init__(self, realm: Realm, **values: Any) -> None:
        self.realm = realm
        self.table = ipywidgets.HTML()
        super().__init__(values)
        self.fields["search"].observe(lambda _change: self.refresh(), "value")
        realm.watchers.add(self)
        self.look()

    def make_fields(self) -> dict[str, Any]:
        """What to look for."""
        return {
            "search": make_field(
                ipywidgets.Text, "Search", "Any part of kind, client or summary."
            )
        }

    def body(self) -> list[Any]:
        """The search and the events."""
        return [*self.fields.values(), self.table]

    def submit(self) -> list[Event]:
        """The latest events that fit the search."""
        wanted = self.fields["search"].value.strip().lower()
        return self.realm.audit.latest(MOST, lambda event: wanted in _text(event))

    def look(self) -> None:
        """Show what has happened by now."""
        self.table.value = self.html()

    def html(self) -> str:
        """The events, where no kernel runs."""
        return audit_html(self.submit())

    def text(self) -> str:
        """The same as text."""
        return audit_text(self.submit())


def _text(event: Event) -> str:
    return f"{event.kind} {event.client_id} {event.summary} {event.error}".lower()
