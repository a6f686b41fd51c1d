"""The last exchange rule by rule, and what would make a failed rule pass."""

from typing import Any

import ipywidgets

from workbench.agent.client import AgentClient, Call, Transcript
from workbench.agent.repair import last_exchange, remedies_of, repair
from workbench.am.exchange.decision import Decision
from workbench.am.exchange.remedies.remedy import Remedy
from workbench.am.realm import Realm
from workbench.errors import NotYet
from workbench.forms.parts.form import Form
from workbench.forms.requests.offers import Offers, advice_html, advice_text
from workbench.views.calls.call import is_refused, status_line
from workbench.views.decision import (
    decision_html,
    decision_text,
    rules_html,
    verdict_html,
)
from workbench.views.page.html import page

NOTHING = "No token has been exchanged yet."


class DecisionForm(Form):
    """Shows the last decision; one button does what most likely mends a refusal.

    ``wb.decision``, ``wb.remedies()`` and ``wb.repair()`` are the same, and
    ``wb.repair(remedy)`` any of the other ways.

    Args:
        realm: Whose last exchange.
        client: Sends the exchange again.
        transcript: Where the exchange is found.

    Attributes:
        value: The last call that was sent again.
    """

    title = "The last exchange, rule by rule"
    action = "Send it again"
    no_page = "AM has no page for this: it answers, and says little of why."

    def __init__(
        self, realm: Realm, client: AgentClient, transcript: Transcript
    ) -> None:
        self.realm, self.client, self.transcript = realm, client, transcript
        self.verdict, self.rules = ipywidgets.HTML(), ipywidgets.HTML()
        self.offers = Offers(lambda each: self.report(lambda: self.repair(each)))
        self._did = ""
        self._shown: tuple[Any, ...] = ()
        super().__init__({})
        *above, status = self.children
        self.children = (*above[:-1], status, self.rules)
        realm.watchers.add(self)
        self.look()

    def body(self) -> list[Any]:
        """The verdict, what can be done about it, and the rules."""
        return [self.verdict, self.offers, self.button, self.rules]

    @property
    def decision(self) -> Decision | None:
        """The last decision, or None."""
        try:
            return self.realm.audit.decision
        except NotYet:
            return None

    def submit(self) -> Call:
        """Send the last exchange again as it was.

        Raises:
            NotYet: There was none.
        """
        self._did = ""
        self.value = self.client.again(last_exchange(self.transcript, self.realm), {})
        return self.value

    def repair(self, remedy: Remedy) -> Call:
        """Do what a remedy says, then send the last exchange again.

        Raises:
            NotYet: There was no exchange, or a new token was refused.
            RegistrationError: The client it is about is gone.
        """
        call = last_exchange(self.transcript, self.realm)
        self._did = remedy.did
        self.value = repair(remedy, call, self.realm, self.client)
        return self.value

    def done(self, result: Any) -> tuple[str, bool]:
        """What was done, and what the server said this time."""
        refused, decision = is_refused(result), self.decision
        answer = f"{'refused' if refused else 'granted'}, {status_line(result)}."
        if refused and decision is not None and decision.refusal is not None:
            answer = f"{answer} The rule: {decision.refusal.rule}."
        return f"{self._did} Sent again: {answer}".lstrip(), not refused

    def look(self) -> None:
        """Show the last decision; offer what can be done about it."""
        decision = self.decision
        now = (decision, self._remedies() if decision else {})
        if now == self._shown:
            return
        if self._shown and decision != self._shown[0]:
            self.hush()  # it was said of another exchange
        self._shown = now
        self.button.layout.display = "none" if decision is None else ""
        if decision is None:
            self.verdict.value = page(f"<p>{NOTHING}</p>")
            self.rules.value = ""
            self.offers.show(None, {})
            return
        self.verdict.value = verdict_html(decision)
        self.rules.value = rules_html(decision)
        self.offers.show(decision, now[1])
        self.button.button_style = "" if self.offers.fix else "primary"

    def html(self) -> str:
        """The rules and the advice, where no kernel runs."""
        decision = self.decision
        if decision is None:
            return page(f"<p>{NOTHING}</p>")
        return decision_html(decision) + advice_html(decision, self._remedies())

    def text(self) -> str:
        """The same as text."""
        decision = self.decision
        if decision is None:
            return NOTHING
        advice = advice_text(decision, self._remedies())
        return f"{decision_text(decision)}\n{advice}".rstrip()

    def _remedies(self) -> dict[str, tuple[Remedy, ...]]:
        return remedies_of(self.realm)
