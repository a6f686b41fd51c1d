"""Build a token request, see what would be sent, send it, read the answer."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import ipywidgets

from workbench.agent.client import AgentClient, Call, Draft, Transcript
from workbench.am.clients.grant_types import TOKEN_EXCHANGE
from workbench.am.realm import Realm
from workbench.errors import NotYet, SettingError
from workbench.forms.parts.form import Form, make_field, quiet
from workbench.forms.requests.answer import answered_html, title_of
from workbench.forms.requests.fields import (
    LEFT_OUT,
    ONLY,
    PASTED,
    TOKENS,
    TYPED,
    request_fields,
)
from workbench.forms.requests.parameters import Parameters
from workbench.forms.requests.preview import LANGUAGES, preview_html
from workbench.forms.requests.proposing import ProposalLine
from workbench.views.calls.call import call_html, call_text, is_refused, status_line
from workbench.views.page.html import escape, page
from workbench.views.page.plain import disclosed_value, inline
from workbench.views.page.style import style
from workbench.views.tokens.held import held_html, held_text
from workbench.views.tokens.proposal import propose_exchange
from workbench.views.tokens.seen import known_tokens

REQUEST_CSS = Path(__file__).with_name("request.css")
LABEL_WIDTH = "11em"

_SENT_KINDS = ("access_token", "id_token")
_PROPOSED = ("client_id", *TYPED, *(f"{name}_type" for name in TYPED))


class RequestForm(Form):
    """Builds and sends a token request; ``wb.client`` sends the same.

    Args:
        realm: Knows the clients, their secrets and the tokens.
        client: Sends the request.
        transcript: Where calls are kept.
        values: Fields to fill in, by parameter name.

    Attributes:
        value: The last call.

    Raises:
        SettingError: There is no such field.
    """

    title = "Token request"
    action = "Send"
    no_page = "AM has no page for this: agents send it to the token endpoint."

    def __init__(
        self, realm: Realm, client: AgentClient, transcript: Transcript, **values: Any
    ) -> None:
        self.realm, self.client, self.transcript = realm, client, transcript
        self.preview, self.answer = quiet(ipywidgets.HTML)(), quiet(ipywidgets.HTML)()
        self.held = {name: quiet(ipywidgets.HTML)() for name in TOKENS}
        self.proposal = ProposalLine(self.take_back)
        self._before: dict[str, Any] = {}
        self._filling = False
        super().__init__(values)
        self.whole = ipywidgets.Checkbox(
            description="Show secrets and whole tokens", indent=False
        )
        self.language = make_field(
            ipywidgets.Dropdown,
            "Code",
            "The same request as code.",
            options=[*LANGUAGES],
        )
        for name in TYPED:
            self.fields[name].observe(self._typed, "value")
        self.grant_type.observe(self._grant_chosen, "value")
        for field in (*self.fields.values(), self.whole, self.language):
            field.observe(self._changed, "value")
        self._sides()
        realm.watchers.add(self)
        transcript.watchers.add(self)
        self.look()

    def make_fields(self) -> dict[str, Any]:
        """A field for each parameter."""
        fields = request_fields(self.realm)
        self.parameters = Parameters(self.realm, self.transcript, fields)
        return fields

    def _head(self) -> str:
        return f"{style(REQUEST_CSS)}{super()._head()}"

    def submit(self) -> Call:
        """Send the request as it stands.

        Raises:
            SettingError: A further parameter is not ``name=value``.
        """
        call = self.client.post("access_token", self.form())
        self.show(call)
        return call

    def done(self, result: Any) -> tuple[str, bool]:
        """What to say of the answer; the rest stands beside it."""
        refused = is_refused(result)
        word = "Refused" if refused else "Sent"
        said = [f"{word}. {status_line(result)}.", *self.parameters.notes()]
        return " ".join(said), not refused

    def show(self, call: Call) -> None:
        """Show a call and its answer."""
        self.value = call
        self.proposal.hush()
        self._show_answer()

    @property
    def is_old(self) -> bool:
        """Whether the answer that is shown is of a request that has changed since."""
        if self.value is None:
            return False
        try:
            return sorted(self.draft().form) != sorted(self.value.form)
        except SettingError:
            return True

    def _show_answer(self) -> None:
        if self.value is not None:
            title = title_of(self.transcript, self.value)
            self.answer.value = answered_html(self.value, title, old=self.is_old)

    def fill(self, call: Call) -> None:
        """Take the parameters of a call over into the fields."""
        with self._filled():
            self.parameters.take_over(call)

    def form(self) -> dict[str, str | list[str]]:
        """The parameters that would be sent.

        Raises:
            SettingError: A further parameter is not ``name=value``.
        """
        return self.parameters.form()

    def draft(self) -> Draft:
        """The request that would be sent."""
        return Draft(self.client.draft("access_token", self.form()))

    def propose(self) -> None:
        """Fill empty fields with the exchange that the tokens at hand call for.

        The client of the request before counts as empty. ``wb.propose_exchange()``
        finds the same.
        """
        if any(self.fields[name].value for name in TYPED):
            return
        typed = self.client_id.value.strip()
        sent = self.value is not None and ("client_id", typed) in self.value.form
        try:
            found = propose_exchange(self.transcript, self.realm, "" if sent else typed)
        except NotYet as problem:
            self.proposal.say(f"Nothing to propose. {problem}", proposed=False)
            return
        before = {name: self.fields[name].value for name in _PROPOSED}
        with self._filled():
            for name, value in found.items():
                self._fill(name, value)
        self._before = before
        self.proposal.say(found.why, proposed=True)

    def take_back(self) -> None:
        """Put back what stood in the fields before something was proposed."""
        with self._filled():
            for name, value in self._before.items():
                self.fields[name].value = value

    def look_ahead(self) -> None:
        """Show the form body and the code as they stand, and what tokens hold."""
        used = ONLY.get(self.grant_type.value, ())
        for names in ONLY.values():
            for name in names:
                self._display(name, name in used)
        for name, line in self.held.items():
            opened = self.parameters.opened(name) if name in used else None
            line.value = "" if opened is None else held_html(opened)
            line.layout.display = "none" if opened is None else ""
        self._show_answer()
        self.preview.value = preview_html(
            self.draft(),
            self.language.value,
            self.parameters.notes(),
            whole=self.whole.value,
        )

    def look(self) -> None:
        """Offer the clients and tokens that there are by now."""
        self.client_id.look()
        self.username.look()
        known = known_tokens(self.transcript, self.realm)
        for name in TOKENS:
            kinds = ("refresh_token",) if name == "refresh_token" else _SENT_KINDS
            offered = [(each.label, each.value) for each in known if each.kind in kinds]
            self.offer(name, [LEFT_OUT, *offered, PASTED])
        self.look_ahead()

    def shown(self) -> list[tuple[str, str]]:
        """The parameters that would be sent, secrets hidden; or why none can be."""
        try:
            form = self.draft().form
        except SettingError as problem:
            return [("Cannot be sent", problem.words)]
        return [(name, inline(disclosed_value(name, value))) for name, value in form]

    def text(self) -> str:
        """The request and its answer without a browser."""
        parts = [super().text()]
        for name in self._held_names():
            opened = self.parameters.opened(name)
            if opened is not None:
                parts.append(f"{self.fields[name].description}: {held_text(opened)}")
        if self.value is not None:
            title = title_of(self.transcript, self.value)
            parts.append(f"Answer to {title}\n{call_text(self.value)}")
        return "\n\n".join(parts)

    def html(self) -> str:
        """The same where no kernel runs."""
        parts = [super().html()]
        parts += filter(None, map(self._held_face, self._held_names()))
        if self.value is not None:
            title = escape(f"Answer to {title_of(self.transcript, self.value)}")
            parts.append(page(f"<p><b>{title}</b></p>"))
            parts.append(call_html(self.value))
        return "".join(parts)

    def _held_names(self) -> list[str]:
        return [n for n in TOKENS if n in ONLY.get(self.grant_type.value, ())]

    def _held_face(self, name: str) -> str:
        opened = self.parameters.opened(name)
        label = escape(self.fields[name].description)
        return "" if opened is None else page(f"<b>{label}</b>") + held_html(opened)

    def body(self) -> list[Any]:
        """The fields one below the other: what is sent stands beside them."""
        return [*self.fields.values(), self.button]

    def _sides(self) -> None:
        """The fields and the answer, and beside them what is sent."""
        heading, *rows, status = self.children
        for field in (*self.fields.values(), self.language):
            if hasattr(field, "widen"):
                field.widen(LABEL_WIDTH)
            else:
                field.style.description_width = LABEL_WIDTH
        rows.insert(1, self.proposal)
        for name, line in self.held.items():
            line.add_class("wb-held-line")
            rows.insert(rows.index(self.fields[f"{name}_pasted"]) + 1, line)
        left = ipywidgets.VBox([*rows, status, self.answer])
        right = ipywidgets.VBox([self.language, self.whole, self.preview])
        sides = ipywidgets.HBox([left, right])
        sides.add_class("wb-sides")
        self.children = (heading, sides)

    @contextmanager
    def _filled(self) -> Iterator[None]:
        """While the form fills its own fields, nothing is proposed."""
        self._filling = True
        try:
            yield
        finally:
            self._filling = False
            self.proposal.hush()
            self.attempt(self.look_ahead)

    def _changed(self, change: Any) -> None:
        """Follow a field; what was proposed is somebody's own by now."""
        if self._filling:
            return
        if change["owner"] in [self.fields[name] for name in _PROPOSED]:
            self.proposal.hush()
        self.attempt(self.look_ahead)

    def _grant_chosen(self, change: Any) -> None:
        if not self._filling:
            self.proposal.hush()
            if change["new"] == TOKEN_EXCHANGE:
                self.attempt(self.propose)

    def _typed(self, change: Any) -> None:
        """A token that was chosen is sent with a type, none with none."""
        for name in TYPED:
            if self.fields[name] is change["owner"]:
                self.parameters.give_type(name)

    def _display(self, name: str, used: bool) -> None:
        self.fields[name].layout.display = "" if used else "none"
        pasted = self.fields.get(f"{name}_pasted")
        if pasted is not None:
            wanted = used and self.fields[name].value == PASTED[1]
            pasted.layout.display = "" if wanted else "none"

    def _fill(self, name: str, given: Any) -> None:
        if name in TOKENS:
            token = given.access_token if isinstance(given, Call) else given
            self.parameters.choose(name, token)
            if name in TYPED:
                self.parameters.give_type(name)
        else:
            super()._fill(name, given)
