"""``workbench pictures``: what lies in the folder afterwards."""

import re
from pathlib import Path

import pytest

from workbench.cli import main
from workbench.views.page import draw

Said = pytest.CaptureFixture[str]


def test_both_themes_of_each_picture_and_a_page_are_written(
    tmp_path: Path, capsys: Said
) -> None:
    folder = tmp_path / "new" / "slides"

    assert main(["pictures", str(folder)]) == 0

    names = {each.name for each in folder.iterdir()}
    light = {name for name in names if name.endswith("-light.svg")}
    assert {"flow-agent-for-agent-light.svg", "chain-of-four-agents-light.svg"} < light
    assert len([name for name in light if name.startswith("attack-")]) >= 16
    assert names == light | {n.replace("-light", "-dark") for n in light} | {
        "index.html"
    }
    said = capsys.readouterr()
    assert said.out == f"{len(light)} pictures in {folder}; index.html shows them.\n"
    assert said.err == ""


def test_one_theme_alone_is_written_where_it_is_asked_for(tmp_path: Path) -> None:
    assert main(["pictures", str(tmp_path), "--theme", "dark"]) == 0

    names = [each.name for each in tmp_path.glob("*.svg")]
    assert names and all(name.endswith("-dark.svg") for name in names)
    page = (tmp_path / "index.html").read_text()
    assert sorted(re.findall(r'src="([^"]+)"', page)) == sorted(names)


def test_every_run_writes_the_same_octets_and_leaves_other_files(
    tmp_path: Path,
) -> None:
    (tmp_path / "mine.svg").write_text("mine")
    main(["pictures", str(tmp_path)])
    before = {each.name: each.read_bytes() for each in tmp_path.iterdir()}

    main(["pictures", str(tmp_path)])

    assert {each.name: each.read_bytes() for each in tmp_path.iterdir()} == before
    assert before["mine.svg"] == b"mine"


def test_a_folder_that_is_a_file_is_said(tmp_path: Path, capsys: Said) -> None:
    (tmp_path / "taken").write_text("")

    assert main(["pictures", str(tmp_path / "taken")]) == 1
    assert "taken" in capsys.readouterr().err


def test_where_no_chain_can_be_drawn_that_is_said(
    tmp_path: Path, capsys: Said, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(draw, "EXECUTABLE", "graphviz-not-here")

    assert main(["pictures", str(tmp_path)]) == 0
    assert [*tmp_path.glob("chain-*")] == []
    assert [*tmp_path.glob("flow-*")]
    assert "No chain was drawn" in capsys.readouterr().err
