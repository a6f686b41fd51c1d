"""The form that saves the bench to a file, and opens it from one."""

from pathlib import Path

import pytest

from workbench import Workbench
from workbench.forms.file import FileForm
from workbench.saving.fault import SavedFileError


@pytest.fixture
def form(story: Workbench, tmp_path: Path) -> FileForm:
    return story.file_form(path=str(tmp_path / "bench.json"))


def test_saves_and_opens_in_the_same_bench(form: FileForm, story: Workbench) -> None:
    form.button.click()
    assert form.said.startswith("✓ ")
    assert "bench.json has 2 clients, 1 script" in form.said
    assert "It holds secrets; only you can read it." in form.said
    story.realm.register_client("late", secret="s")

    form.opening.click()

    assert "✓ The bench is as it was saved in" in form.said
    assert "late" not in story.realm.clients


def test_leaves_the_keys_out_where_it_is_told_to(form: FileForm) -> None:
    form.with_keys.value = False
    form.submit()

    assert '"keys": false' in Path(form.path.value).read_text("ascii")


def test_says_what_is_wrong(form: FileForm, tmp_path: Path) -> None:
    form.opening.click()
    assert form.said.startswith("✗ Not done. There is no file")
    form.path.value = " "
    form.button.click()
    assert form.said == "✗ Not done. File is empty; it needs a path."
    form.path.value = str(tmp_path)
    with pytest.raises(SavedFileError, match="cannot be written"):
        form.submit()


def test_a_bench_of_another_place_is_opened_in_python(
    form: FileForm, tmp_path: Path
) -> None:
    with Workbench(realm="beta") as other:
        form.path.value = str(other.save(tmp_path / "beta.json"))

    form.opening.click()

    assert "it cannot be opened in this one" in form.said
    assert "Workbench.load" not in form.said


def test_shows_itself_without_a_browser(form: FileForm) -> None:
    assert "Save and open [Save]" in form.text()
    assert "Save the keys: on" in form.text()
    assert "AM has no page for this" in form.face_html()
