"""What a check says, and what a hint or a solution tells."""

from dataclasses import dataclass

from workbench.course.exercises.exercise import Exercise
from workbench.course.exercises.look import Observation


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a check says.

    Attributes:
        number: The exercise's.
        exercise: The exercise, or None where there is none of this number.
        findings: What is right, and what is missing.
        then: What is said once it is solved.
        before: Whether it was solved already, as the learner's folder has it.
        note: What else the learner should know, or "".
    """

    number: str
    exercise: Exercise | None
    findings: tuple[Observation, ...]
    then: str = ""
    before: bool = False
    note: str = ""

    @property
    def solved(self) -> bool:
        """Whether nothing is missing."""
        return bool(self.findings) and all(each.right for each in self.findings)

    @property
    def state(self) -> str:
        """How it stands, in words."""
        if self.solved:
            return "solved"
        return "solved before, not as it is now" if self.before else "not yet"

    @property
    def right(self) -> tuple[str, ...]:
        """What is as asked."""
        return tuple(each.says for each in self.findings if each.right)

    @property
    def missing(self) -> tuple[str, ...]:
        """What is not yet as asked."""
        return tuple(each.says for each in self.findings if not each.right)


@dataclass(frozen=True, slots=True)
class Told:
    """Something said about an exercise: a hint, a solution, or why there is none.

    Attributes:
        title: What it is, such as ``Hint 1 of 3 for exercise 3.2``.
        text: In Markdown's plain form.
        code: Code for the answer cell, or "".
    """

    title: str
    text: str
    code: str = ""
