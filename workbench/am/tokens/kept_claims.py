"""The claims of tokens that the server keeps, a million of them if need be."""

from typing import Any

from workbench.am.basics.expiring import Expiring
from workbench.am.basics.packing import Packing
from workbench.am.basics.types import Claims

MOST = 1_000_000
"""How many tokens are kept, unless a store is told otherwise: about 300 MB."""


class KeptClaims(Expiring[Claims]):
    """A table of claims, packed until somebody reads them.

    Whoever reads gets claims of their own.

    Args:
        name: What it holds, as for any table.
        most: How many are kept; beyond it go expired ones, and then the oldest.
    """

    def __init__(self, name: str, most: int) -> None:
        super().__init__(name, end_of, most=most)
        self._packing = Packing()

    def __setitem__(self, key: str, claims: Claims) -> None:
        self._values[key] = self._packing.pack(claims)
        self._await(key, end_of(claims))
        if self.changed is not None:
            self.changed(key)

    def __getitem__(self, key: str) -> Claims:
        claims: Claims = self._packing.unpack(self._values[key])
        return claims


def end_of(claims: Claims) -> int | None:
    """When a token expires; None where it does not, whatever a script wrote there."""
    exp: Any = claims.get("exp")
    return exp if type(exp) is int else None
