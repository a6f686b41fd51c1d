"""Logging a person in by two headers (PingAM 8.1, "AI agent on behalf of a user")."""

from urllib.parse import urlsplit

from workbench.am.basics.secrets import safe_text
from workbench.am.people.session import COOKIE, Session
from workbench.am.reading.sibling import elsewhere
from workbench.am.realm import Realm
from workbench.server.answers import NO_STORE, Answer
from workbench.server.errors import RestError
from workbench.server.request.incoming import Incoming

NAME, PASSWORD = "X-OpenAM-Username", "X-OpenAM-Password"


def authenticate(incoming: Incoming) -> Answer:
    """A session for the person whom the two headers name.

    Raises:
        RestError: No such person, or another password; AM does not say which.
    """
    name, password = (header_text(incoming, header) for header in (NAME, PASSWORD))
    return logged_in(incoming.realm, log_in(incoming, name, password))


def logged_in(realm: Realm, session: Session) -> Answer:
    """What is told of a session that has just begun, and what a browser keeps of it."""
    body = {
        "tokenId": session.token,
        "successUrl": f"{urlsplit(realm.base_url).path}/console",
        "realm": realm.path,
    }
    return Answer(200, body, {**NO_STORE, "Set-Cookie": session_cookie(session)})


def log_in(incoming: Incoming, name: str, password: str) -> Session:
    """A session for whoever this is; raises as above."""
    realm = incoming.realm
    if not name or not password:
        raise login_failure(f"Send {NAME} and {PASSWORD}; there are no callbacks here.")
    user = realm.users.get(name)
    if user is None:
        shown = safe_text(name)
        alone = f"There is no user {shown} in this realm."
        raise login_failure(
            elsewhere(realm, shown, lambda other: name in other.users, alone)
        )
    if not user.password_fits(password):
        raise login_failure(f"The password is not that of {name}.")
    if not user.active:
        raise login_failure(f"{name} is not active.")
    host = incoming.request.remote_addr or "127.0.0.1"
    session = realm.sessions.start(user, host=host)
    incoming.record("login", "", f"{name} logged in.")
    return session


def session_cookie(session: Session) -> str:
    """What a browser keeps of a session."""
    return f"{COOKIE}={session.token}; Path=/; HttpOnly; SameSite=Lax"


def header_text(incoming: Incoming, header: str) -> str:
    """A header as UTF-8, which AM takes beside Latin-1."""
    value = incoming.request.headers.get(header, "")
    try:
        return value.encode("latin-1").decode()
    except UnicodeError:
        return value


def login_failure(hint: str) -> RestError:
    """What AM says to whoever it does not know; never which of the two is wrong."""
    return RestError(401, "Unauthorized", "Authentication Failed", hint=hint)
