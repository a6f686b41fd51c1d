"""What AM's admin UI calls each setting of the OAuth2 provider, on which tab."""

from workbench.views.labels.client import ADVANCED, CORE, POLICIES, REFRESH_TOKENS
from workbench.views.labels.label import Label
from workbench.views.labels.plugins import PLUGINS

AI_AGENTS = "AI Agents"
REGISTRATION = "Client Dynamic Registration"

PROVIDER: dict[str, dict[str, Label]] = {
    CORE: {
        "statelessTokensEnabled": Label(
            "Use Client-Side Access & Refresh Tokens",
            "statelessTokensEnabled",
            "JWTs instead of opaque values.",
        ),
        "macaroonTokensEnabled": Label(
            "Use Macaroon Access and Refresh Tokens",
            "macaroonTokensEnabled",
            "Whoever holds one can narrow it without asking the server.",
        ),
        "codeLifetime": Label(
            "Authorization Code Lifetime (seconds)", "codeLifetime", "In seconds."
        ),
        "refreshTokenLifetime": Label(
            "Refresh Token Lifetime (seconds)",
            "refreshTokenLifetime",
            "In seconds; -1: they never end.",
        ),
        "accessTokenLifetime": Label(
            "Access Token Lifetime (seconds)", "accessTokenLifetime", "In seconds."
        ),
        **REFRESH_TOKENS,
        "accessTokenMayActScript": Label(
            "OAuth2 Access Token May Act Script",
            "accessTokenMayActScript",
            "Runs for every access token of the realm.",
        ),
        "oidcMayActScript": Label(
            "OIDC ID Token May Act Script",
            "oidcMayActScript",
            "Runs for every ID token of the realm.",
        ),
        **POLICIES,
    },
    ADVANCED: {
        "supportedScopes": Label(
            "Client Registration Scope Allowlist",
            "supportedScopes",
            "The scopes a client may register with.",
        ),
        "defaultScopes": Label(
            "Default Client Scopes",
            "defaultScopes",
            "Given to a client that registers without scopes.",
        ),
        "responseTypeClasses": Label(
            "Response Type Plugins",
            "responseTypeClasses",
            "What authorization may answer with, one a line.",
        ),
        "tokenExchangeClasses": Label(
            "Token Exchanger",
            "tokenExchangeClasses",
            "Which type of token can become which, one a line.",
        ),
        "tokenValidatorClasses": Label(
            "Token Validator",
            "tokenValidatorClasses",
            "Which types of token can be sent, one a line.",
        ),
        "tokenSigningAlgorithm": Label(
            "OAuth2 Token Signing Algorithm",
            "tokenSigningAlgorithm",
            "How client-side tokens are signed.",
        ),
        "tokenCompressionEnabled": Label(
            "Client-Side Token Compression",
            "tokenCompressionEnabled",
            "Their claims are deflated before they are signed or encrypted.",
        ),
        "tokenEncryptionEnabled": Label(
            "Encrypt Client-Side Tokens",
            "tokenEncryptionEnabled",
            "Only the server can read them; they are not signed then.",
        ),
        "authenticationAttributes": Label(
            "User Profile Attribute(s) the Resource Owner is Authenticated On",
            "authenticationAttributes",
            "What a person may give as the name beside a password, one a line.",
        ),
        "displayNameAttribute": Label(
            "User Display Name attribute",
            "displayNameAttribute",
            "Whom the consent page names.",
        ),
        "supportedSubjectTypes": Label(
            "Subject Types supported",
            "supportedSubjectTypes",
            "What a client may register with.",
        ),
        "hashSalt": Label(
            "Subject Identifier Hash Salt",
            "hashSalt",
            "Goes into the sub that a pairwise client sees.",
        ),
        "codeVerifierEnforced": Label(
            "Code Verifier Parameter Required",
            "codeVerifierEnforced",
            "Whom a proof key (PKCE) is asked of.",
        ),
        "grantTypes": Label("Grant Types", "grantTypes", "The flows that are on."),
        "allowedAudienceValues": Label(
            "Additional Audience Values",
            "allowedAudienceValues",
            "What else a client's assertion may be meant for, one a line.",
        ),
        "allowClientCredentialsInTokenRequestQueryParameters": Label(
            "Allow client credentials in token request query parameters",
            "allowClientCredentialsInTokenRequestQueryParameters",
            "Off: client_id and client_secret count in the form alone.",
        ),
        "includeClientIdClaimInStatelessTokens": Label(
            "Include client_id claim in client-side tokens",
            "includeClientIdClaimInStatelessTokens",
            "Whether a JWT has client_id.",
        ),
        "includeSubnameInTokenClaims": Label(
            "Include subname claim in tokens issued by the OAuth2 Provider",
            "includeSubnameInTokenClaims",
            "Whether a token has the subject's bare name.",
        ),
        "acceptAudienceParametersInTokenExchangeRequests": Label(
            "Accept Audience Parameters in Token Exchange Requests",
            "acceptAudienceParametersInTokenExchangeRequests",
            "Off: an audience in an exchange is ignored.",
        ),
        "allowAudienceMembersToIntrospectTokens": Label(
            "Allow audience members to introspect tokens",
            "",
            "Whoever is in aud may ask. Its name over REST is unknown.",
        ),
        "useTokenIntrospectionClaim": Label(
            "Use token_introspection claim for JWT",
            "",
            "A JWT that answers has the answer in a claim of its own (RFC 9701). "
            "Its name over REST is unknown.",
        ),
    },
    REGISTRATION: {
        "allowDynamicRegistration": Label(
            "Allow Open Dynamic Client Registration",
            "allowDynamicRegistration",
            "Whether anybody may register a client.",
        ),
        "generateRegistrationAccessTokens": Label(
            "Generate Registration Access Tokens",
            "generateRegistrationAccessTokens",
            "Lets a client that registered openly manage its registration.",
        ),
        "dynamicClientRegistrationScope": Label(
            "Scope to give access to dynamic client registration",
            "dynamicClientRegistrationScope",
            "What a token needs to register clients where anybody may not.",
        ),
        "dynamicClientRegistrationScript": Label(
            "Dynamic Client Registration Script",
            "dynamicClientRegistrationScript",
            "Runs when a client registers.",
        ),
    },
    "Advanced OpenID Connect": {
        "overrideableOIDCClaims": Label(
            "Overrideable Id_Token Claims",
            "overrideableOIDCClaims",
            "Claims of an ID token that an OIDC claims script may set, one a line.",
        ),
        "supportedTokenEndpointAuthenticationSigningAlgorithms": Label(
            "Supported Token Endpoint JWS Signing Algorithms",
            "supportedTokenEndpointAuthenticationSigningAlgorithms",
            "How a client may sign what it authenticates with, one a line.",
        ),
    },
    "OpenID Connect": {
        "alwaysAddClaimsToToken": Label(
            "Always Return Claims in ID Tokens",
            "alwaysAddClaimsToToken",
            "Off: the claims of a person are told at userinfo alone.",
        ),
        "jwtTokenLifetime": Label(
            "OpenID Connect JWT Token Lifetime (seconds)",
            "jwtTokenLifetime",
            "Of an ID token.",
        ),
    },
    "Consent": {
        "clientsCanSkipConsent": Label(
            "Allow Clients to Skip Consent",
            "clientsCanSkipConsent",
            "Where the client's consent is implied.",
        ),
    },
    "Plugins": PLUGINS,
    AI_AGENTS: {
        "aiAgentsEnabled": Label(
            "Enable AI Agents",
            "",
            "The second switch; the first is a server property. "
            "Its name over REST is unknown.",
        ),
    },
}
"""The provider's settings, likewise."""
