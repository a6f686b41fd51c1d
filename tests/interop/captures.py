"""A call as somebody captures it, in each of the forms that people paste."""

import json
from collections.abc import Callable
from email.utils import formatdate
from typing import Any

from workbench.agent.client import Call
from workbench.views.calls.curl import curl


def as_curl(call: Call) -> tuple[str, str | None]:
    """The command, and the answer as it was printed."""
    return curl(call), call.body


def as_http(call: Call) -> tuple[str, str | None]:
    """Request and answer as text, one below the other."""
    path = call.url.partition("am.example.com:8443")[2]
    sent = [f"POST {path} HTTP/1.1", "Host: am.example.com:8443"]
    sent += [f"{n}: {v}" for n, v in call.request_headers if n != "host"]
    came = [f"HTTP/1.1 {call.status} ", "Content-Type: application/json"]
    text = "\r\n".join([*sent, "", call.content.decode(), "", *came, "", call.body])
    return text, None


def entry_of(call: Call, at: int | None = None) -> dict[str, Any]:
    """The call as a browser's developer tools export it."""
    when = None if at is None else formatdate(at, usegmt=True)
    return {
        "request": {
            "method": call.method,
            "url": call.url,
            "headers": [{"name": n, "value": v} for n, v in call.request_headers],
            "postData": {
                "mimeType": "application/x-www-form-urlencoded",
                "text": call.content.decode(),
            },
        },
        "response": {
            "status": call.status,
            "headers": [{"name": "Date", "value": when}] if when else [],
            "content": {"text": call.body},
        },
    }


def as_har(*calls: Call) -> tuple[str, str | None]:
    """A whole session."""
    return json.dumps({"log": {"entries": [entry_of(each) for each in calls]}}), None


FORMS: dict[str, Callable[[Call], tuple[str, str | None]]] = {
    "curl": as_curl,
    "HTTP": as_http,
    "HAR": as_har,
}
