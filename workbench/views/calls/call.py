"""One request and its answer, as a person reads it."""

import json
from http import HTTPStatus
from typing import Any, Protocol
from urllib.parse import urlsplit

from markupsafe import Markup

from workbench.am.basics.setting import remarks_on
from workbench.am.clients.client import Client
from workbench.views.page.html import bad, block, code, escape, good, page, table
from workbench.views.page.plain import (
    columns,
    disclosed_value,
    inline,
    limit_text,
    pretty,
    visible_text,
    without_tokens,
)

_AS_ALWAYS = frozenset(
    {"host", "accept-encoding", "connection", "user-agent", "content-length"}
)
LISTS = ("grant_types", "response_types")
"""What a client can have of which a part does nothing here."""

WHY = "Why:"
"""What stands before the reason of a refusal."""

_ANSWERS = frozenset({"content-type", "cache-control", "www-authenticate", "location"})


class RequestLike(Protocol):
    """One request, sent or not yet."""

    @property
    def method(self) -> str:
        """The HTTP method."""

    @property
    def url(self) -> str:
        """The full URL."""

    @property
    def request_headers(self) -> tuple[tuple[str, str], ...]:
        """In the order sent."""

    @property
    def form(self) -> tuple[tuple[str, str], ...]:
        """The form fields in the order sent."""

    @property
    def sent_json(self) -> str:
        """The body that was sent, where it is JSON; else ""."""


class CallLike(RequestLike, Protocol):
    """One request and its answer, as the client keeps it."""

    @property
    def status(self) -> int:
        """The HTTP status."""

    @property
    def response_headers(self) -> tuple[tuple[str, str], ...]:
        """In the order received."""

    @property
    def body(self) -> str:
        """The response body as text."""


def sent_headers(call: RequestLike) -> list[tuple[str, str]]:
    """The request headers that somebody chose, not those every client sends."""
    return [(n, v) for n, v in call.request_headers if not _usual(n.lower(), v)]


def _usual(name: str, value: str) -> bool:
    if name == "accept":
        return value == "*/*"
    if name == "content-type":
        return value.startswith("application/x-www-form-urlencoded")
    return name in _AS_ALWAYS


def status_line(call: CallLike) -> str:
    """The status with its reason phrase, such as ``400 Bad Request``."""
    try:
        return f"{call.status} {HTTPStatus(call.status).phrase}"
    except ValueError:
        return str(call.status)


def is_refused(call: CallLike) -> bool:
    """Whether the answer is an error."""
    return call.status >= 400


def body_json(call: CallLike) -> Any:
    """The response body read as JSON, or None where it is not JSON."""
    return _json(call.body)


def _json(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def target(call: RequestLike) -> str:
    """The URL with the tokens in its query elided."""
    return visible_text(without_tokens(call.url))


def path(call: RequestLike) -> str:
    """The last part of the URL's path, such as ``access_token``."""
    return visible_text(urlsplit(call.url).path.rpartition("/")[2])


def without_secrets(url: str) -> str:
    """A URL in which the secrets and tokens of the query are hidden, as the rest is."""
    base, mark, query = url.partition("?")
    pieces = []
    for piece in query.split("&"):
        name, sign, value = piece.partition("=")
        pieces.append(f"{name}{sign}{disclosed_value(name, value)}")
    return f"{base}{mark}{'&'.join(pieces)}"


def call_html(call: CallLike) -> str:
    """The request, its form, the answer."""
    request = [f"<p><b>{escape(call.method)}</b> {code(target(call))}</p>"]
    headers = [(n, code(disclosed_value(n, v))) for n, v in sent_headers(call)]
    if headers:
        request.append(table(("Request header", "Value"), headers, label="Headers"))
    if call.form:
        fields = [(code(n), code(inline(disclosed_value(n, v)))) for n, v in call.form]
        request.append(table(("Form field", "Value"), fields, label="Form fields sent"))
    if call.sent_json:
        request.append(block(body_shown(call.sent_json)))
    return page(f"{''.join(request)}{_answer_html(call)}")


def answer_html(call: CallLike) -> str:
    """The answer alone."""
    return page(_answer_html(call))


def _answer_html(call: CallLike) -> Markup:
    word = bad("refused") if is_refused(call) else good("answered")
    answers = [
        f"{code(f'{name}: {disclosed_value(name, value)}')}"
        for name, value in _answer_headers(call)
    ]
    lines = f"<br><small>{'<br>'.join(answers)}</small>" if answers else ""
    status = f"<p>{word} <b>{escape(status_line(call))}</b>{lines}</p>"
    body = block(body_shown(call.body)) if call.body else ""
    return Markup(f"{status}{_reason_html(call)}{body}{_remarks_html(call)}")


def _reason_html(call: CallLike) -> Markup:
    """Why it was answered so, in the size of what matters."""
    word, sign, rest = reason_shown(call).partition(WHY)
    if not sign:
        return Markup("<p>{}</p>").format(escape(word)) if word else Markup()
    return Markup("<p><b>{}</b>{}</p>").format(sign, escape(rest))


def _remarks_html(call: CallLike) -> Markup:
    lines = (Markup("<p><small>{}</small></p>").format(each) for each in _remarks(call))
    return Markup("").join(lines)


def _remarks(call: CallLike) -> list[str]:
    """What is good to know beside the answer.

    Whoever keeps the call may say something; and a client that registered itself can
    have what is not on this bench.
    """
    remarks = [str(getattr(call, "remark", ""))]
    body = body_json(call)
    if isinstance(body, dict) and "client_id" in body:
        lists = {n: body.get(n) for n in LISTS if isinstance(body.get(n), list)}
        remarks.append(remarks_on(Client, lists).strip())
    return [visible_text(remark) for remark in remarks if remark]


def reason_shown(call: CallLike) -> str:
    """Why the answer is what it is, which whoever keeps the call may know; or ""."""
    reason = visible_text(" ".join(str(getattr(call, "reason", "")).split()))
    return f"{WHY} {reason}" if reason and is_refused(call) else reason


def _answer_headers(call: CallLike) -> list[tuple[str, str]]:
    return [(n, v) for n, v in call.response_headers if n.lower() in _ANSWERS]


def body_shown(body: str) -> str:
    """A body for people: JSON over several lines, secrets hidden, tokens elided."""
    value = _json(body)
    return limit_text(body) if value is None else pretty(value)


def call_text(call: CallLike) -> str:
    """The same as text."""
    lines = [f"{visible_text(call.method)} {target(call)}"]
    lines += [
        f"{visible_text(n)}: {visible_text(disclosed_value(n, v))}"
        for n, v in sent_headers(call)
    ]
    if call.form:
        fields = [(n, inline(disclosed_value(n, v))) for n, v in call.form]
        lines.append(columns(fields, indent="  "))
    if call.sent_json:
        lines.append(visible_text(body_shown(call.sent_json), keep="\n"))
    lines.append(
        f"{'✗ refused' if is_refused(call) else '✓ answered'} {status_line(call)}"
    )
    lines += filter(None, [visible_text(reason_shown(call))])
    lines += [
        f"{visible_text(n)}: {visible_text(disclosed_value(n, v))}"
        for n, v in _answer_headers(call)
    ]
    if call.body:
        lines.append(visible_text(body_shown(call.body), keep="\n"))
    return "\n".join([*lines, *_remarks(call)])
