"""An HTTP message as text: a request, and an answer below it or alone (RFC 9112)."""

import re
from datetime import UTC
from email.utils import parsedate_to_datetime

from workbench.agent.captured.exchange import (
    CapturedAnswer,
    CapturedExchange,
    Headers,
    PasteError,
)
from workbench.agent.captured.strict import bounded, read_json
from workbench.am.basics.secrets import safe_text
from workbench.server.request.parameters import FORM

REQUEST_LINE = re.compile(r"([A-Z]{3,10}) (\S+)(?: HTTP/\d(?:\.\d)?)?[ \t]*(?:\n|\Z)")
STATUS_LINE = re.compile(r"HTTP/\d(?:\.\d)? (\d{3})(?: [^\n]*)?(?:\n|\Z)")
_ANSWER_BELOW = re.compile(r"^HTTP/\d(?:\.\d)? \d{3}\b", re.MULTILINE)
_HEADER = re.compile(r"([!#$%&'*+.^_`|~\w-]+):(.*)", re.ASCII)
_STATUS_ALONE = re.compile(r"(\d{3})\b[^\n{]*\n*")


def read_http(text: str) -> CapturedExchange:
    """A request as text, with its answer where that stands below.

    Raises:
        PasteError: A line is none of HTTP; the message has its number.
    """
    text = text.replace("\r\n", "\n")
    below = _ANSWER_BELOW.search(text)
    sent = text[: below.start()] if below else text
    line = REQUEST_LINE.match(sent)
    if line is None:
        raise PasteError(
            "Line 1 is no request line, such as POST /am/oauth2/access_token HTTP/1.1."
        )
    headers, body = _parts(sent[line.end() :], 2)
    answer = read_answer(text[below.start() :]) if below else None
    notes: tuple[str, ...] = ()
    if "content-type" not in dict(headers) and "grant_type=" in body:
        headers = (*headers, ("content-type", FORM))
        notes = ("The request has no Content-Type; it was read as a form.",)
    return CapturedExchange(
        method=line[1],
        url=_url(line[2], dict(headers)),
        headers=headers,
        content="".join(body.split("\n")).strip().encode(),
        answer=answer,
        at=sent_at(answer),
        notes=notes,
    )


def read_answer(text: str) -> CapturedAnswer:
    """An answer: a status line with headers and body, or the body alone.

    Raises:
        PasteError: It cannot be read, or is too long.
    """
    text = bounded(text, "The answer").replace("\r\n", "\n")
    status: int | None = None
    headers: Headers = ()
    body = text
    if line := STATUS_LINE.match(text):
        status = int(line[1])
        headers, body = _parts(text[line.end() :], 2)
    elif alone := _STATUS_ALONE.match(text):
        status, body = int(alone[1]), text[alone.end() :]
    return answer_of(status, headers, body)


def answer_of(status: int | None, headers: Headers, body: str) -> CapturedAnswer:
    """The same from its parts; a body that does not begin as JSON is none."""
    body = body.strip()
    if not body.startswith("{"):
        return CapturedAnswer(status, headers, {}, whole=bool(body or headers))
    return CapturedAnswer(status, headers, read_json(body, "The answer"))


def sent_at(answer: CapturedAnswer | None) -> int | None:
    """When an answer was made, as its Date says; None where it does not."""
    date = dict(answer.headers).get("date") if answer else None
    try:
        read = parsedate_to_datetime(date or "")
    except (TypeError, ValueError, OverflowError):
        return None
    return int((read if read.tzinfo else read.replace(tzinfo=UTC)).timestamp())


def _parts(text: str, first: int) -> tuple[Headers, str]:
    """Headers and body; ``first`` is the number of the first line."""
    head, _, body = text.partition("\n\n") if text[:1] != "\n" else ("", "", text)
    headers = []
    for number, line in enumerate(filter(None, head.split("\n")), first):
        read = _HEADER.fullmatch(line)
        if read is None:
            raise PasteError(f"Line {number} is no header, such as Name: value.")
        headers.append((read[1].lower(), read[2].strip()))
    return tuple(headers), body


def _url(target: str, headers: dict[str, str]) -> str:
    if not target.startswith("/"):
        return target
    host = safe_text(headers.get("host", "am.example.com:8443"))
    return f"https://{host}{target}"
