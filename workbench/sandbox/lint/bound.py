"""What is bound in scripts of a context, and what belongs to those of another."""

import functools
from collections.abc import Mapping
from dataclasses import dataclass

from workbench.am.basics.words import with_article
from workbench.am.scripts.kinds import MAY_ACT, kind_of
from workbench.am.scripts.names_by_context import names_of
from workbench.am.scripts.script import (
    LEGACY,
    LIBRARY,
    NEXT_GENERATION,
    REGISTRATION,
)
from workbench.sandbox.lint import api

MODIFICATION = "OAUTH2_ACCESS_TOKEN_MODIFICATION"
VALIDATION = "OAUTH2_VALIDATE_SCOPE"
EVALUATION = "OAUTH2_EVALUATE_SCOPE"
DATA = "OAUTH2_AUTHORIZE_ENDPOINT_DATA_PROVIDER"
CLAIMS = "OIDC_CLAIMS"

OWN: Mapping[str, frozenset[str]] = {
    MAY_ACT: frozenset({"token"}),
    MODIFICATION: frozenset({"accessToken"}),
    EVALUATION: frozenset({"accessToken"}),
    VALIDATION: frozenset(
        {"requestedScopes", "allowedScopes", "availableScopes", "defaultScopes"}
        | {"clientScopes", "scopeValidatorHelper"}
    ),
    DATA: frozenset(),
    CLAIMS: frozenset(
        {"claims", "requestedClaims", "requestedTypedClaims", "claimObjects"}
        | {"claimLocales", "claimsLocales"}
    ),
    REGISTRATION: frozenset({"clientIdentity", "operation", "softwareStatement"}),
    LIBRARY: frozenset({"exports", "module"}),
}
"""The bindings that tell the scripts of a context from others."""

LISTED = ("accessToken", "clientIdentity", "scopeValidatorHelper")
"""Bindings of other contexts than that of may act, all of whose members are known."""

INSTEAD = {
    MAY_ACT: "In a may act script the token is called token.",
    MODIFICATION: "In an access token modification script it is called accessToken.",
    EVALUATION: "In a scope evaluation script the token is called accessToken.",
    CLAIMS: "An OIDC claims script sees claims, scopes and identity.",
    VALIDATION: "A scope validation script sees requestedScopes and identity.",
    DATA: "An authorize endpoint data provider script sees session and identity.",
    REGISTRATION: "A registration script sees clientIdentity and requestProperties.",
    LIBRARY: "Hand it over from the script that requires the library.",
}
"""What to use where a name belongs to another context, by one's own."""


@dataclass(frozen=True, slots=True)
class Bound:
    """What scripts of a context and version can name.

    Attributes:
        version: The evaluator version.
        members: The members of each binding that is an object.
        others: The same in the other version, where there is one.
        names: Every binding.
        elsewhere: Names of other contexts: what to say of each, and what to do.
    """

    version: str
    members: Mapping[str, frozenset[str]]
    others: Mapping[str, frozenset[str]]
    names: frozenset[str]
    elsewhere: Mapping[str, tuple[str, str]]


@functools.cache
def bound_in(family: str, version: str) -> Bound:
    """What is bound in a context.

    Args:
        family: The context without the version.
        version: The evaluator version.
    """
    known = frozenset(name.label for name in names_of(family, version))
    bound = known if family != MAY_ACT else api.BINDINGS
    return Bound(
        version,
        _members(family, version),
        _members(family, NEXT_GENERATION if version == LEGACY else LEGACY),
        bound,
        _elsewhere(family, bound),
    )


def _members(family: str, version: str) -> dict[str, frozenset[str]]:
    known = {name.label: name for name in names_of(family, version)}
    members = {
        name: found for name, found in api.MEMBERS[version].items() if name in known
    }
    for name in LISTED:
        if name in known:
            members[name] = frozenset(each.label for each in known[name].members)
    return members


def _elsewhere(family: str, bound: frozenset[str]) -> dict[str, tuple[str, str]]:
    found = {
        name: said for name, said in api.OTHER_CONTEXTS.items() if name not in bound
    }
    if family == MAY_ACT:
        return found
    fix = INSTEAD[family]
    for other, names in OWN.items():
        for name in names - bound if other != family else ():
            said = f"{name} is bound in {a_kind(other)}, not in {a_kind(family)}."
            found[name] = said, fix
    found["requestedToken"] = "No script of AM has a requestedToken.", fix
    return found


def a_kind(family: str) -> str:
    """What scripts of a context are called, with its article."""
    return with_article(kind_of(family).kind)
