"""Starting a lab, its card, hints and answer, and the list."""

from pathlib import Path

import pytest

from tests.course.labs.conftest import Begin
from workbench.course import labs as room
from workbench.course.labs.by_name import LABS
from workbench.course.labs.session import (
    LabWatch,
    lab,
    lab_answer,
    lab_hint,
    labs,
    start_lab,
)
from workbench.course.labs.sheet import (
    SolvedLab,
    answer_html,
    answer_text,
    card_html,
    card_text,
    hint_html,
    hint_text,
    list_html,
    list_text,
    solved_html,
    solved_text,
)
from workbench.errors import SettingError

BORROWED = LABS["borrowed-actor-token"]


def test_starting_a_lab_shows_its_card(
    begin: Begin, capsys: pytest.CaptureFixture[str]
) -> None:
    begin(BORROWED)

    told = capsys.readouterr().out
    assert "Borrowed actor token: not solved yet" in told
    assert 'client_id = "risk-agent"' in told


def test_an_unknown_lab_is_refused_with_the_nearest() -> None:
    with pytest.raises(SettingError, match="Did you mean"):
        start_lab("chain-splice")


def test_starting_again_gives_a_fresh_bench(begin: Begin) -> None:
    first = begin(BORROWED)
    BORROWED.try_attack(first)

    again = begin(BORROWED)

    assert again is not first
    assert len(again.history) == 0
    assert BORROWED.evidence(again) == ()


def test_what_was_solved_stays_solved(begin: Begin) -> None:
    BORROWED.try_attack(begin(BORROWED))

    begin(BORROWED)

    assert lab(BORROWED.slug).solved
    assert labs().solved == {BORROWED.slug}
    assert "1 of 20 solved" in list_text(labs())
    assert "1 of 20 solved" in list_html(labs())
    assert "✓ solved" in card_html(lab(BORROWED.slug))


def test_a_folder_that_cannot_be_written_to_stops_nobody(
    begin: Begin, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bench = begin(BORROWED)
    (tmp_path / ".workbench-progress.json").mkdir()

    assert BORROWED.try_attack(bench).status == 400

    assert "✓ Lab solved" in capsys.readouterr().out


def test_the_defence_left_out_does_not_hide_the_attack(begin: Begin) -> None:
    bench = begin(BORROWED)
    BORROWED.turn(bench)

    BORROWED.try_attack(bench)

    assert lab(BORROWED.slug).solved


def test_another_mistake_solves_nothing(begin: Begin) -> None:
    bench = begin(BORROWED)

    bench.client.client_credentials("rogue-agent", "wrong")
    BORROWED.try_attack(bench, client_id="data-agent")

    assert not lab(BORROWED.slug).solved


def test_hints_tell_more_each_time() -> None:
    told = [lab_hint("circular-chain") for _ in range(4)]

    assert [each.stage for each in told] == [1, 2, 3, 3]
    assert "Hint 1 of 3: Circular chain" in hint_text(told[0])
    assert LABS["circular-chain"].hints[2] in hint_text(told[2])
    assert "Hint 3 of 3" in hint_html(told[3])


@pytest.mark.parametrize("slug", LABS)
def test_an_answer_tells_all_of_a_lab_in_both_faces(slug: str) -> None:
    chosen = LABS[slug]
    text, html = answer_text(lab_answer(slug)), answer_html(lab_answer(slug))

    for said in (chosen.answer, chosen.turned, chosen.notice, chosen.fix):
        assert said in text
    assert "The attack" in html and "Sources" in html
    assert ("would stop" in text) == chosen.granted


@pytest.mark.parametrize("slug", LABS)
def test_a_card_does_not_tell_the_answer(slug: str) -> None:
    chosen = LABS[slug]
    for face in (card_text(lab(slug)), card_html(lab(slug)), list_text(labs())):
        assert chosen.notice not in face
        assert chosen.hints[2] not in face


def test_the_list_tells_the_answers_when_asked() -> None:
    shown = labs(answers=True)

    for chosen in LABS.values():
        assert chosen.stopped_by in list_text(shown)
    assert "Which rule stops which attack" in list_html(shown)


def test_solved_says_what_shows_it(begin: Begin) -> None:
    bench = begin(BORROWED)
    watch = LabWatch(BORROWED, bench)
    BORROWED.try_attack(bench)

    solved = SolvedLab(BORROWED, watch.evidence)
    assert "exchange by rogue-agent" in solved_text(solved)
    assert "\n" not in solved_text(solved)
    assert "exchange by rogue-agent" in solved_html(solved)
    assert BORROWED.notice in solved_html(solved)


def test_the_room_has_what_a_learner_calls() -> None:
    assert set(room.__all__) <= set(dir(room))
    assert room.labs().labs == tuple(LABS.values())
    with pytest.raises(AttributeError, match="no attribute 'exploit'"):
        room.exploit  # noqa: B018
