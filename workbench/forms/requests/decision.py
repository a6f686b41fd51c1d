"""The last exchange rule by rule, and what would make a failed rule pass."""

from collections.abc import Iterator
from typing import Any

import ipywidgets

from workbench.agent.client import AgentClient, Call, Transcript
from workbench.agent.repair import last_exchange, remedies_of, repair
from workbench.am.exchange.decision import Decision
from workbench.am.exchange.remedies.remedy import Remedy
from workbench.am.realm import Realm
from workbench.errors import NotYet
from workbench.forms.parts.form import Form
from workbench.views.calls.call import is_refused, status_line
from workbench.views.decision import (
    decision_html,
    decision_text,
    rules_html,
    verdict_html,
)
from workbench.views.page.html import code, escape, page

NOTHING = "No token has been exchanged yet."


class DecisionForm(Form):
    """Shows the last decision; a button repairs what one setting can repair.

    ``wb.decision``, ``wb.remedies()`` and ``wb.repair(remedy)`` are the same.

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
        self.offers = ipywidgets.VBox([])
        self._shown: tuple[Any, ...] = ()
        super().__init__({})
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
        self.value = self.client.again(last_exchange(self.transcript, self.realm), {})
        return self.value

    def repair(self, remedy: Remedy) -> Call:
        """Do what a remedy says, then send the last exchange again.

        Raises:
            NotYet: There was no exchange, or a new token was refused.
            RegistrationError: The client it is about is gone.
        """
        call = last_exchange(self.transcript, self.realm)
        self.value = repair(remedy, call, self.realm, self.client)
        return self.value

    def done(self, result: Any) -> tuple[str, bool]:
        """What the server said this time."""
        return f"Sent again: {status_line(result)}.", not is_refused(result)

    def look(self) -> None:
        """Show the last decision; offer what can be done about it."""
        decision = self.decision
        now = (decision, self._remedies() if decision else {})
        if now == self._shown:
            return
        self._shown = now
        self.button.layout.display = "none" if decision is None else ""
        if decision is None:
            self.verdict.value = page(f"<p>{NOTHING}</p>")
            self.rules.value, self.offers.children = "", ()
            return
        self.verdict.value = verdict_html(decision)
        self.rules.value = rules_html(decision)
        self.offers.children = tuple(self._offers(decision))

    def html(self) -> str:
        """The rules and the advice, where no kernel runs."""
        decision = self.decision
        if decision is None:
            return page(f"<p>{NOTHING}</p>")
        advice = "".join(
            _advice_html(rule, found) for rule, found in self._remedies().items()
        )
        return decision_html(decision) + (page(advice) if advice else "")

    def text(self) -> str:
        """The same as text."""
        decision = self.decision
        if decision is None:
            return NOTHING
        lines = [decision_text(decision)]
        for rule, found in self._remedies().items():
            lines.append(f"To make this pass: {rule}")
            lines += [f"  - {each.text}" for each in found]
        return "\n".join(lines)

    def _remedies(self) -> dict[str, tuple[Remedy, ...]]:
        return remedies_of(self.realm)

    def _offers(self, decision: Decision) -> Iterator[Any]:
        """For each failed rule a heading, then a line for each remedy."""
        numbers = {check.rule: n for n, check in enumerate(decision.checks, 1)}
        for rule, found in self._remedies().items():
            heading = f"What would make rule {numbers.get(rule, '')} pass: {rule}"
            yield ipywidgets.HTML(page(f"<p><b>{escape(heading)}</b></p>"))
            yield from map(self._offer_one, found)

    def _offer_one(self, remedy: Remedy) -> Any:
        text = ipywidgets.HTML(page(_remedy_html(remedy)))
        if not remedy.applicable:
            return text
        text.layout.flex = "1 1 20em"
        button = ipywidgets.Button(
            description=_action(remedy),
            tooltip=remedy.text,
            layout=ipywidgets.Layout(width="auto"),
        )
        button.add_class("wb-remedy")
        button.on_click(lambda _button: self.report(lambda: self.repair(remedy)))
        return ipywidgets.HBox(
            [button, text], layout=ipywidgets.Layout(flex_flow="row wrap")
        )


def _action(remedy: Remedy) -> str:
    return "Apply and send again" if remedy.where else "Renew and send again"


def _remedy_html(remedy: Remedy) -> str:
    call = f"<br><small>{code(remedy.call)}</small>" if remedy.call else ""
    return f"<p>{escape(remedy.text)}{call}</p>"


def _advice_html(rule: str, found: tuple[Remedy, ...]) -> str:
    items = "".join(f"<li>{escape(each.text)}</li>" for each in found)
    return f"<p>To make this pass: <b>{escape(rule)}</b></p><ul>{items}</ul>"
