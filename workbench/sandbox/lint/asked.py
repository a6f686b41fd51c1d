"""The linter asked over a line of JSON, and its answer as JSON values."""

from dataclasses import asdict
from typing import Any

from workbench.am.scripts.kinds import kind_of
from workbench.am.scripts.parties import Parties
from workbench.am.scripts.script import CaughtError, Script, ScriptOutcome
from workbench.errors import ScriptError
from workbench.sandbox.language.reading import ReadScript
from workbench.sandbox.lint import lint
from workbench.sandbox.lint.guess import guess_context


def question_to_lint(
    script: Script, around: Parties | None, outcome: ScriptOutcome | None
) -> dict[str, Any]:
    """What the linter is asked about a script, as JSON values."""
    return {
        "text": script.source,
        "context": script.context,
        "version": script.evaluator_version,
        "around": around and _around(around),
        "outcome": outcome and _told(outcome),
    }


def _around(around: Parties) -> dict[str, Any]:
    """Each set of grant types once, as thousands of clients may have the same."""
    names: dict[tuple[str, ...], list[str]] = {}
    for name, types in around.clients.items():
        names.setdefault(types, []).append(name)
    return {
        "clients": list(names.items()),
        "users": sorted(around.users),
        "used_by": around.used_by,
        "typed_subjects": around.typed_subjects,
    }


def _told(outcome: ScriptOutcome) -> dict[str, Any]:
    return {
        "stamped": outcome.stamped,
        "may_act": outcome.may_act,
        "error": outcome.error and _error(outcome.error),
        "caught": [
            {"error": _error(each.error), "thrown": each.thrown}
            for each in outcome.caught
        ],
    }


def _error(error: ScriptError) -> dict[str, Any]:
    return {"message": error.message, "line": error.line, "column": error.column}


def lint_as_asked(question: dict[str, Any], reading: ReadScript) -> dict[str, Any]:
    """The findings about a script.

    Args:
        question: What ``question_to_lint`` gave.
        reading: The script's tree.
    """
    script = kind_of(question["context"])(
        id="", name="", source="", evaluator_version=question["version"]
    )
    given, told = question["around"], question["outcome"]
    around = given and Parties(
        clients={
            name: tuple(types) for types, names in given["clients"] for name in names
        },
        users=frozenset(given["users"]),
        used_by=None if given["used_by"] is None else tuple(given["used_by"]),
        typed_subjects=given["typed_subjects"],
    )
    outcome = told and ScriptOutcome(
        script=script,
        stamped=told["stamped"],
        may_act=told["may_act"],
        error=told["error"] and _told_error(told["error"]),
        caught=tuple(
            CaughtError(_told_error(each["error"]), thrown=each["thrown"])
            for each in told["caught"]
        ),
    )
    findings = lint(script, reading, around, outcome)
    return {"findings": [asdict(each) for each in findings]}


def _told_error(told: dict[str, Any]) -> ScriptError:
    return ScriptError(told["message"], line=told["line"], column=told["column"])


def look(reading: ReadScript) -> dict[str, Any]:
    """Whether the script can be read, and what it is for where that is plain."""
    guess = guess_context(reading.tree) if reading.tree is not None else None
    return {"readable": reading.tree is not None, "guess": guess and asdict(guess)}
