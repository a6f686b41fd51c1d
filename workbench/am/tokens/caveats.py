"""What the caveats of a macaroon make of the token beneath it.

AM's first-party caveats are JSON objects whose members mirror claims (PingAM 8.1,
"Macaroons: sharable tokens"; ``org.forgerock.macaroons.JsonCaveatSet``): ``scope``,
``exp``, ``nbf``, ``aud`` and ``cnf``. Each can only narrow. ``cnf`` never holds here,
where no proof of possession is taken; neither does a caveat that is not known, nor a
third party's, whose discharge (``X-Discharge-Macaroon``) is not read.
"""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from workbench.am.basics.among import among
from workbench.am.basics.realm_path import issuers
from workbench.am.basics.strict_json import read_strictly
from workbench.am.basics.types import Claims, NewClaims
from workbench.am.tokens.macaroon import Caveat
from workbench.errors import MacaroonError

MOST_BRACKETS = 64
"""In one caveat, so that none is nested deeper; AM's own need two or three."""

LONG = range(-(2**63), 2**63)
"""What fits a date of AM's, seconds since the epoch."""


def narrow(claims: Claims, caveats: tuple[Caveat, ...], issuer: str) -> NewClaims:
    """The claims of a token after every caveat of its macaroon.

    Args:
        claims: Those of a token of this realm.
        caveats: In order.
        issuer: The realm's; with the server's own URLs it may stand in ``aud``.

    Raises:
        MacaroonError: A caveat does not hold, or cannot be judged here.
    """
    left = dict(claims)
    for caveat in caveats:
        if caveat.verifier is not None:
            raise MacaroonError("it has a third party's caveat, not taken here")
        conditions = caveat_members(caveat.identifier)
        if conditions is None:
            raise MacaroonError("it has a caveat that is not a JSON object")
        for name, value in conditions.items():
            _apply(left, name, value, issuer)
    return left


def caveat_members(identifier: bytes) -> NewClaims | None:
    """A caveat as the JSON object that it is; None where it is none.

    A member twice, a number that is none, and deep nesting make it none.
    """
    if identifier.count(b"{") + identifier.count(b"[") > MOST_BRACKETS:
        return None
    try:
        found = read_strictly(identifier)
    except ValueError:
        return None
    return found if isinstance(found, dict) else None


def _apply(left: NewClaims, name: str, value: Any, issuer: str) -> None:
    rule = _RULES.get(name)
    if rule is None:
        raise MacaroonError("it has a caveat that this server does not know")
    rule(left, value, issuer)


def _scope(left: NewClaims, value: Any, issuer: str) -> None:
    """Those of the token that the caveat has too."""
    if not isinstance(value, str):
        raise MacaroonError("its caveat scope is not a text")
    left["scope"] = list(among(left["scope"], value.split(" ")))


def _exp(left: NewClaims, value: Any, issuer: str) -> None:
    ends = _date("exp", value)
    left["exp"] = min(left.get("exp", ends), ends)


def _nbf(left: NewClaims, value: Any, issuer: str) -> None:
    value = _date("nbf", value)
    left["nbf"] = max(left.get("nbf", value), value)


def _aud(left: NewClaims, value: Any, issuer: str) -> None:
    """One of the token's audiences, or this server; other audiences are dropped.

    AM's library wants a known endpoint among them, and a caveat is meant to select
    from a token's audiences; that both count, and that the client, which AM names
    first, stays, is inferred.
    """
    wanted = [value] if isinstance(value, str) else value
    if not isinstance(wanted, list):
        raise MacaroonError("its caveat aud is neither a text nor a list")
    aud = left["aud"] if isinstance(left["aud"], list) else [left["aud"]]
    wanted = [each for each in wanted if isinstance(each, str)]
    if not among((*aud, *_own_names(issuer)), wanted):
        raise MacaroonError("its caveat aud names neither its audience nor this server")
    if isinstance(left["aud"], list):
        left["aud"] = [aud[0], *among(aud[1:], wanted)]


def _cnf(left: NewClaims, value: Any, issuer: str) -> None:
    raise MacaroonError("its caveat cnf asks for proof of a key, not taken here")


def _date(name: str, value: Any) -> int:
    if type(value) is not int or value not in LONG:
        raise MacaroonError(f"its caveat {name} is not a date in whole seconds")
    return value


def _own_names(issuer: str) -> tuple[str, ...]:
    """The realm's issuers, the server's base URL, and its origin."""
    parts = urlsplit(issuer)
    base = f"{issuer}/".partition("/oauth2/")[0]
    return *issuers(issuer), base, f"{parts.scheme}://{parts.netloc}"


_RULES: dict[str, Callable[[NewClaims, Any, str], None]] = {
    "scope": _scope,
    "exp": _exp,
    "nbf": _nbf,
    "aud": _aud,
    "cnf": _cnf,
}
