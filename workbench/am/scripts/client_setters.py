"""The setters of ``clientIdentity``, once for the sandbox, the editor and the store.

Sources: the bindings that AM itself lists for the context
OAUTH2_DYNAMIC_CLIENT_REGISTRATION (PingOne AIC, June 2026) and the example of PingAM
8.1 "Dynamic client registration scripting API" for the methods and the kind of their
argument; AM's store and its names over REST for the attributes. Which attribute a
method sets is inferred from its name where no page says so.
"""

from collections.abc import Mapping, Sequence

from workbench.am.basics.secrets import MASK

LIST, TEXT, NUMBER, SWITCH = "list", "text", "number", "switch"
"""What a setter takes: Java's List of String, String, a whole number, Boolean."""

_LISTS = {
    "setClientDescription": "description",
    "setClientName": "clientName",
    "setClientUri": "clientURI",
    "setClaimsRedirectUris": "claimsRedirectionUris",
    "setContacts": "contacts",
    "setDefaultAcrValues": "defaultACRValues",
    "setDefaultScopes": "defaultScopes",
    "setDisplayName": "name",
    "setGrantTypes": "grantTypes",
    "setLogoUri": "logoURI",
    "setPolicyUri": "policyURI",
    "setPostLogoutRedirectUris": "postLogoutRedirectURI",
    "setRedirectURIs": "redirectionURIs",
    "setRequestUris": "requestURIs",
    "setResponseTypes": "responseTypes",
    "setScope": "scopes",
    "setTosUri": "tosURI",
}
_NUMBERS = {
    "setAccessTokenLifeTime": "accessTokenLifeTime",
    "setAuthorizationCodeLifeTime": "authorizationCodeLifeTime",
    "setDefaultMaxAge": "defaultMaxAge",
    "setJwksCacheMissCacheTime": "jwkStoreCacheMissCacheTime",
    "setJwksCacheTimeout": "jwksCacheTimeout",
    "setJwtTokenLifeTime": "jwtTokenLifeTime",
    "setRefreshTokenLifeTime": "refreshTokenLifeTime",
}
_SWITCHES = {
    "setDefaultMaxAgeEnabled": "defaultMaxAgeEnabled",
    "setIdTokenEncryptionEnabled": "idTokenEncryptionEnabled",
    "setTlsCertificateBoundAccessTokens": "mTLSCertificateBoundAccessTokens",
}
_TEXTS = {
    "setAuthorizationEncryptedResponseAlg": "authorizationResponseEncryptionAlgorithm",
    "setAuthorizationEncryptedResponseEnc": "authorizationResponseEncryptionMethod",
    "setAuthorizationResponseSigningAlg": "authorizationResponseSigningAlgorithm",
    "setBackChannelLogoutUri": "backchannel_logout_uri",
    "setClientSessionURI": "clientSessionURI",
    "setClientType": "clientType",
    "setIdTokenEncryptedResponseAlg": "idTokenEncryptionAlgorithm",
    "setIdTokenEncryptedResponseEnc": "idTokenEncryptionMethod",
    "setIdTokenSignedResponseAlg": "idTokenSignedResponseAlg",
    "setIntrospectionEncryptedResponseAlg": "tokenIntrospectionEncryptedResponseAlg",
    "setIntrospectionEncryptedResponseEnc": (
        "tokenIntrospectionEncryptedResponseEncryptionAlgorithm"
    ),
    "setIntrospectionSignedResponseAlg": "tokenIntrospectionSignedResponseAlg",
    "setJwks": "jwks",
    "setJwksUri": "jwksURI",
    "setPublicKeySelector": "publicKeyLocation",
    "setRequestObjectEncryptionAlg": "requestParameterEncryptedAlg",
    "setRequestObjectEncryptionEnc": "requestParameterEncryptedEncryptionAlgorithm",
    "setRequestObjectSigningAlg": "requestObjectSigningAlg",
    "setSectorIdentifierUri": "sectorIdentifierURI",
    "setSoftwareId": "softwareIdentity",
    "setSoftwareVersion": "softwareVersion",
    "setSubjectType": "subjectType",
    "setTlsClientAuthSubjectDn": "mTLSSubjectDN",
    "setTlsClientAuthX509Cert": "mTLSTrustedCert",
    "setTokenEndpointAuthMethod": "tokenEndPointAuthMethod",
    "setTokenEndpointAuthSigningAlg": "tokenEndpointAuthSigningAlgorithm",
    "setTokenIntroResponseFormatSelector": "tokenIntrospectionResponseFormat",
    "setTreeName": "treeName",
    "setUserInfoResponseFormat": "userinfoResponseFormat",
    "setUserinfoEncryptedResponseAlg": "userinfoEncryptedResponseAlg",
    "setUserinfoEncryptedResponseEnc": "userinfoEncryptedResponseEnc",
    "setUserinfoSignedResponseAlg": "userinfoSignedResponseAlg",
    "setX509": "clientJwtPublicKey",
}

SET_SECRET, SET_ACCESS_TOKEN = "setClientSecret", "setRegistrationAccessToken"
HIDDEN = (SET_SECRET, SET_ACCESS_TOKEN)
"""Setters of what scripts cannot read and nothing shows: no attribute tells it."""

_PREFIX = "com.forgerock.openam.oauth2provider."


def _all(kind: str, named: Mapping[str, str]) -> dict[str, tuple[str, str]]:
    return {name: (kind, f"{_PREFIX}{attribute}") for name, attribute in named.items()}


CLIENT_SETTERS: Mapping[str, tuple[str, str]] = {
    **_all(LIST, _LISTS),
    **_all(NUMBER, _NUMBERS),
    **_all(SWITCH, _SWITCHES),
    **_all(TEXT, _TEXTS),
    **dict.fromkeys(HIDDEN, (TEXT, "")),
}
"""By method: what it takes, and the attribute that it sets."""


def shown(stored: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    """What a script stored of a client, without its secrets."""
    return {
        name: [MASK] if name in HIDDEN else list(values)
        for name, values in stored.items()
    }
