"""Running a may act script for a token that is never issued.

Sources: PingAM 8.1 "May act scripting API" for what a script sees, "Token exchange"
for who may use the claim.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from workbench.am.basics.secrets import HIDDEN_PARAMETERS
from workbench.am.basics.types import NewClaims
from workbench.am.claims.id_token import id_claims
from workbench.am.claims.order import Order, access_claims, client_order
from workbench.am.clients.client import Client
from workbench.am.clients.effective import effective
from workbench.am.clients.grant_types import AUTHORIZATION_CODE, TOKEN_EXCHANGE
from workbench.am.exchange.may_act import members
from workbench.am.issuing.issue import bindings, origin_of
from workbench.am.people.user import User, user_subject
from workbench.am.realm import Realm
from workbench.am.scripts.dry_run import DryRun, Exchanger
from workbench.am.scripts.script import MayActScript, ScriptOutcome
from workbench.am.tokens.token import ACCESS_TOKEN, ID_TOKEN
from workbench.errors import RegistrationError

MADE_UP = Client(client_id="some-client", secret="none", scopes=("read", "write"))
"""Whom a dry run is for where nobody is registered yet."""


def dry_run(
    realm: Realm,
    script: MayActScript | str,
    client_id: str | None = None,
    scopes: tuple[str, ...] = (),
    *,
    user: str | None = None,
    token_type: str = ACCESS_TOKEN,
    request: Mapping[str, Any] | None = None,
) -> ScriptOutcome:
    """Run a script as if somebody asked for a token; nothing is issued.

    The request that the script sees is made up: client credentials, or the
    authorization code grant where a user is named.

    Args:
        realm: Where the script is, or would be.
        script: A script, saved or not, or the name or id of a saved one.
        client_id: A registered client; None for one made up on the spot.
        scopes: Those asked for; by default all that the client may have.
        user: Who logged in and consented; None where the client acts as itself.
        token_type: The URN of an access token or an ID token.
        request: Further parameters of the request, by name.

    Raises:
        RegistrationError: There is no such script, client or user, or no such
            token would be issued.
    """
    chosen = realm.script(script) if isinstance(script, str) else script
    client = MADE_UP if client_id is None else realm.client(client_id)
    person = None if user is None else realm.user(user)
    order = _order(realm, client, scopes or client.scopes, person, token_type)
    seen = request_of(order, realm, request or {})
    order = replace(order, request_properties=lambda: seen)
    outcome = realm.engine.run(chosen, bindings(realm, order, _claims(realm, order)))
    stood_for = DryRun(
        client_id=client.client_id,
        subject=order.subname,
        token_type=token_type,
        exchangers=exchangers(
            outcome.may_act, realm.clients, realm.provider.grantTypes
        ),
    )
    return replace(outcome, dry_run=stood_for)


def _order(
    realm: Realm,
    client: Client,
    scopes: tuple[str, ...],
    user: User | None,
    token_type: str,
) -> Order:
    if token_type not in (ACCESS_TOKEN, ID_TOKEN):
        raise RegistrationError(
            f"A dry run is for an access token or an ID token; not {token_type!r}."
        )
    order = client_order(client, scopes, realm.profile)
    order = replace(order, token_type=token_type)
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


def _claims(realm: Realm, order: Order) -> NewClaims:
    origin = origin_of(realm, effective(realm.provider, order.client))
    if order.token_type == ID_TOKEN:
        return id_claims(order, origin, access_token=None, tracking_id="dry-run")
    return access_claims(
        order, origin, tracking_id="dry-run", jti="dry-run", grant_id="dry-run"
    )


def request_of(order: Order, realm: Realm, more: Mapping[str, Any]) -> dict[str, Any]:
    """The request that a dry run stands for, as a script sees it.

    Args:
        order: What would be issued.
        realm: Whose token endpoint is asked.
        more: Further parameters, each a text or a list of texts.
    """
    sent: dict[str, Any] = {
        "grant_type": order.grant_type,
        "client_id": order.client.client_id,
        "scope": " ".join(order.scope),
        **more,
    }
    return {
        "requestUri": f"{realm.oauth2_url}/access_token",
        "realm": realm.path,
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
