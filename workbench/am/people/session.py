"""Who is logged in: sessions as AM's authentication gives them.

The lifetimes are those of AM's session service: two hours, and half an hour
without a request.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from urllib.parse import quote
from uuid import UUID

from workbench.am.basics.clock import Clock, Ids
from workbench.am.basics.expiring import Expiring
from workbench.am.basics.realm_path import organization
from workbench.am.basics.table import Table
from workbench.am.people.user import User, universal_id

COOKIE = "iPlanetDirectoryPro"
"""The name of the session cookie in a fresh AM."""

MAX_SECONDS = 120 * 60
IDLE_SECONDS = 30 * 60

MOST = 10_000
"""How many sessions are kept; beyond it go ended ones, and then the oldest."""


@dataclass(slots=True)
class Session:
    """One login. The token stays out of the repr.

    Attributes:
        token: What the cookie carries.
        user: Who logged in.
        since: Seconds since the epoch of the login.
        used: Seconds since the epoch of the latest request.
        auth_level: How strongly the person authenticated; 0 with a password.
        host: The address that the person logged in from.
        set_by_scripts: Properties that scripts set.
    """

    token: str = field(repr=False)
    user: User
    since: int
    used: int
    auth_level: int = 0
    host: str = "127.0.0.1"
    set_by_scripts: dict[str, str] = field(default_factory=dict, repr=False)

    @property
    def ends(self) -> int:
        """Seconds since the epoch of its end, if there is no further request."""
        return min(self.ends_latest, self.ends_idle)

    @property
    def ends_idle(self) -> int:
        """Seconds since the epoch of its end for want of requests."""
        return self.used + IDLE_SECONDS

    @property
    def ends_latest(self) -> int:
        """Seconds since the epoch of its end, whatever is asked of it."""
        return self.since + MAX_SECONDS

    @property
    def handle(self) -> str:
        """What names the session without opening it: AM's ``SessionHandle``."""
        return f"shandle:{self._digest('handle')}.*AAJTSQACMDEAAlNLAAA.*"

    def properties(self, realm: str, deployment: str = "/am") -> dict[str, str]:
        """What a script reads through ``session.getProperty``, under AM's names.

        The names are those of a session in PingAM's documentation, and of OpenAM's
        ``LoginState``, which sets them. ``Locale``, ``CharSet``, ``Service``,
        ``IndexType``, ``AuthType`` and the two login URLs are those of a fresh AM
        there; what a login by two headers gives is inferred.

        Args:
            realm: The realm's path.
            deployment: Where AM is deployed.
        """
        name, login = self.user.name, f"{deployment}/XUI/"
        since = datetime.fromtimestamp(self.since, UTC)
        return {
            "AMCtxId": f"{UUID(self._digest('context')[:32])}-1",
            "AuthLevel": str(self.auth_level),
            "AuthType": "DataStore",
            "CharSet": "UTF-8",
            "FullLoginURL": f"{login}?realm={quote(realm, safe='')}",
            "Host": self.host,
            "HostName": self.host,
            "IndexType": "service",
            "Locale": "en_US",
            "Organization": organization(realm),
            "Principal": universal_id(name, realm),
            "Principals": name,
            "Service": "ldapService",
            "SessionHandle": self.handle,
            "UserId": name,
            "UserProfile": "Required",
            "UserToken": name,
            "amlbcookie": "01",
            "authInstant": since.strftime("%Y-%m-%dT%H:%M:%SZ"),
            "clientType": "genericHTML",
            "cookieSupport": "true",
            "loginURL": login,
            "successURL": f"{deployment}/console",
            "sun.am.UniversalIdentifier": universal_id(name, realm),
            **self.set_by_scripts,
        }

    def _digest(self, what: str) -> str:
        return hashlib.sha256(f"{what} of {self.token}".encode()).hexdigest()


class SessionStore:
    """The sessions of a realm; one that ended is forgotten a day later."""

    def __init__(self, clock: Clock, ids: Ids) -> None:
        self._clock = clock
        self._ids = ids
        self._sessions = Expiring[Session](
            "sessions", lambda session: session.ends, most=MOST
        )

    @property
    def tables(self) -> tuple[Table[Session]]:
        """All that it keeps."""
        return (self._sessions,)

    def start(
        self, user: User, auth_level: int = 0, host: str = "127.0.0.1"
    ) -> Session:
        """Log a person in, from an address."""
        now = self._clock.now()
        token = f"{self._ids.token()}{self._ids.token()}.*AAJTSQACMDEAAlNLAAA.*"
        session = Session(token, user, now, now, auth_level, host)
        self._sessions.add(token, session, now)
        return session

    def has(self, token: str) -> bool:
        """Whether it is a session of this realm, live or not."""
        return token in self._sessions

    def end(self, session: Session) -> None:
        """End one session, as logging out does."""
        self._sessions.pop(session.token, None)

    def end_of(self, name: str) -> None:
        """End every session of a person, who may come back under the same name."""
        for token, session in self._sessions.items():
            if session.user.name == name:
                del self._sessions[token]

    def keep_properties(self, handle: str, properties: Mapping[str, str]) -> None:
        """Keep what a script set in the session of this handle."""
        for token in reversed(self._sessions):
            if self._sessions[token].handle == handle:
                self._sessions[token].set_by_scripts.update(properties)
                self._sessions.touch(token)
                break

    def find(self, token: str | None, users: Mapping[str, User]) -> Session | None:
        """The live session of a cookie; None where there is none, or it has ended.

        Args:
            token: What the cookie carried, or None.
            users: The people of today; a session ends with its person.
        """
        session = self._sessions.get(token or "")
        if session is None:
            return None
        now = self._clock.now()
        user = users.get(session.user.name)
        if now >= session.ends or user is None or not user.active:
            self._sessions.pop(session.token, None)
            return None
        if session.used != now or session.user is not user:
            session.used, session.user = now, user
            self._sessions.touch(session.token)
        return session
