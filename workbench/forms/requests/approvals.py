"""What waits for people to approve: the device in their hands."""

from typing import Any

import ipywidgets

from workbench.am.backchannel.request import AnswerError, BackchannelRequest
from workbench.am.realm import Realm
from workbench.forms.parts.form import Form, make_field
from workbench.views.page.html import page, table
from workbench.views.page.plain import columns, visible_text

NOTHING = ("(nothing waits)", 0)
MOST = 50
"""How many requests are listed at once, the latest ones."""

HEADER = ("No.", "Client", "Person", "Message", "Scope(s)", "State")


class ApprovalsForm(Form):
    """Answers backchannel requests; ``realm.backchannel.approve`` does the same.

    Args:
        realm: Whose people are asked.
        values: Fields to fill in: ``request``, the number of one that waits.

    Raises:
        SettingError: There is no such field.
    """

    title = "Requests that wait for a person"
    action = "Approve"

    def __init__(self, realm: Realm, **values: Any) -> None:
        self.realm = realm
        self.table = ipywidgets.HTML()
        self.denial = ipywidgets.Button(description="Deny")
        self.denial.on_click(lambda _button: self.report(self.deny))
        super().__init__(values)
        realm.watchers.add(self)
        self.look()

    def make_fields(self) -> dict[str, Any]:
        """The requests that wait."""
        return {
            "request": make_field(
                ipywidgets.Dropdown,
                "Request",
                "What a client asks a person by bc-authorize.",
                options=self._waiting(),
            )
        }

    def body(self) -> list[Any]:
        """The choice, both answers, and every request there was."""
        answers = ipywidgets.HBox([self.button, self.denial])
        return [*self.fields.values(), answers, self.table]

    def submit(self) -> BackchannelRequest:
        """Say yes, as the person who is asked.

        Raises:
            AnswerError: Nothing waits, or the person is gone.
        """
        self.value = self.realm.backchannel.approve(self._chosen())
        return self.value

    def deny(self) -> BackchannelRequest:
        """Say no; raises as above."""
        return self.realm.backchannel.deny(self._chosen())

    def done(self, result: Any) -> tuple[str, bool]:
        """What to say of an answer."""
        return f"{result.user} {result.state} request {result.number}.", True

    def look(self) -> None:
        """Offer what waits by now, and show what became of the rest."""
        self.offer("request", self._waiting())
        for button in (self.button, self.denial):
            button.disabled = self.fields["request"].value == NOTHING[1]
        self.table.value = self.html()

    def html(self) -> str:
        """Every request, where no kernel runs."""
        rows = self._rows()
        if not rows:
            return page("<p>No client has asked a person yet.</p>")
        return page(table(HEADER, rows, caption=self.title))

    def text(self) -> str:
        """The same as text."""
        rows = [tuple(map(visible_text, row)) for row in self._rows()]
        told = columns([HEADER, *rows]) if rows else "No client has asked a person yet."
        return f"{self.title} [{self.action}]\n{told}\n{self.said}".rstrip()

    def _chosen(self) -> int:
        number: int = self.fields["request"].value
        if number == NOTHING[1]:
            raise AnswerError("Nothing waits for an answer.", about="request")
        return number

    def _waiting(self) -> list[tuple[str, int]]:
        waiting = self.realm.backchannel.waiting()
        return [(each.words, each.number) for each in waiting] or [NOTHING]

    def _rows(self) -> list[tuple[str, ...]]:
        requests = list(self.realm.backchannel)[-MOST:]
        return [
            (
                str(each.number),
                each.client_id,
                each.user,
                each.binding_message,
                " ".join(each.scope),
                self.realm.backchannel.state_of(each),
            )
            for each in requests
        ]
