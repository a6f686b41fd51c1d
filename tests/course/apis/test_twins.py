"""A twin is wrong exactly where it says, and right everywhere else."""

from dataclasses import replace

import pytest

from tests.course.apis.conftest import NextDoor
from workbench.course.apis.beliefs import BELIEFS
from workbench.errors import SettingError


def statuses(door: NextDoor, token: str) -> dict[str, int]:
    """What the ledger and each twin of it answer to the same token."""
    found = {"the ledger": door.wb.apis.ask("ledger", token).status}
    for believes in BELIEFS:
        twin = door.wb.apis.twin("ledger", believes)
        twin.policy = door.wb.apis["ledger"].policy
        found[believes] = door.wb.apis.ask(twin.name, token).status
    return found


def test_all_answer_what_is_right(door: NextDoor) -> None:
    assert set(statuses(door, door.delegated("ledger")).values()) == {200}


def test_only_one_believes_an_earlier_actor(door: NextDoor) -> None:
    token = chained(door)

    assert statuses(door, token) == {
        "the ledger": 403,
        "nested actors": 200,
        "the token alone": 200,
        "any audience": 403,
    }


def chained(door: NextDoor) -> str:
    """A token in which risk-agent acted earlier, and late-agent acts now."""
    wb = door.wb
    wb.realm.add_script(
        "late may act",
        'token.setMayAct({client_id: "late-agent", sub: "(age!late-agent)"});',
    )
    wb.realm.update(
        "risk-agent",
        may_act_script="late may act",
        overrides={"statelessTokensEnabled": True},
    )
    wb.realm.register_agent("late-agent", secret="mySecret", scopes=["read"])
    wb.open_apis("risk-agent", "late-agent")
    first = replace(wb.apis["ledger"].policy, actors=frozenset({"(age!risk-agent)"}))
    wb.apis["ledger"].policy = first
    return wb.client.exchange(
        "late-agent",
        "mySecret",
        scope="read",
        subject_token=door.delegated("ledger"),
        actor_token=door.token("late-agent"),
        audience=wb.apis["ledger"].url,
    ).access_token


def test_only_one_never_looks_at_the_subject(door: NextDoor) -> None:
    ledger = door.wb.apis["ledger"]
    ledger.policy = replace(ledger.policy, subjects=frozenset({"(age!other)"}))

    found = statuses(door, door.delegated("ledger"))

    assert [name for name, status in found.items() if status == 200] == [
        "the token alone"
    ]


def test_only_one_takes_a_token_for_another_api(door: NextDoor) -> None:
    found = statuses(door, door.delegated("market"))

    assert [name for name, status in found.items() if status == 200] == ["any audience"]


@pytest.mark.parametrize("believes", BELIEFS)
def test_every_twin_wants_the_scope_and_a_token_that_holds(
    door: NextDoor, believes: str
) -> None:
    twin = door.wb.apis.twin("ledger", believes)
    token = door.delegated("ledger")
    twin.policy = replace(twin.policy, scope="write")
    assert door.wb.apis.ask(twin.name, token).status == 403

    twin.policy = replace(twin.policy, scope="read")
    door.wb.clock.advance(seconds=3600)
    assert door.wb.apis.ask(twin.name, token).status == 401


def test_a_twin_has_its_own_url_and_log(door: NextDoor) -> None:
    twin = door.wb.apis.twin("ledger", "nested actors")
    door.wb.apis.ask(twin.name, door.delegated("ledger"))

    assert twin.url == "https://ledger-nested-actors.example.com"
    assert [entry.api for entry in twin.log] == ["ledger-nested-actors"]
    assert door.wb.apis.twin("ledger", "nested actors") is twin


def test_a_mistake_that_is_none_is_named(door: NextDoor) -> None:
    with pytest.raises(SettingError, match="nested actors"):
        door.wb.apis.twin("ledger", "nested actor")
    twin = door.wb.apis.twin("ledger", "any audience")
    with pytest.raises(SettingError, match="twin already"):
        door.wb.apis.twin(twin.name, "any audience")
    with pytest.raises(SettingError, match="ledger"):
        door.wb.apis.twin("legder", "any audience")
