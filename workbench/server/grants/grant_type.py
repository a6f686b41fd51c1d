"""What a grant type is to the token endpoint."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from workbench.errors import OAuthError, WorkbenchError
from workbench.server.request.incoming import Incoming


def refuse_as_it_is(problem: OAuthError) -> WorkbenchError:
    """The refusal of a request that cannot be read, with nothing to add."""
    return problem


@dataclass(frozen=True, slots=True, kw_only=True)
class GrantType:
    """One grant type: its name, and how a request for it is answered.

    Attributes:
        name: What ``grant_type`` says.
        respond: Gives the members of the token response, or raises a refusal.
        needs: Parameters that a request for it must have, beside its client's.
        takes: Those that it can have.
        unreadable: Makes the refusal of a request for this grant that cannot be
            read, out of what is wrong with it.
    """

    name: str
    respond: Callable[[Incoming], dict[str, Any]]
    needs: tuple[str, ...] = ()
    takes: tuple[str, ...] = ()
    unreadable: Callable[[OAuthError], WorkbenchError] = refuse_as_it_is

    def is_meant_by(self, incoming: Incoming) -> bool:
        """Whether a body that cannot be read mentions this grant all the same."""
        return incoming.mentions(self.name.rpartition(":")[2].encode())
