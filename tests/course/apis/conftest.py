"""A bench with the APIs next door open, and tokens to ask them with."""

from dataclasses import dataclass

import pytest

from tests.stories import SECRET
from workbench import Workbench


@dataclass
class NextDoor:
    """The story's bench with its APIs, and whoever asks them."""

    wb: Workbench

    def token(self, client_id: str, scope: str = "read") -> str:
        """A token of an agent's own."""
        return self.wb.client.client_credentials(
            client_id, SECRET, scope=scope
        ).access_token

    def delegated(self, *apis: str, scope: str = "read") -> str:
        """A token of data-agent for risk-agent, for these APIs."""
        audience = [self.wb.apis[name].url for name in apis]
        return self.wb.client.exchange(
            "risk-agent",
            SECRET,
            scope=scope,
            subject_token=self.token("data-agent", scope),
            actor_token=self.token("risk-agent"),
            **({"audience": audience} if audience else {}),
        ).access_token


@pytest.fixture
def door(story: Workbench) -> NextDoor:
    """The story with the APIs open."""
    story.open_apis()
    return NextDoor(story)


@pytest.fixture
def opaque(door: NextDoor) -> NextDoor:
    """The same, where tokens are opaque."""
    door.wb.provider.statelessTokensEnabled = False
    door.wb.realm.update("data-agent", overrides={"statelessTokensEnabled": False})
    return door
