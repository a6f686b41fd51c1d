"""An MCP server that is open, with a client for cells and the logs of both sides."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from workbench.agent.calls import Call
from workbench.am.basics.watching import Watchers
from workbench.course.apis.access_log import AccessLog
from workbench.course.mcp.app import McpApp
from workbench.course.mcp.client import ToolClient
from workbench.course.mcp.faces import (
    metadata_html,
    metadata_text,
    policies_html,
    policies_text,
    tool_call_html,
    tool_call_text,
    tools_html,
    tools_text,
)
from workbench.course.mcp.loop_thread import LoopThread
from workbench.course.mcp.policies import ToolPolicies
from workbench.course.mcp.tool_call import ResourceMetadata, ToolCall, Tools
from workbench.course.mcp.tool_server import ToolServer
from workbench.views.page.attached import attach

if TYPE_CHECKING:
    import socket

    import httpx2


class McpServer:
    """The risk-scoring tools, open until :meth:`close` or until the bench is closed.

    Args:
        url: Where it is, and the audience of its tokens.
        app: The application.
        server: What it decides with.
        at: The socket it listens at; None: it answers in this process alone.

    Attributes:
        watchers: Whoever looks again once :meth:`call` called a tool.
    """

    def __init__(
        self,
        url: str,
        app: McpApp,
        server: ToolServer,
        at: "socket.socket | None" = None,
    ) -> None:
        self.url = url
        self.watchers = Watchers()
        self._app, self._server, self._at = app, server, at
        self._loop = LoopThread("workbench-mcp")
        try:
            self._loop.hold(self._open())
        except BaseException:
            self._loop.close()
            raise
        self._client = ToolClient(url, self._loop, self._transport)

    @property
    def policies(self) -> ToolPolicies:
        """Who may call each tool; ``policies["set_limit"] = …`` changes it."""
        return self._server.policies

    @property
    def asks(self) -> dict[str, str]:
        """Which API a tool asks; the name of a twin can be put there."""
        return self._server.asks

    @property
    def limits(self) -> dict[str, int]:
        """What ``set_limit`` has set."""
        return self._server.limits

    @property
    def log(self) -> AccessLog:
        """What was asked of the server, by whom and for whom, oldest first."""
        return self._server.log

    def metadata(self) -> ResourceMetadata:
        """What a client finds out that knows the URL alone (RFC 9728)."""
        return self._client.metadata()

    def tools(self, token: str | Call | None) -> Tools:
        """The tools that the server lists.

        Args:
            token: What is sent as bearer token, or the call that brought it.

        Raises:
            NotYet: The server refused.
        """
        return self._client.tools(_value(token))

    def call(self, tool: str, token: str | Call | None, **arguments: Any) -> ToolCall:
        """Call a tool; a refusal is an answer too.

        Args:
            tool: Its name.
            token: As above; None sends none.
            arguments: What the tool takes, such as ``customer="c-17"``.

        Raises:
            WorkbenchError: The token is none.
        """
        before = self.log.total
        called = self._client.call(tool, _value(token), arguments)
        self.watchers.refresh()
        told = self.log.total > before
        return replace(called, reason=self.log[-1].reason) if told else called

    def close(self) -> None:
        """Answer no more; the thread and the port are given back."""
        self._loop.close()

    @asynccontextmanager
    async def _open(self) -> AsyncIterator[None]:
        from workbench.course.mcp.port import listening

        async with AsyncExitStack() as stack:
            await stack.enter_async_context(self._app.running())
            if self._at is not None:
                await stack.enter_async_context(listening(self._app.asgi, self._at))
            yield

    def _transport(self) -> "httpx2.AsyncBaseTransport | None":
        import httpx2

        here = httpx2.ASGITransport(app=self._app.asgi)
        return here if self._at is None else None

    def __repr__(self) -> str:
        return f"<McpServer at {self.url}>"


def _value(token: str | Call | None) -> str | None:
    return token.access_token if isinstance(token, Call) else token


attach(ToolCall, tool_call_html, tool_call_text)
attach(ToolPolicies, policies_html, policies_text)
attach(Tools, tools_html, tools_text)
attach(ResourceMetadata, metadata_html, metadata_text)
