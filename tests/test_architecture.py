"""What holds for the code as a whole: imports, types, lint, public names."""

import subprocess
import sys
from pathlib import Path

import pytest

import workbench

ROOT = Path(__file__).parent.parent

LINT_IMPORTS = "from importlinter.cli import lint_imports_command as c; c()"
CHECKS = {
    "import rules": ["-c", LINT_IMPORTS],
    "types": ["-m", "mypy"],
    "lint": ["-m", "ruff", "check"],
    "format": ["-m", "ruff", "format", "--check"],
}


@pytest.mark.parametrize("name", CHECKS)
def test_the_code_passes(name: str) -> None:
    checked = subprocess.run(
        [sys.executable, *CHECKS[name]],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert checked.returncode == 0, checked.stdout + checked.stderr


def test_the_public_names_are_there_and_sorted() -> None:
    assert workbench.__all__ == sorted(workbench.__all__)
    assert all(getattr(workbench, name) for name in workbench.__all__)


def test_an_unknown_public_name_is_an_error() -> None:
    with pytest.raises(AttributeError, match="has no attribute 'Workbenk'"):
        workbench.Workbenk  # noqa: B018  the access is the test


def test_importing_the_bench_loads_neither_pandas_nor_widgets() -> None:
    code = (
        "import sys, workbench; workbench.Workbench;"
        "print([m for m in ('pandas', 'ipywidgets', 'graphviz', 'IPython')"
        " if m in sys.modules])"
    )

    loaded = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )

    assert loaded.stdout.strip() == "[]"
