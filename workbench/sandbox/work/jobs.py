"""What is done for one question: a script is read, looked at, or run.

All stages of it share one budget, also the second run for a text that the script
hands to eval, and the run that says which call has failed. What is found out is told
at once, so that it is known even where a later stage is killed.
"""

import time
from collections.abc import Callable
from functools import partial
from typing import Any

from workbench.sandbox.language.reading import ReadScript, read_here
from workbench.sandbox.work.acorn_parser import AcornParser
from workbench.sandbox.work.budget import Budget
from workbench.sandbox.work.run import Run, told_of
from workbench.sandbox.work.worlds import Worlds

READ, LOOK, LINT = "read", "look", "lint"

Tell = Callable[[dict[str, Any]], None]


class Jobs:
    """Does what questions ask for; knows nothing of processes.

    Args:
        quickjs: The module.
        last: JavaScript that ends the making of a world.
        clock: Tells the processor time that was used.
    """

    def __init__(
        self,
        quickjs: Any,
        last: str = "",
        clock: Callable[[], float] = time.process_time,
    ) -> None:
        self.parse = AcornParser(quickjs)
        self.worlds = Worlds(quickjs, last)
        self._clock = clock

    def prepare(self, what: str) -> None:
        """Have at hand what a question needs: a script context, or what is done."""
        self.parse.prepare()
        if what in (LOOK, LINT):
            from workbench.sandbox.lint import asked  # noqa: F401  children find it
        elif what != READ:
            self.worlds.prepare(what)

    def rehearse(self, what: str) -> None:
        """Have what was prepared at hand sooner, in a process of its own."""
        if what not in (READ, LOOK, LINT):
            self.worlds.rehearse(what)

    def do(self, line: str, question: dict[str, Any], tell: Tell) -> str | None:
        """Answer one question, or go on with one that another has left.

        Returns the question that is left, to go on with in another world; or None.

        Args:
            line: The question, as JSON.
            question: The same, read.
            tell: Takes what is found out.

        Raises:
            MemoryError: There is not enough of it.
        """
        budget = Budget(question["seconds"], self._clock)
        what = question["what"]
        if what == READ:
            read = partial(self._read, budget=budget)
            room = question["room"]
            tell({"read": {"": told_of(question["text"], read, budget, room)}})
        elif what in (LOOK, LINT):
            from workbench.sandbox.lint.asked import lint_as_asked, look

            reading = self._read(question["text"], budget)
            found = look(reading) if what == LOOK else lint_as_asked(question, reading)
            tell({"found": found})
        else:
            read = partial(self._read, budget=budget)
            return Run(line, question, budget, read, self.worlds).step(tell)
        return None

    def _read(self, text: str, budget: Budget) -> ReadScript:
        return read_here(text, lambda source: self.parse(source, budget))
