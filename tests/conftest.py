"""A bench with a frozen clock and reproducible ids, fresh and prepared."""

from collections.abc import Iterator

import pytest

from tests.stories import Agents, agent_for_agent
from workbench import Workbench

NOW = 1_790_000_000

collect_ignore = ["example_repository"]  # test_pytest_plugin.py runs it on its own


@pytest.fixture
def wb() -> Iterator[Workbench]:
    """A fresh bench: AI agents off, nobody registered."""
    with Workbench(now=NOW, seed="test") as bench:
        yield bench


@pytest.fixture
def story(wb: Workbench) -> Workbench:
    """The bench with data-agent, risk-agent and the script between them."""
    return agent_for_agent(wb)


@pytest.fixture
def agents(story: Workbench) -> Agents:
    """The two agents of the story."""
    return Agents(story)
