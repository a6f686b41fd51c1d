"""Whether a request is an administrator's own.

The session comes as a cookie, as frodo sends it, or as a header named like the cookie,
as PingAM's pages do. A cookie goes along with whatever a browser sends, so a change
needs a header that no form of another page can have (PingAM 8.1, "Protect against CSRF
attacks"). That a page of another origin is refused, whatever it asks, is the
workbench's own.
"""

from workbench.am.people.session import COOKIE, Session
from workbench.am.people.user import universal_id
from workbench.server.admin.administrator import Administrator
from workbench.server.admin.refusals import rest_error
from workbench.server.request.incoming import Incoming

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
"""What changes nothing, so that any page may ask (and read no answer)."""

OWN_HEADERS = ("X-Requested-With", "Accept-API-Version")
"""One of these goes along with every change."""

OWN_PAGES = ("", "none", "same-origin")
"""What a browser says of a request of the server's own page; a program says nothing."""


def require_own_page(incoming: Incoming) -> None:
    """Refuse what a page of somebody else may have sent.

    Raises:
        RestError: A browser says that it did, or nothing shows that it did not.
    """
    headers = incoming.request.headers
    if headers.get("Sec-Fetch-Site", "") not in OWN_PAGES:
        hint = "A browser sent this for a page of another origin."
        raise rest_error(403, "Forbidden", hint=hint)
    if incoming.request.method in SAFE or not incoming.session_token:
        return
    if not any(name in headers for name in OWN_HEADERS):
        hint = f"With the session in a cookie, send one of {' and '.join(OWN_HEADERS)}."
        raise rest_error(403, "Forbidden", hint=hint)


def session_sent(incoming: Incoming) -> str:
    """The session token of the header, or else of the cookie; "" without one."""
    return incoming.request.headers.get(COOKIE, "") or incoming.session_token


def require_administrator(incoming: Incoming, administrator: Administrator) -> Session:
    """The administrator's session.

    The two texts are those of OpenAM's pages.

    Raises:
        RestError: There is none, it has ended, or it is that of a person.
    """
    require_own_page(incoming)
    token = session_sent(incoming)
    session = administrator.session(token)
    if session is not None:
        return session
    realm = incoming.realm
    person = realm.sessions.find(token, realm.users)
    if person is None:
        hint = (
            f"Send the session of amadmin as the header or the cookie {COOKIE}; "
            "POST /json/realms/root/authenticate gives one, until it ends."
        )
        raise rest_error(401, "Access Denied", hint=hint)
    verb = "read" if incoming.request.method in SAFE else "update"
    raise rest_error(
        403,
        f"Permission to perform the {verb} operation denied to "
        f"{universal_id(person.user.name, realm.path)}",
        hint=f"{person.user.name} is no administrator; amadmin is.",
    )
