"""A call of the bench as JSON has it: octets as text where they are text."""

from collections.abc import Mapping
from typing import Any

from cattrs import Converter

from workbench.agent.calls import Call, Headers, Travelled
from workbench.saving.fault import Unfit

_OCTETS = "base64url"
"""The one member of an object that stands for octets that are no text."""


def record_of(made: Converter, call: Call) -> dict[str, Any]:
    """A call as JSON has it."""
    travelled = call.travelled
    return {
        "method": travelled.method,
        "url": travelled.url,
        "sent": _headers(travelled.sent),
        "content": _text(made, travelled.content),
        "status": travelled.status,
        "received": _headers(travelled.received),
        "answer": _text(made, travelled.answer),
    }


def call_of(made: Converter, record: Any) -> Travelled:
    """The parts of a call.

    Raises:
        Exception: It is no record of one; what a converter raises.
    """
    if type(record) is not dict or tuple(record) != Travelled._fields:
        raise Unfit(f"an object with {', '.join(Travelled._fields)} belongs here")
    kinds: Mapping[str, Any] = {
        "method": str,
        "url": str,
        "sent": list[tuple[str, str]],
        "status": int,
        "received": list[tuple[str, str]],
    }
    parts = {name: made.structure(record[name], kind) for name, kind in kinds.items()}
    for name in ("sent", "received"):
        parts[name] = [tuple(map(_latin, pair)) for pair in parts[name]]
    for name in ("content", "answer"):
        parts[name] = _octets(made, record[name])
    return Travelled(**parts)


def _headers(headers: Headers) -> list[list[str]]:
    return [[each.decode("latin-1") for each in pair] for pair in headers]


def _latin(text: str) -> bytes:
    try:
        return text.encode("latin-1")
    except UnicodeEncodeError:
        raise Unfit("a header is in Latin-1") from None


def _text(made: Converter, octets: bytes) -> Any:
    try:
        return octets.decode()
    except UnicodeDecodeError:
        return {_OCTETS: made.unstructure(octets)}


def _octets(made: Converter, value: Any) -> bytes:
    if type(value) is dict and list(value) == [_OCTETS]:
        found: bytes = made.structure(value[_OCTETS], bytes)
        return found
    if type(value) is not str:
        raise Unfit("a text, or octets in Base64url, belong here")
    try:
        return value.encode()
    except UnicodeEncodeError:
        raise Unfit("half a character is no text") from None
