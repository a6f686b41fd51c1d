"""PingAM's URLs as one WSGI application; the one place where errors become answers."""

import logging
import threading
from collections.abc import Iterable, Mapping
from http import HTTPStatus
from types import MappingProxyType
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from werkzeug.wrappers import Request, Response

from workbench.am.basics.secrets import hide_tokens
from workbench.am.realm import Realm
from workbench.am.scripts.script import ByScript, ScriptOutcome
from workbench.am.tokens.token import compact
from workbench.errors import (
    InsufficientScope,
    InvalidClient,
    InvalidToken,
    OAuthError,
    Refusal,
    ServerError,
)
from workbench.server.answers import JSON_TYPE, NO_STORE, Answer
from workbench.server.endpoints.table import Endpoint, endpoints
from workbench.server.errors import MethodNotAllowed, NotFound, RestError
from workbench.server.request.incoming import Incoming

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

log = logging.getLogger(__name__)


class Application:
    """The authorization server of one realm, callable by any WSGI server.

    Requests are answered one at a time: a realm is one person's bench.

    Args:
        realm: Whose state it serves.
    """

    def __init__(self, realm: Realm) -> None:
        self.realm = realm
        self._endpoints = endpoints(realm)
        self._rest_path = f"{urlsplit(realm.json_url).path}/"
        self._lock = threading.Lock()

    def __call__(
        self, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        """Answer one request (PEP 3333)."""
        incoming = Incoming(self.realm, Request(environ))
        with self._lock:
            response = self._respond(incoming)
        return response(environ, start_response)

    def _respond(self, incoming: Incoming) -> Response:
        try:
            return _response(self._endpoint(incoming.request)(incoming))
        except Refusal as refusal:
            answer = self._refuse(incoming, refusal.error, refusal.event)
        except OAuthError as error:
            answer = self._refuse(incoming, error)
        except RestError as error:
            answer = _rest(incoming, error)
        except Exception:
            log.exception("The server failed; this is a bug in the workbench.")
            answer = self._refuse(incoming, ServerError("Internal Server Error"))
        return _response(answer)

    def _endpoint(self, request: Request) -> Endpoint:
        by_method = self._endpoints.get(request.path)
        if by_method is None:
            raise NotFound("Not Found", hint=f"There is no {request.path[:200]} here.")
        found = "GET" if request.method == "HEAD" else request.method
        if found not in by_method:
            raise MethodNotAllowed(tuple(by_method), request.method)
        return by_method[found]

    def _refuse(
        self,
        incoming: Incoming,
        error: OAuthError,
        event: Mapping[str, Any] = MappingProxyType({}),
    ) -> Answer:
        if incoming.request.path.startswith(self._rest_path):
            return _rest(incoming, _as_rest(error), self._headers(error))
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
        return Answer(error.status, body, self._headers(error))

    def _headers(self, error: OAuthError) -> dict[str, str]:
        """No caching; and how to ask again, where the status needs it (RFC 9110)."""
        headers = dict(NO_STORE)
        if isinstance(error, MethodNotAllowed):
            headers["Allow"] = ", ".join(error.allowed)
        elif isinstance(error, InvalidToken | InsufficientScope):
            headers["WWW-Authenticate"] = (
                f'Bearer realm="{self.realm.path}", error="{error.error}"'
            )
        elif isinstance(error, InvalidClient) and error.status == 401:
            headers["WWW-Authenticate"] = f'Basic realm="{self.realm.path}"'
        return headers


def _response(answer: Answer) -> Response:
    body = answer.body
    if answer.content_type == JSON_TYPE:
        body = compact(body)
    return Response(
        body.encode(), answer.status, answer.headers, content_type=answer.content_type
    )


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
    body = {"code": error.code, "reason": error.reason, "message": error.message}
    return Answer(error.code, body, headers)


def _scripts(error: OAuthError) -> tuple[ScriptOutcome, ...]:
    return (error.outcome,) if isinstance(error, ByScript) else ()


def in_process(app: "WSGIApplication") -> "WSGIApplication":
    """The application for httpx, which hands over a path as text.

    WSGI wants its octets, one a character (PEP 3333).
    """

    def call(
        environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        path = environ["PATH_INFO"].encode("utf-8", "replace").decode("latin-1")
        return app({**environ, "PATH_INFO": path}, start_response)

    return call
