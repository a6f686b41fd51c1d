"""What AM's REST interface says no with; each is an error to raise."""

from http import HTTPStatus
from typing import Any

from workbench.server.errors import RestError


def rest_error(code: int, message: str = "", **more: Any) -> RestError:
    """The refusal of a status, whose reason is the status' own phrase.

    Args:
        code: The HTTP status.
        message: What AM says; the reason once more where nothing is known.
        more: ``hint`` and ``detail``, as :class:`RestError` has them.
    """
    reason = HTTPStatus(code).phrase
    return RestError(code, reason, message or reason, **more)


def not_found(hint: str) -> RestError:
    """Nothing is there (recorded of AM: its message is the reason once more)."""
    return rest_error(404, hint=hint)


def unreadable(value: str, parameter: str, what: str) -> RestError:
    """A parameter of the query that is not what it should be.

    Args:
        value: As it was sent.
        parameter: Such as ``_pageSize``.
        what: Such as ``a valid integer``.
    """
    return rest_error(
        400,
        f"The value '{value}' for parameter '{parameter}' could not be parsed as "
        f"{what}",
    )


def invalid_attribute(valid: list[str], hint: str) -> RestError:
    """An attribute that AM does not have; frodo reads those that it has.

    Args:
        valid: The names that there are.
        hint: Which one it is.
    """
    return rest_error(
        400,
        "Invalid attribute specified.",
        hint=hint,
        detail={"validAttributes": valid},
    )
