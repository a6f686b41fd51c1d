"""Lay a token open, and hold two or three of them against each other."""

from typing import Any

import ipywidgets

from workbench.agent.client import Call, Transcript
from workbench.agent.pasted import inspect_pasted, token_in
from workbench.am.realm import Realm
from workbench.am.tokens.inspection import Inspection
from workbench.errors import NotYet
from workbench.forms.parts.form import Form, make_field, quiet
from workbench.views.chain.face import chain_html, chain_text
from workbench.views.page.html import page
from workbench.views.tokens.claims import act_of
from workbench.views.tokens.compare import compare, comparison_html, comparison_text
from workbench.views.tokens.seen import Exchanged, came_from, known_tokens
from workbench.views.tokens.token import token_html, token_text

NONE = ("(none)", "")
LATEST = ("(the latest)", "")
BESIDE = "Compare with the token it was exchanged for"
NOTHING = "No token has been issued yet. Paste one, or send a request."


class TokenForm(Form):
    """Lays a token open; ``wb.inspect`` and ``wb.compare`` do the same.

    Args:
        realm: Whose tokens, and whose clock.
        transcript: Where the tokens come from.
        values: Fields to fill in: ``token``, ``subject``, ``actor``, ``pasted``.

    Raises:
        SettingError: There is no such field.
    """

    title = "Token inspector"
    action = "Inspect"
    no_page = "AM has no page for this: it has an introspection endpoint."

    def __init__(self, realm: Realm, transcript: Transcript, **values: Any) -> None:
        self.realm, self.transcript = realm, transcript
        self.output = quiet(ipywidgets.HTML)()
        self.beside = ipywidgets.Button(
            description=BESIDE,
            tooltip="What the exchange kept, changed, added and dropped.",
            layout=ipywidgets.Layout(
                width="auto", align_self="flex-start", display="none"
            ),
        )
        self.beside.on_click(lambda _button: self.attempt(self.compare_with_origin))
        super().__init__(values)
        for field in self.fields.values():
            field.observe(lambda _change: self.attempt(self.draw), "value")
        realm.watchers.add(self)
        transcript.watchers.add(self)
        self.look()

    def make_fields(self) -> dict[str, Any]:
        """Which token, and which ones beside it."""
        choice = ipywidgets.Dropdown
        return {
            "token": make_field(
                choice, "Token", "One that the bench has seen.", options=[LATEST]
            ),
            "pasted": make_field(
                ipywidgets.Textarea,
                "or paste one",
                "A JWT or an opaque value; it counts instead of the one above.",
                rows=2,
            ),
            "subject": make_field(
                choice,
                "Compare with (its subject token)",
                "What the exchange kept, changed, added and dropped.",
                options=[NONE],
            ),
            "actor": make_field(
                choice,
                "and with (its actor token)",
                "A third token beside the two.",
                options=[NONE],
            ),
        }

    def body(self) -> list[Any]:
        """The fields and what they show, which needs no button but to compare."""
        return [*self.fields.values(), self.beside, self.output]

    def submit(self) -> Inspection:
        """Lay the token open.

        Raises:
            NotYet: There is none.
        """
        found = self._chosen("token", "token")
        if found is None:
            raise NotYet(NOTHING)
        self.value = found
        return found

    def lay_open(self, value: str) -> None:
        """Show this token: choose it, or paste it where it is not among the known."""
        known = [each for _, each in self.token.options]
        self.pasted.value = "" if value in known else value
        if value in known:
            self.token.value = value

    def done(self, result: Any) -> tuple[str, bool]:
        """What to say of a token."""
        return f"Inspected: it is {result.state}.", True

    def draw(self) -> None:
        """Show the token chosen, and the comparison; offer one after an exchange."""
        self.output.value = self.output_html()
        offered = not self.subject.value and self._origin() is not None
        self.beside.layout.display = "" if offered else "none"

    def compare_with_origin(self) -> None:
        """Hold the token against those that its exchange was asked with.

        Raises:
            NotYet: No exchange is known that gave it.
        """
        origin = self._origin()
        if origin is None:
            raise NotYet("No exchange of this bench gave this token.")
        self._fill("subject", origin.subject)
        self._fill("actor", origin.actor)

    def look(self) -> None:
        """Offer the tokens seen by now; times count against the clock of now."""
        known = known_tokens(self.transcript, self.realm)
        offered = [(each.label, each.value) for each in known]
        self.offer("token", [LATEST, *offered])
        for name in ("subject", "actor"):
            self.offer(name, [NONE, *offered])
        self.draw()

    def output_html(self) -> str:
        """The token, its chain of actors, and the comparison."""
        token = self._chosen("token", "token")
        if token is None:
            return page(f"<p>{NOTHING}</p>")
        parts = [token_html(token)]
        if act_of(token) is not None:
            parts.append(chain_html([token], title="Who acts for whom"))
        pair = self._pair()
        if pair is not None:
            parts.append(comparison_html(compare(pair[0], pair[1], token)))
        return "".join(parts)

    def html(self) -> str:
        """What is shown, where no kernel runs."""
        return self.output_html()

    def text(self) -> str:
        """The same as text."""
        token = self._chosen("token", "token")
        if token is None:
            return NOTHING
        parts = [token_text(token)]
        if act_of(token) is not None:
            parts.append(chain_text([token]))
        pair = self._pair()
        if pair is not None:
            parts.append(comparison_text(compare(pair[0], pair[1], token)))
        return "\n\n".join(parts)

    def _pair(self) -> tuple[Inspection, Inspection | None] | None:
        subject = self._chosen("subject", "subject token")
        actor = self._chosen("actor", "actor token")
        if subject is None:
            return None if actor is None else (actor, None)
        return subject, actor

    def _origin(self) -> Exchanged | None:
        """What the token that is shown was exchanged for."""
        value = token_in(self.pasted.value).token or self.token.value
        if not value:
            latest = known_tokens(self.transcript, self.realm, most=1)
            value = latest[0].value if latest else ""
        return came_from(self.transcript, value) if value else None

    def _chosen(self, name: str, label: str) -> Inspection | None:
        value = self.fields[name].value
        if name == "token":
            value = self.fields["pasted"].value.strip() or value
            if not value:
                latest = known_tokens(self.transcript, self.realm, most=1)
                return latest[0].opened if latest else None
        return inspect_pasted(self.realm, value, label) if value else None

    def _fill(self, name: str, given: Any) -> None:
        value = given.access_token if isinstance(given, Call) else given
        if name == "token":
            name = "pasted"
        elif name in ("subject", "actor"):
            field = self.fields[name]
            if value not in [each for _, each in field.options]:
                field.options = [*field.options, ("given", value)]
        super()._fill(name, value)
