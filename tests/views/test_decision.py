from dataclasses import replace
from html import unescape

import pytest

from tests.stories import Agents
from workbench.am.exchange.decision import Decision, Refused
from workbench.views.checks import link_source
from workbench.views.decision import decision_html, decision_text


def test_the_verdict_comes_first(granted: Decision, refused: Decision) -> None:
    assert decision_text(granted).splitlines()[0] == (
        "✓ Granted to risk-agent: delegation, scope read"
    )
    assert decision_text(refused).splitlines()[0] == (
        "✗ Refused by rule 2: may_act is there; "
        'on the wire only: invalid_request "Invalid token exchange."'
    )


def test_marks_only_the_rule_that_decides(refused: Decision) -> None:
    assert decision_text(refused).count("<- decides") == 1
    assert decision_html(refused).count('<tr class="wb-on">') == 1


def test_lists_the_rules_that_could_not_be_evaluated(
    refused: Decision, granted: Decision
) -> None:
    assert "<li>may_act names the client</li>" in decision_html(refused)
    assert "  - may_act names the client" in decision_text(refused)
    assert "could not be evaluated" in decision_html(refused)
    assert "could not be evaluated" not in decision_html(granted)


def test_failed_rules_stand_open_and_the_others_are_folded(refused: Decision) -> None:
    open_, _, folds = decision_html(refused).partition("<details>")

    assert open_.count("✗ failed") == 2
    assert "The client authenticated" not in open_
    assert "✓ 1 rule passed" in folds
    assert "The client authenticated" in folds


def test_rules_are_counted_by_what_they_are_about(agents: Agents) -> None:
    agents.exchange()
    groups = "client 3, parameters 5, subject 4, actor 4, may_act 4, scope 2"

    assert f"22 rules passed: {groups}" in decision_text(agents.wb.decision)
    assert groups in decision_html(agents.wb.decision)


def test_a_refusal_says_why_and_what_would_make_it_pass(agents: Agents) -> None:
    subject = agents.token("data-agent")
    agents.wb.client.exchange(
        "data-agent", "mySecret", scope="read", subject_token=subject
    )
    sentence = "The subject token's may_act lets risk-agent exchange it; data-agent"

    for face in (decision_text(agents.wb.decision), _seen(agents.wb.decision)):
        assert sentence in face
        assert "To make it pass" in face
        assert "Let risk-agent send it, whom may_act names" in face


def test_says_who_took_part(agents: Agents) -> None:
    agents.exchange()

    html = decision_html(agents.wb.decision)

    for role in ("client", "subject", "actor"):
        assert f'<span class="wb-badge wb-{role}">' in html
    assert "◆ actor (age!risk-agent)" in decision_text(agents.wb.decision)


def test_every_rule_is_listed_once_in_either_face(agents: Agents) -> None:
    agents.exchange(scope="read admin")
    decision = agents.wb.decision

    for check in decision.checks:
        assert check.rule in decision_text(decision)
        assert check.rule in _seen(decision)


def _seen(decision: Decision) -> str:
    return unescape(decision_html(decision))


@pytest.mark.parametrize(
    ("source", "address"),
    [
        ("RFC 8693 section 2.1", "https://www.rfc-editor.org/rfc/rfc8693#section-2.1"),
        ("see RFC 7009.", "https://www.rfc-editor.org/rfc/rfc7009"),
    ],
)
def test_links_to_the_rfc(source: str, address: str) -> None:
    assert f'<a href="{address}">' in link_source(source)


def test_other_sources_are_text() -> None:
    assert link_source("PingAM 8.1 <x>") == "PingAM 8.1 &lt;x&gt;"


def test_shortens_what_a_passed_rule_found_and_not_what_a_failed_one_did(
    refused: Decision,
) -> None:
    long = "x" * 200
    checks = tuple(check._replace(found=long) for check in refused.checks)
    html = decision_html(replace(refused, checks=checks))

    assert html.count(long) == 3  # the verdict and two failed rules
    assert decision_text(replace(refused, checks=checks)).count(long) == 3


def test_a_decision_that_grants_nothing_says_so(granted: Decision) -> None:
    nothing = Refused(checks=granted.checks)

    assert "nothing was granted" in decision_text(nothing)
