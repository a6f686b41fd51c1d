"""Who administers the server: AM's ``amadmin``, who is nobody of a realm's people.

The account is that of the top level realm, where its sessions begin (PingAM 8.1). No
file or store has it, so that whoever opens one has a password and sessions anew; only
the calls that a bench keeps of itself are saved as they were sent.
"""

import secrets
import time
from collections.abc import Callable

from workbench.am.basics.clock import Clock, Ids
from workbench.am.basics.secrets import HiddenText
from workbench.am.people.session import Session, SessionStore
from workbench.am.people.user import User
from workbench.errors import SettingError

ADMIN = "amadmin"
"""AM's own administrator."""

WRONG_AT_ONCE, WRONG_EVERY = 10, 6.0
"""How many wrong passwords are looked at, and the seconds after which one more is."""


class Administrator:
    """The one account that may administer, its password and its sessions.

    Sessions end by the bench's clock, as those of people do. Their tokens come from the
    system's random source on a bench with a seed, too: a seed is no secret.

    Args:
        clock: The bench's.
        password: As given, or None for a random one.
        seconds: A clock that nobody sets; it bounds how fast passwords can be tried.

    Raises:
        SettingError: The password cannot be sent in a header.
    """

    def __init__(
        self,
        clock: Clock,
        password: str | None = None,
        *,
        seconds: Callable[[], float] = time.monotonic,
    ) -> None:
        given = secrets.token_hex(18) if password is None else password
        _require_sendable(given)
        self.password = HiddenText(given)
        self._account = User(name=ADMIN, password=given)
        self._sessions = SessionStore(clock, Ids())
        self._seconds = seconds
        self._wrong: list[float] = []

    @property
    def may_try(self) -> bool:
        """Whether a password is looked at now, or there were too many wrong ones."""
        since = self._seconds() - WRONG_AT_ONCE * WRONG_EVERY
        self._wrong = [each for each in self._wrong if each > since]
        return len(self._wrong) < WRONG_AT_ONCE

    def log_in(self, password: str, host: str) -> Session | None:
        """A session, or None where the password is another; asks nothing before."""
        if self._account.password_fits(password):
            return self._sessions.start(self._account, host=host)
        self._wrong.append(self._seconds())
        return None

    def session(self, token: str) -> Session | None:
        """The live session of this token."""
        return self._sessions.find(token, {ADMIN: self._account})

    def log_out(self, session: Session) -> None:
        """End a session."""
        self._sessions.end(session)

    def __repr__(self) -> str:
        return f"<Administrator {ADMIN}>"


def _require_sendable(password: str) -> None:
    """Refuse what no header can carry as it is."""
    if not isinstance(password, str) or not password.strip():
        raise SettingError("The administrator's password is a text that is not empty.")
    if not password.isprintable() or password != password.strip():
        raise SettingError(
            "The administrator's password travels in a header: it has no line breaks, "
            "no control characters, and no space at its beginning or end."
        )
