"""A realm as files that frodo imports."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.frodo.exports import SCRIPT_ID, client, client_file, write
from workbench import Workbench
from workbench.errors import CommandError
from workbench.interop.frodo.names import file_namer, slug


@pytest.fixture
def wb() -> Iterator[Workbench]:
    with Workbench(now=1_790_000_000, seed="export") as bench:
        bench.prepare("agent-for-user")
        yield bench


def test_each_thing_has_a_file_named_as_frodo_names_it(
    wb: Workbench, tmp_path: Path
) -> None:
    wb.realm.groups.add_for_agents("partners")

    written = wb.export_files(tmp_path / "new" / "folder")

    assert sorted(path.name for path in written) == sorted(
        [
            "hr-agent-may-act.script.json",
            "hr-agent.ai.agent.json",
            "hr-client.oauth2.app.json",
            "partners.agentGroup.json",
            "oauth-oidc.service.json",
        ]
    )
    assert all(path.stat().st_mode & 0o777 == 0o644 for path in written)


def test_a_file_is_pretty_sorted_and_has_the_source_in_lines(
    wb: Workbench, tmp_path: Path
) -> None:
    wb.realm.add_script("Größe & Co.", "// ä\ntoken.setMayAct({});\n")

    wb.export_files(tmp_path)

    text = (tmp_path / "Grosse-and-Co..script.json").read_bytes().decode()
    [(own, body)] = json.loads(text)["script"].items()
    assert (
        text
        == json.dumps(
            {"script": {own: body}}, indent=2, sort_keys=True, ensure_ascii=False
        )
        + "\n"
    )
    assert body == {
        "_id": own,
        "context": "OAUTH2_MAY_ACT",
        "default": False,
        "description": None,
        "evaluatorVersion": "2.0",
        "language": "JAVASCRIPT",
        "name": "Größe & Co.",
        "script": ["// ä", "token.setMayAct({});", ""],
    }


def test_a_client_has_the_scripts_beside_it_that_it_names(
    wb: Workbench, tmp_path: Path
) -> None:
    with Workbench() as other:
        other.import_files(write(tmp_path / "c.json", client_file())).apply()
        other.export_files(tmp_path / "out")

    told = json.loads((tmp_path / "out" / "hr-client.oauth2.app.json").read_text())

    assert list(told) == ["application", "script"]
    assert list(told["script"]) == [SCRIPT_ID]
    assert "_provider" not in told["application"]["hr-client"]


def test_who_made_a_script_is_told_where_it_was_said(
    wb: Workbench, tmp_path: Path
) -> None:
    file = client_file()
    file["script"][SCRIPT_ID]["createdBy"] = "id=amadmin"
    wb.import_files(write(tmp_path / "c.json", file)).apply()

    wb.export_files(tmp_path / "out")

    text = (tmp_path / "out" / "hr-may-act.script.json").read_text()
    assert json.loads(text)["script"][SCRIPT_ID]["createdBy"] == "id=amadmin"


def test_a_secret_is_never_exported(wb: Workbench, tmp_path: Path) -> None:
    wb.provider.hashSalt = "Hidden-Salt"
    body = client(
        "kept",
        coreOAuth2ClientConfig={
            "userpassword": "Hidden-One",
            "userpassword-encrypted": "Hidden-Two",
            "later": {"password": "Hidden-Three", "x-encrypted": "Hidden-Four"},
        },
        newConfig=[{"client_secret": "Hidden-Five", "stays": 1}],
    )
    del body["overrideOAuth2ClientConfig"]
    path = write(tmp_path / "c.json", {"application": {"kept": body}})
    wb.import_files(path).apply()
    wb.realm.register_client("other", secret="Hidden-Six")

    written = wb.export_files(tmp_path / "out")

    octets = b"".join(each.read_bytes() for each in written)
    assert b"Hidden" not in octets and b"mySecret" not in octets
    assert b'"stays": 1' in octets
    assert wb.realm.client("kept").secret == "Hidden-One"


def test_what_is_kept_for_am_is_saved_with_a_bench(
    wb: Workbench, tmp_path: Path
) -> None:
    wb.import_files(
        write(tmp_path / "c.json", client_file(newConfig={"a": [1, None]}))
    ).apply()
    before = wb.realm.further.of("client", "hr-client")
    wb.save(tmp_path / "bench.json")

    with Workbench.load(tmp_path / "bench.json") as loaded:
        assert loaded.realm.further.of("client", "hr-client") == before != {}
        loaded.keep_in(tmp_path / "bench.store")
        loaded.realm.delete("hr-client")
        assert loaded.realm.further.of("client", "hr-client") == {}
    with Workbench.stored(tmp_path / "bench.store") as stored:
        assert stored.realm.further.of("client", "hr-client") == {}
        assert stored.realm.further.of("provider") == {}


def test_a_file_in_the_way_is_told(wb: Workbench, tmp_path: Path) -> None:
    (tmp_path / "out").write_text("", encoding="utf-8")

    with pytest.raises(CommandError, match="cannot be written"):
        wb.export_files(tmp_path / "out")

    (tmp_path / "dir" / "oauth-oidc.service.json").mkdir(parents=True)
    with pytest.raises(CommandError, match=r"cannot be written: .*were written before"):
        wb.export_files(tmp_path / "dir")
    assert not [p for p in (tmp_path / "dir").iterdir() if p.name.startswith(".")]


def test_a_realm_below_can_be_exported(wb: Workbench, tmp_path: Path) -> None:
    wb.realms.add("beta")

    [only] = wb.export_files(tmp_path, realm="beta")

    assert json.loads(only.read_text())["service"]["oauth-oidc"]["location"] == "beta"


@pytest.mark.parametrize(
    ("name", "becomes"),
    [
        ("My May Act Script", "My-May-Act-Script"),
        ("https://rs.example.com/api", "rs.example.comapi"),
        ("a/../../b", "a....b"),
        ("..", ""),
        ("  x  y ", "x-y"),
        ("Café (JS)", "Cafe-(JS)"),
        ("a:b*c", "abc"),
        ("日本", "日本"),
        ("x" * 300, "x" * 150),
    ],
)
def test_slugs_are_those_of_frodo(name: str, becomes: str) -> None:
    assert slug(name) == becomes


def test_no_two_files_have_one_name() -> None:
    name_file = file_namer()

    names = [
        name_file("a b", "1", "x"),
        name_file("A-B", "2", "x"),
        name_file("a  b", "2", "x"),
        name_file("/", "", "x"),
        name_file("//", "", "x"),
    ]

    assert names[:2] == ["a-b.x", "A-B-2.x"]
    assert len({name.lower() for name in names}) == 5
