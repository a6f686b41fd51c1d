"""Where a client asks for a person's approval: AM's ``/bc-authorize``.

Sources: PingAM 8.1, ``/oauth2/bc-authorize``; OpenID CIBA Core 1.0 sections 7 and 13.
Whatever stands outside the signed JWT is ignored, as is what AM's page does not list
(``login_hint_token``, ``user_code``, ``requested_expiry``). That a client without the
grant, and a public one, is unauthorized is CIBA's; AM's text is unknown.
"""

from itertools import chain
from typing import Any

from workbench.am.backchannel.request import message_fault
from workbench.am.backchannel.signed import (
    HINTS,
    NOT_SIGNED,
    TEXTS,
    audiences_of,
    request_fault,
)
from workbench.am.basics.secrets import safe_text
from workbench.am.basics.types import Claims
from workbench.am.clients.client import Client
from workbench.am.clients.grant_types import CIBA
from workbench.am.issuing.grant_scopes import granted_scopes
from workbench.am.people.user import User, user_in
from workbench.am.reading.read_token import read_token, subject_of
from workbench.am.realm import Realm
from workbench.am.scopes.question import AUTHORIZATION, ScopeQuestion
from workbench.am.scopes.scope import split_scope
from workbench.am.tokens.assertion import NOT_VALID, read_assertion
from workbench.am.tokens.introspection import issued_to
from workbench.am.tokens.token import is_id_token
from workbench.errors import InvalidRequest, UnauthorizedClient
from workbench.server.errors import InvalidBindingMessage, UnknownUserId
from workbench.server.request.incoming import Incoming

PATH = "/bc-authorize"
APPROVAL = f"{PATH}/approve"
"""Where a person answers with a browser; AM has no such page, but a push."""

UNAUTHORIZED = "Client is not authorized to use the backchannel request grant."
NO_OPENID = "Missing expected scope=openid from request"
"""OpenAM's text where an ID token is asked for without that scope."""

UNKNOWN_USER = "Unknown user"
UNFIT_MESSAGE = "Invalid binding_message"


def backchannel(incoming: Incoming) -> dict[str, Any]:
    """An ``auth_req_id`` to poll with, once a client has asked for a person."""
    realm, client = incoming.realm, incoming.authenticated_client()
    _require_allowed(realm, client)
    claims = _read_request(incoming, client)
    user = _person(realm, client, claims)
    unfit = message_fault(claims["binding_message"])
    if unfit:
        raise InvalidBindingMessage(UNFIT_MESSAGE, hint=unfit)
    question = ScopeQuestion(
        client=client,
        scope=claims["scope"],
        entry=AUTHORIZATION,
        user=user,
        properties=incoming.properties,
    )
    granted = granted_scopes(realm, question)
    asked = realm.backchannel.open(
        client_id=client.client_id,
        client_name=client.name or client.client_id,
        user=user.name,
        scope=granted.scopes,
        binding_message=claims["binding_message"],
        acr_values=claims["acr_values"],
        lifetime=realm.provider.cibaAuthReqIdLifetime,
    )
    text = (
        f"{client.client_id} asks {user.name} to approve request {asked.number}: "
        f"{safe_text(asked.binding_message)}{granted.remark}"
    )
    page = f"{realm.oauth2_url}{APPROVAL}"
    hint = f"Approve it in a form, by realm.backchannel, or at {page}."
    incoming.record(
        "backchannel", client.client_id, text, hint=hint, scripts=granted.scripts
    )
    return {
        "auth_req_id": asked.auth_req_id,
        "expires_in": realm.provider.cibaAuthReqIdLifetime,
        "interval": realm.provider.cibaMinimumPollingInterval,
    }


def _require_allowed(realm: Realm, client: Client) -> None:
    """Refuse a client that may not ask anybody."""
    if CIBA not in realm.provider.grantTypes:
        hint = f"The provider does not have the grant {CIBA}."
    elif CIBA not in client.grant_types:
        hint = f"{client.client_id} does not have the grant {CIBA}."
    elif client.public:
        hint = f"{client.client_id} is public; such a client cannot ask (CIBA 7.1)."
    else:
        return
    raise UnauthorizedClient(UNAUTHORIZED, hint=hint)


def _read_request(incoming: Incoming, client: Client) -> Claims:
    """What the signed JWT says, once it is the client's own.

    Raises:
        InvalidRequest: There is none, or it does not count.
    """
    realm, value = incoming.realm, incoming.parameters.get("request")
    request = read_assertion(value) if value else None
    if request is None:
        outside = [n for n in (*TEXTS, *HINTS) if incoming.parameters.get(n)]
        told = f" Put {', '.join(outside)} into it as claims." if outside else ""
        hint = f"Send request=<a JWT that the client signed>.{told}"
        raise InvalidRequest(NOT_SIGNED, hint=hint)
    forms = (
        (issuer, f"{issuer}{PATH}", f"{issuer}/access_token")
        for issuer in realm.issuers
    )
    audiences = audiences_of(f"{realm.base_url}/oauth2", *chain(*forms))
    fault = request_fault(
        request,
        client,
        realm.provider.supportedCibaSigningAlgorithms,
        audiences=(*audiences, *realm.provider.allowedAudienceValues),
        now=realm.clock.now(),
    )
    if fault is not None:
        raise InvalidRequest(fault.description, hint=fault.hint)
    if "openid" not in split_scope(request.claims["scope"]):
        raise InvalidRequest(NO_OPENID, hint="The scope has openid (CIBA 7.1).")
    return request.claims


def _person(realm: Realm, client: Client, claims: Claims) -> User:
    """Whom the hint means.

    Raises:
        InvalidRequest: An ``id_token_hint`` that was not issued to this client.
        UnknownUserId: Nobody who could answer; that AM says so of somebody who is not
            active is inferred.
    """
    name = claims.get("login_hint")
    if name:
        user = realm.users.known_as(name)
    else:
        user = _hinted(realm, client, claims["id_token_hint"])
    if user is None:
        found = safe_text(name) if name else "whom the id_token_hint is about"
        raise UnknownUserId(UNKNOWN_USER, hint=f"There is nobody here: {found}.")
    if not user.active:
        raise UnknownUserId(UNKNOWN_USER, hint=f"{user.name} is not active.")
    return user


def _hinted(realm: Realm, client: Client, value: str) -> User | None:
    """Whom an ID token is about; it may have expired, as people come back later."""
    claims = read_token(realm, value).claims
    if claims is None or not is_id_token(claims):
        hint = "The id_token_hint is no ID token of this realm."
    elif issued_to(claims) != client.client_id:
        hint = f"The id_token_hint was issued to {safe_text(issued_to(claims))}."
    else:
        return user_in(subject_of(realm, claims), realm.users)
    raise InvalidRequest(NOT_VALID, hint=hint)
