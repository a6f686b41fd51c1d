"""Editing a client or an AI agent in AM's tabs, without a browser."""

from dataclasses import fields

import ipywidgets
import pytest

from workbench import Workbench
from workbench.am.basics.setting import settings_of
from workbench.am.clients.client import Client
from workbench.am.settings.overrides import Overrides
from workbench.errors import RegistrationError


def test_the_tabs_are_those_of_the_admin_ui(story: Workbench) -> None:
    form = story.client_form("data-agent")

    assert form.tabs.titles == (
        "Core",
        "Advanced",
        "OpenID Connect",
        "Signing and Encryption",
        "OAuth2 Provider Overrides",
    )


def test_every_setting_has_a_field_with_ams_label(story: Workbench) -> None:
    settings = {item.name for item in (*fields(Client), *fields(Overrides))}

    form = story.client_form("data-agent")

    assert set(form.fields) == settings - {"client_id", "overrides"}
    known = {**settings_of(Overrides), **settings_of(Client)}
    for name, field in form.fields.items():
        assert field.description == known[name].label


def test_the_tooltip_has_the_name_over_rest(story: Workbench) -> None:
    form = story.client_form("data-agent")

    assert form.allowed_audiences.description == (
        "Allowed Resource Server Audience Values"
    )
    assert form.allowed_audiences.tooltip.startswith(
        "allowedResourceServerAudienceValues:"
    )


def test_saves_what_was_changed_as_the_python_call_does(story: Workbench) -> None:
    form = story.client_form("risk-agent")
    form.scopes.value = "read\nadmin"
    form.public.value = True
    form.access_token_lifetime.value = 60
    form.grant_types.value = ("client_credentials",)
    form.acceptAudienceParametersInTokenExchangeRequests.value = True

    saved = form.submit()

    assert saved == story.realm.client("risk-agent")
    assert saved.scopes == ("read", "admin")
    assert (saved.public, saved.access_token_lifetime) == (True, 60)
    assert saved.grant_types == ("client_credentials",)
    assert saved.overrides.acceptAudienceParametersInTokenExchangeRequests


def test_what_was_not_changed_stays(story: Workbench) -> None:
    before = story.realm.client("data-agent")

    assert story.client_form("data-agent").submit() == before


def test_an_empty_secret_is_left_as_it_is(story: Workbench) -> None:
    form = story.client_form("risk-agent")

    form.button.click()

    assert story.realm.client("risk-agent").secret == "mySecret"
    assert "mySecret" not in form.html() + form.text()


def test_a_mistake_is_said_below_its_field_on_its_tab(story: Workbench) -> None:
    form = story.client_form("risk-agent")
    form.custom_properties.value = "a=1\na[x]=2"

    form.button.click()

    assert form.tabs.selected_index == 1
    page = form.tabs.children[1].children
    assert page[page.index(form.custom_properties) + 1] is form.fault
    assert "mix two of them" in form.fault.value
    form.custom_properties.value = ""
    form.button.click()
    assert form.fault not in form.tabs.children[1].children


def test_the_page_hears_of_a_field_once_its_tab_is_open(story: Workbench) -> None:
    form = story.client_form("risk-agent")
    hidden = [form.fields[name] for name in list(form.groups.values())[1]]

    assert form.scopes.comm is not None
    assert all(field.comm is None for field in hidden)

    hidden[0].value = "Seen from here all the same"
    form.tabs.selected_index = 1

    assert all(field.comm is not None for field in hidden)
    assert form.tabs.children[1].children == tuple(hidden)


def test_a_field_that_is_shown_alone_needs_no_tab(story: Workbench) -> None:
    form = story.client_form("risk-agent")

    box = ipywidgets.VBox([form.custom_properties])

    assert form.custom_properties.comm is not None
    assert box.get_state()["children"] == [
        f"IPY_MODEL_{form.custom_properties.model_id}"
    ]


def test_a_mistake_is_said_in_the_words_of_the_label(story: Workbench) -> None:
    form = story.client_form("risk-agent")
    form.access_token_lifetime.value = -1

    form.button.click()

    assert "Access Token Lifetime (seconds) cannot be negative" in form.status.value


def test_follows_what_a_cell_changes(story: Workbench) -> None:
    form = story.client_form("risk-agent")
    form.name.value = "typed, not saved"

    story.realm.update("risk-agent", scopes=["other"], token_exchange_auth_level=2)

    assert form.scopes.value == "other"
    assert form.token_exchange_auth_level.value == 2
    assert form.name.value == "typed, not saved"


def test_offers_a_script_that_comes_later(story: Workbench) -> None:
    form = story.client_form("risk-agent")

    script = story.realm.add_script("late", ";")

    assert ("late", script.id) in form.accessTokenMayActScript.options


def test_grant_types_are_boxes_under_the_admin_uis_names(story: Workbench) -> None:
    form = story.client_form("risk-agent")
    boxes = {box.description: box for box in form.grant_types._boxes.values()}

    boxes["Token Exchange"].value = False

    assert form.grant_types.value == ("client_credentials",)
    assert all(isinstance(box, ipywidgets.Checkbox) for box in boxes.values())


def test_there_is_no_form_for_nobody(wb: Workbench) -> None:
    with pytest.raises(RegistrationError, match="no client 'nobody'"):
        wb.client_form("nobody")


def test_a_plugins_type_is_one_of_ams_three(story: Workbench) -> None:
    form = story.client_form("risk-agent")
    script = story.realm.add_script("s", "", context="OAUTH2_VALIDATE_SCOPE")

    form.validateScopePluginType.value = "SCRIPTED"
    form.validateScopeScript.value = script.id
    saved = form.submit()

    assert [each for each, _ in form.validateScopePluginType.options] == [
        "PROVIDER",
        "SCRIPTED",
        "JAVA",
    ]
    assert saved.overrides.validateScopeScript == script.id


def test_a_switch_that_makes_tokens_opaque_is_told_as_it_is_typed(
    story: Workbench,
) -> None:
    story.provider.statelessTokensEnabled = True
    form = story.client_form("risk-agent")
    notice = form.notices["statelessTokensEnabled"]
    assert "Does not count while overrides are off; on does." in notice.value

    form.providerOverridesEnabled.value = True

    assert "its tokens will be opaque. The provider&#x27;s is on." in notice.value
    switch = form.notices["providerOverridesEnabled"].value
    assert "hidden by another value: Use Client-Side Access" in switch
    assert "its tokens will be opaque" in form.html()
    assert "its tokens will be opaque" in form.text()
    form.statelessTokensEnabled.value = True
    assert notice.value == ""
    assert not story.realm.client("risk-agent").overrides.providerOverridesEnabled


def test_an_override_that_hides_the_realms_value_says_which(story: Workbench) -> None:
    form = story.client_form("data-agent")
    notice = form.notices["accessTokenMayActScript"]
    assert notice.value == ""

    story.provider.accessTokenMayActScript = story.realm.add_script("other", "1;").id

    assert "Hides the provider&#x27;s: other." in notice.value
    assert "which hide the provider's: other." in form.text()
    assert form.notices["scopesPolicySet"].value == ""


def test_a_notice_follows_the_provider(story: Workbench) -> None:
    form = story.client_form("data-agent")
    assert form.notices["issueRefreshToken"].value == ""

    story.provider.issueRefreshToken = False

    assert "Hides the provider&#x27;s: off." in form.notices["issueRefreshToken"].value


def test_where_nothing_was_typed_nothing_is_saved(story: Workbench) -> None:
    form = story.client_form("risk-agent")
    before = len(story.audit)

    form.button.click()

    assert form.said == "✓ Nothing to save: nothing was changed."
    assert len(story.audit) == before


def test_what_was_saved_is_said_by_its_labels(story: Workbench) -> None:
    form = story.client_form("risk-agent")
    form.scopes.value = "read\nadmin"

    form.button.click()

    assert form.said == "✓ AI agent risk-agent was saved: Scope(s)."


def test_a_form_can_turn_to_another_client(story: Workbench) -> None:
    story.realm.register_client(
        "hr-client", secret="s", scopes=["a", "b"], name="Human Resources"
    )
    form = story.client_form("data-agent")
    form.scopes.value = "typed"
    form.secret.value = "typed"

    for client_id in ("hr-client", "risk-agent", "data-agent"):
        assert form.turn_to(client_id)

        fresh = story.client_form(client_id)
        assert form.shown() == fresh.shown()
        assert form.title == fresh.title and client_id in form.heading.value
        assert form.changed() == {}
        assert form.secret.value == ""


def test_a_form_that_cannot_show_a_value_says_so(story: Workbench) -> None:
    script = story.realm.script("risk-agent may act").name
    story.realm.register_client("odd", secret="s", grant_types=["password", "new:one"])
    story.realm.update("risk-agent", overrides={"accessTokenMayActScript": script})
    form = story.client_form("data-agent")

    assert not form.turn_to("odd")
    assert form.turn_to("risk-agent")
