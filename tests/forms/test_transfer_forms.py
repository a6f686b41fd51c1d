"""The forms that take in files of a PingAM, and write them."""

import json
from pathlib import Path

import pytest

from workbench import Workbench
from workbench.errors import CommandError, NotYet
from workbench.forms.transfer import ExportForm, ImportForm


@pytest.fixture
def exported(story: Workbench, tmp_path: Path) -> Path:
    """A folder with what the story's realm holds."""
    story.export_files(tmp_path / "files")
    return tmp_path / "files"


def test_looks_first_and_imports_then(exported: Path) -> None:
    with Workbench() as wb:
        form = wb.import_form(paths=str(exported))
        assert form.importing.disabled

        form.button.click()

        assert form.said.startswith("✓ ")
        assert "Nothing is changed yet." in form.said
        assert not wb.realm.clients
        assert "What an import would change" in form.preview.value
        assert not form.importing.disabled

        form.importing.click()

        assert form.said.endswith("Done.")
        assert len(wb.realm.clients) == 2
        assert form.importing.disabled


def test_a_refused_import_cannot_be_clicked(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text('{"a": 1, "a": 2}', encoding="utf-8")
    with Workbench() as wb:
        form = wb.import_form(paths=str(tmp_path / "a.json"))

        form.button.click()

        assert form.said.startswith("✗ Refused for the realm /alpha")
        assert "stands twice" in form.preview.value
        assert form.importing.disabled


def test_nothing_is_imported_that_nobody_looked_at(exported: Path) -> None:
    with Workbench() as wb:
        form = ImportForm(wb.realm, wb, paths=str(exported))
        with pytest.raises(NotYet, match="Preview says what would change"):
            form.apply()
        form.button.click()
        form.paths.value = " \n"
        form.button.click()

        assert form.said == "✗ Not done. Files and folders is empty; it needs a path."
        assert form.preview.value == "" and form.importing.disabled


def test_both_forms_show_themselves_without_a_browser(
    story: Workbench, exported: Path
) -> None:
    form = story.import_form(paths=str(exported))
    form.submit()
    written = story.export_form(folder=str(exported))
    written.button.click()

    assert "Import files of a PingAM [Preview]" in form.face_text()
    assert "0 new, 0 changed, 4 the same" in form.face_text()
    assert "What an import would change" in form.face_html()
    assert written.said == f"✓ Wrote 4 files into {exported}, without any secret."
    assert "oauth-oidc.service.json" in written.face_html()
    assert "frodo and fr-config-manager" in written.face_html()


def test_an_export_says_what_is_wrong(story: Workbench, tmp_path: Path) -> None:
    form = ExportForm(story.realm, story, folder=" ")
    form.button.click()
    assert form.said == "✗ Not done. Folder is empty; it needs a path."
    (tmp_path / "file").write_text("", encoding="utf-8")
    form.folder.value = str(tmp_path / "file")
    with pytest.raises(CommandError, match="cannot be written"):
        form.submit()
    assert form.html() and "mySecret" not in json.dumps(form.shown())


def test_the_tab_for_files_has_all_three(story: Workbench) -> None:
    forms = story.forms().go_to("File")

    assert [form.title for form in forms] == [
        "Save and open",
        "Import files of a PingAM",
        "Export files for a PingAM",
    ]
