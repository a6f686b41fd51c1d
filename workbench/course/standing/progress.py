"""What a learner has solved of all there is, and the code that says so to a trainer."""

from dataclasses import dataclass

from workbench.course.learner.record import solved_numbers
from workbench.course.standing.code import written
from workbench.course.standing.faces import progress_html, progress_text
from workbench.course.standing.parts import CoursePart, parts
from workbench.views.page.attached import attach_printed


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a learner is, as the folder's record has it.

    Attributes:
        parts: The lessons, the labs, and a trainer's own exercises.
        solved: What the record names.
    """

    parts: tuple[CoursePart, ...]
    solved: frozenset[str]

    def of(self, part: CoursePart) -> int:
        """How many of a part's tasks are solved."""
        return sum(task.key in self.solved for task in part.tasks)

    @property
    def total(self) -> int:
        """How many tasks are solved."""
        return sum(map(self.of, self.parts))

    @property
    def most(self) -> int:
        """How many tasks there are."""
        return sum(len(part.tasks) for part in self.parts)

    def code(self, name: str, *, key: str = "") -> str:
        """A short code for a trainer, which ``workbench class verify`` reads.

        It has the name, today's date, what is solved and a checksum. It guards
        against slips: a letter that is lost, or somebody else's line. It is no proof:
        whoever reads the program can write one, and a record is a file that one may
        edit. With a class key it takes at least that key.

        Args:
            name: Yours, as the trainer knows it; at most 40 characters.
            key: The class key, if the trainer gave one; else that of the environment
                variable ``WORKBENCH_CLASS_KEY``.

        Raises:
            ClassCodeError: The name is empty, too long, or has control characters.
        """
        return written(name, self.solved, self.parts, key=key)


def progress() -> Standing:
    """How far you are: lessons, exercises and labs."""
    return Standing(parts(), solved_numbers())


attach_printed(Standing, progress_html, progress_text)
