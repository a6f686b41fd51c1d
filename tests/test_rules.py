"""The rules of an exchange as data: what each says of itself, and what mends it."""

from dataclasses import replace
from typing import Any

import pytest

from tests.test_exchange import good, reading
from workbench.am.exchange.act import chain
from workbench.am.exchange.decide import decide, waits_for_script
from workbench.am.exchange.decision import (
    CLIENT,
    PROFILE,
    PROVIDER,
    REQUEST,
    SCRIPT,
    Refused,
)
from workbench.am.exchange.facts import Facts
from workbench.am.exchange.rule import GROUPS, Rule
from workbench.am.exchange.rules import RULES, why
from workbench.am.exchange.rules.act import MOST_ACTORS
from workbench.am.exchange.rules.scope import script_lets_pass
from workbench.am.exchange.suggest import suggest_remedies
from workbench.am.settings.provider import ProviderSettings

each_rule = pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.statement)


def test_no_two_rules_say_the_same() -> None:
    statements = [rule.statement for rule in RULES]

    assert len(set(statements)) == len(statements)


@each_rule
def test_a_rule_says_its_source_and_who_decides(rule: Rule) -> None:
    assert rule.source
    assert rule.decided_by in {REQUEST, CLIENT, PROVIDER, SCRIPT, PROFILE}


@each_rule
def test_a_rule_needs_only_facts(rule: Rule) -> None:
    facts = Facts(good())

    assert all(hasattr(facts, need) for need in rule.needs)


@each_rule
def test_a_rule_says_why_it_fails_in_one_sentence(rule: Rule) -> None:
    said = rule.why.replace("{found}", "").replace("{expected}", "")

    assert rule.about in GROUPS
    assert bool(rule.why) != rule.advice_only.startswith("It never fails")
    assert not rule.why or rule.why.endswith(".")
    assert "{" not in said and ". " not in said


def test_a_reason_has_short_names_and_no_lists_in_words() -> None:
    request = good()
    asked = {**request.parameters, "scope": "admin"}
    refusal = decide(replace(request, parameters=asked)).refusal

    assert refusal is not None
    assert why(refusal) == "The client may have scopes read write; it asked for admin."


def test_what_passed_needs_no_reason_and_what_is_missing_is_named() -> None:
    passed = decide(good()).checks[0]
    missing = passed._replace(passed=False, expected="a secret", found="")

    assert why(passed) == ""
    assert why(missing) == "It takes a secret."


@each_rule
def test_a_rule_has_remedies_or_says_why_it_has_none(rule: Rule) -> None:
    assert (rule.remedies is None) == bool(rule.advice_only)


def test_these_rules_have_no_remedy() -> None:
    """The list of them: a rule that joins it says why."""
    assert {rule.statement: rule.advice_only for rule in RULES if rule.advice_only} == {
        "An earlier act is carried on where it is an object": (
            "It never fails: what is no object is dropped."
        ),
        "The scope validation script lets the request pass": (
            "Only the script's author knows what it lets pass."
        ),
        "Policies say which of the scopes are granted": (
            "It never fails: what no policy grants is left out."
        ),
    }


def test_a_chain_that_cannot_be_written_is_answered_with_advice() -> None:
    act: dict[str, Any] = {"sub": "first"}
    for _ in range(MOST_ACTORS):
        act = {"sub": "next", "act": act}
    may_act = {"client_id": "risk-agent", "sub": "(age!risk-agent)"}
    request = good(subject=reading("(age!data-agent)", may_act=may_act, act=act))

    (failure,) = decide(request).failures
    (remedy,) = suggest_remedies(failure, request, clients={}, scripts={})

    assert failure.rule == "The chain of actors can be written"
    assert failure.found == f"{len(chain(act)) + 1} actors"
    assert remedy.text == "Send a subject token that names fewer earlier actors."
    assert not remedy.applicable


def test_what_waits_for_a_script_is_refused_and_says_for_what() -> None:
    provider = ProviderSettings(
        validateScopePluginType="SCRIPTED", validateScopeScript="a script"
    )
    request = good(provider=provider)

    decision = decide(request)

    assert isinstance(decision, Refused)
    assert waits_for_script(decision)
    assert decision.error.hint.startswith(f"Unknown: {script_lets_pass.statement}")
