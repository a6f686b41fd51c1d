"""What a collection of resources can be asked for, whoever asks by which method."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from workbench.am.realm import Realm

Body = dict[str, Any]
"""A resource as JSON."""

Action = Callable[[Realm, Body], Any]
"""What ``_action`` names, done in a realm with the body that came along."""


class Collection(ABC):
    """Resources of one type, by their id.

    A collection has no state: the realm has it. What a realm cannot do it says by its
    own errors, which :mod:`~workbench.server.admin.common_rest` turns into answers.
    """

    fields: tuple[str, ...] = ("_id",)
    """What a query filter can look for."""

    lists_only: bool = False
    """Whether nothing stands below its path."""

    def actions(self, name: str) -> Mapping[str, Action]:
        """What can be done beside creating, by the name of the action.

        Args:
            name: Of one resource; "" for the collection.
        """
        return {}

    def require(self, realm: Realm) -> None:  # noqa: B027  most are always there
        """Say no where a realm has no such collection.

        Raises:
            FeatureDisabled: It is switched off.
        """

    @abstractmethod
    def ids(self, realm: Realm) -> Sequence[str]:
        """The ids of all, in order."""

    @abstractmethod
    def found(self, realm: Realm, name: str) -> Body | None:
        """One resource as a list shows it, or None where there is none."""

    def looked_for(self, realm: Realm, field: str, value: str) -> Sequence[str]:
        """The ids of those with this value in one of :attr:`fields`."""
        return [value] if self.found(realm, value) is not None else []

    def shown(self, realm: Realm, body: Body) -> Body:
        """The same resource as it is shown on its own."""
        return body

    @abstractmethod
    def put(self, realm: Realm, name: str, body: Body, *, there: bool) -> None:
        """Keep a resource under an id.

        Args:
            realm: Where.
            name: The id.
            body: As it came, without what the server manages.
            there: Whether it is there already, and is replaced.

        Raises:
            WorkbenchError: The realm does not take it.
        """

    def new_id(self, realm: Realm, body: Body) -> str:
        """The id of one that is created without a path of its own; "" for none."""
        return str(body.get("_id") or "")

    @abstractmethod
    def delete(self, realm: Realm, name: str) -> None:
        """Delete what is there; raises as :meth:`put` does."""

    def farewell(self, body: Body) -> Body:
        """What is answered of one that was deleted."""
        return body
