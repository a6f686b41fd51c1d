"""What an exchange is decided from: who asks, what was sent, what the server knows."""

from dataclasses import dataclass, field, replace

from workbench.am.basics.secrets import hide_tokens
from workbench.am.basics.types import Parameters
from workbench.am.clients.client import Client
from workbench.am.clients.effective import Effective
from workbench.am.scopes.policy import Policy
from workbench.am.scopes.question import ScopeAnswer
from workbench.am.settings.profile import Profile
from workbench.am.settings.provider import ProviderSettings
from workbench.am.tokens.limits import CaveatLimits, together
from workbench.am.tokens.token import Reading
from workbench.errors import OAuthError

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
        policies: Those of the realm, where the settings have them asked.
        person: The name of the person whom the subject token is about, or ""; only
            policies can see it.
    """

    client: Client | None
    parameters: Parameters = field(repr=False)
    subject: Reading | None
    actor: Reading | None
    provider: ProviderSettings
    profile: Profile
    settings: Effective | None
    authentication: OAuthError | None = None
    audiences: tuple[str, ...] = field(default=(), repr=False)
    now: int = 0
    answer: ScopeAnswer | None = None
    policies: tuple[Policy, ...] = ()
    person: str = ""

    @property
    def limits(self) -> CaveatLimits | None:
        """What the caveats of the tokens sent leave to the new one; None for all."""
        actor = self.actor.limits if self.actor else None
        return together(self.subject.limits if self.subject else None, actor)

    def without_secrets(self) -> "ExchangeRequest":
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
