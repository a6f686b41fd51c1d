"""The requests of a history as a file has them: variables in place of secrets."""

import base64
import binascii
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from workbench.agent.calls import Call
from workbench.interop.collection.variables import (
    FORM,
    JSON,
    PLAIN,
    Text,
    Variable,
    Variables,
    in_json,
)
from workbench.views.calls.call import path, sent_headers
from workbench.views.page.plain import visible_text

NOT_WRITTEN = "The body is neither a form nor JSON that can be read; it is left out."

BASE_URL = "base_url"

Pairs = tuple[tuple[str, Text], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Resent:
    """One request.

    Attributes:
        title: Its number, what it asks, and the name that it was given.
        method: Of HTTP.
        url: With the server's as a variable.
        headers: Those that somebody chose, in order.
        basic: Name and password of HTTP Basic, where they were sent.
        form: The parameters, each as the program reads it.
        json: The body where it is JSON, else "".
        note: What could not be written, or "".
        status: What was answered.
        brings: The variables that its answer brings.
    """

    title: str
    method: str
    url: Text
    headers: Pairs = ()
    basic: tuple[Text, Text] | None = None
    form: Pairs = ()
    json: str = ""
    note: str = ""
    status: int
    brings: tuple[Variable, ...] = ()


@dataclass(frozen=True, slots=True)
class Sequel:
    """Requests in order.

    Attributes:
        base_url: Where they went.
        requests: Each.
        given: The variables that somebody has to give.
    """

    base_url: str
    requests: tuple[Resent, ...]
    given: tuple[Variable, ...] = field(repr=False)


def sequel(
    calls: Iterable[Call], names: dict[int, str], base_url: str, *, encodes: bool
) -> Sequel:
    """The calls as requests to be sent from the top.

    Args:
        calls: In order.
        names: The names that calls were given, by their place from 0.
        base_url: Of the server; it stands under a name.
        encodes: Whether the program that reads the file encodes forms by itself.
    """
    variables = Variables(encodes=encodes)
    read: list[dict[str, Any]] = []
    for number, call in enumerate(calls):
        read.append(_request(call, number, names.get(number, ""), base_url, variables))
        variables.learn(call, number)
    found = list(variables)
    requests = tuple(
        Resent(**each, brings=tuple(v for v in found if _from(v) == number))
        for number, each in enumerate(read)
    )
    return Sequel(base_url, requests, tuple(v for v in found if v.origin is None))


def _from(variable: Variable) -> int:
    return variable.origin.number if variable.origin else -1


def _request(
    call: Call, number: int, name: str, base_url: str, variables: Variables
) -> dict[str, Any]:
    """All but what its answer brings, which later requests say."""
    basic = _basic(call)
    client = dict(call.form).get("client_id") or (basic[0] if basic else "")
    person = dict(call.form).get("username") or dict(call.request_headers).get(
        "x-openam-username", ""
    )
    owner = {"client_secret": client}
    json_text, note = _body(call, variables)

    def read(name: str, value: str, place: str) -> Text:
        whose = owner.get(name.lower(), person)
        return variables.text(name.lower(), value, place, whose)

    title = f"{number + 1} {visible_text(call.method)} {path(call)}"
    return {
        "title": f"{title}: {visible_text(name)}" if name else title,
        "method": "".join(filter(str.isalpha, call.method)),
        "url": _url(call.url, base_url, variables),
        "headers": tuple(
            (visible_text(n), read(n, visible_text(v), PLAIN))
            for n, v in sent_headers(call)
            if not (basic and n == "authorization")
        ),
        "basic": basic
        and ((basic[0],), variables.text("client_secret", basic[1], PLAIN, client)),
        "form": tuple((n, read(n, v, FORM)) for n, v in call.form),
        "json": json_text,
        "note": note,
        "status": call.status,
    }


def _basic(call: Call) -> tuple[str, str] | None:
    """Name and password of HTTP Basic, where they can be read."""
    scheme, _, encoded = (
        dict(call.request_headers).get("authorization", "").partition(" ")
    )
    try:
        decoded = base64.b64decode(encoded.strip(), validate=True).decode()
    except (binascii.Error, ValueError):
        return None
    name, sign, password = decoded.partition(":")
    plain = (name + password).isprintable() and " " not in name + password
    return (name, password) if scheme.lower() == "basic" and sign and plain else None


def _url(url: str, base_url: str, variables: Variables) -> Text:
    whole = variables.text("url", url, PLAIN)
    if any(isinstance(piece, Variable) for piece in whole) and len(whole) == 1:
        return whole
    before, mark, query = url.partition("?")
    own = before == base_url or before.startswith(f"{base_url}/")
    server = Variable(BASE_URL, base_url, None, PLAIN)
    pieces: list[str | Variable] = [server] if own else []
    pieces.append(_without_braces(before.removeprefix(base_url) if own else before))
    for number, piece in enumerate(query.split("&") if mark else ()):
        name, sign, value = piece.partition("=")
        pieces.append(_without_braces(("&" if number else "?") + name + sign))
        read = variables.text(name.lower(), value, PLAIN)
        pieces += [_without_braces(p) if isinstance(p, str) else p for p in read]
    return tuple(pieces)


def _without_braces(text: str) -> str:
    return text.replace("{", "%7B").replace("}", "%7D")


def _body(call: Call, variables: Variables) -> tuple[str, str]:
    """The body as JSON, and what is to be said of one that is none."""
    if call.form or not call.content:
        return "", ""
    try:
        return _json("", json.loads(call.sent_json), variables), ""
    except (ValueError, RecursionError):
        return "", NOT_WRITTEN


def _json(name: str, value: Any, variables: Variables) -> str:
    """JSON in which no two braces stand side by side but around a variable's name."""
    if isinstance(value, dict):
        members = (
            f'"{in_json(n)}": {_json(n.lower(), v, variables)}'
            for n, v in value.items()
        )
        return "{ " + ", ".join(members) + " }"
    if isinstance(value, list):
        return f"[{', '.join(_json(name, each, variables) for each in value)}]"
    if isinstance(value, str):
        read = variables.text(name, value, JSON)
        return f'"{"".join(map(str, read))}"'
    return json.dumps(value)
