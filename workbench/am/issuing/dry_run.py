"""Running a may act script for a token that is never issued.

Sources: PingAM 8.1 "May act scripting API" for what a script sees, "Token exchange"
for who may use the claim.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from workbench.am.basics.secrets import HIDDEN_PARAMETERS
from workbench.am.claims.id_token import id_claims
from workbench.am.claims.order import Order, access_claims
from workbench.am.clients.client import AUTHORIZATION_CODE, TOKEN_EXCHANGE, Client
from workbench.am.exchange.may_act import members
from workbench.am.issuing.issue import bindings
from workbench.am.people.user import User, user_subject
from workbench.am.scripts.script import MayActScript, ScriptOutcome
from workbench.am.scripts.trial import Exchanger, Trial
from workbench.am.scripts.usage import Neighbours
from workbench.am.tokens.store import ACCESS_TOKEN, ID_TOKEN
from workbench.errors import RegistrationError

if TYPE_CHECKING:
    from workbench.am.realm import Realm

MADE_UP = Client(client_id="some-client", secret="none", scopes=("read", "write"))
"""Whom a dry run is for where nobody is registered yet."""


def dry_run(
    realm: "Realm",
    script: MayActScript,
    client: Client,
    scopes: tuple[str, ...],
    *,
    user: User | None,
    token_type: str,
    request: Mapping[str, Any],
) -> ScriptOutcome:
    """What :meth:`Realm.dry_run` does, with everybody found already."""
    order = _order(realm, client, scopes or client.scopes, user, token_type)
    uri = f"{realm.oauth2_url}/access_token"
    order = replace(
        order, request_properties=lambda: request_of(order, uri, realm.path, request)
    )
    claims = _claims(realm, order)
    outcome = realm.engine.run(script, bindings(realm, order, claims))
    grants = realm.provider.grantTypes
    trial = Trial(
        client_id=client.client_id,
        subject=order.subname,
        token_type=token_type,
        exchangers=exchangers(outcome.may_act, realm.clients, grants),
    )
    return replace(outcome, trial=trial)


def _order(
    realm: "Realm",
    client: Client,
    scopes: tuple[str, ...],
    user: User | None,
    token_type: str,
) -> Order:
    if token_type not in (ACCESS_TOKEN, ID_TOKEN):
        raise RegistrationError(
            f"A dry run is for an access token or an ID token; not {token_type!r}."
        )
    order = replace(realm.own_token(client, scopes), token_type=token_type)
    if user is None and token_type == ID_TOKEN:
        raise RegistrationError("An ID token is about a person: name a user.")
    if user is None:
        return order
    return replace(
        order,
        grant_type=AUTHORIZATION_CODE,
        sub=user_subject(user.name, typed=realm.profile.typed_subjects),
        subname=user.name,
        auth_level=0,
        user=user,
    )


def _claims(realm: "Realm", order: Order) -> dict[str, Any]:
    origin = realm.origin(realm.effective(order.client))
    if order.token_type == ID_TOKEN:
        return id_claims(order, origin, access_token=None, tracking_id="dry-run")
    return access_claims(
        order, origin, tracking_id="dry-run", jti="dry-run", grant_id="dry-run"
    )


def request_of(
    order: Order, uri: str, realm: str, more: Mapping[str, Any]
) -> dict[str, Any]:
    """The request that a dry run stands for, as a script sees it.

    Args:
        order: What would be issued.
        uri: The token endpoint's URL.
        realm: The realm's path.
        more: Further parameters, each a text or a list of texts.
    """
    sent: dict[str, Any] = {
        "grant_type": order.grant_type,
        "client_id": order.client.client_id,
        "scope": " ".join(order.scope),
        **more,
    }
    return {
        "requestUri": uri,
        "realm": realm,
        "requestParams": {
            name: [value] if isinstance(value, str) else list(value)
            for name, value in sent.items()
            if name not in HIDDEN_PARAMETERS
        },
        "requestHeaders": {"Content-Type": ["application/x-www-form-urlencoded"]},
    }


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


def neighbours(realm: "Realm", script: MayActScript) -> Neighbours:
    """Who is around a script, for the linter."""
    used_by = [
        client.client_id
        for client in realm.clients.values()
        if script.id in _scripts_of(realm, client)
    ]
    return Neighbours(
        clients={name: each.grant_types for name, each in realm.clients.items()},
        users=frozenset(realm.users),
        used_by=tuple(used_by) if script.id in realm.scripts else None,
        typed_subjects=realm.profile.typed_subjects,
    )


def _scripts_of(realm: "Realm", client: Client) -> tuple[str, str]:
    settings = realm.effective(client)
    return settings.accessTokenMayActScript, settings.oidcMayActScript
