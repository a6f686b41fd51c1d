"""``workbench class``: what a class handed in, and exercises of a trainer's own."""

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from workbench.errors import CommandError
from workbench.terminal import shown
from workbench.views.page.plain import visible_text

if TYPE_CHECKING:
    from workbench.course.classes.roll import Roll
    from workbench.course.standing.parts import CoursePart


def add_class_command(commands: Any) -> None:
    """Add ``class verify`` and ``class template`` to the commands of a parser."""
    classes = commands.add_parser(
        "class",
        help="learners' codes, and exercises of your own",
        epilog="Example: workbench class verify codes.txt",
    )
    actions = classes.add_subparsers(required=True, metavar="ACTION")
    _add_verify(actions)
    template = actions.add_parser(
        "template",
        help="write a file of exercises to begin your own with",
        epilog="Example: workbench class template my_exercises.py",
    )
    template.add_argument("file", type=Path, help="a file that is not there yet")
    template.set_defaults(command=_template)


def _add_verify(actions: Any) -> None:
    verify = actions.add_parser(
        "verify",
        help="a table of the class, from its codes",
        description="Learners make a code by progress().code(name). A checksum finds "
        "slips, not cheats: it is no examination. Exit status 0 where every line is a "
        "learner's; else 1.",
        epilog="Example: workbench class verify codes.csv --csv > grades.csv",
    )
    verify.add_argument(
        "file",
        help="a code a line, or CSV with a name and a code; - for standard input",
    )
    verify.add_argument(
        "--key", default="", help="the class key; default: WORKBENCH_CLASS_KEY"
    )
    verify.add_argument(
        "--exercises", metavar="PY", help="your own exercises, to count them by name"
    )
    kinds = verify.add_mutually_exclusive_group()
    kinds.add_argument(
        "--csv", action="store_true", help="as nbgrader's grades.csv has it"
    )
    kinds.add_argument("--json", action="store_true", help="for programs")
    verify.set_defaults(command=_verify)


def _verify(options: argparse.Namespace) -> int:
    from workbench.course.classes.roll import read_roll
    from workbench.course.exercises.from_file import add_exercises
    from workbench.course.standing.code import ClassCodeError
    from workbench.course.standing.parts import parts

    if options.exercises:
        add_exercises(options.exercises)
    all_parts = parts()
    try:
        roll = read_roll(_octets(options.file), all_parts, key=options.key)
    except ClassCodeError as problem:
        raise CommandError(f"{_name(options.file)}: {problem}") from None
    _print(roll, all_parts, options)
    return 1 if roll.bad else 0


def _print(
    roll: "Roll", parts: "tuple[CoursePart, ...]", options: argparse.Namespace
) -> None:
    from workbench.course.classes.gradebook import (
        bad_lines,
        roll_csv,
        roll_json,
        roll_text,
    )

    if options.json:
        print(json.dumps(roll_json(roll, parts), indent=2))
    elif options.csv:
        print(roll_csv(roll, parts), end="")
        for line in bad_lines(roll):
            print(f"workbench: {line}", file=sys.stderr)
    else:
        print(shown(roll_text(roll, parts), sys.stdout))


def _template(options: argparse.Namespace) -> int:
    from workbench.course.exercises import template

    text = Path(template.__file__).read_text(encoding="utf-8")
    name = visible_text(options.file)
    try:
        with options.file.open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError:
        raise CommandError(f"{name} is there already; name another file.") from None
    except OSError as problem:
        raise CommandError(f"{name} cannot be written: {problem.strerror}.") from None
    print(f"Wrote {name}: two exercises that work, to be made your own.")
    return 0


def _octets(file: str) -> bytes:
    try:
        return sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
    except OSError as problem:
        why = problem.strerror
        raise CommandError(f"{_name(file)} cannot be read: {why}.") from None


def _name(file: str) -> str:
    return "Standard input" if file == "-" else visible_text(file)
