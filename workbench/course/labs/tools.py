"""A lab on tools: a server that does with its own rights what others ask."""

from typing import Any

from workbench.course.labs.attack_lab import Lab, LabBench, Leg
from workbench.course.labs.evidence import access_told
from workbench.course.labs.world import team

GROUP = "What a token is for"
ROGUE = "(age!rogue-agent)"
BOTH = """token.setMayAct({
    client_id: ["risk-agent", "rogue-agent"],
    sub: ["(age!risk-agent)", "(age!rogue-agent)"]
});"""


def _tools(wb: LabBench) -> None:
    team(wb, "data-agent", "risk-agent", "rogue-agent", data=BOTH)
    wb.open_mcp("risk-agent", "rogue-agent")


def _tool_called(wb: LabBench, client_id: str = "risk-agent") -> Any:
    subject = wb.client.client_credentials("data-agent", "mySecret", scope="read")
    actor = wb.client.client_credentials(client_id, "mySecret", scope="read")
    sent = {"subject_token": subject.access_token, "actor_token": actor.access_token}
    sent["audience"] = wb.mcp.url
    issued = wb.client.exchange(client_id, "mySecret", scope="read", **sent)
    return wb.mcp.call("score_ledger", token=issued.access_token, customer="c-17")


def _own_rights(wb: LabBench) -> None:
    wb.open_mcp("risk-agent", "rogue-agent", onward="own-rights")


def _calls_of_rogue(wb: LabBench) -> tuple[str, ...]:
    return tuple(access_told(each) for each in wb.mcp.log if each.actor == ROGUE)


DEPUTY = Lab(
    slug="confused-deputy",
    title="Confused deputy through a tool call",
    group=GROUP,
    story="An MCP server has tools that ask the ledger, and may itself read there. "
    "rogue-agent may not; it lets the tool read for it.",
    task="Let rogue-agent call the tool score_ledger.",
    prepare=_tools,
    send=_tool_called,
    attack={"client_id": "rogue-agent"},
    answer="200 from PingAM; access_denied from the tool, which looks at the current "
    "actor.",
    stopped_by="the tool's policy: it names risk-agent as current actor",
    rule=False,
    turn=_own_rights,
    turned="the score: a server that goes on with its own rights asks for whoever "
    "calls, and the ledger's log names mcp-server alone.",
    evidence=_calls_of_rogue,
    harm=lambda wb, call: (
        call.allowed and wb.apis.log[-1].subject == "(age!mcp-server)"
    ),
    notice="The tool's log names rogue-agent; the ledger's log names mcp-server as "
    "subject, and nobody else.",
    fix="Decide at the tool on subject and current actor, and exchange the caller's "
    "token for the next hop, so that the API sees for whom it is.",
    sources=(
        "N. Hardy, “The Confused Deputy”, 1988",
        "MCP, Authorization (2026-07-28)",
        "RFC 8693 section 1.1",
    ),
    arrows=(
        Leg("rogue-agent", "mcp-server", "tool score_ledger", "policy: not the actor"),
        Leg("mcp-server", "ledger", "its own token"),
        Leg("ledger", "rogue-agent", "the score, by way of the tool"),
    ),
    hints=(
        "PingAM gives rogue-agent a token for the server.",
        "What counts is what the tool looks at.",
        'client_id = "rogue-agent" is all that changes.',
    ),
    needs="mcp",
)

LABS = (DEPUTY,)
