from dataclasses import replace

import pytest

from workbench.am.exchange.decision import Decision, Refused
from workbench.views.decision import decision_html, decision_text, link_source


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
    assert "Could not be evaluated" not in decision_html(granted)


def test_every_check_says_whether_it_passed_in_words(refused: Decision) -> None:
    assert decision_html(refused).count("✓ passed") == 1
    assert decision_html(refused).count("✗ failed") == 2


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
