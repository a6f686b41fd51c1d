"""Groups of clients, and of AI agents, whose members inherit settings field by field.

Sources: PingAM 8.1, "Client application registration" (groups) and "AI agents". AM's
JSON wraps each field as ``{"inherited": …, "value": …}``: where ``inherited`` is true
the group's value counts and the member's own stays beneath. The client's id, its
secret and the override block have no such wrapper, so they are never inherited.
"""

from collections.abc import Iterator, Mapping, MutableMapping
from dataclasses import dataclass, replace
from typing import Any

from workbench.am.basics.characters import HALF, all_whole
from workbench.am.basics.setting import settings_of
from workbench.am.basics.table import Table
from workbench.am.basics.validation import name_instead
from workbench.am.clients.client import AIAgent, Client
from workbench.am.clients.credentials import require_credentials
from workbench.am.clients.pairwise import require_sector
from workbench.errors import RegistrationError

_FIELDS = settings_of(Client)

INHERITABLE = tuple(name for name, said in _FIELDS.items() if said.inheritable)
"""What members can inherit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Settings that members share.

    Attributes:
        name: Unique among groups for the same kind of member.
        kind: ``Client`` or ``AIAgent``: what its members are. AM keeps the groups
            of OAuth2 clients and those of AI agents apart.
        values: By field; a field that is left out has the kind's default.
    """

    name: str
    kind: type[Client]
    values: Mapping[str, Any]

    def __post_init__(self) -> None:
        if not self.name.strip():
            raise RegistrationError("A group needs a name.", about="name")
        if not all_whole(self.name):
            raise RegistrationError(f"The group's name {HALF}.", about="name")
        for name in self.values:
            require_inheritable(name)
        self.kind(client_id="member", **self.values)

    @property
    def title(self) -> str:
        """What to call it, such as ``Group partners of OAuth2 clients``."""
        return f"Group {self.name} of {_plural(self.kind)}"

    @property
    def key(self) -> str:
        """What it is kept under: its kind and its name."""
        return group_key(self.kind, self.name)

    def value(self, name: str) -> Any:
        """What members inherit under this name."""
        return self.values.get(name, settings_of(self.kind)[name].default)


def group_key(kind: type[Client], name: str) -> str:
    """What tells a group from every other, also from those of the other kind."""
    return f"{kind.kind} {name}"


def require_inheritable(name: str) -> None:
    """Refuse a field that no group can hold.

    Raises:
        RegistrationError: It is a member's own, or there is none of this name.
    """
    if name not in _FIELDS:
        raise RegistrationError(
            f"A client has no {name!r}. {name_instead(name, INHERITABLE)}",
            about="inherited",
        )
    if not _FIELDS[name].inheritable:
        raise RegistrationError(
            f"{name} is each member's own; no group can hold it.", about="inherited"
        )


def effective_client(own: Client, group: Group | None) -> Client:
    """The client with the values that count: its own, or its group's where inherited.

    Raises:
        RegistrationError: The values do not fit together.
    """
    if group is None or not own.inherited:
        return own
    return replace(own, **{name: group.value(name) for name in own.inherited})


def _require_whole(client: Client) -> None:
    """Refuse values that each may be had, but not together; raises as these do."""
    require_credentials(client)
    require_sector(client)


def _plural(kind: type[Client]) -> str:
    return "AI agents" if kind is AIAgent else "OAuth2 clients"


class Clients(MutableMapping[str, Client]):
    """The clients and AI agents of a realm, by their id.

    What is put in is a client's own values; what comes out are those that count.
    """

    def __init__(self) -> None:
        self._own: Table[Client] = Table("clients")
        self._groups: Table[Group] = Table("groups")

    def __getitem__(self, client_id: str) -> Client:
        own = self._own[client_id]
        return effective_client(own, self.group_of(own))

    def __setitem__(self, client_id: str, own: Client) -> None:
        self.require_whole(own)
        self._own[client_id] = own

    def __delitem__(self, client_id: str) -> None:
        del self._own[client_id]

    def __iter__(self) -> Iterator[str]:
        return iter(self._own)

    def __len__(self) -> int:
        return len(self._own)

    def __repr__(self) -> str:
        return f"<clients: {', '.join(self) or 'none'}>"

    def require_whole(self, own: Client) -> None:
        """Refuse a client whose values, or its group's, do not fit; raises likewise."""
        _require_whole(effective_client(own, self.group_of(own)))

    def own(self, client_id: str) -> Client:
        """The client with its own values, those beneath inherited ones too."""
        return self._own[client_id]

    def group(self, kind: type[Client], name: str) -> Group:
        """The group of this name.

        Raises:
            RegistrationError: There is none for this kind of member.
        """
        found = self._groups.get(group_key(kind, name))
        if found is None:
            names = [each.name for each in self.groups(kind)]
            known = name_instead(name, names) if names else "There is none yet."
            raise RegistrationError(
                f"There is no group {name!r} of {_plural(kind)}. {known}",
                about="group",
            )
        return found

    def groups(self, kind: type[Client]) -> list[Group]:
        """The groups for this kind of member."""
        return [group for group in self._groups.values() if group.kind is kind]

    def group_of(self, own: Client) -> Group | None:
        """The group that a client is in, or None; raises as above."""
        return self.group(type(own), own.group) if own.group else None

    def members(self, group: Group) -> list[Client]:
        """Who is in a group, each with its own values."""
        return [
            own
            for own in self._own.values()
            if type(own) is group.kind and own.group == group.name
        ]

    def add_group(self, group: Group) -> None:
        """Keep a new group.

        Raises:
            RegistrationError: The name is taken.
        """
        if group.key in self._groups:
            raise RegistrationError(f"{group.title} is there already.", about="name")
        self._groups[group.key] = group

    def change_group(self, group: Group) -> None:
        """Keep a group's new values.

        Raises:
            RegistrationError: They do not fit together with those of a member.
        """
        for own in self.members(group):
            try:
                _require_whole(effective_client(own, group))
            except RegistrationError as problem:
                raise RegistrationError(
                    f"{own.client_id} could not inherit that: {problem}"
                ) from None
        self._groups[group.key] = group

    def delete_group(self, group: Group) -> None:
        """Forget a group.

        Raises:
            RegistrationError: It has members. What AM does with them is unknown.
        """
        members = ", ".join(each.client_id for each in self.members(group))
        if members:
            raise RegistrationError(
                f"{group.title} still has members: {members}.",
                call='update(…, group="") takes one out.',
            )
        del self._groups[group.key]
