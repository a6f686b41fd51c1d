"""Where an exchange would end with one parameter changed; nothing is sent or issued.

The exchange is a pure function, so that the same request can be read once more with
another parameter and decided on the bench as it is by now. No script runs, no token is
made, no assertion is spent, and the audit trail learns nothing of it.
"""

import io
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from werkzeug.wrappers import Request

from workbench.agent.asked import realm_asked
from workbench.agent.calls import Call
from workbench.am.basics.characters import HALF, is_whole
from workbench.am.basics.words import with_article
from workbench.am.clients.grant_types import TOKEN_EXCHANGE
from workbench.am.exchange.decide import decide, waits_for_script
from workbench.am.exchange.decision import Decision
from workbench.am.realm import Realm
from workbench.am.tokens.token import ACCESS_TOKEN
from workbench.errors import OAuthError, SettingError
from workbench.server.grants.table import GRANTS
from workbench.server.grants.token_exchange import read_exchange, unreadable_exchange
from workbench.server.request.incoming import Incoming

TYPES = {"subject_token": "subject_token_type", "actor_token": "actor_token_type"}
"""A token and its type are sent together, so they come and go together."""

ALONE = "client_assertion"

Form = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Supposed:
    """An exchange that nobody sent.

    Attributes:
        method: As the call's.
        url: Likewise.
        request_headers: Likewise; with the secret of another client, without any.
        form: The parameters with the change in them. Tokens and secrets among them.
        changed: The names of the parameters that differ.
        decision: How it would be decided by now.
        unchanged: How the call itself would be.
        waits: Whether only a scope validation script could say how it goes on.
    """

    method: str
    url: str
    request_headers: tuple[tuple[str, str], ...]
    form: Form
    changed: tuple[str, ...]
    decision: Decision
    unchanged: Decision
    waits: bool

    sent_json = ""

    def __repr__(self) -> str:
        return f"<Supposed {', '.join(self.changed) or 'the same'}>"


def suppose(call: Call, realm: Realm, changes: Mapping[str, str | None]) -> Supposed:
    """Decide an exchange with other parameters.

    Where the client is another and no secret is given, it is asked as if it had sent
    its own. A token comes and goes with its type.

    Args:
        call: An exchange that was sent.
        realm: A realm of its server.
        changes: Other values by parameter; None leaves a parameter out.

    Raises:
        SettingError: It is no exchange, it has no such parameter, a value is no text,
            or the client proved itself with an assertion, which is good once.
    """
    _refuse_others(call, changes)
    asked = realm_asked(call, realm)
    form, headers = _changed(call, asked, changes)
    before, after = dict(call.form), dict(form)
    names = dict.fromkeys([*before, *after])
    decision, waits = _decided(call.url, form, headers, asked)
    return Supposed(
        method=call.method,
        url=call.url,
        request_headers=headers,
        form=form,
        changed=tuple(n for n in names if before.get(n) != after.get(n)),
        decision=decision,
        unchanged=_decided(call.url, call.form, call.request_headers, asked)[0],
        waits=waits,
    )


def parameters(call: Call) -> tuple[str, ...]:
    """What can be changed of an exchange: what was sent, and what could have been."""
    grant = GRANTS[TOKEN_EXCHANGE]
    known = ("client_id", "client_secret", *grant.needs, *grant.takes)
    sent = [name for name, _ in call.form if name != "grant_type"]
    return tuple(dict.fromkeys([*sent, *known]))


def _refuse_others(call: Call, changes: Mapping[str, str | None]) -> None:
    sent = dict(call.form)
    kind = sent.get("grant_type", "")
    if kind != TOKEN_EXCHANGE:
        what = f"asks for {kind}" if kind else "asks no token endpoint"
        raise SettingError(
            "What if is for token exchanges, which rules alone decide; "
            f"this call {what}."
        )
    if ALONE in sent:
        raise SettingError(
            f"The client proved itself with {with_article(ALONE)}, which is good once: "
            "nothing can be said of a second time."
        )
    unknown = sorted(set(changes) - set(parameters(call)))
    if unknown:
        raise SettingError(
            f"An exchange has no parameter {unknown[0]!r}. It has: "
            f"{', '.join(parameters(call))}."
        )
    for name, value in changes.items():
        if value is not None and not isinstance(value, str):
            kind = with_article(type(value).__name__)
            raise SettingError(f"{name!r} is {kind}; a parameter is text, or None.")
        if value is not None and not is_whole(value):
            raise SettingError(f"{name!r} {HALF}.")


def _changed(
    call: Call, realm: Realm, changes: Mapping[str, str | None]
) -> tuple[Form, tuple[tuple[str, str], ...]]:
    """The form and the headers with the changes, and what comes along with them."""
    sent, whole, headers = dict(call.form), dict(changes), call.request_headers
    for token, kind in TYPES.items():
        if token not in changes or kind in changes:
            continue
        if changes[token] is None:
            whole[kind] = None
        elif kind not in sent:
            whole[kind] = ACCESS_TOKEN
    name = changes.get("client_id")
    if name is not None and "client_secret" not in changes:
        client = realm.clients.get(name)
        if client is not None:
            whole["client_secret"] = client.secret
        headers = tuple(each for each in headers if each[0] != "authorization")
    return _replaced(call.form, whole), headers


def _replaced(form: Form, changes: Mapping[str, str | None]) -> Form:
    """The parameters with each change where the first of its name was, else last."""
    left, made = dict(changes), []
    for name, value in form:
        if name not in changes:
            made.append((name, value))
        elif (new := left.pop(name, None)) is not None:
            made.append((name, new))
    made += [(name, value) for name, value in left.items() if value is not None]
    return tuple(made)


def _decided(
    url: str, form: Form, headers: tuple[tuple[str, str], ...], realm: Realm
) -> tuple[Decision, bool]:
    """The decision, and whether a script would have to say how it goes on."""
    incoming = Incoming(realm, Request(_environ(url, form, headers)), "/access_token")
    try:
        exchange = read_exchange(incoming)
    except OAuthError as problem:
        decision = unreadable_exchange(problem).event["decision"]
        assert isinstance(decision, Decision)
        return decision, False
    found = decide(exchange)
    return found.for_the_trail(), waits_for_script(found)


def _environ(
    url: str, form: Form, headers: tuple[tuple[str, str], ...]
) -> dict[str, object]:
    """The request as a WSGI server would hand it over (PEP 3333)."""
    body = urlencode(form, errors="surrogateescape").encode()
    said = dict(headers)
    environ: dict[str, object] = {
        "REQUEST_METHOD": "POST",
        "PATH_INFO": "/access_token",
        "QUERY_STRING": url.partition("?")[2],
        "wsgi.url_scheme": "https",
        "wsgi.input": io.BytesIO(body),
        "CONTENT_TYPE": said.get("content-type", ""),
        "CONTENT_LENGTH": str(len(body)),
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "443",
    }
    if "authorization" in said:
        environ["HTTP_AUTHORIZATION"] = said["authorization"]
    return environ
