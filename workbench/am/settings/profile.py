"""Profiles: where servers differ, as named switches."""

from dataclasses import dataclass, fields, replace
from typing import Any

from workbench.am.basics.validation import checked, instead
from workbench.errors import SettingError

NARROWED, AS_RETURNED = "narrowed", "as returned"
AS_REQUESTED, ALL_OF_CLIENT = "as requested", "all the acting client's"
CARRY_ACT, REFUSE = "carry act", "refuse"
DROP, NEST = "drop", "nest"
ALLOW = "allow"
ALWAYS, WITH_GRANT, NEVER = "always", "only with the grant", "never"

CHOICES: dict[str, tuple[str, ...]] = {
    "granted_scope": (AS_REQUESTED, ALL_OF_CLIENT),
    "scopes_from_script": (NARROWED, AS_RETURNED),
    "exchange_again_without_actor": (CARRY_ACT, REFUSE),
    "actor_history": (DROP, NEST),
    "loops": (ALLOW, REFUSE),
    "tokens_of_inactive_clients": (ALLOW, REFUSE),
    "refresh_token_on_exchange": (ALWAYS, WITH_GRANT, NEVER),
}
"""The values of each switch that is more than on or off."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """Where servers differ, as one value of named switches.

    The defaults are PingAM 8.1 as documented or measured.
    """

    name: str
    typed_subjects: bool = True
    # (age!name) rather than the bare name
    actor_required_by_sub: bool = False
    # refuse an exchange without an actor token where may_act names a sub
    actor_is_client: bool = False
    # the actor token must be the acting client's own
    scopes_capped_by_subject: bool = False
    lifetime_capped_by_subject: bool = False
    refresh_token_on_exchange: str = ALWAYS
    act_for_ai_agents: bool = False
    # an AI agent is named in act even without an actor token
    exchange_again_without_actor: str = CARRY_ACT
    # a delegated token exchanged without an actor token
    actor_history: str = DROP
    # an act inside the actor token; other servers nest it under the new actor
    loops: str = ALLOW
    # whether an actor may appear in a chain twice
    max_chain_depth: int | None = None
    # how many actors a token may name; None: no limit
    tokens_of_inactive_clients: str = ALLOW
    # live tokens of a client that was made inactive or deleted since
    granted_scope: str = AS_REQUESTED
    # the vendor's page prints all the acting client's scopes
    scopes_from_script: str = NARROWED
    # whether a scope validation script can add scopes, as the vendor's pages show
    policies_see_exchange_subject: bool = False
    # whether policies for scopes know the person behind a token that is exchanged;
    # measured on PingOne AIC: nobody is authenticated then
    policies_on_password: bool = True
    # whether they rule the password grant, as documented; on PingOne AIC they do not

    def __post_init__(self) -> None:
        for item in fields(self):
            checked(type(self), item.name, getattr(self, item.name), CHOICES)

    def but(self, **switches: Any) -> "Profile":
        """The same profile with some switches changed.

        Raises:
            SettingError: No such switch, or not a value for it.
        """
        for name, value in switches.items():
            checked(type(self), name, value, CHOICES)
        base = self.name.partition(" (")[0]
        changed = f"{base} (changed: {', '.join(sorted(switches))})"
        return replace(self, **{"name": changed, **switches})


PROFILES = {
    profile.name: profile
    for profile in (
        Profile(name="pingam-8.1"),
        Profile(
            name="rfc8693-strict",
            actor_required_by_sub=True,
            scopes_capped_by_subject=True,
            lifetime_capped_by_subject=True,
            refresh_token_on_exchange=NEVER,
            exchange_again_without_actor=REFUSE,
            tokens_of_inactive_clients=REFUSE,
        ),
        Profile(
            name="aic",
            typed_subjects=False,
            refresh_token_on_exchange=WITH_GRANT,
            act_for_ai_agents=True,
            policies_on_password=False,
        ),
    )
}


def profile_named(name: str) -> Profile:
    """The profile of this name.

    Raises:
        SettingError: There is none.
    """
    if name not in PROFILES:
        raise SettingError(
            f"There is no profile {name!r}. {instead(str(name), PROFILES)}"
        )
    return PROFILES[name]
