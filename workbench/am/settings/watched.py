"""Somebody wants to know when a setting was set, or to keep all as they are now."""

from collections.abc import Callable
from typing import Self

from workbench.am.basics.setting import settings_of


class Watched:
    """Tells somebody, at most one, when an attribute was set.

    A dataclass that derives from it calls ``changed`` whenever one was.
    """

    __slots__ = ("_as_now", "_told")

    def watch(self, told: Callable[[], None]) -> None:
        """Call this whenever a setting was set."""
        object.__setattr__(self, "_told", told)

    def changed(self) -> None:
        """Tell whoever watches, if anybody does."""
        object.__setattr__(self, "_as_now", None)
        getattr(self, "_told", lambda: None)()

    def as_now(self) -> Self:
        """The settings as they are, for later; made anew only after a change."""
        kept: Self | None = getattr(self, "_as_now", None)
        if kept is None:
            kept = object.__new__(type(self))
            for name in settings_of(type(self)):
                object.__setattr__(kept, name, getattr(self, name))
            object.__setattr__(self, "_as_now", kept)
        return kept
