"""One finding a cause: what follows from another finding is not said again."""

from collections.abc import Iterable
from dataclasses import replace

from workbench.am.scripts.finding import NOT_EMULATED, Finding
from workbench.am.scripts.script import CaughtError, ScriptOutcome
from workbench.sandbox.lint.given import NOTHING_GIVEN

FAILING = frozenset(
    {"unknown-member", "add-may-act", "other-script", "legacy-api"}
    | {"next-generation-api", "java-class", NOT_EMULATED}
)
"""Codes of what makes a script fail before it gives anything."""


def one_a_cause(
    read: Iterable[Finding], ruled: Iterable[Finding], outcome: ScriptOutcome | None
) -> list[Finding]:
    """The findings without those that follow from others.

    Args:
        read: What the reader found; each stands at a place of its own.
        ruled: What the rules found.
        outcome: What a dry run did, or None.
    """
    found = list(dict.fromkeys(read))
    refused = any(each.severity == "error" for each in found)
    rest = _merged(ruled)
    caught = outcome.caught if outcome else ()
    found += rest + [_caught(each) for each in caught if not _is_told(each, rest)]
    error = outcome.error if outcome else None
    failed = refused or any(each.code in FAILING for each in rest)
    if failed or caught or (error is not None and error.line is not None):
        found = [each for each in found if each.code not in NOTHING_GIVEN]
    if any(map(_is_another_name, rest)):
        found = [each for each in found if each.code != "returned-claim"]
    return found


def _is_another_name(found: Finding) -> bool:
    """Whether token.setMayAct was called by a name that it has not."""
    named = found.code in ("unknown-member", "add-may-act")
    return named and "setMayAct" in found.fix


def _merged(ruled: Iterable[Finding]) -> list[Finding]:
    """What a name lacks is said at its first place, with the others."""
    places: dict[tuple[str, str, int], list[Finding]] = {}
    for number, each in enumerate(dict.fromkeys(ruled)):
        own = 0 if each.code in FAILING else number
        places.setdefault((each.code, each.message, own), []).append(each)
    return [_with_others(sorted(all_, key=_place)) for all_ in places.values()]


def _place(found: Finding) -> tuple[int, int]:
    return found.line, found.column


def _with_others(same: list[Finding]) -> Finding:
    first, *others = same
    if not others:
        return first
    where = ", ".join(f"{each.line}:{each.column}" for each in others)
    return replace(first, message=f"{first.message} So at {where}, too.")


def _is_told(caught: CaughtError, rest: Iterable[Finding]) -> bool:
    """Whether a rule has named what was caught: an error on its line."""
    line = caught.error.line
    return any(each.line == line and each.severity == "error" for each in rest)


def _caught(caught: CaughtError) -> Finding:
    error = caught.error
    if caught.thrown:
        message = f"The script threw this, caught it, and went on: {error.message}"
        fix = "Nothing, if that is meant; what follows it in the try did not run."
    else:
        message = f"The script caught this error and went on: {error.message}"
        fix = "Correct what failed; what follows it in the try did not run."
    return Finding(
        code="caught-error",
        severity="info" if caught.thrown else "warning",
        line=error.line or 1,
        column=error.column or 1,
        message=message,
        fix=fix,
    )
