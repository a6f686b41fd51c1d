"""What settings can be, and the lists that a fresh AM has."""

from collections.abc import Mapping

SIGNING_ALGORITHMS = ("HS256", "RS256", "ES256")
PUBLISHED_ALGORITHMS = ("RS256", "ES256")
"""Those whose keys anybody may have to check a signature."""

ASSERTION_ALGORITHMS = tuple(
    f"{family}{bits}" for family in ("HS", "RS", "PS", "ES") for bits in (256, 384, 512)
)
"""Those a client can sign with to prove who it is; AM lists the same twelve."""

CLIENT_KEY_ALGORITHMS = tuple(
    each for each in ASSERTION_ALGORITHMS if not each.startswith("HS")
)
"""Those of them that need a key of the client's own; a backchannel request has no
other (OpenID CIBA Core section 7.1.1)."""

CIBA_ALGORITHMS = ("ES256", "PS256")
"""How a client may sign a backchannel request in a fresh AM (FAPI-CIBA)."""

SUBJECT_TYPES = PUBLIC, PAIRWISE = ("public", "pairwise")
"""Whether every client sees a person's own ``sub`` (OpenID Connect Core section 8)."""

SCOPES_POLICY_SET = "oauth2Scopes"
"""The "Default OAuth2 Scopes Policy Set" of a fresh AM, which is empty."""

NEVER_ENDS = -1
"""A lifetime of refresh tokens (PingAM 8.1, OAuth2 provider)."""

ENFORCED_FOR = ("false", "true", "public")
"""Whom "Code Verifier Parameter Required" holds to a proof key (RFC 7636)."""

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

GRANT_TYPES: Mapping[str, str] = {
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
"""What the admin UI calls each grant type, in its order."""

ABSENT_GRANT_TYPES = (
    "implicit",
    "urn:ietf:params:oauth:grant-type:uma-ticket",
    "urn:ietf:params:oauth:grant-type:device_code",
    "urn:ietf:params:oauth:grant-type:saml2-bearer",
    "urn:ietf:params:oauth:grant-type:jwt-bearer",
)
"""Those of AM's eleven that give no token here; they can be set, as AM's can."""

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

RESPONSE_TYPES = (
    "code",
    "token",
    "id_token",
    "code token",
    "token id_token",
    "code id_token",
    "code token id_token",
    "device_code",
    "device_code id_token",
)
"""What authorization may answer with, as a new client has it."""

ABSENT_RESPONSE_TYPES = tuple(each for each in RESPONSE_TYPES if each != "code")
"""Those that authorization answers with at AM, and not here."""
