"""Where a person answers with a browser what clients ask; AM has a push instead.

An answer counts from the person's own session alone: it repeats the session token, as
AM's consent does, and no other site can post it, frame the page or log somebody in.
"""

import hmac
from urllib.parse import urlencode

from workbench.am.backchannel.request import AnswerError
from workbench.am.people.session import Session
from workbench.server.answers import NO_STORE, Answer
from workbench.server.approval_page import approval_page, login_page
from workbench.server.endpoints.authorization_response import HTML
from workbench.server.endpoints.login import log_in, session_cookie
from workbench.server.errors import BadRequest, RestError
from workbench.server.request.incoming import Incoming
from workbench.server.request.parameters import realm_named

HEADERS = {
    **NO_STORE,
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; "
    "form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
}

MOST_DIGITS = 9
"""Of the number of a request."""


def show_approvals(incoming: Incoming, alert: str = "", status: int = 200) -> Answer:
    """What waits for the person who is logged in, or a form to log in with."""
    session, realm = incoming.session, incoming.realm
    if session is None:
        return Answer(status, login_page(alert), HEADERS, HTML)
    name, store = session.user.name, realm.backchannel
    waiting = store.waiting(name)
    earlier = [each for each in store if each.user == name and each not in waiting]
    page = approval_page(
        name,
        waiting,
        [(each, store.state_of(each)) for each in earlier],
        session.token,
        realm.clock.now(),
        alert,
    )
    return Answer(status, page, HEADERS, HTML)


def answer_approval(incoming: Incoming) -> Answer:
    """Log somebody in, or take a person's answer; then show the page anew.

    Raises:
        BadRequest: It comes from elsewhere.
    """
    _require_same_site(incoming)
    sent, session = incoming.parameters, incoming.session
    if sent.get("decision") is None:
        return _log_in(incoming, sent.get("username"), sent.get("password"))
    if session is None:
        return show_approvals(incoming, "Log in first.", 401)
    csrf = sent.get("csrf") or ""
    if not hmac.compare_digest(csrf.encode(), session.token.encode()):
        raise BadRequest("Bad request", hint="csrf is the session token, once more.")
    try:
        _decide(incoming, session)
    except AnswerError as problem:
        return show_approvals(incoming, problem.words, 400)
    return _see_again(incoming)


def _require_same_site(incoming: Incoming) -> None:
    """Refuse a form that another site posted; a browser says where it comes from."""
    origin = incoming.request.headers.get("Origin")
    host = incoming.request.headers.get("Host", "")
    if origin is not None and origin.partition("://")[2] != host:
        raise BadRequest("Bad request", hint="The form comes from another site.")


def _decide(incoming: Incoming, session: Session) -> None:
    """Do what the person chose.

    Raises:
        AnswerError: It cannot be answered, or the answer is neither yes nor no.
    """
    decision, number = incoming.parameters.require("decision", "number")
    choices = {
        "approve": incoming.realm.backchannel.approve,
        "deny": incoming.realm.backchannel.deny,
    }
    digits = number.isascii() and number.isdecimal() and len(number) <= MOST_DIGITS
    if decision not in choices or not digits:
        raise AnswerError("Approve a request, or deny it.")
    choices[decision](int(number), session)


def _log_in(incoming: Incoming, name: str | None, password: str | None) -> Answer:
    try:
        session = log_in(incoming, name or "", password or "")
    except RestError as problem:
        incoming.record(
            "refusal",
            "",
            f"{incoming.summary} was refused: {problem.message}",
            status=problem.code,
            description=problem.message,
            hint=problem.hint,
        )
        return show_approvals(incoming, f"{problem.message}.", problem.code)
    return _see_again(incoming, {"Set-Cookie": session_cookie(session)})


def _see_again(incoming: Incoming, more: dict[str, str] | None = None) -> Answer:
    """Send the browser to the page, so that loading it again posts nothing."""
    request = incoming.request
    named = realm_named(request.query_string)
    query = f"?{urlencode({'realm': named})}" if named else ""
    headers = {**HEADERS, "Location": f"{request.path}{query}", **(more or {})}
    return Answer(303, "", headers, HTML)
