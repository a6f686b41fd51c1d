"""What AM's JSON of a client has beside what the bench acts on, with AM's defaults.

Source: recordings of OAuth2 clients of AM 8.0.1 and of AI agents of AIC, which agree
where both have a member.
"""

from collections.abc import Mapping
from typing import Any

from workbench.am.scripts.script import EMPTY
from workbench.am.settings.tabs import (
    CLIENT_ADVANCED,
    CLIENT_CORE,
    CLIENT_OPENID,
    CLIENT_SIGNING,
    OVERRIDES,
)
from workbench.am.settings.unsupported import NOT_HERE

UMA = "coreUmaClientConfig"

_LISTS = (
    *("name", "descriptions", "contacts", "javascriptOrigins", "logoUri", "clientUri"),
    *("policyUri", "tosURI", "requestUris"),
    *("acceptedJwtIssuers", "introspectionPolicySets"),
)
_UNSET = ("softwareIdentity", "softwareVersion", "updateAccessToken")

_ADVANCED: Mapping[str, Any] = {
    "mixUpMitigation": False,
    "require_pushed_authorization_requests": False,
    "treeName": EMPTY,
    **{name: [] for name in _LISTS},
    **dict.fromkeys(_UNSET),
}

_OPENID: Mapping[str, Any] = {
    "claims": [],
    "defaultAcrValues": [],
    "postLogoutRedirectUri": [],
    "defaultMaxAge": 600,
    "defaultMaxAgeEnabled": False,
    "backchannel_logout_session_required": False,
    "backchannel_logout_uri": None,
    "clientSessionUri": None,
}

_SIGNED = (
    "authorizationResponseSigningAlgorithm",
    "tokenIntrospectionSignedResponseAlg",
)
_ENCRYPTED = ("idTokenEncryptionAlgorithm", "tokenIntrospectionEncryptedResponseAlg")
_CONTENT = (
    "idTokenEncryptionMethod",
    "tokenIntrospectionEncryptedResponseEncryptionAlgorithm",
    "requestParameterEncryptedEncryptionAlgorithm",
    "userinfoEncryptedResponseEncryptionAlgorithm",
)
_NO_KEY = (
    *("clientJwtPublicKey", "idTokenPublicEncryptionKey"),
    *("mTLSSubjectDN", "mTLSTrustedCert"),
    *("requestParameterSignedAlg", "requestParameterEncryptedAlg"),
    *("userinfoSignedResponseAlg", "userinfoEncryptedResponseAlg"),
    "authorizationResponseEncryptionAlgorithm",
    "authorizationResponseEncryptionMethod",
)

_SIGNING: Mapping[str, Any] = {
    **dict.fromkeys(_SIGNED, "RS256"),
    **dict.fromkeys(_ENCRYPTED, "RSA-OAEP-256"),
    **dict.fromkeys(_CONTENT, "A128CBC-HS256"),
    "userinfoResponseFormat": "JSON",
    "tokenIntrospectionResponseFormat": "JSON",
    "idTokenEncryptionEnabled": False,
    "mTLSCertificateBoundAccessTokens": False,
    "publicKeyLocation": "jwks_uri",
    "jwksCacheTimeout": 3600000,
    "jwkStoreCacheMissCacheTime": 60000,
    **dict.fromkeys(_NO_KEY),
}

_OVERRIDES = (
    *("accessTokenModifierClass", "validateScopeClass", "evaluateScopeClass"),
    *("authorizeEndpointDataProviderClass", "oidcClaimsClass"),
    *("customLoginUrlTemplate", "enableRemoteConsent", "remoteConsentServiceId"),
    *("useForceAuthnForMaxAge", "enableApplicationContext"),
)

CLIENT_DEFAULTS: Mapping[str, Mapping[str, Any]] = {
    CLIENT_CORE.section: {"secretLabelIdentifier": None},
    CLIENT_ADVANCED.section: _ADVANCED,
    CLIENT_OPENID.section: _OPENID,
    UMA: {"claimsRedirectionUris": []},
    CLIENT_SIGNING.section: _SIGNING,
    OVERRIDES.section: {name: NOT_HERE[name] for name in _OVERRIDES},
}
"""By section, in AM's order."""
