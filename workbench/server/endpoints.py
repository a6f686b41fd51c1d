"""The endpoints of a realm, each named by its PingAM path."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from workbench.am.clients.client import AUTH_METHODS, TOKEN_EXCHANGE
from workbench.am.issuing.user_claims import CLAIMS
from workbench.am.people.code import CHALLENGE_METHODS
from workbench.am.realm import Realm
from workbench.am.scopes.scope import registrable_scopes
from workbench.am.settings.values import PUBLISHED_ALGORITHMS
from workbench.am.tokens.introspection import issued_to
from workbench.errors import InvalidRequest, UnsupportedGrantType
from workbench.server.answers import NO_STORE, NOT_SUPPORTED, Answer
from workbench.server.authorization_response import RESPONSE_MODES
from workbench.server.authorize import authorize, response_types
from workbench.server.bearer import tokeninfo, userinfo
from workbench.server.grants import GRANTS
from workbench.server.incoming import Incoming
from workbench.server.introspect import introspect
from workbench.server.login import authenticate
from workbench.server.macaroon import macaroon
from workbench.server.registration import AGENTS, CLIENTS, Registrar
from workbench.server.token_exchange import unreadable

Endpoint = Callable[[Incoming], Answer]
"""How one method of one path is answered."""


def endpoints(realm: Realm) -> dict[str, dict[str, Endpoint]]:
    """Every path of a realm, with an endpoint for each method that it takes."""
    oauth2, rest = urlsplit(realm.oauth2_url).path, urlsplit(realm.json_url).path
    return {
        f"{realm.server_path}/oauth2/realms/root{AGENT_METADATA}": OAUTH2[
            AGENT_METADATA
        ],
        **{f"{oauth2}{path}": methods for path, methods in OAUTH2.items()},
        **{f"{rest}{path}": methods for path, methods in REST.items()},
    }


def _told(answer: Callable[[Incoming], Any]) -> Endpoint:
    """An endpoint whose answer is JSON that no cache may keep."""
    return lambda incoming: Answer(200, answer(incoming), NO_STORE)


def _published(answer: Callable[[Incoming], Any]) -> Endpoint:
    """An endpoint whose answer is JSON for anybody."""
    return lambda incoming: Answer(200, answer(incoming))


def access_token(incoming: Incoming) -> dict[str, Any]:
    """The token endpoint (RFC 6749 section 3.2)."""
    try:
        grant_type = incoming.parameters.get("grant_type")
    except InvalidRequest as problem:
        if incoming.mentions(b"token-exchange"):
            raise unreadable(problem) from None
        raise
    if grant_type is None:
        raise InvalidRequest("Grant type is not set")
    grant = GRANTS.get(grant_type)
    if grant is None:
        raise UnsupportedGrantType(
            NOT_SUPPORTED, hint=f"Known here: {', '.join(GRANTS)}."
        )
    return grant(incoming)


def token_revoke(incoming: Incoming) -> dict[str, Any]:
    """Give a token back (RFC 7009); an unknown one is no error.

    A client may only revoke what was issued to it (RFC 7009 section 2.1).
    """
    realm, client = incoming.realm, incoming.authenticated()
    (value,) = incoming.parameters.require("token")
    claims = realm.read(value).claims
    if claims is not None and issued_to(claims) == client.client_id:
        gone = realm.tokens.revoke(claims)
        name = claims["tokenName"]
        text = f"{name} was revoked." if gone else f"An {name} cannot be revoked."
        incoming.record("revoke", client.client_id, text, revoked=gone)
    return {}


def jwk_uri(incoming: Incoming) -> dict[str, Any]:
    """The public keys (RFC 7517)."""
    return incoming.realm.tokens.keys.jwks()


def discovery(incoming: Incoming, registrar: Registrar = CLIENTS) -> dict[str, Any]:
    """The server's metadata (RFC 8414; OpenID Connect Discovery), as far as it goes.

    As measured, PingAM does not list the token exchange grant.
    """
    base = incoming.realm.oauth2_url
    return {
        "issuer": base,
        "authorization_endpoint": f"{base}/authorize",
        "token_endpoint": f"{base}/access_token",
        "userinfo_endpoint": f"{base}/userinfo",
        "introspection_endpoint": f"{base}/introspect",
        "revocation_endpoint": f"{base}/token/revoke",
        "registration_endpoint": f"{base}{registrar.path}",
        "jwks_uri": f"{base}/connect/jwk_uri",
        "response_types_supported": response_types(incoming.realm.provider),
        "response_modes_supported": list(RESPONSE_MODES),
        "grant_types_supported": [each for each in GRANTS if each != TOKEN_EXCHANGE],
        "code_challenge_methods_supported": list(CHALLENGE_METHODS),
        **_authentication(incoming.realm),
        "id_token_signing_alg_values_supported": list(PUBLISHED_ALGORITHMS),
        "scopes_supported": list(registrable_scopes(incoming.realm.provider)),
        "claims_supported": list(CLAIMS),
        "subject_types_supported": list(incoming.realm.provider.supportedSubjectTypes),
        "authorization_response_iss_parameter_supported": True,
    }


def _authentication(realm: Realm) -> dict[str, list[str]]:
    """How a client may authenticate, which is the same at each endpoint."""
    methods = list(AUTH_METHODS)
    algorithms = realm.provider.supportedTokenEndpointAuthenticationSigningAlgorithms
    answer: dict[str, list[str]] = {}
    for name in ("token_endpoint", "introspection_endpoint", "revocation_endpoint"):
        answer[f"{name}_auth_methods_supported"] = methods
        answer[f"{name}_auth_signing_alg_values_supported"] = list(algorithms)
    return answer


def agent_discovery(incoming: Incoming) -> dict[str, Any]:
    """The same for AI agents, which register elsewhere (PingAM 8.1, AI agents)."""
    AGENTS.require_open(incoming.realm)
    return discovery(incoming, AGENTS)


def _managed(registrar: Registrar) -> dict[str, Endpoint]:
    return {
        "POST": registrar.post,
        "GET": registrar.get,
        "PUT": registrar.put,
        "DELETE": registrar.delete,
    }


AGENT_METADATA = "/.well-known/oauth-authorization-server/aiagent"
"""Found below the root realm too, as PingAM 8.1 prints it: a bench has one realm."""

OAUTH2: dict[str, dict[str, Endpoint]] = {
    "/access_token": {"POST": _told(access_token)},
    "/authorize": {"GET": authorize, "POST": authorize},
    "/introspect": {"POST": introspect},
    "/token/revoke": {"POST": _told(token_revoke)},
    "/tokeninfo": {"GET": _told(tokeninfo)},
    "/userinfo": {"GET": _told(userinfo), "POST": _told(userinfo)},
    "/connect/jwk_uri": {"GET": _published(jwk_uri)},
    "/.well-known/openid-configuration": {"GET": _published(discovery)},
    "/.well-known/oauth-authorization-server": {"GET": _published(discovery)},
    AGENT_METADATA: {"GET": _published(agent_discovery)},
    CLIENTS.path: _managed(CLIENTS),
    AGENTS.path: _managed(AGENTS),
}

REST: dict[str, dict[str, Endpoint]] = {
    "/authenticate": {"POST": authenticate},
    "/token/macaroon": {"POST": macaroon},
    "/token/macaroon/": {"POST": macaroon},
}
