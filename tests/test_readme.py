"""The README says what is true: its Python runs, its picture is up to date."""

import re
from pathlib import Path

from workbench.course.use_cases.agent_for_agent import AGENT_FOR_AGENT
from workbench.course.use_cases.sequence import sequence_of
from workbench.views.sequence.face import sequence_mermaid

README = (Path(__file__).parent.parent / "README.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", README, flags=re.DOTALL)


def test_the_python_blocks_run_in_order() -> None:
    names: dict[str, object] = {}

    for block in blocks("python"):
        exec(compile(block, "README.md", "exec"), names)

    names["wb"].close()  # type: ignore[attr-defined]


def test_the_picture_is_the_one_that_the_workbench_draws() -> None:
    (picture,) = blocks("mermaid")

    assert picture.strip() == sequence_mermaid(sequence_of(AGENT_FOR_AGENT)).strip()


def test_the_two_commands_are_there() -> None:
    main, tests = blocks("bash")

    assert main.strip().endswith("workbench lab")
    assert tests.strip().endswith("pytest")


def test_every_command_of_the_program_is_explained() -> None:
    for command in ("lab", "walk", "serve", "script check"):
        assert f"`workbench {command}" in README
