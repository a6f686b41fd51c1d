"""What the MCP server decides and does for each call of a tool: no MCP, no HTTP."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from workbench.agent.calls import Call
from workbench.agent.client import AgentClient
from workbench.course.apis.access_log import AccessLog
from workbench.course.apis.policy import ApiPolicy, Verdict, decide
from workbench.course.apis.risk_api import access
from workbench.course.mcp.offered import OFFERED, OfferedTool
from workbench.course.mcp.onward import Onward
from workbench.course.mcp.policies import ToolPolicies
from workbench.errors import NotYet

Decide = Callable[[ApiPolicy, Mapping[str, Any]], Verdict]
Ask = Callable[[str, str, str], Call]
"""Asks an API, with a token, about a customer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ToolOutcome:
    """What a tool gives back, or why it does not.

    Attributes:
        error: The code that goes over the wire; "" where the tool did its work.
        told: What goes over the wire in words.
        result: What the tool gave.
        reason: For the log: why.
    """

    error: str = ""
    told: str = ""
    result: Mapping[str, Any] = field(default_factory=dict)
    reason: str = ""


class ToolServer:
    """The tools behind their policies, with a log of what was decided.

    Args:
        policies: Who may call each tool, by its name; can be assigned to.
        decide: Judges by a policy.
        client: Sends this server's own requests to the authorization server.
        onward: With which token it asks an API.
        ask: Asks an API.
        audiences: What a token for each API must be meant for.
        now: The time in seconds since the epoch.

    Attributes:
        asks: Which API a tool asks, by the tool's name; a twin can be put there.
        limits: What ``set_limit`` has set, by customer.
        log: What was asked, oldest first.
    """

    def __init__(
        self,
        policies: ToolPolicies,
        *,
        decide: Decide = decide,
        client: AgentClient,
        onward: Onward,
        ask: Ask,
        audiences: Mapping[str, str],
        now: Callable[[], int],
    ) -> None:
        self.policies = policies
        self.asks = {tool.name: tool.api for tool in OFFERED.values() if tool.api}
        self.limits: dict[str, int] = {}
        self.log = AccessLog()
        self._decide = decide
        self._client = client
        self._onward = onward
        self._ask = ask
        self._audiences = audiences
        self._now = now

    def call(
        self,
        name: str,
        arguments: Mapping[str, Any],
        claims: Mapping[str, Any],
        token: str,
    ) -> ToolOutcome:
        """Decide, then do what the tool does; both identities go into the log.

        Args:
            name: A tool that is offered.
            arguments: As they came.
            claims: Of the caller's token, which is good here.
            token: The caller's; it goes nowhere but to its issuer.
        """
        tool = OFFERED[name]
        verdict = self._decide(self.policies[name], claims)
        unfit = tool.unfit(arguments)
        if not verdict.allowed:
            outcome = refused(verdict)
        elif unfit:
            outcome = ToolOutcome(error="invalid_arguments", told=unfit, reason=unfit)
        elif tool.api:
            outcome = self._score(tool, arguments["customer"], token, verdict)
        else:
            outcome = self._set_limit(arguments, verdict)
        self.remember(claims, name, 200, outcome.reason, allowed=not outcome.error)
        return outcome

    def remember(
        self,
        claims: Mapping[str, Any],
        what: str,
        status: int,
        reason: str,
        *,
        allowed: bool = False,
    ) -> None:
        """Put a request into the log."""
        self.log.append(
            access(
                claims,
                time=self._now(),
                api=what,
                status=status,
                allowed=allowed,
                reason=reason,
            )
        )

    def _score(
        self, tool: OfferedTool, customer: str, token: str, verdict: Verdict
    ) -> ToolOutcome:
        try:
            onward = self._onward(self._client, token, self._audiences[tool.api])
        except NotYet as problem:
            return ToolOutcome(
                error="exchange_refused",
                told="This server got no token for the API behind the tool.",
                reason=f"{verdict.reason} But no token for {tool.api}: {problem}",
            )
        answer = self._ask(self.asks[tool.name], onward, customer)
        if answer.status != 200:
            return ToolOutcome(
                error="api_refused",
                told=f"The API behind the tool answered {answer.status}.",
                reason=f"{verdict.reason} But {tool.api} said {answer.status}.",
            )
        return ToolOutcome(result=answer.json, reason=verdict.reason)

    def _set_limit(self, arguments: Mapping[str, Any], verdict: Verdict) -> ToolOutcome:
        customer, limit = arguments["customer"], arguments["limit"]
        self.limits[customer] = limit
        return ToolOutcome(
            result={"customer": customer, "limit": limit}, reason=verdict.reason
        )


def refused(verdict: Verdict) -> ToolOutcome:
    """A refusal for the wire; whom the policy names is for the log alone."""
    if verdict.lacking:
        return ToolOutcome(
            error="insufficient_scope",
            told=f"The tool needs a token with scope {verdict.lacking}.",
            reason=verdict.reason,
        )
    return ToolOutcome(
        error="access_denied",
        told="Not for this subject with this actor.",
        reason=verdict.reason,
    )
