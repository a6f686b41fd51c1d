"""The profile's switches through the form, without a browser."""

import pytest

from tests.stories import Agents
from workbench import Workbench
from workbench.am.settings.profile import PROFILES
from workbench.errors import SettingError


def test_changes_a_switch_as_the_python_call_does(wb: Workbench) -> None:
    form = wb.profile_form()
    form.typed_subjects.value = False
    form.max_chain_depth.value = "3"

    profile = form.submit()

    assert wb.profile == profile
    assert profile == PROFILES["pingam-8.1"].but(
        typed_subjects=False, max_chain_depth=3
    )


def test_a_profile_fills_in_its_switches(wb: Workbench) -> None:
    form = wb.profile_form()

    form.profile.value = "rfc8693-strict"
    form.button.click()

    assert form.actor_required_by_sub.value
    assert wb.profile is PROFILES["rfc8693-strict"]
    assert "In force: rfc8693-strict" in form.said


def test_each_switch_has_its_sentence(wb: Workbench) -> None:
    notes = wb.profile_form().notes

    assert "may_act with a sub asks for an actor token" in (
        notes["actor_required_by_sub"].value
    )


def test_switches_that_made_a_difference_come_first_and_say_which(
    story: Workbench, agents: Agents
) -> None:
    form = story.profile_form()

    agents.exchange()

    first, second, *_others = form.rows.children
    assert form.refresh_token_on_exchange in first.children
    assert form.granted_scope in second.children
    note = form.notes["granted_scope"].value
    assert "made a difference</span> to the last exchange" in note
    assert (
        "&quot;all the acting client&#x27;s&quot; instead of &quot;as requested&quot;: "
        "scope: read → read write delete."
    ) in note


def test_of_what_made_no_difference_nothing_is_said(
    story: Workbench, agents: Agents
) -> None:
    form = story.profile_form()

    agents.exchange()

    assert "difference" not in form.notes["typed_subjects"].value
    assert "no difference" not in form.html() + form.text()


def test_the_first_switch_is_back_once_nothing_made_a_difference(
    story: Workbench, agents: Agents
) -> None:
    form = story.profile_form()
    agents.exchange()

    agents.exchange(client_secret="wrong")

    assert form.typed_subjects in form.rows.children[0].children


def test_where_no_kernel_runs_what_made_a_difference_comes_first(
    story: Workbench, agents: Agents
) -> None:
    form = story.profile_form()
    agents.exchange()

    first = form.text().splitlines()[1]

    assert "Refresh token with an exchange (refresh_token_on_exchange)" in first
    assert "made a difference to the last exchange" in form.text()
    assert "made a difference</span>" in form.html()


def test_a_switch_has_a_name_that_people_say_and_its_identifier_beside(
    wb: Workbench,
) -> None:
    form = wb.profile_form()

    assert form.loops.description == "An actor twice in one chain"
    assert "<code>loops</code>" in form.notes["loops"].value
    assert form.loops.tooltip.startswith("loops: ")


def test_what_is_in_force_already_is_not_said_to_be_applied(wb: Workbench) -> None:
    form = wb.profile_form()

    form.button.click()

    assert form.said == "✓ Nothing to apply: pingam-8.1 is in force already."


def test_follows_a_profile_set_in_a_cell(wb: Workbench) -> None:
    form = wb.profile_form()

    wb.profile = PROFILES["aic"].but(max_chain_depth=2)

    assert form.profile.value == "aic"
    assert not form.typed_subjects.value
    assert form.max_chain_depth.value == "2"


def test_a_limit_that_is_no_number_is_said(wb: Workbench) -> None:
    form = wb.profile_form(max_chain_depth="many")

    form.button.click()

    assert "whole number, or empty for no limit" in form.fault.value
    with pytest.raises(SettingError):
        form.submit()


def test_where_no_kernel_runs_it_is_a_table(wb: Workbench) -> None:
    form = wb.profile_form()

    assert "granted_scope" in form.html()
    assert "Profile pingam-8.1" in form.text()
