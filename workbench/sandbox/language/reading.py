"""A script as this workbench understands it before it runs."""

from dataclasses import dataclass

from workbench.am.scripts.finding import NOT_EMULATED, Finding
from workbench.am.scripts.script import Script
from workbench.errors import ScriptError, ScriptNotEmulated
from workbench.sandbox.language.dialect import refusals
from workbench.sandbox.language.edits import Edited
from workbench.sandbox.language.lacking import lacking
from workbench.sandbox.language.scopes import scopes_of
from workbench.sandbox.language.syntax import Node, read_tree
from workbench.sandbox.language.traced import trace
from workbench.sandbox.language.translate import translate
from workbench.sandbox.language.unknown import unknown


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadScript:
    """What was read of a script.

    ``tree`` is None where the parser gave up, ``program`` where AM would refuse the
    script or this workbench cannot run it. Then the first of ``findings`` says why;
    warnings come last.
    """

    tree: Node | None = None
    findings: tuple[Finding, ...] = ()
    program: Edited | None = None


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


def refusal(script: Script, reading: ReadScript) -> ScriptError:
    """The error of a script that does not compile, at the first place that is bad."""
    first = reading.findings[0]
    unknown = first.code == NOT_EMULATED
    text = first.message if unknown else f"SyntaxError: {first.message}"
    lines = script.source.splitlines()
    return (ScriptNotEmulated if unknown else ScriptError)(
        f"{text} {first.fix}",
        line=first.line,
        column=first.column,
        source_line=lines[first.line - 1] if first.line <= len(lines) else "",
    )


def code_of(reading: ReadScript) -> dict[str, str]:
    """What prelude.js is told of a text for eval: its translation, or why not."""
    if reading.program is not None:
        return {"source": reading.program.source}
    first = reading.findings[0]
    if first.code == NOT_EMULATED:
        return {"unknown": first.message}
    return {"refused": first.message}
