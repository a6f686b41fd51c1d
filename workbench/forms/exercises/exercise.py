"""The form of an exercise; ``check``, ``hint`` and ``solution`` do the same."""

from collections.abc import Callable
from typing import Any

import ipywidgets

from workbench.course.exercises.check import check, hint, hints_told, solution
from workbench.course.exercises.exercise import Prediction
from workbench.course.exercises.faces import (
    outcome_html,
    outcome_text,
    title_of,
    told_html,
    told_text,
)
from workbench.course.exercises.outcome import Outcome, Told
from workbench.forms.parts.form import FORM_CSS, Form, make_field
from workbench.views.page.card import folded
from workbench.views.page.html import bad, escape, good, page
from workbench.views.page.style import style

NOT_CHOSEN = "Choose an answer first."
READ_OUT = "wb-heard"
"""The class of a line for those who listen; whoever looks sees the same elsewhere."""

ASK, SURE, SHOWN = "Solution", "Show the answer now", "Solution shown"


class ExerciseForm(Form):
    """Asks for an answer and says what is right and what is missing.

    Args:
        outcome: What a check said; the form goes on from there.
    """

    action = "Check"

    def __init__(self, outcome: Outcome) -> None:
        self.outcome = outcome
        self.answer: Told | None = None
        self.findings = ipywidgets.HTML()
        self.told = ipywidgets.HTML()
        self.hint = ipywidgets.Button(description="Hint")
        self.hint.on_click(lambda _button: self.report(self.tell_hint))
        self.ask = ipywidgets.Button(description=ASK)
        self.ask.on_click(lambda _button: self.report(self.tell_solution))
        super().__init__({})
        *above, findings, told, status = self.children
        self.children = (*above, status, findings, told)
        self.value = outcome
        self.look()

    @property
    def number(self) -> str:
        """The exercise's number."""
        return self.outcome.number

    def make_fields(self) -> dict[str, Any]:
        """The choices of a prediction; what is practised is done on the bench."""
        chosen = self.outcome.exercise
        if not isinstance(chosen, Prediction):
            return {}
        choices = make_field(
            ipywidgets.RadioButtons,
            "Your answer",
            "What will happen?",
            options=chosen.choices,
            value=None,
        )
        return {"answer": choices}

    def body(self) -> list[Any]:
        """The choices, the buttons, and what was said by now."""
        buttons = ipywidgets.HBox([self.button, self.hint, self.ask])
        buttons.add_class("wb-row")
        return [*self.fields.values(), buttons, self.findings, self.told]

    def submit(self) -> Outcome:
        """Look at what is answered, or at the bench, as ``check`` does."""
        field = self.fields.get("answer")
        self.outcome = check(self.number, field.value if field else None)
        self.value = self.outcome
        return self.outcome

    def tell_hint(self) -> Told:
        """The next hint of three, below those before."""
        return hint(self.number)

    def tell_solution(self) -> Told | None:
        """Ask whether the answer shall be told; once asked again, tell it."""
        if self.ask.description == ASK:
            self.ask.description = SURE
            return None
        self.ask.description, self.ask.disabled = SHOWN, True
        self.answer = solution(self.number)
        return self.answer

    def report(self, work: Callable[[], Any]) -> None:
        """Say how it went; what is seen below anyway is only read out."""
        self.status.remove_class(READ_OUT)
        super().report(work)

    def done(self, result: Any) -> tuple[str, bool]:
        """What came of a press."""
        self.look()
        if isinstance(result, Told) or (result is not None and self.findings.value):
            self.status.add_class(READ_OUT)
        if isinstance(result, Outcome):
            if self.fields and self.fields["answer"].value is None:
                return (NOT_CHOSEN, False) if not result.before else ("Solved.", True)
            return f"Exercise {self.number}: {result.state}.", result.solved
        if result is None:
            return "Press once more and the answer is told.", True
        return f"{result.title}.", True

    def look(self) -> None:
        """Show how it stands by now."""
        self.findings.value = self._findings_html()
        self.told.value = self._told_html()
        chosen = self.outcome.exercise
        every = chosen is not None and len(chosen.hints) <= len(hints_told(self.number))
        self.hint.disabled = every
        self.show_heading()

    def html(self) -> str:
        """The check, and what was told, where no kernel runs."""
        return outcome_html(self.outcome) + self._told_html()

    def text(self) -> str:
        """The same as text."""
        answer = [self.answer] if self.answer else []
        told = [told_text(each) for each in (*hints_told(self.number), *answer)]
        return "\n".join([outcome_text(self.outcome), *told])

    def _head(self) -> str:
        return f"{style(FORM_CSS)}<h3>{escape(title_of(self.outcome))}</h3>"

    def _findings_html(self) -> str:
        outcome = self.outcome
        if self.fields and self.fields["answer"].value is None and not outcome.solved:
            return ""
        rows = [f"<li>{good('right')} {escape(each)}</li>" for each in outcome.right]
        rows += [f"<li>{bad('not yet')} {escape(s)}</li>" for s in outcome.missing]
        also = [f"<p>{escape(s)}</p>" for s in (outcome.then, outcome.note) if s]
        return page(f"<ul>{''.join(rows)}</ul>{''.join(also)}")

    def _told_html(self) -> str:
        told = "".join(map(told_html, hints_told(self.number)))
        if self.answer is not None:
            told += page(folded("One answer", told_html(self.answer), shut=False))
        return told
