"""Who may call: the subject, and who acts now; never who acted before."""

from typing import Any

import pytest

from workbench.course.apis.policy import ApiPolicy, actors_of, decide
from workbench.errors import SettingError

POLICY = ApiPolicy(frozenset({"data"}), frozenset({"risk"}))
GOOD: dict[str, Any] = {"sub": "data", "act": {"sub": "risk"}, "scope": ["read"]}


def test_subject_and_current_actor_that_are_named_may_call() -> None:
    assert decide(POLICY, GOOD).allowed


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"sub": "other"}, "The policy names data, not it."),
        ({"act": {"sub": "other"}}, "not the current actor."),
        ({"act": {}}, "not the current actor."),
        ({"act": "risk"}, "not the current actor."),
        ({"act": ["risk"]}, "not the current actor."),
        ({"scope": "write"}, "The token has no scope read."),
        ({"scope": "reading"}, "The token has no scope read."),
        ({"scope": None}, "The token has no scope read."),
        (
            {"act": {"sub": "other", "act": {"sub": "risk"}}},
            "risk acted earlier, which does not count.",
        ),
    ],
)
def test_each_of_the_three_is_needed(change: dict[str, Any], reason: str) -> None:
    verdict = decide(POLICY, GOOD | change)

    assert not verdict.allowed
    assert verdict.reason.endswith(reason)


def test_an_earlier_actor_that_is_not_named_does_no_harm() -> None:
    act = {"sub": "risk", "act": {"sub": "anybody"}}

    assert decide(POLICY, GOOD | {"act": act}).allowed


def test_where_an_actor_is_wanted_the_subjects_own_token_is_refused() -> None:
    own = {name: value for name, value in GOOD.items() if name != "act"}

    assert decide(POLICY, own).reason == "Nobody acts, and the policy wants risk to."


def test_where_nobody_may_act_the_subjects_own_token_is_good() -> None:
    nobody = ApiPolicy(frozenset({"data"}), None)
    own = {name: value for name, value in GOOD.items() if name != "act"}

    assert decide(nobody, own).allowed
    assert not decide(nobody, GOOD).allowed
    assert not decide(nobody, own | {"act": None}).allowed


def test_actors_are_told_the_current_one_first() -> None:
    act = {"sub": "now", "act": {"sub": "before", "act": {"sub": "first"}}}

    assert actors_of({"act": act}) == ("now", "before", "first")


def test_no_actor_in_a_policy_is_nobody() -> None:
    assert ApiPolicy(frozenset({"a"}), frozenset()) == ApiPolicy(frozenset({"a"}), None)


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ((frozenset(), None), "subjects names nobody"),
        (("data", None), "subjects is a list"),
        ((["data"], "risk"), "actors is a list"),
        ((["data"], [""]), "no text"),
        ((["data"], None, "read write"), "one scope"),
        ((["data"], None, ""), "one scope"),
    ],
)
def test_a_policy_that_cannot_be_one_is_refused(
    values: tuple[Any, ...], told: str
) -> None:
    with pytest.raises(SettingError, match=told):
        ApiPolicy(*values)
