"""What an access token modification script makes of an access token.

Source: PingAM 8.1 "Access token modification". The script can set and remove any
claim; a token that lost what AM relies on can be issued, but not used.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from workbench.am.basics.types import NewClaims
from workbench.am.scripts.script import ScriptFailed, ScriptOutcome, with_error

MODIFICATION_FAILED = "Error running access token modification plugin"
"""All that the wire learns of a failed script (measured)."""

WHOLE = {"auth_level", "auth_time", "exp", "expires_in", "iat", "nbf"}
"""Claims of AM's own that are whole numbers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ModifiedToken:
    """An access token after the script, before it is signed or stored.

    Attributes:
        claims: Its claims.
        extra: Members that the token response gets beside its own.
        value: What a server-side token shall be called, or "" where nobody cares.
        outcome: The script's, or None where none ran.
    """

    claims: NewClaims
    extra: Mapping[str, Any] = field(default_factory=dict)
    value: str = field(default="", repr=False)
    outcome: ScriptOutcome | None = None

    @property
    def is_renamed(self) -> bool:
        """Whether it says of itself that it is no access token any more."""
        return self.claims.get("tokenName") != "access_token"


def modify(claims: NewClaims, outcome: ScriptOutcome) -> ModifiedToken:
    """The token after a script that ended well.

    Args:
        claims: As they were before.
        outcome: Its result says what to set, what to remove, and what to add to the
            response.

    Raises:
        ScriptFailed: The result is none.
    """
    result = outcome.result
    if not _fits(result):
        failed = with_error(outcome, "The script engine gave no changes of a token.")
        raise ScriptFailed(MODIFICATION_FAILED, failed)
    kept = {name: claims[name] for name in claims if name not in result["removed"]}
    return ModifiedToken(
        claims=_in_whole_numbers(kept | result["set"]),
        extra=result["extra"],
        value=result["id"],
        outcome=outcome,
    )


def _in_whole_numbers(claims: NewClaims) -> NewClaims:
    """AM's own numbers as it keeps them: a script's numbers are doubles (inferred)."""
    for name in WHOLE & claims.keys():
        value = claims[name]
        if isinstance(value, float) and value.is_integer():
            claims[name] = int(value)
    return claims


def _fits(result: Any) -> bool:
    return (
        isinstance(result, dict)
        and isinstance(result.get("set"), dict)
        and isinstance(result.get("extra"), dict)
        and isinstance(result.get("removed"), list)
        and isinstance(result.get("id"), str)
    )
