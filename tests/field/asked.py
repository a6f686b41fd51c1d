"""One script in each of AM's OAuth2 contexts, run by a request that triggers it."""

from collections.abc import Callable
from dataclasses import dataclass

from tests.stories import (
    SECRET,
    add_grant,
    agent_for_user,
    consent,
    evaluate_scope,
    get,
    modify_tokens,
    open_registration,
    provide_authorize_data,
    register,
    tell_claims,
    validate_scope,
)
from workbench import Workbench
from workbench.agent.client import Call
from workbench.am.scripts.script import ScriptOutcome
from workbench.course.use_cases.agent_for_user import USER, USER_PASSWORD
from workbench.errors import ScriptError

BOTH = ("1.0", "2.0")
SCOPES = ["read", "write", "openid", "profile"]


@dataclass(frozen=True)
class Asked:
    """What a request was answered, and what its script did."""

    status: int
    outcome: ScriptOutcome

    @property
    def log(self) -> list[str]:
        """What the script logged."""
        return [line.text for line in self.outcome.log]

    @property
    def error(self) -> ScriptError:
        """What kept the script from its end."""
        assert self.outcome.error is not None, "the script failed in nothing"
        return self.outcome.error


def prepared(wb: Workbench) -> Workbench:
    """bjensen, hr-client and hr-agent, with tokens that can be read."""
    agent_for_user(wb)
    open_registration(wb)
    wb.provider.statelessTokensEnabled = True
    for client_id in ("hr-client", "hr-agent"):
        wb.realm.update(
            client_id,
            scopes=SCOPES,
            custom_properties=["team=risk"],
            overrides={"statelessTokensEnabled": True},
        )
    add_grant(wb, "hr-client", "password")
    attributes = {"mail": ["b@example.com"], "telephoneNumber": ["1", "2"]}
    wb.realm.users.update(USER, attributes=attributes)
    return wb


def _sent(wb: Workbench, scope: str = "read write") -> Call:
    return wb.client.password("hr-client", SECRET, USER, USER_PASSWORD, scope=scope)


def _person(wb: Workbench) -> int:
    return _sent(wb).status


def _may_act(wb: Workbench, source: str, version: str) -> int:
    wb.realm.add_script("may act", source, version)
    wb.realm.update("hr-client", may_act_script="may act")
    return _person(wb)


def _modification(wb: Workbench, source: str, version: str) -> int:
    modify_tokens(wb, source, version, "hr-client")
    return _person(wb)


def _validation(wb: Workbench, source: str, version: str) -> int:
    function = "function validateAccessTokenScope() {{ {} \n return requestedScopes; }}"
    validate_scope(wb, function.format(source), version, "hr-client")
    return _person(wb)


def _evaluation(wb: Workbench, source: str, version: str) -> int:
    made = "new java.util.HashMap()" if version == "1.0" else "({})"
    evaluate_scope(wb, f"{source}\n{made};", version)
    token = _sent(wb).access_token
    return get(wb, "tokeninfo", token).status_code


def _authorize_data(wb: Workbench, source: str, version: str) -> int:
    made = "new java.util.HashMap()" if version == "1.0" else "({})"
    provide_authorize_data(wb, f"{source}\n{made};", version)
    return consent(wb).status_code


def _claims(wb: Workbench, source: str, version: str) -> int:
    made = (
        "new org.forgerock.oauth2.core.UserInfoClaims("
        "new java.util.HashMap(), new java.util.HashMap())"
        if version == "1.0"
        else "({values: {}, compositeScopes: {}})"
    )
    sent = _sent(wb, "openid profile")
    tell_claims(wb, f"{source}\n{made};", version)
    return get(wb, "userinfo", sent.access_token).status_code


def _registration(wb: Workbench, source: str, version: str) -> int:
    script = wb.realm.add_registration_script("registration", source)
    wb.provider.dynamicClientRegistrationScript = script.id
    return register(wb, client_name="new").status_code


Trigger = Callable[[Workbench, str, str], int]
CONTEXTS: dict[str, Trigger] = {
    "may act": _may_act,
    "token modification": _modification,
    "scope validation": _validation,
    "scope evaluation": _evaluation,
    "authorize data": _authorize_data,
    "OIDC claims": _claims,
}
"""Those of both generations."""
NEXT_ONLY: dict[str, Trigger] = {"registration": _registration}
FINE = {"authorize data": 302, "registration": 201}
"""The status of a request whose script did not fail, where it is not 200."""
ALL = [
    *((context, version) for context in CONTEXTS for version in BOTH),
    *((context, "2.0") for context in NEXT_ONLY),
]
NEXT = [context for context, version in ALL if version == "2.0"]


def ask(wb: Workbench, context: str, source: str, version: str = "2.0") -> Asked:
    """Set the script for a context, send what triggers it, and see what came of it."""
    status = {**CONTEXTS, **NEXT_ONLY}[context](prepared(wb), source, version)
    outcomes = [outcome for event in wb.audit for outcome in event.scripts]
    return Asked(status, next(o for o in outcomes[::-1] if source in o.script.source))
