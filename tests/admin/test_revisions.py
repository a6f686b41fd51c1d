"""Changes of what was read, and of nothing else."""

import threading

import pytest

from workbench import Workbench

from .conftest import ALPHA, Asking

USER = f"{ALPHA}/users/anna"


@pytest.fixture
def anna(wb: Workbench) -> Workbench:
    wb.realm.add_user("anna", password="s")
    return wb


def test_an_answer_says_the_revision_twice(anna: Workbench, ask: Asking) -> None:
    answer = ask("GET", USER)

    assert answer.headers["etag"] == f'"{answer.json()["_rev"]}"'


def test_a_revision_stays_until_something_changes(anna: Workbench, ask: Asking) -> None:
    first, second = (ask("GET", USER).json()["_rev"] for _ in range(2))
    anna.realm.update_user("anna", attributes={"mail": "a@b.c"})

    assert first == second != ask("GET", USER).json()["_rev"]


@pytest.mark.parametrize("method", ["PUT", "DELETE"])
@pytest.mark.parametrize("form", ['"{}"', "{}", "*", '"1", "{}"'])
def test_what_was_read_may_be_changed(
    anna: Workbench, ask: Asking, method: str, form: str
) -> None:
    rev = ask("GET", USER).json()["_rev"]

    answer = ask(method, USER, json={}, headers={"If-Match": form.format(rev)})

    assert answer.status_code == 200


@pytest.mark.parametrize("method", ["PUT", "DELETE"])
@pytest.mark.parametrize("given", ['"1"', "1", "", '"', "anything"])
def test_what_was_changed_since_may_not(
    anna: Workbench, ask: Asking, method: str, given: str
) -> None:
    answer = ask(method, USER, json={"mail": "a@b.c"}, headers={"If-Match": given})

    assert (answer.status_code, answer.json()["reason"]) == (412, "Precondition Failed")
    assert not anna.realm.user("anna").values("mail")


def test_a_revision_in_the_body_says_nothing(anna: Workbench, ask: Asking) -> None:
    answer = ask("PUT", USER, json={"_rev": "a lie", "mail": "a@b.c"})

    assert answer.status_code == 200
    assert answer.json()["_rev"] != "a lie"


def test_what_shall_be_new_may_not_be_there(wb: Workbench, ask: Asking) -> None:
    new = {"If-None-Match": "*"}
    sent = {"userpassword": "s"}

    statuses = [ask("PUT", USER, json=sent, headers=new).status_code for _ in range(2)]

    assert statuses == [201, 412]
    odd = ask("PUT", USER, json=sent, headers={"If-None-Match": '"1"'})
    assert odd.status_code == 400


def test_what_is_not_there_cannot_be_of_a_revision(ask: Asking) -> None:
    answer = ask("PUT", USER, json={"userpassword": "s"}, headers={"If-Match": "*"})

    assert answer.status_code == 404


def test_of_those_who_read_the_same_one_may_change_it(
    anna: Workbench, ask: Asking
) -> None:
    rev = ask("GET", USER).headers["etag"]
    statuses: list[int] = []

    def change(number: int) -> None:
        sent = {"mail": f"{number}@b.c"}
        answer = ask("PUT", USER, json=sent, headers={"If-Match": rev})
        statuses.append(answer.status_code)

    threads = [threading.Thread(target=change, args=[each]) for each in range(8)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()

    assert sorted(statuses) == [200] + [412] * 7
