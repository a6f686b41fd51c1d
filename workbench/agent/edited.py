"""A request once more: as it was, or with some of its parameters changed."""

import json
from collections.abc import Mapping
from typing import Any, TypeAlias
from urllib.parse import parse_qsl, unquote_plus, urlencode, urlsplit, urlunsplit

import httpx

from workbench.agent.draft import Draft
from workbench.am.basics.words import with_article
from workbench.errors import SettingError
from workbench.server.request.json_body import JSON
from workbench.server.request.parameters import FORM

Value: TypeAlias = str | list[str] | None
"""What a parameter becomes; a list is sent as a repeated one, None leaves it out."""

Parameters: TypeAlias = tuple[tuple[str, Any], ...]

_OF_THE_BODY = frozenset({"content-length", "content-type", "transfer-encoding"})


def query_of(call: Draft) -> tuple[tuple[str, str], ...]:
    """The parameters in the URL, in the order sent."""
    return tuple(parse_qsl(urlsplit(call.url).query, keep_blank_values=True))


def parameters_of(call: Draft) -> Parameters:
    """What a request asks with: those of the query, the form and the JSON."""
    return (*query_of(call), *call.form, *_members(call).items())


def same_request(call: Draft) -> httpx.Request:
    """The request as it was, octet for octet."""
    return httpx.Request(call.method, call.url, headers=call.sent, content=call.content)


def edited_request(call: Draft, changes: Mapping[str, Any]) -> httpx.Request:
    """The request with other parameters, each where it stood.

    A parameter that is new goes into the form, into the JSON where JSON was sent, and
    into the query of a GET.

    Args:
        call: What was sent.
        changes: Other values by parameter; None leaves a parameter out.

    Raises:
        SettingError: The body is neither a form nor JSON's object.
    """
    query = query_of(call)
    in_query = {name for name, _ in query}
    if call.method in ("GET", "HEAD", "DELETE"):
        in_query |= set(changes)
    of_query = {name: v for name, v in changes.items() if name in in_query}
    of_body = {name: v for name, v in changes.items() if name not in in_query}
    parts = urlsplit(call.url)
    if of_query:
        parts = parts._replace(query=_changed(parts.query, of_query))
    kind, content = _body(call, of_body)
    headers = [
        (name, value) for name, value in call.sent if _name(name) not in _OF_THE_BODY
    ]
    if kind:
        headers.append((b"Content-Type", kind.encode("latin-1")))
    return httpx.Request(
        call.method, urlunsplit(parts), headers=headers, content=content
    )


def _body(call: Draft, changes: Mapping[str, Any]) -> tuple[str, bytes]:
    """The type of the new body and the body; no type where there is none."""
    kind = dict(call.request_headers).get("content-type", "")
    if not changes:
        return kind, call.content
    if call.sent_json:
        if not isinstance(json.loads(call.sent_json), dict):
            raise SettingError("The JSON that was sent is no object; nothing is named.")
        members = {n: v for n, v in _members(call).items() if n not in changes}
        members |= {n: v for n, v in changes.items() if v is not None}
        return kind, json.dumps(members).encode()
    if call.content and not kind.startswith(FORM):
        raise SettingError(
            f"The request has a body of the type {kind or 'unknown'}: parameters "
            f"stand in {FORM} or {JSON}."
        )
    return FORM, _changed(call.content.decode("latin-1"), changes).encode("latin-1")


def _changed(sent: str, changes: Mapping[str, Value]) -> str:
    """Encoded parameters with other values, each at its first place; new ones last.

    Whatever is not changed stays as it was written.

    Raises:
        SettingError: A value is no text, and half of a surrogate pair is none.
    """
    left, pieces = dict(changes), []
    for piece in filter(None, sent.split("&")):
        name = unquote_plus(piece.partition("=")[0])
        if name not in changes:
            pieces.append(piece)
        elif name in left:
            pieces += _pieces(name, left.pop(name))
    for name, value in left.items():
        pieces += _pieces(name, value)
    return "&".join(pieces)


def _pieces(name: str, value: Value) -> list[str]:
    if value is None:
        return []
    values = [value] if isinstance(value, str) else value
    if not isinstance(values, list) or not all(isinstance(v, str) for v in values):
        kind = with_article(type(value).__name__)
        raise SettingError(f"{name!r} is {kind}; a parameter is text, or a list of it.")
    try:
        return [urlencode({name: each}) for each in values]
    except UnicodeEncodeError as problem:
        raise SettingError(
            f"{name!a} has the character {problem.object[problem.start]!a}, which "
            "is half of a surrogate pair and no text."
        ) from None


def _members(call: Draft) -> dict[str, Any]:
    try:
        told = json.loads(call.sent_json or "null")
    except (ValueError, RecursionError):
        return {}
    return told if isinstance(told, dict) else {}


def _name(header: bytes) -> str:
    return header.decode("latin-1").lower()
