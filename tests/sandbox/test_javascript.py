"""The JavaScript of the sandbox: what is there is used, checked and short."""

import hashlib
import json
from pathlib import Path

import pytest

from workbench.sandbox.work import worlds

SANDBOX = Path(worlds.__file__).parents[1]
OTHERS = {"acorn.js"}
FILES = [path for path in sorted(SANDBOX.rglob("*.js")) if path.name not in OTHERS]
ALONE = {"prelude.js", "unkillable.js"}  # no parts: the first, and one for a place


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_file_is_checked_for_its_types_and_read_at_a_sitting(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()

    assert lines[0] == "// @ts-check"
    assert lines[1].startswith("// ")
    assert len(lines) <= 300


def test_every_part_of_a_world_is_part_of_one() -> None:
    parts = worlds.read_parts()
    named = {each for name in parts for each in worlds.parts_of(name, parts)}
    world = SANDBOX / "world"

    there = {path.relative_to(world).as_posix() for path in world.rglob("*.js")}

    assert named == there - ALONE


def test_every_part_of_rhino_is_evaluated() -> None:
    there = {path.stem for path in (SANDBOX / "rhino" / "parts").glob("*.js")}

    assert set(worlds.RHINO) == there


def test_what_rhino_reads_of_the_world_is_written_from_the_files_there_are() -> None:
    world = SANDBOX / "world"
    lowered = json.loads((SANDBOX / "rhino/lowered.json").read_text(encoding="utf-8"))

    there = {
        path.relative_to(world).as_posix(): path.read_bytes()
        for path in world.rglob("*.js")
        if path.name != "unkillable.js"
    }
    stale = [
        name
        for name in there.keys() | lowered.keys()
        if hashlib.sha256(there.get(name, b"")).hexdigest()
        != lowered.get(name, {}).get("sha256")
    ]

    assert not stale, "node workbench/sandbox/rhino/lower.mjs writes it again"
