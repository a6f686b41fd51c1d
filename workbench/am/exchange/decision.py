"""How an exchange came out: every rule, and what is granted or why it is refused."""

from dataclasses import dataclass, field, replace
from typing import Any, ClassVar, NamedTuple, Self

from workbench.am.basics.secrets import hide_tokens
from workbench.am.basics.types import Claims
from workbench.am.clients.client import Client
from workbench.am.scopes.question import ScopeAnswer
from workbench.errors import InvalidRequest, OAuthError

REQUEST, CLIENT, PROVIDER, SCRIPT, PROFILE = (
    "request",
    "client setting",
    "provider setting",
    "script",
    "profile",
)
"""Who decided: whoever can change how a rule comes out."""

REFUSED = "Invalid token exchange."
"""All that PingAM says of nearly every mistake (measured)."""


class Check(NamedTuple):
    """One rule as it came out. A tuple: an exchange makes some twenty of them.

    Attributes:
        rule: What must be true, as a statement.
        passed: Whether it is.
        expected: What would have passed, in words.
        found: What was there.
        source: The document that states the rule.
        decided_by: ``request``, ``client setting``, ``provider setting``,
            ``script`` or ``profile``: whoever can change the outcome.
        error: The OAuth error code if this rule refuses.
        description: The error_description if this rule refuses.
    """

    rule: str
    passed: bool
    expected: str
    found: str
    source: str
    decided_by: str
    error: str = InvalidRequest.error
    description: str = REFUSED

    @property
    def told(self) -> str:
        """The rule, what it expected and what it found, in one sentence."""
        found = self.found.rstrip(".")
        return f"{self.rule}: expected {self.expected}; found {found}."


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """What a granted exchange gives.

    Attributes:
        scope: The scopes of the new token.
        audience: What follows the client id in ``aud``.
        act: The new token's ``act``, or None.
    """

    scope: tuple[str, ...]
    audience: tuple[str, ...]
    act: Any  # an object, unless a script set something else

    @property
    def kind(self) -> str:
        """``delegation`` where an actor is named, else ``impersonation``."""
        return "impersonation" if self.act is None else "delegation"


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """The rules of one exchange in order; either :class:`Granted` or :class:`Refused`.

    Attributes:
        checks: The rules that could be evaluated.
        not_evaluated: The rules that could not, for want of what they look at.
        left_out: The rules that the profile leaves out, as they would have come out;
            they decide nothing.
        client_id: The acting client as far as known.
        sub: Whom the subject token is about, as far as known.
        actor: Whom the actor token is about, likewise.
        remark: One sentence that is good to know of what was issued, or "".
        advice: What would have made the first failed rule pass, in one sentence, as
            far as was known then; "" otherwise.
    """

    checks: tuple[Check, ...]
    not_evaluated: tuple[str, ...] = ()
    left_out: tuple[Check, ...] = ()
    client_id: str = ""
    sub: str = ""
    actor: str = ""
    remark: str = ""
    advice: str = ""

    granted: ClassVar[bool] = False
    """Whether every rule could be evaluated, and passed."""

    @property
    def grant(self) -> Grant | None:
        """What the new token is given, or None where refused."""
        return None

    @property
    def refusal(self) -> Check | None:
        """The first rule that failed, which decides the answer; or None."""
        return next((check for check in self.checks if not check.passed), None)

    @property
    def refused_at(self) -> int:
        """The number of that rule, counted from 1; 0 where none failed."""
        numbers = (n for n, each in enumerate(self.checks, 1) if not each.passed)
        return next(numbers, 0)

    @property
    def failures(self) -> tuple[Check, ...]:
        """Every rule that failed."""
        return tuple(check for check in self.checks if not check.passed)

    def refused_by(self, check: Check) -> "Refused":
        """The refusal where something failed after all these rules had passed."""
        return Refused(
            checks=(*self.checks, check),
            not_evaluated=self.not_evaluated,
            left_out=self.left_out,
            client_id=self.client_id,
            sub=self.sub,
            actor=self.actor,
        )

    def for_the_trail(self) -> Self:
        """The decision without a token that somebody sent as something else."""
        return replace(
            self, checks=_hidden(self.checks), left_out=_hidden(self.left_out)
        )


def _hidden(checks: tuple[Check, ...]) -> tuple[Check, ...]:
    return tuple(
        check._replace(description=hide_tokens(check.description)) for check in checks
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused(Decision):
    """An exchange that is refused: a rule failed, or could not be looked at.

    Attributes:
        refuses: The kind of error that the first failed rule answers with.
    """

    refuses: type[OAuthError] = InvalidRequest

    @property
    def error(self) -> OAuthError:
        """What goes over the wire; the hint, which does not, says which rule it was."""
        refusal = self.refusal
        if refusal is None:
            return self.refuses(
                REFUSED, hint=f"Unknown: {'; '.join(self.not_evaluated)}"
            )
        return self.refuses(refusal.description, hint=refusal.told)


@dataclass(frozen=True, slots=True, kw_only=True)
class Granted(Decision):
    """An exchange that may happen.

    Attributes:
        client: The acting client.
        subject: The claims of the subject token.
        given: What the new token is given.
        answer: What a scope validation script said, where one was asked.
    """

    client: Client = field(repr=False)
    subject: Claims = field(repr=False)
    given: Grant
    answer: ScopeAnswer | None = field(default=None, repr=False)

    granted: ClassVar[bool] = True

    @property
    def grant(self) -> Grant:
        """What the new token is given."""
        return self.given

    def and_check(self, check: Check, act: Any) -> "Granted":
        """The same once a script ran that may have changed the token's ``act``."""
        given = self.given if self.given.act == act else replace(self.given, act=act)
        return replace(self, checks=(*self.checks, check), given=given)
