"""What is not known of a server's exchange, and what would tell."""

from dataclasses import dataclass

from workbench.am.exchange.decision import Check
from workbench.am.exchange.request import ExchangeRequest


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """One thing that is not known.

    Attributes:
        if_so: What would have refused, as the end of "could, if …".
        to_know: What would decide it, as a sentence.
        weight: How likely it is, of 100: as people meet it, and by what was pasted.
        world: The exchange if it is so.
        check: The check that fails then, where no rule of the exchange stands for it.
    """

    if_so: str
    to_know: str
    weight: int
    world: ExchangeRequest | None = None
    check: Check | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Suspect:
    """A rule that could have refused.

    Attributes:
        check: The rule as it came out on paper.
        sure: Whether it refuses whatever is not known; else it could.
        if_so: What would have to be so, as the end of "could, if …"; "" where sure.
        to_know: What would decide it; "" where sure.
        remedy: What makes it pass.
        weight: How likely it is; 100 is sure.
    """

    check: Check
    sure: bool
    if_so: str
    to_know: str
    remedy: str
    weight: int
