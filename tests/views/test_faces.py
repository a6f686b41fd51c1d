from typing import Any

from workbench.am.admin.audit import AuditTrail
from workbench.am.basics.setting import settings_of
from workbench.am.exchange.decision import Decision
from workbench.am.scripts.script import MayActScript, ScriptOutcome
from workbench.am.settings.profile import PROFILES, switches
from workbench.am.settings.provider import ProviderSettings
from workbench.am.tokens.inspection import Inspection
from workbench.views import faces
from workbench.views.faces import FACES, Face, attach_all
from workbench.views.page.attached import attach, attach_printed
from workbench.views.page.plain import visible_text
from workbench.views.profile import profile_text, provider_text


class Thing:
    pass


def test_a_class_shows_itself_in_both_ways() -> None:
    attach(Thing, lambda thing: "<b>thing</b>", lambda thing: "thing")

    thing: Any = Thing()
    assert thing._repr_mimebundle_() == {
        "text/html": "<b>thing</b>",
        "text/plain": "thing",
    }
    assert thing._repr_html_() == "<b>thing</b>"


def test_print_shows_what_a_terminal_can() -> None:
    class Shown:
        pass

    attach_printed(Shown, lambda thing: "<b>thing</b>", lambda thing: "a\x1b[2Jthing")

    assert str(Shown()) == visible_text("a\x1b[2Jthing", keep="\n\t")


def test_a_notebook_may_ask_for_one_way_only() -> None:
    face: Any = Face("<b>x</b>", "x")

    assert face._repr_mimebundle_(include={"text/plain"}) == {"text/plain": "x"}
    assert face._repr_mimebundle_(exclude={"text/plain"}) == {"text/html": "<b>x</b>"}


def test_a_face_is_a_value() -> None:
    assert str(Face("<b>x</b>", "x")) == repr(Face("<b>x</b>", "x")) == "x"
    assert Face("a", "b") == Face("a", "b")
    assert Face("a", "b") != Face("a", "c")
    assert len({Face("a", "b"), Face("a", "b")}) == 1
    assert Face("a", "b") != "b"


def test_every_class_in_the_table_shows_itself(
    refused: Decision,
    issued: Inspection,
    events: AuditTrail,
    stamped: ScriptOutcome,
    script: MayActScript,
) -> None:
    attach_all()

    values: tuple[Any, ...] = (refused, issued, events, stamped, script)
    for value in (*values, ProviderSettings()):
        assert type(value) in FACES
        assert set(value._repr_mimebundle_()) == {"text/html", "text/plain"}


def test_an_audit_trail_is_still_a_list() -> None:
    attach_all()

    assert AuditTrail() == []
    assert faces.FACES[AuditTrail]()[1](AuditTrail()) == "Nothing has happened yet."


def test_every_switch_of_a_profile_has_a_meaning() -> None:
    profile = PROFILES["rfc8693-strict"]

    assert set(switches()) == set(profile.__slots__) - {"name"}
    assert all(said.help in profile_text(profile) for said in switches().values())
    assert "refresh_token_on_exchange" in profile_text(profile)
    assert "no limit" in profile_text(profile)


def test_every_provider_setting_has_a_meaning() -> None:
    known = settings_of(ProviderSettings)
    assert set(known) >= set(ProviderSettings.__slots__)
    assert all(said.label for said in known.values())
    assert "tokenSigningAlgorithm" in provider_text(ProviderSettings())
