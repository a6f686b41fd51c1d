"""The question to a scope validation script, and what it answered."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from workbench.am.clients.client import Client
from workbench.am.people.user import User
from workbench.am.scopes.scope import split_scope
from workbench.am.scripts.plugin import ACCESS as ACCESS
from workbench.am.scripts.plugin import AUTHORIZATION as AUTHORIZATION
from workbench.am.scripts.plugin import REFRESH as REFRESH
from workbench.am.scripts.script import ScriptOutcome

NOTHING_LEFT = "The resource owner or authorization server denied the request."
"""What is answered where a script lets no scope pass: the status was measured, the text
is OpenAM's for ``access_denied``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ScopeQuestion:
    """Scopes that somebody asks for.

    Attributes:
        client: Who asks.
        scope: The parameter as it came, or None.
        entry: The function that a script is asked with.
        granted: The scopes of the grant that is refreshed; () of any other.
        user: The person whom the token is about, or None.
        sub: The subject where it need not be the client's own, or "".
        properties: Gives what a script sees of the request.
    """

    client: Client
    scope: str | None
    entry: str = ACCESS
    granted: tuple[str, ...] = ()
    user: User | None = None
    sub: str = ""
    properties: Callable[[], Mapping[str, Any]] = dict

    @property
    def refreshes(self) -> bool:
        """Whether a grant is refreshed, which may have no scope at all."""
        return self.entry == REFRESH

    @property
    def wanted(self) -> tuple[str, ...]:
        """The scopes asked for, or those that are given where none is."""
        return split_scope(self.scope) or (
            self.granted if self.refreshes else self.client.default_scopes
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ScopeAnswer:
    """What the script let pass.

    Attributes:
        scopes: The scopes; none is left where nothing passed.
        refused: Why the script refused the request, or "".
        inherits: Whether a refresh token gets these scopes, too.
        outcome: The script's.
    """

    scopes: tuple[str, ...] = ()
    refused: str = ""
    inherits: bool = False
    outcome: ScriptOutcome = field(repr=False)
