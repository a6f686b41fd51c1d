"""Dry runs of what a token meets before it is issued: may act and modification.

Sources: PingAM 8.1 "May act scripting API" for what a script sees, "Token exchange"
for who may use the claim.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from workbench.am.basics.types import NewClaims
from workbench.am.claims.id_token import id_claims
from workbench.am.claims.modification import modify
from workbench.am.claims.order import Order, access_claims, client_order, person_order
from workbench.am.clients.client import Client
from workbench.am.clients.effective import effective
from workbench.am.clients.grant_types import AUTHORIZATION_CODE, TOKEN_EXCHANGE
from workbench.am.dry_runs.trial import Rehearsal, Trial
from workbench.am.exchange.may_act import members
from workbench.am.issuing.issue import bindings, origin_of
from workbench.am.scripts.dry_run import Exchanger
from workbench.am.tokens.token import ACCESS_TOKEN, ID_TOKEN
from workbench.errors import RegistrationError


def may_act(trial: Trial) -> Rehearsal:
    """A token is about to be signed."""
    order = order_of(trial)
    seen = bindings(trial.realm, order, claims_of(trial, order))
    kind = "an ID token" if order.token_type == ID_TOKEN else "an access token"
    return Rehearsal(
        bindings=seen, subject=order.subname, occasion=f"{_asked(order)} {kind}"
    )


def modification(trial: Trial) -> Rehearsal:
    """An access token is about to be issued; no may act script ran before."""
    order = order_of(replace(trial, token_type=ACCESS_TOKEN))
    claims = claims_of(trial, order)
    return Rehearsal(
        bindings=replace(
            bindings(trial.realm, order, claims), further=token_made_up(trial)
        ),
        subject=order.subname,
        occasion=f"{_asked(order)} an access token",
        take=lambda outcome: modify(claims, outcome),
    )


def token_made_up(trial: Trial) -> dict[str, Any]:
    """What a script sees of an access token beside its claims."""
    client_side = effective(trial.realm.provider, trial.client).statelessTokensEnabled
    return {"tokenId": "dry-run", "clientSide": client_side}


def _asked(order: Order) -> str:
    grant = order.grant_type.replace("_", " ")
    return f"{order.client.client_id} asked the token endpoint ({grant}) for"


def order_of(trial: Trial) -> Order:
    """What would be issued.

    Raises:
        RegistrationError: No such token would be.
    """
    if trial.token_type not in (ACCESS_TOKEN, ID_TOKEN):
        raise RegistrationError(
            "A dry run is for an access token or an ID token; "
            f"not {trial.token_type!r}."
        )
    profile, user = trial.realm.profile, trial.user
    if user is None and trial.token_type == ID_TOKEN:
        raise RegistrationError("An ID token is about a person: name a user.")
    if user is None:
        order = client_order(trial.client, trial.wanted, profile)
    else:
        order = person_order(
            trial.client,
            user,
            trial.wanted,
            profile,
            grant_type=AUTHORIZATION_CODE,
            auth_level=0,
        )
    seen = token_request(trial, order)
    return replace(order, token_type=trial.token_type, request_properties=lambda: seen)


def token_request(trial: Trial, order: Order) -> dict[str, Any]:
    """The token request, as a script sees it."""
    return trial.sent(
        "/access_token",
        grant_type=order.grant_type,
        client_id=order.client.client_id,
        scope=" ".join(order.scope),
    )


def claims_of(trial: Trial, order: Order) -> NewClaims:
    """The claims of the token that would be issued."""
    realm = trial.realm
    origin = origin_of(realm, effective(realm.provider, order.client))
    if order.token_type == ID_TOKEN:
        return id_claims(order, origin, access_token=None, tracking_id="dry-run")
    return access_claims(
        order, origin, tracking_id="dry-run", jti="dry-run", grant_id="dry-run"
    )


def exchangers(
    may_act: Any, clients: Mapping[str, Client], grants: Iterable[str]
) -> tuple[Exchanger, ...]:
    """Whom the claim names as client, and what each could do with the token.

    Args:
        may_act: The claim.
        clients: Who is registered, by id; nothing is said where nobody is yet.
        grants: The grants that the provider has.
    """
    if not isinstance(may_act, Mapping) or not clients:
        return ()
    actors = " or ".join(str(each) for each in members(may_act, "sub"))
    need = f"with an actor token of {actors}" if actors else "without an actor token"
    offered = TOKEN_EXCHANGE in set(grants)
    return tuple(
        _exchanger(name, clients.get(name), need, offered)
        for name in members(may_act, "client_id")
        if isinstance(name, str)
    )


def _exchanger(name: str, client: Client | None, need: str, offered: bool) -> Exchanger:
    if client is None:
        return Exchanger(name, False, "there is no such client in the realm")
    if not client.active:
        return Exchanger(name, False, "it is inactive")
    if TOKEN_EXCHANGE not in client.grant_types:
        return Exchanger(name, False, "it lacks the token exchange grant")
    if not offered:
        return Exchanger(name, False, "the provider lacks the token exchange grant")
    return Exchanger(name, True, need)
