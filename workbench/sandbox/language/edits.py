"""Changes to a text that remember where everything came from."""

from bisect import bisect_right
from dataclasses import dataclass, field
from functools import cached_property

from workbench.sandbox.language.syntax import Text, line_starts


@dataclass(frozen=True)
class Edited:
    """The changed text; its lines are those of the original."""

    source: str
    original: Text
    pieces: tuple[tuple[int, int, bool], ...]  # start here, start there, is a copy

    @cached_property
    def _starts(self) -> list[int]:
        return [0, *line_starts(self.source)]

    def packed(self) -> str:
        """The pieces as a short text, which ``unpacked`` reads."""
        return ";".join(f"{at},{there},{int(copy)}" for at, there, copy in self.pieces)

    def place(self, line: int, column: int) -> tuple[int, int]:
        """Line and column in the original of a place in the changed text."""
        starts = self._starts
        at = starts[min(line, len(starts)) - 1] + column - 1
        index = bisect_right(self.pieces, at, key=lambda piece: piece[0]) - 1
        here, there, copied = self.pieces[max(index, 0)]
        before = self.source[here:at] if copied else ""
        units = len(before.encode("utf-16-le", "surrogatepass")) // 2
        return self.original.place(there + units)


def unpacked(source: str, original: str, pieces: str) -> Edited:
    """The changed text again, from what ``packed`` gave.

    Raises:
        ValueError: It gave no such thing.
    """
    numbers = (map(int, piece.split(",")) for piece in pieces.split(";"))
    found = tuple((at, there, bool(copy)) for at, there, copy in numbers)
    return Edited(source, Text(original), found)


@dataclass(slots=True)
class Edits:
    """Insertions and replacements at offsets of the original.

    Where several meet, what closes a node comes first, inner before outer; then what
    opens one, outer before inner. So nodes have to be visited from the outside in.
    """

    text: Text
    _changes: list[tuple[int, int, int, int, str]] = field(default_factory=list)

    def wrap(self, start: int, end: int, before: str, after: str) -> None:
        """Put something before and after a range."""
        count = len(self._changes)
        self._changes.append((start, 1, count, start, before))
        self._changes.append((end, 0, -count, end, after))

    def insert(self, at: int, new: str) -> None:
        """Put something at a place."""
        self._changes.append((at, 1, len(self._changes), at, new))

    def replace(self, start: int, end: int, new: str) -> None:
        """Put something in place of a range, which no other change may touch."""
        self._changes.append((start, 2, 0, end, new))

    def apply(self) -> Edited:
        """The changed text."""
        parts: list[str] = []
        pieces: list[tuple[int, int, bool]] = []
        length = done = 0

        def add(part: str, origin: int, copied: bool) -> None:
            nonlocal length
            if part:
                pieces.append((length, origin, copied))
                parts.append(part)
                length += len(part)

        for start, _, _, end, new in sorted(self._changes):
            add(self.text.slice(done, start), done, True)
            add(new, start, False)
            done = max(done, end)
        add(self.text.slice(done, self.text.length), done, True)
        return Edited("".join(parts), self.text, tuple(pieces) or ((0, 0, True),))
