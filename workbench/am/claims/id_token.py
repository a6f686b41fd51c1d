"""ID tokens: who authenticated, told to a client (OpenID Connect Core section 2).

Claims are those of AM's ID tokens. Their order is AM's as far as it is known.
"""

import base64
import hashlib
from collections.abc import Callable, Collection, Mapping
from typing import Any

from workbench.am.basics.types import Claims, NewClaims
from workbench.am.claims.order import Order, Origin
from workbench.am.clients.pairwise import is_pairwise, subject_for
from workbench.am.tokens.claim_types import (
    is_audience,
    is_text,
    is_texts,
    is_whole_number,
)

LATEST = 253_402_300_799
"""Seconds since the epoch of the last second that a calendar can show."""


def _is_time(value: Any) -> bool:
    return type(value) is int and 0 <= value <= LATEST


def _is_object(value: Any) -> bool:
    return isinstance(value, dict)


FITS: Mapping[str, Callable[[Any], bool]] = {
    **dict.fromkeys(("act", "may_act"), _is_object),
    **dict.fromkeys(("auth_time", "exp", "iat", "nbf"), _is_time),
    **dict.fromkeys(
        (
            "acr",
            "at_hash",
            "auditTrackingId",
            "authGrantId",
            "azp",
            "client_id",
            "cts",
            "grant_type",
            "iss",
            "jti",
            "nonce",
            "realm",
            "sub",
            "subname",
            "tokenType",
        ),
        is_text,
    ),
    "aud": is_audience,
    "scope": is_texts,
    "auth_level": is_whole_number,
    "tokenName": lambda value: False,
}
"""The claims that AM makes or reads, be they in a token or not, and their types.

``tokenName`` may be nothing else: it says that the token is an ID token.
"""


def with_user_claims(
    claims: Claims, told: Claims, overridable: Collection[str]
) -> NewClaims:
    """The claims of an ID token with what a claims script told of the person.

    AM's own win over the script's, but for those that may be overridden. Of these,
    what the claim cannot be is left out, so that the token stays one; inferred.

    Args:
        claims: Those that AM made.
        told: The script's.
        overridable: ``overrideableOIDCClaims``.
    """
    return {
        **claims,
        **{
            name: value
            for name, value in told.items()
            if name not in FITS or (name in overridable and FITS[name](value))
        },
    }


def id_claims(
    order: Order, origin: Origin, *, access_token: str | None, tracking_id: str
) -> NewClaims:
    """The claims of an ID token before any script has run.

    Args:
        order: What is wanted.
        origin: Where and when.
        access_token: The access token that is issued beside it, or None.
        tracking_id: Its ``auditTrackingId``.
    """
    lifetime = origin.settings.jwtTokenLifetime
    if order.lifetime_cap is not None:
        lifetime = min(lifetime, order.lifetime_cap)
    if order.limits is not None and order.limits.ends is not None:
        lifetime = min(lifetime, order.limits.ends - origin.now)
    client_id = order.client.client_id
    claims: NewClaims = {}
    if access_token is not None:
        claims["at_hash"] = half_hash(access_token)
    sub = subject_for(order.client, order.sub, origin.salt)
    claims |= {"sub": sub, "auditTrackingId": tracking_id}
    if origin.include_subname and not is_pairwise(order.client):
        claims["subname"] = order.subname
    claims |= {"iss": origin.issuer, "tokenName": "id_token"}
    if order.act is not None:
        claims["act"] = order.act
    if order.nonce:
        claims["nonce"] = order.nonce
    claims |= {
        "aud": [client_id, *order.audience] if order.audience else client_id,
        "acr": str(order.auth_level or 0),
        "azp": client_id,
        "auth_time": origin.now if order.auth_time is None else order.auth_time,
        "realm": origin.realm,
        "exp": origin.now + lifetime,
        "tokenType": "JWTToken",
        "iat": origin.now,
    }
    return claims


def half_hash(value: str) -> str:
    """The left half of SHA-256, for ``at_hash`` (OpenID Connect Core 3.1.3.6)."""
    digest = hashlib.sha256(value.encode("ascii")).digest()
    return base64.urlsafe_b64encode(digest[:16]).decode().rstrip("=")
