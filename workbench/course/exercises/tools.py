"""What exercises about tools share: the bench that has them, a token, and the log."""

from typing import Protocol, cast

from workbench.agent.client import Call
from workbench.course.apis.access_log import Access
from workbench.course.exercises.delegation import exchange_of
from workbench.course.exercises.look import Look, Observation, missing
from workbench.course.mcp.opened import McpServer
from workbench.course.on_bench import Bench


class BenchWithTools(Bench, Protocol):
    """A bench that opens the MCP server."""

    @property
    def mcp(self) -> McpServer:
        """The server that is open."""

    def open_mcp(self, *callers: str) -> McpServer:
        """Open it."""


def with_tools(bench: Bench) -> BenchWithTools:
    """The same bench, of which more is known: the workbench's own."""
    return cast(BenchWithTools, bench)


def delegated(bench: Bench, audience: str, scope: str = "read") -> Call:
    """A token about data-agent on which risk-agent acts."""
    return exchange_of(bench, scope=scope, audience=audience)


def calls_of(look: Look, tool: str) -> tuple[list[Access], Observation | None]:
    """What the server's log has of one tool, or what to say where it has nothing."""
    log = with_tools(look.bench).mcp.log
    if not log:
        return [], missing("No tool was called yet: wb.mcp.call(…) calls one.")
    calls = [entry for entry in log if entry.api == tool]
    if not calls:
        return [], missing(f"The server turned you away: {log[-1].reason}")
    return calls, None
