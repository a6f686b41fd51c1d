"""Which texts are among others: in order, and at the cost of both lengths together."""

from collections.abc import Iterable


def among(texts: Iterable[str], others: Iterable[str]) -> tuple[str, ...]:
    """Those of the texts that are there too, as often as they stand."""
    known = frozenset(others)
    return tuple(each for each in texts if each in known)


def beyond(texts: Iterable[str], others: Iterable[str]) -> tuple[str, ...]:
    """Those of the texts that are not there."""
    known = frozenset(others)
    return tuple(each for each in texts if each not in known)
