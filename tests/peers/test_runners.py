"""A history's file, sent by those that such files are for: newman and httpYac."""

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from workbench import Workbench
from workbench.course.use_cases.agent_for_user import USER_PASSWORD
from workbench.course.use_cases.use_case import SECRET
from workbench.course.use_cases.walk import walk

from .conftest import Served

pytestmark = pytest.mark.peers

FOLDER = Path(__file__).parent / "runners"
SECRETS = {
    "bjensen_password": USER_PASSWORD,
    "hr_client_secret": SECRET,
    "hr_agent_secret": SECRET,
}


@pytest.fixture(scope="session")
def programs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where both are installed, as the lock has them."""
    npm = shutil.which("npm")
    if npm is None:
        pytest.fail("There is no `npm`: install it (Debian: npm).")
    folder = tmp_path_factory.mktemp("runners") / "npm"
    shutil.copytree(FOLDER, folder, ignore=shutil.ignore_patterns("node_modules"))
    command = [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
    done = subprocess.run(
        command, cwd=folder, capture_output=True, text=True, timeout=300, check=False
    )
    assert done.returncode == 0, done.stderr
    return folder / "node_modules" / ".bin"


@pytest.fixture
def walked() -> Workbench:
    """A bench that has gone the way of a person's agent, and was refused once."""
    wb = Workbench()
    steps = walk(wb.realm, wb.client, wb.prepare("agent-for-user")).steps
    wb.client.introspect("hr-client", SECRET, steps[-1].call.access_token)
    wb.history.edit(steps[-1].call, scope="nothing-of-that-name")
    return wb


def run(program: Path, *arguments: str, served: Served, folder: Path) -> str:
    environment = {**os.environ, "NODE_EXTRA_CA_CERTS": served.ca_file or ""}
    done = subprocess.run(
        [str(program), *arguments],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.mark.parametrize("server", ["for_user", "for_user_without_tls"])
def test_newman_sends_a_collection_from_the_top(
    programs: Path,
    walked: Workbench,
    tmp_path: Path,
    request: pytest.FixtureRequest,
    server: str,
) -> None:
    served: Served = request.getfixturevalue(server)
    walked.history.write(tmp_path / "calls.json")
    given = {"base_url": served.base_url, **SECRETS}
    variables = [f"--env-var={name}={value}" for name, value in given.items()]

    run(
        programs / "newman",
        *("run", "calls.json", *variables),
        *("--reporters", "json", "--reporter-json-export", "told.json"),
        served=served,
        folder=tmp_path,
    )

    told = json.loads((tmp_path / "told.json").read_text("utf-8"))["run"]["stats"]
    calls = len(walked.history)
    assert (told["requests"]["total"], told["assertions"]["total"]) == (calls, calls)


@pytest.mark.parametrize("server", ["for_user", "for_user_without_tls"])
def test_httpyac_sends_a_file_from_the_top(
    programs: Path,
    walked: Workbench,
    tmp_path: Path,
    request: pytest.FixtureRequest,
    server: str,
) -> None:
    served: Served = request.getfixturevalue(server)
    file = walked.history.write(tmp_path / "calls.http")
    text = file.read_text("utf-8").replace(walked.realm.base_url, served.base_url)
    file.write_text(text, "utf-8")
    private = tmp_path / "http-client.private.env.json"
    private.write_text(json.dumps({"own": SECRETS}), "utf-8")

    told = run(
        programs / "httpyac",
        *("send", "calls.http", "--all", "--env", "own", "--output", "short"),
        served=served,
        folder=tmp_path,
    )

    calls = len(walked.history)
    assert told.count("✓ The answer is ") == calls
    assert f"{calls} requests processed ({calls} succeeded)" in told
