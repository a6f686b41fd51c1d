"""``workbench script check``: the scripts of a file, linted and run dry."""

import argparse
import json
import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from workbench.am.dry_runs.trial import OPERATIONS
from workbench.am.scripts.script import LEGACY, MayActScript, ScriptOutcome
from workbench.bench import Workbench
from workbench.errors import CommandError, ScriptError, WorkbenchError
from workbench.interop.bodies import FoundScript
from workbench.interop.contexts import SHORT, context_named, version_named
from workbench.interop.parties import register_party
from workbench.interop.script_files import reader_beside
from workbench.sandbox.check import Checked
from workbench.terminal import meanwhile, shown
from workbench.views.page.plain import visible_text
from workbench.views.scripts.check import checked_json, checked_text

if TYPE_CHECKING:
    from workbench.interop.check_file import CheckedScript


def add_script_command(commands: Any) -> None:
    """Add ``script check`` to the commands of a parser."""
    script = commands.add_parser(
        "script",
        help="scripts of every context",
        epilog="Example: workbench script check may_act.js",
    )
    actions = script.add_subparsers(required=True, metavar="ACTION")
    checking = actions.add_parser(
        "check",
        help="lint scripts and run them dry",
        description="Exit status 0 where AM would run each script of the file to its "
        "end, it does what scripts of its context are for (a may act script stamps a "
        "claim), and nothing is wrong with it; else 1.",
        epilog="Example: workbench script check may_act.js --client data-agent",
    )
    checking.add_argument(
        "file",
        help="a script, or JSON as AM or frodo writes it; - for standard input",
    )
    checking.add_argument("--legacy", action="store_true", help="evaluator version 1.0")
    checking.add_argument(
        "--context",
        default="",
        help="what it is for, as AM calls it (OAUTH2_MAY_ACT) or in short: "
        f"{', '.join(names[0] for names in SHORT.values())}; by default guessed",
    )
    checking.add_argument("--json", action="store_true", help="for programs")
    checking.add_argument("--scope", default="", help="those asked for")
    checking.add_argument("--client", metavar="NAME", help="who asks")
    checking.add_argument("--user", help="whom it is about")
    checking.add_argument(
        "--attribute",
        action="append",
        default=[],
        metavar="NAME=VALUE",
        help="one of the user's; may be given again",
    )
    checking.add_argument(
        "--param",
        action="append",
        default=[],
        metavar="NAME=VALUE",
        help="a parameter of the request; may be given again",
    )
    checking.add_argument(
        "--operation",
        choices=OPERATIONS,
        default=OPERATIONS[0],
        help="what happens to the client of a registration script",
    )
    checking.set_defaults(command=_check)


def _check(options: argparse.Namespace) -> int:
    file = visible_text(Path(options.file).name)
    name = "standard input" if options.file == "-" else file
    try:
        with meanwhile(f"Checking {name}"):
            checked = _checked(name, options)
    except CommandError:
        raise
    except WorkbenchError as problem:
        if not options.json:
            raise
        return _print_unread(name, problem)
    if options.json:
        told: Any = [_json(each) for each in checked]
        print(json.dumps(told if len(told) > 1 else told[0], indent=2))
    else:
        texts = (_text(each, several=len(checked) > 1) for each in checked)
        print(shown("\n\n".join(texts), sys.stdout))
        if len(checked) > 1:
            passed = sum(each.checked.passed for each in checked)
            print(f"\nPassed: {passed} of {len(checked)}.")
    return 0 if all(each.checked.passed for each in checked) else 1


def _print_unread(name: str, problem: WorkbenchError) -> int:
    """The JSON of a file that holds no script."""
    script = MayActScript(id="check", name=name, source="")
    unread = ScriptOutcome(script=script, error=ScriptError(str(problem)))
    told = {"name": name, "context": None, "context_by": None}
    print(json.dumps(checked_json(Checked(outcome=unread)) | told, indent=2))
    return 1


def _checked(name: str, options: argparse.Namespace) -> "list[CheckedScript]":
    from workbench.interop.check_file import CheckAsked, check_file

    octets = _octets(options.file)
    shown = "Standard input" if options.file == "-" else name
    context = context_named(options.context) if options.context else ""
    implied = version_named(options.context)
    scopes = tuple(options.scope.split())
    with Workbench() as wb:
        if options.user:
            attributes = _pairs(options.attribute, "--attribute")
            wb.realm.add_user(options.user, password="none", attributes=attributes)
        elif options.attribute:
            raise CommandError("--attribute is one of the user's: name one by --user.")
        if options.client:
            register_party(wb.realm, options.client, _exported(octets), scopes)
        asked = CheckAsked(
            context=context,
            version=LEGACY if options.legacy else implied,
            client_id=options.client,
            scopes=scopes,
            user=options.user,
            request=_pairs(options.param, "--param"),
            operation=options.operation,
        )
        file = Path.cwd() / "-" if options.file == "-" else Path(options.file)
        return check_file(wb.realm, octets, shown, asked, reader_beside(file))


def _pairs(given: list[str], option: str) -> dict[str, list[str]]:
    """Values by name, each as often as it was given."""
    found: dict[str, list[str]] = {}
    for each in given:
        name, sign, value = each.partition("=")
        if not name or not sign:
            raise CommandError(f"It is {option} name=value; not {each!r}.")
        found.setdefault(name, []).append(value)
    return found


def _exported(octets: bytes) -> Any:
    """The JSON of a file, in which a client may stand; None where it is none."""
    with suppress(ValueError, RecursionError):
        return json.loads(octets)
    return None


def _octets(file: str) -> bytes:
    """What a file, or standard input, holds.

    Raises:
        WorkbenchError: There is no such file, or it cannot be read.
    """
    try:
        return sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
    except FileNotFoundError:
        wrong = f"There is no file {file}."
    except OSError as problem:
        name = "Standard input" if file == "-" else file
        wrong = f"{name} cannot be read: {problem.strerror}."
        if os.path.isdir(file):  # which Windows calls a lack of permission
            wrong = f"{file} is a directory; name a file with a script."
    raise WorkbenchError(wrong)


def _json(each: "CheckedScript") -> dict[str, Any]:
    found, script = each.found, each.checked.outcome.script
    return checked_json(each.checked) | {
        "name": found.name,
        "place": found.place,
        "context": each.context or None,
        "context_by": each.because or None,
        "evaluator_version": script.evaluator_version,
        "taken_for": each.taken_for,
        "notes": list(each.notes),
        "passed": each.checked.passed,
    }


def _text(each: "CheckedScript", *, several: bool) -> str:
    lines = [checked_text(each.checked, timing=True)]
    told = [visible_text(text) for text in (each.taken_for, *each.notes) if text]
    lines += ["", *told] if told else []
    if several:
        found: FoundScript = each.found
        verdict = "passes" if each.checked.passed else "does not pass"
        about = f"{found.place}: {found.name}, {each.context or 'no script'}: {verdict}"
        lines.insert(0, f"== {visible_text(about)}")
    return "\n".join(lines)
