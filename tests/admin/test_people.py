"""People over REST."""

from typing import Any

import pytest

from workbench import Workbench

from .conftest import ALPHA, BASE, Asking

USERS = f"{ALPHA}/users"


@pytest.fixture
def anna(wb: Workbench) -> Workbench:
    wb.realm.add_user("anna", password="never-told", attributes={"mail": ["a@b.c"]})
    return wb


def log_in(wb: Workbench, password: str) -> int:
    headers = {"X-OpenAM-Username": "anna", "X-OpenAM-Password": password}
    url = f"{BASE}{ALPHA}/authenticate"
    return wb.http.post(url, headers=headers).status_code


def test_a_person_is_told_without_the_password(anna: Workbench, ask: Asking) -> None:
    answer = ask("GET", f"{USERS}/anna")

    told = answer.json()
    assert "never-told" not in answer.text
    assert (told["username"], told["realm"], told["mail"]) == (
        "anna",
        "/alpha",
        ["a@b.c"],
    )
    assert told["inetUserStatus"] == ["Active"]


@pytest.mark.parametrize(
    ("method", "path"), [("PUT", "/anna"), ("POST", "?_action=create")]
)
def test_a_person_is_added_and_can_log_in(
    wb: Workbench, ask: Asking, method: str, path: str
) -> None:
    sent = {"username": "anna", "userpassword": "s", "mail": "a@b.c", "sn": ["B"]}

    answer = ask(method, f"{USERS}{path}", json=sent)

    assert answer.status_code == 201
    assert log_in(wb, "s") == 200
    assert wb.realm.user("anna").values("sn") == ("B",)


def test_a_change_leaves_what_it_does_not_name(anna: Workbench, ask: Asking) -> None:
    ask("PUT", f"{USERS}/anna", json={"givenName": ["Anna"]})

    user = anna.realm.user("anna")
    assert (user.values("mail"), user.values("givenName")) == (("a@b.c",), ("Anna",))
    assert log_in(anna, "never-told") == 200


def test_what_was_read_can_be_put_back(anna: Workbench, ask: Asking) -> None:
    read = ask("GET", f"{USERS}/anna").json()

    assert ask("PUT", f"{USERS}/anna", json=read).json() == read


def test_whoever_is_made_inactive_logs_in_no_more(anna: Workbench, ask: Asking) -> None:
    ask("PUT", f"{USERS}/anna", json={"inetUserStatus": ["Inactive"]})

    assert log_in(anna, "never-told") == 401


def test_a_person_is_deleted_as_openam_says(anna: Workbench, ask: Asking) -> None:
    told = ask("DELETE", f"{USERS}/anna").json()

    assert (told["_id"], told["success"]) == ("anna", "true")
    assert "anna" not in anna.realm.users


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"userpassword": ""},
        {"userpassword": ["a", "b"]},
        {"userpassword": 7},
        {"userpassword": "s", "username": "another"},
        {"userpassword": "s", "mail": 7},
        {"userpassword": "s", "mail": [["a"]]},
        {"userpassword": "s", "mail": {"a": "b"}},
        {"userpassword": "s", "inetUserStatus": "Asleep"},
        {"userpassword": "s", "_hidden": "a"},
        {"userpassword": "s", "userPassword": "a"},
    ],
)
def test_a_person_that_cannot_be_is_refused(
    wb: Workbench, ask: Asking, sent: dict[str, Any]
) -> None:
    assert ask("PUT", f"{USERS}/anna", json=sent).status_code == 400
    assert "anna" not in wb.realm.users


def test_an_attribute_is_no_way_to_look_like_somebody_else(
    wb: Workbench, ask: Asking
) -> None:
    wb.realm.add_user(
        "anna", password="s", attributes={"_id": "b", "userPassword": "p"}
    )

    told = ask("GET", f"{USERS}/anna").json()

    assert told["_id"] == "anna"
    assert "userPassword" not in told
