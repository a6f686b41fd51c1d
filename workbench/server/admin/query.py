"""Which of a collection is asked for: ``_queryFilter``, pages and ``_fields``.

The parameters are those of AM's common REST. Of its filters the bench reads ``true``
and an equality; any other is refused, never passed over.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from workbench.server.admin.refusals import rest_error, unreadable
from workbench.server.request.parameters import RequestParameters

EQUALITY = re.compile(
    r"""\s*/?(?P<field>[A-Za-z_]\w*)\s+eq\s+
    (?:"(?P<double>(?:[^"\\]|\\.)*)"|'(?P<single>(?:[^'\\]|\\.)*)')\s*\Z""",
    re.VERBOSE | re.DOTALL,
)
NUMBER = re.compile(r"[0-9]{1,9}\Z")

FILTER = "_queryFilter"
SIZE, OFFSET, COOKIE = "_pageSize", "_pagedResultsOffset", "_pagedResultsCookie"
POLICY, FIELDS = "_totalPagedResultsPolicy", "_fields"

ALWAYS = ("_id", "_rev")
"""What is told of a resource, whatever ``_fields`` says."""


@dataclass(frozen=True, slots=True)
class Equality:
    """A filter: one field has one value."""

    field: str
    value: str


@dataclass(frozen=True, slots=True)
class Page:
    """A part of a list.

    Attributes:
        start: How many come before it.
        size: How many it has at most; None for all.
        counted: Whether the whole number is told as well.
    """

    start: int = 0
    size: int | None = None
    counted: bool = False

    def of(self, ids: Sequence[str]) -> Sequence[str]:
        """Those that it has."""
        end = None if self.size is None else self.start + self.size
        return ids[self.start : end]

    def envelope(self, result: list[Any], total: int) -> dict[str, Any]:
        """What AM puts around a result.

        Args:
            result: The resources of the page.
            total: How many there are in all.
        """
        after = self.start + (total if self.size is None else self.size)
        return {
            "result": result,
            "resultCount": len(result),
            "pagedResultsCookie": str(after) if after < total else None,
            "totalPagedResultsPolicy": "EXACT" if self.counted else "NONE",
            "totalPagedResults": total if self.counted else -1,
            "remainingPagedResults": -1 if self.size is None else max(total - after, 0),
        }


def filter_of(query: RequestParameters, known: Sequence[str]) -> Equality | None:
    """What is looked for; None for everything.

    Args:
        query: The parameters of the URL.
        known: The fields that can be asked for.

    Raises:
        RestError: There is no filter, or none that the bench reads.
    """
    text = query.get(FILTER)
    if text is None:
        raise rest_error(400, hint=f"A list needs {FILTER}, such as {FILTER}=true.")
    if text.strip() == "true":
        return None
    found = EQUALITY.match(text)
    if found is None:
        raise unreadable(text[:200], FILTER, "a valid query filter")
    if found["field"] not in known:
        raise rest_error(
            400,
            f"The field '{found['field'][:80]}' is not supported in {FILTER}",
            hint=f"Here one can look for {' or '.join(known)}.",
        )
    quoted = found["double"] if found["double"] is not None else found["single"]
    return Equality(found["field"], re.sub(r"\\(.)", r"\1", quoted, flags=re.DOTALL))


def page_of(query: RequestParameters) -> Page:
    """Which part is asked for.

    Raises:
        RestError: A parameter is no number, or two say where the page begins.
    """
    cookie, offset = query.get(COOKIE), query.get(OFFSET)
    if cookie is not None and offset is not None:
        raise rest_error(400, f"Send {COOKIE} or {OFFSET}, not both")
    start = _number(query, COOKIE if offset is None else OFFSET) or 0
    size = _number(query, SIZE) or None  # 0: no pages
    return Page(start, size, (query.get(POLICY) or "").upper() == "EXACT")


def chosen(query: RequestParameters, body: Mapping[str, Any]) -> dict[str, Any]:
    """The resource with the fields that are asked for."""
    fields = query.get(FIELDS)
    if fields is None:
        return dict(body)
    kept = {name: body[name] for name in ALWAYS if name in body}
    for pointer in fields.split(","):
        names = [each for each in pointer.strip().split("/") if each]
        _keep(kept, body, names)
    return kept


def _keep(into: dict[str, Any], source: Any, names: list[str]) -> None:
    """Copy what a pointer such as ``advancedOAuth2ClientConfig/grantTypes`` names."""
    if not names or not isinstance(source, Mapping) or names[0] not in source:
        return
    first, rest = names[0], names[1:]
    if not rest:
        into[first] = source[first]
        return
    if not isinstance(source[first], Mapping):
        return
    inner = into.setdefault(first, {})
    if isinstance(inner, dict) and inner is not source[first]:
        _keep(inner, source[first], rest)


def _number(query: RequestParameters, name: str) -> int | None:
    text = query.get(name)
    if text is None:
        return None
    if not NUMBER.match(text):
        raise unreadable(text[:80], name, "a valid integer")
    return int(text)
