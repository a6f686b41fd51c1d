"""The scopes that a grant gives; an exchange has rules of its own.

Sources: RFC 6749 section 3.3; PingAM 8.1 "Scope validation".
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from workbench.am.scope import (
    NOTHING_LEFT,
    allowed_scopes,
    requested,
    split_scope,
    unknown_scopes,
)
from workbench.am.scope_validation import ScopeAnswer, ScopeQuestion, validated
from workbench.am.scripts import ScriptOutcome
from workbench.errors import InvalidScope, NoScopeLeft

if TYPE_CHECKING:
    from workbench.am.realm import Realm


class ScopeRefused(InvalidScope):
    """A script refused the scopes asked for.

    Attributes:
        outcome: The script's.
    """

    def __init__(self, answer: ScopeAnswer) -> None:
        name = answer.outcome.script.name
        super().__init__(
            answer.refused, hint=f"The scope validation script {name} refused it."
        )
        self.outcome = answer.outcome


class ScopeDenied(NoScopeLeft):
    """A script let no scope pass.

    Attributes:
        outcome: The script's.
    """

    def __init__(self, answer: ScopeAnswer) -> None:
        name = answer.outcome.script.name
        super().__init__(
            NOTHING_LEFT, hint=f"The scope validation script {name} let none pass."
        )
        self.outcome = answer.outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class GrantedScopes:
    """The scopes of a new token, and the script that was asked, if one was.

    Attributes:
        scopes: Those of the access token.
        inherits: Whether a refresh token gets these, and not those of its grant.
        scripts: The script's outcome, or nothing.
    """

    scopes: tuple[str, ...]
    inherits: bool = False
    scripts: tuple[ScriptOutcome, ...] = ()


def granted_scopes(realm: "Realm", asked: ScopeQuestion) -> GrantedScopes:
    """What the client's script, or else its registration, lets it have.

    Raises:
        InvalidScope: It may not have one of them, there are none, or a script
            refused them.
        ScopeDenied: A script left none.
        ScriptFailed: The script did.
    """
    answer = validated(realm, asked)
    if answer is None:
        return GrantedScopes(scopes=_registered(asked))
    if answer.refused:
        raise ScopeRefused(answer)
    if not answer.scopes:
        raise ScopeDenied(answer)
    return GrantedScopes(
        scopes=answer.scopes, inherits=answer.inherits, scripts=(answer.outcome,)
    )


def _registered(asked: ScopeQuestion) -> tuple[str, ...]:
    """The scopes asked for, all of which the client, or the grant, must have."""
    client = asked.client
    if asked.granted:
        return _narrowed(asked)
    found = requested(client, asked.scope)
    if found.problem:
        raise InvalidScope(
            found.problem,
            hint=f"{client.client_id} may have: {allowed_scopes(client)}.",
        )
    return found.scopes


def _narrowed(asked: ScopeQuestion) -> tuple[str, ...]:
    unknown = [each for each in split_scope(asked.scope) if each not in asked.granted]
    if unknown:
        raise InvalidScope(
            unknown_scopes(unknown),
            hint=f"Refreshing may only narrow the scope: {' '.join(asked.granted)}.",
        )
    return asked.wanted
