"""The rows of a table as plain values, and which of them fit a search."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

EVERY = "all"
"""The kind that every row is of."""


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row.

    Attributes:
        key: What tells it from every other.
        kind: By which it can be picked out.
        also: What a search finds beside what is shown.
        cells: What is shown, one text a column.
    """

    key: str
    kind: str
    also: str
    cells: tuple[str, ...]

    @property
    def wire(self) -> list[str]:
        """As the page gets it."""
        return [self.key, self.kind, self.also, *self.cells]


@dataclass(frozen=True, slots=True)
class RowChanges:
    """What is new or different in a table, and what is gone from it."""

    rows: Mapping[str, TableRow] = field(default_factory=dict)
    gone: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.rows or self.gone)

    def apply(self, rows: dict[str, TableRow]) -> None:
        """Take the changes over into rows by key."""
        for key in self.gone:
            rows.pop(key, None)
        rows.update(self.rows)


def fitting(rows: Iterable[TableRow], search: str, kind: str) -> Iterator[TableRow]:
    """The rows of a kind that have every word of a search somewhere."""
    words = search.lower().split()
    for row in rows:
        if kind not in (EVERY, row.kind):
            continue
        text = " ".join((row.also, *row.cells)).lower()
        if all(word in text for word in words):
            yield row


def natural(text: str) -> list[str | int]:
    """A key to sort by: numbers in a text by what they are worth, 9 before 10."""
    parts = re.split(r"(\d+)", text.casefold())
    return [int(part) if part.isdecimal() else part for part in parts]
