"""What goes over the wire, and what every grant does before and after."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from werkzeug.urls import iri_to_uri

from workbench.am.claims.order import Issued, Order
from workbench.am.clients.client import Client
from workbench.am.realm import Realm
from workbench.am.tokens.token import compact, seconds_left
from workbench.errors import UnsupportedGrantType

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

NO_STORE = {"Cache-Control": "no-store", "Pragma": "no-cache"}
"""RFC 6749 section 5.1; answers with tokens, and what is told of them."""

UNFRAMED = {
    **NO_STORE,
    "Content-Security-Policy": "frame-ancestors 'none'",
    "X-Frame-Options": "DENY",
}
"""Of a page with a question, so that no other page can lay something over it."""

JSON_TYPE = "application/json;charset=UTF-8"


@dataclass(frozen=True, slots=True)
class Answer:
    """What goes over the wire. The body may hold tokens, so it stays out of the repr.

    Attributes:
        status: The HTTP status.
        body: A JSON value, or text where the content type is another.
        headers: Beside Content-Type and Content-Length.
        content_type: JSON unless it says otherwise; "" where there is no content.
    """

    status: int
    body: Any = field(repr=False)
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    content_type: str = JSON_TYPE


@dataclass(frozen=True, slots=True)
class Written:
    """An answer in octets, as a WSGI server takes it (PEP 3333)."""

    status: str
    headers: list[tuple[str, str]] = field(repr=False)
    body: bytes = field(repr=False)

    def __call__(
        self, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> list[bytes]:
        """Send it; without a body where only its headers are asked for."""
        start_response(self.status, self.headers)
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [self.body]


def write(answer: Answer) -> Written:
    """An answer in octets.

    Raises:
        ValueError: A header has a line break in it.
        RecursionError: The body is nested too deep.
    """
    json = answer.content_type == JSON_TYPE
    body: bytes = (compact(answer.body) if json else answer.body).encode()
    headers = [
        (name, iri_to_uri(value) if name == "Location" else value)
        for name, value in answer.headers.items()
    ]
    if answer.content_type:
        headers.append(("Content-Type", answer.content_type))
    if answer.status != HTTPStatus.NO_CONTENT:
        headers.append(("Content-Length", str(len(body))))
    if any("\n" in value or "\r" in value for _, value in headers):
        raise ValueError("A header has a line break in it.")
    phrase = HTTPStatus(answer.status).phrase.upper()
    return Written(f"{answer.status} {phrase}", headers, body)


INVALID_GRANT = "The provided access grant is invalid, expired, or revoked."
NOT_SUPPORTED = "Grant type is not supported"


def require_grant(realm: Realm, client: Client, grant_type: str) -> None:
    """Refuse a grant that the provider or the client does not have.

    Raises:
        UnsupportedGrantType: It is missing; PingAM's code for both.
    """
    for who, allowed in (
        ("The provider", realm.provider.grantTypes),
        (client.client_id, client.grant_types),
    ):
        if grant_type not in allowed:
            raise UnsupportedGrantType(
                NOT_SUPPORTED, hint=f"{who} does not have the grant {grant_type}."
            )


def token_response(
    issued: Issued,
    now: int,
    issued_token_type: str | None = None,
    *,
    null_refresh_token: bool = False,
) -> dict[str, Any]:
    """The members of a token response (RFC 6749 section 5.1), in PingAM's order.

    An ID token that was exchanged for travels as ``access_token``; it is no bearer
    token, so its ``token_type`` is ``N_A`` (RFC 8693 section 2.2.1). What a script
    adds comes last, and replaces no member of these; that is inferred.

    Args:
        issued: The tokens.
        now: Seconds since the epoch.
        issued_token_type: For an exchange, what the first of them is.
        null_refresh_token: Whether a refresh token that is not there is a null, as
            PingOne AIC's pages print it.
    """
    first = issued.tokens[0]
    claims = first.claims
    answer: dict[str, Any] = {"access_token": first.value}
    if issued.refresh is not None:
        answer["refresh_token"] = issued.refresh.value
    elif null_refresh_token and issued.access is not None:
        answer["refresh_token"] = None
    if issued_token_type is not None:
        answer["issued_token_type"] = issued_token_type
    if issued.access is not None:
        if "scope" in claims:  # a script may have removed it, or set it to anything
            answer["scope"] = _join(claims["scope"])
        if issued.identity is not None:
            answer["id_token"] = issued.identity.value
    answer["token_type"] = "Bearer" if issued.access is not None else "N_A"
    if type(claims.get("exp")) is int:  # a script may have set or removed it
        answer["expires_in"] = seconds_left(claims, now)
    return answer | {
        name: value for name, value in issued.extra.items() if name not in answer
    }


def _join(scope: Any) -> str:
    return " ".join(map(str, scope)) if isinstance(scope, list) else str(scope)


def trace(issued: Issued, order: Order) -> dict[str, Any]:
    """What the trail keeps of tokens: their identifiers, never their values."""
    identifiers = (
        str(token.claims.get("jti") or token.claims.get("auditTrackingId") or "")
        for token in issued.tokens
    )
    scripts = (*order.scripts, *issued.scripts)
    return {"scripts": scripts, "issued": tuple(identifiers)}
