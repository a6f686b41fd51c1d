"""What an administrator does with people."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from workbench.am.admin.scripts import Registry
from workbench.am.basics.clock import Clock, Ids
from workbench.am.basics.validation import instead
from workbench.am.people.user import User, attributes_of
from workbench.errors import RegistrationError


class UserRegistry(Registry):
    """The people of a realm."""

    def __init__(
        self, path: str, ids: Ids, clock: Clock, properties: dict[str, str]
    ) -> None:
        super().__init__(path, ids, clock, properties)
        self.users: dict[str, User] = {}

    def add_user(
        self,
        name: str,
        *,
        password: str,
        attributes: Mapping[str, Any] | None = None,
        active: bool = True,
    ) -> User:
        """Add a person.

        Args:
            name: Unique in the realm; the subject is ``(usr!name)``.
            password: What authenticates the person.
            attributes: Names with a text or a list of texts each. ``uid``, ``cn``
                and ``sn`` are the name unless given.
            active: An inactive person cannot authenticate.

        Raises:
            RegistrationError: The name is taken, or a value is unfit.
        """
        if name in self.users:
            raise RegistrationError(
                f"There is a user {name} in realm {self.path} already.",
                call="update_user(…) changes it, delete_user(…) removes it.",
                about="name",
            )
        kept = attributes_of(name, attributes or {})
        user = User(name=name, password=password, attributes=kept, active=active)
        self.users[name] = user
        self._record("register", f"User {name} was added.")
        return user

    def update_user(
        self,
        name: str,
        *,
        attributes: Mapping[str, Any] | None = None,
        **changes: Any,
    ) -> User:
        """Change a person: ``password``, ``active``, and attributes one by one.

        Raises:
            RegistrationError: There is no such person, or a value is unfit.
        """
        user = self.user(name)
        unknown = set(changes) - {"password", "active"}
        if unknown:
            raise RegistrationError(
                f"A user has no {sorted(unknown)[0]!r}; put attributes into attributes."
            )
        kept = attributes_of(name, {**user.attributes, **(attributes or {})})
        self.users[name] = replace(user, attributes=kept, **changes)
        self._record("register", f"User {name} was changed.")
        return self.users[name]

    def delete_user(self, name: str) -> User:
        """Delete a person and return it; tokens that were issued stay.

        Raises:
            RegistrationError: There is no such person.
        """
        user = self.user(name)
        del self.users[name]
        self._record("register", f"User {name} was deleted.")
        return user

    def user(self, name: str) -> User:
        """The person of this name.

        Raises:
            RegistrationError: There is none.
        """
        if name not in self.users:
            known = instead(name, self.users) if self.users else ""
            raise RegistrationError(
                f"There is no user {name!r} in realm {self.path}. {known}".strip()
            )
        return self.users[name]

    def user_known_as(self, name: str) -> User | None:
        """The one person who has this name, or None.

        A name is a value of one of the provider's ``authenticationAttributes``; where
        two people share it, it is nobody's (OpenAM source).
        """
        wanted = self.provider.authenticationAttributes
        found = [
            user
            for user in self.users.values()
            if any(name in _names(user, attribute) for attribute in wanted)
        ]
        return found[0] if len(found) == 1 else None


def _names(user: User, attribute: str) -> tuple[str, ...]:
    """What a person is known as; ``uid`` is the user name."""
    return (user.name,) if attribute == "uid" else user.values(attribute)
