"""Scripts over REST: what comes in goes out, and what cannot be is refused in words."""

import base64
from typing import Any

import pytest

from workbench import Workbench

from .conftest import ALPHA, Asking

SCRIPTS = f"{ALPHA}/scripts"
SOURCE = "token.setMayAct({client_id: 'a'});\n"


def body(**changes: Any) -> dict[str, Any]:
    return {
        "name": "mine",
        "description": "",
        "context": "OAUTH2_MAY_ACT",
        "language": "JAVASCRIPT",
        "evaluatorVersion": "2.0",
        "script": base64.b64encode(SOURCE.encode()).decode(),
        **changes,
    }


def test_a_script_is_created_read_replaced_and_deleted(
    wb: Workbench, ask: Asking
) -> None:
    made = ask("PUT", f"{SCRIPTS}/one", json=body())
    read = ask("GET", f"{SCRIPTS}/one")
    source = base64.b64encode(b"var b;").decode()
    changed = ask("PUT", f"{SCRIPTS}/one", json=body(script=source))

    assert [each.status_code for each in (made, read, changed)] == [201, 200, 200]
    assert made.json() == read.json()
    assert wb.realm.script("mine").source == "var b;"
    assert ask("DELETE", f"{SCRIPTS}/one").json()["_id"] == "one"
    assert ask("GET", f"{SCRIPTS}/one").status_code == 404
    assert not wb.realm.scripts


def test_what_was_read_can_be_put_back(wb: Workbench, ask: Asking) -> None:
    script = wb.realm.add_script("mine", SOURCE)
    read = ask("GET", f"{SCRIPTS}/{script.id}").json()

    ask("DELETE", f"{SCRIPTS}/{script.id}")
    answer = ask("PUT", f"{SCRIPTS}/{script.id}", json=read)

    assert answer.json() == read
    assert wb.realm.script("mine") == script


@pytest.mark.parametrize("source", ["", "a", "abcd", "var x=1;", "YWJj" * 9, "ä\r\n"])
def test_a_source_comes_back_as_it_was_however_it_looks(
    wb: Workbench, ask: Asking, source: str
) -> None:
    encoded = base64.b64encode(source.encode()).decode()

    answer = ask("PUT", f"{SCRIPTS}/one", json=body(script=encoded))

    assert answer.json()["script"] == encoded
    assert wb.realm.script("mine").source == source


@pytest.mark.parametrize("source", ["var x = 1;", "YQ=", "/w==", None, 7, ["a"]])
def test_a_source_that_is_no_base64_of_text_is_refused(
    wb: Workbench, ask: Asking, source: Any
) -> None:
    answer = ask("PUT", f"{SCRIPTS}/one", json=body(script=source))

    assert answer.status_code == 400
    assert not wb.realm.scripts


def test_a_name_that_another_script_has_is_a_conflict(
    wb: Workbench, ask: Asking
) -> None:
    wb.realm.add_script("mine", SOURCE)

    answer = ask("PUT", f"{SCRIPTS}/one", json=body())

    assert answer.status_code == 409
    assert answer.json() == {
        "code": 409,
        "reason": "Conflict",
        "message": "Script with name mine already exist in realm /alpha",
    }


def test_a_script_without_an_id_gets_one(wb: Workbench, ask: Asking) -> None:
    answer = ask("POST", f"{SCRIPTS}?_action=create", json=body())

    assert answer.status_code == 201
    assert answer.json()["_id"] == wb.realm.script("mine").id


def test_an_id_that_is_there_cannot_be_created(ask: Asking) -> None:
    ask("PUT", f"{SCRIPTS}/one", json=body())

    sent = body(_id="one", name="other")
    answer = ask("POST", f"{SCRIPTS}?_action=create", json=sent)

    assert answer.status_code == 409


@pytest.mark.parametrize(
    "changes",
    [
        {"context": "NO_SUCH"},
        {"context": None},
        {"language": "PERL"},
        {"evaluatorVersion": "3.0"},
        {"language": "GROOVY"},
        {"name": ""},
        {"name": 7},
        {"_id": "another"},
    ],
)
def test_a_value_that_cannot_be_is_refused_and_nothing_is_kept(
    wb: Workbench, ask: Asking, changes: dict[str, Any]
) -> None:
    answer = ask("PUT", f"{SCRIPTS}/one", json=body(**changes))

    assert answer.status_code == 400
    assert not wb.realm.scripts


def test_a_missing_evaluator_version_is_legacy(wb: Workbench, ask: Asking) -> None:
    sent = body()
    del sent["evaluatorVersion"], sent["description"]

    told = ask("PUT", f"{SCRIPTS}/one", json=sent).json()

    assert (told["evaluatorVersion"], told["description"]) == ("1.0", None)


def test_the_evaluator_version_stays(ask: Asking) -> None:
    ask("PUT", f"{SCRIPTS}/one", json=body())

    answer = ask("PUT", f"{SCRIPTS}/one", json=body(evaluatorVersion="1.0"))

    assert answer.status_code == 400


def test_what_is_changed_over_rest_stands_in_the_audit(
    wb: Workbench, ask: Asking
) -> None:
    ask("PUT", f"{SCRIPTS}/one", json=body())

    assert wb.audit[-1].summary == "Script mine was added."
