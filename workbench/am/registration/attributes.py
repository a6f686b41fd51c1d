"""A client's attributes as a dynamic client registration script reads and sets them.

Every value is a list of texts: ``["true"]`` for a switch, ``["3600"]`` for a number.
Sources: PingAM 8.1 "AI agent acting autonomously" for the attributes, "Dynamic client
registration scripting API" for the setters.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from workbench.am.admin.scripts import setting_kind
from workbench.am.basics.setting import Setting, settings_of
from workbench.am.basics.validation import name_instead
from workbench.am.basics.words import with_article
from workbench.am.clients.client import AIAgent, Client
from workbench.am.scripts.script import EMPTY, Script
from workbench.am.settings.overrides import Overrides
from workbench.errors import RegistrationError

AGENT_TYPE = "AgentType"
UNCHANGED = (AGENT_TYPE, "aiAgentIdentityUid")
"""A script may set these to what they are, as one for PingOne AIC must."""

SETTERS = {
    said.setter: name for name, said in settings_of(Client).items() if said.setter
}
"""Methods of ``clientIdentity``, and the field of a client that each sets."""


def _value(said: Setting, values: list[str]) -> Any:
    """The texts of an attribute as a setting's value; ValueError where unfit."""
    if said.kind is tuple:
        return tuple(values)
    if said.kind is bool:
        return _of(values, dict(said.words or _SWITCH))
    return _number(values) if said.kind is int else _one(values)


_SWITCH = (("true", True), ("false", False))


def _one(values: list[str]) -> str:
    if len(values) != 1:
        raise ValueError("it takes one value")
    return values[0]


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


def attributes(client: Client) -> dict[str, list[str]]:
    """What ``clientIdentity.getAttributeValues`` finds, by attribute."""
    kind = "AIAgent" if isinstance(client, AIAgent) else "OAuth2Client"
    return {AGENT_TYPE: [kind]} | {
        name: _texts(getattr(client.overrides, name)) for name in settings_of(Overrides)
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
                field = SETTERS[name]
                changes[field] = _value(settings_of(Client)[field], values)
            elif name not in UNCHANGED:
                block[name] = _override(name, values, scripts)
            elif values != attributes(client).get(name, []):
                raise ValueError("a script cannot change it")
        except ValueError as problem:
            raise RegistrationError(
                f"{name} cannot become {values}: {problem}."
            ) from None
    return replace(client, overrides=client.overrides.but(**block), **changes)


def _override(name: str, values: list[str], scripts: Mapping[str, Script]) -> Any:
    known = settings_of(Overrides)
    if name not in known:
        raise ValueError(
            f"the bench keeps no such attribute. {name_instead(name, known)}"
        )
    value = _value(known[name], values)
    choices = known[name].choices
    if choices and value not in choices:
        raise ValueError(f"it is {' or '.join(choices)}")
    if known[name].is_script and value != EMPTY:
        kind = setting_kind(name)
        if not isinstance(scripts.get(value), kind):
            raise ValueError(f"it takes the id of {with_article(kind.kind)}")
    return value


def _texts(value: object) -> list[str]:
    if isinstance(value, tuple):
        return list(value)
    return [str(value).lower() if isinstance(value, bool) else str(value)]
