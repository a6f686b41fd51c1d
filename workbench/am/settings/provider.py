"""The settings of the OAuth2 Provider, each described where it is declared.

They have PingAM's names, because these are what an administrator looks for, and stand
in the order of its admin UI (PingAM 8.1, OAuth2 Provider reference). Defaults are
those of a classic AM export.
"""

from dataclasses import dataclass
from typing import Any

from workbench.am.basics.validation import check_value
from workbench.am.scripts.plugin import (
    CLAIMS_SAMPLE,
    JAVA,
    MODIFICATION_SAMPLE,
    SCRIPTED,
)
from workbench.am.scripts.script import EMPTY
from workbench.am.settings.grants import grant_types
from workbench.am.settings.plugins import plugin_script, plugin_type
from workbench.am.settings.tabs import (
    ADVANCED,
    ADVANCED_OPENID,
    AI_AGENTS,
    CIBA,
    CONSENT,
    CORE,
    OPENID,
    REGISTRATION,
)
from workbench.am.settings.unsupported import only_default
from workbench.am.settings.values import (
    ASSERTION_ALGORITHMS,
    CIBA_ALGORITHMS,
    CLIENT_KEY_ALGORITHMS,
    ENFORCED_FOR,
    NEVER_ENDS,
    PROVIDER_GRANT_TYPES,
    RESPONSE_TYPE_CLASSES,
    SCOPES_POLICY_SET,
    SIGNING_ALGORITHMS,
    SUBJECT_TYPES,
    TOKEN_EXCHANGE_CLASSES,
    TOKEN_VALIDATOR_CLASSES,
)
from workbench.am.settings.watched import Watched


@dataclass(slots=True, kw_only=True)
class ProviderSettings(Watched):
    """The realm's OAuth2 Provider service. Setting an unknown name is an error."""

    statelessTokensEnabled: bool = CORE.setting(
        False,
        "Use Client-Side Access & Refresh Tokens",
        "JWTs instead of opaque values.",
        overridable=True,
    )
    macaroonTokensEnabled: bool = CORE.setting(
        False,
        "Use Macaroon Access and Refresh Tokens",
        "Whoever holds one can narrow it without asking the server.",
    )
    codeLifetime: int = CORE.setting(
        120, "Authorization Code Lifetime (seconds)", "In seconds."
    )
    refreshTokenLifetime: int = CORE.setting(
        604800,
        "Refresh Token Lifetime (seconds)",
        "In seconds; -1: they never end.",
        lowest=NEVER_ENDS,
    )
    accessTokenLifetime: int = CORE.setting(
        3600, "Access Token Lifetime (seconds)", "In seconds."
    )
    issueRefreshToken: bool = CORE.setting(
        True, "Issue Refresh Tokens", "Beside an access token.", overridable=True
    )
    issueRefreshTokenOnRefreshedToken: bool = CORE.setting(
        True,
        "Issue Refresh Tokens on Refreshing Access Tokens",
        "Refreshing gives a new one in place of the old.",
        overridable=True,
    )
    accessTokenMayActScript: str = CORE.setting(
        EMPTY,
        "OAuth2 Access Token May Act Script",
        "Runs for every access token of the realm.",
        overridable=True,
        client_help="Runs for every access token of this client.",
    )
    oidcMayActScript: str = CORE.setting(
        EMPTY,
        "OIDC ID Token May Act Script",
        "Runs for every ID token of the realm.",
        overridable=True,
        client_help="Runs for every ID token of this client.",
    )
    usePolicyEngineForScope: bool = CORE.setting(
        False,
        "Use Policy Engine for Scope decisions",
        "Policies grant scopes without consent, or leave them out.",
        overridable=True,
    )
    scopesPolicySet: str = CORE.setting(
        SCOPES_POLICY_SET,
        "Scopes Policy Set",
        "The policies that are asked, where that is on.",
        overridable=True,
    )
    supportedScopes: tuple[str, ...] = ADVANCED.setting(
        (),
        "Client Registration Scope Allowlist",
        "The scopes a client may register with.",
    )
    defaultScopes: tuple[str, ...] = ADVANCED.setting(
        (), "Default Client Scopes", "Given to a client that registers without scopes."
    )
    responseTypeClasses: tuple[str, ...] = ADVANCED.setting(
        RESPONSE_TYPE_CLASSES,
        "Response Type Plugins",
        "What authorization may answer with, one a line.",
        unsupported="Authorization answers with a code alone.",
    )
    tokenExchangeClasses: tuple[str, ...] = ADVANCED.setting(
        TOKEN_EXCHANGE_CLASSES,
        "Token Exchanger",
        "Which type of token can become which, one a line.",
    )
    tokenValidatorClasses: tuple[str, ...] = ADVANCED.setting(
        TOKEN_VALIDATOR_CLASSES,
        "Token Validator",
        "Which types of token can be sent, one a line.",
    )
    tokenSigningAlgorithm: str = ADVANCED.setting(
        "HS256",
        "OAuth2 Token Signing Algorithm",
        "How client-side tokens are signed.",
        choices=SIGNING_ALGORITHMS,
    )
    tokenCompressionEnabled: bool = ADVANCED.setting(
        False,
        "Client-Side Token Compression",
        "Their claims are deflated before they are signed or encrypted.",
    )
    tokenEncryptionEnabled: bool = ADVANCED.setting(
        False,
        "Encrypt Client-Side Tokens",
        "Only the server can read them; they are not signed then.",
        unsupported="ID tokens are never encrypted.",
        overridable=True,
    )
    authenticationAttributes: tuple[str, ...] = ADVANCED.setting(
        ("uid",),
        "User Profile Attribute(s) the Resource Owner is Authenticated On",
        "What a person may give as the name beside a password, one a line.",
    )
    displayNameAttribute: str = ADVANCED.setting(
        "cn", "User Display Name attribute", "Whom the consent page names."
    )
    supportedSubjectTypes: tuple[str, ...] = ADVANCED.setting(
        SUBJECT_TYPES,
        "Subject Types supported",
        "What a client may register with.",
        choices=SUBJECT_TYPES,
    )
    hashSalt: str = ADVANCED.setting(
        "changeme",
        "Subject Identifier Hash Salt",
        "Goes into the sub that a pairwise client sees.",
        secret=True,
    )
    codeVerifierEnforced: str = ADVANCED.setting(
        "false",
        "Code Verifier Parameter Required",
        "Whom a proof key (PKCE) is asked of.",
        choices=ENFORCED_FOR,
    )
    grantTypes: tuple[str, ...] = grant_types(
        ADVANCED, PROVIDER_GRANT_TYPES, "The flows that are on."
    )
    allowedAudienceValues: tuple[str, ...] = ADVANCED.setting(
        (),
        "Additional Audience Values",
        "What else a client's assertion may be meant for, one a line.",
    )
    allowClientCredentialsInTokenRequestQueryParameters: bool = ADVANCED.setting(
        False,
        "Allow client credentials in token request query parameters",
        "Off: client_id and client_secret count in the form alone.",
    )
    includeClientIdClaimInStatelessTokens: bool = ADVANCED.setting(
        True,
        "Include client_id claim in client-side tokens",
        "Whether a JWT has client_id.",
    )
    includeSubnameInTokenClaims: bool = ADVANCED.setting(
        True,
        "Include subname claim in tokens issued by the OAuth2 Provider",
        "Whether a token has the subject's bare name.",
    )
    acceptAudienceParametersInTokenExchangeRequests: bool = ADVANCED.setting(
        False,
        "Accept Audience Parameters in Token Exchange Requests",
        "Off: an audience in an exchange is ignored.",
        overridable=True,
    )
    allowAudienceMembersToIntrospectTokens: bool = ADVANCED.setting(
        False,
        "Allow audience members to introspect tokens",
        "Whoever is in aud may ask. Its name over REST is unknown.",
        rest="",
    )
    useTokenIntrospectionClaim: bool = ADVANCED.setting(
        False,
        "Use token_introspection claim for JWT",
        "A JWT that answers has the answer in a claim of its own (RFC 9701). "
        "Its name over REST is unknown.",
        rest="",
    )
    allowDynamicRegistration: bool = REGISTRATION.setting(
        False,
        "Allow Open Dynamic Client Registration",
        "Whether anybody may register a client.",
        unsupported="A software statement is refused.",
    )
    generateRegistrationAccessTokens: bool = REGISTRATION.setting(
        True,
        "Generate Registration Access Tokens",
        "Lets a client that registered openly manage its registration.",
    )
    dynamicClientRegistrationScope: str = REGISTRATION.setting(
        "dynamic_client_registration",
        "Scope to give access to dynamic client registration",
        "What a token needs to register clients where anybody may not.",
    )
    dynamicClientRegistrationScript: str = REGISTRATION.setting(
        EMPTY, "Dynamic Client Registration Script", "Runs when a client registers."
    )
    overrideableOIDCClaims: tuple[str, ...] = ADVANCED_OPENID.setting(
        (),
        "Overrideable Id_Token Claims",
        "Claims of an ID token that an OIDC claims script may set, one a line.",
        section="coreOIDCConfig",
        overridable=True,
    )
    supportedTokenEndpointAuthenticationSigningAlgorithms: tuple[str, ...] = (
        ADVANCED_OPENID.setting(
            ASSERTION_ALGORITHMS,
            "Supported Token Endpoint JWS Signing Algorithms",
            "How a client may sign what it authenticates with, one a line.",
        )
    )
    alwaysAddClaimsToToken: bool = OPENID.setting(
        False,
        "Always Return Claims in ID Tokens",
        "Off: the claims of a person are told at userinfo alone.",
        section="advancedOIDCConfig",
    )
    jwtTokenLifetime: int = OPENID.setting(
        3600, "OpenID Connect JWT Token Lifetime (seconds)", "Of an ID token."
    )
    clientsCanSkipConsent: bool = CONSENT.setting(
        False,
        "Allow Clients to Skip Consent",
        "Where the client's consent is implied.",
        overridable=True,
        client_help="Where consent is implied, nobody is asked.",
    )
    cibaAuthReqIdLifetime: int = CIBA.setting(
        600, "Back Channel Authentication ID Lifetime (seconds)", "In seconds."
    )
    cibaMinimumPollingInterval: int = CIBA.setting(
        2, "Polling Wait Interval (seconds)", "The least between two polls."
    )
    supportedCibaSigningAlgorithms: tuple[str, ...] = CIBA.setting(
        CIBA_ALGORITHMS,
        "Signing Algorithms Supported",
        "How a client may sign a backchannel request.",
        choices=CLIENT_KEY_ALGORITHMS,
    )
    accessTokenModificationPluginType: str = plugin_type(
        SCRIPTED, "Access Token Modification"
    )
    accessTokenModificationScript: str = plugin_script(
        MODIFICATION_SAMPLE,
        "Access Token Modification",
        "Changes an access token before it is issued.",
    )
    validateScopePluginType: str = plugin_type(JAVA, "Scope Validation")
    validateScopeScript: str = plugin_script(
        EMPTY, "Scope Validation", "Says which of the scopes asked for may be had."
    )
    evaluateScopePluginType: str = plugin_type(JAVA, "Scope Evaluation")
    evaluateScopeScript: str = plugin_script(
        EMPTY, "Scope Evaluation", "Adds to what /tokeninfo tells of a token."
    )
    authorizeEndpointDataProviderPluginType: str = plugin_type(
        JAVA, "Authorize Endpoint Data Provider"
    )
    authorizeEndpointDataProviderScript: str = plugin_script(
        EMPTY,
        "Authorize Endpoint Data Provider",
        "Adds to what /authorize sends to the client.",
    )
    oidcClaimsPluginType: str = plugin_type(SCRIPTED, "OIDC Claims")
    oidcClaimsScript: str = plugin_script(
        CLAIMS_SAMPLE,
        "OIDC Claims",
        "Makes the claims of a person at /userinfo and in ID tokens.",
    )
    aiAgentsEnabled: bool = AI_AGENTS.setting(
        False,
        "Enable AI Agents",
        "The second switch; the first is a server property. "
        "Its name over REST is unknown.",
        rest="",
    )

    def __setattr__(self, name: str, value: Any) -> None:
        if only_default(name, value):
            return
        object.__setattr__(self, name, check_value(type(self), name, value))
        self.changed()
