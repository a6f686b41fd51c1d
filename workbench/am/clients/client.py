"""Who exists in a realm: OAuth2 clients, and AI agents as clients of another type.

Subjects are written ``(type!name)``: ``age`` for clients and agents, ``usr`` for
people (PingAM 8.1, introspection endpoint, field ``sub``).
"""

from dataclasses import dataclass
from typing import Any, ClassVar

from workbench.am.basics.characters import HALF, all_whole
from workbench.am.basics.validation import check_fields
from workbench.am.clients.auth_methods import (
    AUTH_METHODS,
    SECRET_BASIC,
    refuse_certificates,
)
from workbench.am.clients.custom_properties import custom_properties
from workbench.am.clients.grant_types import AGENT_GRANT_TYPES, CLIENT_GRANT_TYPES
from workbench.am.clients.jwks import check_jwks
from workbench.am.clients.names import check_client_id, check_inherited, check_scopes
from workbench.am.clients.uri import check_uris
from workbench.am.settings.grants import grant_types, response_types
from workbench.am.settings.overrides import Overrides
from workbench.am.settings.tabs import (
    CLIENT_ADVANCED,
    CLIENT_CORE,
    CLIENT_OPENID,
    CLIENT_SIGNING,
    OVERRIDES,
)
from workbench.am.settings.values import (
    ASSERTION_ALGORITHMS,
    NEVER_ENDS,
    PUBLIC,
    PUBLISHED_ALGORITHMS,
    SUBJECT_TYPES,
)
from workbench.errors import RegistrationError


@dataclass(frozen=True, slots=True, kw_only=True)
class Client:
    """An OAuth2 client, with PingAM's defaults, in the order of AM's admin UI.

    The secret is never part of the repr.
    """

    kind: ClassVar[str] = "OAuth2 client"
    """What to call it, for people."""

    client_id: str = CLIENT_CORE.required(
        "Client ID",
        "What it authenticates as.",
        section="",
        rest="_id",
        inheritable=False,
    )
    group: str = CLIENT_CORE.setting(
        "",
        "Group",
        "Whose settings it can inherit, or none.",
        rest="agentgroup",
        inheritable=False,
    )
    inherited: tuple[str, ...] = CLIENT_CORE.setting(
        (),
        "Inherited",
        "The settings whose values are the group's; over REST each says so.",
        rest="",
        inheritable=False,
    )
    active: bool = CLIENT_CORE.setting(
        True,
        "Status",
        "An inactive client gets no token.",
        rest="status",
        words=(("Active", True), ("Inactive", False)),
    )
    secret: str | None = CLIENT_CORE.setting(
        None,
        "Client secret",
        "Write only; empty leaves it as it is.",
        rest="userpassword",
        secret=True,
        inheritable=False,
    )
    public: bool = CLIENT_CORE.setting(
        False,
        "Client type",
        "A public client cannot keep a secret.",
        rest="clientType",
        words=(("Confidential", False), ("Public", True)),
        member="client_type",
        setter="setClientType",
    )
    loopback_interface_redirection: bool = CLIENT_CORE.setting(
        False,
        "Allow wildcard ports in redirect URIs",
        "A * in the port of localhost, 127.0.0.1 or [::1] stands for any digits.",
        rest="loopbackInterfaceRedirection",
        member="loopbackInterfaceRedirection",  # AM's name; as a member, inferred
    )
    redirection_uris: tuple[str, ...] = CLIENT_CORE.setting(
        (),
        "Redirection URIs",
        "One a line; no flow of agents uses them.",
        rest="redirectionUris",
        member="redirect_uris",
        setter="setRedirectURIs",
    )
    scopes: tuple[str, ...] = CLIENT_CORE.setting(
        (),
        "Scope(s)",
        "What the client may ask for, one a line.",
        member="scopes",
        setter="setScope",
    )
    default_scopes: tuple[str, ...] = CLIENT_CORE.setting(
        (),
        "Default Scope(s)",
        "Given when a request asks for none.",
        rest="defaultScopes",
        member="default_scopes",
        setter="setDefaultScopes",
    )
    name: str = CLIENT_CORE.setting(
        "",
        "Client Name",
        "For people.",
        rest="clientName",
        member="client_name",
        setter="setClientName",
    )
    authorization_code_lifetime: int = CLIENT_CORE.setting(
        0,
        "Authorization Code Lifetime (seconds)",
        "0: as long as the provider says.",
        rest="authorizationCodeLifetime",
        replaces="codeLifetime",
        member="authorization_code_lifetime",
        setter="setAuthorizationCodeLifeTime",
    )
    refresh_token_lifetime: int = CLIENT_CORE.setting(
        0,
        "Refresh Token Lifetime (seconds)",
        "0: as long as the provider says; -1: for ever.",
        rest="refreshTokenLifetime",
        lowest=NEVER_ENDS,
        replaces="refreshTokenLifetime",
        member="refresh_token_lifetime",
        setter="setRefreshTokenLifeTime",
    )
    access_token_lifetime: int = CLIENT_CORE.setting(
        0,
        "Access Token Lifetime (seconds)",
        "0: as long as the provider says.",
        rest="accessTokenLifetime",
        replaces="accessTokenLifetime",
        member="access_token_lifetime",
        setter="setAccessTokenLifeTime",
    )
    custom_properties: tuple[str, ...] = CLIENT_ADVANCED.setting(
        (), "Custom Properties", "name=value, one a line.", rest="customProperties"
    )
    response_types: tuple[str, ...] = response_types(
        CLIENT_ADVANCED,
        rest="responseTypes",
        member="response_types",
        setter="setResponseTypes",
    )
    grant_types: tuple[str, ...] = grant_types(
        CLIENT_ADVANCED,
        CLIENT_GRANT_TYPES,
        "The flows the client may use.",
        rest="grantTypes",
        member="grant_types",
        setter="setGrantTypes",
    )
    token_endpoint_auth_method: str = CLIENT_ADVANCED.setting(
        SECRET_BASIC,
        "Token Endpoint Authentication Method",
        "Held against the request only where the client may ask for openid.",
        rest="tokenEndpointAuthMethod",
        choices=AUTH_METHODS,
        member="token_endpoint_auth_method",
        setter="setTokenEndpointAuthMethod",
        unsupported="Mutual TLS is refused: no client certificate is ever seen.",
    )
    refresh_token_grace_period: int = CLIENT_ADVANCED.setting(
        0,
        "Refresh Token Grace Period (in seconds)",
        "How long a refresh token that was used works again; 0: not at all.",
        rest="refreshTokenGracePeriod",
    )
    sector_identifier_uri: str = CLIENT_ADVANCED.setting(
        "",
        "Sector Identifier URI",
        "Its host is the sector of a pairwise client; never fetched here.",
        rest="sectorIdentifierUri",
        member="sector_identifier_uri",
        setter="setSectorIdentifierUri",
        unsupported="It is kept, but never fetched.",
    )
    subject_type: str = CLIENT_ADVANCED.setting(
        PUBLIC,
        "Subject Type",
        "Whether every client sees the same sub.",
        rest="subjectType",
        choices=SUBJECT_TYPES,
        member="subject_type",
        setter="setSubjectType",
    )
    is_consent_implied: bool = CLIENT_ADVANCED.setting(
        False,
        "Implied consent",
        "Nobody is asked for consent.",
        rest="isConsentImplied",
    )
    token_exchange_auth_level: int = CLIENT_ADVANCED.setting(
        0,
        "Token Exchange Auth Level",
        "The least auth_level of a subject token; 0: any. That it means this is "
        "inferred.",
        rest="tokenExchangeAuthLevel",
    )
    allowed_audiences: tuple[str, ...] = CLIENT_ADVANCED.setting(
        (),
        "Allowed Resource Server Audience Values",
        "The audiences an exchange may ask for, one a line.",
        rest="allowedResourceServerAudienceValues",
    )
    jwt_token_lifetime: int = CLIENT_OPENID.setting(
        0,
        "OpenID Connect JWT Token Lifetime (seconds)",
        "Of an ID token; 0: as long as the provider says.",
        rest="jwtTokenLifetime",
        replaces="jwtTokenLifetime",
        member="jwt_token_lifetime",
        setter="setJwtTokenLifeTime",
    )
    jwks_uri: str = CLIENT_SIGNING.setting(
        "",
        "Json Web Key URI",
        "Where its keys are; never fetched here.",
        rest="jwksUri",
        member="jwks_uri",
        setter="setJwksUri",
        unsupported="It is kept, but never fetched.",
    )
    jwks: str = CLIENT_SIGNING.setting(
        "",
        "Json Web Key",
        "Its public keys, as a JWK set.",
        rest="jwkSet",
        member="jwks",
        setter="setJwks",
        repr=False,
    )
    id_token_signed_response_alg: str = CLIENT_SIGNING.setting(
        "RS256",
        "ID Token Signing Algorithm",
        "How its ID tokens are signed.",
        rest="idTokenSignedResponseAlg",
        choices=PUBLISHED_ALGORITHMS,
        member="id_token_signed_response_alg",
        setter="setIdTokenSignedResponseAlg",
        unsupported="ID tokens are never encrypted.",
    )
    token_endpoint_auth_signing_alg: str = CLIENT_SIGNING.setting(
        "RS256",
        "Token Endpoint Authentication Signing Algorithm",
        "How it signs what it authenticates with.",
        rest="tokenEndpointAuthSigningAlgorithm",
        choices=ASSERTION_ALGORITHMS,
        member="token_endpoint_auth_signing_alg",
        setter="setTokenEndpointAuthSigningAlg",
    )
    overrides: Overrides = OVERRIDES.setting(  # noqa: RUF009  this makes a field
        Overrides(),
        "OAuth2 Provider Overrides",
        "What replaces the realm's settings.",
        rest="overrideOAuth2ClientConfig",
    )

    def __post_init__(self) -> None:
        self._check_types()
        check_client_id(self.client_id)
        custom_properties(self.custom_properties)
        check_scopes("scopes", self.scopes)
        check_scopes("default_scopes", self.default_scopes)
        if self.jwks:
            check_jwks(self.jwks)
        check_inherited(self.client_id, self.inherited, self.group)
        check_uris(self.redirection_uris, self.sector_identifier_uri)

    def _check_types(self) -> None:
        if not isinstance(self.secret, str | None):
            raise RegistrationError("The secret is a text.", about="secret")
        if not all_whole(self.secret or ""):
            raise RegistrationError(f"The secret {HALF}.", about="secret")
        refuse_certificates(self.token_endpoint_auth_method)
        check_fields(self, but=("secret", "overrides"))

    def properties(self) -> dict[str, Any]:
        """What a script sees as ``clientProperties`` (PingAM 8.1 scripting API)."""
        return {
            "clientId": self.client_id,
            "allowedGrantTypes": list(self.grant_types),
            "allowedResponseTypes": list(self.response_types),
            "allowedScopes": list(self.scopes),
            "customProperties": custom_properties(self.custom_properties),
            "redirectUris": list(self.redirection_uris),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class AIAgent(Client):
    """An AI agent: a client of another type (PingAM 8.1, AI agents)."""

    kind: ClassVar[str] = "AI agent"

    grant_types: tuple[str, ...] = AGENT_GRANT_TYPES
