"""The walk in this process, from the vendor's three requests to the log."""

import json

import pytest

from tests.test_cli import run
from workbench import Workbench
from workbench.errors import SettingError


def test_the_walk_ends_with_an_explanation_in_the_log() -> None:
    walked = run("walk", "agent-for-agent")

    lines = walked.stdout.rstrip().split("\n")
    assert lines[-1] == "INFO risk-agent: Risk 26 of 100, by ledger: it is the surest."
    assert lines[-5] == (
        "INFO risk-agent: risk-agent acts for data-agent and asked about c-17."
    )
    assert "eyJ" not in "".join(line for line in lines if "INFO" in line)


def test_the_walk_says_why_the_first_token_is_not_enough() -> None:
    walked = run("walk")

    assert "Why: The token is for risk-agent, and this is" in walked.stdout
    assert "  audience            https://network.example.com" in walked.stdout


def test_the_logs_of_the_apis_have_both_identities() -> None:
    walked = run("walk").stdout

    _, _, logs = walked.partition("What the APIs' logs say")
    assert logs.count("● (age!data-agent)  ◆ (age!risk-agent)") == 4
    assert logs.count("✓ 200") == 3


def test_the_brief_walk_has_two_lines_a_request() -> None:
    walked = run("walk", "--brief").stdout

    assert "3. ✓ risk-agent exchanges both tokens" in walked
    assert "5. ✗ ledger refuses that token" in walked
    assert "9. ✓ risk-agent asks network." in walked
    assert walked.rstrip().endswith("it is the surest.")


def test_programs_get_the_three_steps_as_before_and_the_end_beside_them() -> None:
    walked = json.loads(run("walk", "--json").stdout)

    assert len(walked["steps"]) == 3
    assert walked["steps"][2]["token"]["header"]["alg"] == "HS256"
    assert "audience" not in walked["steps"][2]["request"]["form"]
    end = walked["apis"]
    assert [step["response"]["status"] for step in end["steps"]] == [
        *(200, 401, 200),
        *(200, 200, 200),
    ]
    assert len(end["steps"][2]["request"]["form"]["audience"]) == 3
    assert end["selected"]["api"] == "ledger"
    assert end["steps"][3]["log"]["actor"] == "(age!risk-agent)"


def test_other_use_cases_end_where_they_ended() -> None:
    walked = json.loads(run("walk", "agent-for-user", "--json").stdout)

    assert "apis" not in walked


def test_the_whole_use_case_is_drawn_with_its_apis(wb: Workbench) -> None:
    drawn = wb.sequence("agent-for-agent", apis=True)

    lines = drawn.text.split("\n")
    assert lines[0] == "risk-agent acts on behalf of data-agent, to the APIs"
    assert lines[-1].endswith("risk-agent -> risk-agent: selects the surest, logs why")
    assert "resource server" in drawn.html
    assert "audience" not in wb.sequence("agent-for-agent").text
    with pytest.raises(SettingError, match="goes to no APIs"):
        wb.sequence("agent-for-user", apis=True)
