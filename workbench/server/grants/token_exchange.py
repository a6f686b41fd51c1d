"""The token exchange grant (RFC 8693 section 2): read, decide, issue, answer."""

from dataclasses import replace
from typing import Any

from workbench.am.claims.order import Issued, Order
from workbench.am.clients.client import Client
from workbench.am.clients.effective import effective
from workbench.am.clients.grant_types import TOKEN_EXCHANGE
from workbench.am.clients.names import bare_name
from workbench.am.exchange.decide import decide, waits_for_script
from workbench.am.exchange.decision import REQUEST, Check, Granted, Refused
from workbench.am.exchange.request import ExchangeRequest
from workbench.am.exchange.rules.script import (
    MAY_ACT,
    SCOPE_VALIDATION,
    malformed_scope,
    script_failed,
    script_ran,
)
from workbench.am.exchange.suggest import advise
from workbench.am.exchange.token_types import wanted_type
from workbench.am.issuing.issue import issue
from workbench.am.issuing.validate_scopes import validate_scopes
from workbench.am.people.user import user_in
from workbench.am.reading.read_token import read_token, subject_of
from workbench.am.reading.refresh_token_use import unusable_by
from workbench.am.realm import Realm
from workbench.am.scopes.question import ScopeAnswer, ScopeQuestion
from workbench.am.scripts.script import ByScript, MayActScript
from workbench.am.tokens.token import Reading, auth_level
from workbench.errors import (
    InvalidScope,
    OAuthError,
    Refusal,
    ServerError,
)
from workbench.server.answers import token_response, trace
from workbench.server.request.incoming import Incoming


def token_exchange(incoming: Incoming) -> dict[str, Any]:
    """A token for one party out of another's (RFC 8693 section 2).

    Raises:
        Refusal: It may not happen; with the decision that says why.
    """
    exchange = read_exchange(incoming)
    granted = decide_exchange(incoming, exchange)
    order = exchange_order(incoming, exchange, granted)
    issued, granted = issue_exchange(incoming.realm, exchange, order, granted)
    return answer_exchange(incoming, order, issued, granted)


# Read


def read_exchange(incoming: Incoming) -> ExchangeRequest:
    """What was sent, by whom, and what the server knows of both tokens."""
    realm = incoming.realm
    profile, provider = realm.profile, realm.provider
    sent = incoming.parameters
    client, failure = None, None
    try:
        client = incoming.authenticated_client()
    except OAuthError as problem:
        failure = problem
    settings = effective(provider, client) if client else None
    by_policies = settings is not None and settings.usePolicyEngineForScope
    subject = _read_token(realm, sent.values.get("subject_token"))
    return ExchangeRequest(
        client=client,
        authentication=failure,
        parameters=sent.values,
        audiences=sent.lists.get("audience", ()),
        subject=subject,
        actor=_read_token(realm, sent.values.get("actor_token")),
        provider=provider,
        profile=profile,
        settings=settings,
        now=realm.clock.now(),
        policies=tuple(realm.policies.values()) if by_policies else (),
        person=_person(realm, subject) if by_policies else "",
    )


def _read_token(realm: Realm, value: str | None) -> Reading | None:
    return None if value is None else read_token(realm, value)


def _person(realm: Realm, subject: Reading | None) -> str:
    """The name of the person whom a token is about, or ""."""
    claims = subject.claims if subject else None
    user = user_in(subject_of(realm, claims), realm.users) if claims else None
    return user.name if user else ""


# Decide


def decide_exchange(incoming: Incoming, exchange: ExchangeRequest) -> Granted:
    """Walk the rules; a scope validation script is asked once all others passed.

    Raises:
        Refusal: A rule failed, or the script did.
    """
    decision, client = decide(exchange), exchange.client
    if client is not None and waits_for_script(decision):
        answer = _ask_script(incoming, client, decision)
        exchange = replace(exchange, answer=answer)
        decision = decide(exchange)
    incoming.realm.last_exchange = exchange.without_secrets()
    if isinstance(decision, Refused):
        error = exchange.authentication or decision.error
        raise _refusal(error, _advised(incoming.realm, exchange, decision))
    return decision


def _advised(realm: Realm, exchange: ExchangeRequest, refused: Refused) -> Refused:
    """The refusal with what would have made it pass, which is never sent."""
    scripts = {each.id: each for each in realm.scripts.of(MayActScript)}
    return advise(refused, exchange, clients=realm.clients, scripts=scripts)


def _ask_script(
    incoming: Incoming, client: Client, waiting: Granted | Refused
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
        refused = waiting.refused_by(malformed_scope(malformed))
        raise _refusal(malformed, refused) from None
    except ServerError as failed:
        refused = waiting.refused_by(script_failed(SCOPE_VALIDATION, failed))
        raise _refusal(failed, refused) from None


def _refusal(error: OAuthError, refused: Refused) -> Refusal:
    event = {"kind": "exchange", "decision": refused.for_the_trail()}
    return Refusal(error, event)


# Issue


def exchange_order(
    incoming: Incoming, exchange: ExchangeRequest, granted: Granted
) -> Order:
    """The order for the new token: the subject's own, with the actor in ``act``."""
    realm, subject, given = incoming.realm, granted.subject, granted.given
    sub = subject_of(realm, subject)
    capped = realm.profile.lifetime_capped_by_subject
    return Order(
        client=granted.client,
        grant_type=TOKEN_EXCHANGE,
        scope=given.scope,
        sub=sub,
        subname=subject["subname"] if "subname" in subject else bare_name(sub),
        audience=given.audience,
        act=given.act,
        auth_time=subject.get("auth_time"),
        auth_level=auth_level(subject),
        lifetime_cap=subject["exp"] - realm.clock.now() if capped else None,
        limits=exchange.limits,
        user=user_in(sub, realm.users),
        session=incoming.session,
        token_type=wanted_type(exchange.parameters),
        request_properties=incoming.properties,
        scripts=(granted.answer.outcome,) if granted.answer else (),
    )


def issue_exchange(
    realm: Realm, exchange: ExchangeRequest, order: Order, granted: Granted
) -> tuple[Issued, Granted]:
    """Issue what was ordered; the decision then knows of the scripts that ran.

    Raises:
        Refusal: A script failed.
    """
    try:
        issued = issue(realm, order, exchange.settings)
    except (ServerError, ByScript) as failed:
        kind = failed.outcome.script.kind if isinstance(failed, ByScript) else MAY_ACT
        raise _refusal(
            failed, granted.refused_by(script_failed(kind, failed))
        ) from None
    act = issued.tokens[0].claims.get("act")
    for outcome in issued.scripts:
        granted = granted.and_check(script_ran(outcome), act)
    return issued, granted


# Answer


def answer_exchange(
    incoming: Incoming, order: Order, issued: Issued, granted: Granted
) -> dict[str, Any]:
    """The answer on the wire; what it does not say goes to the audit trail."""
    realm, client_id = incoming.realm, granted.client_id
    if issued.refresh is not None:
        remark = unusable_by(realm, granted.client)
        granted = replace(granted, remark=remark) if remark else granted
    incoming.record(
        "exchange",
        client_id,
        f"{client_id} exchanged a token of {granted.subject['sub']}: "
        f"{granted.given.kind}.",
        decision=granted,
        **trace(issued, order),
    )
    told = realm.profile.null_refresh_token
    return token_response(
        issued, realm.clock.now(), order.token_type, null_refresh_token=told
    )


def unreadable_exchange(problem: OAuthError) -> Refusal:
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
    return _refusal(problem, Refused(checks=(check,)))
