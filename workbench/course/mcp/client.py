"""Calls tools through the SDK's own client; nothing here is asynchronous outside."""

import json
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any, TypeVar

from workbench.course.mcp.loop_thread import LoopThread
from workbench.course.mcp.tool_call import ResourceMetadata, Tool, ToolCall, Tools
from workbench.errors import NotYet, WorkbenchError

if TYPE_CHECKING:
    import httpx2
    from mcp import Client
    from mcp_types import CallToolResult

T = TypeVar("T")
Transports = Callable[[], "httpx2.AsyncBaseTransport | None"]

PROTOCOL = "2026-07-28"
"""The version of MCP: each request stands alone, without a session."""


class ToolClient:
    """An MCP client with a token for each call.

    Args:
        url: The server's, which is also its resource identifier.
        loop: Where the SDK runs.
        transport: Makes what requests go through; None from it: the network.
    """

    def __init__(self, url: str, loop: LoopThread, transport: Transports) -> None:
        self.url = url
        self._loop = loop
        self._transport = transport

    def tools(self, token: str | None) -> Tools:
        """What the server lists to whoever has this token.

        Raises:
            NotYet: The server refused; the message says how.
        """
        return self._loop.run(self._tools(token))

    def call(self, tool: str, token: str | None, arguments: dict[str, Any]) -> ToolCall:
        """Call a tool; a refusal is an answer and no exception."""
        return self._loop.run(self._call(tool, token, arguments))

    def metadata(self) -> ResourceMetadata:
        """Ask without a token, and follow what the refusal says (RFC 9728).

        Raises:
            NotYet: The server does not say where its metadata is.
        """
        return self._loop.run(self._metadata())

    async def _tools(self, token: str | None) -> Tools:
        listed, answer = await self._ask(token, lambda client: client.list_tools())
        if listed is None:
            raise NotYet(f"The tools are not listed: {_error(answer)[0]}.")
        tools = (
            Tool(
                name=tool.name,
                description=tool.description or "",
                arguments=tuple(tool.input_schema.get("properties", {})),
            )
            for tool in listed.tools
        )
        return Tools(tuple(tools))

    async def _call(
        self, tool: str, token: str | None, arguments: dict[str, Any]
    ) -> ToolCall:
        result, answer = await self._ask(
            token, lambda client: client.call_tool(tool, arguments)
        )
        if result is None:
            error, text = _error(answer)
            return ToolCall(
                tool=tool,
                arguments=arguments,
                status=answer.status_code,
                error=error,
                text=text,
                challenge=answer.headers.get("www-authenticate", ""),
            )
        return _told(tool, arguments, result)

    async def _ask(
        self, token: str | None, ask: Callable[["Client"], Awaitable[T]]
    ) -> tuple[T | None, "httpx2.Response"]:
        """What the SDK's client gives, or None, and the last answer over HTTP."""
        from mcp import Client, MCPError
        from mcp.client.streamable_http import streamable_http_client

        answers: list[httpx2.Response] = []
        async with self._http(token, answers) as http:
            transport = streamable_http_client(self.url, http_client=http)
            async with Client(transport, mode=PROTOCOL, cache=None) as client:
                try:
                    return await ask(client), answers[-1]
                except MCPError:
                    return None, answers[-1]

    def _http(
        self, token: str | None, answers: "list[httpx2.Response]"
    ) -> "httpx2.AsyncClient":
        import httpx2

        async def heard(response: httpx2.Response) -> None:
            if response.status_code >= 400:
                await response.aread()
            answers.append(response)

        sent = {"Authorization": f"Bearer {spelt(token)}"} if token is not None else {}
        return httpx2.AsyncClient(
            transport=self._transport(),
            headers=sent,
            event_hooks={"response": [heard]},
            trust_env=False,
        )

    async def _metadata(self) -> ResourceMetadata:
        from mcp.client.auth.utils import extract_resource_metadata_from_www_auth

        async with self._http(None, []) as http:
            asked = await http.post(self.url, json={})
            where = extract_resource_metadata_from_www_auth(asked)
            if where is None:
                raise NotYet(f"{self.url} says nowhere where its metadata is.")
            found = await http.get(where)
        return ResourceMetadata(
            url=self.url,
            status=asked.status_code,
            challenge=asked.headers["www-authenticate"],
            metadata_url=where,
            metadata=found.json(),
        )


def spelt(token: str) -> str:
    """The token, if it can stand in a header.

    Raises:
        WorkbenchError: It cannot; the message does not repeat it.
    """
    if not token or not token.isascii() or any(map(str.isspace, token)):
        raise WorkbenchError(
            "This is no access token: one has neither spaces nor other than ASCII "
            "characters."
        )
    return token


def _told(tool: str, arguments: dict[str, Any], result: "CallToolResult") -> ToolCall:
    """The answer of a tool that was asked."""
    found = result.structured_content or {}
    texts = [part.text for part in result.content if part.type == "text"]
    text = " ".join(texts)
    if result.is_error:
        return ToolCall(
            tool=tool,
            arguments=arguments,
            status=200,
            error=str(found.get("error", "tool_failed")),
            text=text,
        )
    return ToolCall(tool=tool, arguments=arguments, status=200, text=text, result=found)


def _error(answer: "httpx2.Response") -> tuple[str, str]:
    """Code and words of a refusal over HTTP, OAuth's or JSON-RPC's."""
    try:
        body = json.loads(answer.text)
    except ValueError:
        return f"http_{answer.status_code}", answer.text
    error = body.get("error", "")
    if isinstance(error, dict):
        return "rpc_error", str(error.get("message", ""))
    return str(error), str(body.get("error_description", ""))
