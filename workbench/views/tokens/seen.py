"""The tokens that the bench has seen, newest first: for choosing, and over time."""

from collections.abc import Iterator, Sequence, Sized
from dataclasses import dataclass, field
from typing import Any, NamedTuple, Protocol

from workbench.am.reading.read_token import inspect_token
from workbench.am.realm import Realm
from workbench.am.tokens.inspection import Inspection
from workbench.views.calls.call import CallLike, body_json
from workbench.views.page.dates import read_date
from workbench.views.page.left_out import as_now
from workbench.views.page.plain import shorten
from workbench.views.tokens.claims import act_of, facts
from workbench.views.tokens.timeline import Span
from workbench.views.tokens.token import time_left

KINDS = ("access_token", "refresh_token", "id_token")
"""The members of an answer that are tokens."""

MOST = 20
"""How many tokens are offered."""


class TranscriptLike(Sized, Protocol):
    """The calls of a bench in order, and room for what was worked out of them."""

    memory: tuple[Any, Any]

    @property
    def total(self) -> int:
        """How many calls there have been, with those that are kept no longer."""

    @property
    def numbers(self) -> Sequence[int]:
        """The number of each call that is kept."""

    def __iter__(self) -> Iterator[CallLike]:
        """The calls, oldest first."""


@dataclass(frozen=True, slots=True)
class KnownToken:
    """A token that came in an answer. Its value never shows in the repr."""

    number: int  # of the call in the transcript, from 1
    kind: str
    value: str = field(repr=False)
    opened: Inspection

    @property
    def label(self) -> str:
        """Which call, what, about whom, and how long it lasts."""
        words = [f"{self.number}. {name_of(self.kind)}: {shorten(self.opened.sub)}"]
        act = act_of(self.opened)
        if act is not None:
            words.append(f"act {shorten(act.get('sub', ''))}")
        exp = facts(self.opened).get("exp")
        left = time_left("exp", exp, self.opened.now)
        if exp is not None and not left:
            left = f"exp {shorten(read_date(exp).text)}"
        state = left if self.opened.state == "active" else self.opened.state
        return ", ".join([*words, state])


def name_of(kind: str) -> str:
    """``access_token`` as people say it."""
    return kind.replace("_", " ").replace("id t", "ID t")


def known_tokens(
    transcript: TranscriptLike, realm: Realm, most: int = MOST
) -> list[KnownToken]:
    """The tokens of the latest answers, newest first, each once.

    Opening a token checks its signature, and several forms ask for the same, so the
    answer is remembered until something happens or time passes.
    """
    state = (transcript.total, realm.audit.total, realm.clock.now())
    if transcript.memory[0] != state:
        transcript.memory = (state, _opened(transcript, realm))
    known: list[KnownToken] = transcript.memory[1]
    return known[:most]


def _opened(transcript: TranscriptLike, realm: Realm) -> list[KnownToken]:
    found: dict[str, KnownToken] = {}
    shown = as_now(transcript)
    for number, call in reversed(list(zip(shown.numbers, shown, strict=True))):
        for kind, value in _tokens(call):
            if value not in found:
                opened = inspect_token(
                    realm, value, f"{name_of(kind)} of call {number}"
                )
                found[value] = KnownToken(number, kind, value, opened)
        if len(found) >= MOST:
            break
    return list(found.values())[:MOST]


def _tokens(call: CallLike) -> Iterator[tuple[str, str]]:
    if call.status != 200 or not call.body.startswith("{"):
        return
    body = body_json(call) or {}
    for kind in KINDS:
        if isinstance(body.get(kind), str):
            yield kind, body[kind]


class Exchanged(NamedTuple):
    """The tokens that an exchange was asked with; never in a repr.

    Attributes:
        number: Of the call in the transcript, from 1.
        subject: The subject token.
        actor: The actor token, or "".
    """

    number: int
    subject: str
    actor: str

    def __repr__(self) -> str:
        return f"<Exchanged in call {self.number}>"


def came_from(transcript: TranscriptLike, value: str) -> Exchanged | None:
    """What a token was exchanged for; None where no exchange is known that gave it."""
    shown = as_now(transcript)
    for number, call in reversed(list(zip(shown.numbers, shown, strict=True))):
        if value in call.body and value in (given for _, given in _tokens(call)):
            sent = dict(call.form)
            subject, actor = sent.get("subject_token"), sent.get("actor_token", "")
            return Exchanged(number, subject, actor) if subject else None
    return None


def spans(transcript: TranscriptLike, realm: Realm) -> list[Span]:
    """The same over time, oldest first, with when each was revoked."""
    tokens = known_tokens(transcript, realm)
    tokens.sort(key=lambda each: (each.number, KINDS.index(each.kind)))
    return [_span(token, realm) for token in tokens if _dated(token)]


def _dated(token: KnownToken) -> bool:
    return {"iat", "exp"} <= facts(token.opened).keys()


def _span(token: KnownToken, realm: Realm) -> Span:
    claims = facts(token.opened)
    gone = {claims.get("jti"), claims.get("authGrantId")}
    times = [event.time for event in realm.audit if gone & set(event.revoked)]
    revoked = token.opened.state == "revoked"
    dates = {name: read_date(claims[name]) for name in ("iat", "exp")}
    start = dates["iat"].seconds or realm.clock.now()
    return Span(
        label=f"{name_of(token.kind)} of call {token.number}",
        about=token.opened.sub,
        actor=str((act_of(token.opened) or {}).get("sub", "")),
        start=start,
        end=dates["exp"].seconds or start,
        revoked=times[0] if revoked and times else None,
        state=token.opened.state,
        odd=", ".join(
            f"{name} is {date.text}"
            for name, date in dates.items()
            if date.seconds is None
        ),
    )
