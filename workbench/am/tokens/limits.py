"""What the caveats of a token allow to whatever comes of it.

A caveat says what must hold wherever its token is used, so it holds for a token made
of that one too, and for one made of this (Birgisson et al., "Macaroons", section 2).
That AM's exchange keeps to it is inferred; without it, whoever holds a narrow copy
could exchange it for a wide token.
"""

from collections.abc import Iterable
from typing import Any, NamedTuple

from workbench.am.basics.among import among, beyond
from workbench.am.basics.types import Claims


class CaveatLimits(NamedTuple):
    """What may be asked for; None where no caveat speaks of it.

    Attributes:
        scope: The scopes.
        ends: The last second, since the epoch, that is excluded.
        audience: The audiences.
    """

    scope: tuple[str, ...] | None = None
    ends: int | None = None
    audience: tuple[str, ...] | None = None

    def beyond_scope(self, scopes: Iterable[str]) -> tuple[str, ...]:
        """Those of the scopes that are taken away."""
        return _beyond(self.scope, scopes)

    def beyond_audience(self, audiences: Iterable[str]) -> tuple[str, ...]:
        """The same of audiences."""
        return _beyond(self.audience, audiences)


def limits_of(caveats: Iterable[Claims]) -> CaveatLimits | None:
    """What caveats allow together; None where there is none.

    Args:
        caveats: The members of each, all of which hold.
    """
    found: CaveatLimits | None = None
    for caveat in caveats:
        found = together(
            found,
            CaveatLimits(
                scope=tuple(caveat["scope"].split(" ")) if "scope" in caveat else None,
                ends=caveat.get("exp"),
                audience=_audiences(caveat.get("aud")),
            ),
        )
    return found


def _audiences(aud: Any) -> tuple[str, ...] | None:
    """The audiences that a caveat names; what else is in its list is none."""
    if aud is None:
        return None
    return tuple(
        e for e in ([aud] if isinstance(aud, str) else aud) if isinstance(e, str)
    )


def together(
    one: CaveatLimits | None, other: CaveatLimits | None
) -> CaveatLimits | None:
    """What two tokens allow to what comes of both."""
    if one is None or other is None:
        return one or other
    ends = [each for each in (one.ends, other.ends) if each is not None]
    return CaveatLimits(
        scope=_common(one.scope, other.scope),
        ends=min(ends, default=None),
        audience=_common(one.audience, other.audience),
    )


def _common(
    one: tuple[str, ...] | None, other: tuple[str, ...] | None
) -> tuple[str, ...] | None:
    if one is None or other is None:
        return other if one is None else one
    return among(one, other)


def _beyond(allowed: tuple[str, ...] | None, asked: Iterable[str]) -> tuple[str, ...]:
    return () if allowed is None else beyond(asked, allowed)
