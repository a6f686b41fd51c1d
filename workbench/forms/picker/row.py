"""One row of a list that one chooses from."""

from typing import NamedTuple

from workbench.views.page.roles import Role


class ListRow(NamedTuple):
    """What a row shows.

    Attributes:
        key: Tells it from the others; 1 or more.
        cells: The texts in the other columns; where it is narrow, without the last.
        role: In whose colour and with whose sign its badge is.
        badge: The text of the badge, which stands in the second column.
    """

    key: int
    cells: tuple[str, ...]
    role: Role
    badge: str
