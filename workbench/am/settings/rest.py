"""Settings as AM's JSON has them over REST and in files."""

from dataclasses import is_dataclass
from typing import Any

from workbench.am.basics.setting import settings_of


def as_rest(owner: Any) -> dict[str, Any]:
    """The settings of an owner by section, under their names over REST.

    Where a group can hand a value on, AM's JSON says beside it whether it did. Left
    out is what is secret, and what has no known name over REST.

    Args:
        owner: Provider settings, overrides, or a client, whose override block then
            is a section of its own.
    """
    found: dict[str, Any] = {}
    inherited = getattr(owner, "inherited", ())
    for name, said in settings_of(type(owner)).items():
        value = getattr(owner, name)
        if is_dataclass(value):
            found |= as_rest(value)
        elif said.rest and not said.secret:
            told = said.as_json(value)
            if said.inheritable:
                told = {"inherited": name in inherited, "value": told}
            place = found.setdefault(said.section, {}) if said.section else found
            place[said.rest] = told
    return found
