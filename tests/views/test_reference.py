"""The tables of the reference notebooks hold what the bench runs on, all of it."""

from dataclasses import fields

import pytest

from workbench.am.exchange.rules import RULES
from workbench.am.scripts.names_by_context import names_of
from workbench.am.scripts.script import LEGACY, NEXT_GENERATION
from workbench.am.settings.profile import PROFILES, Profile
from workbench.views.page.html import escape
from workbench.views.reference import (
    bindings_reference,
    profiles_reference,
    rules_reference,
)


def test_every_rule_is_in_the_reference_in_order() -> None:
    html = rules_reference().html
    places = [html.index(f"<td>{escape(rule.statement)}</td>") for rule in RULES]

    assert places == sorted(places)


def test_a_rule_that_never_fails_names_no_error() -> None:
    text = rules_reference().text

    assert text.count("none: it never fails") == 2


def test_every_switch_is_in_the_reference_with_a_value_for_each_profile() -> None:
    face = profiles_reference()

    for switch in fields(Profile):
        assert switch.name == "name" or f"<code>{switch.name}</code>" in face.html
    assert all(profile in face.text for profile in PROFILES)


def test_a_value_that_differs_from_pingam_is_marked() -> None:
    (row,) = [
        line
        for line in profiles_reference().text.splitlines()
        if line.startswith("lifetime_capped_by_subject")
    ]

    assert row.split()[-3:] == ["≠", "on", "off"]


@pytest.mark.parametrize("version", [LEGACY, NEXT_GENERATION])
@pytest.mark.parametrize("context", ["OAUTH2_MAY_ACT", "OIDC_CLAIMS"])
def test_every_binding_is_in_the_reference_once(context: str, version: str) -> None:
    face = bindings_reference(context, version)

    for name in names_of(context, version):
        assert face.html.count(f'<th scope="row"><code>{name.label}</code>') == 1
