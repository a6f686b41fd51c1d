"""What a repository of one's own takes from here: the action and the container."""

import json
import os
import re
import shlex
import shutil
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

import httpx
import pytest
import yaml

ROOT = Path(__file__).parent.parent
EXAMPLE = ROOT / "tests/example_repository"
ACTION = ROOT / ".github/actions/delegation-check/action.yml"
WORKFLOW = EXAMPLE / ".github/workflows/delegation.yml"

pytestmark = pytest.mark.skipif(os.name == "nt", reason="its steps are for bash")


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    return Path(shutil.copytree(EXAMPLE, tmp_path / "repository"))


@pytest.fixture(scope="module")
def action() -> dict[str, Any]:
    read: dict[str, Any] = yaml.safe_load(ACTION.read_text("utf-8"))
    return read


@pytest.fixture
def asked() -> dict[str, str]:
    """What the example's workflow gives to the action."""
    jobs = yaml.safe_load(WORKFLOW.read_text("utf-8"))["jobs"]
    given: dict[str, str] = jobs["check"]["steps"][-1]["with"]
    return given


def step(
    action: dict[str, Any], name: str, folder: Path, **inputs: str
) -> subprocess.CompletedProcess[str]:
    """Run one step as a runner does: bash, the inputs in the environment alone."""
    found = next(s for s in action["runs"]["steps"] if s.get("name") == name)
    default = {name: str(i["default"]) for name, i in action["inputs"].items()}
    given = default | inputs
    environment = {
        name: re.sub(r"\$\{\{ inputs\.([\w-]+) \}\}", lambda m: given[m[1]], value)
        for name, value in found["env"].items()
    }
    return subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", found["run"]],
        cwd=folder,
        env={**os.environ, "PATH": path_with_the_workbench(), **environment},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def path_with_the_workbench() -> str:
    return os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])


# ---- The action


def test_the_scripts_of_the_example_pass(
    action: dict[str, Any], repository: Path, asked: dict[str, str]
) -> None:
    done = step(action, "Check the scripts", repository, scripts=asked["scripts"])

    assert done.returncode == 0, done.stdout + done.stderr
    assert "Checked: 2. Failed: 0." in done.stdout


def test_a_script_that_does_not_pass_fails_the_step_and_is_named(
    action: dict[str, Any], repository: Path
) -> None:
    (repository / "scripts/broken script.js").write_text("token.setMayAct({", "utf-8")

    done = step(action, "Check the scripts", repository)

    assert done.returncode == 1
    assert "::error file=scripts/broken script.js::" in done.stdout
    assert "Checked: 3." in done.stdout


def test_scripts_that_are_not_there_fail_the_step(
    action: dict[str, Any], repository: Path
) -> None:
    done = step(action, "Check the scripts", repository, scripts="script/*.js\n\n")

    assert done.returncode == 1
    assert "No file is there" in done.stdout


def test_an_input_is_never_run(action: dict[str, Any], repository: Path) -> None:
    hostile = "$(touch owned)`touch owned`;touch owned"

    for name in ("Check the scripts", "Run the tests"):
        step(action, name, repository, scripts=hostile, tests=hostile)

    assert not (repository / "owned").exists()


def test_no_input_stands_in_a_command(action: dict[str, Any]) -> None:
    commands = [each.get("run", "") for each in action["runs"]["steps"]]

    assert len(list(filter(None, commands))) == 4
    assert [each for each in commands if "${{" in each] == []


def test_the_tests_of_the_example_are_run(
    action: dict[str, Any], repository: Path
) -> None:
    done = step(action, "Run the tests", repository, tests="-q -k hour_later")

    assert done.returncode == 0, done.stdout + done.stderr
    assert "1 passed" in done.stdout


def test_the_workflow_gives_what_the_action_takes(
    action: dict[str, Any], asked: dict[str, str]
) -> None:
    assert set(asked) <= set(action["inputs"])


# ---- The container


def instructions(text: str) -> list[tuple[str, str]]:
    """Each instruction of a Containerfile, with what it is given."""
    joined = re.sub(r"\\\n", " ", re.sub(r"^#.*\n", "", text, flags=re.MULTILINE))
    lines = filter(None, map(str.strip, joined.split("\n")))
    return [(name, rest) for name, _, rest in (line.partition(" ") for line in lines)]


@pytest.fixture(scope="module")
def containerfile() -> dict[str, str]:
    return dict(instructions((EXAMPLE / "Containerfile").read_text("utf-8")))


def test_the_container_is_a_python_that_the_package_runs_on(
    containerfile: dict[str, str],
) -> None:
    assert re.search(r"/python:3\.1[123]-slim$", containerfile["FROM"])
    assert set(containerfile) == {
        *("FROM", "ARG", "RUN", "WORKDIR", "COPY", "USER", "HEALTHCHECK", "CMD")
    }


def test_the_container_does_not_run_as_root(containerfile: dict[str, str]) -> None:
    assert containerfile["USER"] == "nobody"


def test_the_command_of_the_container_serves_and_its_check_finds_it(
    containerfile: dict[str, str], repository: Path
) -> None:
    port = free_port()
    command = json.loads(containerfile["CMD"].replace("8080", str(port)))
    check = containerfile["HEALTHCHECK"].partition("CMD ")[2]
    environment = {**os.environ, "PATH": path_with_the_workbench(), "HOME": "/none"}
    with subprocess.Popen(
        command, cwd=repository, env=environment, stdout=subprocess.PIPE, text=True
    ) as served:
        try:
            assert served.stdout is not None
            ready = json.loads(served.stdout.readline())
            told = httpx.post(
                f"{ready['base_url']}/oauth2/realms/root/realms/alpha/access_token",
                data={"grant_type": "client_credentials", "client_id": "x"},
            )
            healthy = subprocess.run(
                shlex.split(check.replace("8080", str(port))),
                env=environment,
                check=False,
            )
        finally:
            served.terminate()
    assert served.returncode == 0
    assert ready["base_url"] == f"http://127.0.0.1:{port}/am"
    assert (told.status_code, healthy.returncode) == (400, 0)


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as found:
        return int(found.getsockname()[1])
