"""A learner's own folder of lessons: what is laid out in it, renewed and kept."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from workbench.cli import main
from workbench.course import lessons
from workbench.course.learners_copy.lay_out import lesson_folder
from workbench.course.learners_copy.manifest import MANIFEST, LessonFolderError
from workbench.course.lessons import first_lesson, shipped_lessons, shipped_names

ONE, TWO, PAGE = "01_one.ipynb", "02_two.ipynb", "reference/rules.ipynb"
Edit = Callable[[Any], None]


def notebook(title: str, code: str = "6 * 7") -> str:
    """An executed notebook, as one is committed."""
    cell = new_code_cell(code, execution_count=1, id="b")
    cell.outputs = [nbformat.v4.new_output("stream", text=f"{title} ran\n")]
    made = new_notebook(cells=[new_markdown_cell(f"# {title}", id="a"), cell])
    return str(nbformat.writes(made)) + "\n"


@pytest.fixture
def shipped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of shipped lessons that a test may renew."""
    folder = tmp_path / "shipped"
    (folder / "reference").mkdir(parents=True)
    for name in (ONE, TWO, PAGE):
        (folder / name).write_text(notebook(name))
    monkeypatch.setattr(lessons, "PACKAGED", folder)
    return folder


@pytest.fixture
def mine(tmp_path: Path, shipped: Path) -> Path:
    """A folder in which they were laid out."""
    folder = tmp_path / "mine"
    assert lesson_folder(folder).told == ()
    return folder


def edit(path: Path, change: Edit) -> None:
    read = json.loads(path.read_text())
    change(read)
    path.write_text(json.dumps(read))


def answer(path: Path) -> None:
    """Write into a cell, as a learner does."""
    edit(path, lambda read: read["cells"][1].update(source="my answer"))


def run_and_save(path: Path) -> None:
    """What JupyterLab leaves in a notebook that was run and saved."""
    read = nbformat.read(path, as_version=4)
    NotebookClient(read).execute()
    read.cells[0].metadata["collapsed"] = True
    nbformat.write(read, path)


def said(path: Path) -> list[str]:
    return [cell.source for cell in nbformat.read(path, as_version=4).cells]


def files(folder: Path) -> dict[str, bytes]:
    found = (each for each in folder.rglob("*") if each.is_file())
    return {each.relative_to(folder).as_posix(): each.read_bytes() for each in found}


# ---- What is laid out


def test_a_lesson_folder_has_every_lesson_and_the_reference_with_its_data(
    tmp_path: Path,
) -> None:
    lesson_folder(tmp_path)

    assert {*files(tmp_path)} == {*shipped_names(), MANIFEST}
    assert first_lesson() in files(tmp_path)
    assert "reference/speed.json" in files(tmp_path)


def test_lessons_are_laid_out_as_nobody_has_run_them(tmp_path: Path) -> None:
    lesson_folder(tmp_path)

    for name in shipped_names():
        if name.startswith("reference/"):
            continue
        laid_out = nbformat.read(tmp_path / name, as_version=4)
        nbformat.validate(laid_out)
        code = [cell for cell in laid_out.cells if cell.cell_type == "code"]
        assert not any(cell.outputs or cell.execution_count for cell in code)
        assert said(tmp_path / name) == said(shipped_lessons() / name)


def test_what_one_looks_up_is_there_before_it_is_run(tmp_path: Path) -> None:
    lesson_folder(tmp_path)

    for source in shipped_lessons().glob("reference/*.ipynb"):
        laid_out = tmp_path / "reference" / source.name
        assert laid_out.read_bytes() == source.read_bytes()


def test_a_lesson_is_laid_out_as_jupyter_writes_it(tmp_path: Path) -> None:
    lesson_folder(tmp_path)
    path = tmp_path / first_lesson()

    read = nbformat.read(path, as_version=4)
    assert str(nbformat.writes(read)) + "\n" == path.read_text(encoding="utf-8")


def test_what_is_laid_out_is_trusted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JUPYTER_DATA_DIR", str(tmp_path / "data"))
    lesson_folder(tmp_path / "mine")

    from nbformat.sign import NotebookNotary

    notary = NotebookNotary(data_dir=str(tmp_path / "data"))
    for name in shipped_names():
        if name.endswith(".ipynb"):
            laid_out = nbformat.read(tmp_path / "mine" / name, as_version=4)
            assert notary.check_signature(laid_out)


def test_the_first_lesson_is_the_one_of_the_lowest_number(shipped: Path) -> None:
    assert first_lesson() == ONE

    (shipped / "00_start_here.ipynb").write_text(notebook("start"))

    assert first_lesson() == "00_start_here.ipynb"


def test_the_folder_of_the_shipped_lessons_keeps_its_outputs(shipped: Path) -> None:
    before = files(shipped)

    lesson_folder(shipped)

    assert files(shipped) == before


# ---- What is renewed


def test_nothing_is_written_again_while_nothing_is_renewed(mine: Path) -> None:
    run_and_save(mine / ONE)
    before = files(mine)

    assert lesson_folder(mine).told == ()
    assert files(mine) == before


def test_an_untouched_lesson_is_renewed_without_a_word(
    shipped: Path, mine: Path
) -> None:
    (shipped / ONE).write_text(notebook("One, renewed"))
    (shipped / PAGE).write_text(notebook("Rules, renewed"))

    assert lesson_folder(mine).told == ()
    assert said(mine / ONE)[0] == "# One, renewed"
    assert said(mine / PAGE)[0] == "# Rules, renewed"


def test_a_lesson_that_was_only_run_is_renewed_too(shipped: Path, mine: Path) -> None:
    run_and_save(mine / ONE)
    (shipped / ONE).write_text(notebook("One, renewed"))

    assert lesson_folder(mine).told == ()
    assert said(mine / ONE)[0] == "# One, renewed"


def test_a_lesson_that_was_deleted_is_laid_out_again(shipped: Path, mine: Path) -> None:
    (mine / ONE).unlink()

    assert lesson_folder(mine).told == ()
    assert said(mine / ONE) == said(shipped / ONE)


def test_a_lesson_that_is_shipped_no_more_goes_where_it_is_untouched(
    shipped: Path, mine: Path
) -> None:
    run_and_save(mine / TWO)
    (shipped / TWO).rename(shipped / "06_two.ipynb")

    assert lesson_folder(mine).told == ()
    assert sorted(each.name for each in mine.glob("*.ipynb")) == [ONE, "06_two.ipynb"]


# ---- What is kept


def test_a_lesson_that_somebody_changed_is_kept_and_the_renewed_one_laid_beside(
    shipped: Path, mine: Path
) -> None:
    answer(mine / ONE)
    (shipped / ONE).write_text(notebook("One, renewed"))

    told = lesson_folder(mine).told

    assert told == (
        f"Kept your own {ONE}; the renewed one is beside it: 01_one.renewed.ipynb.",
    )
    assert said(mine / ONE) == [f"# {ONE}", "my answer"]
    assert said(mine / "01_one.renewed.ipynb")[0] == "# One, renewed"


def test_that_is_said_and_done_once(shipped: Path, mine: Path) -> None:
    answer(mine / ONE)
    (shipped / ONE).write_text(notebook("One, renewed"))
    lesson_folder(mine)
    (mine / "01_one.renewed.ipynb").unlink()

    assert lesson_folder(mine).told == ()
    assert not (mine / "01_one.renewed.ipynb").exists()


def test_a_changed_lesson_of_which_nothing_is_new_is_no_news(
    shipped: Path, mine: Path
) -> None:
    answer(mine / ONE)

    assert lesson_folder(mine).told == ()
    assert said(mine / ONE) == [f"# {ONE}", "my answer"]


def test_the_renewed_one_that_lies_beside_is_renewed_in_its_turn(
    shipped: Path, mine: Path
) -> None:
    answer(mine / ONE)
    for title in ("Second", "Third"):
        (shipped / ONE).write_text(notebook(title))
        assert len(lesson_folder(mine).told) == 1

    assert said(mine / "01_one.renewed.ipynb")[0] == "# Third"
    assert len([*mine.glob("01_*")]) == 2


def test_a_renewed_one_that_somebody_works_in_is_kept_too(
    shipped: Path, mine: Path
) -> None:
    answer(mine / ONE)
    (shipped / ONE).write_text(notebook("Second"))
    lesson_folder(mine)
    answer(mine / "01_one.renewed.ipynb")
    (shipped / ONE).write_text(notebook("Third"))

    lesson_folder(mine)

    assert said(mine / "01_one.renewed.ipynb") == ["# Second", "my answer"]
    assert said(mine / "01_one.renewed-2.ipynb")[0] == "# Third"


def test_whoever_deletes_their_own_gets_the_renewed_one_in_its_place(
    shipped: Path, mine: Path
) -> None:
    answer(mine / ONE)
    (shipped / ONE).write_text(notebook("Second"))
    lesson_folder(mine)
    (mine / ONE).unlink()

    lesson_folder(mine)

    assert said(mine / ONE)[0] == "# Second"
    assert not (mine / "01_one.renewed.ipynb").exists()


def test_a_changed_lesson_that_is_shipped_no_more_is_kept_and_named_once(
    shipped: Path, mine: Path
) -> None:
    answer(mine / TWO)
    (shipped / TWO).rename(shipped / "06_two.ipynb")

    assert lesson_folder(mine).told == (
        f"Kept your own {TWO}; it is no longer among the lessons.",
    )
    assert lesson_folder(mine).told == ()
    assert said(mine / TWO) == [f"# {TWO}", "my answer"]


def test_a_changed_lesson_that_is_taken_back_by_hand_counts_as_untouched(
    shipped: Path, mine: Path
) -> None:
    answer(mine / ONE)
    edit(mine / ONE, lambda read: read["cells"][1].update(source="6 * 7"))
    (shipped / ONE).write_text(notebook("Second"))

    assert lesson_folder(mine).told == ()
    assert said(mine / ONE)[0] == "# Second"


@pytest.mark.parametrize(
    "text", ["my own", "[]", '{"cells": 3}', '{"cells": [{}]}', "\ud800"]
)
def test_a_file_that_is_no_notebook_is_somebodys_own(
    shipped: Path, mine: Path, text: str
) -> None:
    (mine / ONE).write_bytes(text.encode("utf-8", "surrogatepass"))
    before = (mine / ONE).read_bytes()
    (shipped / ONE).write_text(notebook("Second"))

    assert len(lesson_folder(mine).told) == 1
    assert (mine / ONE).read_bytes() == before


def test_files_of_the_learners_own_are_never_touched(shipped: Path, mine: Path) -> None:
    for name in ("notes.ipynb", "03_mine.ipynb", ".workbench-progress.json"):
        (mine / name).write_text("mine")
    (shipped / ONE).write_text(notebook("Second"))

    lesson_folder(mine)

    for name in ("notes.ipynb", "03_mine.ipynb", ".workbench-progress.json"):
        assert (mine / name).read_text() == "mine"


def test_a_folder_of_before_there_was_a_manifest_loses_nothing(
    shipped: Path, tmp_path: Path
) -> None:
    old = tmp_path / "old"
    shutil.copytree(shipped, old)
    answer(old / TWO)
    run = (old / ONE).read_bytes()

    told = lesson_folder(old).told

    assert told == (
        f"Kept your own {TWO}; the renewed one is beside it: 02_two.renewed.ipynb.",
    )
    assert (old / ONE).read_bytes() == run
    (shipped / ONE).write_text(notebook("Second"))
    assert lesson_folder(old).told == ()
    assert said(old / ONE)[0] == "# Second"


# ---- What goes wrong


@pytest.mark.parametrize(
    "damage",
    [
        "{",
        "[]",
        '{"version": 2, "lessons": {}}',
        '{"version": 1}',
        '{"version": 1, "lessons": []}',
        '{"version": 1, "lessons": {"01_one.ipynb": {"odd": ""}}}',
        '{"version": 1, "lessons": {"01_one.ipynb": {"sources": 3}}}',
    ],
)
def test_a_damaged_manifest_is_an_error_that_says_what_to_do(
    shipped: Path, mine: Path, damage: str
) -> None:
    answer(mine / ONE)
    (shipped / ONE).write_text(notebook("Second"))
    (mine / MANIFEST).write_text(damage)
    before = files(mine)

    with pytest.raises(LessonFolderError, match=r"Delete it: lessons that you changed"):
        lesson_folder(mine)

    assert files(mine) == before


def test_a_damaged_manifest_may_be_deleted(shipped: Path, mine: Path) -> None:
    answer(mine / ONE)
    (shipped / ONE).write_text(notebook("Second"))
    (mine / MANIFEST).unlink()

    assert len(lesson_folder(mine).told) == 1
    assert said(mine / ONE)[1] == "my answer"


def test_a_folder_that_cannot_be_written_is_an_error_that_names_it(
    shipped: Path, mine: Path
) -> None:
    shutil.rmtree(mine / "reference")
    (mine / "reference").write_text("a file of my own")
    before = files(mine)

    with pytest.raises(
        LessonFolderError, match=r"cannot be laid out.*reference.*--dir"
    ):
        lesson_folder(mine)

    assert files(mine) == before


def test_what_was_laid_out_before_a_fault_counts_as_untouched_after_it(
    shipped: Path, mine: Path
) -> None:
    (shipped / ONE).write_text(notebook("Second"))
    (mine / PAGE).unlink()
    (mine / "reference").rmdir()
    (mine / "reference").write_text("in the way")
    with pytest.raises(LessonFolderError):
        lesson_folder(mine)
    (mine / "reference").unlink()

    assert lesson_folder(mine).told == ()
    assert said(mine / ONE)[0] == "# Second"


# ---- The command


def test_the_command_lays_out_and_starts_nothing_where_it_is_told_so(
    shipped: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "mine"

    assert main(["lab", "--no-start", "--dir", str(folder)]) == 0
    answer(folder / ONE)
    (shipped / ONE).write_text(notebook("Second"))
    assert main(["lab", "--no-start", "--dir", str(folder)]) == 0

    (line,) = capsys.readouterr().err.splitlines()
    assert line == (
        f"workbench: Kept your own {ONE}; the renewed one is beside it: "
        "01_one.renewed.ipynb."
    )
