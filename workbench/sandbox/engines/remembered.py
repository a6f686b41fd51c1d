"""What an engine remembers of scripts that it has read: what runs, never a tree."""

import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from workbench.am.scripts.finding import Finding
from workbench.sandbox.language.edits import Edited, unpacked
from workbench.sandbox.language.places import lines_of

MOST = 4_000_000  # characters, of all scripts together


@dataclass(frozen=True, kw_only=True)
class KnownScript:
    """What is known of a script before it runs.

    Attributes:
        text: The script.
        findings: What AM would refuse, or this workbench cannot run; warnings last.
        source: What runs of it; None where nothing does.
        pieces: Where that comes from, as edits.py packs it.
        readable: Whether there is a tree of it.
        stopped: The limit that the reading went over, or "".
        seconds: What reading took, also of the texts for eval.
        codes: The texts for eval and Function that it is known to ask for.
    """

    text: str
    findings: tuple[Finding, ...] = ()
    source: str | None = None
    pieces: str = ""
    readable: bool = False
    stopped: str = ""
    seconds: float = 0.0
    codes: Mapping[str, Mapping[str, str]] = field(default_factory=dict, repr=False)

    @cached_property
    def program(self) -> Edited | None:
        """What runs of it, with the way back to its text."""
        if self.source is None:
            return None
        return unpacked(self.source, self.text, self.pieces)

    @cached_property
    def lines(self) -> list[str]:
        """Its lines, as ECMAScript counts them."""
        return lines_of(self.text)

    @cached_property
    def lines_run(self) -> list[str]:
        """The lines of what runs."""
        return lines_of(self.source or "")

    @property
    def size(self) -> int:
        """The characters that it holds."""
        codes = sum(
            len(text) + sum(map(len, code.values()))
            for text, code in self.codes.items()
        )
        return len(self.text) + len(self.source or "") + len(self.pieces) + codes


def reading_of(text: str, told: dict[str, Any]) -> KnownScript:
    """The reading that a worker tells of.

    Raises:
        LookupError, TypeError, ValueError: It is none.
    """
    return KnownScript(
        text=text,
        findings=tuple(Finding(**each) for each in told["findings"]),
        source=told["source"],
        pieces=told["pieces"],
        readable=told["readable"],
        stopped=told["stopped"],
        seconds=float(told["seconds"]),
        codes=told["codes"],
    )


class KnownScripts:
    """The readings that were used last, as many as MOST characters hold."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._by_text: dict[str, KnownScript] = {}
        self._size = 0

    def find(self, text: str) -> KnownScript | None:
        """The reading of a script, if it is remembered."""
        with self._lock:
            found = self._by_text.pop(text, None)
            if found is not None:
                self._by_text[text] = found
            return found

    def keep(self, reading: KnownScript) -> None:
        """Remember a reading, unless a limit kept it from its end."""
        if reading.stopped:
            return
        with self._lock:
            before = self._by_text.pop(reading.text, None)
            self._size += reading.size - (before.size if before else 0)
            self._by_text[reading.text] = reading
            while self._size > MOST:
                oldest = self._by_text.pop(next(iter(self._by_text)))
                self._size -= oldest.size
