"""The claims of tokens that the server keeps, a million of them if need be."""

from typing import Any

from workbench.am.basics.bounded import FARTHEST
from workbench.am.basics.expiring import SPARE, Expiring
from workbench.am.basics.packing import Packing
from workbench.am.basics.types import Claims

MOST = 1_000_000
"""How many tokens are kept, unless a store is told otherwise: about 300 MB."""


MOST_OCTETS = 500_000_000
"""How long they may be together, packed; few are long, unless scripts make them so."""


class KeptClaims(Expiring[Claims]):
    """A table of claims, packed until somebody reads them.

    Whoever reads gets claims of their own.

    Args:
        name: What it holds, as for any table.
        most: How many are kept; beyond it go expired ones, and then the oldest.

    Attributes:
        most_octets: How long they may be together; beyond it the oldest go.
    """

    def __init__(self, name: str, most: int) -> None:
        super().__init__(name, end_of, most=most)
        self._packing = Packing()
        self._octets, self.most_octets = 0, MOST_OCTETS

    def __setitem__(self, key: str, claims: Claims) -> None:
        packed = self._packing.pack(claims)
        self._octets += len(packed) - len(self._values.get(key, b""))
        self._values[key] = packed
        self._await(key, end_of(claims))
        while self._octets > self.most_octets and len(self._values) > 1:
            self._give_up(1 + len(self._values) // SPARE)
        if self.changed is not None:
            self.changed(key)

    def __delitem__(self, key: str) -> None:
        octets = len(self._values[key])
        super().__delitem__(key)
        self._octets -= octets

    def __getitem__(self, key: str) -> Claims:
        claims: Claims = self._packing.unpack(self._values[key])
        return claims


def end_of(claims: Claims) -> int | None:
    """When a token expires; None where it does not, whatever a script wrote there.

    What is beyond any time is no end: a file would not be read with it.
    """
    exp: Any = claims.get("exp")
    return exp if type(exp) is int and abs(exp) <= FARTHEST else None
