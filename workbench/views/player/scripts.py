"""Scripts that ran, as steps: what each said, logged and left."""

from collections.abc import Iterator, Sequence

from workbench.am.scripts.script import ScriptOutcome
from workbench.views.page.plain import visible_text
from workbench.views.player import step as stages
from workbench.views.player.asked import brief
from workbench.views.player.ending import Ending
from workbench.views.player.step import FAILED, PASSED, Facts, PlayStep
from workbench.views.scripts.given import given_values

MOST_LINES = 40
"""Of a log; nobody reads more on a step."""


def script_steps(ending: Ending, opened: tuple[str, ...]) -> Iterator[PlayStep]:
    """A step a script; the last of a call that a script ended decides it."""
    last = len(ending.scripts) - 1
    for index, outcome in enumerate(ending.scripts):
        ended = outcome.error is not None
        decides = index == last and bool(ending.error)
        yield PlayStep(
            stage=stages.SCRIPT,
            title=visible_text(
                f"The {outcome.script.kind} {outcome.script.name} "
                f"{'fails' if ended else 'refuses' if decides else 'runs'}"
            ),
            state=FAILED if ended or decides else PASSED,
            said=brief(outcome.remark),
            facts=(*_facts(outcome), *_log(outcome)),
            source="PingAM 8.1, scripting API",
            decides=decides,
            looks=tuple(f"new token.{n}" for n in ("may_act", "act")),
            opened=opened,
            script=index,
            line=outcome.error.line if outcome.error else None,
        )


def _facts(outcome: ScriptOutcome) -> Facts:
    shown: list[tuple[str, str]] = []
    if outcome.token_name:
        shown.append(("For the", outcome.token_name.replace("_", " ")))
    error = outcome.error
    if error is not None:
        place = f"line {error.line}" if error.line is not None else "not known"
        shown += [("Error", brief(error.message)), ("Place", place)]
        if error.source_line:
            shown.append(("Line", brief(error.source_line.strip())))
    shown += [(f"It left {n}", brief(value)) for n, value in given_values(outcome)]
    for caught in outcome.caught:
        where = f"line {caught.error.line}: " if caught.error.line else ""
        shown.append(("Caught", brief(f"{where}{caught.error.message}")))
    return tuple(shown)


def _log(outcome: ScriptOutcome) -> Facts:
    kept: Sequence[tuple[str, str]] = [
        (f"Log, {line.level}", brief(line.text)) for line in outcome.log[:MOST_LINES]
    ]
    more = len(outcome.log) - MOST_LINES
    return (*kept, *((("Log", f"{more} more lines"),) if more > 0 else ()))
