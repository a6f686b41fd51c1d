"""Issuing tokens: claims are made, scripts change them, what is left is signed."""

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from workbench.am.claims.id_token import id_claims, with_told
from workbench.am.claims.modified import MODIFICATION_FAILED, Modified, modified
from workbench.am.claims.order import (
    SCRIPT_FAILED,
    Issued,
    Order,
    Origin,
    access_claims,
    id_token_due,
    refresh_claims,
    refresh_token_due,
    stamped,
)
from workbench.am.clients.effective import Effective
from workbench.am.issuing.run_script import client_bindings, run_script
from workbench.am.issuing.user_claims import ClaimsQuestion, user_claims
from workbench.am.scripts.plugin import AccessTokenModificationScript
from workbench.am.scripts.script import Bindings, MayActScript, ScriptOutcome
from workbench.am.tokens.token import ID_TOKEN, Making, Token
from workbench.errors import ServerError

if TYPE_CHECKING:
    from workbench.am.realm import Realm


def issue(realm: "Realm", order: Order) -> Issued:
    """What :meth:`Realm.issue` does."""
    settings = realm.effective(order.client)
    origin = realm.origin(settings)
    if order.token_type == ID_TOKEN:
        alone, ran = _id_token(realm, order, origin, None)
        return Issued(identity=alone, scripts=ran)
    grant_id = order.grant_id or realm.ids.token()
    ids = {"jti": realm.ids.token(), "grant_id": grant_id}
    claims = access_claims(order, origin, tracking_id=realm.track(), **ids)
    script = settings.accessTokenMayActScript
    claims, outcome = _stamp(realm, order, script, claims)
    token = _modify(realm, order, settings, claims)
    acting = replace(order, act=token.claims.get("act"))
    refresh = None
    if refresh_token_due(order, settings, realm.profile):
        ids["jti"] = realm.ids.token()
        refresh = make_token(
            realm,
            refresh_claims(acting, origin, tracking_id=realm.track(), **ids),
            settings,
        )
    access = make_token(realm, token.claims, settings, token.value)
    if token.renamed:
        realm.tokens.discard(token.claims)
    beside: Token | None = None
    ran = ()
    if id_token_due(order):
        beside, ran = _id_token(realm, order, origin, access.value)
    return Issued(
        access=access,
        refresh=refresh,
        identity=beside,
        scripts=(*_ran(outcome, token.outcome), *ran),
        extra=token.extra,
    )


def _id_token(
    realm: "Realm", order: Order, origin: Origin, access_token: str | None
) -> tuple[Token, tuple[ScriptOutcome, ...]]:
    claims = id_claims(
        order, origin, access_token=access_token, tracking_id=realm.track()
    )
    claims, told = _with_user_claims(realm, order, origin.settings, claims)
    script = origin.settings.oidcMayActScript
    claims, outcome = _stamp(realm, order, script, claims)
    algorithm = order.client.id_token_signed_response_alg
    making = Making(client_side=True, algorithm=algorithm)
    return _sign(realm, claims, making), _ran(told, outcome)


def _with_user_claims(
    realm: "Realm", order: Order, settings: Effective, claims: dict[str, Any]
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
        session=order.session,
        properties=order.request_properties,
    )
    told, outcome = user_claims(realm, asked)
    return with_told(claims, told, settings.overrideableOIDCClaims), outcome


def _stamp(
    realm: "Realm", order: Order, name: str, claims: dict[str, Any]
) -> tuple[dict[str, Any], ScriptOutcome | None]:
    """The claims after the may act script of this name, where there is one."""
    outcome = run_script(
        realm, MayActScript, name, lambda: bindings(realm, order, claims), SCRIPT_FAILED
    )
    if outcome is None:
        return claims, None
    _keep_identity(realm, order, outcome)
    return stamped(claims, outcome), outcome


def _modify(
    realm: "Realm", order: Order, settings: Effective, claims: dict[str, Any]
) -> Modified:
    """The access token after the modification script, where there is one."""

    def seen() -> Bindings:
        client_side = settings.statelessTokensEnabled
        value = make_token(realm, claims, settings).value if client_side else ""
        further = {"tokenId": value or realm.ids.token(), "clientSide": client_side}
        return replace(bindings(realm, order, claims), further=further)

    name = settings.accessTokenModificationScript
    kind = AccessTokenModificationScript
    outcome = run_script(realm, kind, name, seen, MODIFICATION_FAILED)
    if outcome is None:
        return Modified(claims=claims)
    _keep_identity(realm, order, outcome)
    return modified(claims, outcome)


def bindings(realm: "Realm", order: Order, claims: Mapping[str, Any]) -> Bindings:
    """What a script sees of a token about to be issued."""
    properties = order.request_properties()
    seen = client_bindings(realm, properties, order.client, order.user, order.session)
    return replace(seen, token=claims, scopes=order.scope)


def _keep_identity(realm: "Realm", order: Order, outcome: ScriptOutcome) -> None:
    """Keep what a script stored of the person."""
    if outcome.stored is not None and order.user is not None:
        realm.update_user(order.user.name, attributes=outcome.stored)


def make_token(
    realm: "Realm", claims: dict[str, Any], settings: Effective, value: str = ""
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
    making = Making(
        client_side=settings.statelessTokensEnabled,
        algorithm=realm.provider.tokenSigningAlgorithm,
        encrypted=settings.tokenEncryptionEnabled,
        compressed=realm.provider.tokenCompressionEnabled,
        value=value,
        macaroon=realm.provider.macaroonTokensEnabled,
    )
    return _sign(realm, claims, making)


def _sign(realm: "Realm", claims: dict[str, Any], making: Making) -> Token:
    try:
        return realm.tokens.make(claims, making)
    except RecursionError:
        raise ServerError(
            "Internal Server Error", hint="The claims are nested too deep to sign."
        ) from None


def _ran(*outcomes: ScriptOutcome | None) -> tuple[ScriptOutcome, ...]:
    return tuple(each for each in outcomes if each is not None)
