"""What is wrong with a saved bench, told without what it holds."""

from pathlib import Path

from cattrs import transform_error

from workbench.am.basics.secrets import hide_tokens, safe_text
from workbench.errors import WorkbenchError

MOST_TOLD = 3
"""Faults of a file that are told; the rest is counted."""


class SavedFileError(WorkbenchError):
    """A bench cannot be saved to a file, or opened from it; says where, and why."""


class Unfit(ValueError):
    """A value is none of those that can stand in its place; the text says why."""


def unreadable(path: Path, problem: OSError) -> SavedFileError:
    """What to tell of a file that the system does not give."""
    if isinstance(problem, FileNotFoundError):
        return SavedFileError(f"There is no file {path}.")
    if isinstance(problem, IsADirectoryError):
        return SavedFileError(f"{path} is a folder; a saved bench is a file.")
    return SavedFileError(f"{path} cannot be read: {problem.strerror or problem}.")


def refused(where: str, problem: Exception) -> SavedFileError:
    """What to tell of a file whose values were refused.

    Args:
        where: The file, and where in it the values are.
        problem: As the converter raised it.
    """
    found = transform_error(problem, path="$", format_exception=_words)
    told = hide_tokens("; ".join(found[:MOST_TOLD])).replace(" @ $", " at $")
    more = len(found) - MOST_TOLD
    rest = f"; and {more} more" if more > 0 else ""
    return SavedFileError(f"{where} cannot be opened: {told}{rest}.")


def _words(problem: BaseException, expected: type | None) -> str:
    if isinstance(problem, KeyError):
        return f"{problem} is missing"
    if isinstance(problem, Unfit | WorkbenchError):
        return safe_text(str(problem).rstrip("."), 300)
    extra = getattr(problem, "extra_fields", None)
    if extra:
        return f"nothing is called {safe_text(', '.join(sorted(extra)))} here"
    return f"this is no {getattr(expected, '__name__', None) or 'such value'}"
