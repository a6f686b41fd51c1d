"""The APIs' policies through the form, without a browser."""

import pytest

from tests.course.apis.conftest import NextDoor
from workbench import Workbench
from workbench.course.apis.policy import ApiPolicy
from workbench.errors import NotYet, SettingError


@pytest.fixture
def door(story: Workbench) -> NextDoor:
    """The story with the APIs open."""
    story.open_apis()
    return NextDoor(story)


def test_changes_a_policy_as_the_python_call_does(door: NextDoor) -> None:
    form = door.wb.apis_form(api="market")
    form.actors.value = ""
    form.subjects.value = "(age!data-agent)\n (age!other) "

    policy = form.submit()

    assert policy == door.wb.apis["market"].policy
    assert policy == ApiPolicy(frozenset({"(age!data-agent)", "(age!other)"}), None)
    assert door.wb.apis["ledger"].policy != policy


def test_an_api_fills_in_its_policy(door: NextDoor) -> None:
    form = door.wb.apis_form()
    door.wb.apis["network"].policy = ApiPolicy(frozenset({"me"}), None, "write")

    form.api.value = "network"

    fields = form.subjects.value, form.actors.value, form.scope.value
    assert fields == ("me", "", "write")


def test_what_is_given_counts_for_the_api_that_is_given(door: NextDoor) -> None:
    door.wb.apis["network"].policy = ApiPolicy(frozenset({"me"}), None, "write")

    form = door.wb.apis_form(actors=["you", "they"], api="network")

    assert (form.subjects.value, form.actors.value) == ("me", "you\nthey")


def test_follows_what_a_cell_does(door: NextDoor) -> None:
    form = door.wb.apis_form()

    door.wb.apis["ledger"].policy = ApiPolicy(frozenset({"me"}), None)
    door.wb.apis.ask("ledger", door.delegated("ledger"))
    twin = door.wb.apis.twin("ledger", "any audience")

    assert form.subjects.value == "me"
    assert "The policy names me, not it." in form.asked.value
    assert twin.name in dict(form.api.options)


def test_keeps_what_somebody_types_while_others_ask(door: NextDoor) -> None:
    form = door.wb.apis_form()
    form.subjects.value = "half a na"

    door.wb.apis.ask("ledger", "made-up")

    assert form.subjects.value == "half a na"


@pytest.mark.parametrize(
    ("field", "told"), [("subjects", "names nobody"), ("scope", "one scope")]
)
def test_says_what_is_no_policy_below_the_field(
    door: NextDoor, field: str, told: str
) -> None:
    form = door.wb.apis_form()
    form.fields[field].value = ""

    form.button.click()

    assert form.said.startswith("✗ Not done.")
    assert told in form.fault.value


def test_its_button_says_what_was_done(door: NextDoor) -> None:
    form = door.wb.apis_form(api="market")
    form.button.click()

    assert form.said == "✓ market decides so from now on."


def test_without_a_kernel_it_shows_policies_and_log(door: NextDoor) -> None:
    door.wb.apis.ask("ledger", door.delegated("ledger"))
    bundle = door.wb.apis_form()._repr_mimebundle_()
    data = bundle[0] if isinstance(bundle, tuple) else bundle

    for kind in ("text/html", "text/plain"):
        assert "AM has no page for this" in data[kind]
        assert "https://market.example.com" in data[kind].replace("<wbr>", "")
        assert "(age!risk-agent)" in data[kind].replace("<wbr>", "")


def test_a_policy_that_is_none_is_refused(door: NextDoor) -> None:
    with pytest.raises(SettingError, match="is an ApiPolicy"):
        door.wb.apis["ledger"].policy = {}  # type: ignore[assignment]


def test_the_apis_are_opened_before_their_form(wb: Workbench) -> None:
    with pytest.raises(NotYet, match="open_apis"):
        wb.apis_form()
