"""Keeps the audit trail of a realm, and tells whoever shows the realm."""

import functools
from collections.abc import Callable
from dataclasses import replace
from typing import Any, TypeVar, cast

from workbench.am.admin.audit import AuditTrail, Event
from workbench.am.basics.clock import Clock, Ids
from workbench.am.basics.turns import Turns
from workbench.am.basics.watching import Watchers
from workbench.am.exchange.request import ExchangeRequest

Change = TypeVar("Change", bound=Callable[..., Any])


def in_turn(change: Change) -> Change:
    """Let no request come in between the steps of what an administrator does.

    Args:
        change: A method of a store that has a recorder.
    """

    @functools.wraps(change)
    def taking_it(store: Any, *args: Any, **more: Any) -> Any:
        with store._recorder.turns.taken:
            return change(store, *args, **more)

    return cast(Change, taking_it)


class Recorder:
    """Adds to the audit trail what happens; every store of a realm has it.

    Args:
        clock: Gives the time of events.
        ids: Gives the server's part of an ``auditTrackingId``.
        watchers: Who looks again after each event.
        realm: The realm's path.
        server: The trail of all realms of the server.
        turns: Who touches the state of the server.

    Attributes:
        trail: The realm's own.
        turns: As given, or of its own.
        last_exchange: What the latest exchange was decided from, or None.
        tracking: The server's part of an ``auditTrackingId``, and the next number.
    """

    def __init__(
        self,
        clock: Clock,
        ids: Ids,
        watchers: Watchers,
        realm: str,
        server: AuditTrail,
        turns: Turns | None = None,
    ) -> None:
        self.trail = AuditTrail()
        self.turns = Turns() if turns is None else turns
        self.last_exchange: ExchangeRequest | None = None
        self._realm, self._everywhere = realm, server
        self._clock = clock
        self._watchers = watchers
        self.tracking = ids.uuid(), 1

    def record(self, event: Event) -> None:
        """Add what happened, and tell whoever shows it."""
        event = replace(event, realm=self._realm)
        with self.turns.taken:
            self.trail.append(event)
            self._everywhere.append(event)
            self._watchers.refresh()

    def note(self, kind: str, summary: str) -> None:
        """Record what an administrator did just now, in one sentence."""
        self.record(Event(time=self._clock.now(), kind=kind, summary=summary))

    def tracking_id(self) -> str:
        """The next ``auditTrackingId``: the server's id and a running number."""
        server, number = self.tracking
        self.tracking = server, number + 1
        return f"{server}-{number}"
