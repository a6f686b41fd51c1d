"""Damaged, hostile and huge files: refused whole, with the file and the place."""

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.frodo.exports import (
    SCRIPT_ID,
    agent,
    client,
    client_file,
    group,
    script,
    script_file,
    write,
)
from workbench import Workbench
from workbench.errors import CommandError
from workbench.interop.frodo import document, folder
from workbench.interop.frodo.fault import ImportRefused
from workbench.interop.frodo.plan_faces import plan_html, plan_json, plan_text


@pytest.fixture
def wb() -> Iterator[Workbench]:
    with Workbench(now=1_790_000_000, seed="hostile") as bench:
        yield bench


def refused(wb: Workbench, *paths: Path) -> str:
    """Why an import cannot be; that nothing was imported is checked here."""
    plan = wb.import_files(*paths)
    assert plan.refused
    assert "Nothing is imported" in plan_text(plan)
    assert "wb-no" in plan_html(plan)
    assert plan_json(plan)["refused"][0]["why"]
    before = {name: dict(table) for name, table in wb.realm.tables.items()}
    with pytest.raises(ImportRefused, match="Nothing was imported"):
        plan.apply()
    assert {name: dict(table) for name, table in wb.realm.tables.items()} == before
    return "\n".join(map(str, plan.refused))


@pytest.mark.parametrize(
    ("octets", "words"),
    [
        (b"", "it is empty"),
        (b" \n", "it is empty"),
        (b'{"script": {', "it is JSON that breaks off, line 1, column 13"),
        (b'{"script": "abc', "it is JSON that breaks off"),
        (b'{"script": }', "it is damaged JSON, line 1, column 12"),
        (b'{"a": 1, "a": 2}', "the member a stands twice in one object"),
        (b'{"a": 1e999}', "a number is too large, or none at all"),
        (b'{"a": NaN}', "a number is too large, or none at all"),
        (b'{"a": ' + b"9" * 5000 + b"}", "Exceeds the limit"),
        (b"[" * 100_000, "it is nested too deep"),
        (b'{"a": "\xff"}', "it is no UTF-8 text: see its octet 8"),
        ('{"a": 1}'.encode("utf-16"), "it is UTF-16, and no UTF-8 text"),
        (b"PK\x03\x04abc", "it is a zip archive"),
    ],
)
def test_a_damaged_file_is_refused(
    wb: Workbench, tmp_path: Path, octets: bytes, words: str
) -> None:
    write(tmp_path / "good.json", client_file())
    (tmp_path / "z.json").write_bytes(octets)

    told = refused(wb, tmp_path)

    assert told.startswith("z.json: ")
    assert words in told


def wrong() -> Iterator[Any]:
    place = f"script.{SCRIPT_ID}"
    yield {"script": {SCRIPT_ID: script(evaluatorVersion=2)}}, f"{place}.evaluatorV"
    yield {"script": {SCRIPT_ID: 5}}, f"{place}: an object belongs here"
    yield {"script": {"other": script()}}, "script.other._id: it is another"
    yield script_file(script={"a": 1}), f"{place}.script: script is"
    yield (
        {"application": {"c": client("c", coreOAuth2ClientConfig={"scopes": 7})}},
        "application.c.coreOAuth2ClientConfig.scopes: scopes is a list of texts",
    )
    yield {"application": {"a": agent("a")}}, "application.a._type._id: OAuth2Client"
    yield {"application": {"c": client("c")}}, "there is no script with the id"
    yield {"agent": {"": agent("")}}, "_id: The client ID is ''"
    yield (
        {"agent": {"a": agent("a", coreOAuth2ClientConfig={"agentgroup": "g"})}},
        "agent.a.coreOAuth2ClientConfig.agentgroup: There is no group 'g'",
    )
    yield (
        {"agentGroup": {"g": group("g", coreOAuth2ClientConfig={"scopes": 1})}},
        "agentGroup.g.coreOAuth2ClientConfig.scopes",
    )
    yield (
        {"service": {"oauth-oidc": {"coreOAuth2Config": {"codeLifetime": "x"}}}},
        "service.oauth-oidc.coreOAuth2Config.codeLifetime: codeLifetime is a whole",
    )
    yield {"service": {"oauth-oidc": []}}, "service.oauth-oidc: an object belongs"
    yield (
        {"agent": {"a": agent("a", x="\ud800")}},
        "agent.a: a text holds half a character",
    )
    deep: Any = 1
    for _ in range(100):
        deep = {"a": deep}
    yield {"agent": {"a": agent("a", x=deep)}}, "it is nested too deep"


@pytest.mark.parametrize(("value", "words"), list(wrong()))
def test_a_wrong_value_is_refused_with_its_place(
    wb: Workbench, tmp_path: Path, value: Any, words: str
) -> None:
    write(tmp_path / "a-good.json", {"agent": {"good": agent("good")}})
    write(tmp_path / "b.json", value)

    told = refused(wb, tmp_path)

    assert told.startswith("b.json: ")
    assert words in told


def test_what_two_files_say_otherwise_is_refused(wb: Workbench, tmp_path: Path) -> None:
    write(tmp_path / "a.json", script_file())
    write(tmp_path / "b.json", script_file(script=["other"]))

    told = refused(wb, tmp_path)

    assert told == (
        f"b.json: script.{SCRIPT_ID}: it is also in a.json: script.{SCRIPT_ID}, and "
        "says something else there."
    )


def test_a_script_does_not_change_its_version(wb: Workbench, tmp_path: Path) -> None:
    wb.import_files(write(tmp_path / "a.json", script_file())).apply()
    path = write(tmp_path / "a.json", script_file(evaluatorVersion="1.0"))

    assert "its context and evaluator version cannot be changed" in refused(wb, path)


def test_a_client_does_not_become_an_agent(wb: Workbench, tmp_path: Path) -> None:
    wb.realm.register_client("hr-agent", secret="s")
    path = write(tmp_path / "a.json", {"agent": {"hr-agent": agent()}})

    assert "hr-agent is the id of another kind here: OAuth2 client" in refused(wb, path)


def test_a_group_that_leaves_a_member_unfit_is_refused(
    wb: Workbench, tmp_path: Path
) -> None:
    wb.enable_ai_agents()
    wb.realm.groups.add_for_agents("partners")
    wb.realm.register_agent(
        "member", secret="s", group="partners", inherited=["subject_type"]
    )
    body = group(advancedOAuth2ClientConfig={"subjectType": "pairwise"})
    path = write(tmp_path / "g.json", {"agentGroup": {"partners": body}})

    assert "member of the realm would not fit: " in refused(wb, path)


@pytest.mark.parametrize(
    "named",
    ["../secret.js", "/etc/hostname", "a/../../secret.js", "link.js", "none.js"],
)
def test_no_file_outside_of_the_folder_is_read(
    wb: Workbench, tmp_path: Path, named: str
) -> None:
    (tmp_path / "secret.js").write_text("outside", encoding="utf-8")
    folder = tmp_path / "in"
    path = write(folder / "a.json", script_file(script=f"file://{named}"))
    (folder / "link.js").symlink_to(tmp_path / "secret.js")

    told = refused(wb, path)

    assert "cannot be read" in told
    assert "outside" not in told.replace("outside of the folder", "")


def test_a_nul_in_a_name_is_no_crash(wb: Workbench, tmp_path: Path) -> None:
    path = write(tmp_path / "a.json", script_file(script="file://a\0.js"))

    assert "cannot be read" in refused(wb, path)


def test_a_large_file_beside_is_refused(
    wb: Workbench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("workbench.interop.script_files.LONGEST", 5)
    (tmp_path / "a.js").write_text("123456", encoding="utf-8")
    path = write(tmp_path / "a.json", script_file(script="file://a.js"))

    assert "it is larger than" in refused(wb, path)


def test_links_in_a_folder_are_passed_over_and_counted(
    wb: Workbench, tmp_path: Path
) -> None:
    outside = write(tmp_path / "out" / "s.json", script_file())
    inside = tmp_path / "in"
    write(inside / "a.json", {"agent": {"hr-agent": agent()}})
    (inside / "l.json").symlink_to(outside)
    (inside / "linked").symlink_to(outside.parent)
    write(inside / ".git" / "s.json", script_file())
    (inside / "notes.md").write_text("no JSON", encoding="utf-8")

    plan = wb.import_files(inside)

    assert [each.name for each in plan.new] == ["hr-agent"]
    assert plan.left_out == ("2 links",)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes")
def test_a_pipe_does_not_hold_an_import_up(wb: Workbench, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.json")

    assert "it is a device or a pipe" in refused(wb, tmp_path / "a.json")


def test_a_huge_file_is_refused(
    wb: Workbench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(document, "LARGEST", 100)
    path = write(tmp_path / "a.json", script_file())

    assert "it is larger than" in refused(wb, path)


def test_a_huge_folder_is_refused(
    wb: Workbench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(folder, "MOST_OCTETS", 100)
    write(tmp_path / "a.json", script_file())

    assert "megabytes of JSON" in refused(wb, tmp_path)


def test_ten_thousand_scripts_are_refused_and_thousands_are_not(
    wb: Workbench, tmp_path: Path
) -> None:
    def many(number: int) -> Path:
        held = {str(i): script(str(i), name=f"s{i}") for i in range(number)}
        return write(tmp_path / "many.json", {"script": held})

    assert "there are more than 5,000 scripts" in refused(wb, many(10_000))

    wb.import_files(many(3_000)).apply()
    assert len(wb.realm.scripts) == 3_000
    assert len(plan_text(wb.import_files(tmp_path / "many.json"))) < 100_000


def test_a_path_without_anything_to_take_says_so(wb: Workbench, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="There is no file or folder"):
        wb.import_files(tmp_path / "none")
    with pytest.raises(CommandError, match="holds nothing that can be imported"):
        wb.import_files(tmp_path)
    with pytest.raises(CommandError, match="holds nothing that can be imported"):
        wb.import_files(write(tmp_path / "a.json", {"trees": {"a": {}}, "b": 5}))
    with pytest.raises(CommandError, match="holds nothing that can be imported"):
        wb.import_files(write(tmp_path / "a.json", 5))


def test_many_faults_are_counted(wb: Workbench, tmp_path: Path) -> None:
    held = {str(i): {"_id": str(i), "name": 5, "context": "X"} for i in range(30)}
    held = {own: {**body, "context": None} for own, body in held.items()}
    plan = wb.import_files(write(tmp_path / "a.json", {"script": held}))

    assert len(plan.refused) == 30
    assert "and 10 more" in plan_text(plan)
    with pytest.raises(ImportRefused, match="And 25 more faults"):
        plan.apply()


def test_a_terminal_is_not_steered(wb: Workbench, tmp_path: Path) -> None:
    bad = "\x1b[2J\u202e"
    value = {"agent": {f"a{bad}": {**agent(f"a{bad}"), f"k{bad}": bad}}}
    path = write(tmp_path / "a.json", value)

    told = plan_text(wb.import_files(path)) + json.dumps(
        plan_json(wb.import_files(path))
    )

    assert "\x1b" not in told and "\u202e" not in told.replace("\\u202e", "")
