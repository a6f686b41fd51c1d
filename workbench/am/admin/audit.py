"""What happened, in order: the talkative side of a terse server."""

from dataclasses import dataclass, field

from workbench.am.exchange.decision import Decision
from workbench.am.scripts.script import ScriptOutcome
from workbench.errors import NotYet


@dataclass(frozen=True, slots=True, kw_only=True)
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


class AuditTrail(list[Event]):
    """The events of a realm, or of all realms of a server, oldest first."""

    @property
    def exchanges(self) -> list[Event]:
        """The token exchanges, granted or refused."""
        return [event for event in self if event.kind == "exchange"]

    @property
    def decision(self) -> Decision:
        """The decision of the latest exchange.

        Raises:
            NotYet: No token has been exchanged yet.
        """
        for event in reversed(self):
            if event.decision is not None:
                return event.decision
        raise NotYet("No token has been exchanged yet.")
