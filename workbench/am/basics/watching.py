"""Whoever shows something that may change, and wants to know when it does."""

import threading
import weakref
from typing import Protocol


class Watcher(Protocol):
    """Shows what is there, and looks again when told."""

    def refresh(self) -> None:
        """Look again."""
        ...


class Watchers:
    """Those who look again when something changed; nobody is kept alive by it."""

    def __init__(self) -> None:
        self._all: weakref.WeakSet[Watcher] = weakref.WeakSet()
        self._one = threading.Lock()  # a thread that goes through them, or changes them

    def add(self, watcher: Watcher) -> None:
        """Tell this one too from now on."""
        with self._one:
            self._all.add(watcher)

    def discard(self, watcher: Watcher) -> None:
        """Tell this one no longer."""
        with self._one:
            self._all.discard(watcher)

    def refresh(self) -> None:
        """Tell everybody."""
        with self._one:
            found = list(self._all)
        for watcher in found:
            watcher.refresh()
