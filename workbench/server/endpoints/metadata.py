"""What the server publishes of itself: its metadata and its keys."""

from typing import Any

from workbench.am.clients.auth_methods import AUTH_METHODS
from workbench.am.clients.grant_types import TOKEN_EXCHANGE
from workbench.am.issuing.user_claims import CLAIMS
from workbench.am.people.code import CHALLENGE_METHODS
from workbench.am.realm import Realm
from workbench.am.scopes.scope import registrable_scopes
from workbench.am.settings.values import PUBLISHED_ALGORITHMS
from workbench.server.endpoints.authorization_response import RESPONSE_MODES
from workbench.server.endpoints.authorize import response_types
from workbench.server.endpoints.backchannel import PATH as BACKCHANNEL
from workbench.server.endpoints.registration import AGENTS, CLIENTS, Registrar
from workbench.server.grants.table import GRANTS
from workbench.server.request.incoming import Incoming


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
        **_backchannel(incoming.realm),
        "code_challenge_methods_supported": list(CHALLENGE_METHODS),
        **_authentication(incoming.realm),
        "id_token_signing_alg_values_supported": list(PUBLISHED_ALGORITHMS),
        "scopes_supported": list(registrable_scopes(incoming.realm.provider)),
        "claims_supported": list(CLAIMS),
        "subject_types_supported": list(incoming.realm.provider.supportedSubjectTypes),
        "authorization_response_iss_parameter_supported": True,
    }


def _backchannel(realm: Realm) -> dict[str, Any]:
    """How a client asks a person (OpenID CIBA Core section 4).

    AM polls alone and has no ``user_code``; that it says all this is inferred.
    """
    return {
        "backchannel_authentication_endpoint": f"{realm.oauth2_url}{BACKCHANNEL}",
        "backchannel_token_delivery_modes_supported": ["poll"],
        "backchannel_authentication_request_signing_alg_values_supported": list(
            realm.provider.supportedCibaSigningAlgorithms
        ),
        "backchannel_user_code_parameter_supported": False,
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
    """The server's metadata for AI agents, which register elsewhere (PingAM 8.1)."""
    AGENTS.require_open(incoming.realm)
    return discovery(incoming, AGENTS)
