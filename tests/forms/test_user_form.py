"""Adding and changing a person through the form, without a browser."""

from typing import Any

from workbench import Workbench
from workbench.forms.parties.user import UserForm
from workbench.forms.parts.form import boxes


def test_adds_a_person_as_the_python_call_does(wb: Workbench) -> None:
    form = UserForm(wb.realm, name="bjensen", password="p", mail="b@example.com")
    form.more.value = "memberOf=one\nmemberOf=two"

    user = form.submit()

    wb.realm.users.delete("bjensen")
    assert user == wb.realm.add_user(
        "bjensen",
        password="p",
        attributes={"mail": ["b@example.com"], "memberOf": ["one", "two"]},
    )


def test_shows_and_changes_somebody_who_is_there(wb: Workbench) -> None:
    wb.realm.add_user("bjensen", password="p", attributes={"role": ["a", "b"]})
    form = UserForm(wb.realm, name="bjensen")
    assert (form.title, form.cn.value) == ("User bjensen", "bjensen")
    assert form.more.value == "role=a\nrole=b"

    form.active.value = False
    form.button.click()

    user = wb.realm.user("bjensen")
    assert (user.active, user.password) == (False, "p")


def below(form: UserForm, field: Any) -> Any:
    """What stands below a field."""
    (box,) = [each for each in boxes(form) if field in each.children]
    return box.children[box.children.index(field) + 1]


def test_a_mistake_is_said_where_it_is(wb: Workbench) -> None:
    form = UserForm(wb.realm, name="bjensen", password="p", more="nonsense")

    form.button.click()

    assert below(form, form.more) is form.fault
    assert "name=value" in form.fault.value
    assert wb.realm.users == {}


def test_nothing_shows_the_password(wb: Workbench) -> None:
    form = UserForm(wb.realm, name="bjensen", password="secretWord")

    assert "secretWord" not in form.html() + form.text()


def test_a_missing_password_is_said_below_its_field(wb: Workbench) -> None:
    form = UserForm(wb.realm, name="bjensen")

    form.button.click()

    assert below(form, form.password) is form.fault
    assert "needs a password" in form.fault.value
