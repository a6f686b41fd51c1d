"""A client's attributes as scripts read and set them.

Every value is a list of texts: ``["true"]`` for a switch, ``["3600"]`` for a number,
``["[0]=read", "[1]=write"]`` for a list. Sources: PingAM 8.1 "AI agent acting
autonomously" and AM's own sample script for the attributes, "Dynamic client
registration scripting API" for the setters.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from workbench.am.basics.setting import Setting, settings_of
from workbench.am.basics.validation import name_instead
from workbench.am.basics.words import with_article
from workbench.am.clients.client import AIAgent, Client
from workbench.am.clients.registration import Registration
from workbench.am.clients.stored_names import (
    INDEXED_TEXT,
    PREFIX,
    SECRET,
    STORED,
    UNUSED,
    found_in,
)
from workbench.am.scripts.client_setters import (
    CLIENT_SETTERS,
    LIST,
    SET_ACCESS_TOKEN,
    SET_SECRET,
    shown,
)
from workbench.am.scripts.plugin import SCRIPT_SETTINGS
from workbench.am.scripts.script import EMPTY, MayActScript, Script
from workbench.am.settings.overrides import Overrides
from workbench.errors import RegistrationError

AGENT_TYPE = "AgentType"
UNCHANGED = (AGENT_TYPE, "aiAgentIdentityUid")
"""A script may set these to what they are, as one for PingOne AIC must."""

SETTERS = {SET_SECRET: "secret"} | {
    said.setter: name for name, said in settings_of(Client).items() if said.setter
}
"""Methods of ``clientIdentity``, and the field of a client that each sets. What others
set is kept without effect."""

_FIELDS = {
    attribute.lower(): name for name, names in STORED.items() for attribute in names
}
_TOLD = tuple(
    (name, names, said, said.kind is tuple or name in INDEXED_TEXT)
    for name, names in STORED.items()
    for said in (settings_of(Client)[name],)
)
_BLOCK = {name.lower(): name for name in settings_of(Overrides)}
_UNUSED = {name.lower(): name for name in UNUSED}
_INDEX = re.compile(r"\[(\d{1,9})\]=(.*)", re.DOTALL)
_SWITCH = (("true", True), ("false", False))


def attributes(
    client: Client, registration: Registration | None = None
) -> dict[str, list[str]]:
    """What scripts find of a client, by attribute; never its secret.

    Args:
        client: Its own values.
        registration: What it said of itself beside them, if it registered itself.
    """
    kind = "AIAgent" if isinstance(client, AIAgent) else "OAuth2Client"
    found = {AGENT_TYPE: [kind]}
    for name, names, said, indexed in _TOLD:
        values = _texts(said.as_json(getattr(client, name)))
        found |= dict.fromkeys(names, _numbered(values) if indexed else values)
    for name in _BLOCK.values():
        found[name] = _texts(getattr(client.overrides, name))
    return found | (_beside(registration) if registration else {})


def _beside(registration: Registration) -> dict[str, list[str]]:
    """What is kept of a client without effect."""
    found = {name: list(values) for name, values in registration.attributes.items()}
    for name, (member, kind) in UNUSED.items():
        if member in registration.further:
            values = _texts(registration.further[member])
            found[f"{PREFIX}{name}"] = _numbered(values) if kind is tuple else values
    return found


def _texts(value: object) -> list[str]:
    """A value as texts; nothing at all where it is empty."""
    if isinstance(value, tuple | list):
        return list(value)
    text = str(value).lower() if isinstance(value, bool) else str(value)
    return [text] if text else []


def _numbered(values: list[str]) -> list[str]:
    return [f"[{number}]={value}" for number, value in enumerate(values)]


def _listed(values: Iterable[str]) -> list[str]:
    """Values in their order, without ``[0]=``; an empty one is none (OpenAM)."""
    found: list[tuple[int, str]] = []
    for value in values:
        indexed = _INDEX.match(value)
        last = found[-1][0] if found else 0
        found.append((int(indexed[1]), indexed[2]) if indexed else (last, value))
    ordered = [value for _, value in sorted(found, key=lambda each: each[0])]
    return list(dict.fromkeys(filter(None, ordered)))


@dataclass(slots=True)
class _Changes:
    """What a script stored, sorted by where it is kept."""

    fields: dict[str, Any] = field(default_factory=dict)
    block: dict[str, Any] = field(default_factory=dict)
    further: dict[str, Any] = field(default_factory=dict)
    unused: dict[str, tuple[str, ...]] = field(default_factory=dict)
    kept: dict[str, str] = field(default_factory=dict)


def with_attributes(
    client: Client,
    registration: Registration,
    stored: Mapping[str, list[str]],
    scripts: Mapping[str, Script],
) -> tuple[Client, Registration]:
    """The client and its registration once a script has stored these attributes.

    Args:
        client: As it was.
        registration: Likewise.
        stored: Values by attribute, or by setter.
        scripts: Those that a setting may name, by id.

    Raises:
        RegistrationError: No such attribute, or not a value for it.
    """
    changes, known = _Changes(), attributes(client, registration)
    for name, values in stored.items():
        told = shown({name: values})[name]
        try:
            _change(changes, name, values, known, scripts)
        except ValueError as problem:
            raise RegistrationError(
                f"{name} cannot become {told}: {problem}."
            ) from None
    inherited = tuple(n for n in client.inherited if n not in changes.fields)
    changed = replace(
        client,
        overrides=client.overrides.but(**changes.block),
        **{"inherited": inherited, **changes.fields},
    )
    return changed, replace(
        registration,
        further={**registration.further, **changes.further},
        attributes={**registration.attributes, **changes.unused},
        **changes.kept,
    )


def _change(
    changes: _Changes,
    name: str,
    values: list[str],
    known: Mapping[str, list[str]],
    scripts: Mapping[str, Script],
) -> None:
    """Sort one attribute in; ValueError where it does not fit."""
    place = SETTERS.get(name) or found_in(name, _FIELDS)
    if name == SET_ACCESS_TOKEN:
        changes.kept["access_token"] = _secret(values)
    elif place == "secret":
        changes.fields[place] = _secret(values)
    elif place is not None:
        changes.fields[place] = _value(settings_of(Client)[place], values)
    elif name in UNCHANGED:
        if values != known.get(name, []):
            raise ValueError("a script cannot change it")
    elif (override := found_in(name, _BLOCK)) is not None:
        changes.block[override] = _override(override, values, scripts)
    elif name in CLIENT_SETTERS:
        kind, attribute = CLIENT_SETTERS[name]
        _keep(changes, attribute, _numbered(values) if kind == LIST else values)
    else:
        _keep(changes, name, values)


def _keep(changes: _Changes, name: str, values: list[str]) -> None:
    """Sort in what has no effect; ValueError where there is no such attribute."""
    unused = found_in(name, _UNUSED)
    if unused is None:
        raise ValueError(_no_such(name))
    member, kind = UNUSED[unused]
    if member:
        value = _value(Setting(kind=kind), values)
        changes.further[member] = list(value) if kind is tuple else value
    else:
        changes.unused[name] = tuple(values)


def _secret(values: list[str]) -> str:
    """The only text, and not an empty one."""
    secret = _one(values)
    if not secret:
        raise ValueError("it takes a text")
    return secret


def _no_such(name: str) -> str:
    """Why a name is none: the secret, a short form of one, or nothing known."""
    if name.lower() == SECRET:
        return "the secret is the server's to make"
    full = {each: each for names in STORED.values() for each in names}
    if f"{PREFIX}{name}" in full:
        return f"the bench keeps no such attribute. Did you mean {PREFIX}{name}?"
    names = [*full, *settings_of(Overrides)]
    return f"the bench keeps no such attribute. {name_instead(name, names)}"


def _value(said: Setting, values: list[str]) -> Any:
    """The texts of an attribute as a setting's value; ValueError where unfit."""
    if said.kind is tuple:
        return tuple(_listed(values))
    if said.kind is bool:
        return _of(values, dict(said.words or _SWITCH))
    if said.kind is int:
        return _number(values, said.lowest)
    text = _one(_listed(values), said.choices)
    small = {choice.lower(): choice for choice in said.choices}
    return small.get(text.lower(), text)


def _one(values: list[str], choices: tuple[str, ...] = ()) -> str:
    """The only text; none at all is an empty one where any can be."""
    if not values and not choices:
        return ""
    if len(values) != 1:
        raise ValueError("it takes one value")
    return values[0]


def _of(values: list[str], known: Mapping[str, bool]) -> bool:
    value = _one(values, tuple(known))
    if value not in known:
        raise ValueError(f"it is {' or '.join(known)}")
    return known[value]


def _number(values: list[str], lowest: int) -> int:
    value = _one(values, ("0",))
    digits = value.removeprefix("-") if lowest < 0 else value
    if not digits.isascii() or not digits.isdecimal() or len(digits) > 10:
        raise ValueError("it takes a whole number")
    return int(value)


def _override(name: str, values: list[str], scripts: Mapping[str, Script]) -> Any:
    said = settings_of(Overrides)[name]
    value = _value(said, values)
    if said.choices and value not in said.choices:
        raise ValueError(f"it is {' or '.join(said.choices)}")
    if said.is_script and value != EMPTY:
        kind = SCRIPT_SETTINGS.get(name, MayActScript)
        if not isinstance(scripts.get(value), kind):
            raise ValueError(f"it takes the id of {with_article(kind.kind)}")
    return value
