"""What AM's admin UI calls each setting, on which tab, and its name over REST.

Order and words are those of the admin UI (PingAM 8.1, client application
registration; OAuth2 Provider reference), so that what is found here is found
there. A setting that is not emulated has no entry.
"""

from collections.abc import Iterable, Iterator, Mapping

from workbench.views.labels.label import Label
from workbench.views.labels.plugins import PLUGINS

CORE, ADVANCED, OPENID, SIGNING, OVERRIDES = (
    "Core",
    "Advanced",
    "OpenID Connect",
    "Signing and Encryption",
    "OAuth2 Provider Overrides",
)

REFRESH_TOKENS = {
    "issueRefreshToken": Label(
        "Issue Refresh Tokens", "issueRefreshToken", "Beside an access token."
    ),
    "issueRefreshTokenOnRefreshedToken": Label(
        "Issue Refresh Tokens on Refreshing Access Tokens",
        "issueRefreshTokenOnRefreshedToken",
        "Refreshing gives a new one in place of the old.",
    ),
}

POLICIES = {
    "usePolicyEngineForScope": Label(
        "Use Policy Engine for Scope decisions",
        "usePolicyEngineForScope",
        "Policies grant scopes without consent, or leave them out.",
    ),
    "scopesPolicySet": Label(
        "Scopes Policy Set",
        "scopesPolicySet",
        "The policies that are asked, where that is on.",
    ),
}

CLIENT: dict[str, dict[str, Label]] = {
    CORE: {
        "group": Label(
            "Group", "agentgroup", "Whose settings it can inherit, or none."
        ),
        "inherited": Label(
            "Inherited",
            "",
            "The settings whose values are the group's; over REST each says so.",
        ),
        "active": Label("Status", "status", "An inactive client gets no token."),
        "secret": Label(
            "Client secret", "userpassword", "Write only; empty leaves it as it is."
        ),
        "public": Label(
            "Client type", "clientType", "A public client cannot keep a secret."
        ),
        "redirection_uris": Label(
            "Redirection URIs",
            "redirectionUris",
            "One a line; no flow of agents uses them.",
        ),
        "scopes": Label(
            "Scope(s)", "scopes", "What the client may ask for, one a line."
        ),
        "default_scopes": Label(
            "Default Scope(s)", "defaultScopes", "Given when a request asks for none."
        ),
        "name": Label("Client Name", "clientName", "For people."),
        "authorization_code_lifetime": Label(
            "Authorization Code Lifetime (seconds)",
            "authorizationCodeLifetime",
            "0: as long as the provider says.",
        ),
        "refresh_token_lifetime": Label(
            "Refresh Token Lifetime (seconds)",
            "refreshTokenLifetime",
            "0: as long as the provider says; -1: for ever.",
        ),
        "access_token_lifetime": Label(
            "Access Token Lifetime (seconds)",
            "accessTokenLifetime",
            "0: as long as the provider says.",
        ),
    },
    ADVANCED: {
        "custom_properties": Label(
            "Custom Properties", "customProperties", "name=value, one a line."
        ),
        "response_types": Label(
            "Response Types", "responseTypes", "What authorization may answer with."
        ),
        "grant_types": Label(
            "Grant Types", "grantTypes", "The flows the client may use."
        ),
        "token_endpoint_auth_method": Label(
            "Token Endpoint Authentication Method",
            "tokenEndpointAuthMethod",
            "Held against the request only where the client may ask for openid.",
        ),
        "refresh_token_grace_period": Label(
            "Refresh Token Grace Period (in seconds)",
            "refreshTokenGracePeriod",
            "How long a refresh token that was used works again; 0: not at all.",
        ),
        "sector_identifier_uri": Label(
            "Sector Identifier URI",
            "sectorIdentifierUri",
            "Its host is the sector of a pairwise client; never fetched here.",
        ),
        "subject_type": Label(
            "Subject Type", "subjectType", "Whether every client sees the same sub."
        ),
        "is_consent_implied": Label(
            "Implied consent", "isConsentImplied", "Nobody is asked for consent."
        ),
        "token_exchange_auth_level": Label(
            "Token Exchange Auth Level",
            "tokenExchangeAuthLevel",
            "The least auth_level of a subject token; 0: any.",
        ),
        "allowed_audiences": Label(
            "Allowed Resource Server Audience Values",
            "allowedResourceServerAudienceValues",
            "The audiences an exchange may ask for, one a line.",
        ),
    },
    OPENID: {
        "claims": Label("Claim(s)", "claims", "The claims the client may ask for."),
        "post_logout_redirect_uris": Label(
            "Post Logout Redirect URIs", "postLogoutRedirectUri", "One a line."
        ),
        "default_max_age": Label(
            "Default Max Age", "defaultMaxAge", "Seconds since authentication."
        ),
        "jwt_token_lifetime": Label(
            "OpenID Connect JWT Token Lifetime (seconds)",
            "jwtTokenLifetime",
            "Of an ID token; 0: as long as the provider says.",
        ),
    },
    SIGNING: {
        "jwks_uri": Label(
            "Json Web Key URI", "jwksUri", "Where its keys are; never fetched here."
        ),
        "jwks": Label("Json Web Key", "jwkSet", "Its public keys, as a JWK set."),
        "id_token_signed_response_alg": Label(
            "ID Token Signing Algorithm",
            "idTokenSignedResponseAlg",
            "How its ID tokens are signed.",
        ),
        "token_endpoint_auth_signing_alg": Label(
            "Token Endpoint Authentication Signing Algorithm",
            "tokenEndpointAuthSigningAlgorithm",
            "How it signs what it authenticates with.",
        ),
        "tls_client_auth_subject_dn": Label(
            "mTLS Subject DN", "tlsClientAuthSubjectDN", "Of its certificate."
        ),
    },
    OVERRIDES: {
        "providerOverridesEnabled": Label(
            "Enable OAuth2 Provider Overrides",
            "providerOverridesEnabled",
            "The settings below replace the realm's, all of them.",
        ),
        "statelessTokensEnabled": Label(
            "Use Client-Side Access & Refresh Tokens",
            "statelessTokensEnabled",
            "JWTs instead of opaque values.",
        ),
        "tokenEncryptionEnabled": Label(
            "Encrypt Client-Side Tokens",
            "tokenEncryptionEnabled",
            "Only the server can read them; they are not signed then.",
        ),
        **REFRESH_TOKENS,
        "accessTokenMayActScript": Label(
            "OAuth2 Access Token May Act Script",
            "accessTokenMayActScript",
            "Runs for every access token of this client.",
        ),
        "oidcMayActScript": Label(
            "OIDC ID Token May Act Script",
            "oidcMayActScript",
            "Runs for every ID token of this client.",
        ),
        **POLICIES,
        "clientsCanSkipConsent": Label(
            "Allow Clients to Skip Consent",
            "clientsCanSkipConsent",
            "Where consent is implied, nobody is asked.",
        ),
        "acceptAudienceParametersInTokenExchangeRequests": Label(
            "Accept Audience Parameters in Token Exchange Requests",
            "acceptAudienceParametersInTokenExchangeRequests",
            "Off: an audience in an exchange is ignored.",
        ),
        "overrideableOIDCClaims": Label(
            "Overrideable Id_Token Claims",
            "overrideableOIDCClaims",
            "Claims of an ID token that an OIDC claims script may set, one a line.",
        ),
        **PLUGINS,
    },
}
"""By tab and by the name in Python; the tabs are AM's."""

GRANTS = {
    "authorization_code": "Authorization Code",
    "urn:openid:params:grant-type:ciba": "Back Channel Request",
    "implicit": "Implicit",
    "password": "Resource Owner Password Credentials",
    "client_credentials": "Client Credentials",
    "refresh_token": "Refresh Token",
    "urn:ietf:params:oauth:grant-type:uma-ticket": "UMA",
    "urn:ietf:params:oauth:grant-type:device_code": "Device Code",
    "urn:ietf:params:oauth:grant-type:saml2-bearer": "SAML2",
    "urn:ietf:params:oauth:grant-type:token-exchange": "Token Exchange",
    "urn:ietf:params:oauth:grant-type:jwt-bearer": "JWT Bearer",
}
"""What the admin UI calls each grant type."""


def tabs(
    labels: Mapping[str, Mapping[str, Label]], names: Iterable[str], rest: str
) -> Iterator[tuple[str, dict[str, Label]]]:
    """Each tab with those of its settings that there are, in AM's order.

    Args:
        labels: Of a client or of the provider.
        names: The settings that there are.
        rest: The tab for settings without an entry, under their own names.
    """
    there = list(names)
    listed = {name for group in labels.values() for name in group}
    extra = {name: Label(name, "", "") for name in there if name not in listed}
    for tab, group in labels.items():
        found = {name: label for name, label in group.items() if name in there}
        yield tab, found | (extra if tab == rest else {})
