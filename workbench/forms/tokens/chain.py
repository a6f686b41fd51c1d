"""A chain of tokens, drawn."""

from typing import Any

import ipywidgets
import traitlets

from workbench.agent.client import Call, Transcript
from workbench.agent.pasted import inspect_pasted
from workbench.agent.repair import exchanges, last_exchange
from workbench.am.reading.read_token import inspect_token
from workbench.am.realm import Realm
from workbench.am.tokens.inspection import Inspection
from workbench.errors import NotYet
from workbench.forms.graph import chain_graph
from workbench.forms.parts.form import Form
from workbench.views.calls.transcript import client
from workbench.views.chain.face import chain_html, chain_text
from workbench.views.chain.refused import Attempt
from workbench.views.tokens.seen import known_tokens


class ChainForm(Form):
    """Draws who acts for whom, as ``wb.chain`` does; by default in the last exchange.

    Where a kernel runs, hover or focus shows a token, and a click chooses it: then
    it is the form's ``value``.

    Args:
        realm: Whose tokens.
        transcript: Where the tokens come from.
        tokens: Those to draw, in order of issue, themselves or as the calls that
            brought them; without any, those of the last exchange.

    Raises:
        NotYet: One of the calls brought no token.

    Attributes:
        refused: Whether refused attempts are drawn too.
        chosen: The chosen token itself, or "".
    """

    chosen = traitlets.Unicode("")

    title = "Who acts for whom"
    no_page = "AM has no page for this: it stands in the act claims of tokens."

    def __init__(
        self, realm: Realm, transcript: Transcript, *tokens: str | Call
    ) -> None:
        self.realm, self.transcript = realm, transcript
        self.given = [
            (each.access_token if isinstance(each, Call) else each, f"token {number}")
            for number, each in enumerate(tokens, start=1)
        ]
        self.graph = chain_graph()
        self.refused = ipywidgets.Checkbox(
            description="Show attempts that were refused", indent=False
        )
        super().__init__({})
        self.refused.observe(lambda _change: self.refresh(), "value")
        self.graph.observe(self._chosen, "token")
        realm.watchers.add(self)
        transcript.watchers.add(self)
        self.look()

    def body(self) -> list[Any]:
        """The picture, and whether refused attempts are in it."""
        return [self.refused, self.graph]

    def submit(self) -> list[Inspection]:
        """The tokens that are drawn, in order of issue."""
        return [
            inspect_pasted(self.realm, value, label) for value, label in self._values()
        ]

    def _values(self) -> list[tuple[str, str]]:
        """Each token itself, and what to call it."""
        if self.given:
            return self.given
        try:
            call = last_exchange(self.transcript, self.realm)
        except NotYet:
            latest = known_tokens(self.transcript, self.realm, most=2)
            return [(each.value, each.opened.label) for each in reversed(latest)]
        sent = dict(call.form)
        values = [
            (sent[name], name.replace("_", " "))
            for name in ("actor_token", "subject_token")
            if name in sent
        ]
        if call.status == 200:
            values.append((call.access_token, "exchanged token"))
        return values

    def attempts(self) -> list[Attempt]:
        """The exchanges that were refused, where they are to be shown."""
        if not self.refused.value:
            return []
        calls = exchanges(self.transcript, self.realm)
        events = self.realm.audit.exchanges
        rules = [e.decision.refusal if e.decision else None for e in events]
        short = self.transcript.left_out or self.realm.audit.left_out
        if len(rules) != len(calls) or short:  # from elsewhere, or got not so far
            rules = [None] * len(calls)
        return [
            self._attempt(call, rule.rule if rule else "")
            for call, rule in zip(calls, rules, strict=True)
            if call.status != 200
        ]

    def look(self) -> None:
        """Draw the tokens as they are by now."""
        self.graph.show(self.submit(), self.attempts())

    def html(self) -> str:
        """The picture, where no kernel runs."""
        return chain_html(self.submit(), attempts=self.attempts())

    def text(self) -> str:
        """The same as text."""
        return chain_text(self.submit(), attempts=self.attempts())

    def _attempt(self, call: Call, rule: str) -> Attempt:
        sent = dict(call.form)
        subject = inspect_token(self.realm, sent.get("subject_token", "")).sub
        return Attempt(client(call), subject, rule)

    def _chosen(self, change: Any) -> None:
        self.value = change["new"]
        at = None if self.value is None else self.graph.tokens.index(self.value)
        self.chosen = "" if at is None else self._values()[at][0]
