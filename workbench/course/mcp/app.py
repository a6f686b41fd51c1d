"""The tools as an MCP server of the official SDK: streamable HTTP, JSON answers.

What MCP asks of a server that takes tokens: its authorization specification, which
stands on RFC 9728 (metadata), RFC 8707 (audience) and RFC 6750 (refusals).
"""

import json
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from workbench.course.apis.verifier import TokenVerifier
from workbench.course.mcp.admission import SCOPE, LogsRefusals, SdkVerifier
from workbench.course.mcp.offered import OFFERED
from workbench.course.mcp.tool_server import ToolOutcome, ToolServer

if TYPE_CHECKING:
    from mcp.server.auth.settings import AuthSettings
    from mcp.server.lowlevel import Server
    from mcp.server.transport_security import TransportSecuritySettings
    from mcp_types import CallToolResult
    from starlette.applications import Starlette

NAME = "risk-scoring"
PATH = "/mcp"


class McpApp:
    """The ASGI application, and the context in which it answers.

    Args:
        url: Where it is, which is the audience its tokens must have.
        issuer: Whose tokens count.
        verifier: Checks tokens for this audience.
        server: Decides, and does what the tools do.

    Attributes:
        asgi: The application.
    """

    def __init__(
        self, url: str, issuer: str, verifier: TokenVerifier, server: ToolServer
    ) -> None:
        self._starlette: Starlette = sdk_server(server).streamable_http_app(
            streamable_http_path=PATH,
            json_response=True,
            stateless_http=True,
            auth=_auth(url, issuer),
            token_verifier=SdkVerifier(verifier),
            transport_security=_only_here(url),
        )
        self.asgi = LogsRefusals(self._starlette, server)

    def running(self) -> Any:
        """The context in which requests are answered."""
        return self._starlette.router.lifespan_context(self._starlette)


def sdk_server(server: ToolServer) -> "Server[Any]":
    """The tools as the SDK's low-level server has them.

    The one above it sets up logging for the whole process, which is not ours to do.
    """
    from mcp import MCPError
    from mcp.server.auth.middleware.auth_context import get_access_token
    from mcp.server.lowlevel import Server
    from mcp_types import (
        INVALID_PARAMS,
        CallToolRequestParams,
        CallToolResult,
        ListToolsResult,
        Tool,
    )

    async def list_tools(_context: Any, _params: Any) -> ListToolsResult:
        tools = [
            Tool(
                name=each.name,
                description=each.description,
                input_schema=each.input_schema,
            )
            for each in OFFERED.values()
        ]
        return ListToolsResult(tools=tools)

    async def call_tool(_context: Any, params: CallToolRequestParams) -> CallToolResult:
        caller = get_access_token()
        if params.name not in OFFERED or caller is None:
            raise MCPError(INVALID_PARAMS, f"There is no tool {params.name!r}.")
        arguments, claims = params.arguments or {}, caller.claims or {}
        return _result(server.call(params.name, arguments, claims, caller.token))

    return Server(NAME, on_list_tools=list_tools, on_call_tool=call_tool)


def _result(outcome: ToolOutcome) -> "CallToolResult":
    """An outcome as MCP has it: a refusal by a tool is a result that is an error."""
    from mcp_types import CallToolResult, TextContent

    if outcome.error:
        found: dict[str, Any] = {"error": outcome.error}
        text = outcome.told
    else:
        found = dict(outcome.result)
        text = json.dumps(found)
    return CallToolResult(
        content=[TextContent(type="text", text=text)],
        structured_content=found,
        is_error=bool(outcome.error),
    )


def _auth(url: str, issuer: str) -> "AuthSettings":
    """Who guards the server; the audience is the verifier's to check."""
    from mcp.server.auth.settings import AuthSettings
    from pydantic import AnyHttpUrl

    return AuthSettings(
        issuer_url=AnyHttpUrl(issuer),
        resource_server_url=AnyHttpUrl(url),
        required_scopes=[SCOPE],
        validate_token_resource=False,
    )


def _only_here(url: str) -> "TransportSecuritySettings":
    """Requests for this host alone, from no other origin: against DNS rebinding."""
    from mcp.server.transport_security import TransportSecuritySettings

    parts = urlsplit(url)
    return TransportSecuritySettings(
        allowed_hosts=[parts.netloc],
        allowed_origins=[f"{parts.scheme}://{parts.netloc}"],
    )
