"""What Binder would build, checked without Docker."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def dockerfile() -> str:
    done = subprocess.run(
        [sys.executable, "-m", "repo2docker", "--no-build", "--debug", str(ROOT)],
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    return done.stdout + done.stderr


def test_binder_builds_with_a_python_that_the_package_runs_on(dockerfile: str) -> None:
    assert "Building conda environment for python=3.11" in dockerfile


def test_binder_installs_the_requirements_and_runs_post_build(dockerfile: str) -> None:
    copied = dockerfile.index("COPY --chown=0:0 src/ ")
    installed = dockerfile.index('install --no-cache-dir -r "binder/requirements.txt"')

    assert copied < installed < dockerfile.index("RUN ./binder/postBuild")


def test_the_package_itself_is_among_the_requirements() -> None:
    lines = (ROOT / "binder/requirements.txt").read_text(encoding="utf-8").splitlines()

    assert ".[mcp]" in lines


def test_the_badge_opens_the_tutorial() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")

    assert "urlpath=lab/tree/notebooks/00_start_here.ipynb" in readme
    assert (ROOT / "notebooks/00_start_here.ipynb").exists()


def test_post_build_can_be_run() -> None:
    assert (ROOT / "binder/postBuild").stat().st_mode & 0o111
