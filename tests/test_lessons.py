"""The lessons as files: what a person's own folder of them gets, and keeps."""

from pathlib import Path

from workbench.course.lessons import lesson_folder, shipped_lessons


def test_a_lesson_folder_has_every_lesson_and_the_reference(tmp_path: Path) -> None:
    lesson_folder(tmp_path)

    for source in shipped_lessons().rglob("*.ipynb"):
        copy = tmp_path / source.relative_to(shipped_lessons())
        assert copy.read_bytes() == source.read_bytes()
    assert (tmp_path / "reference/rules.ipynb").exists()


def test_a_lesson_that_somebody_changed_is_kept_and_named(tmp_path: Path) -> None:
    lesson_folder(tmp_path)
    mine = tmp_path / "reference/rules.ipynb"
    mine.write_text("my own")

    again = lesson_folder(tmp_path)

    assert again.kept == (str(Path("reference/rules.ipynb")),)
    assert mine.read_text() == "my own"
