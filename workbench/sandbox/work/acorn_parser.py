"""Acorn, which reads scripts in an engine of its own that runs none."""

import json
from typing import Any

from workbench.sandbox.work.budget import Budget
from workbench.sandbox.work.worlds import STACK, attempt, read

MEMORY = 256 * 1024 * 1024  # bytes


class AcornParser:
    """Reads scripts; its engine is made once, for it keeps nothing of a script."""

    def __init__(self, quickjs: Any) -> None:
        names = ("acorn", "parser", "flatten")
        self._sources = [read(f"acorn/{name}.js") for name in names]
        self._quickjs = quickjs
        self._made: tuple[Any, Any] | None = None

    def prepare(self) -> tuple[Any, Any]:
        """Make the engine, ahead of the script to read."""
        if self._made is None:
            acorn, parser, flatten = self._sources
            context = self._quickjs.Context()
            context.set_max_stack_size(STACK)
            context.set_memory_limit(MEMORY)
            context.eval(acorn)
            self._made = context, context.eval(f"{parser}(acorn, {flatten})")
        return self._made

    def __call__(self, source: str, budget: Budget) -> tuple[str, str]:
        """The tree as JSON text, or what stopped the parser: time or memory."""
        context, parse = self.prepare()
        context.set_time_limit(budget.left)
        tree, stopped = attempt(lambda: parse(json.dumps(source)))
        if stopped:
            self._made = None  # it may be in disorder
        return tree or "", stopped
