"""Somebody wants to know when a setting was set."""

from collections.abc import Callable


class Watched:
    """Tells somebody, at most one, when an attribute was set."""

    __slots__ = ("_told",)

    def watch(self, told: Callable[[], None]) -> None:
        """Call this whenever a setting was set."""
        object.__setattr__(self, "_told", told)

    def changed(self) -> None:
        """Tell whoever watches, if anybody does."""
        getattr(self, "_told", lambda: None)()
