"""Who asks in a dry run: a client of an export of frodo, or one made up.

The shapes are those that frodo writes: ``application`` holds clients and ``agent``
agents, each with AM's sections; a value may be wrapped as ``{"value": ...}``.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from workbench.am.clients.client import Client
from workbench.am.clients.grant_types import (
    AUTHORIZATION_CODE,
    CLIENT_CREDENTIALS,
    TOKEN_EXCHANGE,
)
from workbench.am.realm import Realm
from workbench.errors import RegistrationError

FIELDS = {
    "scopes": ("coreOAuth2ClientConfig", "scopes"),
    "default_scopes": ("coreOAuth2ClientConfig", "defaultScopes"),
    "redirection_uris": ("coreOAuth2ClientConfig", "redirectionUris"),
    "grant_types": ("advancedOAuth2ClientConfig", "grantTypes"),
    "response_types": ("advancedOAuth2ClientConfig", "responseTypes"),
    "custom_properties": ("advancedOAuth2ClientConfig", "customProperties"),
}
"""What a script sees of a client, and where an export has it."""

SECTIONS = {"application": False, "agent": True}
"""The sections that hold clients, and whether these are AI agents."""


def register_party(
    realm: Realm, name: str, exported: Any, scopes: tuple[str, ...]
) -> Client:
    """Register who asks in a dry run.

    Args:
        realm: That of a bench which is thrown away.
        name: The client's id.
        exported: The JSON of the file, in which it may stand; or None.
        scopes: Those of a client that is made up; () for the usual two.

    Raises:
        RegistrationError: It stands there, and cannot be registered so.
    """
    for is_agent, body in _named(exported, name):
        fields = {field: _texts(body, *path) for field, path in FIELDS.items()}
        known: dict[str, Any] = {
            field: texts for field, texts in fields.items() if texts is not None
        }
        if is_agent:
            realm.settings.enable_ai_agents()
            return realm.register_agent(name, secret="none", **known)
        return realm.register_client(name, secret="none", **known)
    return realm.register_client(
        name,
        secret="none",
        scopes=scopes or ("read", "write"),
        grant_types=(CLIENT_CREDENTIALS, AUTHORIZATION_CODE, TOKEN_EXCHANGE),
        redirection_uris=("https://client.example.com/callback",),
    )


def _named(value: Any, name: str) -> Iterator[tuple[bool, Mapping[str, Any]]]:
    if isinstance(value, list):
        for each in value:
            yield from _named(each, name)
    elif isinstance(value, Mapping):
        for section, is_agent in SECTIONS.items():
            held = value.get(section)
            body = held.get(name) if isinstance(held, Mapping) else None
            if isinstance(body, Mapping):
                yield is_agent, body


def _texts(body: Mapping[str, Any], section: str, key: str) -> tuple[str, ...] | None:
    held = body.get(section)
    value = held.get(key) if isinstance(held, Mapping) else None
    if isinstance(value, Mapping):
        value = value.get("value")
    if value is None:
        return None
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        raise RegistrationError(f"{section}.{key} is no list of texts.")
    return tuple(value)
