"""PingAM's URLs as one WSGI application; the one place where errors become answers."""

import logging
import threading
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from werkzeug.wrappers import Request, Response

from workbench.am.issue import MayActScriptFailed
from workbench.am.realm import Realm
from workbench.am.scripts import ScriptOutcome
from workbench.am.tokens import compact, hide_tokens
from workbench.errors import MethodNotAllowed, NotFound, OAuthError, ServerError
from workbench.server.endpoints import ENDPOINTS, NO_STORE, Endpoint
from workbench.server.incoming import Incoming
from workbench.server.token_exchange import Refused

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

JSON_TYPE = "application/json;charset=UTF-8"

log = logging.getLogger(__name__)


class Application:
    """The authorization server of one realm, callable by any WSGI server.

    Requests are answered one at a time: a realm is one person's bench.

    Args:
        realm: Whose state it serves.
    """

    def __init__(self, realm: Realm) -> None:
        self.realm = realm
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
            endpoint = self._endpoint(incoming.request)
            return _json(200, endpoint.answer(incoming), endpoint.headers)
        except Refused as refused:
            return self._refuse(incoming, refused.error, refused)
        except OAuthError as error:
            return self._refuse(incoming, error)
        except Exception:
            log.exception("The server failed; this is a bug in the workbench.")
            return self._refuse(incoming, ServerError("Internal Server Error"))

    def _endpoint(self, request: Request) -> Endpoint:
        prefix = urlsplit(self.realm.oauth2_url).path
        path = request.path
        endpoint = ENDPOINTS.get(path.removeprefix(prefix))
        if endpoint is None or not path.startswith(prefix):
            raise NotFound("Not Found", hint=f"There is no {path[:200]} here.")
        found = "GET" if request.method == "HEAD" else request.method
        if found != endpoint.method:
            raise MethodNotAllowed(endpoint.method, request.method)
        return endpoint

    def _refuse(
        self, incoming: Incoming, error: OAuthError, refused: Refused | None = None
    ) -> Response:
        summary = f"{incoming.summary} was refused: {error.description}"
        incoming.record(
            "exchange" if refused else "refusal",
            incoming.client_id,
            hide_tokens(summary),
            status=error.status,
            error=error.error,
            description=hide_tokens(error.description),
            hint=hide_tokens(error.hint),
            decision=refused.decision if refused else None,
            scripts=_scripts(error),
        )
        headers = dict(NO_STORE)
        if isinstance(error, MethodNotAllowed):
            headers["Allow"] = error.required
        if error.status == 401:
            headers["WWW-Authenticate"] = f'Basic realm="{self.realm.path}"'
        body = {"error_description": error.description, "error": error.error}
        return _json(error.status, body, headers)


def _json(status: int, body: Any, headers: dict[str, str]) -> Response:
    return Response(compact(body).encode(), status, headers, content_type=JSON_TYPE)


def _scripts(error: OAuthError) -> tuple[ScriptOutcome, ...]:
    return (error.outcome,) if isinstance(error, MayActScriptFailed) else ()


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
