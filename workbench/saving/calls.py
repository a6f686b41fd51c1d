"""A call of the bench as JSON has it: octets as text where they are text."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from cattrs import Converter

from workbench.agent.calls import Call, Travelled
from workbench.agent.draft import Headers
from workbench.agent.history import History
from workbench.am.admin.audit import Event
from workbench.saving.converter import each_of
from workbench.saving.fault import Unfit

_OCTETS = "base64url"
"""The one member of an object that stands for octets that are no text."""


class SavedCalls(NamedTuple):
    """What is kept of a bench's calls.

    Attributes:
        most: How many are kept.
        left_out: How many earlier ones are gone.
        calls: Those that are there.
        names: The numbers of those that have a name; a file without has no such member.
    """

    most: int
    left_out: int
    calls: list[Travelled]
    names: dict[str, int]


def history_of(
    made: Converter, calls: History, audit: Sequence[Event]
) -> dict[str, Any]:
    """The calls of a bench as JSON has them, with the place of each one's event."""
    places = {id(event): place for place, event in enumerate(audit)}
    records = [_record_of(made, each, places) for each in calls]
    told = {"most": calls.most, "left_out": calls.left_out, "calls": records}
    return told | ({"names": calls.names} if calls.names else {})


def read_history(made: Converter, value: Any, audit: Sequence[Event]) -> SavedCalls:
    """The calls of a bench, each with its event among these.

    Raises:
        Exception: These are none; what a converter raises.
    """
    members = SavedCalls._fields
    if type(value) is not dict or tuple(value) not in (members[:3], members):
        raise Unfit("history: an object with most, left_out and calls belongs here")
    if type(value["calls"]) is not list:
        raise Unfit("history: calls are a list")
    most, left_out = (made.structure(value[name], int) for name in members[:2])
    if most < 1 or left_out < 0:
        raise Unfit("history: most is 1 or more, left_out 0 or more")
    items = enumerate(value["calls"])
    calls = each_of(items, lambda _, each: _call_of(made, each, audit))
    names = _names_of(made, value.get("names", {}))
    return SavedCalls(most, left_out, calls, names)


def _names_of(made: Converter, value: Any) -> dict[str, int]:
    """The number of each call that has a name."""
    if type(value) is not dict or not all(map(str.isprintable, value)):
        raise Unfit("history: names are an object, each a text of one line")
    names = {name: made.structure(number, int) for name, number in value.items()}
    if len(set(names.values())) < len(names):
        raise Unfit("history: a call has one name")
    return names


def _record_of(
    made: Converter, call: Call, places: Mapping[int, int]
) -> dict[str, Any]:
    travelled = call.travelled
    record: dict[str, Any] = {
        "method": travelled.method,
        "url": travelled.url,
        "sent": _headers(travelled.sent),
        "content": _text(made, travelled.content),
        "status": travelled.status,
        "received": _headers(travelled.received),
        "answer": _text(made, travelled.answer),
    }
    if travelled.reason:
        record["reason"] = travelled.reason
    if id(travelled.event) in places:
        record["event"] = places[id(travelled.event)]
    return record


def _call_of(made: Converter, record: Any, audit: Sequence[Event]) -> Travelled:
    members = Travelled._fields  # reason and event are left out where there is none
    needed = set(members) - set(Travelled._field_defaults)
    fits = type(record) is dict and needed <= set(record)
    if not fits or [each for each in members if each in record] != list(record):
        raise Unfit(f"an object with {', '.join(members)} belongs here")
    kinds: Mapping[str, Any] = {
        "method": str,
        "url": str,
        "sent": list[tuple[str, str]],
        "status": int,
        "received": list[tuple[str, str]],
        "reason": str,
    }
    record = {"reason": "", **record}
    parts = {name: made.structure(record[name], kind) for name, kind in kinds.items()}
    for name in ("sent", "received"):
        parts[name] = [tuple(map(_latin, pair)) for pair in parts[name]]
    for name in ("content", "answer"):
        parts[name] = _octets(made, record[name])
    if "event" in record:
        parts["event"] = _event_at(made.structure(record["event"], int), audit)
    return Travelled(**parts)


def _event_at(place: int, audit: Sequence[Event]) -> Event:
    if not 0 <= place < len(audit):
        raise Unfit("the place of an event in the audit trail belongs here")
    return audit[place]


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
