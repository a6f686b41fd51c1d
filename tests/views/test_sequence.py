import pytest

from workbench import Workbench
from workbench.views.page.roles import ACTOR, SERVER
from workbench.views.sequence.face import (
    Message,
    Sequence,
    sequence_html,
    sequence_mermaid,
    sequence_svg,
    sequence_text,
)


@pytest.fixture
def sequence() -> Sequence:
    return Sequence(
        participants=("agent", "PingAM"),
        messages=(
            Message("agent", "PingAM", "asks for a token", "gives it"),
            Message("PingAM", "PingAM", "runs the script"),
            Message("agent", "PingAM", "exchanges it"),
        ),
        title="An exchange",
    )


def test_the_text_numbers_the_steps_and_marks_the_present_one(
    sequence: Sequence,
) -> None:
    assert sequence_text(sequence, present=2) == (
        "An exchange\n"
        "  1. agent -> PingAM: asks for a token   [done]\n"
        "     PingAM --> agent: gives it\n"
        "> 2. PingAM -> PingAM: runs the script   [now]\n"
        "  3. agent -> PingAM: exchanges it   [to come]"
    )


def test_the_drawing_says_now_in_a_word_and_in_weight(sequence: Sequence) -> None:
    svg = sequence_svg(sequence, present=2)

    assert "▶ now: 2. runs the script" in svg
    assert svg.count('<g font-weight="bold">') == 1
    assert "✓ 1. asks for a token" in svg
    assert 'aria-label="An exchange: now step 2 of 3, runs the script"' in svg


def test_without_a_present_step_all_are_alike(sequence: Sequence) -> None:
    assert "now" not in sequence_svg(sequence)
    assert 'opacity=".7"' not in sequence_svg(sequence)
    assert "An exchange: 3 steps" in sequence_html(sequence)


def test_before_and_after_all_steps(sequence: Sequence) -> None:
    assert sequence_text(sequence, present=0).count("[to come]") == 3
    assert sequence_text(sequence, present=4).count("[done]") == 3


def test_mermaid_draws_the_same(sequence: Sequence) -> None:
    assert sequence_mermaid(sequence) == (
        "sequenceDiagram\n"
        "    participant p1 as agent\n"
        "    participant p2 as PingAM\n"
        "    p1->>p2: 1. asks for a token\n"
        "    p2-->>p1: gives it\n"
        "    p2->>p2: 2. runs the script\n"
        "    p1->>p2: 3. exchanges it"
    )


def test_mermaid_labels_cannot_break_out() -> None:
    made = Sequence(("a;b#",), (Message("a;b#", "a;b#", "x\nparticipant <y>"),))

    assert sequence_mermaid(made).splitlines() == [
        "sequenceDiagram",
        "    participant p1 as a#59;b#35;",
        "    p1->>p1: 1. x␊participant #60;y#62;",
    ]


def test_a_message_of_a_stranger_is_an_error() -> None:
    with pytest.raises(ValueError, match="'b' is not among the participants"):
        Sequence(("a",), (Message("a", "b", "x"),))


def test_a_sequence_of_nothing_can_be_drawn() -> None:
    assert sequence_svg(Sequence((), ())).startswith("<svg")


def test_each_participant_has_the_shape_and_the_word_of_its_role() -> None:
    roles = {"risk-agent": ACTOR, "PingAM": SERVER}
    made = Sequence(tuple(roles), (Message("risk-agent", "PingAM", "x"),), roles=roles)

    svg = sequence_svg(made)

    assert ">◆ actor</text>" in svg
    assert ">▲ authorization server</text>" in svg
    assert svg.count('fill-opacity=".12"') == 2
    assert f'fill="{ACTOR.colour}"' in svg


def test_a_use_case_says_who_is_who() -> None:
    assert "● subject" in Workbench().sequence("agent-for-user").html


def test_a_page_too_narrow_for_the_drawing_has_a_list(sequence: Sequence) -> None:
    html = sequence_html(sequence, present=2)

    assert "@container" in html
    assert "<li>done agent → PingAM<br>asks for a token<br>← gives it</li>" in html
