"""What an exchange is decided from, and the decision: every rule as it came out."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, NamedTuple

from workbench.am.basics.secrets import hide_tokens
from workbench.am.clients.client import Client
from workbench.am.clients.effective import Effective
from workbench.am.scopes.policy import Policy
from workbench.am.settings.profile import Profile
from workbench.am.settings.provider import ProviderSettings
from workbench.am.tokens.token import Reading
from workbench.errors import OAuthError

if TYPE_CHECKING:
    from workbench.am.scopes.question import ScopeAnswer

REQUEST, CLIENT, PROVIDER, SCRIPT, PROFILE = (
    "request",
    "client setting",
    "provider setting",
    "script",
    "profile",
)
"""Who decided: whoever can change how a rule comes out."""

VALIDATED = "The scope validation script lets the request pass"
"""The rule that only a script can answer; it is asked once all others have passed."""

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
    error: str = "invalid_request"
    description: str = REFUSED


Outcome = Check | str
"""A rule as it came out, or its statement alone where it could not be evaluated."""


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
    """The rules of one exchange in order, and what it grants.

    Attributes:
        checks: The rules that could be evaluated.
        not_evaluated: The rules that could not, for want of what they look at.
        grant: What the new token is given, or None where refused.
        client_id: The acting client as far as known.
    """

    checks: tuple[Check, ...]
    not_evaluated: tuple[str, ...] = ()
    grant: Grant | None = None
    client_id: str = ""

    @property
    def refusal(self) -> Check | None:
        """The first rule that failed, which decides the answer; or None."""
        return next((check for check in self.checks if not check.passed), None)

    @property
    def waits_for_script(self) -> bool:
        """Whether every rule passed but one that a script has yet to answer."""
        return self.refusal is None and VALIDATED in self.not_evaluated

    @property
    def granted(self) -> bool:
        """Whether every rule could be evaluated, and passed."""
        return self.grant is not None

    @property
    def failures(self) -> tuple[Check, ...]:
        """Every rule that failed."""
        return tuple(check for check in self.checks if not check.passed)

    def for_the_trail(self) -> "Decision":
        """The decision without a token that somebody sent as something else."""
        checks = (
            check._replace(description=hide_tokens(check.description))
            for check in self.checks
        )
        return replace(self, checks=tuple(checks))

    def with_act(self, act: Any) -> "Decision":
        """The decision with the ``act`` that the token got in the end."""
        if self.grant is None or self.grant.act == act:
            return self
        return replace(self, grant=replace(self.grant, act=act))

    def and_check(self, check: Check) -> "Decision":
        """The decision with one more rule at its end."""
        grant = self.grant if check.passed else None
        return replace(self, checks=(*self.checks, check), grant=grant)


_NO_SECRET = frozenset(
    {
        "client_id",
        "grant_type",
        "scope",
        "subject_token_type",
        "actor_token_type",
        "requested_token_type",
    }
)
"""Parameters whose values the rules look at; of the others, whether they are there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExchangeRequest:
    """Everything an exchange is decided from.

    Attributes:
        client: Whoever authenticated, or None.
        authentication: Why nobody authenticated, or None.
        parameters: The form, without the tokens' values being looked at here.
        audiences: The ``audience`` values in order.
        subject: What the server knows of the subject token; None if absent.
        actor: The same of the actor token.
        settings: What applies to the client; None without a client.
        now: Seconds since the epoch when it was asked.
        answer: What a scope validation script let pass; None where none was asked.
        policies: Those of the realm, which the settings may have asked.
        person: The name of the person whom the subject token is about, or "".
    """

    client: Client | None
    parameters: Mapping[str, str] = field(repr=False)
    subject: Reading | None
    actor: Reading | None
    provider: ProviderSettings
    profile: Profile
    settings: Effective | None
    authentication: OAuthError | None = None
    audiences: tuple[str, ...] = field(default=(), repr=False)
    now: int = 0
    answer: "ScopeAnswer | None" = None
    policies: tuple[Policy, ...] = ()
    person: str = ""

    def kept(self) -> "ExchangeRequest":
        """The same to look at later: settings as they are now, no secret in it."""
        sent = {
            name: value if name in _NO_SECRET else "…"
            for name, value in self.parameters.items()
        }
        audiences = tuple(map(hide_tokens, self.audiences))
        return replace(
            self,
            parameters=sent,
            audiences=audiences,
            provider=self.provider.as_now(),
        )
