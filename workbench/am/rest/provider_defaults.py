"""What AM's JSON of the OAuth2 Provider has beside what the bench acts on.

Source: an export of a classic AM 8. Lists of algorithms are in the order in which it
has them.
"""

from collections.abc import Mapping
from typing import Any

from workbench.am.scripts.script import EMPTY
from workbench.am.settings.tabs import (
    ADVANCED,
    ADVANCED_OPENID,
    CIBA,
    CONSENT,
    CORE,
    OPENID,
    PLUGINS,
    REGISTRATION,
)
from workbench.am.settings.unsupported import NOT_HERE

DEVICE_CODE = "deviceCodeConfig"

_REGISTRY = "org.forgerock.oauth2.core.plugins.registry"

_SIGNS = (
    *("PS384", "ES384", "RS384", "HS256", "HS512", "ES256", "RS256"),
    *("HS384", "ES512", "PS256", "PS512", "RS512"),
)
_SIGNS_ANSWERS = (
    *("PS384", "RS384", "EdDSA", "ES384", "HS256", "HS512", "ES256", "RS256"),
    *("HS384", "ES512", "PS256", "PS512", "RS512"),
)
_WRAPS = (
    *("ECDH-ES+A256KW", "ECDH-ES+A192KW", "RSA-OAEP", "ECDH-ES+A128KW"),
    *("RSA-OAEP-256", "A128KW", "A256KW", "ECDH-ES", "dir", "A192KW"),
)
_WRAPS_REQUESTS = (
    *("ECDH-ES+A256KW", "ECDH-ES+A192KW", "ECDH-ES+A128KW", "RSA-OAEP"),
    *("RSA-OAEP-256", "A128KW", "A256KW", "ECDH-ES", "dir", "A192KW"),
)
_ENCRYPTS = (
    *("A256GCM", "A192GCM", "A128GCM"),
    *("A128CBC-HS256", "A192CBC-HS384", "A256CBC-HS512"),
)
_SIGNS_USERINFO = ("ES384", "HS256", "HS512", "ES256", "RS256", "HS384", "ES512")

_ADVANCED: Mapping[str, Any] = {
    "customLoginUrlTemplate": NOT_HERE["customLoginUrlTemplate"],
    "enableApplicationContext": NOT_HERE["enableApplicationContext"],
    "expClaimRequiredInRequestObject": False,
    "macaroonTokenFormat": "V2",
    "maxAgeOfRequestObjectNbfClaim": 0,
    "maxDifferenceBetweenRequestObjectNbfAndExp": 0,
    "moduleMessageEnabledInPasswordGrant": False,
    "nbfClaimRequiredInRequestObject": False,
    "parRequestUriLifetime": NOT_HERE["parRequestUriLifetime"],
    "passwordGrantAuthService": EMPTY,
    "persistentClaims": [],
    "refreshTokenGracePeriod": 0,
    "requestObjectProcessing": "OIDC",
    "requirePushedAuthorizationRequests": False,
    "tlsCertificateBoundAccessTokensEnabled": True,
    "tlsCertificateRevocationCheckingEnabled": False,
    "tlsClientCertificateHeaderFormat": "URLENCODED_PEM",
}

_ADVANCED_OPENID: Mapping[str, Any] = {
    "amrMappings": {},
    "authorisedIdmDelegationClients": [],
    "authorisedOpenIdConnectSSOClients": [],
    "claimsParameterSupported": False,
    "defaultACR": [],
    "idTokenInfoClientAuthenticationEnabled": True,
    "includeAllKtyAlgCombinationsInJwksUri": False,
    "loaMapping": {},
    "storeOpsTokens": True,
    "supportedAuthorizationResponseEncryptionAlgorithms": list(_WRAPS),
    "supportedAuthorizationResponseEncryptionEnc": list(_ENCRYPTS),
    "supportedAuthorizationResponseSigningAlgorithms": list(_SIGNS_ANSWERS),
    "supportedRequestParameterEncryptionAlgorithms": list(_WRAPS_REQUESTS),
    "supportedRequestParameterEncryptionEnc": list(_ENCRYPTS),
    "supportedRequestParameterSigningAlgorithms": list(_SIGNS),
    "supportedTokenIntrospectionResponseEncryptionAlgorithms": list(_WRAPS),
    "supportedTokenIntrospectionResponseEncryptionEnc": list(_ENCRYPTS),
    "supportedTokenIntrospectionResponseSigningAlgorithms": list(_SIGNS_ANSWERS),
    "supportedUserInfoEncryptionAlgorithms": list(_WRAPS),
    "supportedUserInfoEncryptionEnc": list(_ENCRYPTS),
    "supportedUserInfoSigningAlgorithms": list(_SIGNS_USERINFO),
    "useForceAuthnForMaxAge": NOT_HERE["useForceAuthnForMaxAge"],
    "useForceAuthnForPromptLogin": False,
}

_CONSENT: Mapping[str, Any] = {
    "enableRemoteConsent": NOT_HERE["enableRemoteConsent"],
    "remoteConsentServiceId": NOT_HERE["remoteConsentServiceId"],
    "supportedRcsRequestEncryptionAlgorithms": list(_WRAPS),
    "supportedRcsRequestEncryptionMethods": list(_ENCRYPTS),
    "supportedRcsRequestSigningAlgorithms": list(_SIGNS),
    "supportedRcsResponseEncryptionAlgorithms": list(_WRAPS),
    "supportedRcsResponseEncryptionMethods": list(_ENCRYPTS),
    "supportedRcsResponseSigningAlgorithms": list(_SIGNS),
}

PROVIDER_DEFAULTS: Mapping[str, Mapping[str, Any]] = {
    CORE.section: {},
    ADVANCED.section: _ADVANCED,
    REGISTRATION.section: {
        "dynamicClientRegistrationSoftwareStatementRequired": NOT_HERE[
            "dynamicClientRegistrationSoftwareStatementRequired"
        ],
        "requiredSoftwareStatementAttestedAttributes": ["redirect_uris"],
    },
    ADVANCED_OPENID.section: _ADVANCED_OPENID,
    OPENID.section: {
        "oidcDiscoveryEndpointEnabled": False,
        "supportedClaims": [],
        "supportedIDTokenEncryptionAlgorithms": list(_WRAPS),
        "supportedIDTokenEncryptionMethods": list(_ENCRYPTS),
        "supportedIDTokenSigningAlgorithms": list(_SIGNS),
    },
    CONSENT.section: _CONSENT,
    DEVICE_CODE: {
        "deviceCodeLifetime": 300,
        "devicePollInterval": 5,
        "deviceUserCodeCharacterSet": (
            "234567ACDEFGHJKLMNPQRSTWXYZabcdefhijkmnopqrstwxyz"
        ),
        "deviceUserCodeLength": 8,
    },
    CIBA.section: {},
    PLUGINS.section: {
        "accessTokenEnricherClass": f"{_REGISTRY}.DefaultAccessTokenEnricher",
        "accessTokenModifierClass": NOT_HERE["accessTokenModifierClass"],
        "authorizeEndpointDataProviderClass": NOT_HERE[
            "authorizeEndpointDataProviderClass"
        ],
        "evaluateScopeClass": NOT_HERE["evaluateScopeClass"],
        "oidcClaimsClass": NOT_HERE["oidcClaimsClass"],
        "userCodeGeneratorClass": f"{_REGISTRY}.DefaultUserCodeGenerator",
        "validateScopeClass": NOT_HERE["validateScopeClass"],
    },
}
"""By section, in AM's order."""
