"""Each lab: the usual request passes, the attack is stopped or not, as the lab says."""

import ast
from typing import Any

import pytest

from tests.course.labs.conftest import EVERY, Begin
from workbench.am.exchange.rules import BY_STATEMENT
from workbench.course.labs.attack_lab import Lab, LabBench
from workbench.course.labs.by_name import LABS
from workbench.course.labs.session import lab as card_of

every_lab = pytest.mark.parametrize("lab", EVERY, ids=[each.slug for each in EVERY])
every_rule = pytest.mark.parametrize(
    "lab", [each for each in EVERY if each.rule], ids=lambda each: each.slug
)


def passed(answer: Any) -> bool:
    """Whether a call, or a call of a tool, brought what was asked for."""
    return bool(getattr(answer, "allowed", answer.status in (200, 201)))


def ticked(lab: Lab) -> bool:
    return card_of(lab.slug).solved


def refusals(bench: LabBench) -> list[str]:
    """The rules that refused exchanges, in order."""
    found = [each.decision.refusal for each in bench.audit if each.decision]
    return [each.rule for each in found if each is not None]


@every_lab
def test_the_usual_request_passes_and_solves_nothing(
    lab: Lab, begin: Begin, capsys: pytest.CaptureFixture[str]
) -> None:
    bench = begin(lab)
    assert lab.evidence(bench) == ()

    assert passed(lab.try_usual(bench))

    assert lab.evidence(bench) == ()
    assert not ticked(lab)
    assert "Lab solved" not in capsys.readouterr().out


@every_lab
def test_the_attack_is_answered_as_the_lab_says(lab: Lab, begin: Begin) -> None:
    bench = begin(lab)

    answer = lab.try_attack(bench)

    assert passed(answer) == lab.granted
    if lab.granted:
        assert lab.harm(bench, answer)


@every_rule
def test_the_rule_that_the_lab_names_refuses_with_its_defence_up(
    lab: Lab, begin: Begin
) -> None:
    bench = begin(lab)
    if lab.granted:
        lab.turn(bench)

    lab.try_attack(bench)

    assert refusals(bench) == [lab.stopped_by]
    assert lab.stopped_by in BY_STATEMENT


@every_lab
def test_the_attack_solves_the_lab_by_itself_and_once(
    lab: Lab, begin: Begin, capsys: pytest.CaptureFixture[str]
) -> None:
    bench = begin(lab)
    lab.try_usual(bench)

    lab.try_attack(bench)
    lab.try_attack(bench)

    assert ticked(lab)
    assert capsys.readouterr().out.count(f"Lab solved: {lab.title}") == 1


@every_lab
def test_without_its_defence_the_attack_succeeds_and_with_one_put_up_it_does_not(
    lab: Lab, begin: Begin
) -> None:
    bench = begin(lab)
    changed = lab.turn(bench) or {}

    answer = lab.try_attack(bench, **changed)

    assert passed(answer) != lab.granted
    if not lab.granted:
        assert lab.harm(bench, answer)


@every_lab
def test_a_defence_put_up_solves_the_lab_too(lab: Lab, begin: Begin) -> None:
    bench = begin(lab)
    if lab.granted:
        lab.turn(bench)

    lab.try_attack(bench)

    assert lab.evidence(bench)


@every_lab
def test_an_administrator_finds_the_attack_in_a_log(lab: Lab, begin: Begin) -> None:
    bench = begin(lab)
    lab.try_attack(bench)

    last = lab.evidence(bench)[-1]
    logs = [str(each) for each in bench.audit]
    if "ledger" in lab.stopped_by or lab.needs:
        entries = bench.mcp.log if lab.needs else bench.apis.log
        logs = [str(each) for each in entries]
    named = [word for word in last.replace(":", " ").split() if "-agent" in word]
    assert last.endswith((".", ". "))
    assert all(any(name.strip(",.") in entry for entry in logs) for name in named)


@every_lab
def test_the_code_of_a_lab_runs_as_it_stands(lab: Lab, begin: Begin) -> None:
    for code, granted in [
        (lab.usual_code, True),
        (lab.attack_code, lab.granted),
        (lab.turned_code, not lab.granted),
    ]:
        wb = begin(lab)
        *body, last = ast.parse(code).body
        assert isinstance(last, ast.Expr)
        names: dict[str, Any] = {"wb": wb}
        exec(compile(ast.Module(body, []), "cell", "exec"), names)
        answer = eval(compile(ast.Expression(last.value), "cell", "eval"), names)

        assert passed(answer) == granted, code


@pytest.mark.parametrize("lab", LABS.values(), ids=list(LABS))
def test_a_lab_changes_one_value(lab: Lab) -> None:
    ((name, value),) = lab.attack.items()

    assert lab.usual[name] != value
    before, after = lab.usual_code.splitlines(), lab.attack_code.splitlines()
    assert sum(a != b for a, b in zip(before, after, strict=True)) == 1


@pytest.mark.parametrize("lab", LABS.values(), ids=list(LABS))
def test_a_lab_says_all_that_it_has_to(lab: Lab) -> None:
    told = (lab.title, lab.group, lab.story, lab.task, lab.answer, lab.turned)
    assert all(told) and all((lab.notice, lab.fix, lab.stopped_by))
    assert lab.sources and all(lab.sources)
    assert len(lab.hints) == 3 == len(set(lab.hints))
    assert next(iter(lab.attack)) in lab.hints[-1]
    assert any(arrow.stopped for arrow in lab.arrows)
    assert lab.usual_code.count("\n") < 13


def test_there_are_twenty_labs_with_a_name_each() -> None:
    assert len(LABS) == 20 == len({each.title for each in LABS.values()})
