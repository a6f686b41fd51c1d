"""Opens the MCP server of a bench: who is registered, and what stands behind it."""

import socket

import httpx

from workbench.agent.client import AgentClient
from workbench.am.basics.validation import name_instead
from workbench.am.realm import Realm
from workbench.course.apis.beliefs import believe_the_token
from workbench.course.apis.next_door import RiskApis
from workbench.course.apis.policy import decide
from workbench.course.apis.published import PublishedIssuer
from workbench.course.apis.registration import SECRET
from workbench.course.apis.verifier import TokenVerifier
from workbench.course.mcp.app import PATH, McpApp
from workbench.course.mcp.offered import ACTOR, MCP_SERVER, first_policies
from workbench.course.mcp.onward import EXCHANGE, ONWARD, OWN_RIGHTS
from workbench.course.mcp.opened import McpServer
from workbench.course.mcp.policies import ToolPolicies
from workbench.course.mcp.port import HOST, bound
from workbench.course.mcp.registration import (
    let_act_at,
    let_call_tools,
    register_server,
    subjects,
    trust_the_server,
)
from workbench.course.mcp.tool_server import ToolServer
from workbench.errors import SettingError

IN_PROCESS = f"https://mcp.example.com{PATH}"
"""Where the server of a bench is."""


def open_server(
    realm: Realm,
    http: httpx.Client,
    client: AgentClient,
    apis: RiskApis,
    *,
    callers: tuple[str, ...] = (ACTOR,),
    onward: str = EXCHANGE,
    port: int | None = None,
) -> McpServer:
    """Register what the server needs, let the callers call it, and open it.

    Args:
        realm: Whose tokens it takes.
        http: Reaches the realm's server.
        client: Sends the server's own requests there.
        apis: The APIs behind the tools.
        callers: The clients that get tokens for it.
        onward: How it goes on to the APIs.
        port: A loopback port, 0 for any that is free; None: in this process alone.

    Raises:
        SettingError: There is no such way to go on.
        RegistrationError: There is no such caller.
        WorkbenchError: The port cannot be had.
    """
    if onward not in ONWARD:
        raise SettingError(
            f"There is no way {onward!r} to go on. {name_instead(onward, ONWARD)}"
        )
    audiences = {name: api.url for name, api in apis.items()}
    register_server(realm, audiences.values())
    if onward == OWN_RIGHTS:
        trust_the_server(realm, apis, audiences.values())
    else:
        let_act_at(apis, subjects(realm)[MCP_SERVER])
    for caller in callers:
        realm.client(caller)
    at, url = _place(port)
    for caller in callers:
        let_call_tools(realm, caller, url)
    server = ToolServer(
        ToolPolicies(first_policies(subjects(realm))),
        decide=believe_the_token if onward == OWN_RIGHTS else decide,
        client=client,
        onward=ONWARD[onward],
        ask=apis.ask,
        audiences=audiences,
        now=realm.clock.now,
    )
    issuer = PublishedIssuer(realm.oauth2_url, http, MCP_SERVER, SECRET)
    verifier = TokenVerifier(issuer, url, realm.clock.now)
    return McpServer(url, McpApp(url, realm.oauth2_url, verifier, server), server, at)


def _place(port: int | None) -> tuple[socket.socket | None, str]:
    """The socket, where there is one, and the URL."""
    if port is None:
        return None, IN_PROCESS
    at = bound(port)
    return at, f"http://{HOST}:{at.getsockname()[1]}{PATH}"
