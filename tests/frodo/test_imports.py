"""Files of frodo and fr-config-manager, planned and taken in."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.frodo.exports import (
    SCRIPT_ID,
    SOURCE,
    agent,
    agent_file,
    b64,
    client,
    client_file,
    group,
    provider,
    script,
    script_file,
    write,
)
from workbench import Workbench
from workbench.am.clients.client import AIAgent, Client
from workbench.errors import CommandError, RegistrationError
from workbench.interop.frodo.fault import ImportRefused
from workbench.interop.frodo.plan_faces import plan_html, plan_json, plan_text


@pytest.fixture
def wb() -> Iterator[Workbench]:
    with Workbench(now=1_790_000_000, seed="import") as bench:
        yield bench


def test_a_script_comes_in_each_of_the_four_spellings(
    wb: Workbench, tmp_path: Path
) -> None:
    (tmp_path / "d.script.js").write_text(SOURCE, encoding="utf-8")
    spellings = {
        "a": SOURCE.split("\n"),
        "b": b64(SOURCE),
        "c": SOURCE,
        "d": "file://d.script.js",
    }
    for name, given in spellings.items():
        body = script_file(own=name, name=name, script=given)
        write(tmp_path / f"{name}.script.json", body)

    wb.import_files(tmp_path).apply()

    assert {wb.realm.scripts[name].source for name in spellings} == {SOURCE}


def test_a_client_comes_with_the_scripts_of_its_export(
    wb: Workbench, tmp_path: Path
) -> None:
    path = write(tmp_path / "hr-client.oauth2.app.json", client_file())

    plan = wb.import_files(path)

    assert [each.title for each in plan.new] == [
        "script hr may act",
        "OAuth2 client hr-client",
    ]
    assert not wb.realm.clients and not wb.realm.scripts

    done = plan.apply()

    assert done.done
    own = wb.realm.client("hr-client")
    assert (own.scopes, own.name) == (("read",), "HR")
    assert own.overrides.accessTokenMayActScript == SCRIPT_ID
    assert wb.import_files(path).same[1].title == "OAuth2 client hr-client"


def test_an_agent_switches_ai_agents_on_and_says_so(
    wb: Workbench, tmp_path: Path
) -> None:
    plan = wb.import_files(write(tmp_path / "a.json", agent_file()))

    assert [each.kind for each in plan.changed] == ["AI agents"]
    plan.apply()
    assert isinstance(wb.realm.client("hr-agent"), AIAgent)
    assert not wb.import_files(tmp_path).changed


@pytest.mark.parametrize("member", ["agent", "agents"])
def test_agents_stand_under_either_word(
    wb: Workbench, tmp_path: Path, member: str
) -> None:
    path = write(tmp_path / "a.json", {member: {"hr-agent": agent()}})

    assert [each.name for each in wb.import_files(path).new] == ["hr-agent"]


def test_agents_of_other_types_are_left_out_and_counted(
    wb: Workbench, tmp_path: Path
) -> None:
    web = {"_id": "w", "_type": {"_id": "WebAgent"}, "userpassword": "x"}
    value = {"agent": {"w": web, "hr-agent": agent()}, "trees": {"a": {}, "b": {}}}

    plan = wb.import_files(write(tmp_path / "a.json", value))

    assert plan.left_out == ("1 agent of another type", "2 entries of trees")


def test_a_group_comes_before_its_members(wb: Workbench, tmp_path: Path) -> None:
    member = agent(
        coreOAuth2ClientConfig={
            "agentgroup": "partners",
            "accessTokenLifetime": {"inherited": True},
        }
    )
    write(tmp_path / "a.agent.json", {"agent": {"hr-agent": member}})
    write(tmp_path / "b.agentGroup.json", {"agentGroup": {"partners": group()}})

    wb.import_files(tmp_path).apply()

    assert wb.realm.client("hr-agent").access_token_lifetime == 60
    assert wb.realm.clients.own("hr-agent").inherited == ("access_token_lifetime",)


def test_a_group_that_is_there_is_changed(wb: Workbench, tmp_path: Path) -> None:
    wb.enable_ai_agents()
    wb.realm.groups.add_for_agents(
        "partners", scopes=["old"], grant_types=["authorization_code"]
    )
    write(tmp_path / "g.json", {"agentGroup": {"partners": group()}})

    plan = wb.import_files(tmp_path)
    plan.apply()

    assert [(c.place, c.before, c.after) for c in plan.changed[0].changes] == [
        ("coreOAuth2ClientConfig.scopes", ["old"], []),
        ("coreOAuth2ClientConfig.accessTokenLifetime", 0, 60),
    ]
    assert wb.realm.groups.find(AIAgent, "partners").value("scopes") == ()


def test_a_group_and_its_member_change_together(wb: Workbench, tmp_path: Path) -> None:
    wb.realm.add_group("g")
    wb.realm.register_client(
        "member",
        secret="s",
        group="g",
        inherited=["subject_type"],
        redirection_uris=["https://a.example/cb", "https://b.example/cb"],
    )
    kind = client()["_type"]
    one_host = client(
        "member",
        coreOAuth2ClientConfig={
            "agentgroup": "g",
            "redirectionUris": ["https://a.example/cb"],
        },
        advancedOAuth2ClientConfig={"subjectType": {"inherited": True}},
    )
    del one_host["overrideOAuth2ClientConfig"]
    pairwise = {
        "_id": "g",
        "_type": kind,
        "advancedOAuth2ClientConfig": {"subjectType": "pairwise"},
    }
    value = {"agentGroup": {"g": pairwise}, "application": {"member": one_host}}

    wb.import_files(write(tmp_path / "a.json", value)).apply()

    assert wb.realm.client("member").subject_type == "pairwise"


def test_the_provider_comes_with_what_the_bench_does_not_act_on(
    wb: Workbench, tmp_path: Path
) -> None:
    body = provider(
        advancedOAuth2Config={"hashSalt": "pepper", "requestObjectProcessing": "JAR"}
    )
    path = write(tmp_path / "s.json", {"service": {"oauth-oidc": body}})

    plan = wb.import_files(path)
    plan.apply()

    assert wb.provider.statelessTokensEnabled
    assert wb.provider.hashSalt == "pepper"
    [aside] = plan.not_acted_on
    assert aside.place == (
        "OAuth2 Provider: advancedOAuth2Config.requestObjectProcessing"
    )
    assert "pepper" not in json.dumps(plan_json(plan)) + plan_text(plan)
    kept = wb.realm.further.of("provider")
    assert kept == {"advancedOAuth2Config": {"requestObjectProcessing": "JAR"}}


def test_a_provider_without_a_word_on_ai_agents_leaves_them_on(
    wb: Workbench, tmp_path: Path
) -> None:
    wb.enable_ai_agents()
    path = write(tmp_path / "s.json", {"service": {"oauth-oidc": provider()}})

    wb.import_files(path).apply()

    assert wb.provider.aiAgentsEnabled


def test_a_block_of_another_realms_provider_is_read_and_changes_nothing(
    wb: Workbench, tmp_path: Path
) -> None:
    many = {name: 1 for name in ("codeLifetime", "accessTokenLifetime")}
    block = provider(coreOAuth2Config={"statelessTokensEnabled": True, **many})
    path = write(tmp_path / "c.json", client_file(_provider=block))

    [planned] = (each for each in wb.import_files(path).new if each.name == "hr-client")
    wb.import_files(path).apply()

    assert planned.remarks[-1] == (
        "The provider of its realm differs from that of this one: "
        "statelessTokensEnabled, codeLifetime, accessTokenLifetime."
    )
    assert not wb.provider.statelessTokensEnabled
    same = write(tmp_path / "d.json", client_file(_provider={"coreOAuth2Config": {}}))
    assert all(
        "differs" not in "".join(e.remarks) for e in wb.import_files(same).planned
    )


def test_before_and_after_are_told_setting_by_setting(
    wb: Workbench, tmp_path: Path
) -> None:
    wb.realm.scripts.put(
        wb.realm.add_script("hr may act", "1\n2"),
    )
    wb.import_files(write(tmp_path / "s" / "a.json", script_file(name="other"))).apply()
    wb.realm.register_client(
        "hr-client", secret="old", scopes=["read", "write"], name="HR"
    )
    body = client(
        coreOAuth2ClientConfig={
            "scopes": ["read"],
            "clientName": ["HR"],
            "userpassword": "mySecret",
        }
    )
    path = write(tmp_path / "c.json", {"application": {"hr-client": body}})

    [changed] = wb.import_files(path).changed

    assert [tuple(change) for change in changed.changes] == [
        ("coreOAuth2ClientConfig.scopes", ["read", "write"], ["read"]),
        ("overrideOAuth2ClientConfig.providerOverridesEnabled", False, True),
        (
            "overrideOAuth2ClientConfig.accessTokenMayActScript",
            "[Empty]",
            f"other ({SCRIPT_ID})",
        ),
        ("coreOAuth2ClientConfig.userpassword", "••••••••", "••••••••"),
    ]


def test_a_known_client_keeps_its_secret_and_a_new_one_gets_one_that_nobody_knows(
    wb: Workbench, tmp_path: Path
) -> None:
    path = write(tmp_path / "c.json", client_file())
    plan = wb.import_files(path)
    plan.apply()
    given = wb.realm.client("hr-client").secret
    wb.realm.update("hr-client", secret="mine", scopes=["other"])

    wb.import_files(path).apply()

    assert given
    assert "It comes without a secret" in plan.new[1].remarks[0]
    assert given not in plan_text(plan) + repr(plan) + json.dumps(plan_json(plan))
    assert wb.realm.client("hr-client").secret == "mine"
    assert wb.realm.client("hr-client").scopes == ("read",)


def test_a_public_client_needs_none(wb: Workbench, tmp_path: Path) -> None:
    body = client(coreOAuth2ClientConfig={"clientType": "Public"})
    del body["overrideOAuth2ClientConfig"]

    wb.import_files(
        write(tmp_path / "c.json", {"application": {"hr-client": body}})
    ).apply()

    assert wb.realm.client("hr-client").secret is None


def test_a_script_whose_name_another_has_is_renamed_as_frodo_does(
    wb: Workbench, tmp_path: Path
) -> None:
    wb.realm.add_script("hr may act", "1")
    path = write(tmp_path / "s.json", script_file())

    plan = wb.import_files(path)
    plan.apply()

    assert plan.new[0].name == "hr may act - imported (1)"
    assert "Another script has the name hr may act" in plan.new[0].remarks[0]
    assert wb.import_files(path).same


def test_scripts_that_no_bench_runs_and_ams_samples_are_left_out(
    wb: Workbench, tmp_path: Path
) -> None:
    node = script("n1", context="AUTHENTICATION_TREE_DECISION_NODE")
    sample = script("c735de08-f8f2-4e69-aa4a-2d8d3d438323", default=True)
    value = {"script": {each["_id"]: each for each in (node, sample, script())}}

    plan = wb.import_files(write(tmp_path / "s.json", value))

    assert [each.name for each in plan.planned] == ["hr may act"]
    assert plan.left_out == (
        "1 script for AUTHENTICATION_TREE_DECISION_NODE",
        "1 sample of AM's own, which does what AM does without it",
    )


def test_groovy_is_kept_and_remarked_on(wb: Workbench, tmp_path: Path) -> None:
    body = script_file(language="GROOVY", evaluatorVersion="1.0")

    [new] = wb.import_files(write(tmp_path / "s.json", body)).new

    assert new.remarks == ("It is Groovy, which is kept and cannot run here.",)


def test_what_is_twice_the_same_is_once(wb: Workbench, tmp_path: Path) -> None:
    write(tmp_path / "c.oauth2.app.json", client_file())
    write(tmp_path / "s.script.json", script_file(script=b64(SOURCE)))

    assert len(wb.import_files(tmp_path).planned) == 2


def test_a_folder_of_fr_config_manager_is_read(wb: Workbench, tmp_path: Path) -> None:
    alpha = tmp_path / "realms" / "alpha"
    scripts = alpha / "scripts"
    file = "scripts-content/OAUTH2_MAY_ACT/hr may act.js"
    (scripts / file).parent.mkdir(parents=True)
    (scripts / file).write_text(SOURCE, encoding="utf-8")
    write(
        scripts / "scripts-config" / f"{SCRIPT_ID}.json", script(script={"file": file})
    )
    agents = alpha / "realm-config" / "agents"
    write(agents / "OAuth2Client" / "hr-client.json", client())
    write(agents / "AIAgent" / "hr-agent.json", agent())
    write(alpha / "services" / "oauth-oidc.json", provider())
    write(alpha / "journeys" / "Login" / "Login.json", {"_id": "Login", "nodes": {}})
    write(tmp_path / "realms" / "bravo" / "services" / "oauth-oidc.json", provider())

    plan = wb.import_files(tmp_path)
    plan.apply()

    assert wb.realm.scripts[SCRIPT_ID].source == SOURCE
    assert set(wb.realm.clients) == {"hr-client", "hr-agent"}
    assert plan.left_out == ("1 entry of the realm /bravo",)


def test_a_whole_export_and_separate_files_of_frodo_are_read(
    wb: Workbench, tmp_path: Path
) -> None:
    held = {**client_file(), **agent_file(), "service": {"oauth-oidc": provider()}}
    whole = {"meta": {}, "global": {"agent": {}}, "realm": {"root-alpha": held}}
    one = write(tmp_path / "one" / "all.config.json", whole)
    folder = tmp_path / "two" / "realm" / "root-alpha"
    write(folder / "oauth2.app" / "hr-client.oauth2.app.json", client_file())
    write(folder / "agent" / "hr-agent.ai.agent.json", agent_file())
    write(folder / "service" / "oauth-oidc.service.json", {"service": held["service"]})
    write(folder / "service" / "x.service.json", {"service": {"audit": {"_id": ""}}})

    plans = [wb.import_files(one), wb.import_files(tmp_path / "two")]

    told = [[each.title for each in plan.planned] for plan in plans]
    assert told[0] == told[1]
    assert len(told[0]) == 5


def test_answers_of_ams_rest_interface_and_of_amster_are_read(
    wb: Workbench, tmp_path: Path
) -> None:
    write(tmp_path / "a.json", {"result": [client(), agent("second")]})
    write(tmp_path / "b.json", [script(script=b64(SOURCE))])
    amster = {"metadata": {"realm": "/"}, "data": agent("third")}
    write(tmp_path / "c.json", amster)

    assert len(wb.import_files(tmp_path).new) == 4


def test_of_several_realms_one_is_named(wb: Workbench, tmp_path: Path) -> None:
    realms = {
        "root": {"application": {"a": client("a")}},
        "root-beta": {"application": {"b": client("b")}},
    }
    for held in realms.values():
        for body in held["application"].values():
            del body["overrideOAuth2ClientConfig"]
    path = write(tmp_path / "all.json", {"realm": realms})

    with pytest.raises(CommandError, match="of these realms: /, /beta"):
        wb.import_files(path)
    with pytest.raises(CommandError, match="of these realms"):
        wb.import_files(path, source_realm="gamma")

    [new] = wb.import_files(path, source_realm="beta").new
    assert new.name == "b"


def test_another_realm_of_the_bench_can_take_them(
    wb: Workbench, tmp_path: Path
) -> None:
    wb.realms.add("beta")
    path = write(tmp_path / "c.json", client_file())

    wb.import_files(path, realm="beta").apply()

    assert "hr-client" in wb.realms["beta"].clients
    assert not wb.realm.clients


def test_what_changed_since_the_plan_counts(wb: Workbench, tmp_path: Path) -> None:
    plan = wb.import_files(write(tmp_path / "c.json", client_file()))
    wb.realm.register_client("hr-client", secret="s", scopes=["x"])

    done = plan.apply()

    assert [each.name for each in done.changed] == ["hr-client"]


def test_a_fault_while_it_is_put_leaves_all_as_it_was(
    wb: Workbench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wb.realm.register_client("before", secret="s")
    path = write(
        tmp_path / "c.json",
        {**client_file(), **agent_file(), "service": {"oauth-oidc": provider()}},
    )
    before = {name: dict(table) for name, table in wb.realm.tables.items()}
    put = type(wb.realm.clients).put

    def fails(store: Any, read: Client, further: Any) -> Any:
        if read.client_id == "hr-agent":
            raise RegistrationError("The disk is full.")
        return put(store, read, further)

    monkeypatch.setattr(type(wb.realm.clients), "put", fails)
    with pytest.raises(ImportRefused, match=r"The disk is full\. Nothing was imported"):
        wb.import_files(path).apply()

    assert {name: dict(table) for name, table in wb.realm.tables.items()} == before
    assert not wb.provider.statelessTokensEnabled
    assert not wb.server_properties
    assert "all is as it was before" in wb.audit[-1].summary


def test_the_plan_has_a_face_in_html_and_in_text(wb: Workbench, tmp_path: Path) -> None:
    wb.realm.register_client("<b>x", secret="s")
    body = client("<b>x", newConfig={"a": "<script>"})
    del body["overrideOAuth2ClientConfig"]
    value = {"application": {"<b>x": body}, "trees": {"<i>": {}}}
    plan = wb.import_files(write(tmp_path / "c.json", value))

    text, html = plan_text(plan), plan_html(plan)

    assert "~ OAuth2 client <b>x  (c.json)" in text
    assert "coreOAuth2ClientConfig.scopes: [] → " in text
    assert 'not acted on: newConfig = {"a": "<script>"} (the bench does not' in text
    assert "Left out: 1 entry of trees." in text
    assert "<b>x" not in html.replace("<b>1 file", "") and "<script>" not in html
    assert "&lt;b&gt;x" in html
    assert plan._repr_html_() == html  # type: ignore[attr-defined]
    assert repr(plan) == "<ImportPlan for /alpha: 0 new, 1 changed, 0 same>"


def test_a_changed_source_is_told_in_lines(wb: Workbench, tmp_path: Path) -> None:
    wb.import_files(write(tmp_path / "s.json", script_file())).apply()
    more = [*SOURCE.split("\n"), "// more", "// and more"]
    plan = wb.import_files(write(tmp_path / "s.json", script_file(script=more)))
    ends = script_file(script="\r\n".join(SOURCE.split("\n")))
    other = wb.import_files(write(tmp_path / "s.json", ends))

    assert "script: 2 lines added, 0 removed" in plan_text(plan)
    assert "script: the same lines with other line ends" in plan_text(other)


def test_an_agents_identity_in_another_store_is_kept_and_told(
    wb: Workbench, tmp_path: Path
) -> None:
    identity = {"_id": "u1", "_privileges": [], "name": "HR"}
    path = write(tmp_path / "a.json", agent_file(_aiAgentIdentity=identity))

    plan = wb.import_files(path)
    plan.apply()

    assert [each.place for each in plan.not_acted_on] == [
        "AI agent hr-agent: _aiAgentIdentity"
    ]
    assert wb.realm.further.of("client", "hr-agent") == {
        "": {"_aiAgentIdentity": identity}
    }
