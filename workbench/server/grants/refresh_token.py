"""The refresh token grant (RFC 6749 section 6)."""

from collections.abc import Mapping
from typing import Any

from workbench.am.basics.secrets import safe_text
from workbench.am.basics.words import with_article
from workbench.am.claims.order import Order
from workbench.am.clients.client import Client
from workbench.am.clients.grant_types import REFRESH_TOKEN
from workbench.am.clients.names import bare_name
from workbench.am.issuing.grant_scopes import granted_scopes
from workbench.am.issuing.issue import issue
from workbench.am.people.user import user_in
from workbench.am.reading.read_token import read_token
from workbench.am.scopes.question import REFRESH, ScopeQuestion
from workbench.am.tokens.introspection import issued_to
from workbench.am.tokens.token import Reading
from workbench.errors import InvalidGrant
from workbench.server.answers import (
    INVALID_GRANT,
    require_grant,
)
from workbench.server.grants.answer import answer_with
from workbench.server.request.incoming import Incoming


def refresh_token(incoming: Incoming) -> dict[str, Any]:
    """A fresh token of the same grant (RFC 6749 section 6).

    Subject and actor stay; the may act script runs again. A new refresh token
    takes the old one's place, once the client's grace period is over. What PingAM
    does of these is inferred, and that nothing outlives a caveat of the macaroon.
    Whoever comes with the same one while scripts run waits, and finds it replaced.
    """
    realm, client = incoming.realm, incoming.authenticated_client()
    require_grant(realm, client, REFRESH_TOKEN)
    (value,) = incoming.parameters.require("refresh_token")
    claims = _refreshable(read_token(realm, value), client)
    with realm.turns.alone(claims["jti"]):
        return _refresh(incoming, client, value)


def _refresh(incoming: Incoming, client: Client, value: str) -> dict[str, Any]:
    realm = incoming.realm
    reading = read_token(realm, value)
    claims = _refreshable(reading, client)
    user = user_in(claims["sub"], realm.users)
    asked = ScopeQuestion(
        client=client,
        scope=incoming.parameters.get("scope"),
        entry=REFRESH,
        granted=tuple(claims["scope"]),
        user=user,
        sub=claims["sub"],
        properties=incoming.properties,
    )
    granted = granted_scopes(realm, asked)
    order = Order(
        client=client,
        grant_type=REFRESH_TOKEN,
        scope=granted.scopes,
        sub=claims["sub"],
        subname=claims.get("subname", bare_name(claims["sub"])),
        act=claims.get("act"),
        audience=tuple(claims["aud"][1:]) if isinstance(claims["aud"], list) else (),
        auth_time=claims.get("auth_time"),
        auth_level=claims.get("auth_level"),
        limits=reading.limits,
        grant_id=claims["authGrantId"],
        grant_scope=granted.scopes if granted.inherits else tuple(claims["scope"]),
        user=user,
        session=incoming.session,
        nonce=claims.get("nonce", ""),
        request_properties=incoming.properties,
        scripts=granted.scripts,
    )
    issued = issue(realm, order)
    if issued.refresh is not None:
        realm.tokens.retire(reading, client.refresh_token_grace_period)
    text = f"{client.client_id} refreshed a token of {claims['sub']}.{granted.remark}"
    return answer_with(incoming, order, issued, text)


def _refreshable(token: Reading, client: Client) -> Mapping[str, Any]:
    """The claims of a refresh token that this client may use now."""
    claims = token.claims
    if claims is None:
        hint = f"The refresh token cannot be used: {token.fault}."
    elif claims["tokenName"] != "refresh_token":
        kind = with_article(claims["tokenName"])
        hint = f"This is {kind}, not a refresh token."
    elif issued_to(claims) != client.client_id:
        hint = f"The refresh token was issued to {safe_text(issued_to(claims))}."
    elif token.orphaned or token.bereft:
        hint = f"The refresh token cannot be used: {token.why_inactive}"
    elif not token.active:
        hint = "The refresh token has expired, was revoked, or was used before."
    else:
        return claims
    raise InvalidGrant(INVALID_GRANT, hint=hint)
