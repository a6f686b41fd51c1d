"""Every lab on a bench of its own, in a folder of its own."""

from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import cast

import pytest

from workbench import Workbench
from workbench.course.labs.attack_lab import Lab, LabBench
from workbench.course.labs.by_name import LABS
from workbench.course.labs.session import start_lab

EVERY = [each for each in LABS.values() if find_spec(each.needs or "sys")]
"""Those that can be done with what is installed."""

Begin = Callable[[Lab], LabBench]


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def begin() -> Iterator[Begin]:
    """Start a lab as a learner does."""
    benches: list[Workbench] = []

    def started(lab: Lab) -> LabBench:
        bench = start_lab(lab.slug)
        benches.append(cast(Workbench, bench))
        return bench

    yield started
    for bench in benches:
        bench.http.close()
        bench.close_mcp()
