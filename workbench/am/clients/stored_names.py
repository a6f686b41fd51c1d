"""Under which attribute AM's store keeps each setting of a client.

Sources: OpenAM's ``AgentService.xml`` and ``OAuth2Constants``, and AM's own sample of a
dynamic client registration script, for the names with a prefix and for the order in
which list attributes are written, ``[0]=…``. Settings that came later stand under
their name over REST; whether with the prefix is unknown, so that both are understood.
"""

from collections.abc import Iterator, Mapping

from workbench.am.basics.setting import settings_of
from workbench.am.clients.client import Client

PREFIX = "com.forgerock.openam.oauth2provider."

SECRET = "userpassword"
"""Never read, and set by nobody but the server."""

_PREFIXED = {
    "public": "clientType",
    "redirection_uris": "redirectionURIs",
    "scopes": "scopes",
    "default_scopes": "defaultScopes",
    "name": "clientName",
    "authorization_code_lifetime": "authorizationCodeLifeTime",
    "refresh_token_lifetime": "refreshTokenLifeTime",
    "access_token_lifetime": "accessTokenLifeTime",
    "response_types": "responseTypes",
    "grant_types": "grantTypes",
    "token_endpoint_auth_method": "tokenEndPointAuthMethod",
    "sector_identifier_uri": "sectorIdentifierURI",
    "subject_type": "subjectType",
    "jwt_token_lifetime": "jwtTokenLifeTime",
    "jwks_uri": "jwksURI",
    "jwks": "jwks",
    "id_token_signed_response_alg": "idTokenSignedResponseAlg",
}

_PLAIN = {
    "group": "agentgroup",
    "active": "sunIdentityServerDeviceStatus",
    "is_consent_implied": "isConsentImplied",
}

NO_ATTRIBUTE = ("client_id", "secret", "inherited", "overrides")
"""Fields that no attribute is, or none that a script sees."""

INDEXED_TEXT = ("name",)
"""Single texts here that AM keeps as a list, one for each locale."""


def _names(field: str, rest: str) -> tuple[str, ...]:
    if field in _PREFIXED:
        return (f"{PREFIX}{_PREFIXED[field]}",)
    if field in _PLAIN:
        return (_PLAIN[field],)
    return rest, f"{PREFIX}{rest}"


STORED: Mapping[str, tuple[str, ...]] = {
    field: _names(field, said.rest)
    for field, said in settings_of(Client).items()
    if field not in NO_ATTRIBUTE
}
"""The attributes of each field of a client; a second one is the same in other words."""

_LISTS = {
    "contacts": "contacts",
    "postLogoutRedirectURI": "post_logout_redirect_uris",
    "requestURIs": "request_uris",
    "defaultACRValues": "default_acr_values",
}
_NUMBERS = {
    "defaultMaxAge": "default_max_age",
    "jwksCacheTimeout": "jwks_cache_timeout",
    "jwkStoreCacheMissCacheTime": "jwks_cache_miss_cache_time",
}
_TEXTS = {
    "clientURI": "client_uri",
    "logoURI": "logo_uri",
    "policyURI": "policy_uri",
    "tosURI": "tos_uri",
    "publicKeyLocation": "public_key_selector",
    "requestObjectSigningAlg": "request_object_signing_alg",
    "userinfoSignedResponseAlg": "userinfo_signed_response_alg",
    "userinfoEncryptedResponseAlg": "userinfo_encrypted_response_alg",
    "userinfoEncryptedResponseEnc": "userinfo_encrypted_response_enc",
    "idTokenEncryptedResponseAlg": "id_token_encrypted_response_alg",
    "idTokenEncryptedResponseEnc": "id_token_encrypted_response_enc",
    "idTokenEncryptionAlgorithm": "id_token_encrypted_response_alg",
    "idTokenEncryptionMethod": "id_token_encrypted_response_enc",
    "softwareIdentity": "software_id",
    "softwareVersion": "software_version",
    "userinfoResponseFormat": "user_info_response_format_selector",
    "authorizationResponseSigningAlgorithm": "authorization_signed_response_alg",
    "requestParameterEncryptedAlg": "request_object_encryption_alg",
    "tokenIntrospectionSignedResponseAlg": "introspection_signed_response_alg",
    "tokenIntrospectionEncryptedResponseAlg": "introspection_encrypted_response_alg",
    "tokenIntrospectionEncryptedResponseEncryptionAlgorithm": (
        "introspection_encrypted_response_enc"
    ),
}
_SWITCHES = {
    "idTokenEncryptionEnabled": "id_token_encryption_enabled",
    "mTLSCertificateBoundAccessTokens": "tls_client_certificate_bound_access_tokens",
}
_WITHOUT_MEMBER = (
    *("description", "name", "claims", "clientSessionURI", "defaultMaxAgeEnabled"),
    *("clientJwtPublicKey", "idTokenPublicEncryptionKey", "requireAuthTime"),
    *("initiateLoginUri", "treeName", "backchannel_logout_uri", "mTLSTrustedCert"),
    *("mTLSSubjectDN", "authorizationResponseEncryptionAlgorithm"),
    *("authorizationResponseEncryptionMethod", "tokenIntrospectionResponseFormat"),
    *("requestParameterEncryptedEncryptionAlgorithm", "claimsRedirectionUris"),
)

UNUSED: Mapping[str, tuple[str, type]] = {
    **{name: (member, tuple) for name, member in _LISTS.items()},
    **{name: (member, int) for name, member in _NUMBERS.items()},
    **{name: (member, str) for name, member in _TEXTS.items()},
    **{name: (member, bool) for name, member in _SWITCHES.items()},
    **dict.fromkeys(_WITHOUT_MEMBER, ("", tuple)),
}
"""Attributes that AM has and the bench keeps without effect: the metadata member of
each, or "", and its type. They are understood with the prefix and without."""


def stored_under(name: str) -> Iterator[str]:
    """An attribute in the words that the tables may have for it."""
    yield name
    if name.lower().startswith(PREFIX):
        yield name[len(PREFIX) :]


def found_in(name: str, known: Mapping[str, str]) -> str | None:
    """What a table has for a name, whatever its case (AM minds none).

    Args:
        name: With the prefix or without.
        known: By attribute in small letters.
    """
    for each in stored_under(name):
        if each.lower() in known:
            return known[each.lower()]
    return None
