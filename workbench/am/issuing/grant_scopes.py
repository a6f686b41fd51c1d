"""The scopes that a grant gives; an exchange has rules of its own.

Sources: RFC 6749 section 3.3; PingAM 8.1 "Scope validation", "Dynamic OAuth 2.0
authorization". That policies are asked once a scope validation script has been is
inferred.
"""

from dataclasses import dataclass, replace

from workbench.am.basics.among import beyond
from workbench.am.clients.effective import effective
from workbench.am.issuing.validate_scopes import validate_scopes
from workbench.am.realm import Realm
from workbench.am.scopes.by_policies import (
    Judged,
    consent_implied,
    judge_scopes,
    without_asking,
)
from workbench.am.scopes.policy import PolicySubject
from workbench.am.scopes.question import (
    ACCESS,
    AUTHORIZATION,
    NOTHING_LEFT,
    ScopeQuestion,
)
from workbench.am.scopes.scope import (
    allowed_scopes,
    requested_scopes,
    split_scope,
    unknown_scopes,
)
from workbench.am.scripts.script import ByScript, ScriptOutcome
from workbench.errors import InvalidScope, NoScopeLeft


class ScopeRefused(ByScript, InvalidScope):
    """A script refused the scopes asked for."""

    did = "refused it"


class ScopeDenied(ByScript, NoScopeLeft):
    """A script let no scope pass."""

    did = "let none pass"


@dataclass(frozen=True, slots=True, kw_only=True)
class GrantedScopes:
    """The scopes of a new token, and the script that was asked, if one was.

    Attributes:
        scopes: Those of the access token.
        inherits: Whether a refresh token gets these, and not those of its grant.
        scripts: The script's outcome, or nothing.
        consented: Those that need no person's consent: a policy grants them.
        left_out: Those that the policies leave out, and why; or "".
    """

    scopes: tuple[str, ...]
    inherits: bool = False
    scripts: tuple[ScriptOutcome, ...] = ()
    consented: tuple[str, ...] = ()
    left_out: str = ""

    @property
    def to_ask(self) -> tuple[str, ...]:
        """The scopes that a person is asked for, where one can be."""
        return beyond(self.scopes, self.consented)

    @property
    def remark(self) -> str:
        """What the audit trail says of scopes that the policies left out, or ""."""
        return f" Policies left out: {self.left_out}." if self.left_out else ""


def granted_scopes(realm: Realm, asked: ScopeQuestion) -> GrantedScopes:
    """What the client may have, and then what the policies leave of it.

    Raises:
        InvalidScope: It may not have one of them, there are none, or a script
            refused them.
        ScopeDenied: A script left none.
        ScriptFailed: The script did.
    """
    allowed = _ask_script_or_client(realm, asked)
    name = asked.user.name if asked.user else ""
    found = judge_scopes(
        effective(realm.provider, asked.client),
        realm.policies.values(),
        allowed.scopes,
        PolicySubject(asked.client.client_id, name),
    )
    by_password = asked.entry == ACCESS and asked.user is not None
    if found is None or (by_password and not realm.profile.policies_on_password):
        return allowed
    kept = _apply_policies(realm, asked, found, allowed.scopes)
    return replace(
        allowed, scopes=kept, consented=found.granted, left_out=found.left_out(kept)
    )


def _apply_policies(
    realm: Realm, asked: ScopeQuestion, found: Judged, scopes: tuple[str, ...]
) -> tuple[str, ...]:
    """What the policies leave.

    A person can be asked for what no policy speaks of; a scope that is refreshed was
    granted before, so that only a denial takes it away. That policies are asked again
    then, and that nothing may be left, is inferred.
    """
    if asked.refreshes or asked.entry == AUTHORIZATION:
        return beyond(scopes, found.denied)
    implied = consent_implied(asked.client, effective(realm.provider, asked.client))
    return without_asking(found, scopes, implied=implied)


def _ask_script_or_client(realm: Realm, asked: ScopeQuestion) -> GrantedScopes:
    """What the client's script, or else its registration, lets it have.

    Raises:
        InvalidScope: It may not have one of them, there are none, or a script
            refused them.
        ScopeDenied: A script left none.
        ScriptFailed: The script did.
    """
    answer = validate_scopes(realm, asked)
    if answer is None:
        return GrantedScopes(scopes=_require_registered(asked))
    if answer.refused:
        raise ScopeRefused(answer.refused, answer.outcome)
    if not answer.scopes:
        raise ScopeDenied(NOTHING_LEFT, answer.outcome)
    return GrantedScopes(
        scopes=answer.scopes, inherits=answer.inherits, scripts=(answer.outcome,)
    )


def _require_registered(asked: ScopeQuestion) -> tuple[str, ...]:
    """The scopes asked for, all of which the client, or the grant, must have."""
    client = asked.client
    if asked.refreshes:
        return _require_granted(asked)
    found = requested_scopes(client, asked.scope)
    if found.problem:
        raise InvalidScope(
            found.problem,
            hint=f"{client.client_id} may have: {allowed_scopes(client)}.",
        )
    return found.scopes


def _require_granted(asked: ScopeQuestion) -> tuple[str, ...]:
    unknown = beyond(split_scope(asked.scope), asked.granted)
    if unknown:
        raise InvalidScope(
            unknown_scopes(unknown),
            hint=f"Refreshing may only narrow the scope: {' '.join(asked.granted)}.",
        )
    return asked.wanted
