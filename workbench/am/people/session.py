"""Who is logged in: sessions as AM's authentication gives them.

The lifetimes are those of AM's session service: two hours, and half an hour
without a request.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from workbench.am.basics.clock import Clock, Ids
from workbench.am.basics.realm_path import organization
from workbench.am.people.user import User, universal_id

COOKIE = "iPlanetDirectoryPro"
"""The name of the session cookie in a fresh AM."""

MAX_SECONDS = 120 * 60
IDLE_SECONDS = 30 * 60


@dataclass(slots=True)
class Session:
    """One login. The token stays out of the repr.

    Attributes:
        token: What the cookie carries.
        user: Who logged in.
        since: Seconds since the epoch of the login.
        used: Seconds since the epoch of the latest request.
        auth_level: How strongly the person authenticated; 0 with a password.
    """

    token: str = field(repr=False)
    user: User
    since: int
    used: int
    auth_level: int = 0

    def properties(self, realm: str) -> Mapping[str, str]:
        """What a script reads through ``session.getProperty``, under AM's names."""
        name = self.user.name
        return {
            "UserToken": name,
            "UserId": name,
            "Principal": universal_id(name, realm),
            "sun.am.UniversalIdentifier": universal_id(name, realm),
            "Organization": organization(realm),
            "AuthLevel": str(self.auth_level),
            "AuthType": "DataStore",
            "authInstant": str(self.since),
        }


class SessionStore:
    """The sessions of a realm."""

    def __init__(self, clock: Clock, ids: Ids) -> None:
        self._clock = clock
        self._ids = ids
        self._sessions: dict[str, Session] = {}

    def start(self, user: User, auth_level: int = 0) -> Session:
        """Log a person in."""
        now = self._clock.now()
        token = f"{self._ids.token()}{self._ids.token()}.*AAJTSQACMDEAAlNLAAA.*"
        session = Session(token, user, now, now, auth_level)
        self._sessions[token] = session
        return session

    def has(self, token: str) -> bool:
        """Whether it is a session of this realm, live or not."""
        return token in self._sessions

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
        over = now >= session.since + MAX_SECONDS or now >= session.used + IDLE_SECONDS
        if over or user is None or not user.active:
            del self._sessions[session.token]
            return None
        session.used, session.user = now, user
        return session
