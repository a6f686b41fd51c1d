"""Whether an exchange keeps what the caveats of macaroons took away.

Sources: Birgisson et al., "Macaroons"; PingAM 8.1 "Macaroons: sharable tokens". That
PingAM's exchange keeps to caveats is inferred; the bench does so in every profile.
"""

from workbench.am.basics.secrets import safe_text
from workbench.am.exchange.decision import REQUEST
from workbench.am.exchange.facts import LIMITS, SCOPES, Facts
from workbench.am.exchange.remedies import tokens_sent
from workbench.am.exchange.rule import ABOUT_SCOPE, Found, rule
from workbench.am.exchange.scope import ExchangeScopes
from workbench.am.scopes.scope import Requested, unknown_scopes
from workbench.am.tokens.limits import CaveatLimits
from workbench.errors import InvalidRequest, InvalidScope


@rule(
    "What caveats took away stays away",
    about=ABOUT_SCOPE,
    why="The caveats of the tokens sent leave {expected}; asked for was {found}.",
    needs=(SCOPES, LIMITS),
    concerns=lambda facts: facts.limits is not None,
    source="Birgisson et al., Macaroons; PingAM 8.1, Macaroons (that an exchange keeps "
    "to caveats is inferred)",
    decided_by=REQUEST,
    refuses=InvalidScope,
    remedies=tokens_sent.within_caveats,
)
def caveats_are_kept(
    facts: Facts, scopes: ExchangeScopes, limits: CaveatLimits
) -> Found:
    """Those of both tokens, and of the tokens that they were exchanged for.

    What is asked for by name and was taken away is refused; of defaults, what is left
    is granted. The end needs no asking: the new token has no later one.
    """
    expected = _allowed(limits)
    audience = limits.beyond_audience(facts.audience)
    if audience:
        found, text = f"audience {_shown(audience)}", "Invalid audience requested."
        return Found(False, expected, found, "", InvalidRequest, text)
    beyond = _taken_away(limits, scopes.asked)
    if beyond:
        text = unknown_scopes(beyond)
        return Found(False, expected, f"scope {_shown(beyond)}", "", None, text)
    return Found(True, expected, f"scope {_shown(scopes.granted)}")


def _taken_away(limits: CaveatLimits, asked: Requested | None) -> tuple[str, ...]:
    """The scopes that were asked for in vain; of defaults, all or none."""
    scopes = asked.scopes if asked else ()
    beyond = limits.beyond_scope(scopes)
    some_left = asked is not None and asked.defaulted and len(beyond) < len(scopes)
    return () if some_left else beyond


def _allowed(limits: CaveatLimits) -> str:
    """What the caveats leave, in words."""
    parts = []
    if limits.scope is not None:
        parts.append(f"scopes among: {_shown(limits.scope)}")
    if limits.audience is not None:
        parts.append(f"audiences among: {_shown(limits.audience)}")
    if limits.ends is not None:
        parts.append(f"exp {limits.ends} at the latest")
    return "; ".join(parts) or "anything: no caveat is about what is granted"


def _shown(values: tuple[str, ...]) -> str:
    return safe_text(" ".join(values)) or "none"
