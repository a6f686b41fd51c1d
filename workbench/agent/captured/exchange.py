"""A request and its answer as they were captured; tokens and secrets stay unsaid."""

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

from workbench.am.clients.grant_types import TOKEN_EXCHANGE
from workbench.errors import WorkbenchError
from workbench.server.request.parameters import FORM

Headers = tuple[tuple[str, str], ...]


class PasteError(WorkbenchError):
    """A pasted request, answer or claims cannot be read; says where, and no value."""


@dataclass(frozen=True, slots=True)
class CapturedAnswer:
    """What came back.

    Attributes:
        status: Of HTTP; None where the paste does not say.
        headers: Those of the answer.
        body: Its JSON, where it is an object; else {}.
        whole: Whether the body is known, and not the status alone.
    """

    status: int | None
    headers: Headers = field(default=(), repr=False)
    body: dict[str, Any] = field(default_factory=dict, repr=False)
    whole: bool = True

    @property
    def error(self) -> str:
        """The OAuth error code, or ""."""
        return str(self.body.get("error", ""))

    @property
    def description(self) -> str:
        """The error_description, or ""."""
        return str(self.body.get("error_description", ""))

    @property
    def refused(self) -> bool:
        """Whether it says no, or nothing that can be read."""
        nothing = self.status is None and not self.body
        return bool(self.error) or nothing or (self.status or 0) >= 400


@dataclass(frozen=True, slots=True, kw_only=True)
class CapturedExchange:
    """What was sent, and what came back.

    Attributes:
        method: Of HTTP.
        url: As it was asked.
        headers: Those of the request, names in lower case.
        content: Its body.
        answer: What came back; None where the paste has none.
        at: When it was sent, in seconds since the epoch; None where it does not say.
        notes: What is good to know of how it was read.
    """

    method: str
    url: str = field(repr=False)
    headers: Headers = field(repr=False)
    content: bytes = field(repr=False)
    answer: CapturedAnswer | None = None
    at: int | None = None
    notes: tuple[str, ...] = ()

    @property
    def content_type(self) -> str:
        """The Content-Type, or ""."""
        return dict(self.headers).get("content-type", "")

    @property
    def form(self) -> tuple[tuple[str, str], ...]:
        """The parameters in order; empty where there was no form."""
        if not self.content_type.lower().startswith(FORM):
            return ()
        body = self.content.decode("utf-8", "replace")
        return tuple(parse_qsl(body, keep_blank_values=True))

    @property
    def is_exchange(self) -> bool:
        """Whether it asks for a token exchange."""
        return ("grant_type", TOKEN_EXCHANGE) in self.form
