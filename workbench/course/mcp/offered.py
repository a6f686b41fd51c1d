"""The tools that the server offers, what each needs, and who may call it at first."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from workbench.course.apis.policy import ApiPolicy

MCP_SERVER, LIMIT_AGENT = "mcp-server", "limit-agent"
SUBJECT, ACTOR = "data-agent", "risk-agent"

LONGEST = 100
"""Characters of a customer's name at most."""

CUSTOMER: Mapping[str, Any] = MappingProxyType(
    {"type": "string", "minLength": 1, "maxLength": LONGEST}
)
LIMIT: Mapping[str, Any] = MappingProxyType({"type": "integer", "minimum": 0})


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferedTool:
    """A tool and what a token must say for it.

    Attributes:
        name: As calls spell it.
        description: What it does, for whoever chooses among tools.
        scope: What the token must allow.
        actor: The client that may act at first.
        api: The API that it asks; "" where the server does it itself.
        arguments: What it takes, each as JSON Schema; all are needed.
    """

    name: str
    description: str
    scope: str = "read"
    actor: str = ACTOR
    api: str = ""
    arguments: Mapping[str, Any] = field(default_factory=lambda: {"customer": CUSTOMER})

    @property
    def input_schema(self) -> dict[str, Any]:
        """What it takes, as MCP tells it to clients."""
        return {
            "type": "object",
            "properties": {name: dict(kind) for name, kind in self.arguments.items()},
            "required": list(self.arguments),
            "additionalProperties": False,
        }

    def unfit(self, arguments: Mapping[str, Any]) -> str:
        """What is wrong with arguments, as words; "" where nothing is."""
        if set(arguments) != set(self.arguments):
            return f"The arguments are {' and '.join(self.arguments)}."
        customer, limit = arguments["customer"], arguments.get("limit", 0)
        if not isinstance(customer, str) or not 0 < len(customer) <= LONGEST:
            return f"customer is a text of at most {LONGEST} characters."
        if not isinstance(limit, int) or isinstance(limit, bool) or limit < 0:
            return "limit is a whole number from 0."
        return ""


OFFERED: Mapping[str, OfferedTool] = MappingProxyType(
    {
        tool.name: tool
        for tool in (
            OfferedTool(
                name="score_ledger",
                description="Score a customer's risk by what was paid late.",
                api="ledger",
            ),
            OfferedTool(
                name="score_market",
                description="Score a customer's risk by its sector.",
                api="market",
            ),
            OfferedTool(
                name="score_network",
                description="Score a customer's risk by its trading partners.",
                api="network",
            ),
            OfferedTool(
                name="set_limit",
                description="Set how much credit a customer has.",
                scope="write",
                actor=LIMIT_AGENT,
                arguments={"customer": CUSTOMER, "limit": LIMIT},
            ),
        )
    }
)
"""By name, in the order in which they are listed."""


def first_policies(subject_of: Mapping[str, str]) -> dict[str, ApiPolicy]:
    """Who may call each tool at first.

    Args:
        subject_of: The ``sub`` of each client, which profiles spell differently.
    """
    about = frozenset({subject_of[SUBJECT]})
    return {
        tool.name: ApiPolicy(about, frozenset({subject_of[tool.actor]}), tool.scope)
        for tool in OFFERED.values()
    }
