"""The token exchange grant (RFC 8693 section 2): read, decide, issue, record."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from workbench.am.claims.order import Order
from workbench.am.clients.client import TOKEN_EXCHANGE, Client, bare_name
from workbench.am.clients.effective import effective
from workbench.am.exchange.decide import decide
from workbench.am.exchange.decision import (
    REFUSED,
    REQUEST,
    SCRIPT,
    VALIDATED,
    Check,
    Decision,
    ExchangeRequest,
)
from workbench.am.exchange.token_types import wanted_type
from workbench.am.issuing.issue import issue
from workbench.am.issuing.validate_scopes import validate_scopes
from workbench.am.people.user import user_in
from workbench.am.reading.read_token import read_token
from workbench.am.reading.subject_of import subject_of
from workbench.am.realm import Realm
from workbench.am.scopes.question import ScopeAnswer, ScopeQuestion
from workbench.am.scripts.script import ByScript
from workbench.am.tokens.token import Reading, auth_level
from workbench.errors import (
    ExchangeRefused,
    InvalidRequest,
    InvalidScope,
    NoScopeLeft,
    OAuthError,
    ServerError,
    UnsupportedGrantType,
)
from workbench.server.answers import token_response, trace
from workbench.server.request.incoming import Incoming


def _refused(error: OAuthError, decision: Decision) -> ExchangeRefused:
    return ExchangeRefused(error, decision.for_the_trail())


def unreadable(problem: OAuthError) -> ExchangeRefused:
    """The refusal of an exchange that could not even be read."""
    check = Check(
        rule="The request can be read",
        passed=False,
        expected="a form in UTF-8 with each parameter once",
        found=problem.description,
        source="RFC 6749 section 3.2",
        decided_by=REQUEST,
        description=problem.description,
    )
    return _refused(problem, Decision(checks=(check,)))


def token_exchange(incoming: Incoming) -> dict[str, Any]:
    """A token for one party out of another's (RFC 8693 section 2)."""
    client, failure = _client_or_failure(incoming)
    facts = _facts(incoming, client, failure)
    decision = decide(facts)
    if client is not None and decision.waits_for_script:
        facts = replace(facts, answer=_scope_answer(incoming, client, decision))
        decision = decide(facts)
    incoming.realm.last_exchange = facts.kept()
    refusal = decision.refusal
    if client is None or decision.grant is None or refusal is not None:
        assert refusal is not None
        raise _refused(failure or _as_error(refusal), decision)
    assert facts.subject is not None and facts.subject.claims is not None
    order = _exchange_order(incoming, client, decision, facts.subject.claims)
    if facts.answer is not None:
        order = replace(order, scripts=(facts.answer.outcome,))
    try:
        issued = issue(incoming.realm, order)
    except (ServerError, ByScript) as failed:
        kind = "may act script"
        if isinstance(failed, ByScript):
            kind = failed.outcome.script.kind
        check = _script_check(kind, failed=failed)
        raise _refused(failed, decision.and_check(check)) from None
    new = issued.tokens[0]
    for script in issued.scripts:
        check = _script_check(script.script.kind, found=script.remark)
        decision = decision.and_check(check).with_act(new.claims.get("act"))
    text = _granted_text(client, decision, facts.subject.claims)
    incoming.record(
        "exchange", client.client_id, text, decision=decision, **trace(issued, order)
    )
    return token_response(issued, incoming.realm.clock.now(), order.token_type)


def _scope_answer(
    incoming: Incoming, client: Client, decision: Decision
) -> ScopeAnswer | None:
    """What the acting client's scope validation script says of the scopes asked for.

    It sees no person behind the token, as was measured.
    """
    asked = ScopeQuestion(
        client=client,
        scope=incoming.parameters.get("scope"),
        properties=incoming.properties,
    )
    try:
        return validate_scopes(incoming.realm, asked)
    except InvalidScope as malformed:
        check = _malformed_check(malformed)
        raise _refused(malformed, decision.and_check(check)) from None
    except ServerError as failed:
        check = _script_check("scope validation script", failed=failed)
        raise _refused(failed, decision.and_check(check)) from None


def _malformed_check(problem: InvalidScope) -> Check:
    return Check(
        rule=VALIDATED,
        passed=False,
        expected="scopes as RFC 6749 has them",
        found=problem.hint,
        source="RFC 6749 section 3.3",
        decided_by=REQUEST,
        error=problem.error,
        description=problem.description,
    )


def _client_or_failure(
    incoming: Incoming,
) -> tuple[Client | None, OAuthError | None]:
    try:
        return incoming.authenticated(), None
    except OAuthError as failure:
        return None, failure


def _facts(
    incoming: Incoming, client: Client | None, failure: OAuthError | None
) -> ExchangeRequest:
    realm, parameters = incoming.realm, incoming.parameters
    subject = _read(realm, parameters.get("subject_token"))
    return ExchangeRequest(
        client=client,
        authentication=failure,
        parameters=parameters.values,
        audiences=parameters.lists.get("audience", ()),
        subject=subject,
        actor=_read(realm, parameters.get("actor_token")),
        provider=realm.provider,
        profile=realm.profile,
        settings=effective(realm.provider, client) if client else None,
        now=realm.clock.now(),
        policies=tuple(realm.policies.values()),
        person=_person(realm, subject),
    )


def _person(realm: Realm, subject: Reading | None) -> str:
    """The name of the person whom a token is about, or ""."""
    claims = subject.claims if subject else None
    user = user_in(subject_of(realm, claims), realm.users) if claims else None
    return user.name if user else ""


def _read(realm: Realm, value: str | None) -> Reading | None:
    return None if value is None else read_token(realm, value)


def _exchange_order(
    incoming: Incoming,
    client: Client,
    decision: Decision,
    subject: Mapping[str, Any],
) -> Order:
    realm, grant = incoming.realm, decision.grant
    assert grant is not None
    sub = subject_of(realm, subject)
    capped = realm.profile.lifetime_capped_by_subject
    return Order(
        client=client,
        grant_type=TOKEN_EXCHANGE,
        scope=grant.scope,
        sub=sub,
        subname=subject.get("subname", bare_name(sub)),
        audience=grant.audience,
        act=grant.act,
        auth_time=subject.get("auth_time"),
        auth_level=auth_level(subject),
        lifetime_cap=subject["exp"] - realm.clock.now() if capped else None,
        user=user_in(sub, realm.users),
        session=incoming.session,
        token_type=wanted_type(incoming.parameters.values),
        request_properties=incoming.properties,
    )


def _as_error(refusal: Check) -> OAuthError:
    kinds: dict[str, type[OAuthError]] = {
        kind.error: kind
        for kind in (InvalidRequest, InvalidScope, NoScopeLeft, UnsupportedGrantType)
    }
    hint = f"{refusal.rule}: expected {refusal.expected}; found {refusal.found}."
    return kinds[refusal.error](refusal.description, hint=hint)


def _script_check(
    kind: str, *, found: str = "", failed: OAuthError | None = None
) -> Check:
    return Check(
        rule=f"The acting client's {kind} runs",
        passed=failed is None,
        expected="a script that ends without an error",
        found=failed.hint if failed else found,
        source="PingAM 8.1, scripting API",
        decided_by=SCRIPT,
        error=failed.error if failed else ServerError.error,
        description=failed.description if failed else REFUSED,
    )


def _granted_text(
    client: Client, decision: Decision, subject: Mapping[str, Any]
) -> str:
    assert decision.grant is not None
    return (
        f"{client.client_id} exchanged a token of {subject['sub']}: "
        f"{decision.grant.kind}."
    )
