"""Whatever somebody pasted, read as what it is: curl, a HAR, HTTP as text; claims."""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from workbench.agent.captured.exchange import (
    CapturedAnswer,
    CapturedExchange,
    PasteError,
)
from workbench.agent.captured.har import read_har
from workbench.agent.captured.http_text import (
    REQUEST_LINE,
    read_answer,
    read_http,
    sent_at,
)
from workbench.agent.captured.strict import LARGEST, bounded, read_json
from workbench.agent.curl.command import curl_request
from workbench.am.basics.characters import HALF, all_whole
from workbench.am.basics.words import with_article

_CURL = re.compile(r"(?:^|[\s>$%#])curl(?:\.exe)?\s")


def read_exchange_text(
    text: str, answer: Any = None, entry: int | None = None
) -> CapturedExchange:
    """A captured request, and what came back.

    Args:
        text: A curl command, a HAR or an entry of one, or HTTP as text.
        answer: What came back, where the paste does not have it: text, the JSON as a
            mapping, or the status alone.
        entry: The number of a HAR's entry, from 1; None: it is searched for.

    Raises:
        PasteError: It is none of these, or damaged; says where.
        CommandError: A curl command that is damaged, or does something else.
    """
    found = _read(bounded(text, "The request", LARGEST), entry)
    if answer is None:
        return found
    given = answer_in(answer)
    at = sent_at(given) if found.at is None else found.at
    return replace(found, answer=given, at=at)


def answer_in(answer: Any) -> CapturedAnswer:
    """What came back, however it was given; raises PasteError as above."""
    if isinstance(answer, Mapping):
        return CapturedAnswer(None, (), dict(answer))
    if isinstance(answer, int) and not isinstance(answer, bool):
        return CapturedAnswer(answer, (), {}, whole=False)
    return read_answer(answer)


def read_claims(given: Any, what: str) -> dict[str, Any] | None:
    """Decoded claims, or an answer of introspection, however they were given.

    Args:
        given: A mapping, or its JSON as text; None for nothing.
        what: Whose they are, to begin a sentence with.

    Raises:
        PasteError: They are none.
    """
    if given is None:
        return None
    value = given
    if isinstance(given, str):
        value = read_json(bounded(given, what), what)
    if not isinstance(value, Mapping):
        kind = with_article(type(value).__name__)
        raise PasteError(f"{what}: an object of claims is needed, not {kind}.")
    if not all_whole(value):
        raise PasteError(f"{what}: a member {HALF}.")
    return {str(name): each for name, each in value.items()}


def _read(text: str, entry: int | None) -> CapturedExchange:
    if text[:1] in "{[":
        return read_har(text, entry)
    bounded(text, "The request")
    if _CURL.search(text[:200]):
        return _read_curl(text)
    if REQUEST_LINE.match(text.replace("\r\n", "\n")):
        return read_http(text)
    raise PasteError(
        "The request is none of what can be read: a curl command, a HAR or an entry of "
        "it, or HTTP as text that begins with POST and a URL."
    )


def _read_curl(text: str) -> CapturedExchange:
    left: list[str] = []

    def placeholder(name: str) -> str:
        left.append(name)
        return f"${name}"

    read = curl_request(text, placeholder)
    notes = list(read.notes)
    if left:
        names = ", ".join(f"${name}" for name in dict.fromkeys(left))
        notes.append(f"What {names} stood for is not in the command.")
    return CapturedExchange(
        method=read.method,
        url=read.url,
        headers=tuple((name.lower(), value) for name, value in read.headers),
        content=read.content or b"",
        notes=tuple(notes),
    )
