"""How a call ended: the answer, and what the audit trail knows beside it."""

from dataclasses import dataclass, field

from workbench.am.admin.audit import Event
from workbench.am.exchange.decision import Decision
from workbench.am.scripts.script import ScriptOutcome
from workbench.views.calls.call import CallLike, body_json, status_line

AUTHENTICATED = "The client authenticated"
"""The rule that is the client's step."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """How a call ended, or would.

    Attributes:
        answer: The status line; "" where nobody was asked.
        error: The OAuth error code, or "".
        description: What the wire says beside it, or "".
        why: What the trail says beside that, or "".
        client_id: The client as far as known.
        decision: Of an exchange.
        scripts: Those that ran.
        supposed: Whether it only would end so.
        waits: Whether only a script that was not run could say how it goes on.
        known: Whether the trail still has the event.
    """

    answer: str = ""
    error: str = ""
    description: str = ""
    why: str = ""
    client_id: str = ""
    decision: Decision | None = None
    scripts: tuple[ScriptOutcome, ...] = field(default=(), repr=False)
    supposed: bool = False
    waits: bool = False
    known: bool = True


def ending(call: CallLike, event: Event | None) -> Ending:
    """How a call ended.

    Args:
        call: The request and its answer.
        event: What the trail keeps of it, or None.
    """
    body = body_json(call) if call.status >= 400 else None
    said = body if isinstance(body, dict) else {}
    return Ending(
        answer=status_line(call),
        error=str(said.get("error", said.get("reason", ""))),
        description=str(said.get("error_description", said.get("message", ""))),
        why=_why(event) if event else "",
        client_id=event.client_id if event else "",
        decision=event.decision if event else None,
        scripts=event.scripts if event else (),
        known=event is not None,
    )


def _why(event: Event) -> str:
    return reason(event.decision) if event.decision else event.hint


def reason(decision: Decision) -> str:
    """Why a decision refuses, in one sentence; "" where it grants."""
    refusal = decision.refusal
    if refusal is None:
        return ""
    return refusal.found if refusal.rule == AUTHENTICATED else refusal.told


def supposed_ending(decision: Decision, *, waits: bool) -> Ending:
    """How a call would end that nobody sent.

    Args:
        decision: As the rules have it.
        waits: Whether only a script could say how it goes on.
    """
    refusal = None if waits else decision.refusal
    return Ending(
        error=refusal.error if refusal else "",
        description=refusal.description if refusal else "",
        why="" if waits else reason(decision),
        client_id=decision.client_id,
        decision=decision,
        supposed=True,
        waits=waits,
    )
