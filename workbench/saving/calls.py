"""A call of the bench as JSON has it: octets as text where they are text."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from cattrs import Converter

from workbench.agent.calls import Call, Headers, Transcript, Travelled
from workbench.saving.converter import each_of
from workbench.saving.fault import Unfit

_OCTETS = "base64url"
"""The one member of an object that stands for octets that are no text."""


class History(NamedTuple):
    """What is kept of a bench's calls.

    Attributes:
        most: How many are kept.
        left_out: How many earlier ones are gone.
        calls: Those that are there.
    """

    most: int
    left_out: int
    calls: list[Travelled]


def history_of(made: Converter, calls: Transcript) -> dict[str, Any]:
    """The calls of a bench as JSON has them."""
    records = [_record_of(made, each) for each in calls]
    return {"most": calls.most, "left_out": calls.left_out, "calls": records}


def read_history(made: Converter, value: Any) -> History:
    """The calls of a bench.

    Raises:
        Exception: These are none; what a converter raises.
    """
    if type(value) is not dict or tuple(value) != History._fields:
        raise Unfit("history: an object with most, left_out and calls belongs here")
    if type(value["calls"]) is not list:
        raise Unfit("history: calls are a list")
    most, left_out = (made.structure(value[name], int) for name in History._fields[:2])
    if most < 1 or left_out < 0:
        raise Unfit("history: most is 1 or more, left_out 0 or more")
    items = enumerate(value["calls"])
    return History(most, left_out, each_of(items, lambda _, each: _call_of(made, each)))


def _record_of(made: Converter, call: Call) -> dict[str, Any]:
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


def _call_of(made: Converter, record: Any) -> Travelled:
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
