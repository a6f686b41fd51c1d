"""Issuing tokens: claims are made, scripts change them, what is left is signed."""

from dataclasses import replace
from typing import Any

from workbench.am.basics.types import Claims, NewClaims
from workbench.am.claims.id_token import id_claims, with_user_claims
from workbench.am.claims.modification import MODIFICATION_FAILED, ModifiedToken, modify
from workbench.am.claims.order import (
    SCRIPT_FAILED,
    Issued,
    Order,
    Origin,
    access_claims,
    id_token_due,
    refresh_claims,
    refresh_token_due,
    stamp,
)
from workbench.am.clients.effective import Effective, effective
from workbench.am.issuing.identities import identity_about
from workbench.am.issuing.run_script import client_bindings, run_script
from workbench.am.issuing.user_claims import ClaimsQuestion, user_claims
from workbench.am.realm import Realm
from workbench.am.scripts.plugin import AccessTokenModificationScript
from workbench.am.scripts.script import EMPTY, Bindings, MayActScript, ScriptOutcome
from workbench.am.tokens.token import ID_TOKEN, Making, Token
from workbench.errors import ServerError


def issue(realm: Realm, order: Order, settings: Effective | None = None) -> Issued:
    """Issue an access token with what is due beside it, or an ID token alone.

    The may act script that applies to the client runs before each is signed, and
    sees that token: one setting names it for access and refresh tokens (AM 7.2,
    token exchange configuration), another for ID tokens. An access token then
    meets the modification script; that this order is AM's is inferred.

    Args:
        realm: Whose token it is.
        order: What was asked for, and granted.
        settings: What applies to the client, where that was worked out already.

    Raises:
        ScriptFailed: It did; nothing was issued.
        ServerError: The script is missing, or the claims are nested too deep.
    """
    settings = settings or effective(realm.provider, order.client)
    origin = origin_of(realm, settings)
    if order.token_type == ID_TOKEN:
        alone, ran = _id_token(realm, order, origin, None)
        return _limited(realm, order, Issued(identity=alone, scripts=ran))
    grant_id = order.grant_id or realm.ids.token()
    claims = access_claims(order, origin, **_fresh_ids(realm, grant_id))
    claims, outcome = _stamp(realm, order, settings.accessTokenMayActScript, claims)
    token = _modify(realm, order, settings, claims)
    refresh, stamped = None, None
    if refresh_token_due(order, settings, realm.profile):
        act = token.claims.get("act")
        acting = order if act is order.act else replace(order, act=act)
        claims = refresh_claims(acting, origin, **_fresh_ids(realm, grant_id))
        script = settings.accessTokenMayActScript
        claims, stamped = _stamp(realm, order, script, claims)
        refresh = make_token(realm, claims, settings)
    access = make_token(realm, token.claims, settings, token.value)
    if token.outcome is not None and token.is_renamed:
        realm.tokens.discard(token.claims)
    beside: Token | None = None
    ran = ()
    if id_token_due(order):
        beside, ran = _id_token(realm, order, origin, access.value)
    issued = Issued(
        access=access,
        refresh=refresh,
        identity=beside,
        scripts=(*_outcomes(outcome, token.outcome, stamped), *ran),
        extra=token.extra,
    )
    return _limited(realm, order, issued)


def _limited(realm: Realm, order: Order, issued: Issued) -> Issued:
    """What was issued, held to the caveats of what it came from."""
    if order.limits is not None:
        for token in issued.tokens:
            realm.tokens.limit(token, order.limits)
    return issued


def _fresh_ids(realm: Realm, grant_id: str) -> dict[str, str]:
    """What tells one token of a grant from the others."""
    return {
        "jti": realm.ids.token(),
        "grant_id": grant_id,
        "tracking_id": realm.recorder.tracking_id(),
    }


def origin_of(realm: Realm, settings: Effective) -> Origin:
    """Where and when the tokens of a client with these settings are made."""
    provider = realm.provider
    return Origin(
        issuer=realm.oauth2_url,
        realm=realm.path,
        now=realm.clock.now(),
        settings=settings,
        include_client_id=provider.includeClientIdClaimInStatelessTokens,
        include_subname=provider.includeSubnameInTokenClaims,
        salt=provider.hashSalt,
    )


def _id_token(
    realm: Realm, order: Order, origin: Origin, access_token: str | None
) -> tuple[Token, tuple[ScriptOutcome, ...]]:
    claims = id_claims(
        order,
        origin,
        access_token=access_token,
        tracking_id=realm.recorder.tracking_id(),
    )
    claims, told = _with_user_claims(realm, order, origin.settings, claims)
    script = origin.settings.oidcMayActScript
    claims, outcome = _stamp(realm, order, script, claims)
    algorithm = order.client.id_token_signed_response_alg
    making = Making(client_side=True, algorithm=algorithm)
    return _sign(realm, claims, making), _outcomes(told, outcome)


def _with_user_claims(
    realm: Realm, order: Order, settings: Effective, claims: NewClaims
) -> tuple[dict[str, Any], ScriptOutcome | None]:
    """An ID token with the person's claims, where the provider wants them in it.

    That no script runs otherwise is inferred.
    """
    if not realm.provider.alwaysAddClaimsToToken:
        return claims, None
    asked = ClaimsQuestion(
        client=order.client,
        scopes=order.scope,
        user=order.user,
        claims={"sub": order.sub},
        sub=order.sub,
        session=order.session,
        properties=order.request_properties,
    )
    told, outcome = user_claims(realm, asked)
    return with_user_claims(claims, told, settings.overrideableOIDCClaims), outcome


def _stamp(
    realm: Realm, order: Order, name: str, claims: NewClaims
) -> tuple[dict[str, Any], ScriptOutcome | None]:
    """The claims after the may act script of this name, where there is one."""

    def seen() -> Bindings:
        return bindings(realm, order, claims)

    kind = MayActScript
    outcome = None
    if name != EMPTY:
        outcome = run_script(realm, kind, name, seen, SCRIPT_FAILED)
    if outcome is None:
        return claims, None
    outcome = replace(outcome, token_name=claims["tokenName"])
    return stamp(claims, outcome), outcome


def _modify(
    realm: Realm, order: Order, settings: Effective, claims: NewClaims
) -> ModifiedToken:
    """The access token after the modification script, where there is one."""

    def seen() -> Bindings:
        client_side = settings.statelessTokensEnabled
        value = make_token(realm, claims, settings).value if client_side else ""
        further = {"tokenId": value or realm.ids.token(), "clientSide": client_side}
        return replace(bindings(realm, order, claims), further=further)

    kind, name = AccessTokenModificationScript, settings.accessTokenModificationScript
    outcome = None
    if name != EMPTY:
        outcome = run_script(realm, kind, name, seen, MODIFICATION_FAILED)
    if outcome is None:
        return ModifiedToken(claims=claims)
    return modify(claims, outcome)


def bindings(realm: Realm, order: Order, claims: Claims) -> Bindings:
    """What a script sees of a token about to be issued."""
    client, properties = order.client, order.request_properties()
    whose = identity_about(realm, order.user, order.sub, client)
    seen = client_bindings(realm, properties, client, whose, order.session)
    return replace(seen, token=claims, scopes=order.scope)


def make_token(
    realm: Realm, claims: NewClaims, settings: Effective, value: str = ""
) -> Token:
    """Sign or keep an access or refresh token, as the settings have it.

    Args:
        realm: Whose keys and store are used.
        claims: The token's.
        settings: Those of its client.
        value: What a server-side token shall be called; "" for a fresh value.

    Raises:
        ServerError: The claims are nested too deep.
    """
    provider = realm.provider
    making = Making(
        client_side=settings.statelessTokensEnabled,
        algorithm=provider.tokenSigningAlgorithm,
        encrypted=settings.tokenEncryptionEnabled,
        compressed=provider.tokenCompressionEnabled,
        value=value,
        macaroon=provider.macaroonTokensEnabled,
    )
    return _sign(realm, claims, making)


def _sign(realm: Realm, claims: NewClaims, making: Making) -> Token:
    try:
        return realm.tokens.make(claims, making)
    except RecursionError:
        raise ServerError(
            "Internal Server Error", hint="The claims are nested too deep to sign."
        ) from None


def _outcomes(*outcomes: ScriptOutcome | None) -> tuple[ScriptOutcome, ...]:
    return tuple(each for each in outcomes if each is not None)
