"""What is made of tokens that already name an actor, and how long a chain may get.

Sources: RFC 8693 section 4.1. Rules of a profile are documented by none of PingAM's
pages.
"""

from workbench.am.basics.secrets import safe_text
from workbench.am.basics.words import counted
from workbench.am.exchange.act import chain
from workbench.am.exchange.decision import PROFILE, REQUEST, SCRIPT
from workbench.am.exchange.facts import Facts
from workbench.am.exchange.remedies import profile_switches
from workbench.am.exchange.rule import ABOUT_CHAIN, Found, rule
from workbench.am.settings.profile import ALLOW, CARRY_ACT

MOST_ACTORS = 500
"""JSON that is nested deeper cannot be read everywhere."""


@rule(
    "An earlier act is carried on where it is an object",
    about=ABOUT_CHAIN,
    concerns=lambda facts: (
        facts.prior is not None and not isinstance(facts.prior, dict)
    ),
    source="RFC 8693 section 4.1 (that PingAM drops it is inferred)",
    decided_by=SCRIPT,
    advice_only="It never fails: what is no object is dropped.",
    always="It never fails.",
)
def earlier_act_is_an_object(facts: Facts) -> Found:
    """Anything else is dropped, and this says so."""
    return Found(
        True,
        expected="an object with the earlier actor, or anything else to drop",
        found=f"{safe_text(facts.prior)}; it is dropped",
    )


@rule(
    "A delegated token may be exchanged without an actor token",
    about=ABOUT_CHAIN,
    why="The subject token names an actor already, so it takes {expected}.",
    concerns=lambda facts: isinstance(facts.prior, dict) and facts.actor is None,
    source="RFC 8693 section 4.1; profile {profile}",
    decided_by=PROFILE,
    remedies=profile_switches.delegated_again,
)
def delegated_token_may_go_on(facts: Facts) -> Found:
    """The earlier actor stays the current one."""
    carried = facts.profile.exchange_again_without_actor == CARRY_ACT
    return Found(
        carried,
        expected="any exchange" if carried else "an actor token",
        found="no actor_token" + ("; act is carried on" if carried else ""),
    )


@rule(
    "The chain of actors can be written",
    about=ABOUT_CHAIN,
    why="The new token would name {found}; it can name {expected}.",
    concerns=lambda facts: len(chain(facts.act)) > MOST_ACTORS,
    source="a bound of the workbench: JSON readers refuse deep nesting",
    decided_by=REQUEST,
    remedies=profile_switches.shorter_chain,
    always="A longer chain cannot be read everywhere.",
)
def chain_can_be_written(facts: Facts) -> Found:
    """A bound that no use case comes near."""
    return Found(
        False,
        expected=f"at most {MOST_ACTORS} actors, one inside the other",
        found=counted(len(chain(facts.act)), "actor"),
    )


@rule(
    "The chain of actors is not too long",
    about=ABOUT_CHAIN,
    why="The new token would name {found}; the profile allows {expected}.",
    concerns=lambda facts: (
        facts.client is not None and facts.profile.max_chain_depth is not None
    ),
    source="profile {profile}",
    decided_by=PROFILE,
    remedies=profile_switches.any_length,
)
def chain_is_short_enough(facts: Facts) -> Found:
    """A profile may count the actors."""
    actors, most = len(chain(facts.act)), facts.profile.max_chain_depth
    return Found(
        most is None or actors <= most,
        expected=f"at most {counted(most or 0, 'actor')}",
        found=counted(actors, "actor"),
    )


@rule(
    "No actor appears twice in the chain",
    about=ABOUT_CHAIN,
    why="The chain of actors would name somebody {found}.",
    concerns=lambda facts: facts.client is not None and facts.profile.loops != ALLOW,
    source="profile {profile}",
    decided_by=PROFILE,
    remedies=profile_switches.loops_allowed,
)
def chain_has_no_loop(facts: Facts) -> Found:
    """A profile may forbid that somebody acts for itself by way of others."""
    actors = chain(facts.act)
    again = [each for each in dict.fromkeys(actors) if actors.count(each) > 1]
    return Found(
        not again,
        expected="every actor once",
        found=f"twice: {', '.join(again)}" if again else "every actor once",
    )
