"""A bench with a frozen clock and reproducible ids, fresh and prepared."""

from collections.abc import Iterator

import pytest

from workbench import Workbench
from workbench.agent.client import Call

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
    wb.prepare("agent-for-agent")
    return wb


class Agents:
    """What the two agents send; each method is one request."""

    def __init__(self, wb: Workbench) -> None:
        self.wb = wb

    def token(self, client_id: str, scope: str = "read") -> str:
        return self.wb.client.client_credentials(
            client_id, "mySecret", scope=scope
        ).access_token

    def exchange(self, **changes: str | None) -> Call:
        """The exchange of the vendor's page; None leaves a parameter out."""
        form = {
            "client_id": "risk-agent",
            "client_secret": "mySecret",
            "grant_type": "urn:ietf:params:oauth:grant-type:token-exchange",
            "scope": "read",
            "subject_token": changes.pop("subject_token", "")
            or self.token("data-agent"),
            "subject_token_type": "urn:ietf:params:oauth:token-type:access_token",
            "actor_token": changes.get("actor_token", "") or self.token("risk-agent"),
            "actor_token_type": "urn:ietf:params:oauth:token-type:access_token",
            **changes,
        }
        sent = {name: value for name, value in form.items() if value is not None}
        return self.wb.client.post("access_token", sent)

    def impersonate(self, **changes: str | None) -> Call:
        """The same without an actor token."""
        return self.exchange(actor_token=None, actor_token_type=None, **changes)


@pytest.fixture
def agents(story: Workbench) -> Agents:
    """The two agents of the story."""
    return Agents(story)
