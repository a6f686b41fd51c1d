"""Whether a change is one of what its sender has read (RFC 9110 section 13.1).

A revision stands for what can be read of a resource, so it says nothing of secrets, and
a new secret alone does not change it. AM's own are such numbers; how it makes them is
unknown.
"""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from workbench.server.admin.refusals import rest_error

ANY = "*"


def revision(body: Mapping[str, Any]) -> str:
    """The ``_rev`` of a resource, which is also its ETag."""
    text = json.dumps(body, sort_keys=True, default=str).encode()
    digest = hashlib.sha256(text).digest()
    return str(int.from_bytes(digest[:4], "big", signed=True))


def etag(text: str) -> str:
    """A revision as the header has it."""
    return f'"{text}"'


def require_match(if_match: str | None, current: str | None) -> None:
    """Refuse a change of another revision than the one that is there.

    Args:
        if_match: The header ``If-Match``, or None.
        current: What is there, or None where nothing is.

    Raises:
        RestError: It is another, or there is none.
    """
    if if_match is None:
        return
    if current is None:
        raise rest_error(404, hint="If-Match asks for one that is there already.")
    known = {each.strip().strip('"') for each in if_match.split(",")}
    if not known & {ANY, current}:
        raise rest_error(
            412, hint=f"It was changed since: its revision is {current} by now."
        )


def require_new(if_none_match: str | None, current: str | None, name: str) -> None:
    """Refuse to create what is there.

    Args:
        if_none_match: The header ``If-None-Match``, which can only be ``*``, or None.
        current: The revision of what is there, or None.
        name: The id.

    Raises:
        RestError: It is there, or the header is something else.
    """
    if if_none_match is None:
        return
    if if_none_match.strip() != ANY:
        raise rest_error(400, hint=f"If-None-Match is {ANY} and nothing else.")
    if current is not None:
        raise rest_error(
            412,
            f"The resource with ID '{name}' could not be created because there is "
            "already another resource with the same ID",
        )
