"""What AM's JSON said of clients, groups, scripts and settings beside what counts here.

It was read from AM's files or sent to the REST interface, and is told there again; it
has no effect.
"""

from workbench.am.basics.table import Table
from workbench.am.rest.leaf import NOTHING, Further

CLIENT, GROUP, SCRIPT = "client", "group", "script"
PROVIDER = "provider"


class FurtherStore:
    """What is kept of each thing, by its kind and its own key."""

    def __init__(self) -> None:
        self._kept: Table[Further] = Table("further settings")

    def of(self, kind: str, key: str = "") -> Further:
        """What is kept of a thing; nothing where there is nothing."""
        return self._kept.get(_place(kind, key), NOTHING)

    def keep(self, further: Further, kind: str, key: str = "") -> None:
        """Keep this of a thing, in place of what was kept of it."""
        if further:
            self._kept[_place(kind, key)] = further
        else:
            self.forget(kind, key)

    def forget(self, kind: str, key: str) -> None:
        """Keep nothing of a thing any more."""
        self._kept.pop(_place(kind, key), None)


def _place(kind: str, key: str) -> str:
    return f"{kind} {key}" if key else kind
