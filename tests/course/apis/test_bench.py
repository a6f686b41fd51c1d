"""The APIs on a bench: their log, their faces, calls to them, what is saved."""

from pathlib import Path
from typing import Any

import pytest

from tests.course.apis.conftest import NextDoor
from workbench import Workbench
from workbench.course.apis.access_log import AccessLog
from workbench.errors import NotYet, RegistrationError, WorkbenchError


def face(value: Any, kind: str) -> str:
    """What a notebook shows of it."""
    shown: str = value._repr_mimebundle_()[f"text/{kind}"]
    return shown


def test_the_log_has_both_identities(door: NextDoor) -> None:
    door.wb.apis.ask("ledger", door.delegated("ledger"))

    entry = door.wb.apis["ledger"].log[-1]

    assert (entry.subject, entry.actor) == ("(age!data-agent)", "(age!risk-agent)")
    assert (entry.client_id, entry.earlier, entry.status) == ("risk-agent", (), 200)
    assert entry.time == door.wb.clock.now()


def test_the_log_of_all_is_in_the_order_of_the_requests(door: NextDoor) -> None:
    token = door.delegated("ledger", "market")
    for name in ("market", "ledger", "network"):
        door.wb.apis.ask(name, token)

    assert [(entry.api, entry.allowed) for entry in door.wb.apis.log] == [
        ("market", True),
        ("ledger", True),
        ("network", False),
    ]


def test_a_log_keeps_the_latest(door: NextDoor) -> None:
    log = AccessLog(most=1)
    door.wb.apis.ask("ledger", "made-up")
    entry = door.wb.apis.log[-1]
    log.extend([entry, entry])

    assert (len(log), log.left_out) == (1, 1)
    assert "1 earlier request was left out." in face(log, "plain")


def test_no_token_is_in_any_log_or_face(door: NextDoor) -> None:
    tokens = [door.delegated("ledger"), door.token("data-agent"), "made-up-" * 5]
    for token in tokens:
        for name in ("ledger", "market"):
            door.wb.apis.ask(name, token)
    shown = "".join(
        [
            repr(door.wb.apis.log),
            *(face(door.wb.apis.log, kind) for kind in ("html", "plain")),
            *(face(call, "plain") for call in door.wb.history[-6:]),
            *(call.reason for call in door.wb.history),
        ]
    )

    assert [token for token in tokens if token in shown] == []


def test_a_call_to_an_api_is_one_of_the_history(door: NextDoor) -> None:
    call = door.wb.apis.ask("ledger", door.delegated("ledger"))

    assert door.wb.history[-1] is call
    assert "authorization: Bearer ••••••••" in face(call, "plain")
    assert "https://ledger.example.com/score" in str(door.wb.code(call))
    assert '{"customer":"c-17"}' in str(door.wb.curl(call))
    assert door.wb.history.repeat(call).status == 200


def test_faces_say_whom_the_policies_name(door: NextDoor) -> None:
    for kind in ("html", "plain"):
        shown = face(door.wb.apis, kind)
        assert "(age!data-agent)" in shown.replace("<wbr>", "")
        assert "network" in shown


def test_a_name_in_a_token_is_no_html(door: NextDoor) -> None:
    door.wb.realm.register_agent("<b>x</b>", secret="mySecret", scopes=["read"])
    door.wb.apis.ask("ledger", door.token("<b>x</b>"))

    assert "<b>x" not in face(door.wb.apis.log, "html")


def test_without_being_opened_there_are_none(story: Workbench) -> None:
    with pytest.raises(NotYet, match=r"wb\.open_apis\(\) opens them"):
        story.apis  # noqa: B018  the access is the test


def test_whoever_calls_them_is_registered_first(wb: Workbench) -> None:
    with pytest.raises(RegistrationError, match="risk-agent"):
        wb.open_apis()


def test_a_caller_with_overrides_gets_the_switch_there(story: Workbench) -> None:
    story.realm.update(
        "risk-agent",
        overrides={"providerOverridesEnabled": True, "statelessTokensEnabled": True},
    )
    story.open_apis()

    assert not story.provider.acceptAudienceParametersInTokenExchangeRequests
    door = NextDoor(story)
    assert story.apis.ask("ledger", door.delegated("ledger")).status == 200


def test_untyped_subjects_are_named_as_the_profile_has_them(wb: Workbench) -> None:
    wb.profile = "aic"
    wb.prepare("agent-for-agent")
    wb.open_apis()

    assert wb.apis["ledger"].policy.subjects == {"data-agent"}


def test_opened_again_they_start_anew_and_register_nobody_twice(door: NextDoor) -> None:
    door.wb.apis.ask("ledger", door.delegated("ledger"))
    clients = list(door.wb.realm.clients)

    again = door.wb.open_apis()

    assert (list(door.wb.realm.clients), len(again.log)) == (clients, 0)
    assert door.wb.apis.ask("ledger", door.delegated("ledger")).status == 200


def test_a_saved_bench_has_the_calls_and_opens_the_apis_anew(
    door: NextDoor, tmp_path: Path
) -> None:
    token = door.delegated("ledger")
    door.wb.apis.ask("ledger", token)
    door.wb.apis.ask("market", token)
    loaded = Workbench.load(door.wb.save(tmp_path / "bench.json"))

    with pytest.raises(WorkbenchError):
        loaded.apis  # noqa: B018  the access is the test
    assert loaded.history[-1].reason == door.wb.history[-1].reason != ""
    loaded.open_apis()
    assert loaded.apis.ask("ledger", token).status == 200
    loaded.close()
