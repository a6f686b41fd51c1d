"""The editor of the script form, without a browser, and its committed bundle."""

import hashlib
import json
import re
import sys
from pathlib import Path
from typing import Any

import pytest

from workbench import Workbench
from workbench.am.clients.client import Client
from workbench.am.scripts.kinds import KINDS, MAY_ACT, kind_of
from workbench.am.scripts.script import (
    LEGACY,
    NEXT_GENERATION,
    REGISTRATION,
    Bindings,
    ClientIdentity,
    ScriptOutcome,
)
from workbench.errors import RegistrationError
from workbench.forms.editor import PlainEditor, completions_of
from workbench.forms.editor.code import CodeEditor
from workbench.sandbox.work.worlds import read_parts

FOLDER = Path(sys.modules[CodeEditor.__module__].__file__ or "").parent
STAMP = 'token.setMayAct({client_id: "risk-agent", sub: "(age!risk-agent)"});'


def test_a_mistake_is_marked_at_its_line_and_column(wb: Workbench) -> None:
    form = wb.script_form()

    form.source.value = (
        "var actor = 1;\ntoken.setMayAct({sub: '(age!x)', client_id: acto});"
    )

    assert form.source.findings == [
        {
            "severity": "error",
            "message": "ReferenceError: acto is not defined",
            "line": 2,
            "column": 45,
            "code": "",
            "fix": "",
        }
    ]


def test_the_mark_goes_when_the_mistake_goes(wb: Workbench) -> None:
    form = wb.script_form()
    form.source.value = STAMP[:-2]

    form.source.value = STAMP

    assert form.source.findings == []


def test_a_script_that_stamps_nothing_is_warned_of(wb: Workbench) -> None:
    form = wb.script_form()

    form.source.value = "var a = 1;"

    (found,) = form.source.findings
    assert (found["code"], found["line"]) == ("no-set-may-act", 1)


def test_an_empty_script_is_not_complained_of(wb: Workbench) -> None:
    form = wb.script_form(source=STAMP)

    form.source.value = " "

    assert form.source.findings == []


def test_another_dialect_is_checked_and_completed_at_once(wb: Workbench) -> None:
    form = wb.script_form()
    form.source.value = STAMP

    form.evaluator_version.value = LEGACY

    assert "JsonValue" in form.source.findings[0]["message"]
    assert form.source.completions == completions_of(MAY_ACT, LEGACY)


def test_the_text_is_checked_as_soon_as_a_page_shows_it(wb: Workbench) -> None:
    form = wb.script_form(source="nope();")
    assert form.source.findings == []

    form.source._handle_custom_msg({"shown": True}, [])

    assert form.source.findings[0]["line"] == 1


def test_what_the_linter_found_comes_first_and_is_not_said_twice(
    wb: Workbench,
) -> None:
    form = wb.script_form()

    form.source.value = f"let a = 1;\n{STAMP}"

    (found,) = form.source.findings
    assert (found["code"], found["line"], found["column"]) == ("let", 1, 1)
    assert found["fix"] == "Write var."


def test_what_a_dry_run_stands_for_can_be_chosen(story: Workbench) -> None:
    story.realm.add_user("bjensen", password="Secret12!")
    form = story.script_form(
        source="token.setMayAct({client_id: identity.getName(), sub: "
        "requestProperties.requestParams.audience[0] + scopes[0]});",
        client="data-agent",
    )
    assert form.dry_run().error is not None

    form.trial.user.value = "bjensen"
    form.trial.parameters.value = "audience=(age!x)"
    form.trial.scopes.value = "read"

    assert form.dry_run().may_act == {"client_id": "bjensen", "sub": "(age!x)read"}


def test_an_id_token_needs_somebody(story: Workbench) -> None:
    form = story.script_form(source=STAMP, client="data-agent")

    form.trial.token_type.value = "urn:ietf:params:oauth:token-type:id_token"

    assert 'role="alert"' in form.status.value


def test_a_person_that_comes_later_is_offered(story: Workbench) -> None:
    form = story.script_form(source=STAMP)

    story.realm.add_user("late", password="Secret12!")

    assert ("late", "late") in form.trial.user.options


def test_a_bug_in_the_check_appears_in_the_form(
    wb: Workbench, monkeypatch: pytest.MonkeyPatch
) -> None:
    form = wb.script_form()
    monkeypatch.setattr(wb.realm, "engine", None)

    form.source.value = STAMP

    assert "AttributeError" in form.status.value


def test_opens_a_script_that_is_there(story: Workbench) -> None:
    form = story.script_form()

    form.saved.value = "risk-agent may act"

    script = story.realm.script("risk-agent may act")
    assert (form.name.value, form.source.value) == (script.name, script.source)


def test_offers_a_script_that_comes_later_and_keeps_the_text(wb: Workbench) -> None:
    form = wb.script_form(name="mine", source="mine();")

    wb.realm.add_script("other", STAMP)

    assert ("other", "other") in form.saved.options
    assert form.source.value == "mine();"


def test_to_open_what_is_not_there_is_refused(wb: Workbench) -> None:
    with pytest.raises(RegistrationError):
        wb.script_form().edit("nothing")


def test_a_dry_run_asks_for_the_scopes_given(wb: Workbench) -> None:
    form = wb.script_form(source='token.setMayAct({client_id: scopes.join("+")});')

    form.trial.scopes.value = "read, write"

    assert form.dry_run().may_act == {"client_id": "read+write"}


def test_a_dry_run_says_what_the_claim_allows(story: Workbench) -> None:
    form = story.script_form(source=STAMP, client="data-agent")

    form.dry_run()

    assert "risk-agent may now act for data-agent" in form.outcome.value


def test_what_a_dry_run_said_goes_when_the_text_changes(wb: Workbench) -> None:
    form = wb.script_form(source=STAMP)
    form.try_button.click()
    assert "risk-agent" in form.outcome.value

    form.source.value += "\n"

    assert (form.outcome.value, form.status.value) == ("", "")


def test_without_anywidget_a_text_area_does(
    wb: Workbench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "workbench.forms.editor.code", None)
    form = wb.script_form(name="s", source="nope();")

    form.try_button.click()

    assert isinstance(form.source, PlainEditor)
    assert "nope is not defined" in form.outcome.value
    form.source.value = STAMP
    assert form.submit().source == STAMP


def paths(names: list[dict[str, Any]], before: str = "") -> list[str]:
    found = []
    for name in names:
        path = before + name["label"]
        found += [path, *paths(name["members"], f"{path}.")]
    return found


WORLDS = [
    (family, version)
    for family, kind in KINDS.items()
    for version in kind.contexts
    if kind.contexts[version] in read_parts()
]
REQUEST = {"requestUri": "", "realm": "", "requestParams": {}, "requestHeaders": {}}
FURTHER = {
    "tokenId": "id",
    "clientSide": False,
    "claims": {"sub": "(usr!b)"},
    "locales": [],
    "entry": "validateAccessTokenScope",
    **{name: ["read"] for name in ("requested", "allowed", "available", "defaults")},
}


def run(wb: Workbench, family: str, version: str, source: str) -> ScriptOutcome:
    """Run a script in the world of its context, with everything there."""
    script = kind_of(family)(id="1", name="s", source=source, evaluator_version=version)
    client = Client(client_id="app", secret="s")
    bindings = Bindings(
        token={"sub": "(usr!b)", "exp": 1, "scope": ["read"]},
        client_properties=None if family == REGISTRATION else client.properties(),
        request_properties=REQUEST,
        identity={"name": "b", "universalId": "id=b,ou=user,o=a", "attributes": {}},
        client=ClientIdentity(name="app", ai_agent=False, attributes={}),
        realm="/alpha",
        session={},
        further=FURTHER,
    )
    return wb.realm.engine.run(script, bindings)


@pytest.mark.parametrize(("family", "version"), WORLDS)
def test_every_member_that_is_offered_is_there(
    wb: Workbench, family: str, version: str
) -> None:
    offered = paths(completions_of(family, version))
    source = f"""
    function validateAccessTokenScope() {{ return []; }}
    var missing = [];
    {json.dumps(offered)}.forEach(function (path) {{
        var at = path.split("."), object = globalThis[at.shift()];
        if (object === undefined) missing.push(path);
        if (object === undefined || object === null) return;
        while (at.length > 0 && object !== undefined) object = object[at.shift()];
        if (object === undefined) missing.push(path);
    }});
    ({{missing: missing.join(), values: {{}}}});
    """

    outcome = run(wb, family, version, source)

    assert outcome.error is None
    assert outcome.returned["missing"] == ""


@pytest.mark.parametrize(
    "family", [family for family, version in WORLDS if version == NEXT_GENERATION]
)
def test_every_binding_is_offered(wb: Workbench, family: str) -> None:
    offered = {name["label"] for name in completions_of(family, NEXT_GENERATION)}

    outcome = run(
        wb,
        family,
        NEXT_GENERATION,
        """var names = Object.keys(globalThis).join();
        function validateAccessTokenScope() { return []; }
        ({names: names, values: {}});""",
    )

    found = set(outcome.returned["names"].split(","))
    assert found - {"names", "validateAccessTokenScope"} == offered


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_the_bundle_is_built_from_the_source_beside_it() -> None:
    record = json.loads((FOLDER / "script_editor.json").read_text(encoding="utf-8"))

    assert record == {
        kind: {path: sha256(FOLDER / "source" / path) for path in paths}
        for kind, paths in record.items()
    }
    assert [len(paths) for paths in record.values()] == [2, 6]


def test_the_bundle_is_of_modest_size_and_names_no_host() -> None:
    bundle = (FOLDER / "script_editor.js").read_text(encoding="utf-8")

    assert len(bundle) < 600_000
    hosts = set(re.findall(r"(?:https?:)?//[\w-]+(?:\.[\w-]+)+", bundle))
    assert hosts <= {"http://www.w3.org"}  # the namespace of SVG


def test_each_package_in_the_bundle_has_its_licence_beside_it() -> None:
    licences = (FOLDER / "script_editor.licences.txt").read_text(encoding="utf-8")
    lock = json.loads((FOLDER / "source/package-lock.json").read_text(encoding="utf-8"))

    for line in re.findall(r"^\S+ [\d.]+ \(\S+\)$", licences, flags=re.MULTILINE):
        name, version, _ = line.split()
        assert lock["packages"][f"node_modules/{name}"]["version"] == version
    assert licences.count("Permission is hereby granted") >= 15
    assert "resolved" not in json.dumps(lock)
