"""What each endpoint is sent and answers; how it answers stands with the endpoint."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from workbench.server.endpoints.backchannel import APPROVAL
from workbench.server.endpoints.backchannel import PATH as BACKCHANNEL
from workbench.server.endpoints.introspect import JWT_TYPES
from workbench.server.endpoints.login import NAME, PASSWORD
from workbench.server.endpoints.registration import AGENTS, CLIENTS
from workbench.server.endpoints.table import AGENT_METADATA
from workbench.server.openapi.parameters import PARAMETERS

HTML, JSON = "text/html", "application/json"

BY_FORM = tuple(name for name in PARAMETERS if name.startswith("client_"))
"""How a client authenticates in a form."""

LOGIN = ("username", "password")

CLIENT, TOKEN, SESSION = "client", "token", "session"
"""Who asks: the security schemes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """One method of one path.

    Attributes:
        security: The schemes of which one is needed; () where anybody may ask.
        optional: Whether it answers without any of them too.
        query: Parameters of the URL.
        headers: Those of the request that it reads by name.
        form: Parameters of a form body.
        needs: Those of all of these that there must be.
        body: The schema of a JSON body, or "".
        answers: The schema of each status' JSON body; "" for a page, a redirect or
            nothing.
        types: Media types beside JSON, by status.
    """

    security: tuple[str, ...] = ()
    optional: bool = False
    query: tuple[str, ...] = ()
    headers: tuple[str, ...] = ()
    form: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    body: str = ""
    answers: Mapping[int, str]
    types: Mapping[int, tuple[str, ...]] = field(default_factory=dict)


def _refusals(*statuses: int, kind: str = "OAuthError") -> dict[int, str]:
    return dict.fromkeys(statuses, kind)


_ASKED = (
    *("client_id", "response_type", "redirect_uri", "scope", "state", "nonce"),
    *("max_age", "prompt", "response_mode", "code_challenge", "code_challenge_method"),
)
_AUTHORIZED = {200: "", 302: "", **_refusals(400, 401, 403, 500)}
_PAGE = {200: (HTML,), 302: (HTML,)}


def _registration(agents: bool) -> dict[str, Operation]:
    off = _refusals(404, kind="RestError") if agents else {}
    told = {200: "Registered", **_refusals(400, 401, 500), **off}
    own = {"security": (TOKEN,), "query": ("client_id",), "needs": ("client_id",)}
    gone = {204: "", **_refusals(400, 401, 500), **off}
    return {
        "POST": Operation(
            security=(TOKEN,),
            optional=True,
            body="Registration",
            answers={201: "Registered", **_refusals(400, 403, 500), **off},
        ),
        "GET": Operation(**own, answers=told),  # type: ignore[arg-type]
        "PUT": Operation(**own, body="Registration", answers=told),  # type: ignore[arg-type]
        "DELETE": Operation(**own, answers=gone),  # type: ignore[arg-type]
    }


_MACAROON = Operation(
    query=("_action",),
    needs=("_action",),
    body="Macaroon",
    answers={200: "Macaroon", **_refusals(400, 501, kind="RestError")},
)
_PUBLIC = {"GET": Operation(answers={200: "Metadata"})}

OPERATIONS: Mapping[str, Mapping[str, Operation]] = {
    "/access_token": {
        "POST": Operation(
            security=(CLIENT,),
            optional=True,
            form=BY_FORM,
            needs=("grant_type",),
            answers={200: "Tokens", **_refusals(400, 401, 403, 500)},
        )
    },
    "/authorize": {
        "GET": Operation(
            security=(SESSION,),
            query=_ASKED,
            needs=("client_id", "response_type"),
            answers=_AUTHORIZED,
            types=_PAGE,
        ),
        "POST": Operation(
            security=(SESSION,),
            form=(*_ASKED, "decision", "csrf"),
            needs=("client_id", "response_type"),
            answers=_AUTHORIZED,
            types=_PAGE,
        ),
    },
    BACKCHANNEL: {
        "POST": Operation(
            security=(CLIENT,),
            optional=True,
            form=("request", *BY_FORM),
            needs=("request",),
            answers={200: "Backchannel", **_refusals(400, 401, 403, 500)},
        )
    },
    APPROVAL: {
        "GET": Operation(
            security=(SESSION,), optional=True, answers={200: ""}, types={200: (HTML,)}
        ),
        "POST": Operation(
            security=(SESSION,),
            optional=True,
            form=("decision", "number", "csrf", *LOGIN),
            answers={303: "", 401: "", **_refusals(400)},
            types={303: (HTML,), 400: (HTML,), 401: (HTML,)},
        ),
    },
    "/introspect": {
        "POST": Operation(
            security=(CLIENT,),
            optional=True,
            headers=("Accept",),
            form=("token", *BY_FORM),
            needs=("token",),
            answers={200: "Introspection", **_refusals(400, 401)},
            types={200: JWT_TYPES},
        )
    },
    "/token/revoke": {
        "POST": Operation(
            security=(CLIENT,),
            optional=True,
            form=("token", *BY_FORM),
            needs=("token",),
            answers={200: "Nothing", **_refusals(400, 401)},
        )
    },
    "/tokeninfo": {
        "GET": Operation(
            security=(TOKEN,),
            optional=True,
            query=("access_token",),
            answers={200: "TokenInfo", **_refusals(400, 401, 500)},
        )
    },
    "/userinfo": {
        "GET": Operation(
            security=(TOKEN,),
            answers={200: "UserInfo", **_refusals(400, 401, 403, 500)},
        ),
        "POST": Operation(
            security=(TOKEN,),
            optional=True,
            form=("access_token",),
            answers={200: "UserInfo", **_refusals(400, 401, 403, 500)},
        ),
    },
    "/connect/jwk_uri": {"GET": Operation(answers={200: "Keys"})},
    "/.well-known/openid-configuration": _PUBLIC,
    "/.well-known/oauth-authorization-server": _PUBLIC,
    AGENT_METADATA: {
        "GET": Operation(answers={200: "Metadata", **_refusals(404, kind="RestError")})
    },
    CLIENTS.path: _registration(agents=False),
    AGENTS.path: _registration(agents=True),
    "/authenticate": {
        "POST": Operation(
            headers=(NAME, PASSWORD),
            needs=(NAME, PASSWORD),
            answers={200: "Session", **_refusals(401, kind="RestError")},
        )
    },
    "/token/macaroon": {"POST": _MACAROON},
    "/token/macaroon/": {"POST": _MACAROON},
}
"""By path below a realm, and method; a test holds it against the tables."""
