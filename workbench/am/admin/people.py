"""What an administrator does with people."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from workbench.am.admin.recorder import Recorder, in_turn
from workbench.am.admin.user_groups import UserGroupStore
from workbench.am.basics.steady import Steady
from workbench.am.basics.table import Table
from workbench.am.basics.validation import name_instead
from workbench.am.people.session import SessionStore
from workbench.am.people.user import User, attributes_of
from workbench.am.people.user_group import UserGroup
from workbench.am.settings.provider import ProviderSettings
from workbench.errors import RegistrationError


class UserStore(Steady[User]):
    """The people of a realm, by their name.

    Args:
        path: The realm's path, such as ``/alpha``.
        groups: Those that people can be in.
        sessions: Where a person's end, when the person is deleted.
        provider: Says what a person may be known as.
        recorder: Keeps the audit trail.
    """

    def __init__(
        self,
        path: str,
        groups: UserGroupStore,
        sessions: SessionStore,
        provider: ProviderSettings,
        recorder: Recorder,
    ) -> None:
        self._path = path
        self.groups = groups
        self._sessions = sessions
        self._provider = provider
        self._recorder = recorder
        self._users: Table[User] = Table("people")
        self._deleted: Table[bool] = Table("deleted people")

    def __getitem__(self, name: str) -> User:
        return self._users[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._users)

    def __len__(self) -> int:
        return len(self._users)

    @in_turn
    def add(
        self,
        name: str,
        *,
        password: str,
        attributes: Mapping[str, Any] | None = None,
        active: bool = True,
        groups: Iterable[str] = (),
    ) -> User:
        """Add a person.

        Args:
            name: Unique in the realm; the subject is ``(usr!name)``.
            password: What authenticates the person.
            attributes: Names with a text or a list of texts each. ``uid``, ``cn``
                and ``sn`` are the name unless given.
            active: An inactive person cannot authenticate.
            groups: The names of groups of people; one that is new is added.

        Raises:
            RegistrationError: The name is taken, or a value is unfit.
        """
        if name in self._users:
            raise RegistrationError(
                f"There is a user {name} in realm {self._path} already.",
                call="users.update(…) changes it, users.delete(…) removes it.",
                about="name",
            )
        kept = attributes_of(name, attributes or {})
        user = User(name=name, password=password, attributes=kept, active=active)
        user = replace(user, groups=self.groups.require(groups))
        self._users[name] = user
        self._deleted.pop(name, None)
        self._recorder.note("register", f"User {name} was added.")
        return user

    @in_turn
    def update(
        self,
        name: str,
        *,
        attributes: Mapping[str, Any] | None = None,
        **changes: Any,
    ) -> User:
        """Change a person: ``password``, ``active``, ``groups``, each attribute.

        Raises:
            RegistrationError: There is no such person, or a value is unfit.
        """
        user = self.find(name)
        unknown = set(changes) - {"password", "active", "groups"}
        if unknown:
            raise RegistrationError(
                f"A user has no {sorted(unknown)[0]!r}; put attributes into attributes."
            )
        kept = attributes_of(name, {**user.attributes, **(attributes or {})})
        changed = replace(user, attributes=kept, **changes)
        if "groups" in changes:
            changed = replace(changed, groups=self.groups.require(changes["groups"]))
        self._users[name] = changed
        self._recorder.note("register", f"User {name} was changed.")
        return self._users[name]

    @in_turn
    def delete(self, name: str) -> User:
        """Delete a person and return it; a profile switch says what tokens still do.

        Raises:
            RegistrationError: There is no such person.
        """
        user = self.find(name)
        del self._users[name]
        self._deleted[name] = True
        self._sessions.end_of(name)
        self._recorder.note("register", f"User {name} was deleted.")
        return user

    @property
    def deleted(self) -> frozenset[str]:
        """The names of those who were deleted and not added again."""
        return frozenset(self._deleted)

    def is_gone(self, name: str) -> bool:
        """Whether somebody of this name was deactivated or deleted."""
        user = self._users.get(name)
        return name in self._deleted if user is None else not user.active

    def find(self, name: str) -> User:
        """The person of this name.

        Raises:
            RegistrationError: There is none.
        """
        if name not in self._users:
            known = name_instead(name, self._users) if self._users else ""
            raise RegistrationError(
                f"There is no user {name!r} in realm {self._path}. {known}".strip()
            )
        return self._users[name]

    def groups_of(self, user: User) -> list[UserGroup]:
        """The groups that a person is in, in the order of the person."""
        return [self.groups[name] for name in user.groups if name in self.groups]

    def members(self, group: str) -> list[User]:
        """The people who are in the group of this name.

        Raises:
            RegistrationError: There is no such group.
        """
        known = self.groups.find(group)
        return [user for user in self._users.values() if known.name in user.groups]

    @in_turn
    def delete_group(self, name: str) -> UserGroup:
        """Delete a group of people; its members stay, and are in it no more.

        Raises:
            RegistrationError: There is no such group.
        """
        group = self.groups.find(name)
        for user in self.members(name):
            left = tuple(each for each in user.groups if each != name)
            self._users[user.name] = replace(user, groups=left)
        self.groups.forget(name)
        self._recorder.note("register", f"The group of people {name} was deleted.")
        return group

    def known_as(self, name: str) -> User | None:
        """The one person who has this name, or None.

        A name is a value of one of the provider's ``authenticationAttributes``; where
        two people share it, it is nobody's (OpenAM source).
        """
        wanted = self._provider.authenticationAttributes
        found = [
            user
            for user in self._users.values()
            if any(name in _names(user, attribute) for attribute in wanted)
        ]
        return found[0] if len(found) == 1 else None


def _names(user: User, attribute: str) -> tuple[str, ...]:
    """What a person is known as; ``uid`` is the user name."""
    return (user.name,) if attribute == "uid" else user.values(attribute)
