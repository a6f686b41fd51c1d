"""The lines that install the workbench elsewhere, run in a fresh environment."""

import os
import re
import shutil
import subprocess
import sys
import venv
from pathlib import Path

import pytest
import yaml

pytestmark = [pytest.mark.peers, pytest.mark.timeout(900)]

ROOT = Path(__file__).parent.parent.parent
EXAMPLE = ROOT / "tests/example_repository"
ACTION = ROOT / ".github/actions/delegation-check/action.yml"


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """A fresh Python, first on the path; nothing of this one is seen there."""
    folder = tmp_path_factory.mktemp("fresh") / "venv"
    venv.create(folder, with_pip=True)
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    programs = str(folder / ("Scripts" if sys.platform == "win32" else "bin"))
    path = os.pathsep.join([programs, os.environ["PATH"]])
    return kept | {"PATH": path, "WORKBENCH": str(ROOT)}


@pytest.fixture(scope="module")
def image(
    environment: dict[str, str], tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """The folder of the container, once its RUN line has been run."""
    folder = tmp_path_factory.mktemp("image") / "agents"
    text = (EXAMPLE / "Containerfile").read_text("utf-8")
    for line in re.findall(r"^RUN (.*)$", text, re.MULTILINE):
        run(line, environment, ROOT)
    return Path(shutil.copytree(EXAMPLE, folder))


def run(line: str, environment: dict[str, str], folder: Path) -> str:
    done = subprocess.run(
        ["bash", "-eo", "pipefail", "-c", line],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=600,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_the_container_has_what_its_tests_need(
    environment: dict[str, str], image: Path
) -> None:
    assert "9 passed" in run("python -m pytest -q", environment, image)


def test_the_action_installs_the_workbench(
    environment: dict[str, str], image: Path
) -> None:
    steps = yaml.safe_load(ACTION.read_text("utf-8"))["runs"]["steps"]
    found = next(s for s in steps if s.get("name") == "Install the workbench")

    run(found["run"], environment, image)

    assert "script" in run("workbench --help", environment, image)
