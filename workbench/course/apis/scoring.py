"""Three ways to score a customer's risk: small, readable, the same on every run.

The numbers are made up out of the customer's name. 0 is no risk, 100 the highest.
"""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from workbench.am.basics.words import counted

SECTORS = MappingProxyType(
    {
        "retail": 38,
        "construction": 67,
        "software": 24,
        "shipping": 52,
        "restaurants": 73,
    }
)
"""How risky each sector is, of 100."""


@dataclass(frozen=True, slots=True)
class Score:
    """What a model says of a customer.

    Attributes:
        score: From 0 to 100.
        confidence: How sure the model is, from 0 to 1.
        model: Its name and version.
        because: The reason, in a sentence.
    """

    score: int
    confidence: float
    model: str
    because: str

    def json(self) -> dict[str, int | float | str]:
        """What the API answers."""
        return {
            "score": self.score,
            "confidence": self.confidence,
            "model": self.model,
            "because": self.because,
        }


def ledger_score(customer: str) -> Score:
    """What was paid late: the longer the books go back, the surer."""
    months = 6 + _number(customer, "months", 55)
    late = _number(customer, "late", 1 + months // 3)
    return Score(
        score=round(100 * late / months),
        confidence=round(0.5 + months / 150, 2),
        model="payment-history-3",
        because=f"{counted(late, 'payment')} of the last {months} came late.",
    )


def market_score(customer: str) -> Score:
    """What the customer's sector is like; it knows no more of the customer."""
    sector = sorted(SECTORS)[_number(customer, "sector", len(SECTORS))]
    trend = _number(customer, "trend", 21) - 10
    direction = "more" if trend > 0 else "less"
    moved = f", {abs(trend)} {direction} than a year ago" if trend else ""
    return Score(
        score=max(0, min(100, SECTORS[sector] + trend)),
        confidence=0.55,
        model="sector-trend-1",
        because=f"The customer's sector is {sector}{moved}.",
    )


def network_score(customer: str) -> Score:
    """Whom the customer trades with: the more partners are known, the surer."""
    partners = 2 + _number(customer, "partners", 30)
    troubled = _number(customer, "troubled", 1 + partners // 2)
    verb = "is" if troubled == 1 else "are"
    return Score(
        score=round(100 * troubled / partners),
        confidence=round(min(0.9, 0.35 + partners / 60), 2),
        model="trading-partners-2",
        because=f"{troubled} of {partners} known trading partners {verb} in trouble.",
    )


MODELS: Mapping[str, Callable[[str], Score]] = MappingProxyType(
    {"ledger": ledger_score, "market": market_score, "network": network_score}
)
"""The three APIs, by name."""


def _number(customer: str, what: str, below: int) -> int:
    """A whole number from 0, below a limit, that varies with the customer alone."""
    digest = hashlib.sha256(f"{what}:{customer}".encode(errors="replace")).digest()
    return int.from_bytes(digest[:8]) % below
