"""PingAM's URLs as one WSGI application; the one place where errors become answers."""

import logging
from collections.abc import Iterable, Mapping
from http import HTTPStatus
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from werkzeug.wrappers import Request

from workbench.am.basics.secrets import hide_tokens
from workbench.am.realms import Realms
from workbench.am.scripts.script import ByScript, ScriptOutcome
from workbench.errors import (
    InsufficientScope,
    InvalidClient,
    InvalidToken,
    OAuthError,
    Refusal,
    ServerError,
    WorkbenchError,
)
from workbench.server.admin.administrator import Administrator
from workbench.server.answers import NO_STORE, Answer, Written, write
from workbench.server.endpoints.table import Endpoint
from workbench.server.errors import MethodNotAllowed, RestError
from workbench.server.request.incoming import EVENTS, Incoming
from workbench.server.routes import Route, Routes

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

log = logging.getLogger(__name__)


class Application:
    """The authorization server of all realms, callable by any WSGI server.

    Requests are answered side by side: each takes a turn once it has been received,
    and lets go of it while a script of it runs.

    Args:
        realms: Whose state it serves.
        administrator: Who alone may use the admin REST API.
    """

    def __init__(self, realms: Realms, administrator: Administrator) -> None:
        self._realms = realms
        self._routes = Routes(realms, administrator)

    def __call__(
        self, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        """Answer one request (PEP 3333)."""
        request = Request(environ, populate_request=False)  # no cycle to collect
        with self._realms.turns.taken:
            route = self._routes.find(request)
            incoming = Incoming(route.realm, request, route.below)
            response = self._kept(route, incoming, self._respond(route, incoming))
        environ.get(EVENTS, []).extend(incoming.events)
        return response(environ, start_response)

    def _kept(self, route: Route, incoming: Incoming, response: Written) -> Written:
        """The answer, once a store has what was done; what it has not nobody is told.

        A disk may be full. What could not be written is tried again each time.
        """
        try:
            self._realms.keep()
        except WorkbenchError as problem:
            log.error("%s", problem)
            error = ServerError("Internal Server Error", hint=str(problem))
            return write(self._refuse(route, incoming, error))
        return response

    def _respond(self, route: Route, incoming: Incoming) -> Written:
        try:
            return write(_endpoint(route, incoming.request.method)(incoming))
        except Refusal as refusal:
            answer = self._refuse(route, incoming, refusal.error, refusal.event)
        except OAuthError as error:
            answer = self._refuse(route, incoming, error)
        except RestError as error:
            answer = _rest(incoming, error)
        except Exception:
            log.exception("The server failed; this is a bug in the workbench.")
            answer = self._refuse(route, incoming, ServerError("Internal Server Error"))
        return write(answer)

    def _refuse(
        self,
        route: Route,
        incoming: Incoming,
        error: OAuthError,
        event: Mapping[str, Any] = MappingProxyType({}),
    ) -> Answer:
        headers = _headers(route.realm.path, error)
        if route.service == "json":
            return _rest(incoming, _as_rest(error), headers)
        summary = f"{incoming.summary} was refused: {error.description}"
        members: dict[str, Any] = {
            "kind": "refusal",
            "client_id": incoming.client_id,
            "summary": hide_tokens(summary),
            "status": error.status,
            "error": error.error,
            "description": hide_tokens(error.description),
            "hint": hide_tokens(error.hint),
            "scripts": _scripts(error),
        }
        incoming.record(**{**members, **event})
        body = {"error_description": error.description, "error": error.error}
        return Answer(error.status, body, headers)


def _endpoint(route: Route, method: str) -> Endpoint:
    if route.missing is not None:
        raise route.missing
    found = "GET" if method == "HEAD" else method
    if found not in route.methods:
        raise MethodNotAllowed(tuple(route.methods), method)
    return route.methods[found]


def _headers(realm: str, error: OAuthError) -> dict[str, str]:
    """No caching; and how to ask again, where the status needs it (RFC 9110)."""
    headers = dict(NO_STORE)
    if isinstance(error, MethodNotAllowed):
        headers["Allow"] = ", ".join(error.allowed)
    elif isinstance(error, InvalidToken | InsufficientScope):
        headers["WWW-Authenticate"] = f'Bearer realm="{realm}", error="{error.error}"'
    elif isinstance(error, InvalidClient) and error.status == 401:
        headers["WWW-Authenticate"] = f'Basic realm="{realm}"'
    return headers


def _as_rest(error: OAuthError) -> RestError:
    """The same where AM answers as its JSON endpoints do."""
    reason = HTTPStatus(error.status).phrase
    return RestError(error.status, reason, reason, hint=error.hint)


def _rest(
    incoming: Incoming, error: RestError, headers: Mapping[str, str] = NO_STORE
) -> Answer:
    """AM's JSON endpoints have an error body of their own."""
    incoming.record(
        "refusal",
        "",
        f"{incoming.summary} was refused: {error.message}",
        status=error.code,
        error=error.reason,
        description=error.message,
        hint=error.hint,
    )
    body: dict[str, Any] = {
        "code": error.code,
        "reason": error.reason,
        "message": error.message,
    }
    if error.detail is not None:
        body["detail"] = dict(error.detail)
    return Answer(error.code, body, headers)


def _scripts(error: OAuthError) -> tuple[ScriptOutcome, ...]:
    return (error.outcome,) if isinstance(error, ByScript) else ()
