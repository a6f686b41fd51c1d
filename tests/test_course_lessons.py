"""The lessons as a course: each asks, is short, was run whole, and leads on.

The limits are those that the project's style sets for a lesson.
"""

import ast
import datetime
import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.external_sources import DOORS, SOURCES, UNCHANGING
from workbench.course.lessons import first_lesson, shipped_lessons, shipped_names

ROOT = Path(__file__).parent.parent
NAMES = [name for name in shipped_names() if name.endswith(".ipynb")]
LESSONS = [name for name in NAMES if "/" not in name]
NOTEBOOKS: dict[str, dict[str, Any]] = {
    name: json.loads((shipped_lessons() / name).read_text("utf-8")) for name in NAMES
}

MOST_CELLS, MOST_LINES, MOST_WORDS, WORDS_A_LINE = 40, 12, 2_500, 6
MOST_FUNCTIONS, LINES_OF_A_FUNCTION = 2, 6

LINK = re.compile(r"(?<!!)\[[^]]*\]\(([^()\s]+(?:\([^()]*\)[^()\s]*)?)\)")
ADDRESS = re.compile(r"""https?://[^\s"'<>)\\`{}|\]]+""")
RESERVED = re.compile(
    r"https?://([\w.-]+\.)?(example\.(com|org|net)|127\.0\.0\.1|localhost|\[::1\])"
    r"([:/?#]|$)|http://www\.w3\.org/"
)
"""Names of nobody (RFC 2606), this machine, and names of XML."""

STYLE = re.compile(r"<style>.*?</style>", re.DOTALL)
SMALL = 120
"""Characters of HTML that may well come twice, such as a word or an empty trail."""

lesson = pytest.mark.parametrize("name", LESSONS)
notebook = pytest.mark.parametrize("name", NAMES)


def sources(name: str, kind: str) -> list[str]:
    """What the cells of one kind say."""
    cells = NOTEBOOKS[name]["cells"]
    return ["".join(cell["source"]) for cell in cells if cell["cell_type"] == kind]


def code_cells(name: str) -> list[dict[str, Any]]:
    cells = NOTEBOOKS[name]["cells"]
    return [cell for cell in cells if cell["cell_type"] == "code"]


def prose(name: str) -> str:
    return "\n".join(sources(name, "markdown"))


def without_code(text: str) -> str:
    """Markdown without its blocks of code, in which nothing is a heading or a link."""
    return re.sub(r"^```.*?^```", "", text, flags=re.DOTALL | re.MULTILINE)


def links(name: str) -> list[str]:
    return LINK.findall(without_code(prose(name)))


def anchors(name: str) -> set[str]:
    """Of each heading, as JupyterLab makes them."""
    headings = re.findall(r"^#+ +(.+)$", without_code(prose(name)), re.MULTILINE)
    return {each.strip().replace("`", "").replace(" ", "-") for each in headings}


def not_run_whole(cells: list[dict[str, Any]]) -> str:
    """What says that these cells were not run in order, all of them; or ""."""
    counts = [cell["execution_count"] for cell in cells]
    if all(count is None for count in counts):
        printed = any(cell["outputs"] for cell in cells)
        return "outputs of cells that were not run" if printed else ""
    wanted = list(range(1, len(cells) + 1))
    return "" if counts == wanted else f"cells were run as {counts}"


# ---- Run whole


@notebook
def test_a_committed_notebook_was_run_whole_and_in_order(name: str) -> None:
    cells = code_cells(name)

    assert not_run_whole(cells) == ""
    assert all(cell["execution_count"] for cell in cells)


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        ([1, 2], ""),
        ([None, None], ""),
        ([1, None], "cells were run as [1, None]"),
        ([2, 1], "cells were run as [2, 1]"),
        ([1, 3], "cells were run as [1, 3]"),
        ([2, 3], "cells were run as [2, 3]"),
    ],
)
def test_a_notebook_that_was_run_in_part_is_refused(
    counts: list[int | None], said: str
) -> None:
    cells: list[dict[str, Any]] = [
        {"execution_count": count, "outputs": []} for count in counts
    ]

    assert not_run_whole(cells) == said


def test_outputs_without_a_run_are_refused() -> None:
    cell = {"execution_count": None, "outputs": [{"output_type": "stream"}]}

    assert not_run_whole([cell]) == "outputs of cells that were not run"


@lesson
def test_no_cell_of_a_lesson_ends_in_an_exception(name: str) -> None:
    outputs = [each for cell in code_cells(name) for each in cell["outputs"]]

    assert [each for each in outputs if each["output_type"] == "error"] == []


# ---- Where a lesson leads


def test_lessons_are_numbered_from_00_without_a_gap() -> None:
    numbers = [int(name[:2]) for name in LESSONS]

    assert numbers == list(range(len(LESSONS)))


@lesson
def test_a_lesson_asks_one_question(name: str) -> None:
    headings = [
        line for line in without_code(prose(name)).splitlines() if line[:2] == "# "
    ]

    assert len(headings) == 1
    assert prose(name).startswith(headings[0])
    assert headings[0].endswith("?")


@lesson
def test_a_lesson_leads_to_the_next_and_to_the_map(name: str) -> None:
    place = LESSONS.index(name)
    wanted = {first_lesson(), *LESSONS[place + 1 : place + 2]} - {name}

    assert first_lesson().startswith("00_")
    assert wanted <= {link.partition("#")[0] for link in links(name)}


def test_the_map_leads_to_every_lesson() -> None:
    first = first_lesson()

    assert first.startswith("00_")
    assert set(LESSONS) - {first} <= shown_links(first)


def shown_links(name: str) -> set[str]:
    """What the outputs of a lesson link to."""
    cells = json.loads((shipped_lessons() / name).read_text("utf-8"))["cells"]
    shown = [output for cell in cells for output in cell.get("outputs", ())]
    html = ["".join(each.get("data", {}).get("text/html", "")) for each in shown]
    return {*re.findall(r'href="([^"#]+)', "".join(html))}


@notebook
def test_what_a_notebook_links_to_is_there(name: str) -> None:
    folder = (shipped_lessons() / name).parent
    broken = []
    for link in links(name):
        if link.startswith(("https://", "http://")):
            continue
        path, _, anchor = link.partition("#")
        target = (folder / path).resolve() if path else shipped_lessons() / name
        if not target.exists():
            broken.append(link)
        elif anchor and target.suffix == ".ipynb":
            other = target.relative_to(shipped_lessons().resolve()).as_posix()
            broken += [link] if anchor not in anchors(other) else []
    assert broken == []


@notebook
def test_what_a_notebook_links_to_is_laid_out_with_it(name: str) -> None:
    """A link out of the folder of lessons leads nowhere in a learner's copy."""
    folder = (shipped_lessons() / name).parent
    local = [each.partition("#")[0] for each in links(name) if "//" not in each]
    found = {(folder / path).resolve() for path in local if path}
    shipped = {(shipped_lessons() / each).resolve() for each in shipped_names()}

    assert found <= shipped


# ---- How long a lesson is


@lesson
def test_a_lesson_has_no_more_cells_than_one_sitting(name: str) -> None:
    assert len(code_cells(name)) <= MOST_CELLS


@lesson
def test_a_cell_is_short_enough_to_be_read(name: str) -> None:
    long = [
        each for each in sources(name, "code") if len(each.splitlines()) > MOST_LINES
    ]

    assert long == []


@lesson
def test_a_lesson_has_no_more_words_than_one_sitting(name: str) -> None:
    assert len(prose(name).split()) <= MOST_WORDS


@lesson
def test_a_lesson_explains_its_code(name: str) -> None:
    lines = sum(len(each.splitlines()) for each in sources(name, "code"))

    assert len(prose(name).split()) >= WORDS_A_LINE * lines


def functions(name: str) -> Iterator[ast.FunctionDef]:
    """Those that a lesson defines; neither cells of another language nor exercises."""
    for source in sources(name, "code"):
        if source.startswith("%%") or "wb = start(" in source:
            continue
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.FunctionDef):
                yield node


@lesson
def test_a_lesson_defines_few_functions_and_short_ones(name: str) -> None:
    found = list(functions(name))

    assert len(found) <= MOST_FUNCTIONS
    for each in found:
        assert (each.end_lineno or 0) - each.lineno + 1 <= LINES_OF_A_FUNCTION


# ---- Nothing twice


def shown(name: str) -> Iterator[str]:
    """The HTML that a lesson prints, without the style that each piece brings."""
    for cell in code_cells(name):
        for output in cell["outputs"]:
            html = "".join(output.get("data", {}).get("text/html", ""))
            yield STYLE.sub("", html)


@lesson
def test_nothing_is_printed_twice_within_a_lesson(name: str) -> None:
    times = Counter(each for each in shown(name) if len(each) > SMALL)

    assert [each[:300] for each, count in times.items() if count > 1] == []


# ---- Sources


def addresses() -> dict[str, set[str]]:
    """Every address elsewhere, with the files that have it."""
    files = [ROOT / "README.md", *(ROOT / "workbench" / "course").rglob("*.py")]
    texts = {str(each.relative_to(ROOT)): each.read_text("utf-8") for each in files}
    for name in NAMES:
        cells = NOTEBOOKS[name]["cells"]
        texts[name] = "\n".join("".join(cell["source"]) for cell in cells)
    found: dict[str, set[str]] = {}
    for file, text in texts.items():
        for address in ADDRESS.findall(text):
            if not RESERVED.match(address):
                found.setdefault(address.rstrip(".,;:"), set()).add(file)
    return found


def needs_a_day(address: str) -> bool:
    """Whether what is there may change, and something here was taken from it."""
    unchanging = re.fullmatch(UNCHANGING + r"(#.*)?", address)
    return not unchanging and not address.startswith(DOORS)


def source_of(address: str) -> str:
    """The entry that an address belongs to, or ""."""
    fits = (
        each
        for each in SOURCES
        if address == each or re.match(re.escape(each) + r"[/?#]", address)
    )
    return max(fits, key=len, default="")


def test_every_address_elsewhere_has_a_day_and_a_reason() -> None:
    unknown = {a: where for a, where in addresses().items() if not source_of(a)}

    assert {a: where for a, where in unknown.items() if needs_a_day(a)} == {}


def test_no_source_is_listed_that_nothing_links_to() -> None:
    assert set(SOURCES) == {source_of(address) for address in addresses()} - {""}


@pytest.mark.parametrize("address", SOURCES)
def test_a_source_says_when_it_was_read_and_what_of(address: str) -> None:
    source = SOURCES[address]

    assert datetime.date.fromisoformat(source.checked) > datetime.date(2025, 1, 1)
    assert source.of
