"""What is shown of a long list: the number of each row, and what is not there."""

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from markupsafe import Markup

from workbench.am.basics.bounded import Bounded, Excerpt
from workbench.am.basics.words import counted

Item = TypeVar("Item")

ROWS = 100
"""How many rows a face has at most, so that a saved notebook stays small."""


def as_now(items: Iterable[Item]) -> Excerpt[Item]:
    """The items, each with the number that it has in the list it is of; else from 1."""
    if isinstance(items, Excerpt):
        return items
    if isinstance(items, Bounded):
        return items.as_now()
    kept = list(items)
    return Excerpt(kept, range(1, len(kept) + 1), 0)


def latest(items: Iterable[Item], most: int = ROWS) -> Excerpt[Item]:
    """The latest items as they are now; those before count as left out."""
    now = as_now(items)
    beyond = max(0, len(now) - most)
    return Excerpt(now[beyond:], now.numbers[beyond:], now.left_out + beyond)


def first_names(
    names: Sequence[Item], most: int, called: Callable[[Item], str] = str
) -> list[str]:
    """The first names as they are called, and of the others how many."""
    shown = [called(each) for each in names[:most]]
    more = len(names) - len(shown)
    return [*shown, f"{more} more"] if more else shown


def beyond_text(total: int, shown: int) -> str:
    """A sentence on the items behind the last one shown; "" where there are none."""
    return f"and {total - shown:,} more" if total > shown else ""


def beyond_html(total: int, shown: int) -> Markup:
    """The same as HTML."""
    text = beyond_text(total, shown)
    return Markup("<p><small>{}</small></p>").format(text) if text else Markup()


def left_out_text(items: Iterable[object], noun: str) -> str:
    """A sentence on the earlier items that are not there; "" where there are none."""
    count = items.left_out if isinstance(items, Bounded | Excerpt) else 0
    verb = "was" if count == 1 else "were"
    return f"{counted(count, f'earlier {noun}')} {verb} left out." if count else ""


def left_out_html(items: Iterable[object], noun: str) -> Markup:
    """The same as HTML."""
    text = left_out_text(items, noun)
    return Markup("<p><small>{}</small></p>").format(text) if text else Markup()
