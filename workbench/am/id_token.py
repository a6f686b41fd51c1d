"""ID tokens: who authenticated, told to a client (OpenID Connect Core section 2).

Claims are those of AM's ID tokens. Their order is AM's as far as it is known.
"""

import base64
import hashlib
from typing import Any

from workbench.am.issue import Order, Origin
from workbench.am.pairwise import is_pairwise, subject_for


def id_claims(
    order: Order, origin: Origin, *, access_token: str | None, tracking_id: str
) -> dict[str, Any]:
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
    client_id = order.client.client_id
    claims: dict[str, Any] = {}
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
