"""A script as this workbench understands it before it runs."""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any

from workbench.am.scripts.finding import NOT_EMULATED, Finding
from workbench.sandbox.language.dialect import refusals
from workbench.sandbox.language.edits import Edited
from workbench.sandbox.language.lacking import lacking
from workbench.sandbox.language.scopes import scopes_of
from workbench.sandbox.language.syntax import Node, not_emulated, read_tree
from workbench.sandbox.language.traced import trace
from workbench.sandbox.language.translate import translate
from workbench.sandbox.language.unknown import unknown

TOO_DEEP = "a script this large or nested this deep"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadScript:
    """What was read of a script.

    ``tree`` is None where the parser gave up, ``program`` where AM would refuse the
    script or this workbench cannot run it. Then the first of ``findings`` says why;
    warnings come last. ``stopped`` says which limit the parser went over, if any.
    """

    tree: Node | None = None
    findings: tuple[Finding, ...] = ()
    program: Edited | None = None
    stopped: str = ""

    def told(self) -> dict[str, Any]:
        """What another process has to know of it, as JSON values."""
        program = self.program
        return {
            "findings": [asdict(each) for each in self.findings],
            "source": program and program.source,
            "pieces": program.packed() if program else "",
            "readable": self.tree is not None,
            "stopped": self.stopped,
        }


def read_here(source: str, parse: Callable[[str], tuple[str, str]]) -> ReadScript:
    """Read a script; one on which the parser gives up is not emulated.

    Args:
        source: The script.
        parse: Gives the parser's report, and the limit that it went over.

    Raises:
        MemoryError: There is not enough of it.
    """
    report, stopped = parse(source)
    try:
        if not stopped:
            return read(source, report)
    except RecursionError:
        stopped = "memory"
    return ReadScript(findings=(not_emulated(TOO_DEEP, 1, 1),), stopped=stopped)


def read(source: str, report: str) -> ReadScript:
    """The reading of a script of which parser.js has given this report.

    Raises:
        ValueError, LookupError, TypeError: The report is not parser.js's.
    """
    tree = read_tree(source, report)
    if isinstance(tree, Finding):
        return ReadScript(findings=(tree,))
    scopes = scopes_of(tree)
    findings = refusals(tree, scopes)
    if not findings:
        findings = unknown(tree, scopes)
    program = None if findings else translate(tree, scopes)
    findings += lacking(tree, scopes)
    return ReadScript(tree=tree, findings=tuple(findings), program=program)


def traced(reading: ReadScript) -> Edited | None:
    """The script that tells which of its calls has failed; None where nothing runs."""
    if reading.tree is None or reading.program is None:
        return None
    return translate(reading.tree, scopes_of(reading.tree), also=trace)


def code_of(reading: ReadScript) -> dict[str, str]:
    """What prelude.js is told of a text for eval: its translation, or why not."""
    if reading.program is not None:
        return {"source": reading.program.source}
    first = reading.findings[0]
    if first.code == NOT_EMULATED:
        what = first.message.removeprefix("Not emulated: ").removesuffix(".")
        return {"unknown": what}  # the world says the rest
    return {"refused": first.message}
