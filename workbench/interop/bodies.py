"""A script as AM's REST interface and frodo write it, taken as far as can be."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from workbench.am.rest.script_body import (
    Beside,
    context_in_body,
    language_in_body,
    source_in_body,
    version_in_body,
)
from workbench.errors import WorkbenchError

NO_VERSION = "The file says no evaluatorVersion: taken for {}."


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundScript:
    """A script in a file.

    Attributes:
        name: Its own name, or that of the file.
        source: The script.
        context: What the file says it is for, without the version; "" for nothing.
        evaluator_version: ``"1.0"`` or ``"2.0"``; "" where the file says nothing.
        language: ``JAVASCRIPT`` or ``GROOVY``; "" where the file says nothing.
        place: Where it stands in a file of several, such as ``result[2]``.
        problem: Why it cannot be taken, in a sentence; "" where it can.
        note: What was taken for granted of it; "" for nothing.
    """

    name: str
    source: str = ""
    context: str = ""
    evaluator_version: str = ""
    language: str = ""
    place: str = ""
    problem: str = ""
    note: str = ""


def read_body(
    body: Mapping[str, Any], name: str, place: str, beside: Beside
) -> FoundScript:
    """The script of one body.

    Args:
        body: The JSON object.
        name: What to call the script where it has no name.
        place: Where the body stands in its file; "" for the whole of it.
        beside: Reads another file that the body names.
    """
    own = body.get("name") or body.get("_id")
    called = own if isinstance(own, str) else name
    try:
        version = version_in_body(body)
        context = context_in_body(body)
        return FoundScript(
            name=called,
            source=source_in_body(body["script"], beside),
            context=context,
            evaluator_version=version,
            language=language_in_body(body, version),
            place=place,
            note="" if "evaluatorVersion" in body else NO_VERSION.format(version),
        )
    except WorkbenchError as problem:
        where = f"{place}: " if place else ""
        return FoundScript(name=called, place=place, problem=f"{where}{problem}")
