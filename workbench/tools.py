"""How a bench opens the MCP server, whose tools take the tokens it issues."""

from typing import TYPE_CHECKING

from workbench.agent.client import AgentClient
from workbench.errors import NotYet
from workbench.next_door import OpensApis

if TYPE_CHECKING:  # the SDK is loaded once a server is opened
    from workbench.course.mcp.opened import McpServer


class OpensTools(OpensApis):
    """Whatever opens APIs opens an MCP server in front of them."""

    client: AgentClient
    _mcp: "McpServer | None" = None

    def open_mcp(
        self, *callers: str, onward: str = "exchange", port: int | None = None
    ) -> "McpServer":
        """Open an MCP server with the risk scores as its tools.

        Opens the APIs behind it where they are not open. Registers ``mcp-server``,
        lets it act at the APIs, and lets the callers get tokens for it: the audience
        on their list, and a may act script, unless they have one, by which the server
        may exchange what they send. Opened again, the policies are as at first and
        the log is empty.

        Args:
            callers: The clients that call tools, ``risk-agent`` where none is named.
            onward: How the server goes on to the APIs. ``exchange``: with a token of
                its own for each, in which it is the current actor. Wrong, for the
                labs: ``pass-through``, with the caller's token; ``own-rights``, with
                its own rights for whoever asks.
            port: A loopback port, 0 for any that is free; None: it answers this
                process alone, at ``https://mcp.example.com/mcp``.

        Raises:
            WorkbenchError: The SDK is not installed, or the port cannot be had.
            SettingError: There is no such way to go on.
            RegistrationError: There is no such client.
        """
        from workbench.course.mcp.sdk import require_sdk

        require_sdk()
        from workbench.course.mcp.opening import open_server

        asked = callers or ("risk-agent",)
        apis = self._apis or self.open_apis(*asked)
        self.close_mcp()
        self._mcp = open_server(
            self.realm,
            self.http,
            self.client,
            apis,
            callers=asked,
            onward=onward,
            port=port,
        )
        return self._mcp

    @property
    def mcp(self) -> "McpServer":
        """The MCP server that is open.

        Raises:
            NotYet: None is.
        """
        if self._mcp is None:
            raise NotYet("No MCP server is open.", call="wb.open_mcp() opens one.")
        return self._mcp

    def close_mcp(self) -> None:
        """Close the MCP server, where one is open."""
        if self._mcp is not None:
            self._mcp.close()
            self._mcp = None
