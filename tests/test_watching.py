"""Whoever shows the realm is told when something changed."""

from collections.abc import Callable

import pytest

from tests.stories import Agents
from workbench import Workbench
from workbench.am.basics.watching import Watchers
from workbench.am.reading.read_token import read_token
from workbench.am.reading.revoke_token import revoke_token
from workbench.errors import SettingError


class Glance:
    """Counts how often it was told."""

    def __init__(self) -> None:
        self.times = 0

    def refresh(self) -> None:
        self.times += 1


@pytest.fixture
def glance(story: Workbench) -> Glance:
    watcher = Glance()
    story.realm.watchers.add(watcher)
    return watcher


CHANGES: dict[str, Callable[[Workbench], object]] = {
    "a client is registered": lambda wb: wb.realm.register_client("c", secret="s"),
    "a request is answered": lambda wb: wb.client.introspect("x", "y", "z"),
    "the clock is advanced": lambda wb: wb.clock.advance(seconds=1),
    "a setting is set": lambda wb: setattr(wb.provider, "issueRefreshToken", False),
    "a property is set": lambda wb: wb.realm.settings.set_property("name", "value"),
    "another profile is used": lambda wb: setattr(wb, "profile", "aic"),
}


@pytest.mark.parametrize("name", CHANGES)
def test_is_told_when(name: str, story: Workbench, glance: Glance) -> None:
    CHANGES[name](story)

    assert glance.times >= 1


def test_is_told_no_longer_once_let_go(story: Workbench, glance: Glance) -> None:
    story.realm.watchers.discard(glance)

    story.clock.advance(seconds=1)

    assert glance.times == 0


def test_nobody_is_kept_alive_by_watching() -> None:
    watchers = Watchers()
    watchers.add(Glance())

    watchers.refresh()

    assert not list(watchers._all)


def test_settings_are_set_all_or_none(story: Workbench) -> None:
    with pytest.raises(SettingError, match="cannot be negative"):
        story.realm.set_provider(issueRefreshToken=False, accessTokenLifetime=-1)

    assert story.provider.issueRefreshToken


def test_setting_the_provider_is_in_the_trail(story: Workbench) -> None:
    story.realm.set_provider(accessTokenLifetime=60)

    assert story.provider.accessTokenLifetime == 60
    assert story.audit[-1].summary == "OAuth2 Provider: accessTokenLifetime set."


def test_the_trail_says_what_was_revoked(story: Workbench, agents: Agents) -> None:
    answer = agents.exchange()
    refresh = read_token(story.realm, answer.refresh_token).claims or {}

    revoke_token(story.realm, answer.refresh_token)

    assert story.audit[-1].revoked == (refresh["jti"], refresh["authGrantId"])
