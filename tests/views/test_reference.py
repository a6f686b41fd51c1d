"""The tables of the reference notebooks hold what the bench runs on, all of it."""

from dataclasses import fields

import pytest

from workbench.am.clients.client import Client
from workbench.am.exchange.rules import RULES
from workbench.am.scripts.names_by_context import names_of
from workbench.am.scripts.script import LEGACY, NEXT_GENERATION
from workbench.am.settings.described import rows
from workbench.am.settings.overrides import Overrides
from workbench.am.settings.profile import PROFILES, Profile
from workbench.am.settings.provider import ProviderSettings
from workbench.am.settings.unsupported import NOT_HERE
from workbench.views.page.html import code, escape
from workbench.views.reference import (
    absent_reference,
    bindings_reference,
    profiles_reference,
    rules_reference,
    settings_reference,
)


def test_every_rule_is_in_the_reference_in_order() -> None:
    html = rules_reference().html
    places = [html.index(f">{escape(rule.statement)}</td>") for rule in RULES]

    assert places == sorted(places)


def test_a_rule_that_never_fails_names_no_error() -> None:
    text = rules_reference().text

    assert text.count("none: it never fails") == 2


def test_every_switch_is_in_the_reference_with_a_value_for_each_profile() -> None:
    face = profiles_reference()

    for switch in fields(Profile):
        assert switch.name == "name" or code(switch.name) in face.html
    assert all(profile in face.text for profile in PROFILES)


def test_a_value_that_differs_from_pingam_is_marked() -> None:
    (row,) = [
        line
        for line in profiles_reference().text.splitlines()
        if "lifetime_capped_by_subject" in line
    ]

    assert row.split()[-3:] == ["≠", "on", "off"]


@pytest.mark.parametrize("owner", [ProviderSettings, Overrides, Client])
def test_every_setting_is_in_the_reference_with_its_label(owner: type) -> None:
    html = settings_reference(owner).html

    for row in rows(owner):
        assert code(row.name) in html
        assert escape(f"{row.label} ({row.tab})") in html


def test_a_setting_says_what_the_bench_does_not_do_with_it() -> None:
    text = settings_reference(Client).text

    assert "Not on the bench: It is kept, but never fetched." in text


def test_settings_that_are_not_there_are_in_the_reference() -> None:
    html = absent_reference().html

    assert all(code(name) in html for name in NOT_HERE)


@pytest.mark.parametrize("version", [LEGACY, NEXT_GENERATION])
@pytest.mark.parametrize("context", ["OAUTH2_MAY_ACT", "OIDC_CLAIMS"])
def test_every_binding_is_in_the_reference_once(context: str, version: str) -> None:
    face = bindings_reference(context, version)

    for name in names_of(context, version):
        assert face.html.count(f'<th scope="row">{code(name.label)}') == 1
