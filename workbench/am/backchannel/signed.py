"""The signed JWT in which a client says what it wants of a person.

Sources: PingAM 8.1, ``/oauth2/bc-authorize``, for the claims that there must be and the
half hour; OpenID CIBA Core 1.0 section 7.1.1. AM's texts are known for a request that
is not signed, for one too far ahead and for the endpoint that client assertions have;
the order of the checks, and that their texts are the same here, is inferred.
"""

from collections.abc import Iterable
from urllib.parse import urlsplit

from workbench.am.basics.secrets import safe_text
from workbench.am.basics.types import Claims
from workbench.am.clients.client import Client
from workbench.am.tokens.assertion import (
    NOT_VALID,
    OTHER_AUDIENCE,
    Assertion,
    Fault,
    is_time,
    signed_by,
    signing_keys,
    time_fault,
)

NOT_SIGNED = (
    "Request must have a 'request' parameter the value of which must be a signed jwt"
)
"""PingAM 8.1, ``/oauth2/bc-authorize``, responses."""

TEXTS = ("iss", "scope", "acr_values", "binding_message")
"""The claims that PingAM requires, beside ``aud``, ``exp`` and who is meant."""

HINTS = ("login_hint", "id_token_hint")
"""Who is meant; CIBA's ``login_hint_token`` is none of PingAM's."""

PORTS = {"https": 443, "http": 80}


def audiences_of(*urls: str) -> tuple[str, ...]:
    """What ``aud`` may say: these URLs, also with the port that goes without saying.

    Advanced Identity Cloud's page asks for the one with its port.
    """
    found = [each for url in urls for each in (url, _with_port(url))]
    return tuple(dict.fromkeys(found))


def _with_port(url: str) -> str:
    parts = urlsplit(url)
    if parts.port is not None or parts.scheme not in PORTS:
        return url
    return parts._replace(netloc=f"{parts.netloc}:{PORTS[parts.scheme]}").geturl()


def request_fault(
    request: Assertion,
    client: Client,
    algorithms: Iterable[str],
    *,
    audiences: tuple[str, ...],
    now: int,
) -> Fault | None:
    """Why this client did not say that, or not so that it counts; or None.

    Args:
        request: What was sent.
        client: Who sent it.
        algorithms: What it may be signed with.
        audiences: What ``aud`` may say, any one of them.
        now: Seconds since the epoch.
    """
    return (
        _signature_fault(request, client, tuple(algorithms))
        or time_fault(request.claims, now)
        or _audience_fault(request.claims, audiences, now)
        or _missing(request.claims)
        or _issuer_fault(request.claims, client)
    )


def _signature_fault(
    request: Assertion, client: Client, algorithms: tuple[str, ...]
) -> Fault | None:
    algorithm, name = request.algorithm, client.client_id
    if algorithm in ("", "none"):
        return Fault(NOT_SIGNED, "It has no signature (alg none).")
    if algorithm not in algorithms:
        known = ", ".join(algorithms) or "nothing"
        hint = f"It is signed with {safe_text(algorithm)}; the provider takes {known}."
        return Fault(NOT_VALID, hint)
    keys = signing_keys(request, client)
    if isinstance(keys, str):
        return Fault(NOT_VALID, keys, by_setting=True)
    if not any(signed_by(key, request) for key in keys):
        return Fault(NOT_VALID, f"It was not signed with a key of {name}.")
    return None


def _audience_fault(
    claims: Claims, audiences: tuple[str, ...], now: int
) -> Fault | None:
    aud = claims.get("aud")
    named = aud if isinstance(aud, list) else [aud]
    if not any(each in audiences for each in named):
        hint = f"aud is {safe_text(aud)}; it may be: {', '.join(audiences)}."
        return Fault(OTHER_AUDIENCE, hint)
    if "nbf" in claims and not (is_time(claims["nbf"]) and claims["nbf"] <= now):
        return Fault(NOT_VALID, "The request is not valid yet (nbf).")
    return None


def _missing(claims: Claims) -> Fault | None:
    """Claims that are not there, or are no texts; who is meant is named once."""
    missing = [name for name in TEXTS if claims.get(name) in (None, "")]
    hints = [name for name in HINTS if claims.get(name) not in (None, "")]
    if missing or not hints:
        named = missing if hints else [*missing, HINTS[0]]
        hint = "PingAM takes them inside the signed JWT alone."
        return Fault(f"Missing parameters: {' '.join(named)}", hint)
    if len(hints) > 1:
        hint = f"{' and '.join(hints)} are both there (OpenID CIBA Core section 7.1)."
        return Fault(NOT_VALID, hint)
    odd = [name for name in (*TEXTS, *hints) if not isinstance(claims[name], str)]
    if odd:
        return Fault(NOT_VALID, f"{odd[0]} is a text.")
    return None


def _issuer_fault(claims: Claims, client: Client) -> Fault | None:
    if claims["iss"] == client.client_id:
        return None
    hint = f"iss is {safe_text(claims['iss'])}; it is the client, {client.client_id}."
    return Fault(NOT_VALID, hint)
