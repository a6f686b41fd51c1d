"""Build a token request, see what would be sent, send it, read the answer."""

from collections.abc import Mapping
from typing import Any

import ipywidgets

from workbench.agent.client import AgentClient, Call, Draft, Transcript
from workbench.agent.pasted import code_in, inspect_pasted, token_in
from workbench.am.basics.secrets import SECRETS
from workbench.am.realm import Realm
from workbench.am.tokens.token import ACCESS_TOKEN, ID_TOKEN
from workbench.errors import SettingError
from workbench.forms.parts.form import Form, quiet
from workbench.forms.requests.fields import (
    LEFT_OUT,
    ONLY,
    PASTED,
    TOKENS,
    TYPED,
    request_fields,
)
from workbench.views.calls.call import (
    answer_html,
    call_html,
    call_text,
    is_refused,
    status_line,
)
from workbench.views.calls.curl import curl
from workbench.views.page.html import block, code, escape, page, table
from workbench.views.page.plain import disclosed_value, inline
from workbench.views.tokens.seen import known_tokens

MOST_CLIENTS = 200
"""How many clients and users are suggested; any other can be typed."""

_SENT_KINDS = ("access_token", "id_token")


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
        super().__init__(values)
        self.whole = ipywidgets.Checkbox(
            description="Show secrets and whole tokens", indent=False
        )
        for name in TYPED:
            self.fields[name].observe(self._typed, "value")
        for field in (*self.fields.values(), self.whole):
            field.observe(lambda _change: self.attempt(self.look_ahead), "value")
        self._columns()
        realm.watchers.add(self)
        transcript.watchers.add(self)
        self.look()

    def make_fields(self) -> dict[str, Any]:
        """A field for each parameter."""
        return request_fields()

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
        said = [f"{word}. {status_line(result)}.", *self._pasted_notes()]
        return " ".join(said), not refused

    def show(self, call: Call) -> None:
        """Show a call and its answer."""
        self.value = call
        self.answer.value = answer_html(call)

    def fill(self, call: Call) -> None:
        """Take the parameters of a call over into the fields."""
        sent: dict[str, list[str]] = {}
        for name, value in call.form:
            sent.setdefault(name, []).append(value)
        for name, field in self.fields.items():
            values = sent.pop(name, [""])
            if name in TOKENS:
                self._choose(name, values[0])
            elif name == "grant_type" or not (name in SECRETS or "_pasted" in name):
                field.value = " ".join(values)
        rest = [f"{name}={value}" for name in sent for value in sent[name]]
        self.fields["more"].value = "\n".join(rest)

    def form(self) -> dict[str, str | list[str]]:
        """The parameters that would be sent."""
        only = {name for names in ONLY.values() for name in names}
        used = ONLY.get(self.grant_type.value, ())
        form: dict[str, str | list[str]] = {}
        for name in self.fields:
            if name not in only or name in used:
                value = self._value(name)
                if value:
                    form[name] = value
        return {**form, **self._more()}

    def draft(self) -> Draft:
        """The request that would be sent."""
        return Draft(self.client.draft("access_token", self.form()))

    def look_ahead(self) -> None:
        """Show the form body and the command as they stand."""
        used = ONLY.get(self.grant_type.value, ())
        for names in ONLY.values():
            for name in names:
                self._display(name, name in used)
        draft, whole = self.draft(), self.whole.value
        rows = [
            (code(name), code(inline(value if whole else disclosed_value(name, value))))
            for name, value in draft.form
        ]
        body = table(("Parameter", "Value"), rows, caption="Form body", widths=(32, 68))
        command = block(curl(draft, hidden=not whole))
        note = "" if whole else "<small>Secrets are hidden, tokens cut short.</small>"
        pasted = "".join(f"<p>{escape(each)}</p>" for each in self._pasted_notes())
        url = code(draft.url)
        self.preview.value = page(
            f"<p><b>POST</b> {url}</p>{pasted}{body}"
            f"<p><b>The same with curl</b> {note}</p>{command}"
        )

    def look(self) -> None:
        """Offer the clients and tokens that there are by now."""
        for field, known_names in ((self.client_id, self.realm.clients),
                                   (self.username, self.realm.users)):  # fmt: skip
            names = tuple(known_names)[:MOST_CLIENTS]
            if tuple(field.options) != names:
                field.options = names
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
        if self.value is not None:
            parts.append(call_text(self.value))
        return "\n\n".join(parts)

    def html(self) -> str:
        """The same where no kernel runs."""
        parts = [super().html()]
        if self.value is not None:
            parts.append(call_html(self.value))
        return "".join(parts)

    def _columns(self) -> None:
        """The fields and the answer on the left, beside them what is sent."""
        heading, *fields, status = self.children
        for field in self.fields.values():
            field.style.description_width = "11em"
        left = ipywidgets.VBox([*fields, status, self.answer])
        right = ipywidgets.VBox([self.whole, self.preview])
        left.layout.flex, right.layout.flex = "1 1 30em", "1 1 30em"
        for column in (left, right):
            column.layout.min_width = "0"
        row = ipywidgets.HBox(
            [left, right], layout=ipywidgets.Layout(flex_flow="row wrap")
        )
        self.children = (heading, row)

    def _typed(self, change: Any) -> None:
        """A token that was chosen is sent with a type, none with none."""
        for name in TYPED:
            if self.fields[name] is change["owner"]:
                self._give_type(name)

    def _give_type(self, name: str) -> None:
        token, kind = self.fields[name], self.fields[f"{name}_type"]
        if not token.value:
            kind.value = LEFT_OUT[1]
        elif not kind.value:
            kind.value = ID_TOKEN if "ID token" in token.label else ACCESS_TOKEN

    def _display(self, name: str, used: bool) -> None:
        self.fields[name].layout.display = "" if used else "none"
        pasted = self.fields.get(f"{name}_pasted")
        if pasted is not None:
            wanted = used and self.fields[name].value == PASTED[1]
            pasted.layout.display = "" if wanted else "none"

    def _value(self, name: str) -> str | list[str]:
        """What a field sends under its name; "" for nothing."""
        value: str = self.fields[name].value
        if name == "more" or name.endswith("_pasted"):
            return ""
        if name in TOKENS and value == PASTED[1]:
            return token_in(self.fields[f"{name}_pasted"].value).token
        if name == "code":
            return code_in(value).token
        if name == "client_secret":
            return value or self._registered_secret()
        if name == "password":
            return value or self._registered_password()
        if name == "audience":
            return value.split()
        return value.strip()

    def _pasted_notes(self) -> list[str]:
        """What was taken off of pasted tokens, and what does not look like one."""
        used, found = ONLY.get(self.grant_type.value, ()), []
        for name in used:
            field = self.fields[name]
            if name in TOKENS and field.value == PASTED[1]:
                text = self.fields[f"{name}_pasted"].value
                notes = inspect_pasted(self.realm, text).notes
                found += [f"{field.description}: {note}" for note in notes]
            elif name == "code":
                found += [f"Code: {note}" for note in code_in(field.value).notes]
        return found

    def _registered_secret(self) -> str:
        client = self.realm.clients.get(self.client_id.value.strip())
        return (client.secret or "") if client else ""

    def _registered_password(self) -> str:
        user = self.realm.users.get(self.username.value.strip())
        return user.password if user else ""

    def _more(self) -> Mapping[str, str]:
        found = {}
        for line in filter(str.strip, self.fields["more"].value.splitlines()):
            name, sign, value = line.partition("=")
            if not sign or not name.strip():
                raise SettingError(
                    f"A further parameter is name=value; not {line!r}.", about="more"
                )
            found[name.strip()] = value.strip()
        return found

    def _choose(self, name: str, value: str) -> None:
        """Choose a token, or paste it where it is not among those offered."""
        offered = [each for _, each in self.fields[name].options]
        if value in offered:
            self.fields[name].value = value
        else:
            self.fields[f"{name}_pasted"].value = value
            self.fields[name].value = PASTED[1]

    def _fill(self, name: str, given: Any) -> None:
        if name in TOKENS:
            self._choose(name, given.access_token if isinstance(given, Call) else given)
            if name in TYPED:
                self._give_type(name)
        else:
            super()._fill(name, given)
