"""People, groups and clients as scripts see them: identities of AM.

Sources: PingAM 8.1 "May act scripting API"; OpenAM's AMIdentity for its members;
PingDS, set up as AM's identity store, for ``isMemberOf``.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from workbench.am.people.user import AGENT, GROUP, USER, User, universal_id
from workbench.am.people.user_group import UserGroup

GROUPS_DN = "ou=groups,ou=identities"
"""Where AM's identity store keeps groups."""

MEMBER_OF = "isMemberOf"
"""What PingDS makes of the groups of a person; nobody can set it."""


def user_identity(
    user: User, realm: str, groups: Iterable[UserGroup] = ()
) -> dict[str, Any]:
    """What a script sees of a person.

    Args:
        user: The person.
        realm: The realm's path.
        groups: Those that the person is in.
    """
    found = list(groups)
    attributes = {name: list(values) for name, values in user.attributes.items()}
    if found:
        names = [f"cn={group.name},{GROUPS_DN}" for group in found]
        attributes[MEMBER_OF] = names
    known = _identity(user.name, realm, USER, attributes)
    known["active"] = user.active
    known["groups"] = [group_identity(group, realm) for group in found]
    return known


def group_identity(group: UserGroup, realm: str) -> dict[str, Any]:
    """What a script sees of a group."""
    attributes = {name: list(values) for name, values in group.attributes.items()}
    return _identity(group.name, realm, GROUP, attributes)


def client_identity(
    client_id: str, realm: str, attributes: Mapping[str, list[str]], *, active: bool
) -> dict[str, Any]:
    """What a script sees of a client or agent whose token is its own."""
    known = _identity(client_id, realm, AGENT, dict(attributes))
    known["active"] = active
    return known


def gone_identity(name: str, realm: str, *, person: bool) -> dict[str, Any]:
    """What a script sees of whoever was deleted: a name, and nothing behind it.

    That AM gives an object at all is inferred.
    """
    known = _identity(name, realm, USER if person else AGENT, {})
    return known | {"exists": False, "active": False}


def _identity(
    name: str, realm: str, kind: str, attributes: dict[str, list[str]]
) -> dict[str, Any]:
    return {
        "name": name,
        "universalId": universal_id(name, realm, kind),
        "type": kind,
        "attributes": attributes,
    }
