"""Where an exchange ends with something changed, beside where it ended."""

from workbench.am.exchange.decision import Decision
from workbench.views.page.plain import shorten, visible_text


def verdict(
    now: Decision, before: Decision, unchanged: Decision, *, waits: bool = False
) -> str:
    """Both ends in a sentence, and whether the bench itself has changed meanwhile.

    Args:
        now: With the change.
        before: As it really was decided.
        unchanged: As the same request would be decided by now.
        waits: Whether only a script that is not run could say how it goes on.
    """
    ends = (
        "Now it waits for the scope validation script, which is not run here"
        if waits
        else f"Now {end_of(now)}"
    )
    said = f"{ends} (before: {end_of(before)})."
    if end_of(unchanged) != end_of(before):
        here = end_of(unchanged)
        said += f" The bench has changed meanwhile: without the change, {here}."
    return said


def end_of(decision: Decision) -> str:
    """Where a decision ends, in a few words."""
    refusal = decision.refusal
    if refusal is not None:
        return f"it ends at rule {decision.refused_at}, {visible_text(refusal.rule)}"
    if decision.grant is None:
        return "it cannot be decided"
    scope = shorten(" ".join(decision.grant.scope) or "none", 60)
    return f"it is granted: {decision.grant.kind}, scope {scope}"
