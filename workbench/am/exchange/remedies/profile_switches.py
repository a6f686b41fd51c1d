"""What would make a failed rule pass that a profile adds."""

from workbench.am.exchange.remedies.remedy import Known, Remedy, Suggested, of_profile
from workbench.am.settings.profile import ALLOW, CARRY_ACT


def without_actor(_known: Known) -> Suggested:
    """An actor token that a profile asks for."""
    text = "Let the profile do without an actor token."
    done = "The profile does without an actor token now."
    yield of_profile(text, done, actor_required_by_sub=False)
    yield Remedy(text="Send the token of the actor that may_act names.")


def delegated_again(_known: Known) -> Suggested:
    """A delegated token without a new actor."""
    text = "Let the profile carry act on."
    done = "The profile carries act on now."
    yield of_profile(text, done, exchange_again_without_actor=CARRY_ACT)
    yield Remedy(text="Send an actor token.")


def any_length(_known: Known) -> Suggested:
    """More actors than a profile allows."""
    text = "Let the profile not count actors."
    done = "The profile counts no actors now."
    yield of_profile(text, done, max_chain_depth=None)


def loops_allowed(_known: Known) -> Suggested:
    """An actor that appears twice."""
    text, done = "Let the profile allow loops.", "The profile allows loops now."
    yield of_profile(text, done, loops=ALLOW)


def any_actor(_known: Known) -> Suggested:
    """An actor token of another than the client."""
    text = "Let the profile take any actor token that may_act names."
    done = "The profile now takes any actor token that may_act names."
    yield of_profile(text, done, actor_is_client=False)
    yield Remedy(text="Send a token of the acting client as the actor token.")


def uncapped_scopes(_known: Known) -> Suggested:
    """A scope that the subject token has not."""
    text = "Let the profile not hold scopes against the subject token."
    done = "The profile no longer holds scopes against the subject token."
    yield of_profile(text, done, scopes_capped_by_subject=False)
    yield Remedy(text="Ask only for scopes that the subject token has.")


def shorter_chain(_known: Known) -> Suggested:
    """More actors than can be written down."""
    yield Remedy(text="Send a subject token that names fewer earlier actors.")
