"""The floor plan: no circle, no crowd, no name twice, nothing too long to read."""

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "workbench"
MOST_MODULES, MOST_LINES, MOST_WORDS = 18, 330, 2200
MODULES = {
    ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(
        ".__init__"
    ): path
    for path in PACKAGE.rglob("*.py")
}
TREES = {name: ast.parse(path.read_text("utf-8")) for name, path in MODULES.items()}


def imported(tree: ast.Module) -> Iterator[str]:
    """The modules of the package that one imports, for type checking too."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (each.name for each in node.names if each.name in MODULES)
        elif isinstance(node, ast.ImportFrom) and node.module:
            for each in node.names:
                full = f"{node.module}.{each.name}"
                found = full if full in MODULES else node.module
                if found in MODULES:
                    yield found


def test_no_modules_import_each_other_in_a_circle() -> None:
    graph = {name: set(imported(tree)) - {name} for name, tree in TREES.items()}

    try:
        TopologicalSorter(graph).prepare()
    except CycleError as circle:
        pytest.fail(" -> ".join(circle.args[1]))


def test_no_two_classes_have_one_name() -> None:
    where = defaultdict(list)
    for name, tree in TREES.items():
        for node in tree.body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                where[node.name].append(name)

    assert {name: found for name, found in where.items() if len(found) > 1} == {}


def test_no_folder_is_crowded() -> None:
    crowds: dict[str, int] = defaultdict(int)
    for path in PACKAGE.rglob("*"):
        if path.suffix in (".py", ".js") and path.name != "__init__.py":
            crowds[str(path.parent.relative_to(ROOT))] += 1

    assert {name: n for name, n in crowds.items() if n > MOST_MODULES} == {}


def test_no_module_is_too_long_to_read() -> None:
    lengths = {
        name: len(path.read_text("utf-8").splitlines())
        for name, path in MODULES.items()
    }

    assert {name: n for name, n in lengths.items() if n > MOST_LINES} == {}


def test_every_folder_says_its_rule() -> None:
    silent = [
        name
        for name, path in MODULES.items()
        if path.name == "__init__.py" and not ast.get_docstring(TREES[name])
    ]

    assert silent == []


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md"])
def test_what_a_page_links_to_is_there(name: str) -> None:
    text = (ROOT / name).read_text("utf-8")
    links = re.findall(r"\]\((?!https?://)([^)#]+)", text)

    assert links
    assert [link for link in links if not (ROOT / link).exists()] == []


def test_the_readme_is_short() -> None:
    words = (ROOT / "README.md").read_text("utf-8").split()

    assert len(words) <= MOST_WORDS
