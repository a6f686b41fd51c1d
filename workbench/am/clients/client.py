"""Who exists in a realm: OAuth2 clients, and AI agents as clients of another type.

Subjects are written ``(type!name)``: ``age`` for clients and agents, ``usr`` for
people (PingAM 8.1, introspection endpoint, field ``sub``).
"""

import re
from dataclasses import dataclass, field, fields
from typing import Any
from urllib.parse import urlsplit

from workbench.am.basics.validation import checked
from workbench.am.clients.jwks import check_jwks
from workbench.am.settings.overrides import Overrides
from workbench.am.settings.provider import (
    ASSERTION_ALGORITHMS,
    PUBLIC,
    PUBLISHED_ALGORITHMS,
    SUBJECT_TYPES,
)
from workbench.errors import RegistrationError, SettingError

CLIENT_CREDENTIALS = "client_credentials"
TOKEN_EXCHANGE = "urn:ietf:params:oauth:grant-type:token-exchange"
REFRESH_TOKEN = "refresh_token"
AUTHORIZATION_CODE = "authorization_code"
PASSWORD = "password"

AGENT_GRANT_TYPES = (CLIENT_CREDENTIALS, TOKEN_EXCHANGE)
"""What the admin UI switches on for a new AI agent (PingAM 8.1, AI agents)."""

CLIENT_GRANT_TYPES = (AUTHORIZATION_CODE,)
"""What a new OAuth2 client has (PingAM 8.1, OAuth2Client REST endpoint)."""

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

SECRET_BASIC, SECRET_POST = "client_secret_basic", "client_secret_post"
SECRET_JWT, PRIVATE_KEY_JWT = "client_secret_jwt", "private_key_jwt"
NO_METHOD = "none"

AUTH_METHODS = (SECRET_POST, PRIVATE_KEY_JWT, SECRET_JWT, NO_METHOD, SECRET_BASIC)
"""How a client can prove who it is here.

PingAM has no ``client_secret_jwt``: it calls a JWT signed with the secret
``private_key_jwt`` as well. The bench takes the standard's name too.
"""

TLS_METHODS = ("tls_client_auth", "self_signed_tls_client_auth")
"""What PingAM has beside, and the bench has not: it sees no client certificate."""

CHOICES = {
    "token_endpoint_auth_method": AUTH_METHODS,
    "token_endpoint_auth_signing_alg": ASSERTION_ALGORITHMS,
    "id_token_signed_response_alg": PUBLISHED_ALGORITHMS,
    "subject_type": SUBJECT_TYPES,
}

TYPED_SUBJECT = re.compile(r"\((?:age|usr)!(.*)\)\Z", re.DOTALL)
SCOPE_TOKEN = re.compile(r"[\x21\x23-\x5B\x5D-\x7E]+\Z")  # RFC 6749 section 3.3


@dataclass(frozen=True, slots=True, kw_only=True)
class Client:
    """An OAuth2 client, with PingAM's defaults.

    The comment on each field is its name in AM's REST API. The secret is never
    part of the repr.
    """

    client_id: str  # _id
    secret: str | None = field(default=None, repr=False)  # userpassword
    redirection_uris: tuple[str, ...] = ()  # redirectionUris
    scopes: tuple[str, ...] = ()  # scopes
    default_scopes: tuple[str, ...] = ()  # defaultScopes
    grant_types: tuple[str, ...] = CLIENT_GRANT_TYPES  # grantTypes
    response_types: tuple[str, ...] = RESPONSE_TYPES  # responseTypes
    name: str = ""  # clientName
    public: bool = False  # clientType: Confidential or Public
    active: bool = True  # status: Active or Inactive
    token_endpoint_auth_method: str = SECRET_BASIC  # tokenEndpointAuthMethod
    token_endpoint_auth_signing_alg: str = "RS256"  # tokenEndpointAuthSigningAlgorithm
    jwks: str = field(default="", repr=False)  # jwkSet: its public keys, as JSON
    jwks_uri: str = ""  # jwksUri: kept, but never fetched
    access_token_lifetime: int = 0  # accessTokenLifetime; 0: the provider's
    refresh_token_lifetime: int = 0  # refreshTokenLifetime; 0: the provider's, -1: none
    refresh_token_grace_period: int = 0  # refreshTokenGracePeriod, in seconds
    authorization_code_lifetime: int = 0  # authorizationCodeLifetime; likewise
    jwt_token_lifetime: int = 0  # jwtTokenLifetime (of ID tokens); likewise
    id_token_signed_response_alg: str = "RS256"  # idTokenSignedResponseAlg
    subject_type: str = PUBLIC  # subjectType
    sector_identifier_uri: str = ""  # sectorIdentifierUri: kept, but never fetched
    is_consent_implied: bool = False  # isConsentImplied
    token_exchange_auth_level: int = 0  # tokenExchangeAuthLevel
    allowed_audiences: tuple[str, ...] = ()  # allowedResourceServerAudienceValues
    custom_properties: tuple[str, ...] = ()  # customProperties: "key=value"
    overrides: Overrides = field(default_factory=Overrides)
    # overrideOAuth2ClientConfig
    group: str = ""  # agentgroup; "" for none
    inherited: tuple[str, ...] = ()  # the fields that say {"inherited": true}

    def __post_init__(self) -> None:
        self._check_types()
        _check_id(self.client_id)
        _custom_properties(self.custom_properties)
        _check_scopes("scopes", self.scopes)
        _check_scopes("default_scopes", self.default_scopes)
        if self.jwks:
            check_jwks(self.jwks)
        if self.inherited and not self.group:
            raise RegistrationError(
                f"{self.client_id} is in no group that it could inherit "
                f"{', '.join(self.inherited)} from.",
                about="inherited",
            )
        for uri in self.redirection_uris:
            _check_uri(uri)
        if self.sector_identifier_uri and not is_sector_uri(self.sector_identifier_uri):
            raise RegistrationError(
                f"{self.sector_identifier_uri!r} is not a sector identifier URI: it "
                "needs https:// and a host (OpenID Connect Core section 8.1).",
                about="sector_identifier_uri",
            )

    def _check_types(self) -> None:
        if not isinstance(self.secret, str | None):
            raise RegistrationError("The secret is a text.", about="secret")
        if self.token_endpoint_auth_method in TLS_METHODS:
            raise RegistrationError(
                f"{self.token_endpoint_auth_method} needs a client certificate, which "
                "the bench never sees; private_key_jwt proves a key as well.",
                about="token_endpoint_auth_method",
            )
        for item in fields(self):
            if item.name in ("secret", "overrides"):
                continue
            try:
                checked(type(self), item.name, getattr(self, item.name), CHOICES)
            except SettingError as problem:
                raise RegistrationError(str(problem), about=item.name) from None

    @property
    def kind(self) -> str:
        """``OAuth2 client`` or ``AI agent``, for people."""
        return "OAuth2 client"

    def properties(self) -> dict[str, Any]:
        """What a script sees as ``clientProperties`` (PingAM 8.1 scripting API)."""
        return {
            "clientId": self.client_id,
            "allowedGrantTypes": list(self.grant_types),
            "allowedResponseTypes": list(self.response_types),
            "allowedScopes": list(self.scopes),
            "customProperties": _custom_properties(self.custom_properties),
            "redirectUris": list(self.redirection_uris),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class AIAgent(Client):
    """An AI agent: a client of another type (PingAM 8.1, AI agents)."""

    grant_types: tuple[str, ...] = AGENT_GRANT_TYPES

    @property
    def kind(self) -> str:
        """``AI agent``."""
        return "AI agent"


def require_credentials(client: Client) -> None:
    """Refuse a confidential client that has nothing to prove itself with.

    Raises:
        RegistrationError: It has neither a secret nor keys.
    """
    if not client.public and not client.secret and not client.jwks:
        raise RegistrationError(
            f"{client.client_id} is confidential and needs a client secret, or "
            "jwks with its public keys.",
            about="secret",
        )


def client_subject(client_id: str, *, typed: bool) -> str:
    """The ``sub`` of a client: ``(age!name)``, or the bare name on AIC."""
    return f"(age!{client_id})" if typed else client_id


def bare_name(sub: str) -> str:
    """The name in a subject, typed or not."""
    typed = TYPED_SUBJECT.match(sub)
    return typed[1] if typed else sub


def _check_id(client_id: str) -> None:
    if not client_id or client_id != client_id.strip():
        raise RegistrationError(
            f"The client ID is {client_id!r}; it needs a name without spaces "
            "at either end.",
            about="client_id",
        )
    if any(ord(character) < 32 for character in client_id) or len(client_id) > 255:
        raise RegistrationError(
            "A client ID is at most 255 characters, none of them control characters.",
            about="client_id",
        )


def _check_scopes(about: str, scopes: tuple[str, ...]) -> None:
    for scope in scopes:
        if not SCOPE_TOKEN.match(scope):
            raise RegistrationError(
                f"{scope!r} is not a scope: a scope has no spaces, quotes or "
                "backslashes (RFC 6749 section 3.3). Give one scope an entry.",
                about=about,
            )


def is_redirection_uri(text: str) -> bool:
    """Whether it is absolute and has no fragment (RFC 6749 section 3.1.2)."""
    try:
        parts = urlsplit(text)
    except ValueError:  # such as an IPv6 address without its end
        return False
    whole = bool(parts.scheme) and "#" not in text
    return whole and " " not in text and text.isprintable()


def is_sector_uri(text: str) -> bool:
    """Whether it has the scheme https and a host, as a sector identifier needs."""
    if not is_redirection_uri(text):
        return False
    parts = urlsplit(text)
    return parts.scheme == "https" and bool(parts.hostname)


def _check_uri(uri: str) -> None:
    if not is_redirection_uri(uri):
        raise RegistrationError(
            f"{uri!r} is not a redirection URI: it needs a scheme, such as "
            "https://, and no fragment (RFC 6749 section 3.1.2).",
            about="redirection_uris",
        )


def _custom_properties(entries: tuple[str, ...]) -> dict[str, Any]:
    """``a=b``, ``list[0]=v`` and ``map[k]=v`` as values, lists and maps."""
    groups: dict[str, dict[str, str]] = {}
    result: dict[str, Any] = {}
    for entry in entries:
        key, _, value = entry.partition("=")
        member = re.fullmatch(r"(.+)\[(.+)\]", key)
        if member is None:
            result[key] = value
        else:
            groups.setdefault(member[1], {})[member[2]] = value
    for name, group in groups.items():
        numbered = [key.isdecimal() for key in group]
        if name in result or any(numbered) != all(numbered):
            raise RegistrationError(
                f"The custom property {name!r} is a value, a list or a map; "
                "the entries mix two of them.",
                about="custom_properties",
            )
        listed = [group[key] for key in sorted(group, key=int)] if all(numbered) else []
        result[name] = listed or group
    return result
