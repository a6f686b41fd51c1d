"""Files that cannot be imported: which, where in it, and why."""

from collections.abc import Sequence
from typing import NamedTuple

from workbench.am.basics.secrets import safe_text
from workbench.am.basics.words import counted
from workbench.errors import WorkbenchError

MOST_TOLD = 5
"""Faults that an error tells; the rest is counted."""


class FileFault(NamedTuple):
    """What is wrong with a file, at a place such as ``script.<id>.context``."""

    file: str
    place: str
    why: str

    def __str__(self) -> str:
        where = ": ".join(part for part in (self.file, self.place) if part)
        return f"{safe_text(where, 300)}: {self.why}."


class ImportRefused(WorkbenchError):
    """Files that cannot be imported; nothing of them was.

    Args:
        faults: What is wrong, one after the other.
    """

    def __init__(self, faults: Sequence[FileFault]) -> None:
        told = " ".join(map(str, faults[:MOST_TOLD]))
        more = len(faults) - MOST_TOLD
        rest = f" And {counted(more, 'more fault')}." if more > 0 else ""
        super().__init__(f"{told}{rest} Nothing was imported.")
        self.faults = tuple(faults)
