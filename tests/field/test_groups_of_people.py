"""Groups of people: who is in which, and what a script sees of it."""

import pytest

from tests.stories import app_tokens, claims_of, modify_tokens, person_with_app
from workbench import Workbench
from workbench.errors import RegistrationError
from workbench.forms.parties.user import UserForm

COUNT = (
    "var n = identity.getMemberships(com.sun.identity.idm.IdType.GROUP).size(); "
    "accessToken.setField('x', '' + n);"
)
NAMES = """
var fr = JavaImporter(com.sun.identity.idm.IdType);
var names = [];
identity.getMemberships(fr.IdType.GROUP).toArray().forEach(function (group) {
    names.push(group.getAttribute('cn').toArray()[0]);
});
accessToken.setField('x', names.sort().join());
"""
BY_ITERATOR = """
var found = [], groups = identity.getMemberships(
    Packages.com.sun.identity.idm.IdType.GROUP).iterator();
while (groups.hasNext()) {
    var group = groups.next();
    found.push(group.getName() + ' ' + group.getType() + ' ' + group.isExists() + ' '
        + group.getAttribute('description') + ' ' + group.getAttribute('none').size());
}
accessToken.setField('x', found.sort().join());
"""
EQUAL = """
var Type = com.sun.identity.idm.IdType;
var group = identity.getMemberships(Type.GROUP).iterator().next();
accessToken.setField('x', [group.getType().equals(Type.GROUP),
    group.getType().equals('group'), identity.getType().getName(),
    identity.getMemberships(Type.ROLE).size(), group.getMemberships(Type.GROUP).size(),
    identity.getMemberships(Type.GROUP).contains(group), group.equals(identity),
    '' + group].join('|'));
"""
DN = "ou=groups,ou=identities"


@pytest.fixture
def desk(wb: Workbench) -> Workbench:
    wb.provider.statelessTokensEnabled = True
    person_with_app(wb, scopes=["read"], grant_types=["password", "client_credentials"])
    wb.realm.add_user_group("staff", attributes={"description": "The staff"})
    wb.realm.update_user("bjensen", groups=["staff", "risk"])
    return wb


@pytest.mark.parametrize(
    ("version", "source", "expected"),
    [
        ("1.0", COUNT, "2"),
        ("1.0", NAMES, "risk,staff"),
        (
            "1.0",
            BY_ITERATOR,
            "risk IdType: group true [] 0,staff IdType: group true [The staff] 0",
        ),
        (
            "1.0",
            "accessToken.setField('x', '' + identity.getAttribute('isMemberOf')"
            ".contains('cn=staff,ou=groups,ou=identities'));",
            "true",
        ),
        (
            "2.0",
            "accessToken.setField('x', [].concat("
            "identity.getAttributeValues('ismemberof')[1]).join());",
            f"cn=risk,{DN}",
        ),
    ],
)
def test_a_script_sees_the_groups_of_a_person(
    desk: Workbench, version: str, source: str, expected: str
) -> None:
    modify_tokens(desk, source, version, "app")

    assert claims_of(desk, app_tokens(desk, "read"))["x"] == expected


def test_a_group_is_an_identity_with_a_type(desk: Workbench) -> None:
    desk.realm.update_user("bjensen", groups=["staff"])
    modify_tokens(desk, EQUAL, "1.0", "app")

    assert claims_of(desk, app_tokens(desk, "read"))["x"] == (
        "true|false|user|0|0|true|false|AMIdentity object: "
        "id=staff,ou=group,o=alpha,ou=services,ou=am-config"
    )


@pytest.mark.parametrize("source", [COUNT, COUNT.replace("com.", "Packages.com.", 1)])
def test_a_client_is_in_no_group(desk: Workbench, source: str) -> None:
    modify_tokens(desk, source, "1.0", "app")

    answer = desk.client.client_credentials("app", "s", scope="read")

    assert claims_of(desk, answer)["x"] == "0"


def test_what_a_script_stores_leaves_the_groups_alone(desk: Workbench) -> None:
    source = "identity.setAttribute('team', ['one']); identity.store();"
    modify_tokens(desk, source, "2.0", "app")

    assert app_tokens(desk, "read").status == 200

    user = desk.realm.user("bjensen")
    assert user.groups == ("staff", "risk")
    assert "isMemberOf" not in user.attributes


def test_a_person_is_added_to_groups_that_are_there_by_then(wb: Workbench) -> None:
    user = wb.realm.add_user("kim", password="p", groups=["one", "two", "one"])

    assert user.groups == ("one", "two")
    assert list(wb.realm.user_groups) == ["one", "two"]
    assert len(wb.realm.user_groups) == 2
    assert wb.realm.user_groups["one"].attributes == {"cn": ("one",)}
    assert wb.realm.users.members("one") == [user]


def test_a_group_that_is_deleted_has_no_members_any_more(desk: Workbench) -> None:
    assert desk.realm.users.delete_group("staff").name == "staff"

    assert desk.realm.user("bjensen").groups == ("risk",)
    assert list(desk.realm.user_groups) == ["risk"]


def test_groups_change_with_the_person_alone(desk: Workbench) -> None:
    desk.realm.update_user("bjensen", attributes={"mail": ["b@example.com"]})
    assert desk.realm.user("bjensen").groups == ("staff", "risk")

    desk.realm.update_user("bjensen", groups=[])

    assert desk.realm.user("bjensen").groups == ()


@pytest.mark.parametrize("groups", ["staff", b"x", {"a": 1}, 7, [7], [""], [None]])
def test_groups_are_a_list_of_names(desk: Workbench, groups: object) -> None:
    with pytest.raises(RegistrationError) as told:
        desk.realm.update_user("bjensen", groups=groups)

    assert told.value.about == "groups"
    assert desk.realm.user("bjensen").groups == ("staff", "risk")


def test_a_name_is_taken_once_and_known_by_what_is_like_it(desk: Workbench) -> None:
    with pytest.raises(RegistrationError, match="already"):
        desk.realm.add_user_group("staff")
    with pytest.raises(RegistrationError, match="Did you mean staff"):
        desk.realm.users.members("stuff")


def test_a_fresh_realm_has_no_groups(wb: Workbench) -> None:
    with pytest.raises(RegistrationError, match=r"in realm /alpha\.$"):
        wb.realm.users.delete_group("staff")


def test_the_form_of_a_person_has_a_field_for_groups(desk: Workbench) -> None:
    form = UserForm(desk.realm, name="bjensen")
    assert form.groups.value == "staff\nrisk"

    form.groups.value = "staff\n new \n"
    form.submit()

    assert desk.realm.user("bjensen").groups == ("staff", "new")
    assert "new" in form.html()
