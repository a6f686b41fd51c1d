"""What differs between two bodies of AM's JSON, setting by setting."""

import base64
from typing import Any

from workbench.am.basics.secrets import MASK
from workbench.am.clients.client import Client
from workbench.am.rest.client import PASSWORD
from workbench.am.rest.leaf import META, Json, same
from workbench.am.rest.value import Scripts
from workbench.am.settings.tabs import CLIENT_CORE
from workbench.interop.frodo.plan import SOURCE, Change

INHERITED = "inherited"
"""The place at which it is told what is a group's."""


def differences(before: Json, after: Json, scripts: Scripts) -> list[Change]:
    """The settings that differ, each by its place; a script is told by its name too.

    Args:
        before: One body.
        after: The other.
        scripts: Those that settings may name, by id.
    """
    old, new = _flat(before), _flat(after)
    return [
        Change(place, _shown(place, old, scripts), _shown(place, new, scripts))
        for place in dict.fromkeys((*old, *new))
        if not same(old.get(place), new.get(place))
    ]


def _flat(body: Json) -> Json:
    """The members by place; those of the answer itself are left out."""
    found: Json = {}
    for name, value in body.items():
        if name in META:
            continue
        if isinstance(value, dict):
            found |= {f"{name}.{inner}": each for inner, each in value.items()}
        else:
            found[name] = value
    return found


def _shown(place: str, members: Json, scripts: Scripts) -> Any:
    value = members.get(place)
    if place.endswith("Script") and isinstance(value, str) and value in scripts:
        return f"{scripts[value].name} ({value})"
    if place == SOURCE and isinstance(value, str):
        return base64.b64decode(value).decode()
    return value


def of_client(before: Client | None, after: Client) -> list[Change]:
    """What differs of a client beside the members of its JSON: secret, inheritance."""
    found = []
    known = before.secret if before is not None else None
    if after.secret is not None and after.secret != known:
        place = f"{CLIENT_CORE.section}.{PASSWORD}"
        found.append(Change(place, known and MASK, MASK))
    inherited = sorted(before.inherited) if before is not None else []
    if inherited != sorted(after.inherited):
        found.append(Change(INHERITED, inherited, sorted(after.inherited)))
    return found
