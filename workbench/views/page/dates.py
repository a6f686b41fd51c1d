"""What somebody wrote where a date belongs: seconds since the epoch, or something else.

A NumericDate is a number of seconds (RFC 7519 section 2). What is none is told as what
it seems to be, and nobody counts with it.
"""

import math
import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import NamedTuple

from workbench.views.page.plain import inline, when

LATEST = 10**11
"""Seconds; in the year 5138. What is larger counts smaller units."""

_UNITS = (
    ("milliseconds", 10**3),
    ("microseconds", 10**6),
    ("nanoseconds", 10**9),
)
_NUMBER = re.compile(r"[+-]?\d{1,30}(?:\.\d+)?(?:[eE][+-]?\d{1,3})?")


class Date(NamedTuple):
    """A value as a date.

    Attributes:
        text: For people.
        seconds: Since the epoch, or None where the value is no NumericDate, or one
            that nobody means.
    """

    text: str
    seconds: int | None = None


def read_date(value: object) -> Date:
    """The value of a claim that is a date, such as ``exp``."""
    if isinstance(value, str):
        return Date(_text(value))
    if isinstance(value, bool) or not isinstance(value, int | float):
        return _no_date(value)
    return _number(value)


def _number(value: float) -> Date:
    if isinstance(value, float) and not math.isfinite(value):
        return _no_date(value)
    if 0 < value < LATEST:
        return Date(when(value), int(value))
    if value <= 0:
        return Date(_remarked(value, "zero:" if value == 0 else "before 1970:", value))
    for unit, many in _UNITS:
        if value < LATEST * many:
            return Date(_remarked(value, f"{unit}?", value / many))
    return _no_date(value)


def _text(value: str) -> str:
    """A text that says a date is told with it; a claim should be a number."""
    plain = value.strip()
    if _NUMBER.fullmatch(plain):
        number = float(plain) if re.search(r"[.eE]", plain) else int(plain)
        return f"{inline(value)} (a text, not a number: {_number(number).text})"
    date = _written(plain)
    if date is None:
        return _no_date(value).text
    return f"{inline(value)} (a text, not a number: {date:%Y-%m-%d %H:%M:%S} UTC)"


def _written(text: str) -> datetime | None:
    """ISO 8601, or as headers of HTTP have it; without a zone it is UTC."""
    for read in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            date = read(text)
            return date.replace(tzinfo=date.tzinfo or UTC).astimezone(UTC)
        except (ValueError, OverflowError, TypeError, IndexError):
            continue
    return None


def _remarked(value: float, what: str, seconds: float) -> str:
    date = when(seconds)
    return date if date.endswith("(not a date)") else f"{value} ({what} {date})"


def _no_date(value: object) -> Date:
    return Date(f"{value if isinstance(value, float) else inline(value)} (not a date)")
