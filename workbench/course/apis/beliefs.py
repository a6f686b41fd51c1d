"""What a twin gets wrong: one check each, so that a lab has one thing to find."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from workbench.course.apis.policy import (
    ApiPolicy,
    Verdict,
    actors_of,
    decide,
    lacks_scope,
)

Decide = Callable[[ApiPolicy, Mapping[str, Any]], Verdict]

NESTED_ACTORS = "nested actors"
THE_TOKEN_ALONE = "the token alone"
ANY_AUDIENCE = "any audience"


def believe_nested_actors(policy: ApiPolicy, claims: Mapping[str, Any]) -> Verdict:
    """Wrong: whoever acted at any time counts as if they acted now."""
    for actor in actors_of(claims):
        verdict = decide(policy, {**claims, "act": {"sub": actor}})
        if verdict.allowed:
            return Verdict(True, f"The policy names the subject, and {actor} acted.")
    return decide(policy, claims)


def believe_the_token(policy: ApiPolicy, claims: Mapping[str, Any]) -> Verdict:
    """Wrong: who is named in a token that holds is never looked at."""
    return lacks_scope(policy, claims) or Verdict(True, "The token holds.")


BELIEFS: Mapping[str, Decide] = MappingProxyType(
    {
        NESTED_ACTORS: believe_nested_actors,
        THE_TOKEN_ALONE: believe_the_token,
        ANY_AUDIENCE: decide,
    }
)
"""How a twin decides, by what it believes; which audience counts is the verifier's."""
