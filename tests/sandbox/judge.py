"""Asks the real Rhino what it makes of scripts, and compares it with the engine."""

import json
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from workbench.am.scripts.script import Bindings, MayActScript
from workbench.errors import ScriptNotEmulated
from workbench.sandbox.engines.engine import QuickJSEngine

HERE = Path(__file__).parent
JAR = Path("/usr/share/java/rhino.jar")  # Debian's package rhino
SHELL = "org.mozilla.javascript.tools.shell.Main"
JUDGE_LIMIT = 240  # seconds for all scripts of one call

STAMP = """
;function V(value) {
    var text = typeof value === 'object' && value !== null ?
        JSON.stringify(value) : typeof value === 'function' ? '' : String(value);
    if (value === 0 && 1 / value < 0) text = '-0';
    token.setMayAct({v: typeof value + ' ' + text});
}
"""
"""Stamps what it is given, of whatever type; hoisted, so it can stand below."""


@dataclass(frozen=True)
class Verdict:
    """What one engine made of one script."""

    stamped: Any  # what was stamped, or None
    failed: bool
    unknown: bool  # the workbench says that it cannot run this
    told: str  # the error, for people


def verdicts_of_rhino(sources: Iterable[str]) -> list[Verdict]:
    command = ["java", "-Xmx512m", "-Duser.timezone=UTC", "-Duser.language=en"]
    command += ["-cp", str(JAR), SHELL, "-version", "0", "-f", str(HERE / "judge.js")]
    asked = "".join(f"{json.dumps(source + STAMP)}\n" for source in sources)
    ran = subprocess.run(
        command,
        input=asked.encode("ascii"),
        capture_output=True,
        timeout=JUDGE_LIMIT,
        check=True,
    )
    return [_verdict(json.loads(line)) for line in ran.stdout.splitlines()]


def _verdict(answer: dict[str, Any]) -> Verdict:
    stamped = json.loads(answer["stamped"]) if "stamped" in answer else None
    error = answer.get("error")
    told = f"{error['message']} (line {error['line']})" if error else ""
    return Verdict(stamped, error is not None, False, told)


def verdict_of_engine(engine: QuickJSEngine, source: str) -> Verdict:
    script = MayActScript(id="c", name="corpus", source=source + STAMP)
    outcome = engine.run(script, Bindings(token={}))
    unknown = isinstance(outcome.error, ScriptNotEmulated)
    told = str(outcome.error) if outcome.error else ""
    return Verdict(outcome.may_act, outcome.error is not None, unknown, told)


def agree(rhino: Verdict, ours: Verdict) -> bool:
    """Whether both did the same, or the engine said that it cannot."""
    if ours.unknown:
        return True
    return (rhino.failed, rhino.stamped) == (ours.failed, ours.stamped)


def alike(rhino: Verdict, ours: Verdict) -> bool:
    """As :func:`agree`, in whatever order members named by numbers are."""
    return agree(_sorted(rhino), _sorted(ours))


def _sorted(verdict: Verdict) -> Verdict:
    kind, _, text = (verdict.stamped or {}).get("v", "").partition(" ")
    if kind != "object":
        return verdict
    return replace(verdict, stamped={"v": json.loads(text)})


def told(source: str, rhino: Verdict, ours: Verdict) -> str:
    """A disagreement in words."""
    return (
        f"{source}\n"
        f"    Rhino:     {rhino.stamped} {rhino.told}\n"
        f"    workbench: {ours.stamped} {ours.told}"
    )
