"""What a learner has solved, in one small file in the folder that one works in."""

import json
from pathlib import Path

NAME = ".workbench-progress.json"


def solved_numbers() -> frozenset[str]:
    """The numbers of the exercises solved, as this folder has it."""
    try:
        kept = json.loads(Path(NAME).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return frozenset()
    found = kept.get("solved") if isinstance(kept, dict) else None
    return frozenset(each for each in found or () if isinstance(each, str))


def solved(number: str) -> bool:
    """Whether an exercise was solved."""
    return number in solved_numbers()


def keep_solved(number: str) -> None:
    """Remember that an exercise was solved."""
    now = sorted(solved_numbers() | {number})
    Path(NAME).write_text(json.dumps({"solved": now}, indent=2), encoding="utf-8")
