"""The authorization code grant (RFC 6749 section 4.1.3)."""

from typing import Any

from workbench.am.claims.order import person_order
from workbench.am.clients.client import Client
from workbench.am.clients.grant_types import AUTHORIZATION_CODE
from workbench.am.issuing.issue import issue
from workbench.am.people.code import AuthorizationCode, verifier_fits
from workbench.am.people.user import User
from workbench.am.reading.sibling import elsewhere
from workbench.am.realm import Realm
from workbench.am.settings.profile import REFUSE
from workbench.errors import InvalidGrant, InvalidRequest
from workbench.server.answers import (
    INVALID_GRANT,
    require_grant,
)
from workbench.server.grants.answer import answer_with
from workbench.server.request.incoming import Incoming


def authorization_code(incoming: Incoming) -> dict[str, Any]:
    """Tokens for a code (RFC 6749 section 4.1.3). A code is good once.

    A second use revokes what the first gave (RFC 6749 section 4.1.2). One that comes
    while scripts of the first still run waits for it.
    """
    realm, client = incoming.realm, incoming.authenticated_client()
    require_grant(realm, client, AUTHORIZATION_CODE)
    (value,) = incoming.parameters.require("code")
    with realm.turns.alone(value):
        return _redeem(incoming, client, value)


def _redeem(incoming: Incoming, client: Client, value: str) -> dict[str, Any]:
    realm = incoming.realm
    code = _usable(realm, client, _code(realm, value))
    user = _person_of(realm, code)
    _check_redirect_uri(code, incoming.parameters.get("redirect_uri"))
    _check_verifier(code, incoming.parameters.get("code_verifier"))
    order = person_order(
        client,
        user,
        code.scope,
        realm.profile,
        grant_type=AUTHORIZATION_CODE,
        auth_time=code.auth_time,
        auth_level=code.auth_level,
        grant_id=code.grant_id,
        session=incoming.session,
        nonce=code.nonce,
        request_properties=incoming.properties,
    )
    issued = issue(realm, order)
    realm.codes.use(value)
    text = f"{client.client_id} got a token of {order.sub}."
    return answer_with(incoming, order, issued, text)


def _code(realm: Realm, value: str) -> AuthorizationCode:
    code = realm.codes.find(value)
    if code is None:
        hint = elsewhere(
            realm,
            "The code",
            lambda other: other.codes.find(value) is not None,
            "There is no such code.",
        )
        raise InvalidGrant(INVALID_GRANT, hint=hint)
    return code


def _usable(realm: Realm, client: Client, code: AuthorizationCode) -> AuthorizationCode:
    if code.client_id != client.client_id:
        raise InvalidGrant(
            INVALID_GRANT, hint=f"The code was issued to {code.client_id}."
        )
    if code.used:
        realm.tokens.revoke_grant(code.grant_id)
        raise InvalidGrant(
            INVALID_GRANT,
            hint="The code was used before; what it gave is revoked now.",
        )
    if realm.codes.has_expired(code):
        raise InvalidGrant(INVALID_GRANT, hint="The code has expired.")
    return code


def _person_of(realm: Realm, code: AuthorizationCode) -> User:
    """Who consented, as the person is today.

    A profile switch says what becomes of the codes of people who are gone.
    """
    name = code.user.name
    if realm.profile.tokens_of_gone_people == REFUSE and realm.users.is_gone(name):
        raise InvalidGrant(INVALID_GRANT, hint=f"{name} was deactivated or deleted.")
    return realm.users.get(name, code.user)


def _check_redirect_uri(code: AuthorizationCode, sent: str | None) -> None:
    if code.redirect_uri is not None and sent != code.redirect_uri:
        raise InvalidGrant(
            INVALID_GRANT,
            hint="redirect_uri is not the one of the authorization request.",
        )


def _check_verifier(code: AuthorizationCode, sent: str | None) -> None:
    """Hold the proof key against its challenge (RFC 7636 section 4.6)."""
    if not code.challenge:
        return
    if sent is None:
        raise InvalidRequest(
            "code_verifier parameter required",
            hint="The authorization request had a code_challenge (RFC 7636).",
        )
    if not verifier_fits(code, sent):
        raise InvalidGrant(
            INVALID_GRANT, hint="code_verifier does not fit the code_challenge."
        )
