"""What an answer is that is no JSON, in a sentence that shows nothing of it."""

from http import HTTPStatus
from urllib.parse import parse_qsl, urlsplit

from workbench.errors import NotYet


class NotJson(NotYet, ValueError):
    """An answer was read as JSON that is none, such as that of a redirect."""


def not_json(status: int, headers: dict[str, str], body: str) -> NotJson:
    """The error that says what came instead.

    Args:
        status: The HTTP status.
        headers: Those of the answer, by their names in small letters.
        body: The answer's body; nothing of it is in the message.
    """
    what = [f"The answer ({_status(status)}) is not JSON: {_body(headers, body)}."]
    if target := headers.get("location"):
        what.append(f"It redirects to {_without_values(target)}.")
    return NotJson(" ".join(what))


def _status(status: int) -> str:
    try:
        return f"{status} {HTTPStatus(status).phrase}"
    except ValueError:
        return str(status)


def _body(headers: dict[str, str], body: str) -> str:
    if not body:
        return "it has no body"
    if not body.strip():
        return "its body is only of white space"
    start, kind = body.lstrip()[:1], headers.get("content-type", "of no type")
    if start == "<":
        html = any(tag in body[:2000].lower() for tag in ("<html", "<!doctype html"))
        return f"it is {'an HTML page' if html else 'markup'} ({kind})"
    if start in ("{", "["):
        return f"its body begins like JSON and is broken ({kind})"
    return f"its body is text ({kind})"


def _without_values(target: str) -> str:
    """Where a redirection goes, and what it brings, by name alone."""
    parts = urlsplit(target)
    names = [
        name
        for part in (parts.query, parts.fragment)
        for name, _ in parse_qsl(part, keep_blank_values=True)
    ]
    where = parts._replace(query="", fragment="").geturl()
    return f"{where}, with {', '.join(dict.fromkeys(names))}" if names else where
