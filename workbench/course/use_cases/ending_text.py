"""The end of the use case for a terminal: whole, or the point of each step."""

from workbench.course.apis.access_log import AccessLog
from workbench.course.use_cases.ending import End, Onward
from workbench.course.use_cases.walk import heading
from workbench.views.page.plain import visible_text

WHY_NOT_ENOUGH = (
    "The token of step 3 says who acts for whom, and names risk-agent alone as its "
    "audience: no API may take it. The vendor's use case goes on to APIs, so the "
    "token must be for them."
)
NO_APIS = (
    "Here the walk ends: no APIs are known. workbench serve --use-case "
    "agent-for-agent --with-apis opens them and prints their URLs."
)


def end_text(end: End, first: int, brief: bool = False) -> str:
    """The requests after the vendor's, the result, and the log's explanation.

    Args:
        end: How it ended.
        first: The number of the first step here.
        brief: The point of each step alone.
    """
    numbered = enumerate(end.steps, first)
    explained = [f"INFO risk-agent: {line}" for line in end.assessment.explanation]
    if brief:
        lines = [line for n, step in numbered for line in _brief(n, step)]
        return "\n".join(
            [*lines, "", "The log of risk-agent", *(f"  {line}" for line in explained)]
        )
    parts = [heading("To the APIs", "="), WHY_NOT_ENOUGH]
    for number, step in numbered:
        parts += _whole(number, step)
    parts += [heading("What the APIs' logs say", "-"), _logs(end)]
    parts += [heading("The log of risk-agent explains", "-"), "\n".join(explained)]
    return "\n\n".join(parts)


def _brief(number: int, step: Onward) -> list[str]:
    sign = "✗" if step.call.status >= 400 else "✓"
    title, point = visible_text(step.title), visible_text(step.point)
    return [f"{number}. {sign} {title}", f"     {point}"]


def _whole(number: int, step: Onward) -> list[str]:
    from workbench.views.calls.call import call_text

    shown = [heading(visible_text(f"{number}. {step.title}"), "-")]
    shown.append(call_text(step.call))
    if step.entry is None and (step.call.status >= 400 or not step.asks):
        shown.append(visible_text(step.point))
    return shown


def _logs(end: End) -> str:
    from workbench.course.apis.faces import log_text

    entries = [step.entry for step in end.steps if step.entry is not None]
    if not entries:
        return "They are the APIs' own: whoever runs them sees subject and actor there."
    return log_text(AccessLog(entries))
