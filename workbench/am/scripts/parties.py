"""The clients and people of a realm, for the linter to hold a script against."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Parties:
    """Whom a may act script can name, and whose tokens it stamps.

    Attributes:
        clients: The grant types of each client and agent, by client id.
        users: The names of the people.
        used_by: The ids of the clients whose tokens the script stamps; None where
            that is not known, as for a script that is not saved.
        typed_subjects: Whether subjects are written ``(age!name)``, as on PingAM.
    """

    clients: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    users: frozenset[str] = frozenset()
    used_by: tuple[str, ...] | None = None
    typed_subjects: bool = True
