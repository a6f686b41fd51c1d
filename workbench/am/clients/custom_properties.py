"""Custom properties of a client: the entries that AM keeps, as what a script sees."""

import re
from typing import Any

from workbench.errors import RegistrationError


def custom_properties(entries: tuple[str, ...]) -> dict[str, Any]:
    """``a=b``, ``list[0]=v`` and ``map[k]=v`` as values, lists and maps.

    Raises:
        RegistrationError: Entries of one name mix these.
    """
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
