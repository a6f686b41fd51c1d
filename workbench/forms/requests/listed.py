"""A call of the history as a row of its table, and what has changed in that."""

from collections.abc import Mapping
from typing import NamedTuple

from workbench.agent.client import Call
from workbench.am.settings.values import GRANT_TYPES
from workbench.forms.table import RowChanges, TableRow
from workbench.views.calls.call import is_refused, path, status_line
from workbench.views.calls.transcript import client, says
from workbench.views.page.plain import visible_text
from workbench.views.page.roles import GRANTED, REFUSED

HEADER = ("#", "Answer", "Request", "Client", "Name", "Says")


class Listed(NamedTuple):
    """A call as it is listed, worked out once."""

    call: Call
    name: str
    title: str
    row: TableRow


def listed(number: int, call: Call, name: str) -> Listed:
    """A call with its number in the history and the name that it was given."""
    asked, who = _asked(call), client(call)
    said = f"{number}. {asked}, {who}" if who else f"{number}. {asked}"
    title = f"{said} ({name})" if name else said
    role = REFUSED if is_refused(call) else GRANTED
    status = f"{role.sign} {status_line(call)}"
    cells = (str(number), status, asked, who, name, says(call))
    row = TableRow(str(number), role.name, "", tuple(map(visible_text, cells)))
    return Listed(call, name, title, row)


def changes(before: Mapping[str, Listed], now: Mapping[str, Listed]) -> RowChanges:
    """The rows that were not there, or otherwise; one that was kept is the same."""
    rows = {key: new.row for key, new in now.items() if new is not before.get(key)}
    return RowChanges(rows, tuple(key for key in before if key not in now))


def _asked(call: Call) -> str:
    """The grant as AM calls it, or else the endpoint."""
    grant = dict(call.form).get("grant_type", "")
    return GRANT_TYPES.get(grant, grant) or f"{call.method} {path(call)}"
