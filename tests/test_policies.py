"""Policies for scopes: whom they are for, what they speak of, what is refused."""

from typing import Any

import pytest

from workbench import Workbench
from workbench.am.scopes.policy import Policy, PolicySubject, verdicts
from workbench.errors import RegistrationError

PERSON = PolicySubject("app", "bjensen")
CLIENT = PolicySubject("app")


def policy(*resources: str, **changes: Any) -> Policy:
    values = {"name": "p", "resources": resources, "grant": True, "subjects": "anybody"}
    return Policy(**{**values, **changes})


@pytest.mark.parametrize(
    ("pattern", "scope", "speaks"),
    [
        ("email", "email", True),
        ("email", "emails", False),
        ("*", "anything", True),
        ("read:*", "read:a/b:c", True),
        ("read:*", "read:", True),
        ("*:read", "a:read", True),
        ("a*b**c", "a-b-c", True),
        ("a*b", "a-c", False),
        ("a.c", "abc", False),
        ("[ab]", "a", False),
    ],
)
def test_an_asterisk_stands_for_anything_within_a_scope(
    pattern: str, scope: str, speaks: bool
) -> None:
    assert policy(pattern).speaks_of(scope) is speaks


def test_a_scope_of_which_no_policy_speaks_has_no_verdict() -> None:
    policies = [policy("read"), policy("email", grant=False)]

    found = verdicts(policies, ("email", "other", "read"), PERSON)

    assert found == {"email": False, "read": True}


@pytest.mark.parametrize("order", [1, -1])
def test_a_denial_wins_over_a_grant(order: int) -> None:
    policies = [policy("*"), policy("email", grant=False)][::order]

    assert verdicts(policies, ("email", "read"), PERSON) == {
        "email": False,
        "read": True,
    }


@pytest.mark.parametrize(
    ("subjects", "names", "person", "client"),
    [
        ("anybody", (), True, True),
        ("authenticated", (), True, False),
        ("unauthenticated", (), False, True),
        ("users", ("bjensen",), True, False),
        ("users", ("scarter",), False, False),
        ("clients", ("app",), True, True),
        ("clients", ("other",), False, False),
    ],
)
def test_a_policy_is_for_its_subjects_alone(
    subjects: str, names: tuple[str, ...], person: bool, client: bool
) -> None:
    one = policy("read", subjects=subjects, names=names)

    assert (one.is_for(PERSON), one.is_for(CLIENT)) == (person, client)


def test_an_inactive_policy_says_nothing() -> None:
    assert verdicts([policy("*", active=False)], ("read",), PERSON) == {}


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"name": " "}, "A policy needs a name"),
        ({"policy_set": ""}, "A policy needs a policy_set"),
        ({"resources": []}, 'a scope, or "\\*" for all'),
        ({"resources": ["two words"]}, "no pattern of a scope"),
        ({"resources": "email"}, "resources is a list of texts"),
        ({"resources": 5}, "resources is a list of texts"),
        ({"resources": [5]}, "resources is a list of texts"),
        ({"grant": "yes"}, "grant is True or False"),
        ({"subjects": "everybody"}, "subjects is one of anybody, authenticated"),
        ({"subjects": "users"}, "names some"),
        ({"subjects": {"users": []}}, "names some"),
        ({"subjects": {"users": "bjensen"}}, "subjects is a list of texts"),
        ({"subjects": {"groups": ["a"]}}, "is for {"),
        ({"subjects": {}}, "is for {"),
        ({"subjects": {"users": [1]}}, "names is a list of texts"),
    ],
)
def test_what_no_policy_can_be_is_refused(
    wb: Workbench, changes: dict[str, Any], says: str
) -> None:
    values: dict[str, Any] = {"name": "p", "resources": ["email"], "grant": True}

    with pytest.raises(RegistrationError, match=says):
        wb.realm.add_policy(**{**values, **changes})

    assert wb.realm.policies == {}


def test_a_fresh_realm_has_no_policy_and_a_name_counts_once(wb: Workbench) -> None:
    assert wb.realm.policies == {}
    added = wb.realm.add_policy("no email", ["email"], grant=False)
    assert wb.realm.policies["no email"] is added

    with pytest.raises(RegistrationError, match="'no email' in realm /alpha already"):
        wb.realm.add_policy("no email", ["*"], grant=True)

    assert wb.realm.policies == {"no email": added}
    assert len(wb.realm.policies) == 1
    assert (added.policy_set, added.subjects) == ("oauth2Scopes", "authenticated")
    assert wb.audit[-1].summary == "Policy no email was added to oauth2Scopes."


def test_a_policy_is_deleted_by_its_name(wb: Workbench) -> None:
    with pytest.raises(RegistrationError, match=r"no policy 'a' in realm /alpha\.$"):
        wb.realm.policies.delete("a")
    wb.realm.add_policy("no email", ["email"], grant=False)
    with pytest.raises(RegistrationError, match=r"Did you mean no email\?"):
        wb.realm.policies.delete("no emails")

    assert wb.realm.policies.delete("no email").name == "no email"
    assert wb.realm.policies == {}
