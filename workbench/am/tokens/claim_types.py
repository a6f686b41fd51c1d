"""Which claims a token of each kind has, and of what type each is."""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from workbench.am.basics.types import Claims


def is_text(value: Any) -> bool:
    """Whether it is a JSON string."""
    return isinstance(value, str)


def is_texts(value: Any) -> bool:
    """Whether it is a list of texts, or an empty one."""
    return isinstance(value, list) and all(map(is_text, value))


def is_audience(value: Any) -> bool:
    """Whether it can be an ``aud``: a text, or a list of some (RFC 7519 4.1.3)."""
    return is_text(value) or (is_texts(value) and bool(value))


def is_whole_number(value: Any) -> bool:
    """Whether it is a number without a fraction, and no boolean."""
    return type(value) is int


def is_number(value: Any) -> bool:
    """Whether it is a number, and no boolean."""
    return type(value) in (int, float)


class ClaimType(NamedTuple):
    """What a claim may be.

    Attributes:
        fits: Whether a value is of its type.
        optional: Whether a token can go without it.
    """

    fits: Callable[[Any], bool]
    optional: bool = False


_EVERY_TOKEN = {
    "sub": ClaimType(is_text),
    "subname": ClaimType(is_text, optional=True),
    "aud": ClaimType(is_audience),
    "exp": ClaimType(is_whole_number),
    "nbf": ClaimType(is_whole_number, optional=True),
    "auth_level": ClaimType(is_number, optional=True),
    "auth_time": ClaimType(is_number, optional=True),
}

_OF_A_GRANT = {
    **_EVERY_TOKEN,
    "jti": ClaimType(is_text),
    "authGrantId": ClaimType(is_text),
    "client_id": ClaimType(is_text, optional=True),
    "scope": ClaimType(is_texts),
}

CLAIMS_OF: Mapping[str, Mapping[str, ClaimType]] = {
    "access_token": _OF_A_GRANT,
    "refresh_token": {**_OF_A_GRANT, "exp": ClaimType(is_whole_number, optional=True)},
    "id_token": {**_EVERY_TOKEN, "azp": ClaimType(is_text)},
}
"""By ``tokenName``: the claims that the server relies on."""


def are_whole(claims: Claims) -> bool:
    """Whether these are the claims of a token of ours, each of its own type.

    A script may have set any of them to anything.
    """
    name = claims.get("tokenName")
    wanted = CLAIMS_OF.get(name) if isinstance(name, str) else None
    if wanted is None:
        return False
    for claim, kind in wanted.items():
        fits = kind.fits(claims[claim]) if claim in claims else kind.optional
        if not fits:
            return False
    return True
