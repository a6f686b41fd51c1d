"""What a store keeps by key; whoever saves it can hear what has changed."""

from collections.abc import Callable, Iterator, MutableMapping
from typing import Any, TypeVar, overload

from workbench.am.basics.steady import Steady

Value = TypeVar("Value")
Other = TypeVar("Other")


class Table(Steady[Value], MutableMapping[str, Value]):
    """A dictionary that tells which of its keys were set or removed.

    Args:
        name: What it holds, in a word or two; unique within a realm, since saved files
            call it so.

    Attributes:
        changed: Called with the key after each change; None where nobody listens.
        has: Whether there is a key, for those who ask at every request.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self.changed: Callable[[str], None] | None = None
        self._values: dict[str, Any] = {}
        self.has = self._values.__contains__

    def touch(self, key: str) -> None:
        """Tell that the value of a key was changed in place."""
        if self.changed is not None:
            self.changed(key)

    def __getitem__(self, key: str) -> Value:
        value: Value = self._values[key]
        return value

    def __setitem__(self, key: str, value: Value) -> None:
        self._values[key] = value
        self.touch(key)

    def __delitem__(self, key: str) -> None:
        del self._values[key]
        self.touch(key)

    @overload
    def get(self, key: str, /) -> Value | None: ...
    @overload
    def get(self, key: str, /, default: Value | Other) -> Value | Other: ...
    def get(self, key: str, /, default: Any = None) -> Any:
        """The value of a key; not by way of an error, which would hold a token."""
        return self[key] if key in self._values else default

    def __contains__(self, key: object) -> bool:
        return key in self._values

    def __iter__(self) -> Iterator[str]:
        return iter(list(self._values))

    def __reversed__(self) -> Iterator[str]:
        return reversed(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def __repr__(self) -> str:
        return f"<Table {self.name}: {len(self)} kept>"


def tables_of(*stores: object) -> dict[str, Table[Any]]:
    """Every table that these stores keep, by its name; some say which these are."""
    kept = (
        each
        for store in stores
        for each in getattr(store, "tables", vars(store).values())
    )
    return {each.name: each for each in kept if isinstance(each, Table)}
