"""OAuth2 Provider settings and client overrides.

Settings have PingAM's names, because they are what an administrator looks for.
Defaults are those of a classic AM export.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, fields
from typing import Any

from workbench.am.basics.validation import checked
from workbench.am.scripts.plugin import (
    CLAIMS_SAMPLE,
    JAVA,
    MODIFICATION_SAMPLE,
    SCRIPTED,
    type_choices,
)
from workbench.am.scripts.script import EMPTY
from workbench.am.settings.unsupported import only_default

SIGNING_ALGORITHMS = ("HS256", "RS256", "ES256")
PUBLISHED_ALGORITHMS = ("RS256", "ES256")
"""Those whose keys anybody may have to check a signature."""

ASSERTION_ALGORITHMS = tuple(
    f"{family}{bits}" for family in ("HS", "RS", "PS", "ES") for bits in (256, 384, 512)
)
"""Those a client can sign with to prove who it is; AM lists the same twelve."""

SUBJECT_TYPES = PUBLIC, PAIRWISE = ("public", "pairwise")
"""Whether every client sees a person's own ``sub`` (OpenID Connect Core section 8)."""

SCOPES_POLICY_SET = "oauth2Scopes"
"""The "Default OAuth2 Scopes Policy Set" of a fresh AM, which is empty."""

NEVER_ENDS = -1
"""A lifetime of refresh tokens (PingAM 8.1, OAuth2 provider)."""

ENFORCED_FOR = ("false", "true", "public")
"""Whom "Code Verifier Parameter Required" holds to a proof key (RFC 7636)."""

PROVIDER_CHOICES = {
    "tokenSigningAlgorithm": SIGNING_ALGORITHMS,
    "codeVerifierEnforced": ENFORCED_FOR,
    "supportedSubjectTypes": SUBJECT_TYPES,
    **type_choices(SCRIPTED, JAVA),
}
"""The settings that are one of a few."""


PROVIDER_GRANT_TYPES = (
    "implicit",
    "urn:ietf:params:oauth:grant-type:saml2-bearer",
    "refresh_token",
    "password",
    "client_credentials",
    "urn:ietf:params:oauth:grant-type:device_code",
    "authorization_code",
    "urn:openid:params:grant-type:ciba",
    "urn:ietf:params:oauth:grant-type:uma-ticket",
    "urn:ietf:params:oauth:grant-type:token-exchange",
    "urn:ietf:params:oauth:grant-type:jwt-bearer",
)

_TYPE = "urn:ietf:params:oauth:token-type"
_PACKAGE = "org.forgerock.oauth2.core.tokenexchange"

TOKEN_EXCHANGE_CLASSES = (
    f"{_TYPE}:access_token=>{_TYPE}:access_token"
    f"|{_PACKAGE}.accesstoken.AccessTokenToAccessTokenExchanger",
    f"{_TYPE}:id_token=>{_TYPE}:id_token|{_PACKAGE}.idtoken.IdTokenToIdTokenExchanger",
    f"{_TYPE}:access_token=>{_TYPE}:id_token"
    f"|{_PACKAGE}.accesstoken.AccessTokenToIdTokenExchanger",
    f"{_TYPE}:id_token=>{_TYPE}:access_token"
    f"|{_PACKAGE}.idtoken.IdTokenToAccessTokenExchanger",
)
"""UI "Token Exchanger": which type can be turned into which, and AM's class for it."""

RESPONSE_TYPE_CLASSES = (
    "code|org.forgerock.oauth2.core.AuthorizationCodeResponseTypeHandler",
    "id_token|org.forgerock.openidconnect.IdTokenResponseTypeHandler",
    "device_code|org.forgerock.oauth2.core.TokenResponseTypeHandler",
    "token|org.forgerock.oauth2.core.TokenResponseTypeHandler",
)
"""UI "Response Type Plugins": what authorization may answer with, and AM's class."""

TOKEN_VALIDATOR_CLASSES = (
    f"{_TYPE}:id_token|{_PACKAGE}.idtoken.OidcIdTokenValidator",
    f"{_TYPE}:access_token|{_PACKAGE}.accesstoken.OAuth2AccessTokenValidator",
)
"""UI "Token Validator": which types can be sent, and AM's class that checks them."""


class Watched:
    """Tells somebody, at most one, when an attribute was set."""

    __slots__ = ("_told",)

    def watch(self, told: Callable[[], None]) -> None:
        """Call this whenever a setting was set."""
        object.__setattr__(self, "_told", told)

    def changed(self) -> None:
        """Tell whoever watches, if anybody does."""
        getattr(self, "_told", lambda: None)()


@dataclass(slots=True, kw_only=True)
class ProviderSettings(Watched):
    """The realm's OAuth2 Provider service. Setting an unknown name is an error."""

    aiAgentsEnabled: bool = False  # "Enable AI Agents"
    statelessTokensEnabled: bool = False  # "Use Client-Side Access & Refresh Tokens"
    macaroonTokensEnabled: bool = False  # "Use Macaroon Access and Refresh Tokens"
    codeLifetime: int = 120  # seconds
    accessTokenLifetime: int = 3600  # seconds
    refreshTokenLifetime: int = 604800  # seconds; -1: they never end
    jwtTokenLifetime: int = 3600  # seconds, of an ID token
    issueRefreshToken: bool = True
    issueRefreshTokenOnRefreshedToken: bool = True
    accessTokenMayActScript: str = EMPTY  # script id or name
    oidcMayActScript: str = EMPTY  # script id or name
    usePolicyEngineForScope: bool = False
    scopesPolicySet: str = SCOPES_POLICY_SET
    grantTypes: tuple[str, ...] = PROVIDER_GRANT_TYPES
    responseTypeClasses: tuple[str, ...] = RESPONSE_TYPE_CLASSES
    tokenExchangeClasses: tuple[str, ...] = TOKEN_EXCHANGE_CLASSES
    tokenValidatorClasses: tuple[str, ...] = TOKEN_VALIDATOR_CLASSES
    tokenSigningAlgorithm: str = "HS256"
    tokenEncryptionEnabled: bool = False  # "Encrypt Client-Side Tokens"
    tokenCompressionEnabled: bool = False  # "Client-Side Token Compression"
    supportedScopes: tuple[str, ...] = ()
    # "Client Registration Scope Allowlist"
    defaultScopes: tuple[str, ...] = ()  # "Default Client Scopes"
    allowDynamicRegistration: bool = False
    # "Allow Open Dynamic Client Registration"
    generateRegistrationAccessTokens: bool = True
    dynamicClientRegistrationScope: str = "dynamic_client_registration"
    dynamicClientRegistrationScript: str = EMPTY  # script id or name
    includeClientIdClaimInStatelessTokens: bool = True
    includeSubnameInTokenClaims: bool = True
    authenticationAttributes: tuple[str, ...] = ("uid",)
    # what a person may give as the name with a password
    displayNameAttribute: str = "cn"  # whom the consent page names
    codeVerifierEnforced: str = "false"
    supportedSubjectTypes: tuple[str, ...] = SUBJECT_TYPES
    hashSalt: str = field(default="changeme", repr=False)
    supportedTokenEndpointAuthenticationSigningAlgorithms: tuple[str, ...] = (
        ASSERTION_ALGORITHMS
    )
    allowedAudienceValues: tuple[str, ...] = ()
    # "Additional Audience Values": what else a client assertion may be meant for
    allowClientCredentialsInTokenRequestQueryParameters: bool = False
    clientsCanSkipConsent: bool = False
    accessTokenModificationPluginType: str = SCRIPTED
    accessTokenModificationScript: str = MODIFICATION_SAMPLE
    validateScopePluginType: str = JAVA
    validateScopeScript: str = EMPTY
    evaluateScopePluginType: str = JAVA
    evaluateScopeScript: str = EMPTY
    authorizeEndpointDataProviderPluginType: str = JAVA
    authorizeEndpointDataProviderScript: str = EMPTY
    oidcClaimsPluginType: str = SCRIPTED
    oidcClaimsScript: str = CLAIMS_SAMPLE
    alwaysAddClaimsToToken: bool = False  # "Always Return Claims in ID Tokens"
    overrideableOIDCClaims: tuple[str, ...] = ()
    # claims of an ID token that an OIDC claims script may set
    acceptAudienceParametersInTokenExchangeRequests: bool = False
    allowAudienceMembersToIntrospectTokens: bool = False
    useTokenIntrospectionClaim: bool = False
    # The names of these two are unknown; PingAM 8.1 documents the switches.

    def as_now(self) -> "ProviderSettings":
        """The settings as they are, for later; they are not checked again."""
        twin = object.__new__(ProviderSettings)
        for item in _PROVIDER_FIELDS:
            object.__setattr__(twin, item, getattr(self, item))
        return twin

    def __setattr__(self, name: str, value: Any) -> None:
        if only_default(name, value):
            return
        object.__setattr__(
            self, name, checked(type(self), name, value, PROVIDER_CHOICES)
        )
        self.changed()


_PROVIDER_FIELDS = tuple(item.name for item in fields(ProviderSettings))
