"""The use case with the MCP server open, and tokens for it."""

from dataclasses import dataclass

import pytest

from workbench import Workbench
from workbench.agent.client import Call
from workbench.course.mcp.opened import McpServer
from workbench.course.use_cases.use_case import SECRET


@dataclass
class ToolStory:
    """data-agent, risk-agent, and the server whose tools risk-agent calls."""

    wb: Workbench
    mcp: McpServer

    def own(self, client_id: str, scope: str = "read") -> Call:
        """A token of the agent itself."""
        return self.wb.client.client_credentials(client_id, SECRET, scope=scope)

    def delegated(
        self, *, actor: str = "risk-agent", scope: str = "read", audience: str = ""
    ) -> Call:
        """A token about data-agent on which an agent acts, for the server."""
        return self.wb.client.exchange(
            actor,
            SECRET,
            scope=scope,
            subject_token=self.own("data-agent").access_token,
            actor_token=self.own(actor).access_token,
            audience=audience or self.mcp.url,
        )


@pytest.fixture
def tools(wb: Workbench) -> ToolStory:
    """The right server, in this process."""
    wb.prepare("agent-for-agent")
    return ToolStory(wb, wb.open_mcp())
