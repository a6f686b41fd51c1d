"""What an exercise is: a question, a bench to answer it on, and what to look at."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import ClassVar

from workbench.course.exercises.look import Look, Observation
from workbench.course.on_bench import Bench

PREDICT = "predict, then run"
MAKE_IT_PASS = "make it pass"
BREAK_ONE_RULE = "break exactly one rule"
WRITE_THE_SCRIPT = "write the script"
FORMS = (PREDICT, MAKE_IT_PASS, BREAK_ONE_RULE, WRITE_THE_SCRIPT)


def nothing(bench: Bench) -> None:
    """Leave the bench as it is: nobody registered, AI agents off."""


@dataclass(frozen=True, slots=True)
class Wrong:
    """An answer that people give, and what the check must say of it.

    Attributes:
        answer: Code for the answer cell.
        says: A part of what is said to be missing.
    """

    answer: str
    says: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Exercise:
    """A question to a learner; its repr gives no answer away.

    Attributes:
        number: The lesson's, a dot, and its own, such as ``3.2``.
        title: In a few words.
        task: What is asked, in Markdown, one sentence a line.
        prepare: What the bench of the exercise has at the start.
        hints: Three, each telling more; the last nearly tells all.
    """

    form: ClassVar[str]
    number: str
    title: str
    task: str
    prepare: Callable[[Bench], object] = field(default=nothing, repr=False)
    hints: tuple[str, str, str] = field(repr=False)

    @property
    def lesson(self) -> str:
        """The lesson's number, in two digits."""
        return self.number.partition(".")[0].zfill(2)


@dataclass(frozen=True, slots=True, kw_only=True)
class Prediction(Exercise):
    """Say what will happen; then it is done, and the answer is held against it.

    Attributes:
        choices: What one may answer.
        run: Does it on the bench, and gives the choice that came true.
        because: For each other choice, why it is not so, without telling what is.
        then: What came, and why, said once the answer is right.
    """

    form: ClassVar[str] = PREDICT
    choices: tuple[str, ...]
    run: Callable[[Bench], str] = field(repr=False)
    because: Mapping[str, str] = field(repr=False)
    then: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Practice(Exercise):
    """Do something on the bench, so that it then is as the task says.

    Attributes:
        form: ``make it pass``, ``break exactly one rule`` or ``write the script``.
        begin: What stands in the answer cell below ``wb = start(...)``: names to
            work with, and a comment where the answer goes.
        look: Looks at what was done, and says what is right and what is missing.
        solution: Code for the answer cell, below what stands there.
        wrong: At least two answers that people give.
    """

    form: str  # type: ignore[misc]  # here each value has its own
    begin: str = "# Your answer here."
    look: Callable[[Look], Iterable[Observation]] = field(repr=False)
    solution: str = field(repr=False)
    wrong: tuple[Wrong, ...] = field(repr=False)

    def cell(self, answer: str = "") -> str:
        """The source of the answer cell, with an answer or without."""
        parts = [f'wb = start("{self.number}")', self.begin, answer.strip()]
        return "\n".join(part for part in parts if part)
