"""Keeps the audit trail of a realm, and tells whoever shows the realm."""

import itertools

from workbench.am.admin.audit import AuditTrail, Event
from workbench.am.basics.clock import Clock, Ids
from workbench.am.basics.watching import Watchers


class Recorder:
    """Adds to the audit trail what happens; every store of a realm has it.

    Args:
        clock: Gives the time of events.
        ids: Gives the server's part of an ``auditTrackingId``.
        watchers: Who looks again after each event.
    """

    def __init__(self, clock: Clock, ids: Ids, watchers: Watchers) -> None:
        self.trail = AuditTrail()
        self._clock = clock
        self._watchers = watchers
        self._server = ids.uuid()
        self._counter = itertools.count(1)

    def record(self, event: Event) -> None:
        """Add what happened, and tell whoever shows it."""
        self.trail.append(event)
        self._watchers.refresh()

    def note(self, kind: str, summary: str) -> None:
        """Record what an administrator did just now, in one sentence."""
        self.record(Event(time=self._clock.now(), kind=kind, summary=summary))

    def tracking_id(self) -> str:
        """The next ``auditTrackingId``: the server's id and a running number."""
        return f"{self._server}-{next(self._counter)}"
