"""The same requests under every profile, and the table of what differs."""

from dataclasses import fields

import pytest

from workbench import Workbench
from workbench.am.settings.profile import PROFILES, Profile
from workbench.course.differences.scenarios import SCENARIOS, Differences
from workbench.views.differences import differences_html, differences_text


@pytest.fixture(scope="module")
def found() -> Differences:
    with Workbench(now=1_790_000_000, seed="test") as bench:
        own = bench.profile.but(
            granted_scope="all the acting client's",
            actor_history="nest",
            scopes_from_script="as returned",
            loops="refuse",
            actor_is_client=True,
            max_chain_depth=1,
            policies_see_exchange_subject=True,
            rules_left_out=(
                "may_act has a sub, as delegation needs",
                "may_act.sub names the actor token's sub",
            ),
        )
        return bench.compare_profiles(own)


def answers(found: Differences, beginning: str) -> tuple[str, ...]:
    return next(row[2] for row in found.rows if row[0].startswith(beginning))


def test_each_switch_of_a_profile_has_its_question() -> None:
    asked = {scenario.switch for scenario in SCENARIOS}

    assert {item.name for item in fields(Profile)} - asked == {"name"}


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        (
            "How is an agent's own subject",
            ("(age!data-agent)", "(age!data-agent)", "data-agent"),
        ),
        (
            "may_act.sub is (age!risk-agent)",
            ("granted", "granted", "refused: invalid_request"),
        ),
        ("may_act has a sub", ("granted", "refused: invalid_request", "granted")),
        ("may_act has a client_id alone", ("none", "none", "risk-agent")),
        (
            "A delegated token goes on",
            (
                "(age!risk-agent)",
                "refused: invalid_request",
                "risk-agent after risk-agent",
            ),
        ),
        (
            "Asked for read write",
            ("read write", "refused: invalid_scope", "read write"),
        ),
        ("Asked for read, the client", ("read", "read", "read")),
        ("A validation script adds", ("read", "read", "read")),
        ("A policy grants read to people", ("none", "none", "none")),
        ("No policy speaks of the read", ("none", "none", "read")),
        (
            "A validation script asks for identity",
            ("read", "read", "refused: server_error"),
        ),
        ("The subject token has a minute", ("3599 s", "59 s", "3599 s")),
        ("Does a refresh token", ("yes", "no", "no")),
        ("And where the client has", ("yes", "no", "yes")),
        (
            "data-agent was made inactive",
            ("granted", "refused: invalid_request", "granted"),
        ),
    ],
)
def test_the_three_profiles_answer_as_their_servers(
    found: Differences, question: str, expected: tuple[str, ...]
) -> None:
    assert found.profiles[:3] == tuple(PROFILES)
    assert answers(found, question)[:3] == expected


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Asked for read, the client", "read write"),
        ("A validation script adds", "read write"),
        ("A policy grants read to people", "read"),
        ("The actor token is another", "refused: invalid_request"),
        ("The actor token names an", "refused: invalid_request"),
        ("risk-agent acts twice", "refused: invalid_request"),
        ("A third actor", "refused: invalid_request"),
        ("may_act lets nobody be the actor", "(age!risk-agent)"),
    ],
)
def test_a_profile_of_ones_own_is_a_column_more(
    found: Differences, question: str, expected: str
) -> None:
    assert found.profiles[3].startswith("pingam-8.1 (changed: ")
    assert answers(found, question)[3] == expected


def test_the_view_marks_what_differs(found: Differences) -> None:
    html, text = differences_html(found), differences_text(found)

    for face in (html, text):
        assert "rfc8693-strict" in face
        assert "59 s" in face
    assert html.count("<tr>") == len(SCENARIOS) + 1
    assert "<b>≠ <code>59 s</code></b>" in html
    assert "<b>≠ <code>3599 s</code></b>" not in html
    assert "≠ 59 s" in text and "= 3599 s" in text
    assert "refused: invalid_scope" in text


def test_asking_leaves_the_bench_as_it_was(wb: Workbench) -> None:
    wb.compare_profiles()

    assert (list(wb.audit), wb.transcript, dict(wb.realm.clients)) == ([], [], {})
    assert wb.profile == PROFILES["pingam-8.1"]
