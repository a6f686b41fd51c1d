"""What happened, in order: the talkative side of a terse server."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from workbench.am.basics.bounded import Bounded
from workbench.am.exchange.decision import Decision
from workbench.am.scripts.script import ScriptOutcome
from workbench.errors import NotYet

MOST = 2_000
"""How many events a trail keeps, unless it is told otherwise: about 20 MB."""

SILENT = frozenset({"introspect", "revoke"})
"""Kinds of which the answer says no reason, though it is no refusal."""

ACTIVE = "Active."
"""What is told of a token that the answer calls active as well."""


@dataclass(frozen=True, slots=True, weakref_slot=True, kw_only=True)
class Event:
    """One thing that happened in the realm. Never holds a token or a secret.

    Attributes:
        time: Seconds since the epoch, by the bench's clock.
        kind: ``register``, ``setting``, ``login``, ``consent``, ``backchannel``,
            ``token``, ``exchange``, ``introspect``, ``revoke``, ``macaroon`` or
            ``refusal``.
        client_id: Who asked, as far as known; "" for an administrator.
        summary: One sentence.
        status: The HTTP status that was sent, or 0 for an administrator's act.
        error: The OAuth error code that was sent, or "".
        description: The error_description that was sent, or "".
        hint: What to do about it; never sent.
        decision: For an exchange, every rule with what was found.
        scripts: The may act scripts that ran.
        issued: The ``jti`` of each token issued, access token first.
        revoked: The ``jti`` of a token revoked, and with a refresh token the
            grant that went with it.
        realm: Where it happened, such as ``/alpha``.
    """

    time: int
    kind: str
    client_id: str = ""
    summary: str = ""
    status: int = 0
    error: str = ""
    description: str = ""
    hint: str = ""
    decision: Decision | None = None
    scripts: tuple[ScriptOutcome, ...] = ()
    issued: tuple[str, ...] = field(default=())
    revoked: tuple[str, ...] = field(default=())
    realm: str = field(default="", repr=False)

    @property
    def reason(self) -> str:
        """Why the answer was what it was, where it does not say so itself; or ""."""
        if self.hint or self.kind not in SILENT or self.summary == ACTIVE:
            return self.hint
        return self.summary


class AuditTrail(Bounded[Event]):
    """The events of a realm, or of all realms of a server, oldest first.

    A list for whoever reads it. It keeps the latest ``most``, which can be set at any
    time; ``left_out`` says how many earlier ones are gone, ``total`` how many there
    have been. Where scripts log long texts it keeps fewer: ``most_weight`` characters
    of them together, ten million unless it is set.

    Args:
        events: Those that it begins with.
        most: How many it keeps.
    """

    def __init__(self, events: Iterable[Event] = (), *, most: int = MOST) -> None:
        self._decision: Decision | None = None  # the latest that was left out
        super().__init__(events, most=most)

    def weight_of(self, event: Event) -> int:
        """The characters of what scripts logged."""
        if not event.scripts:
            return 0
        return sum(len(line.text) for each in event.scripts for line in each.log)

    def leave_out(self, beyond: int) -> None:
        """Remove the earliest events, but for the latest decision among them."""
        with self._one:
            for event in reversed(self[: max(0, beyond)]):
                if event.decision is not None:
                    self._decision = event.decision
                    break
            super().leave_out(beyond)

    def refill(
        self,
        items: Iterable[Event],
        *,
        most: int,
        left_out: int,
        decision: Decision | None = None,
    ) -> None:
        """Hold these events instead; ``decision`` is of one that was left out."""
        self._decision = decision
        super().refill(items, most=most, left_out=left_out)

    @property
    def left_out_decision(self) -> Decision | None:
        """The latest decision, where its event is left out; else None."""
        with self._one:
            here = self.left_out == 0 or any(event.decision for event in reversed(self))
            return None if here else self._decision

    @property
    def exchanges(self) -> list[Event]:
        """The token exchanges, granted or refused."""
        return [event for event in self if event.kind == "exchange"]

    @property
    def decision(self) -> Decision:
        """The decision of the latest exchange, also where its event is left out.

        Raises:
            NotYet: No token has been exchanged yet.
        """
        with self._one:
            found = (e.decision for e in reversed(self) if e.decision is not None)
            decision = next(found, self._decision)
        if decision is None:
            raise NotYet("No token has been exchanged yet.")
        return decision
