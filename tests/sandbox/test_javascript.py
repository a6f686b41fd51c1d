"""The JavaScript of the sandbox: what is there is used, checked and short."""

from pathlib import Path

import pytest

from workbench.sandbox.engines import worker

SANDBOX = Path(worker.__file__).parents[1]
OTHERS = {"acorn.js"}
FILES = [path for path in sorted(SANDBOX.rglob("*.js")) if path.name not in OTHERS]
ALONE = {"prelude.js", "unkillable.js"}  # no parts: the first, and one for a place


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_file_is_checked_for_its_types_and_read_at_a_sitting(path) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()

    assert lines[0] == "// @ts-check"
    assert lines[1].startswith("// ")
    assert len(lines) <= 300


def test_every_part_of_a_world_is_part_of_one() -> None:
    parts = worker.read_parts()
    named = {each for name in parts for each in worker.parts_of(name, parts)}
    world = SANDBOX / "world"

    there = {path.relative_to(world).as_posix() for path in world.rglob("*.js")}

    assert named == there - ALONE


def test_every_part_of_rhino_is_evaluated() -> None:
    there = {path.stem for path in (SANDBOX / "rhino" / "parts").glob("*.js")}

    assert set(worker.RHINO) == there
