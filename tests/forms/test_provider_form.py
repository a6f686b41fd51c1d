"""The provider's settings through the form, without a browser."""

from dataclasses import fields

import ipywidgets

from workbench import Workbench
from workbench.am.settings.provider import ProviderSettings


def test_every_setting_has_a_field(wb: Workbench) -> None:
    names = {item.name for item in fields(ProviderSettings)}

    assert set(wb.provider_form().fields) == names


def test_saves_only_what_was_changed(wb: Workbench) -> None:
    form = wb.provider_form()
    form.statelessTokensEnabled.value = True
    form.tokenSigningAlgorithm.value = "RS256"

    form.button.click()

    assert wb.provider == ProviderSettings(
        statelessTokensEnabled=True, tokenSigningAlgorithm="RS256"
    )
    assert form.said == (
        "✓ Saved: Use Client-Side Access & Refresh Tokens, "
        "OAuth2 Token Signing Algorithm."
    )
    form.button.click()
    assert "Nothing to save" in form.said


def test_says_the_default_and_whether_it_was_changed(wb: Workbench) -> None:
    form = wb.provider_form()
    assert "default: 3600" in form.notes["accessTokenLifetime"].value

    wb.provider.accessTokenLifetime = 60

    assert form.accessTokenLifetime.value == 60
    assert "changed" in form.notes["accessTokenLifetime"].value


def test_says_who_overrides_a_setting(story: Workbench) -> None:
    form = story.provider_form()

    note = form.notes["accessTokenMayActScript"].value
    assert "<b>does not count</b> for 1 client: data-agent (risk-agent may act)" in note
    assert "client_<wbr>form(&#x27;data-agent&#x27;)" in note
    assert "does not count" not in form.notes["tokenSigningAlgorithm"].value


def test_counts_those_beyond_the_first_three(story: Workbench) -> None:
    for number in range(5):
        story.realm.register_agent(
            f"a-{number}", secret="s", overrides={"providerOverridesEnabled": True}
        )

    story.provider.statelessTokensEnabled = True

    note = story.provider_form().notes["statelessTokensEnabled"].value

    assert "5 clients: a-0 (off), a-1 (off), a-2 (off) and 2 more" in note
    assert "1 client overrides it with the same" in note


def test_a_mistake_is_said_below_its_field_and_saves_nothing(wb: Workbench) -> None:
    form = wb.provider_form()
    form.issueRefreshToken.value = False
    form.accessTokenLifetime.value = -1

    form.button.click()

    assert "Access Token Lifetime (seconds) cannot be negative" in form.fault.value
    assert wb.provider == ProviderSettings()


def test_a_list_is_edited_line_by_line(wb: Workbench) -> None:
    form = wb.provider_form()

    form.supportedScopes.value = "read\n write \n\n"
    form.submit()

    assert wb.provider.supportedScopes == ("read", "write")
    wb.provider.supportedScopes = ("other",)
    assert form.supportedScopes.value == "other"


def test_where_no_kernel_runs_it_is_a_table(wb: Workbench) -> None:
    form = wb.provider_form()

    assert "OAuth2 Token Signing Algorithm" in form.html()
    assert "tokenSigningAlgorithm" in form.text()


def test_each_script_setting_offers_the_scripts_of_its_context(wb: Workbench) -> None:
    form = wb.provider_form()
    wb.realm.add_script("stamp", "")
    wb.realm.add_registration_script("set up", "")
    wb.realm.add_script("more claims", "", context="OIDC_CLAIMS")

    def offered(name: str) -> list[str]:
        return [label for label, _ in form.fields[name].options[1:]]

    assert offered("accessTokenMayActScript") == [
        "OAuth2 May Act Script (AM's sample)",
        "stamp",
    ]
    assert offered("dynamicClientRegistrationScript") == ["set up"]
    assert offered("oidcClaimsScript") == [
        "OIDC Claims Script (AM's sample)",
        "more claims",
    ]


def test_a_script_that_is_set_by_its_name_is_shown_and_stays(wb: Workbench) -> None:
    form = wb.provider_form()
    wb.realm.add_script("narrow", "x;", context="OAUTH2_VALIDATE_SCOPE")

    wb.realm.set_provider(validateScopeScript="narrow")

    assert form.validateScopeScript.value == "narrow"
    assert form.validateScopeScript.label == "narrow (by name)"
    assert form.said == ""
    form.button.click()
    assert "Nothing to save" in form.said


def test_a_script_that_is_not_there_is_shown_and_said_to_be_none(
    wb: Workbench,
) -> None:
    wb.realm.add_script("stamps", "x;")
    wb.realm.set_provider(validateScopeScript="stamps", oidcMayActScript="gone")

    form = wb.provider_form()

    shown = form.validateScopeScript.label, form.oidcMayActScript.label
    assert shown == (
        "stamps (no such scope validation script)",
        "gone (no such may act script)",
    )


def test_a_fresh_provider_names_ams_samples(wb: Workbench) -> None:
    form = wb.provider_form()

    script = form.fields["accessTokenModificationScript"]
    assert script.label == "OAuth2 Access Token Modification Script (AM's sample)"
    note = form.notes["accessTokenModificationScript"].value
    assert "default: OAuth2 Access Token Modification Script" in note
    assert form.fields["accessTokenModificationPluginType"].options == (
        ("SCRIPTED", "SCRIPTED"),
        ("JAVA", "JAVA"),
    )


def test_the_salt_is_typed_but_not_shown(wb: Workbench) -> None:
    form = wb.provider_form()
    form.hashSalt.value = "pepper"

    form.button.click()

    assert wb.provider.hashSalt == "pepper"
    assert isinstance(form.hashSalt, ipywidgets.Password)
    assert "pepper" not in form.html() + form.text()


def test_the_subject_types_are_ticked(wb: Workbench) -> None:
    form = wb.provider_form()
    form.supportedSubjectTypes.value = ("public",)

    form.button.click()

    assert wb.provider.supportedSubjectTypes == ("public",)
