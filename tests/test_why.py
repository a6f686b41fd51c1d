"""Why a setting is what it is for a client, and where that is told."""

from typing import Any

import pytest

from workbench import Workbench
from workbench.am.clients.client import Client
from workbench.am.clients.effective import effective, may_act_scripts
from workbench.am.clients.why import hidden, why, why_opaque
from workbench.am.settings.overrides import OVERRIDABLE, Overrides
from workbench.am.settings.provider import ProviderSettings

JWTS = "statelessTokensEnabled"
ON = ProviderSettings(statelessTokensEnabled=True)


def client(live: bool, **block: Any) -> Client:
    return Client(
        client_id="c", overrides=Overrides(providerOverridesEnabled=live, **block)
    )


def test_a_block_that_is_on_hides_the_providers_value() -> None:
    found = why(JWTS, ON, client(True))

    assert (found.value, found.whose, found.other) == (False, "overrides", True)
    assert found.hides
    assert found.sentence == (
        '"Use Client-Side Access & Refresh Tokens" of c is off, by its overrides, '
        "which hide the provider's: on."
    )


def test_a_block_that_is_off_does_not_count() -> None:
    found = why(JWTS, ON, client(False))

    assert (found.value, found.whose) == (True, "provider")
    assert found.ignored and not found.hides
    assert found.sentence.endswith(
        "is on, as the provider says. off, in its overrides, does not count: they are "
        "off."
    )


def test_the_same_value_hides_nothing() -> None:
    found = why(JWTS, ON, client(True, statelessTokensEnabled=True))

    assert not found.hides
    assert found.sentence.endswith("by its overrides, as the provider's is, too.")


@pytest.mark.parametrize("live", [True, False])
def test_a_plugin_that_the_block_leaves_to_the_provider_hides_nothing(
    live: bool,
) -> None:
    found = why("validateScopePluginType", ON, client(live))

    assert found.whose == "provider"
    assert not found.hides and not found.ignored


def test_a_lifetime_of_its_own_counts_unless_it_is_0() -> None:
    own = Client(client_id="c", access_token_lifetime=60)

    assert why("accessTokenLifetime", ON, own).whose == "own"
    assert "in place of the provider's 3600" in (
        why("accessTokenLifetime", ON, own).sentence
    )
    assert why("accessTokenLifetime", ON, client(False)).whose == "provider"


def test_what_is_inherited_is_the_groups(wb: Workbench) -> None:
    wb.realm.add_group("partners", scopes=["read"])
    wb.realm.register_client("c", secret="s", group="partners", inherited=["scopes"])

    found = why("scopes", wb.provider, wb.realm.client("c"))

    assert found.whose == "group"
    assert found.sentence == (
        '"Scope(s)" of c is read: the group partners, which it inherits from.'
    )


@pytest.mark.parametrize("live", [True, False])
@pytest.mark.parametrize("name", [n for n in OVERRIDABLE if not n.endswith("Script")])
def test_it_says_what_the_server_goes_by(name: str, live: bool) -> None:
    asked = client(live, issueRefreshToken=False)

    assert why(name, ON, asked).value == getattr(effective(ON, asked), name)


@pytest.mark.parametrize("live", [True, False])
def test_who_stamps_a_clients_tokens_is_what_the_server_goes_by(live: bool) -> None:
    realm = ProviderSettings(accessTokenMayActScript="a", oidcMayActScript="b")
    asked = client(live, accessTokenMayActScript="c", oidcMayActScript="d")

    settings = effective(realm, asked)

    assert may_act_scripts(realm, asked) == (
        settings.accessTokenMayActScript,
        settings.oidcMayActScript,
    )


def test_only_what_differs_is_hidden() -> None:
    fresh = ProviderSettings()

    assert [each.name for each in hidden(fresh, client(False))] == []
    assert JWTS in [each.name for each in hidden(ON, client(True))]
    assert JWTS not in [each.name for each in hidden(fresh, client(True))]


def test_what_makes_tokens_opaque_says_what_to_set() -> None:
    assert why_opaque(ON, client(False)) == ""
    assert "wb.realm.update('c', overrides={'statelessTokensEnabled': True})" in (
        why_opaque(ON, client(True))
    )
    assert "wb.provider.statelessTokensEnabled = True" in (
        why_opaque(ProviderSettings(), client(False))
    )


def test_an_opaque_token_says_which_setting_made_it_opaque(story: Workbench) -> None:
    story.provider.statelessTokensEnabled = True
    story.realm.update("data-agent", overrides={JWTS: False})
    token = story.client.client_credentials("data-agent", "mySecret", scope="read")

    opened = story.inspect(token)

    assert "which hide the provider's: on. So its tokens are opaque" in opened.opaque
    assert opened.opaque in opened.told
    story.realm.update("data-agent", overrides={JWTS: True})
    assert "by now are JWTs" in story.inspect(token).opaque


def test_a_jwt_says_nothing_of_the_kind(story: Workbench) -> None:
    token = story.client.client_credentials("data-agent", "mySecret", scope="read")

    assert story.inspect(token).opaque == ""


def test_naming_a_script_that_makes_tokens_opaque_is_noted_in_the_audit_trail(
    wb: Workbench,
) -> None:
    wb.provider.statelessTokensEnabled = True
    wb.realm.add_script("stamps", "token.setMayAct({client_id: 'c'});")

    wb.realm.register_client("c", secret="s", may_act_script="stamps")

    assert "So its tokens are opaque; wb.realm.update('c'" in wb.audit[-1].summary


def test_where_the_provider_has_opaque_tokens_too_nothing_is_noted(
    wb: Workbench,
) -> None:
    wb.realm.add_script("stamps", "token.setMayAct({client_id: 'c'});")

    wb.realm.register_client("c", secret="s", may_act_script="stamps")

    assert "opaque" not in wb.audit[-1].summary
