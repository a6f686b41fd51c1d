"""The first line of a magic: its arguments, and the bench it works on."""

import argparse
import shlex
from collections.abc import Mapping
from typing import Any, NoReturn

from workbench.bench import Workbench
from workbench.errors import CommandError

BENCH = "wb"
"""What the lessons call their bench."""


class Line(argparse.ArgumentParser):
    """Reads the line; a mistake in it is a CommandError.

    Args:
        magic: The magic's name.
    """

    def __init__(self, magic: str) -> None:
        super().__init__(
            prog=f"%%{magic}",
            usage=f"see %%{magic}?",
            add_help=False,
            allow_abbrev=False,
        )
        self.add_argument("--bench", default=BENCH)

    def read(self, line: str) -> argparse.Namespace:
        """The arguments by name.

        Raises:
            CommandError: The line has too little, too much, or an open quote.
        """
        try:
            return self.parse_args(shlex.split(line))
        except ValueError as problem:
            self.error(f"{problem} in its first line")

    def error(self, message: str) -> NoReturn:
        """Raise instead of ending the process."""
        raise CommandError(f"{self.prog}: {message}. {self.prog}? explains it.")


def bench_called(name: str, variables: Mapping[str, Any]) -> Workbench:
    """The bench among a notebook's variables.

    Raises:
        CommandError: The variable is not there, or is no bench.
    """
    wb = variables.get(name)
    if not isinstance(wb, Workbench):
        raise CommandError(
            f"There is no bench called {name}. Open one with wb = Workbench(), or "
            "give the name of yours after --bench."
        )
    return wb
