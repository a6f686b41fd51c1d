"""Reads what a class handed in: a code a line, or CSV with a code in each row."""

import csv
from collections.abc import Iterable
from dataclasses import dataclass

from workbench.course.standing.code import MARK, ClassCodeError, HandedIn, read_code
from workbench.course.standing.parts import CoursePart
from workbench.views.page.plain import shorten

LARGEST = 2_000_000
"""Octets of a file; a class of ten thousand needs fewer."""


@dataclass(frozen=True, slots=True)
class BadLine:
    """A line that is no learner's.

    Attributes:
        line: Its number, from 1.
        text: What stands there, shortened.
        reason: What is wrong with it.
    """

    line: int
    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class Learner:
    """Somebody of the class.

    Attributes:
        name: As the file has it beside the code, or else as the code has it.
        handed_in: What the code says.
        line: Where it stands.
        remark: What a trainer should look at, or "".
    """

    name: str
    handed_in: HandedIn
    line: int
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Roll:
    """A class.

    Attributes:
        learners: By name, each once.
        bad: The lines that are no learner's.
    """

    learners: tuple[Learner, ...]
    bad: tuple[BadLine, ...]


def read_roll(octets: bytes, parts: Iterable[CoursePart], *, key: str = "") -> Roll:
    """Read a file of codes.

    Empty lines, lines that begin with ``#`` and a heading are passed over.

    Args:
        octets: The file, in UTF-8; a byte order mark may stand before it.
        parts: All there is to solve.
        key: The class key.

    Raises:
        ClassCodeError: It is too large, is not UTF-8, or has no code at all.
    """
    if len(octets) > LARGEST:
        raise ClassCodeError(f"It has more than {LARGEST:,} octets.")
    try:
        text = octets.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        place = octets[: problem.start].count(b"\n") + 1
        raise ClassCodeError(f"Line {place} is not UTF-8.") from None
    all_parts = tuple(parts)
    found: dict[str, Learner] = {}
    bad: list[BadLine] = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        cells = _cells(line)
        if not found and not bad and _is_heading(cells):
            continue
        try:
            _add(found, _learner(cells, number, all_parts, key))
        except ClassCodeError as problem:
            bad.append(BadLine(number, shorten(line.strip(), 30), str(problem)))
    if not found and not bad:
        raise ClassCodeError("It has no code; a learner makes one by progress().code.")
    learners = sorted(found.values(), key=lambda each: each.name.casefold())
    return Roll(tuple(learners), tuple(bad))


def _cells(line: str) -> list[str]:
    """The cells of a row; spreadsheets part them by a comma, semicolon or tab."""
    mark = next((each for each in "\t;," if each in line), ",")
    try:
        (row,) = csv.reader([line], delimiter=mark)
    except (csv.Error, ValueError):
        return [line.strip()]
    return [cell.strip() for cell in row]


def _is_heading(cells: list[str]) -> bool:
    return "code" in [cell.casefold() for cell in cells]


def _learner(
    cells: list[str], number: int, parts: tuple[CoursePart, ...], key: str
) -> Learner:
    codes = [cell for cell in cells if cell.upper().startswith(MARK)]
    if len(codes) != 1:
        many = "two codes stand here" if codes else "no code stands here"
        raise ClassCodeError(f"{many}; a code begins with {MARK}")
    said = read_code(codes[0], parts, key=key)
    given = " ".join(cell for cell in cells if cell and cell not in codes)
    other = given and given.casefold() != said.name.casefold()
    remark = f"the code is of {said.name}" if other else ""
    return Learner(given or said.name, said, number, remark)


def _add(found: dict[str, Learner], new: Learner) -> None:
    """The later of two codes of one learner counts."""
    name = new.name.casefold()
    before = found.get(name)
    if before is None:
        found[name] = new
        return
    later = max(
        (before, new), key=lambda e: (e.handed_in.day, len(e.handed_in.solved), e.line)
    )
    twice = f"handed in on lines {before.line} and {new.line}; the later counts"
    remark = "; ".join(filter(None, (later.remark, twice)))
    found[name] = Learner(later.name, later.handed_in, later.line, remark)
