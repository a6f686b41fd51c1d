"""What the server tells a client of a token, as JSON or as a signed JWT."""

from typing import Any

from workbench.am.admin.audit import ACTIVE
from workbench.am.clients.client import Client
from workbench.am.reading.read_token import read_in_any_realm, read_token
from workbench.am.tokens.introspection import (
    ANY_REALM,
    introspection,
    may_introspect,
)
from workbench.am.tokens.token import compact
from workbench.server.answers import NO_STORE, Answer
from workbench.server.request.incoming import Incoming

JWT_TYPES = ("application/token-introspection+jwt", "application/jwt")
"""What ``Accept`` asks for a JWT with (PingAM 8.1, introspect endpoint)."""

ALGORITHM = "RS256"
"""``introspection_signed_response_alg`` of a new client."""


def introspect(incoming: Incoming) -> Answer:
    """What the server knows of a token (RFC 7662; as a JWT, RFC 9701).

    A client that may not know is told what it would be told of no token.
    """
    realm, client = incoming.realm, incoming.authenticated_client()
    (value,) = incoming.parameters.require("token")
    everywhere = ANY_REALM in client.scopes
    reading = (read_in_any_realm if everywhere else read_token)(realm, value)
    answer = introspection(
        reading,
        now=realm.clock.now(),
        with_aud=realm.provider.useTokenIntrospectionClaim,
    )
    if reading.claims is None:
        text = f"Inactive: {reading.fault}."
    elif not may_introspect(client, reading.claims, realm.provider):
        answer, text = {"active": False}, "Inactive: not for this client."
    else:
        why = reading.why_inactive
        text = f"Inactive: {why[0].lower()}{why[1:]}" if why else ACTIVE
    incoming.record("introspect", client.client_id, text)
    accepted = incoming.request.accept_mimetypes
    wanted = accepted.best_match(("application/json", *JWT_TYPES))
    if wanted not in JWT_TYPES:
        return Answer(200, answer, NO_STORE)
    return Answer(200, _sign(incoming, client, answer), NO_STORE, wanted)


def _sign(incoming: Incoming, client: Client, answer: dict[str, Any]) -> str:
    """The answer as a JWT.

    With the provider's switch on, it stands in a claim of its own, beside who
    issued it, to whom and when (RFC 9701 section 5); PingAM's default is flat.
    """
    realm = incoming.realm
    payload = answer
    if realm.provider.useTokenIntrospectionClaim:
        payload = {
            "iss": realm.oauth2_url,
            "aud": client.client_id,
            "iat": realm.clock.now(),
            "token_introspection": answer,
        }
    return realm.tokens.keys.sign(
        compact(payload).encode(), ALGORITHM, typ="token-introspection+jwt"
    )
