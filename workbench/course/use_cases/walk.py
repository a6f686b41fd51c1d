"""A use case from the first request to the last, as text or as data."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from workbench.agent.client import AgentClient, Call
from workbench.am.exchange.decision import Decision
from workbench.am.realm import Realm
from workbench.am.tokens.inspection import Inspection
from workbench.course.use_cases.look import InsideLook, TokenLook
from workbench.course.use_cases.use_case import Step, UseCase
from workbench.views.page.plain import inline, visible_text


@dataclass(frozen=True, slots=True)
class Walked:
    """One step as it went: the request with its answer, and the token it brought."""

    step: Step
    call: Call
    token: Inspection | None
    decision: Decision | None

    def json(self) -> dict[str, Any]:
        """The step as plain data, the request and the answer as they travelled."""
        return {
            "title": self.step.title,
            "request": {
                "method": self.call.method,
                "url": self.call.url,
                "form": dict(self.call.form),
                "json": self.call.sent_json and json.loads(self.call.sent_json),
            },
            "response": {"status": self.call.status, "body": self.call.json_or_none},
            "token": self.token
            and {
                "label": self.step.token,
                "header": self.token.header,
                "claims": self.token.claims,
            },
            "decision": _decision(self.decision),
        }


@dataclass(frozen=True, slots=True)
class Walk:
    """A use case that was walked."""

    use_case: UseCase
    steps: tuple[Walked, ...]

    def json(self) -> dict[str, Any]:
        """The whole walk as plain data."""
        return {
            "use_case": self.use_case.name,
            "title": self.use_case.title,
            "steps": [step.json() for step in self.steps],
        }


def walk(realm: Realm, client: AgentClient, use_case: UseCase) -> Walk:
    """Send the requests of a use case that the realm was prepared for.

    Raises:
        NotYet: An answer brought no token; the message says what it said.
    """
    return walk_with(client, use_case, InsideLook(realm))


def walk_with(client: AgentClient, use_case: UseCase, look: TokenLook) -> Walk:
    """The same where somebody else lays the tokens open; raises as above."""
    steps = []
    for step, call in zip(use_case.steps, use_case.send(client), strict=True):
        decision = look.decision()
        token = look.token(call.access_token, step.token) if step.token else None
        steps.append(Walked(step, call, token, decision))
    return Walk(use_case, tuple(steps))


def walk_text(walked: Walk) -> str:
    """The walk for a terminal."""
    from workbench.views.calls.call import call_text
    from workbench.views.chain.face import chain_text
    from workbench.views.decision import decision_text
    from workbench.views.tokens.token import token_text

    parts = [heading(walked.use_case.title, "=")]
    for number, each in enumerate(walked.steps, start=1):
        parts.append(heading(f"{number}. {each.step.title}", "-"))
        parts.append(call_text(each.call))
        if each.token is not None:
            parts.append(token_text(each.token))
        if each.decision is not None:
            parts.append(decision_text(each.decision))
    parts.append(heading("Who acts for whom", "-"))
    tokens = [each.token for each in walked.steps if each.token is not None]
    parts.append(chain_text(tokens))
    return "\n\n".join(parts)


def brief_text(walked: Walk) -> str:
    """The point of each step alone: two lines a request."""
    lines = [walked.use_case.title, ""]
    for number, each in enumerate(walked.steps, start=1):
        sign = "✗" if each.call.status >= 400 else "✓"
        lines.append(f"{number}. {sign} {each.step.title}")
        point = _point(each)
        lines += [f"     {visible_text(point)}"] if point else []
    return "\n".join(lines)


def _point(each: Walked) -> str:
    """What an answer brought: whose token it is, who acts, who may; or why none."""
    if each.token is None or not each.token.claims:
        return each.call.reason or each.step.reply
    claims = each.token.claims
    told = [f"● {inline(claims.get('sub', ''))}"]
    told += [f"◆ acted for by {inline(name)}" for name in _actors(claims.get("act"))]
    may = claims.get("may_act")
    if isinstance(may, Mapping):
        who = may.get("sub") or may.get("client_id") or ""
        told.append(f"may be acted for by {inline(who)}")
    scope = claims.get("scope")
    if scope:
        told.append(f"scope {inline(' '.join(scope) if _is_list(scope) else scope)}")
    return ", ".join(told)


def _actors(act: Any) -> list[str]:
    """The names of the actors, the current one first."""
    found = []
    while isinstance(act, Mapping):
        found.append(str(act.get("sub", "")))
        act = act.get("act")
    return found


def _is_list(value: Any) -> bool:
    return isinstance(value, list | tuple)


def heading(text: str, line: str) -> str:
    """A heading, underlined with a character."""
    return f"{text}\n{line * len(text)}"


def _decision(decision: Decision | None) -> dict[str, Any] | None:
    if decision is None:
        return None
    return {
        "granted": decision.granted,
        "checks": [
            {
                "rule": check.rule,
                "passed": check.passed,
                "expected": check.expected,
                "found": check.found,
                "source": check.source,
                "decided_by": check.decided_by,
            }
            for check in decision.checks
        ],
        "not_evaluated": list(decision.not_evaluated),
        "left_out": [check.rule for check in decision.left_out],
    }
