"""Lets requests with a good token through to the tools, and logs those it turns away.

The SDK asks a token verifier, refuses with 401 or 403, and tells nobody why.
"""

from collections.abc import Mapping
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any

from workbench.course.apis.published import IssuerUnavailable
from workbench.course.apis.verifier import TokenUnfit, TokenVerifier
from workbench.course.mcp.tool_server import ToolServer

if TYPE_CHECKING:
    from mcp.server.auth.provider import AccessToken
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

SCOPE = "read"
"""What a token must allow before any tool is asked."""

DOOR = "mcp"
"""What the log calls the server as a whole."""

Judged = tuple[str, Mapping[str, Any]]
"""Why a token is refused, or "", and what it says."""

NOTHING: Judged = ("No bearer token was sent.", {})

judged: ContextVar[Judged] = ContextVar("judged")
"""What was found of the token of the request that is being answered."""


class SdkVerifier:
    """The SDK's token verifier over the one that the APIs have.

    Args:
        verifier: Checks signature or introspection, issuer, audience and expiry.
    """

    def __init__(self, verifier: TokenVerifier) -> None:
        self._verifier = verifier

    async def verify_token(self, token: str) -> "AccessToken | None":
        """What a good token says; None for any other.

        Its end is not handed on: the SDK would compare it with this machine's clock,
        and it has been compared with the bench's.
        """
        from mcp.server.auth.provider import AccessToken

        try:
            claims = self._verifier.verify(token)
        except TokenUnfit as problem:
            judged.set((problem.reason, problem.claims or {}))
            return None
        except IssuerUnavailable as problem:
            judged.set((f"The token could not be checked: {problem}", {}))
            return None
        scopes = scopes_of(claims)
        lacking = "" if SCOPE in scopes else f"The token has no scope {SCOPE}."
        judged.set((lacking, claims))
        return AccessToken(
            token=token,
            client_id=str(claims.get("client_id") or ""),
            scopes=scopes,
            subject=str(claims.get("sub", "")),
            claims=claims,
        )


def scopes_of(claims: Mapping[str, Any]) -> list[str]:
    """The scopes, which a signed token has as a list and introspection as a text."""
    scope = claims.get("scope", "")
    return scope.split() if isinstance(scope, str) else list(map(str, scope))


class LogsRefusals:
    """An ASGI application around the SDK's, which puts refusals into the log.

    Args:
        app: The SDK's.
        server: Whose log.
    """

    def __init__(self, app: "ASGIApp", server: ToolServer) -> None:
        self._app = app
        self._server = server

    async def __call__(self, scope: "Scope", receive: "Receive", send: "Send") -> None:
        """Answer, and remember what was refused before a tool was asked."""
        judged.set(NOTHING)

        async def heard(message: "Message") -> None:
            if message["type"] == "http.response.start":
                self._heard(message["status"])
            await send(message)

        await self._app(scope, receive, heard)

    def _heard(self, status: int) -> None:
        if status not in (401, 403, 421):
            return
        reason, claims = judged.get()
        other = "The request names another host or comes from another origin."
        self._server.remember(claims, DOOR, status, reason or other)
