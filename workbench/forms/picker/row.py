"""One row of a list that one chooses from."""

from typing import NamedTuple

from workbench.views.page.roles import Role


class Row(NamedTuple):
    """What a row shows.

    Attributes:
        key: Tells it from the others; 1 or more.
        cells: The texts in its columns.
        role: In whose colour and with whose sign its badge is.
        badge: The text of the badge, which comes last.
    """

    key: int
    cells: tuple[str, ...]
    role: Role
    badge: str
