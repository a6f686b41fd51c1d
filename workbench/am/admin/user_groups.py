"""What an administrator does with groups of people."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from workbench.am.admin.recorder import Recorder, in_turn
from workbench.am.basics.steady import Steady
from workbench.am.basics.table import Table
from workbench.am.basics.validation import name_instead
from workbench.am.people.user import texts_of
from workbench.am.people.user_group import UserGroup
from workbench.errors import RegistrationError


class UserGroupStore(Steady[UserGroup]):
    """The groups of people of a realm, by their name.

    Args:
        path: The realm's path, such as ``/alpha``.
        recorder: Keeps the audit trail.
    """

    def __init__(self, path: str, recorder: Recorder) -> None:
        self._path = path
        self._recorder = recorder
        self._groups: Table[UserGroup] = Table("groups of people")

    def __getitem__(self, name: str) -> UserGroup:
        return self._groups[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._groups)

    def __len__(self) -> int:
        return len(self._groups)

    @in_turn
    def add(
        self, name: str, *, attributes: Mapping[str, Any] | None = None
    ) -> UserGroup:
        """Add a group of people.

        Args:
            name: Unique in the realm.
            attributes: Names with a text or a list of texts each; ``cn`` is the name
                unless given.

        Raises:
            RegistrationError: The name is taken, or a value is unfit.
        """
        if name in self._groups:
            raise RegistrationError(
                f"There is a group of people {name} in realm {self._path} already.",
                about="name",
            )
        kept = {"cn": (name,), **texts_of(attributes or {})}
        group = UserGroup(name=name, attributes=kept)
        self._groups[name] = group
        self._recorder.note("register", f"The group of people {name} was added.")
        return group

    def find(self, name: str) -> UserGroup:
        """The group of this name.

        Raises:
            RegistrationError: There is none.
        """
        if name not in self._groups:
            known = name_instead(name, self._groups) if self._groups else ""
            raise RegistrationError(
                f"There is no group of people {name!r} in realm {self._path}. "
                f"{known}".strip()
            )
        return self._groups[name]

    def require(self, names: Iterable[str]) -> tuple[str, ...]:
        """The names of groups as a person keeps them; one that is new is added.

        Raises:
            RegistrationError: These are no names of groups.
        """
        if isinstance(names, str | bytes | Mapping) or not isinstance(names, Iterable):
            raise RegistrationError(
                f'groups is a list of names, such as ["staff"]; not {names!r}.',
                about="groups",
            )
        kept = tuple(dict.fromkeys(names))
        groups = [UserGroup(name=name) for name in kept]
        for group in groups:
            if group.name not in self._groups:
                self.add(group.name)
        return kept

    def forget(self, name: str) -> None:
        """Take a group out of the store."""
        del self._groups[name]
