"""The reference lists what the differential tests except, and no more."""

import json
from pathlib import Path

ROOT = Path(__file__).parents[2]
START = "These are the known differences that nothing tells of:\n\n"


def items(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.startswith("- ")]


def test_the_reference_prints_the_exceptions() -> None:
    corpus = ROOT / "tests" / "sandbox" / "corpus" / "exceptions.txt"
    notebook = ROOT / "notebooks" / "reference" / "scripts.ipynb"
    cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    reference = "\n\n".join("".join(cell["source"]) for cell in cells)

    printed = reference.split(START)[1].split("\n\n")[0]

    assert items(printed) == items(corpus.read_text(encoding="utf-8"))
