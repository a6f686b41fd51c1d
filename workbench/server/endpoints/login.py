"""Logging a person in by two headers (PingAM 8.1, "AI agent on behalf of a user")."""

from urllib.parse import urlsplit

from workbench.am.basics.secrets import safe_text
from workbench.am.people.session import COOKIE
from workbench.server.answers import NO_STORE, Answer
from workbench.server.errors import RestError
from workbench.server.request.incoming import Incoming

NAME, PASSWORD = "X-OpenAM-Username", "X-OpenAM-Password"


def authenticate(incoming: Incoming) -> Answer:
    """A session for the person whom the two headers name.

    Raises:
        RestError: No such person, or another password; AM does not say which.
    """
    realm = incoming.realm
    name, password = (_text(incoming, header) for header in (NAME, PASSWORD))
    if not name or not password:
        raise _failure(f"Send {NAME} and {PASSWORD}; there are no callbacks here.")
    user = realm.users.get(name)
    if user is None:
        raise _failure(f"There is no user {safe_text(name)} in this realm.")
    if not user.password_fits(password):
        raise _failure(f"The password is not that of {name}.")
    if not user.active:
        raise _failure(f"{name} is not active.")
    host = incoming.request.remote_addr or "127.0.0.1"
    session = realm.sessions.start(user, host=host)
    incoming.record("login", "", f"{name} logged in.")
    body = {
        "tokenId": session.token,
        "successUrl": f"{urlsplit(realm.base_url).path}/console",
        "realm": realm.path,
    }
    cookie = f"{COOKIE}={session.token}; Path=/; HttpOnly; SameSite=Lax"
    return Answer(200, body, {**NO_STORE, "Set-Cookie": cookie})


def _text(incoming: Incoming, header: str) -> str:
    """A header as UTF-8, which AM takes beside Latin-1."""
    value = incoming.request.headers.get(header, "")
    try:
        return value.encode("latin-1").decode()
    except UnicodeError:
        return value


def _failure(hint: str) -> RestError:
    return RestError(401, "Unauthorized", "Authentication Failed", hint=hint)
