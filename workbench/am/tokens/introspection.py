"""What the server tells about a token, and whom (RFC 7662; PingAM 8.1 endpoint)."""

from typing import Any

from workbench.am.basics.types import Claims
from workbench.am.clients.client import Client
from workbench.am.clients.names import bare_name
from workbench.am.settings.provider import ProviderSettings
from workbench.am.tokens.token import Reading, is_id_token, seconds_left

ANY_REALM = "am-introspect-all-tokens-any-realm"
"""The scope that lets a client introspect the tokens of every realm."""

INTROSPECT_ALL = frozenset({"am-introspect-all-tokens", ANY_REALM})
"""Scopes that let a client introspect every token."""

COPIED = (
    "authGrantId",
    "auditTrackingId",
    "may_act",
    "act",
    "cts",
    "cnf",
    "permissions",
)

OWN = frozenset(
    {
        *("acr", "amr", "aud", "auth_level", "auth_time", "claims", "client_id", "exp"),
        *("expires_in", "grant_type", "iat", "iss", "jti", "nbf", "nonce", "realm"),
        *("scope", "sub", "subname", "tokenName", "token_type", *COPIED),
    }
)
"""Claims that AM makes; all others are a script's, and are told as they are."""


def may_introspect(caller: Client, claims: Claims, provider: ProviderSettings) -> bool:
    """Whether this client may learn of this token.

    Its own tokens; all, with the scope for it; and those that name it as an
    audience, where the provider's switch allows that.
    """
    if not INTROSPECT_ALL.isdisjoint(caller.scopes):
        return True
    if claims.get("client_id") == caller.client_id:
        return True
    aud = claims["aud"] if isinstance(claims["aud"], list) else [claims["aud"]]
    return provider.allowAudienceMembersToIntrospectTokens and caller.client_id in aud


def issued_to(claims: Claims) -> str:
    """The client a token was issued to; ``aud`` names it first where it must."""
    aud = claims["aud"]
    named = claims.get("client_id") or claims.get("azp")
    return str(named or (aud if isinstance(aud, str) else aud[0]))


def introspection(
    token: Reading, *, now: int, with_aud: bool = False
) -> dict[str, Any]:
    """The introspection answer about a token, as far as it is active.

    Of a macaroon it tells what its caveats leave, and the macaroon with them; that
    this is its value is inferred.

    Args:
        token: What was read of it.
        now: Seconds since the epoch.
        with_aud: Whether ``aud`` is told of client-side tokens too, as PingAM does
            where its token_introspection claim is on.
    """
    if token.claims is None or not token.active or is_id_token(token.claims):
        return {"active": False}
    claims = token.claims
    name = claims.get("subname", bare_name(claims["sub"]))
    answer: dict[str, Any] = {
        "active": True,
        "scope": " ".join(claims["scope"]),
        "realm": claims["realm"],
        "client_id": claims.get("client_id"),
        "user_id": name,
        "username": name,
        "token_type": "Bearer",
        "exp": claims.get("exp"),
        "sub": claims["sub"],
        "subname": claims.get("subname"),
        "iss": claims["iss"],
        "auth_level": claims.get("auth_level", 0),
        "expires_in": seconds_left(claims, now) if "exp" in claims else None,
    }
    if with_aud or token.form == "server-side":
        answer["aud"] = claims["aud"]
    if token.macaroon is not None:
        answer["macaroon"] = token.macaroon.value
    answer |= {name: claims[name] for name in COPIED if name in claims}
    custom = [name for name in claims if name not in OWN and name not in answer]
    answer |= {name: claims[name] for name in custom}
    return {name: value for name, value in answer.items() if value is not None}
