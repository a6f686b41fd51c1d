"""The pytest plugin, used as an administrator of AM would use it."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from workbench import Workbench
from workbench.pytest_plugin import MayAct

EXAMPLE = Path(__file__).with_name("example_repository")


def run(*arguments: str, folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        cwd=folder,
    )


def test_the_example_repository_passes(tmp_path: Path) -> None:
    shutil.copytree(EXAMPLE, tmp_path / "repository")

    told = run(
        *("-m", "pytest", "-q", "-p", "no:cacheprovider"),
        *("-W", "error", "--strict-markers"),
        folder=tmp_path / "repository",
    )

    assert told.returncode == 0, told.stdout + told.stderr
    assert "9 passed" in told.stdout


def test_the_fixtures_are_documented(tmp_path: Path) -> None:
    told = run("-m", "pytest", "--fixtures", "-q", folder=tmp_path)

    assert "may_act -- " in told.stdout
    assert "workbench -- " in told.stdout
    assert "delegation_server -- " in told.stdout


def test_loading_the_plugin_loads_nothing_but_who_makes_benches(tmp_path: Path) -> None:
    told = run(
        "-c",
        "import sys, workbench.pytest_plugin;"
        "print([name for name in sys.modules if name.startswith('workbench.')"
        " or name in ('httpx', 'werkzeug', 'jwt', 'quickjs', 'pandas')])",
        folder=tmp_path,
    )

    assert told.stdout.strip() == (
        "['workbench.course', 'workbench.course.on_bench', 'workbench.pytest_plugin']"
    )


def test_a_script_is_a_path_or_a_source(may_act: MayAct, tmp_path: Path) -> None:
    file = tmp_path / "script.txt"
    file.write_text("token.setMayAct({from: 'file'});", encoding="utf-8")

    assert may_act(file).may_act == {"from": "file"}
    assert may_act("token.setMayAct({from: 'text'});").may_act == {"from": "text"}
    with pytest.raises(FileNotFoundError):
        may_act("missing.js")


def test_the_request_is_what_the_script_sees(
    may_act: MayAct, workbench: Workbench
) -> None:
    source = """token.setMayAct({
        client: clientProperties.clientId, scopes: scopes.join(),
        resource: requestProperties.requestParams.resource,
        name: token.getField('tokenName'), sub: token.getField('sub')});"""
    workbench.realm.register_client("web", secret="s", scopes=["a", "b", "c"])

    one = may_act(source, client_id="web", scope=["a", "b"], resource="https://r")
    other = may_act(source, client_id="web", user="bjensen", id_token=True)

    assert one.may_act == {
        "client": "web",
        "scopes": "a,b",
        "resource": ["https://r"],
        "name": "access_token",
        "sub": "(age!web)",
    }
    assert other.may_act["name"] == "id_token"
    assert other.may_act["scopes"] == "a,b,c"


def test_scripts_of_other_contexts_are_run_by_their_names(run_script: MayAct) -> None:
    changed = run_script(
        "accessToken.setField('who', identity.getName());",
        "modification",
        user="ann",
        client_id="svc",
    )
    stored = run_script(
        "clientIdentity.setClientName([operation]); clientIdentity.store();",
        "OAUTH2_DYNAMIC_CLIENT_REGISTRATION",
        operation="UPDATE",
    )

    assert changed.result["set"] == {"who": "ann"}
    assert stored.client == {"setClientName": ["UPDATE"]}
