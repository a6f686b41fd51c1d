"""What a script can name, as the editor completes it."""

from dataclasses import asdict
from typing import Any

from workbench.am.scripts.names import Name
from workbench.am.scripts.names_by_context import names_of


def completions_of(family: str, version: str) -> list[dict[str, Any]]:
    """What scripts of this context and version can name, as the editor wants it."""
    return [_as_json(name) for name in names_of(family, version)]


def _as_json(name: Name) -> dict[str, Any]:
    members = [_as_json(member) for member in name.members]
    return {**asdict(name), "type": name.type, "members": members}
