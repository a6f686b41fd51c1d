"""A HAR (HTTP Archive 1.2): the token request in it, with its answer."""

import base64
import binascii
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from workbench.agent.captured.exchange import (
    CapturedAnswer,
    CapturedExchange,
    Headers,
    PasteError,
)
from workbench.agent.captured.http_text import answer_of, sent_at
from workbench.agent.captured.strict import SHORT, member, read_json
from workbench.am.basics.words import counted
from workbench.server.request.parameters import FORM

MOST = 50_000
"""Entries of a HAR."""


def read_har(text: str, entry: int | None = None) -> CapturedExchange:
    """The token request of a HAR, or of one of its entries.

    Of several the last that was refused is taken, else the last.

    Args:
        text: A HAR, a list of entries, or one entry.
        entry: The number of the entry, from 1; None: it is searched for.

    Raises:
        PasteError: It is none, holds no token exchange, or has no such entry.
    """
    entries, place = _entries(read_json(text, "The HAR"))
    if entry is not None:
        if not 1 <= entry <= len(entries):
            known = counted(len(entries), "entry")
            raise PasteError(f"The HAR has {known}, and no number {entry}.")
        return _read(entries[entry - 1], f"{place}[{entry - 1}]", "")
    numbers = [n for n, each in enumerate(entries) if _asks_for_one(each)]
    if not numbers:
        known = counted(len(entries), "entry")
        raise PasteError(f"No token exchange is in the HAR, which has {known}.")
    refused = [n for n in numbers if _status(entries[n]) >= 400]
    chosen = (refused or numbers)[-1]
    what = "the last token exchange that was refused" if refused else "the last one"
    told = f"Taken from the HAR: entry {chosen + 1} of {len(entries)}, {what}."
    return _read(entries[chosen], f"{place}[{chosen}]", told if entries[1:] else "")


def _entries(value: Any) -> tuple[Sequence[Any], str]:
    if isinstance(value, dict) and "request" in value:
        return [value], "$"
    if isinstance(value, list):
        found, place = value, "$"
    else:
        log = member(value, "log", dict, "$")
        found, place = member(log, "entries", list, "$.log"), "$.log.entries"
    if not found or len(found) > MOST:
        raise PasteError(f"{place} has {counted(len(found), 'entry')}.")
    return found, place


def _asks_for_one(entry: Any) -> bool:
    """Whether it may be a token exchange; damaged ones are none."""
    try:
        return _read(entry, "$", "").is_exchange
    except PasteError:
        return False


def _status(entry: Any) -> int:
    response = entry.get("response") if isinstance(entry, dict) else None
    status = response.get("status") if isinstance(response, dict) else None
    return status if isinstance(status, int) else 0


def _read(entry: Any, place: str, note: str) -> CapturedExchange:
    request = member(entry, "request", dict, place)
    inside = f"{place}.request"
    headers = _headers(request, inside)
    kind, body = _posted(request, inside)
    if kind and "content-type" not in dict(headers):
        headers = (*headers, ("content-type", kind))
    answer = _answer(entry, place)
    at = _started(entry.get("startedDateTime"))
    return CapturedExchange(
        method=member(request, "method", str, inside),
        url=member(request, "url", str, inside),
        headers=headers,
        content=body.encode(),
        answer=answer,
        at=sent_at(answer) if at is None else at,
        notes=(note,) if note else (),
    )


def _headers(message: Any, place: str) -> Headers:
    pairs = _pairs(message, "headers", place)
    return tuple((name.lower(), value) for name, value in pairs)


def _pairs(value: Any, name: str, place: str) -> Headers:
    """Names and values in a list; an empty one where there is none."""
    if value.get(name) is None:
        return ()
    return tuple(
        (
            member(each, "name", str, f"{place}.{name}[{number}]"),
            member(each, "value", str, f"{place}.{name}[{number}]"),
        )
        for number, each in enumerate(member(value, name, list, place))
    )


def _posted(request: Any, place: str) -> tuple[str, str]:
    """The type of what was posted, and the body."""
    if request.get("postData") is None:
        return "", ""
    data = member(request, "postData", dict, place)
    place = f"{place}.postData"
    kind = str(data.get("mimeType") or FORM)
    text = data.get("text")
    if isinstance(text, str) and text:
        if len(text) > SHORT:
            raise PasteError(f"{place}.text has more than {SHORT} characters.")
        return kind, text
    return kind, urlencode(_pairs(data, "params", place))


def _answer(entry: Any, place: str) -> CapturedAnswer | None:
    if entry.get("response") is None:
        return None
    response = member(entry, "response", dict, place)
    place = f"{place}.response"
    status = member(response, "status", int, place)
    if status == 0:  # a browser's word for: nothing came
        return None
    content = response.get("content")
    text = content.get("text", "") if isinstance(content, dict) else ""
    if not isinstance(text, str) or len(text) > SHORT:
        raise PasteError(f"{place}.content.text is no text, or too long.")
    if isinstance(content, dict) and content.get("encoding") == "base64":
        text = _decoded(text, place)
    return answer_of(status, _headers(response, place), text)


def _decoded(text: str, place: str) -> str:
    try:
        return base64.b64decode(text, validate=True).decode("utf-8", "replace")
    except (binascii.Error, ValueError):
        raise PasteError(f"{place}.content.text is no Base64.") from None


def _started(value: Any) -> int | None:
    try:
        return int(datetime.fromisoformat(str(value)).timestamp())
    except (ValueError, OverflowError, OSError):
        return None
