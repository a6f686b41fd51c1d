"""A refusal of which the audit trail keeps more than the error that is sent."""

from collections.abc import Mapping
from typing import Any

from workbench.errors import OAuthError, WorkbenchError


class Refusal(WorkbenchError):
    """What a grant raises that has more to say to the audit trail.

    Attributes:
        error: What goes over the wire.
        event: Further members of the event, as
            :class:`~workbench.am.admin.audit.Event` has them, such as ``kind``.
    """

    def __init__(self, error: OAuthError, event: Mapping[str, Any]) -> None:
        super().__init__(error.description)
        self.error = error
        self.event = event
