"""The answer to a client that registered itself (RFC 7591 section 3.2.1).

Sources: RFC 7591; RFC 7592; for the members and their defaults,
PingAM 8.1 "AI agent acting autonomously".
"""

import json
from collections.abc import Mapping
from typing import Any

from workbench.am.basics.setting import settings_of
from workbench.am.clients.client import Client
from workbench.am.clients.registration import Registration

CONFIDENTIAL, PUBLIC = "Confidential", "Public"

ALWAYS_SENT: dict[str, Any] = {
    "application_type": "web",
    "default_max_age": 0,
    "public_key_selector": "x509",
    "jwks_cache_timeout": 3600000,
    "jwks_cache_miss_cache_time": 60000,
    "id_token_encryption_enabled": False,
    "id_token_encrypted_response_alg": "RSA-OAEP-256",
    "id_token_encrypted_response_enc": "A128CBC-HS256",
    "introspection_signed_response_alg": "RS256",
    "introspection_encrypted_response_alg": "RSA-OAEP-256",
    "introspection_encrypted_response_enc": "A128CBC-HS256",
    "authorization_signed_response_alg": "RS256",
    "user_info_response_format_selector": "JSON",
    "userinfo_signed_response_alg": "",
    "userinfo_encrypted_response_alg": "",
    "userinfo_encrypted_response_enc": "",
    "request_object_signing_alg": "",
    "request_object_encryption_alg": "",
    "backchannel_logout_session_required": False,
    "require_pushed_authorization_requests": False,
    "tls_client_certificate_bound_access_tokens": False,
}
"""Told of every client, with the default where none was sent; without effect here."""

ECHOED: dict[str, type] = {
    "contacts": list,
    "client_uri": str,
    "logo_uri": str,
    "policy_uri": str,
    "tos_uri": str,
    "software_id": str,
    "software_version": str,
    "post_logout_redirect_uris": list,
    "request_uris": list,
    "default_acr_values": list,
}
"""Told where it was sent, and likewise without effect."""

MEMBERS = {
    said.member: name for name, said in settings_of(Client).items() if said.member
}
"""Members that are a client's own fields, and which."""

KEYS = ("jwks", "jwks_uri")

ORDER = (
    "client_name",
    "client_type",
    "token_endpoint_auth_method",
    "grant_types",
    "response_types",
    "redirect_uris",
    "scopes",
    "scope",
    "default_scopes",
    "id_token_signed_response_alg",
    "token_endpoint_auth_signing_alg",
    "access_token_lifetime",
    "refresh_token_lifetime",
    "authorization_code_lifetime",
    "jwt_token_lifetime",
)
"""How PingAM's page prints a client's own members; any other comes after the rest."""

SUBJECTS = ("subject_type", "sector_identifier_uri")

NOT_PRINTED = (
    "client_name",
    "default_scopes",
    "id_token_signed_response_alg",
    "token_endpoint_auth_signing_alg",
    "loopbackInterfaceRedirection",
    *SUBJECTS,
)
"""Not on that page: told where they were sent, and where they are not the default."""


def registration_response(
    client: Client, registration: Registration, uri: str
) -> dict[str, Any]:
    """The registration answer (RFC 7591 section 3.2.1, RFC 7592 section 3)."""
    own = _own(client, registration.further)
    answer = _credentials(client, registration, uri)
    answer |= {member: own.pop(member) for member in ORDER if member in own}
    answer |= ALWAYS_SENT | _keys(client) | dict(registration.further) | own
    answer["providerOverridesEnabled"] = client.overrides.providerOverridesEnabled
    answer["enableApplicationContext"] = False
    return answer


def _own(client: Client, further: Mapping[str, Any]) -> dict[str, Any]:
    """What is told of a client's own fields, but for its keys."""
    known, told = settings_of(Client), {"scope": " ".join(client.scopes)}
    for member, name in MEMBERS.items():
        value = getattr(client, name)
        quiet = member in NOT_PRINTED and member not in further
        if member not in KEYS and not (quiet and value == known[name].default):
            told[member] = known[name].as_json(value)
    return told


def _credentials(
    client: Client, registration: Registration, uri: str
) -> dict[str, Any]:
    answer: dict[str, Any] = {"client_id": client.client_id}
    if not client.public:
        answer |= {"client_secret": client.secret, "client_secret_expires_at": 0}
    answer["registration_client_uri"] = f"{uri}?client_id={client.client_id}"
    if registration.access_token:
        answer["registration_access_token"] = registration.access_token
    return answer


def _keys(client: Client) -> dict[str, Any]:
    """The client's public keys, and where AM's selector says they are."""
    if client.jwks:
        return {"public_key_selector": "jwks", "jwks": json.loads(client.jwks)}
    if client.jwks_uri:
        return {"public_key_selector": "jwks_uri", "jwks_uri": client.jwks_uri}
    return {}
