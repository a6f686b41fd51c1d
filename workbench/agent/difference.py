"""What two calls have in common, and what not."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias

from workbench.agent.calls import Call
from workbench.agent.draft import Draft
from workbench.agent.edited import parameters_of

Side: TypeAlias = Literal["request", "answer"]

_BY_ITSELF = frozenset(
    {"content-length", "host", "accept-encoding", "connection", "user-agent", "date"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Differing:
    """One thing in two calls; values stay out of the repr, for tokens are among them.

    Attributes:
        side: Of the request, or of the answer.
        part: ``method``, ``url``, ``header``, ``parameter``, ``status`` or ``member``.
        name: Of the header, parameter or member; "" elsewhere.
        first: In the first call, a list where it was repeated; None where it is absent.
        second: In the second call.
    """

    side: Side
    part: str
    name: str
    first: Any = field(repr=False)
    second: Any = field(repr=False)

    @property
    def change(self) -> Literal["kept", "changed", "added", "dropped"]:
        """What became of it from the first call to the second."""
        if self.first == self.second:
            return "kept"
        if self.first is None:
            return "added"
        return "dropped" if self.second is None else "changed"


@dataclass(frozen=True, slots=True, kw_only=True)
class CallDifference:
    """Two calls beside each other.

    Attributes:
        first: What the first is called, such as ``3 (first try)``.
        second: What the second is called.
        rows: All that either has, requests first.
    """

    first: str
    second: str
    rows: tuple[Differing, ...]

    @property
    def differing(self) -> tuple[Differing, ...]:
        """The rows that are not the same in both."""
        return tuple(row for row in self.rows if row.change != "kept")


def difference(first: Call, second: Call, names: tuple[str, str]) -> CallDifference:
    """Compare two calls: their requests, then their answers."""
    rows = [
        _row("request", "method", "", first.method, second.method),
        _row("request", "url", "", _place(first), _place(second)),
        *_rows("request", "header", _headers(first), _headers(second)),
        *_rows("request", "parameter", _together(first), _together(second)),
        _row("answer", "status", "", first.status, second.status),
        *_rows("answer", "member", _answer(first), _answer(second)),
    ]
    return CallDifference(first=names[0], second=names[1], rows=tuple(rows))


def _rows(
    side: Side, part: str, first: Mapping[str, Any], second: Mapping[str, Any]
) -> Iterable[Differing]:
    for name in dict.fromkeys([*first, *second]):
        yield _row(side, part, name, first.get(name), second.get(name))


def _row(side: Side, part: str, name: str, first: Any, second: Any) -> Differing:
    return Differing(side=side, part=part, name=name, first=first, second=second)


def _place(call: Draft) -> str:
    return call.url.partition("?")[0]


def _headers(call: Draft) -> dict[str, str]:
    return {n: v for n, v in call.request_headers if n not in _BY_ITSELF}


def _together(call: Draft) -> dict[str, Any]:
    """The parameters by name; a list where one is repeated."""
    found: dict[str, list[Any]] = {}
    for name, value in parameters_of(call):
        found.setdefault(name, []).append(value)
    return {name: v[0] if len(v) == 1 else v for name, v in found.items()}


def _answer(call: Call) -> dict[str, Any]:
    """The members of the answer, or its text, and where it redirects to."""
    headers = dict(call.response_headers)
    told = {n: headers[n] for n in ("location", "www-authenticate") if n in headers}
    try:
        body = json.loads(call.body)
    except (ValueError, RecursionError):
        body = call.body
    if isinstance(body, dict):
        return {**told, **body}
    return told | ({"body": body} if body else {})
