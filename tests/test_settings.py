"""Settings and profiles: unknown names are refused, and overrides rule as a block."""

import pytest

from workbench import Workbench
from workbench.am.basics.setting import settings_of
from workbench.am.clients.client import Client
from workbench.am.clients.effective import effective, overridden_by, with_own
from workbench.am.settings.overrides import OVERRIDABLE, Overrides, with_the_rest
from workbench.am.settings.profile import PROFILES
from workbench.am.settings.provider import ProviderSettings
from workbench.errors import RegistrationError, SettingError


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("tokenSigningAlg", "RS256", "Did you mean tokenSigningAlgorithm?"),
        ("tokenSigningAlgorithm", "RS512", "one of HS256, RS256, ES256"),
        ("statelessTokensEnabled", "yes", "True or False"),
        ("accessTokenLifetime", 1.5, "a whole number"),
        ("accessTokenLifetime", True, "a whole number"),
        ("accessTokenLifetime", -1, "cannot be negative"),
        ("grantTypes", "client_credentials", "a list of texts"),
    ],
)
def test_a_setting_says_what_would_fit(name: str, value: object, says: str) -> None:
    provider = ProviderSettings()

    with pytest.raises(SettingError, match=says):
        setattr(provider, name, value)

    assert provider == ProviderSettings()


def test_a_client_without_overrides_has_the_realms_values() -> None:
    provider = ProviderSettings(statelessTokensEnabled=True, issueRefreshToken=False)
    client = Client(client_id="c", secret="s")

    settings = effective(provider, client)

    assert settings.statelessTokensEnabled
    assert not settings.issueRefreshToken
    assert settings.decided_by == "provider setting"


def test_a_live_block_replaces_every_value_at_once() -> None:
    provider = ProviderSettings(
        statelessTokensEnabled=True, accessTokenMayActScript="realm-wide"
    )
    block = Overrides(providerOverridesEnabled=True)
    client = Client(client_id="c", secret="s", overrides=block)

    settings = effective(provider, client)

    assert not settings.statelessTokensEnabled
    assert settings.accessTokenMayActScript == "[Empty]"
    assert settings.decided_by == "client setting"


def test_a_lifetime_of_zero_means_the_providers() -> None:
    provider = ProviderSettings(accessTokenLifetime=100)

    inherited = effective(provider, Client(client_id="c", secret="s"))
    own = effective(
        provider, Client(client_id="c", secret="s", access_token_lifetime=5)
    )

    assert (inherited.accessTokenLifetime, own.accessTokenLifetime) == (100, 5)


def test_there_are_three_profiles() -> None:
    assert sorted(PROFILES) == ["aic", "pingam-8.1", "rfc8693-strict"]


def test_a_changed_profile_names_what_was_changed() -> None:
    profile = PROFILES["pingam-8.1"].but(typed_subjects=False)

    assert profile.name == "pingam-8.1 (changed: typed_subjects)"
    assert not profile.typed_subjects


def test_a_profile_refuses_an_unknown_switch() -> None:
    with pytest.raises(SettingError, match="Did you mean typed_subjects"):
        PROFILES["aic"].but(typed_subject=True)


def test_a_bench_refuses_an_unknown_profile() -> None:
    with pytest.raises(SettingError, match=r"Did you mean pingam-8\.1"):
        Workbench(profile="pingam-8")


def test_a_profile_is_assigned_by_name_or_value(wb: Workbench) -> None:
    wb.profile = "aic"
    by_name = wb.profile
    wb.profile = PROFILES["rfc8693-strict"]

    assert (by_name.name, wb.profile.name) == ("aic", "rfc8693-strict")


def test_a_profile_without_types_names_subjects_barely() -> None:
    with Workbench(profile="aic") as bench:
        bench.realm.register_client(
            "c", secret="s", scopes=["read"], grant_types=["client_credentials"]
        )
        answer = bench.client.client_credentials("c", "s", scope="read")

        assert bench.inspect(answer).sub == "c"


@pytest.mark.parametrize(
    "values",
    [
        {"now": 1_790_000_000.0},
        {"now": "x"},
        {"now": -1},
        {"seed": 5},
        {"seed": b"x"},
        {"profile": None},
        {"realm": ""},
        {"realm": "a/b"},
        {"realm": "ü"},
        {"base_url": "x"},
        {"base_url": "https://[::1/am"},
        {"base_url": "https://a:99999/am"},
        {"base_url": "https://a:b/am"},
        {"base_url": "https://:443/am"},
        {"base_url": "https://user@a/am"},
        {"base_url": "https://a/am?x=1"},
        {"base_url": "https://a\n/am"},
    ],
)
def test_a_bench_says_what_it_cannot_be_made_from(values: dict[str, object]) -> None:
    with pytest.raises(SettingError):
        Workbench(**values)  # type: ignore[arg-type]


@pytest.mark.parametrize("seconds", [0.5, "x", -1, True])
def test_the_clock_moves_forward_by_whole_seconds(
    wb: Workbench, seconds: object
) -> None:
    with pytest.raises(SettingError, match="whole seconds"):
        wb.clock.advance(seconds=seconds)  # type: ignore[arg-type]


def test_a_profile_is_refused_if_it_is_none(wb: Workbench) -> None:
    with pytest.raises(SettingError):
        wb.profile = 5  # type: ignore[assignment]


def test_a_live_block_overrides_the_realms_setting() -> None:
    live = Overrides(providerOverridesEnabled=True, statelessTokensEnabled=True)
    clients = [
        Client(client_id="one", secret="s", overrides=live),
        Client(client_id="two", secret="s", access_token_lifetime=60),
    ]

    assert overridden_by("statelessTokensEnabled", clients) == [("one", True)]
    assert [each.client_id for each in with_own(clients)] == ["one", "two"]
    assert overridden_by("accessTokenLifetime", clients) == [("two", 60)]
    assert overridden_by("tokenSigningAlgorithm", clients) == []


def test_a_block_of_pingam_with_its_defaults_is_taken_as_it_is(wb: Workbench) -> None:
    wb.provider.parRequestUriLifetime = 90
    client = wb.realm.register_client(
        "app",
        secret="s",
        overrides={
            "providerOverridesEnabled": True,
            "accessTokenModificationPluginType": "PROVIDER",
            "accessTokenModificationScript": "[Empty]",
            "scopesPolicySet": "oauth2Scopes",
            "oidcClaimsClass": None,
            "customLoginUrlTemplate": None,
        },
    )

    assert client.overrides.providerOverridesEnabled


def test_a_setting_that_does_nothing_here_says_so(wb: Workbench) -> None:
    with pytest.raises(SettingError, match="does nothing on the bench; it can only"):
        wb.provider.dynamicClientRegistrationSoftwareStatementRequired = True
    with pytest.raises(SettingError, match="validateScopeClass is a"):
        wb.realm.register_client(
            "app", secret="s", overrides={"validateScopeClass": "com.example.Mine"}
        )
    assert "app" not in wb.realm.clients


def test_a_plugins_script_counts_where_its_type_is_scripted() -> None:
    client = Client(client_id="c", secret="s")
    java = ProviderSettings(validateScopeScript="mine")
    scripted = ProviderSettings(
        validateScopePluginType="SCRIPTED", validateScopeScript="mine"
    )

    assert effective(java, client).validateScopeScript == "[Empty]"
    assert effective(scripted, client).validateScopeScript == "mine"


@pytest.mark.parametrize(
    ("kind", "script"),
    [("PROVIDER", "realm-wide"), ("SCRIPTED", "own"), ("JAVA", "[Empty]")],
)
def test_a_live_block_inherits_a_plugin_whose_type_is_provider(
    kind: str, script: str
) -> None:
    provider = ProviderSettings(accessTokenModificationScript="realm-wide")
    block = Overrides(
        providerOverridesEnabled=True,
        accessTokenModificationPluginType=kind,
        accessTokenModificationScript="own",
    )
    client = Client(client_id="c", secret="s", overrides=block)

    found = effective(provider, client)

    assert found.accessTokenModificationScript == script
    told = overridden_by("accessTokenModificationScript", [client])
    assert told == ([] if kind == "PROVIDER" else [("c", "own")])


def test_a_provider_has_no_plugin_of_type_provider(wb: Workbench) -> None:
    with pytest.raises(SettingError, match="is one of SCRIPTED, JAVA"):
        wb.provider.evaluateScopePluginType = "PROVIDER"


def test_an_override_names_a_script_of_its_kind(wb: Workbench) -> None:
    script = wb.realm.add_script(
        "stamp", "", context="OAUTH2_ACCESS_TOKEN_MODIFICATION"
    )
    wb.realm.add_script("may act", "")

    app = wb.realm.register_client(
        "app", secret="s", overrides={"accessTokenModificationScript": "stamp"}
    )

    assert app.overrides.accessTokenModificationScript == script.id
    with pytest.raises(RegistrationError, match="a scope validation script is needed"):
        wb.realm.update("app", overrides={"validateScopeScript": "may act"})


def test_naming_a_sample_script_of_am_means_none(wb: Workbench) -> None:
    block = {"accessTokenModificationScript": "d22f9a0c-426a-4466-b95e-d0f125b0d5fa"}

    app = wb.realm.register_client("app", secret="s", overrides=block)

    assert (
        app.overrides.accessTokenModificationScript
        == wb.provider.as_now().accessTokenModificationScript
    )


@pytest.mark.parametrize(
    "context", ["OAUTH2_VALIDATE_SCOPE", "OAUTH2_VALIDATE_SCOPE_NEXT_GEN"]
)
def test_a_scripts_context_is_named_as_am_names_it(wb: Workbench, context: str) -> None:
    script = wb.realm.add_script("check", "", context=context)

    assert script.context == "OAUTH2_VALIDATE_SCOPE_NEXT_GEN"


def test_a_context_that_is_not_here_is_refused(wb: Workbench) -> None:
    with pytest.raises(RegistrationError, match="no script context 'OAUTH2_MAY'"):
        wb.realm.add_script("x", "", context="OAUTH2_MAY")


def test_a_block_has_what_it_does_not_name_and_the_provider_calls_overridable() -> None:
    class Block:
        accessTokenMayActScript: str = "mine"

    with_the_rest(Block)

    rest = {name: getattr(Block, name) for name in OVERRIDABLE}
    assert rest.pop("accessTokenMayActScript") == "mine"
    provider = settings_of(ProviderSettings)
    assert rest == {name: provider[name].default for name in rest}
