"""Who may call an API: the subject of the token, and who acts for it now."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from workbench.errors import SettingError

UNNAMED = ""
"""An actor whose ``act`` has no usable ``sub``; no policy can name it."""


@dataclass(frozen=True, slots=True)
class ApiPolicy:
    """What a token must say for an API to answer.

    Args:
        subjects: Whom the token may be about, such as ``(age!data-agent)``.
        actors: Who may act for them at the moment; None or empty: nobody acts.
        scope: What the token must allow.

    Raises:
        SettingError: It names nobody, or no scope, or one name is no text.
    """

    subjects: frozenset[str]
    actors: frozenset[str] | None
    scope: str = "read"

    def __post_init__(self) -> None:
        subjects = _names("subjects", self.subjects)
        if not subjects:
            raise SettingError("subjects names nobody.", about="subjects")
        object.__setattr__(self, "subjects", subjects)
        actors = _names("actors", self.actors or ())
        object.__setattr__(self, "actors", actors or None)
        if not isinstance(self.scope, str) or len(self.scope.split()) != 1:
            raise SettingError("scope is one scope, such as 'read'.", about="scope")


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a policy says of a token whose signature and audience are right.

    Attributes:
        allowed: Whether the API answers.
        reason: Why, in a sentence.
        lacking: The scope that the token lacks; "" where scope is not the reason.
    """

    allowed: bool
    reason: str
    lacking: str = ""


def actors_of(claims: Mapping[str, Any]) -> tuple[str, ...]:
    """Who acts: the current actor first, then whoever acted before (RFC 8693, 4.1)."""
    found, level = [], claims
    while isinstance(level, Mapping) and "act" in level:
        level = level["act"]
        sub = level.get("sub") if isinstance(level, Mapping) else None
        found.append(sub if isinstance(sub, str) else UNNAMED)
    return tuple(found)


def decide(policy: ApiPolicy, claims: Mapping[str, Any]) -> Verdict:
    """Whether the API answers this subject and this current actor.

    Earlier actors, nested in ``act``, never count: they are there for the log alone
    (RFC 8693, section 4.1).
    """
    lacking = lacks_scope(policy, claims)
    if lacking is not None:
        return lacking
    subject, actors = claims.get("sub"), actors_of(claims)
    if subject not in policy.subjects:
        return Verdict(False, f"The policy names {_list(policy.subjects)}, not it.")
    if policy.actors is None:
        if actors:
            return Verdict(False, "The policy lets nobody act, and somebody does.")
        return Verdict(True, "The policy names the subject, and nobody acts.")
    if not actors:
        return Verdict(
            False, f"Nobody acts, and the policy wants {_list(policy.actors)} to."
        )
    if actors[0] not in policy.actors:
        earlier = policy.actors & set(actors[1:])
        before = f" {_list(earlier)} acted earlier, which does not count."
        return Verdict(
            False,
            f"The policy lets {_list(policy.actors)} act, not the current actor."
            f"{before if earlier else ''}",
        )
    return Verdict(True, "The policy names the subject and the current actor.")


def lacks_scope(policy: ApiPolicy, claims: Mapping[str, Any]) -> Verdict | None:
    """What is said where the token lacks the policy's scope; None where it has it."""
    scopes = claims.get("scope", ())
    granted = scopes.split() if isinstance(scopes, str) else scopes
    if isinstance(granted, list | tuple) and policy.scope in granted:
        return None
    return Verdict(
        False, f"The token has no scope {policy.scope}.", lacking=policy.scope
    )


def _names(about: str, names: Iterable[str]) -> frozenset[str]:
    if isinstance(names, str):
        raise SettingError(
            f"{about} is a list of names, such as ['(age!data-agent)'].", about=about
        )
    found = frozenset(names)
    if not all(isinstance(each, str) and each.strip() for each in found):
        raise SettingError(f"{about} has a name that is no text.", about=about)
    return found


def _list(names: Iterable[str]) -> str:
    return " or ".join(sorted(names))
