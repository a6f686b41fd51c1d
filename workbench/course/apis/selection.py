"""Which of several answers counts, and how that is explained."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Scored:
    """What an API answered.

    Attributes:
        api: The API's name.
        score: The risk, from 0 to 100.
        confidence: How sure it is, from 0 to 1.
        because: Its reason.
    """

    api: str
    score: int
    confidence: float
    because: str


@dataclass(frozen=True, slots=True)
class Unscored:
    """An API that gave no score.

    Attributes:
        api: The API's name.
        why: What it answered instead, without any token.
    """

    api: str
    why: str


def read_score(api: str, status: int, body: Any) -> Scored | Unscored:
    """An API's answer as it counts."""
    if status != 200:
        return Unscored(api, f"answered {status}{_description(body)}")
    found = body if isinstance(body, dict) else {}
    score, confidence = found.get("score"), found.get("confidence")
    if type(score) is not int or not isinstance(confidence, int | float):
        return Unscored(api, "answered 200, but no score")
    if not (0 <= score <= 100 and 0 <= confidence <= 1):
        return Unscored(api, "answered 200, but a score that is none")
    return Scored(api, score, float(confidence), str(found.get("because", "")))


def best(answers: Iterable[Scored | Unscored]) -> Scored | None:
    """The answer that counts: the surest; of equally sure ones the highest risk."""
    scored = [each for each in answers if isinstance(each, Scored)]
    return max(scored, key=lambda each: (each.confidence, each.score), default=None)


def explained(
    subject: str, actor: str, customer: str, answers: Iterable[Scored | Unscored]
) -> list[str]:
    """For the log: who acted for whom, what each API said, what counts and why."""
    heard = list(answers)
    lines = [f"{actor} acts for {subject} and asked about {customer}."]
    lines += [_heard(each) for each in heard]
    chosen = best(heard)
    if chosen is None:
        return [*lines, "No API gave a score, so there is no result."]
    others = [e for e in heard if isinstance(e, Scored) and e is not chosen]
    if not others:
        why = "no other gave a score"
    elif any(each.confidence == chosen.confidence for each in others):
        why = "of the surest it has the highest risk"
    else:
        why = "it is the surest"
    return [*lines, f"Risk {chosen.score} of 100, by {chosen.api}: {why}."]


def _heard(answer: Scored | Unscored) -> str:
    if isinstance(answer, Unscored):
        return f"{answer.api} {answer.why}."
    sure = f"{answer.confidence:.0%} sure"
    return f"{answer.api} says {answer.score}, {sure}. {answer.because}".rstrip()


def _description(body: Any) -> str:
    if not isinstance(body, dict):
        return ""
    said = body.get("error_description") or body.get("detail") or ""
    return f": {str(said)[:200].rstrip('.')}" if said else ""
