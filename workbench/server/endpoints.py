"""The endpoints of a realm, each named by its PingAM path."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from workbench.am.identities import TOKEN_EXCHANGE
from workbench.am.introspection import introspection, issued_to, may_introspect
from workbench.am.settings import SIGNING_ALGORITHMS
from workbench.errors import InvalidRequest, UnsupportedGrantType
from workbench.server.answers import NOT_SUPPORTED
from workbench.server.grants import GRANTS
from workbench.server.incoming import Incoming

NO_STORE = {"Cache-Control": "no-store", "Pragma": "no-cache"}
"""RFC 6749 section 5.1; answers with tokens, and what is told of them."""


@dataclass(frozen=True, slots=True)
class Endpoint:
    """How one path is answered."""

    method: str
    answer: Callable[[Incoming], Any]
    headers: dict[str, str]


def access_token(incoming: Incoming) -> dict[str, Any]:
    """The token endpoint (RFC 6749 section 3.2)."""
    grant_type = incoming.parameters.get("grant_type")
    if grant_type is None:
        raise InvalidRequest("Grant type is not set")
    grant = GRANTS.get(grant_type)
    if grant is None:
        raise UnsupportedGrantType(
            NOT_SUPPORTED, hint=f"Known here: {', '.join(GRANTS)}."
        )
    return grant(incoming)


def introspect(incoming: Incoming) -> dict[str, Any]:
    """What the server knows of a token (RFC 7662).

    A client that may not know is told what it would be told of no token.
    """
    realm, client = incoming.realm, incoming.authenticated()
    (value,) = incoming.parameters.require("token")
    reading = realm.read(value)
    answer = introspection(reading, now=realm.clock.now())
    if reading.claims is None:
        text = f"Inactive: {reading.fault}."
    elif not may_introspect(client, reading.claims, realm.provider):
        answer, text = {"active": False}, "Inactive: not for this client."
    else:
        text = "Active." if reading.active else "Inactive: expired or revoked."
    incoming.record("introspect", client.client_id, text)
    return answer


def token_revoke(incoming: Incoming) -> dict[str, Any]:
    """Give a token back (RFC 7009); an unknown one is no error.

    A client may only revoke what was issued to it (RFC 7009 section 2.1).
    """
    realm, client = incoming.realm, incoming.authenticated()
    (value,) = incoming.parameters.require("token")
    claims = realm.read(value).claims
    if claims is not None and issued_to(claims) == client.client_id:
        realm.tokens.revoke(claims)
        incoming.record(
            "revoke", client.client_id, f"{claims['tokenName']} was revoked."
        )
    return {}


def jwk_uri(incoming: Incoming) -> dict[str, Any]:
    """The public keys (RFC 7517)."""
    return incoming.realm.tokens.keys.jwks()


def discovery(incoming: Incoming) -> dict[str, Any]:
    """The server's metadata (RFC 8414), as far as the endpoints exist here.

    As measured, PingAM does not list the token exchange grant.
    """
    base = incoming.realm.oauth2_url
    methods = ["client_secret_post", "client_secret_basic"]
    return {
        "issuer": base,
        "token_endpoint": f"{base}/access_token",
        "introspection_endpoint": f"{base}/introspect",
        "revocation_endpoint": f"{base}/token/revoke",
        "jwks_uri": f"{base}/connect/jwk_uri",
        "grant_types_supported": [each for each in GRANTS if each != TOKEN_EXCHANGE],
        "token_endpoint_auth_methods_supported": methods,
        "introspection_endpoint_auth_methods_supported": methods,
        "revocation_endpoint_auth_methods_supported": methods,
        "id_token_signing_alg_values_supported": list(SIGNING_ALGORITHMS),
        "subject_types_supported": ["public"],
    }


ENDPOINTS = {
    "/access_token": Endpoint("POST", access_token, NO_STORE),
    "/introspect": Endpoint("POST", introspect, NO_STORE),
    "/token/revoke": Endpoint("POST", token_revoke, NO_STORE),
    "/connect/jwk_uri": Endpoint("GET", jwk_uri, {}),
    "/.well-known/openid-configuration": Endpoint("GET", discovery, {}),
    "/.well-known/oauth-authorization-server": Endpoint("GET", discovery, {}),
}
