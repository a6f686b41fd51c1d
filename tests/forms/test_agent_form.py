"""Registering an AI agent through the form, without a browser."""

from typing import Any

import pytest

from workbench import Workbench
from workbench.errors import FeatureDisabled, RegistrationError, SettingError

VALUES: dict[str, Any] = {
    "client_id": "data-agent",
    "secret": "mySecret",
    "redirection_uris": ["https://www.example.com:443/callback"],
    "scopes": ["read", "write"],
}


def test_registers_what_its_fields_say(wb: Workbench) -> None:
    wb.enable_ai_agents()
    script = wb.realm.add_script("s", "")

    agent = wb.agent_form(
        **VALUES, may_act_script="s", client_side_tokens=True
    ).submit()

    assert agent == wb.realm.client("data-agent")
    assert agent.scopes == ("read", "write")
    assert agent.redirection_uris == ("https://www.example.com:443/callback",)
    assert agent.overrides.accessTokenMayActScript == script.id
    assert agent.overrides.providerOverridesEnabled
    assert agent.overrides.statelessTokensEnabled


def test_does_what_the_python_call_does(wb: Workbench) -> None:
    wb.enable_ai_agents()
    by_form = wb.agent_form(**VALUES).submit()
    wb.realm.delete("data-agent")

    by_call = wb.realm.register_agent(
        "data-agent",
        **{name: value for name, value in VALUES.items() if name != "client_id"},
    )

    assert by_form == by_call


def test_the_labels_are_those_of_the_admin_ui(wb: Workbench) -> None:
    labels = [label for label, _ in wb.agent_form().shown()]

    assert labels == [
        "Client ID",
        "Client secret",
        "Redirection URIs",
        "Scope(s)",
        "Default Scope(s)",
        "Enable OAuth2 Provider Overrides",
        "OAuth2 Access Token May Act Script",
        "Use Client-Side Access & Refresh Tokens",
    ]


def test_offers_to_enable_ai_agents_where_they_are_off(wb: Workbench) -> None:
    form = wb.agent_form(**VALUES)

    form.button.click()

    assert "AI agents are off" in form.status.value
    assert form.enable in form.children
    form.enable.click()
    form.button.click()
    assert "data-agent was registered" in form.status.value
    assert form.enable not in form.children
    assert form.value == wb.realm.client("data-agent")


def test_submit_raises_for_a_cell_what_the_button_shows(wb: Workbench) -> None:
    with pytest.raises(FeatureDisabled):
        wb.agent_form(**VALUES).submit()


def test_a_mistake_is_said_and_nothing_typed_is_lost(wb: Workbench) -> None:
    wb.enable_ai_agents()
    form = wb.agent_form(**{**VALUES, "redirection_uris": ["nonsense"]})

    form.button.click()

    assert 'role="alert"' in form.status.value
    assert "not a redirection URI" in form.status.value
    assert form.redirection_uris.value == "nonsense"
    with pytest.raises(RegistrationError):
        form.submit()


def test_a_bug_in_a_handler_is_shown(wb: Workbench) -> None:
    form = wb.agent_form()

    form.report(lambda: 1 / 0)

    assert "ZeroDivisionError" in form.status.value


def test_what_is_shown_is_escaped(wb: Workbench) -> None:
    wb.enable_ai_agents()
    form = wb.agent_form(**{**VALUES, "client_id": "<script>alert(1)</script>"})

    form.button.click()

    assert "<script>" not in form.status.value + form.html()


def test_the_static_face_masks_the_secret(wb: Workbench) -> None:
    form = wb.agent_form(**VALUES)

    bundle = form._repr_mimebundle_()

    for face in (bundle["text/html"], bundle["text/plain"]):
        assert "mySecret" not in face
        assert "data-agent" in face
        assert "••••••••" in face
    assert "application/vnd.jupyter.widget-view+json" in bundle


def test_the_same_form_twice_is_two_forms(wb: Workbench) -> None:
    first, second = wb.agent_form(), wb.agent_form()

    first.client_id.value = "one"

    assert second.client_id.value == ""


def test_an_unknown_field_is_refused_with_the_nearest(wb: Workbench) -> None:
    with pytest.raises(SettingError, match="Did you mean scopes"):
        wb.agent_form(scope=["read"])


def test_scopes_may_be_separated_by_commas(wb: Workbench) -> None:
    wb.enable_ai_agents()
    form = wb.agent_form(**VALUES)
    form.scopes.value = "read, write,delete"

    assert form.submit().scopes == ("read", "write", "delete")


def test_the_offer_to_enable_goes_once_an_agent_was_registered(wb: Workbench) -> None:
    form = wb.agent_form(**VALUES)
    form.button.click()
    wb.enable_ai_agents()

    form.button.click()

    assert form.enable not in form.children


def test_an_open_form_offers_a_script_that_comes_later(wb: Workbench) -> None:
    form = wb.agent_form(**VALUES)

    script = wb.realm.add_script("late", ";")

    assert ("late", script.id) in form.may_act_script.options


def test_a_script_that_switches_overrides_on_tells_of_opaque_tokens(
    story: Workbench,
) -> None:
    assert story.agent_form().notice.value == ""

    form = story.agent_form(may_act_script="risk-agent may act")

    assert "its tokens will be opaque" in form.notice.value
    assert "its tokens will be opaque" in form.html()
    assert "its tokens will be opaque" in form.text()
    form.client_side_tokens.value = True
    assert form.notice.value == ""
