"""The ``workbench`` command."""

import argparse
import io
import os
import sys
from collections.abc import Sequence
from typing import Any, NoReturn

from workbench.am.basics.pointing import close_to
from workbench.class_command import add_class_command
from workbench.commands.export_command import add_export_command
from workbench.commands.import_command import add_import_command
from workbench.errors import WorkbenchError
from workbench.lab_command import add_lab_command
from workbench.pictures_command import add_pictures_command
from workbench.script_command import add_script_command
from workbench.serve_command import add_serve_command
from workbench.terminal import RED, has_colour, in_colour
from workbench.views.page.plain import visible_text
from workbench.walk_command import add_walk_command

NEW_LINES = "\n\t"
"""What a message may have that steers a terminal a little."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; return its exit status."""
    options = _parser().parse_args(arguments)
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")  # a terminal may not have a ✓
    try:
        status: int = options.command(options)
        if sys.stdout is not None:
            sys.stdout.flush()
    except (WorkbenchError, OSError) as problem:
        return _failed(problem)
    except KeyboardInterrupt:
        return 130  # as a shell says it of Ctrl-C
    return status


def _failed(problem: Exception) -> int:
    if isinstance(problem, BrokenPipeError):
        # Nobody reads on, as in `walk | head`; nor shall Python flush at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        return 1
    name = in_colour("workbench:", RED) if has_colour(sys.stderr) else "workbench:"
    print(f"{name} {visible_text(problem, keep=NEW_LINES)}", file=sys.stderr)
    return 1


class CommandLine(argparse.ArgumentParser):
    """Reads a command line; what it says of one steers no terminal."""

    def error(self, message: str) -> NoReturn:
        """End with a message; it may quote an argument, such as a file's name."""
        _, unknown, given = message.partition("unrecognized arguments: ")
        near = close_to(given.split(" ")[0], self._options()) if unknown else ""
        meant = f" (did you mean {near}?)" if near else ""
        super().error(f"{visible_text(message)}{meant}")

    def _check_value(self, action: argparse.Action, value: Any) -> None:
        """Refuse what is none of the choices, and say which of them is near."""
        if action.choices is None or value in action.choices:
            return
        near = close_to(str(value), map(str, action.choices))
        meant = f" (did you mean {near}?)" if near else ""
        known = ", ".join(map(str, action.choices))
        raise argparse.ArgumentError(
            action, f"there is no {value!r}{meant}; choose from: {known}"
        )

    def _options(self) -> set[str]:
        """Its options, and those of its commands."""
        found = {name for each in self._actions for name in each.option_strings}
        for each in self._actions:
            if isinstance(each.choices, dict):
                found |= set().union(*(c._options() for c in each.choices.values()))
        return found


def _parser() -> argparse.ArgumentParser:
    parser = CommandLine(
        prog="workbench",
        description="See, change and break delegation between AI agents, "
        "as PingAM 8.1 does it. A teaching tool, never a production server.",
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    add_lab_command(commands)
    add_walk_command(commands)
    add_serve_command(commands)
    add_script_command(commands)
    add_import_command(commands)
    add_export_command(commands)
    add_pictures_command(commands)
    add_class_command(commands)
    return parser
