"""The names that fit what is typed by now, the best first."""

from collections.abc import Callable, Collection
from itertools import islice
from typing import NamedTuple

MOST = 50
"""How many names are offered at once."""


class Matches(NamedTuple):
    """What fits.

    Attributes:
        matches: Names, each with a word on what it is; the best first.
        total: How many there are, with those that are not among them.
    """

    matches: list[tuple[str, str]]
    total: int


Search = Callable[[str], Matches]
"""Finds names for what is typed; for "" all are found."""


def best_matches(
    names: Collection[str], typed: str, words: Callable[[str], str], most: int = MOST
) -> Matches:
    """Names that begin with what is typed, the shortest first; then those that have it.

    Args:
        names: All of them, in order.
        typed: A part of a name; case does not matter.
        words: What a name stands for, such as ``AI agent``.
        most: How many are given.
    """
    part = typed.strip().casefold()
    if not part:
        first = [(name, words(name)) for name in islice(names, most)]
        return Matches(first, len(names))
    folded = {name: name.casefold() for name in names}
    fit = [name for name, low in folded.items() if part in low]
    fit.sort(key=lambda name: (not folded[name].startswith(part), len(name)))
    return Matches([(name, words(name)) for name in fit[:most]], len(fit))
