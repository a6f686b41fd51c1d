"""A client's attributes as a dynamic client registration script reads and sets them.

Every value is a list of texts: ``["true"]`` for a switch, ``["3600"]`` for a number.
Sources: PingAM 8.1 "AI agent acting autonomously" for the attributes, "Dynamic client
registration scripting API" for the setters.
"""

from collections.abc import Callable, Mapping
from dataclasses import fields, replace
from typing import Any

from workbench.am.admin.scripts import setting_kind
from workbench.am.basics.validation import instead
from workbench.am.clients.client import AIAgent, Client
from workbench.am.registration.response import CONFIDENTIAL, PUBLIC
from workbench.am.scripts.script import EMPTY, Script
from workbench.am.settings.overrides import OVERRIDE_CHOICES, Overrides
from workbench.errors import RegistrationError

AGENT_TYPE = "AgentType"
UNCHANGED = (AGENT_TYPE, "aiAgentIdentityUid")
"""A script may set these to what they are, as one for PingOne AIC must."""

Reader = Callable[[list[str]], Any]
"""From the values of an attribute to that of a field; ValueError where unfit."""


def _one(values: list[str]) -> str:
    if len(values) != 1:
        raise ValueError("it takes one value")
    return values[0]


def _switch(values: list[str]) -> bool:
    return _of(values, {"true": True, "false": False})


def _public(values: list[str]) -> bool:
    return _of(values, {CONFIDENTIAL: False, PUBLIC: True})


def _of(values: list[str], known: Mapping[str, bool]) -> bool:
    value = _one(values)
    if value not in known:
        raise ValueError(f"it is {' or '.join(known)}")
    return known[value]


def _number(values: list[str]) -> int:
    value = _one(values)
    if not value.isascii() or not value.isdecimal() or len(value) > 10:
        raise ValueError("it takes a whole number")
    return int(value)


SETTERS: dict[str, tuple[str, Reader]] = {
    "setClientName": ("name", _one),
    "setClientType": ("public", _public),
    "setGrantTypes": ("grant_types", tuple),
    "setResponseTypes": ("response_types", tuple),
    "setRedirectURIs": ("redirection_uris", tuple),
    "setScope": ("scopes", tuple),
    "setDefaultScopes": ("default_scopes", tuple),
    "setTokenEndpointAuthMethod": ("token_endpoint_auth_method", _one),
    "setIdTokenSignedResponseAlg": ("id_token_signed_response_alg", _one),
    "setAccessTokenLifeTime": ("access_token_lifetime", _number),
    "setRefreshTokenLifeTime": ("refresh_token_lifetime", _number),
    "setAuthorizationCodeLifeTime": ("authorization_code_lifetime", _number),
    "setJwtTokenLifeTime": ("jwt_token_lifetime", _number),
}
"""Methods of ``clientIdentity``, and the field of a client that each sets."""


def attributes(client: Client) -> dict[str, list[str]]:
    """What ``clientIdentity.getAttributeValues`` finds, by attribute."""
    kind = "AIAgent" if isinstance(client, AIAgent) else "OAuth2Client"
    return {AGENT_TYPE: [kind]} | {
        item.name: _texts(getattr(client.overrides, item.name))
        for item in fields(Overrides)
    }


def with_attributes(
    client: Client, stored: Mapping[str, list[str]], scripts: Mapping[str, Script]
) -> Client:
    """The client once a script has stored these attributes.

    Args:
        client: As it was.
        stored: Values by attribute, or by setter.
        scripts: Those that a setting may name, by id.

    Raises:
        RegistrationError: No such attribute, or not a value for it.
    """
    block: dict[str, Any] = {}
    changes: dict[str, Any] = {}
    for name, values in stored.items():
        try:
            if name in SETTERS:
                field, reader = SETTERS[name]
                changes[field] = reader(values)
            elif name not in UNCHANGED:
                block[name] = _override(client.overrides, name, values, scripts)
            elif values != attributes(client).get(name, []):
                raise ValueError("a script cannot change it")
        except ValueError as problem:
            raise RegistrationError(
                f"{name} cannot become {values}: {problem}."
            ) from None
    return replace(client, overrides=client.overrides.but(**block), **changes)


def _override(
    block: Overrides, name: str, values: list[str], scripts: Mapping[str, Script]
) -> Any:
    known = [item.name for item in fields(Overrides)]
    if name not in known:
        raise ValueError(f"the bench keeps no such attribute. {instead(name, known)}")
    if isinstance(getattr(block, name), bool):
        return _switch(values)
    if isinstance(getattr(block, name), tuple):
        return tuple(values)
    value = _one(values)
    if name in OVERRIDE_CHOICES and value not in OVERRIDE_CHOICES[name]:
        raise ValueError(f"it is {' or '.join(OVERRIDE_CHOICES[name])}")
    if name.endswith("Script") and value != EMPTY:
        kind = setting_kind(name)
        if not isinstance(scripts.get(value), kind):
            raise ValueError(f"it takes the id of a {kind.kind}")
    return value


def _texts(value: object) -> list[str]:
    if isinstance(value, tuple):
        return list(value)
    return [str(value).lower() if isinstance(value, bool) else str(value)]
