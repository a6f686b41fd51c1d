"""A bench with a frozen clock and reproducible ids, fresh and prepared."""

import os
import sys
from collections.abc import Iterator

import pytest

from tests.stories import Agents, agent_for_agent
from workbench import Workbench
from workbench.sandbox.engines.engine import QuickJSEngine

NOW = 1_790_000_000

collect_ignore = ["example_repository"]  # test_pytest_plugin.py runs it on its own


class KeptEngine(QuickJSEngine):
    """One worker for the scripts of all tests; each script has a world of its own.

    To start a worker takes longer than most tests.
    """

    def close(self) -> None:
        """The bench of one test is closed; the next has scripts, too."""


@pytest.fixture(scope="session")
def kept_engine() -> Iterator[QuickJSEngine]:
    kept = KeptEngine()
    yield kept
    super(KeptEngine, kept).close()


@pytest.fixture
def wb(kept_engine: QuickJSEngine) -> Iterator[Workbench]:
    """A fresh bench: AI agents off, nobody registered."""
    with Workbench(now=NOW, seed="test", engine=kept_engine) as bench:
        yield bench


@pytest.fixture
def story(wb: Workbench) -> Workbench:
    """The bench with data-agent, risk-agent and the script between them."""
    return agent_for_agent(wb)


@pytest.fixture
def agents(story: Workbench) -> Agents:
    """The two agents of the story."""
    return Agents(story)


@pytest.fixture(autouse=True)
def leave_no_trace() -> Iterator[None]:
    """A test may change its environment, its folder or its path only for itself.

    Tests run side by side and in any order; ``monkeypatch`` takes back what it does.
    """
    before = surroundings()
    yield
    after = surroundings()
    changed = [name for name in before | after if before.get(name) != after.get(name)]
    assert not changed, f"{changed} changed; monkeypatch takes back what it does"


def surroundings() -> dict[str, str]:
    """The environment, but for what pytest itself sets; the folder; the path."""
    own = {k: v for k, v in os.environ.items() if k != "PYTEST_CURRENT_TEST"}
    return own | {"the folder": os.getcwd(), "sys.path": os.pathsep.join(sys.path)}
