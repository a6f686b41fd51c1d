"""What would make a refused exchange pass: one fix, and the other ways folded."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import ipywidgets
from markupsafe import Markup

from workbench.agent.repair import likeliest
from workbench.am.exchange.decision import Decision
from workbench.am.exchange.remedies.remedy import Remedy
from workbench.forms.parts.fold import Fold
from workbench.views.page.card import folded
from workbench.views.page.html import code, escape, page

Remedies = Mapping[str, Sequence[Remedy]]
"""By the statement of the rule that failed."""


class Offers(ipywidgets.VBox):  # type: ignore[misc]
    """The fix that is most likely meant with its button; the rest is one click away.

    Args:
        apply: Does what a remedy says, and says how it went.

    Attributes:
        fix: The button of the fix; None where only advice can be given.
        others: The buttons of the other ways.
    """

    children: tuple[Any, ...]

    def __init__(self, apply: Callable[[Remedy], None]) -> None:
        self._apply = apply
        self.fix: ipywidgets.Button | None = None
        self.others: list[ipywidgets.Button] = []
        super().__init__([])

    def show(self, decision: Decision | None, remedies: Remedies) -> None:
        """Offer what there is for this decision; nothing where nothing failed."""
        self.fix, self.others, self.children = None, [], ()
        best = likeliest(decision, remedies)
        if decision is None or best is None:
            return
        self.fix, line = self._line(best, primary=True)
        box = ipywidgets.VBox(line)
        box.add_class("wb-card")
        box.add_class("wb-granted")
        self.children = (box, *self._folded(best, decision, remedies))

    def _folded(
        self, best: Remedy, decision: Decision, remedies: Remedies
    ) -> Iterator[Fold]:
        ways, lines = _others(best, remedies), []
        for rule, found in ways.items():
            if heading := _heading(rule, decision):
                lines.append(ipywidgets.HTML(page(f"<p>{escape(heading)}</p>")))
            for each in found:
                button, line = self._line(each)
                self.others += [button] if button else []
                lines += line
        if lines:
            yield Fold(_count(ways), lines)

    def _line(
        self, remedy: Remedy, *, primary: bool = False
    ) -> tuple[ipywidgets.Button | None, list[ipywidgets.Widget]]:
        """The sentence, and below it the button where one click does it."""
        text = ipywidgets.HTML(page(str(_remedy_html(remedy, title=primary))))
        if not remedy.applicable:
            return None, [text]
        button = ipywidgets.Button(
            description=_action(remedy, primary=primary),
            tooltip=remedy.text,
            button_style="primary" if primary else "",
            layout=ipywidgets.Layout(width="auto", align_self="flex-start"),
        )
        button.add_class("wb-remedy")
        button.on_click(lambda _button: self._apply(remedy))
        return button, [text, button]


def _action(remedy: Remedy, *, primary: bool) -> str:
    if primary:
        return "Do this and send again"
    return "Apply and send again" if remedy.where else "Renew and send again"


def _remedy_html(remedy: Remedy, *, title: bool = False) -> Markup:
    """What to do, and the same in Python."""
    call = Markup("<br><small>{}</small>").format(code(remedy.call))
    lead = Markup("<b>To make it pass:</b> ") if title else ""
    return Markup("<p>{}{}{}</p>").format(
        lead, escape(remedy.text), call if remedy.call else ""
    )


def _others(best: Remedy, remedies: Remedies) -> dict[str, list[Remedy]]:
    """All but the one that stands above, by rule."""
    left = {
        rule: [each for each in found if each is not best]
        for rule, found in remedies.items()
    }
    return {rule: found for rule, found in left.items() if found}


def _heading(rule: str, decision: Decision) -> str:
    """Which further rule failed; "" for the one that decided."""
    if decision.refusal is not None and rule == decision.refusal.rule:
        return ""
    number = 1 + [check.rule for check in decision.checks].index(rule)
    return f"Rule {number} failed, too: {rule}"


def _count(ways: Mapping[str, list[Remedy]]) -> str:
    return f"Other ways ({sum(map(len, ways.values()))})"


def advice_html(decision: Decision, remedies: Remedies) -> str:
    """The same where no kernel runs: the fix, and the other ways folded."""
    best = likeliest(decision, remedies)
    if best is None:
        return ""
    ways = _others(best, remedies)
    parts = []
    for rule, found in ways.items():
        if heading := _heading(rule, decision):
            parts.append(f"<p>{escape(heading)}</p>")
        parts += [str(_remedy_html(each)) for each in found]
    rest = folded(_count(ways), "".join(parts)) if ways else ""
    return page(f"{_remedy_html(best, title=True)}{rest}")


def advice_text(decision: Decision, remedies: Remedies) -> str:
    """The same as text."""
    best = likeliest(decision, remedies)
    if best is None:
        return ""
    lines = [f"To make it pass: {best.text}"]
    ways = _others(best, remedies)
    lines += [f"{_count(ways)}:"] if ways else []
    for rule, found in ways.items():
        lines += [f"  {heading}"] if (heading := _heading(rule, decision)) else []
        lines += [f"  - {each.text}" for each in found]
    return "\n".join(lines)
