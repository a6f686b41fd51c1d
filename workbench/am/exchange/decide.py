"""May this exchange happen? Every rule, in order, as one pure function.

The first rule that fails decides the HTTP answer; every rule that can be evaluated is,
so that a learner sees the second problem too.
"""

from functools import lru_cache
from typing import NamedTuple

from workbench.am.basics.secrets import safe_text
from workbench.am.basics.types import Claims
from workbench.am.exchange.decision import Check, Grant, Granted, Refused
from workbench.am.exchange.facts import Facts
from workbench.am.exchange.request import ExchangeRequest
from workbench.am.exchange.rule import Found, Rule
from workbench.am.exchange.rules import RULES, scope
from workbench.errors import InvalidRequest, OAuthError


def decide(request: ExchangeRequest) -> Granted | Refused:
    """Apply every rule in order.

    Touches no state and never raises for what was sent.
    """
    facts = Facts(request)
    checks, not_evaluated, left_out, refuses = _walk(facts)
    client, subject, scopes = facts.client, facts.subject_claims, facts.scopes
    failed = refuses is not None or bool(not_evaluated)
    sub, actor = _sub(subject), _sub(facts.actor_claims)
    if failed or client is None or subject is None or scopes is None:
        return Refused(
            checks=tuple(checks),
            not_evaluated=tuple(not_evaluated),
            left_out=tuple(left_out),
            client_id=client.client_id if client else "",
            sub=sub,
            actor=actor,
            refuses=refuses or InvalidRequest,
        )
    return Granted(
        checks=tuple(checks),
        left_out=tuple(left_out),
        client_id=client.client_id,
        sub=sub,
        actor=actor,
        client=client,
        subject=subject,
        given=Grant(scope=scopes.granted, audience=facts.audience, act=facts.act),
        answer=facts.answer,
    )


def _sub(claims: Claims | None) -> str:
    return safe_text(claims["sub"]) if claims else ""


class _Walked(NamedTuple):
    """Every rule as it came out, and how the first that failed refuses."""

    checks: list[Check]
    not_evaluated: list[str]
    left_out: list[Check]
    refuses: type[OAuthError] | None


def _walk(facts: Facts) -> _Walked:
    checks: list[Check] = []
    not_evaluated: list[str] = []
    left_out: list[Check] = []
    refuses: type[OAuthError] | None = None
    profile, without = facts.profile.name, facts.profile.rules_left_out
    for rule in RULES:
        if rule.concerns is not None and not rule.concerns(facts):
            continue
        needed = [getattr(facts, need) for need in rule.needs]
        missing = rule.statement in without
        if None in needed:
            if not missing:
                not_evaluated.append(rule.statement)
            continue
        found = rule.look(facts, *needed)
        if missing:
            left_out.append(_check(rule, found, profile))
            continue
        if not found.passed and refuses is None:
            refuses = found.refuses or rule.refuses
        checks.append(_check(rule, found, profile))
    return _Walked(checks, not_evaluated, left_out, refuses)


@lru_cache(maxsize=1024)
def _check(rule: Rule, found: Found, profile: str) -> Check:
    """A rule as it came out; one object for all exchanges where it comes out so."""
    return Check(
        rule=rule.statement,
        passed=found.passed,
        expected=found.expected,
        found=found.found,
        source=rule.source.replace("{profile}", profile),
        decided_by=found.decided_by or rule.decided_by,
        error=(found.refuses or rule.refuses).error,
        description=found.description or rule.description,
    )


def waits_for_script(decision: Granted | Refused) -> bool:
    """Whether every rule passed but the one that only a script can answer."""
    waiting = scope.script_lets_pass.statement in decision.not_evaluated
    return waiting and decision.refusal is None
