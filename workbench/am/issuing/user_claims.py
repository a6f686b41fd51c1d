"""The claims of a person, at ``/userinfo`` and in ID tokens.

Sources: OpenID Connect Core section 5.4; which attribute each claim is, AM's OIDC
claims script. PingAM 8.1 "OIDC claims" for scripts of one's own.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from workbench.am.basics.secrets import safe_text
from workbench.am.basics.types import Claims, NewClaims
from workbench.am.clients.client import Client
from workbench.am.clients.effective import effective
from workbench.am.issuing.identities import identity_about
from workbench.am.issuing.run_script import client_bindings, run_script
from workbench.am.people.session import Session
from workbench.am.people.user import User
from workbench.am.realm import Realm
from workbench.am.scripts.plugin import ClaimsScript
from workbench.am.scripts.script import (
    Bindings,
    ScriptFailed,
    ScriptOutcome,
    ScriptRefused,
    with_error,
)

CLAIMS_FAILED = "Error running OIDC claims script"
"""All that the wire learns of a failed script; OpenAM's text, without its detail."""

CLAIMS_OF_SCOPE = {
    "profile": {
        "name": "cn",
        "given_name": "givenName",
        "family_name": "sn",
        "zoneinfo": "preferredtimezone",
        "locale": "preferredlocale",
    },
    "email": {"email": "mail"},
    "address": {"address": "postalAddress"},
    "phone": {"phone_number": "telephoneNumber"},
}
"""Claims that a scope opens, and the attribute of each, as in AM's own script."""

CLAIMS = tuple(name for group in CLAIMS_OF_SCOPE.values() for name in group)


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimsQuestion:
    """Whose claims are wanted, and for what.

    Attributes:
        client: Who is told; its script counts.
        scopes: Those of the access token.
        user: The person, or None where a client acts as itself.
        claims: What AM tells by itself, which a script sees.
        session: The login whose cookie came with the request, or None.
        properties: Gives what a script sees of the request.
        sub: The subject of the token, where it is not the client's own.
    """

    client: Client
    scopes: Iterable[str]
    user: User | None
    claims: Claims
    session: Session | None = None
    properties: Callable[[], Mapping[str, Any]] = field(default=dict, repr=False)
    sub: str = ""


def user_claims(
    realm: Realm, asked: ClaimsQuestion
) -> tuple[Mapping[str, Any], ScriptOutcome | None]:
    """The claims by name, and the script that gave them, if one did.

    A claim without a value is left out; of a script's that is inferred.

    Raises:
        ScriptRefused: The script threw AM's InvalidRequestException.
        ScriptFailed: It failed, or gave no claims.
        ServerError: There is no such script.
    """
    name = effective(realm.provider, asked.client).oidcClaimsScript
    outcome = run_script(
        realm, ClaimsScript, name, lambda: claims_bindings(realm, asked), CLAIMS_FAILED
    )
    if outcome is None:
        return of_scopes(asked.scopes, asked.user), None
    return claims_of(outcome), outcome


def claims_of(outcome: ScriptOutcome) -> Mapping[str, Any]:
    """The claims that a script gave.

    Raises:
        ScriptRefused: It threw AM's InvalidRequestException.
        ScriptFailed: It gave no claims.
    """
    result = outcome.result if isinstance(outcome.result, dict) else {}
    if isinstance(result.get("refused"), str):
        raise ScriptRefused(safe_text(result["refused"], 1000), outcome)
    values = result.get("values")
    if not isinstance(values, dict):
        failed = with_error(outcome, "The script engine gave no claims.")
        raise ScriptFailed(CLAIMS_FAILED, failed)
    return {each: values[each] for each in values if values[each] is not None}


def of_scopes(scopes: Iterable[str], user: User | None) -> NewClaims:
    """The claims that the scopes open, as far as the person has them."""
    found: NewClaims = {}
    for scope in scopes if user else ():
        for claim, attribute in CLAIMS_OF_SCOPE.get(scope, {}).items():
            values = user.values(attribute) if user else ()
            if values:
                found[claim] = values[0]
    if "address" in found:
        found["address"] = {"formatted": found["address"]}
    return found


def claims_bindings(realm: Realm, asked: ClaimsQuestion) -> Bindings:
    """What an OIDC claims script sees."""
    seen, client = asked.properties(), asked.client
    sub = asked.sub or client.client_id
    whose = identity_about(realm, asked.user, sub, client)
    return replace(
        client_bindings(realm, seen, client, whose, asked.session),
        scopes=tuple(asked.scopes),
        further={"claims": asked.claims, "locales": _locales(seen)},
    )


def _locales(seen: Mapping[str, Any]) -> list[str]:
    """The values of ``claims_locales`` (OpenID Connect Core section 5.2).

    It counts where it comes with the request that is answered; inferred.
    """
    sent = seen.get("requestParams", {}).get("claims_locales", ())
    return [each for value in sent for each in value.split()]
