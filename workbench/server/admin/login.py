"""Logging ``amadmin`` in, and what a program asks before and after it does.

Sources: frodo's recorded traffic with AM 8.0.1 for what it needs of each answer; PingAM
8.1 "Manage sessions using REST" for the actions of a session.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from workbench.am.basics.realm_path import TOP
from workbench.am.people.session import COOKIE, Session
from workbench.am.people.user import universal_id
from workbench.am.realm import Realm
from workbench.server.admin.access import require_own_page, session_sent
from workbench.server.admin.administrator import ADMIN, WRONG_EVERY, Administrator
from workbench.server.admin.common_rest import (
    ACTION,
    ANSWERED,
    answered,
    answered_in_words,
)
from workbench.server.admin.refusals import rest_error
from workbench.server.answers import Answer
from workbench.server.endpoints.login import (
    NAME,
    PASSWORD,
    authenticate,
    header_text,
    logged_in,
    login_failure,
)
from workbench.server.request.incoming import Incoming

VERSION = {
    "version": "8.1.0",
    "fullVersion": "Delegation workbench, as PingAM 8.1.0",
    "revision": "",
    "date": "",
}
"""``GET /json/serverinfo/version``; frodo reads the version alone."""


def server_info(incoming: Incoming) -> Answer:
    """What anybody may know of the server; of AM's members those that count here."""
    realm = incoming.realm
    body = {
        "_id": "*",
        "cookieName": COOKIE,
        "secureCookie": False,
        "realm": realm.path,
        "oauth2AIAgentsEnabled": realm.settings.ai_agents_property,
    }
    return answered(body)


def version(incoming: Incoming) -> Answer:
    """Which AM it is; it says too that it is none."""
    return answered({"_id": "version", **VERSION})


@dataclass(frozen=True, slots=True)
class Sessions:
    """``/authenticate`` at the top level, and ``/sessions`` everywhere.

    Attributes:
        administrator: Whose account it is.
    """

    administrator: Administrator

    def authenticate(self, incoming: Incoming) -> Answer:
        """A session for whom two headers name: ``amadmin``, or a person of the realm.

        Raises:
            RestError: Nobody is so called, with this password; or too many were tried.
        """
        if header_text(incoming, NAME) != ADMIN:
            return authenticate(incoming)
        require_own_page(incoming)
        if not self.administrator.may_try:
            hint = f"Too many wrong passwords; wait {WRONG_EVERY:.0f} seconds."
            raise rest_error(429, hint=hint)
        host = incoming.request.remote_addr or "127.0.0.1"
        session = self.administrator.log_in(header_text(incoming, PASSWORD), host)
        if session is None:
            raise login_failure(f"The password is not that of {ADMIN}.")
        incoming.record("login", "", f"{ADMIN} logged in.")
        return logged_in(incoming.realm, session)

    def post(self, incoming: Incoming) -> Answer:
        """What ``_action`` says, of the session in the body or the one that came along.

        Raises:
            RestError: There is no such session, or no such action here.
        """
        require_own_page(incoming)
        with answered_in_words():
            action = incoming.query.get(ACTION) or ""
            body = incoming.json if incoming.has_body else {}
        if action not in ACTIONS:
            hint = f"Of a session one can ask: {', '.join(ACTIONS)}."
            raise rest_error(501 if action else 400, hint=hint)
        named = body.get("tokenId") or session_sent(incoming)
        token = named if isinstance(named, str) else ""
        done = ACTIONS[action](self, incoming.realm, token)
        return Answer(200, done, ANSWERED)

    def info(self, realm: Realm, token: str) -> Mapping[str, Any]:
        """Whose a session is, and when it ends."""
        session, path = self._required(realm, token)
        properties = session.properties(path)
        return {
            "username": session.user.name,
            "universalId": universal_id(session.user.name, path),
            "realm": path,
            "latestAccessTime": _date(session.used),
            "maxIdleExpirationTime": _date(session.ends_idle),
            "maxSessionExpirationTime": _date(session.ends_latest),
            "properties": {"AMCtxId": properties["AMCtxId"]},
        }

    def validate(self, realm: Realm, token: str) -> Mapping[str, Any]:
        """Whether a session is live; it never refuses."""
        found = self._found(realm, token)
        if found is None:
            return {"valid": False}
        session, path = found
        return {
            "valid": True,
            "sessionUid": session.properties(path)["AMCtxId"],
            "uid": session.user.name,
            "realm": path,
        }

    def log_out(self, realm: Realm, token: str) -> Mapping[str, Any]:
        """End a session."""
        session, _ = self._required(realm, token)
        self.administrator.log_out(session)
        realm.sessions.end(session)
        return {"result": "Successfully logged out"}

    def _found(self, realm: Realm, token: str) -> tuple[Session, str] | None:
        """A live session with the realm that it was begun in."""
        session = self.administrator.session(token)
        if session is not None:
            return session, TOP
        person = realm.sessions.find(token, realm.users)
        return None if person is None else (person, realm.path)

    def _required(self, realm: Realm, token: str) -> tuple[Session, str]:
        found = self._found(realm, token)
        if found is None:
            hint = f"Send a live session as tokenId, or as the header {COOKIE}."
            raise rest_error(401, "Access Denied", hint=hint)
        return found


ACTIONS: Mapping[str, Callable[[Sessions, Realm, str], Mapping[str, Any]]] = {
    "getSessionInfo": Sessions.info,
    "validate": Sessions.validate,
    "logout": Sessions.log_out,
}
"""What can be asked of a session."""


def _date(seconds: int) -> str:
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
