"""People as an administrator keeps them."""

from typing import Any

import pytest

from tests.stories import claims_of
from workbench import Workbench
from workbench.am.people.user import user_in
from workbench.errors import RegistrationError


def test_attributes_are_lists_and_the_name_fills_the_usual_ones(wb: Workbench) -> None:
    user = wb.realm.add_user(
        "kim", password="p", attributes={"mail": "kim@example.com"}
    )

    assert user.values("mail") == ("kim@example.com",)
    assert user.values("uid") == user.values("cn") == user.values("sn") == ("kim",)
    assert user.values("other") == ()
    assert "User kim was added." in wb.audit[-1].summary


def test_changing_keeps_what_is_not_named(wb: Workbench) -> None:
    wb.realm.add_user("kim", password="old", attributes={"mail": ["a", "b"]})

    wb.realm.users.update("kim", password="new")
    user = wb.realm.users.update("kim", attributes={"cn": ["Kim Doe"]})

    assert user.password_fits("new") and not user.password_fits("old")
    assert (user.values("mail"), user.values("cn")) == (("a", "b"), ("Kim Doe",))


def test_a_deleted_person_is_gone(wb: Workbench) -> None:
    wb.realm.add_user("kim", password="p")

    assert wb.realm.users.delete("kim").name == "kim"
    assert wb.realm.users == {}


def test_a_password_never_shows(wb: Workbench) -> None:
    user = wb.realm.add_user("kim", password="tell-nobody")

    assert "tell-nobody" not in repr(user) + repr(wb.audit) + repr(wb.realm.users)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ({"name": "kim"}, "There is a user kim in realm /alpha already"),
        ({"name": ""}, "it needs a name"),
        ({"name": "(usr!x)"}, "it needs a name"),
        ({"name": "a b"}, "it needs a name"),
        ({"name": 7}, "it needs a name"),
        ({"name": "new", "password": ""}, "new needs a password"),
        ({"name": "new", "active": "yes"}, "active is True or False"),
        ({"name": "new", "attributes": {"mail": 7}}, "The attribute 'mail' is a list"),
        (
            {"name": "new", "attributes": {"mail": [7]}},
            "The attribute 'mail' is a list",
        ),
        ({"name": "new", "attributes": {"mail": {"a": "b"}}}, "is a list of texts"),
    ],
)
def test_what_cannot_be_a_person_is_refused_in_words(
    wb: Workbench, arguments: dict[str, Any], said: str
) -> None:
    wb.realm.add_user("kim", password="p")

    with pytest.raises(RegistrationError, match=said.replace("(", r"\(")):
        wb.realm.add_user(**{"password": "p", **arguments})

    assert list(wb.realm.users) == ["kim"]


def test_an_unknown_person_or_field_is_refused_in_words(wb: Workbench) -> None:
    with pytest.raises(RegistrationError, match="There is no user 'kim' in realm /alp"):
        wb.realm.user("kim")
    wb.realm.add_user("kim", password="p")
    with pytest.raises(RegistrationError, match="Did you mean kim"):
        wb.realm.users.delete("kin")
    with pytest.raises(RegistrationError, match="A user has no 'mail'"):
        wb.realm.users.update("kim", mail="x")


def test_a_subject_names_a_person_typed_or_bare(wb: Workbench) -> None:
    kim = wb.realm.add_user("kim", password="p")

    for sub in ("(usr!kim)", "kim"):
        assert user_in(sub, wb.realm.users) is kim
    for sub in ("(age!kim)", "(usr!other)", ""):
        assert user_in(sub, wb.realm.users) is None


def test_on_aic_subjects_are_bare_names() -> None:
    with Workbench(now=1_790_000_000, seed="test", profile="aic") as bench:
        bench.prepare("agent-for-user")
        bench.realm.update("hr-client", grant_types=["password"])
        token = bench.client.password(
            "hr-client", "mySecret", "bjensen", "Secret12!", scope="read"
        )

        assert claims_of(bench, token)["sub"] == "bjensen"
