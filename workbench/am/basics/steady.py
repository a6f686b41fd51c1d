"""What can be gone through while other threads change it."""

from collections.abc import ItemsView, Mapping, ValuesView
from contextlib import suppress
from typing import TypeVar

Value = TypeVar("Value")


class Steady(Mapping[str, Value]):
    """A mapping whose values and items are those of the moment they were asked for.

    A subclass goes through a copy of its keys.
    """

    def values(self) -> ValuesView[Value]:
        """The values of now, in the order of the keys."""
        return self._now().values()

    def items(self) -> ItemsView[str, Value]:
        """The keys of now with their values."""
        return self._now().items()

    def _now(self) -> dict[str, Value]:
        found: dict[str, Value] = {}
        for key in self:
            with suppress(KeyError):  # it was removed since
                found[key] = self[key]
        return found
