"""Making a token: its claims, the may act script's stamp, its companions.

Claims and their order are those of PingAM 8.1's client-based access tokens.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from workbench.am.basics.types import NewClaims
from workbench.am.clients.client import Client
from workbench.am.clients.effective import Effective
from workbench.am.clients.grant_types import (
    AUTHORIZATION_CODE,
    CIBA,
    CLIENT_CREDENTIALS,
    PASSWORD,
    REFRESH_TOKEN,
    TOKEN_EXCHANGE,
)
from workbench.am.clients.names import client_subject
from workbench.am.people.session import Session
from workbench.am.people.user import User, user_subject
from workbench.am.scripts.script import ScriptOutcome
from workbench.am.settings.profile import ALWAYS, WITH_GRANT, Profile
from workbench.am.settings.values import NEVER_ENDS
from workbench.am.tokens.limits import CaveatLimits
from workbench.am.tokens.token import ACCESS_TOKEN, Token

SCRIPT_FAILED = "Error running may_act script"
"""All that the wire learns of a failed may act script (measured)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What a grant wants issued.

    Attributes:
        client: Whom the token is issued to.
        grant_type: As it travelled.
        scope: What is granted.
        sub: The subject, typed where the profile says so.
        subname: The subject's bare name.
        audience: What follows the client id in ``aud``.
        act: Who is acting, or None.
        auth_time: Seconds since the epoch, or None for now.
        auth_level: As on the subject token, or None.
        lifetime_cap: Seconds the token may live at most, or None.
        limits: What caveats leave of it, and of whatever comes of it; or None.
        grant_id: The grant that the token goes on with; "" for a new one.
        grant_scope: What its refresh token may ask for; by default ``scope``.
        user: The resource owner, or None where a client acts as itself.
        session: The login whose cookie came with the request, or None.
        nonce: What ties an ID token to a request for it, or "".
        token_type: What is wanted: an access token (with its companions), or an
            ID token alone.
        request_properties: Gives what a script sees of the request.
        scripts: Those that ran before, to say what is granted.
    """

    client: Client
    grant_type: str
    scope: tuple[str, ...]
    sub: str
    subname: str
    audience: tuple[str, ...] = ()
    act: Any = None  # an object, or what a script made of it
    auth_time: int | None = None
    auth_level: int | None = None
    lifetime_cap: int | None = None
    limits: CaveatLimits | None = None
    grant_id: str = ""
    grant_scope: tuple[str, ...] = ()
    user: User | None = None
    session: Session | None = None
    nonce: str = ""
    token_type: str = ACCESS_TOKEN
    request_properties: Callable[[], Mapping[str, Any]] = dict
    scripts: tuple[ScriptOutcome, ...] = ()


def client_order(
    client: Client,
    scopes: tuple[str, ...],
    profile: Profile,
    *,
    request_properties: Callable[[], Mapping[str, Any]] = dict,
    session: Session | None = None,
) -> Order:
    """The order for a client's token about itself (RFC 6749 section 4.4)."""
    return Order(
        client=client,
        grant_type=CLIENT_CREDENTIALS,
        scope=scopes,
        sub=client_subject(client.client_id, typed=profile.typed_subjects),
        subname=client.client_id,
        session=session,
        request_properties=request_properties,
    )


def person_order(
    client: Client,
    user: User,
    scopes: tuple[str, ...],
    profile: Profile,
    **more: Any,
) -> Order:
    """The order for a client's token about a person.

    Args:
        client: Who gets the token.
        user: Whom it is about.
        scopes: What is granted.
        profile: Says how a subject is written.
        more: Further members of the order, ``grant_type`` among them.
    """
    return Order(
        client=client,
        scope=scopes,
        sub=user_subject(user.name, typed=profile.typed_subjects),
        subname=user.name,
        user=user,
        **more,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Issued:
    """What was issued, and the scripts that ran on the way.

    Attributes:
        access: The access token; None where an ID token alone was wanted.
        refresh: The refresh token that came along, or None.
        identity: The ID token, or None.
        scripts: Those that ran when it was made, in order.
        extra: What a script added to the token response.
    """

    access: Token | None = None
    refresh: Token | None = None
    identity: Token | None = None
    scripts: tuple[ScriptOutcome, ...] = ()
    extra: Mapping[str, Any] = field(default_factory=dict, repr=False)

    @property
    def tokens(self) -> tuple[Token, ...]:
        """Every token, the one that was asked for first."""
        return tuple(filter(None, (self.access, self.refresh, self.identity)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where and when tokens are made."""

    issuer: str
    realm: str
    now: int
    settings: Effective
    include_client_id: bool
    include_subname: bool
    salt: str = field(default="", repr=False)


def access_claims(
    order: Order, origin: Origin, *, jti: str, grant_id: str, tracking_id: str
) -> NewClaims:
    """The claims of an access token before any script has run."""
    lifetime = origin.settings.accessTokenLifetime
    if order.lifetime_cap is not None:
        lifetime = min(lifetime, order.lifetime_cap)
    claims = _head(order, origin, tracking_id, "access_token")
    claims |= {"token_type": "Bearer", "authGrantId": grant_id}
    client_id = order.client.client_id
    if origin.include_client_id or not origin.settings.statelessTokensEnabled:
        claims["client_id"] = client_id
    claims["aud"] = _audience(order)
    claims |= _tail(order, origin, order.scope, lifetime, jti)
    return claims


def refresh_claims(
    order: Order, origin: Origin, *, jti: str, grant_id: str, tracking_id: str
) -> NewClaims:
    """The claims of a refresh token.

    It keeps ``act`` and the audience: what PingAM does is unknown.
    """
    lifetime = origin.settings.refreshTokenLifetime
    return {
        **_head(order, origin, tracking_id, "refresh_token"),
        "token_type": "Bearer",
        "authGrantId": grant_id,
        "client_id": order.client.client_id,
        "aud": _audience(order),
        **_tail(order, origin, order.grant_scope or order.scope, lifetime, jti),
    }


def _audience(order: Order) -> str | list[str]:
    """The client alone, or the client and whom it asked the token for."""
    client_id = order.client.client_id
    return [client_id, *order.audience] if order.audience else client_id


def _head(order: Order, origin: Origin, tracking_id: str, token_name: str) -> NewClaims:
    """Whom the token is about, and where it comes from."""
    claims: NewClaims = {"sub": order.sub}
    if origin.settings.statelessTokensEnabled:
        claims["cts"] = "OAUTH2_STATELESS_GRANT"
    if order.auth_level is not None:
        claims["auth_level"] = order.auth_level
    claims["auditTrackingId"] = tracking_id
    if origin.include_subname:
        claims["subname"] = order.subname
    claims |= {"iss": origin.issuer, "tokenName": token_name}
    if order.nonce:
        claims["nonce"] = order.nonce
    if order.act is not None:
        claims["act"] = order.act
    return claims


def _tail(
    order: Order, origin: Origin, scope: tuple[str, ...], lifetime: int, jti: str
) -> NewClaims:
    """What the token allows, and for how long.

    A token that never ends has neither ``exp`` nor ``expires_in`` (inferred).
    """
    now = origin.now
    ends = order.limits.ends if order.limits else None
    if ends is not None:
        left = ends - now
        lifetime = left if lifetime == NEVER_ENDS else min(lifetime, left)
    claims = {
        "nbf": now,
        "grant_type": order.grant_type,
        "scope": list(scope),
        "auth_time": now if order.auth_time is None else order.auth_time,
        "realm": origin.realm,
        "exp": now + lifetime,
        "iat": now,
        "expires_in": lifetime,
        "jti": jti,
    }
    if lifetime == NEVER_ENDS:
        del claims["exp"], claims["expires_in"]
    return claims


def stamp(claims: NewClaims, outcome: ScriptOutcome) -> NewClaims:
    """The claims after the may act script."""
    result = dict(claims)
    if outcome.act_set:
        result["act"] = outcome.act
    if outcome.stamped:
        result["may_act"] = outcome.may_act
    return result


def refresh_token_due(order: Order, settings: Effective, profile: Profile) -> bool:
    """Whether a refresh token comes along.

    Never with client credentials (RFC 6749 section 4.4.3). With an exchange,
    PingAM's pages always print one; the profile has the other two ways.
    """
    if not settings.issueRefreshToken:
        return False
    if order.grant_type == REFRESH_TOKEN:
        return settings.issueRefreshTokenOnRefreshedToken
    if order.grant_type in (AUTHORIZATION_CODE, CIBA, PASSWORD):
        return True
    if order.grant_type != TOKEN_EXCHANGE:
        return False
    return profile.refresh_token_on_exchange == ALWAYS or (
        profile.refresh_token_on_exchange == WITH_GRANT
        and REFRESH_TOKEN in order.client.grant_types
    )


def id_token_due(order: Order) -> bool:
    """Whether an ID token comes along: a person, and the scope ``openid``.

    With an exchange none does: it gives what was requested, and a refresh token.
    """
    return (
        order.user is not None
        and "openid" in order.scope
        and order.grant_type != TOKEN_EXCHANGE
    )
