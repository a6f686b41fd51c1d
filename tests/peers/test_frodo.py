"""frodo-cli 3.1.0 (npm) lists, exports, deletes and imports at ``workbench serve``."""

import json
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from .conftest import serving_ready
from .frodo import Admin, Frodo, admin_at, frodo_at

pytestmark = pytest.mark.peers

PROGRAM = Path("node_modules/@rockcarver/frodo-cli/dist/launch.cjs")
AGENTS = "/realm-config/agents"
CORE = "coreOAuth2ClientConfig"
OVERRIDES = "overrideOAuth2ClientConfig"


@pytest.fixture(scope="session")
def launch(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """frodo as its lock has it, without scripts of packages."""
    npm = shutil.which("npm")
    if npm is None:
        pytest.fail("There is no `npm`: install it (Debian: npm).")
    folder = tmp_path_factory.mktemp("frodo")
    for name in ("package.json", "package-lock.json"):
        shutil.copy(Path(__file__).parent / "frodo_cli" / name, folder)
    command = [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
    done = subprocess.run(
        command, cwd=folder, capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stderr
    return folder / PROGRAM


@pytest.fixture
def served() -> Iterator[Any]:
    """data-agent and risk-agent, without TLS: what the server says when it is ready."""
    with serving_ready("--use-case", "agent-for-agent", "--no-tls") as ready:
        yield ready


@pytest.fixture
def frodo(served: Any, launch: Path, tmp_path: Path) -> Frodo:
    return frodo_at(launch, tmp_path, served["base_url"], served["admin_password"])


@pytest.fixture
def admin(served: Any) -> Admin:
    return admin_at(served["base_url"], served["admin_password"])


@pytest.fixture
def script_id(admin: Admin) -> str:
    """The id of the may act script of the use case."""
    answer = admin("GET", "/scripts?_queryFilter=true").json()
    return str(answer["result"][0]["_id"])


@pytest.fixture
def client(admin: Admin, script_id: str) -> str:
    """A client that names the script."""
    sent = {
        CORE: {"userpassword": "s", "scopes": ["read", "write"], "clientName": ["One"]},
        OVERRIDES: {
            "providerOverridesEnabled": True,
            "accessTokenMayActScript": script_id,
        },
    }
    answer = admin("PUT", f"{AGENTS}/OAuth2Client/one", json=sent)
    assert answer.status_code == 201
    return "one"


def test_frodo_connects_with_and_without_being_told_what_it_meets(
    frodo: Frodo,
) -> None:
    told = frodo("info")
    guessed = frodo("script", "list", deployment=False)

    assert "8.1.0" in told and "classic" in told
    assert "risk-agent may act" in guessed


def test_frodo_meets_no_network_beyond_loopback(frodo: Frodo) -> None:
    elsewhere = replace(frodo, base_url="https://am.example.com/am")

    with pytest.raises(AssertionError, match=r"FOREIGN am\.example\.com"):
        elsewhere.ran("script", "list")


def test_a_wrong_password_is_refused(frodo: Frodo) -> None:
    wrong = replace(frodo, password="wrong")

    assert wrong.ran("script", "list").returncode != 0


def test_scripts_are_listed_exported_deleted_and_imported_as_they_were(
    frodo: Frodo, admin: Admin, script_id: str
) -> None:
    assert "risk-agent may act" in frodo("script", "list", "-l")
    frodo("script", "export", "-A")
    file = "risk-agent-may-act.script.json"
    first = frodo.exported(file)
    before = admin("GET", f"/scripts/{script_id}").json()

    frodo("script", "delete", "-n", "risk-agent may act")
    assert admin("GET", f"/scripts/{script_id}").status_code == 404
    frodo("script", "import", "-f", file)
    frodo("script", "export", "-n", "risk-agent may act")

    assert frodo.exported(file) == first
    assert admin("GET", f"/scripts/{script_id}").json() == before


def test_all_scripts_in_one_file_are_imported_as_they_were(
    frodo: Frodo, admin: Admin, script_id: str
) -> None:
    file = "allAlphaScripts.script.json"
    frodo("script", "export", "-a")
    first = frodo.exported(file)
    before = admin("GET", f"/scripts/{script_id}").json()

    admin("DELETE", f"/scripts/{script_id}")
    frodo("script", "import", "-f", file)
    frodo("script", "export", "-a")

    assert frodo.exported(file) == first
    assert admin("GET", f"/scripts/{script_id}").json() == before


def test_a_script_whose_name_is_taken_is_imported_under_another(
    frodo: Frodo, admin: Admin, script_id: str
) -> None:
    frodo("script", "export", "-n", "risk-agent may act")
    file = frodo.folder / "risk-agent-may-act.script.json"
    told = json.loads(file.read_text("utf-8"))
    told["script"] = {"new": {**told["script"][script_id], "_id": "new"}}
    file.write_text(json.dumps(told), "utf-8")

    frodo("script", "import", "-f", file.name)

    name = admin("GET", "/scripts/new").json()["name"]
    assert name == "risk-agent may act - imported (1)"


def test_clients_are_listed_exported_deleted_and_imported_as_they_were(
    frodo: Frodo, admin: Admin, client: str, script_id: str
) -> None:
    listed = frodo("oauth", "client", "list", "-l")
    frodo("oauth", "client", "export", "-i", client)
    file = f"{client}.oauth2.app.json"
    first = frodo.exported(file)
    before = admin("GET", f"{AGENTS}/OAuth2Client/{client}").json()

    frodo("oauth", "client", "delete", "-i", client)
    admin("DELETE", f"/scripts/{script_id}")
    assert admin("GET", f"{AGENTS}/OAuth2Client/{client}").status_code == 404
    frodo("oauth", "client", "import", "-f", file)
    frodo("oauth", "client", "export", "-i", client)

    assert client in listed
    assert script_id in first["script"]
    assert frodo.exported(file) == first
    assert admin("GET", f"{AGENTS}/OAuth2Client/{client}").json() == before


@pytest.mark.parametrize("every", ["-a", "-A"])
def test_all_clients_are_exported_and_imported_as_they_were(
    frodo: Frodo, admin: Admin, client: str, every: str
) -> None:
    frodo("oauth", "client", "export", every)
    together = "allAlphaApplications.oauth2.app.json"
    file = together if every == "-a" else f"{client}.oauth2.app.json"
    first = frodo.exported(file)
    before = admin("GET", f"{AGENTS}/OAuth2Client/{client}").json()

    frodo("oauth", "client", "delete", "-i", client)
    frodo("oauth", "client", "import", "-f", file)
    frodo("oauth", "client", "export", every)

    assert frodo.exported(file) == first
    assert admin("GET", f"{AGENTS}/OAuth2Client/{client}").json() == before


def test_agents_are_imported_as_they_were(frodo: Frodo, admin: Admin) -> None:
    path = f"{AGENTS}/AIAgent/data-agent"
    before = admin("GET", path).json()
    kept = {name: value for name, value in before.items() if name != "_rev"}
    file = frodo.folder / "data-agent.ai.agent.json"
    file.write_text(json.dumps({"agent": {"data-agent": kept}}), "utf-8")

    admin("DELETE", path)
    frodo("agent", "import", "-f", file.name)

    assert admin("GET", path).json() == before


def test_the_smallest_file_of_an_agent_makes_one(
    frodo: Frodo, admin: Admin, served: Any
) -> None:
    agent = {
        "_id": "new",
        "_type": {"_id": "AIAgent", "name": "AI Agents", "collection": True},
        CORE: {
            "userpassword": "s",
            "scopes": {"inherited": False, "value": ["read"]},
        },
    }
    file = frodo.folder / "new.ai.agent.json"
    file.write_text(json.dumps({"agent": {"new": agent}}), "utf-8")

    frodo("agent", "import", "-f", file.name)

    told = admin("GET", f"{AGENTS}/AIAgent/new").json()
    assert told[CORE]["scopes"]["value"] == ["read"]
    assert "userpassword" not in told[CORE]


def test_the_agents_of_every_other_type_are_none(frodo: Frodo) -> None:
    frodo("agent", "list", "-l")
    frodo("agent", "export", "-a")

    assert frodo.exported("allAlphaAgents.agent.json") == {"agent": {}}


def test_the_provider_is_listed_exported_and_imported_as_it_was(
    frodo: Frodo, admin: Admin
) -> None:
    assert "oauth-oidc" in frodo("service", "list")
    frodo("service", "export", "-i", "oauth-oidc")
    file = "oauth-oidc.service.json"
    first = frodo.exported(file)
    path = "/realm-config/services/oauth-oidc"
    before = admin("GET", path).json()

    admin("PUT", path, json={"coreOAuth2Config": {"accessTokenLifetime": 7}})
    frodo("service", "import", "-i", "oauth-oidc", "-f", file)
    frodo("service", "export", "-i", "oauth-oidc")

    assert frodo.exported(file) == first
    assert admin("GET", path).json() == before


def test_the_lock_names_no_registry() -> None:
    file = Path(__file__).parent / "frodo_cli" / "package-lock.json"
    lock = json.loads(file.read_text("utf-8"))

    packages = [each for name, each in lock["packages"].items() if name]
    assert all("integrity" in each and "resolved" not in each for each in packages)
