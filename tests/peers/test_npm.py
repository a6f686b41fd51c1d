"""openid-client and oauth4webapi (npm): each a program of its own in ``npm/``."""

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from .conftest import Served

pytestmark = pytest.mark.peers

FOLDER = Path(__file__).parent / "npm"
LIBRARIES = ["openid_client", "oauth4webapi"]


@pytest.fixture(scope="session")
def node(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """The command that runs a program; fails where Node.js is not installed."""
    found = shutil.which("node")
    if found is None:
        pytest.fail("There is no `node`: install Node.js 18 or newer (Debian: nodejs).")
    version = run([found, "--version"]).stdout.strip()
    major = int(version.removeprefix("v").partition(".")[0])
    if major < 18:
        pytest.fail(f"Node.js is {version}; these clients need 18 or newer.")
    # Before 20 the Web Crypto API that they use had to be asked for.
    return [found, "--experimental-global-webcrypto"] if major < 20 else [found]


@pytest.fixture(scope="session")
def installed(node: list[str], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the programs with the libraries as the lock has them."""
    npm = shutil.which("npm")
    if npm is None:
        pytest.fail("There is no `npm`: install it (Debian: npm).")
    folder = tmp_path_factory.mktemp("peers") / "npm"
    shutil.copytree(FOLDER, folder, ignore=shutil.ignore_patterns("node_modules"))
    run([npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"], cwd=folder)
    return folder


def run(command: list[str], **more: Any) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        command, capture_output=True, text=True, timeout=120, check=False, **more
    )
    assert done.returncode == 0, done.stderr
    return done


def told_by(node: list[str], folder: Path, library: str, served: Served) -> Any:
    """What a library got from the server."""
    environment = {**os.environ, "NODE_EXTRA_CA_CERTS": served.ca_file or ""}
    command = [*node, f"{library}.mjs", served.base_url]
    done = run(command, cwd=folder, env=environment)
    return json.loads(done.stdout)


@pytest.mark.parametrize("server", ["for_user", "for_user_without_tls"])
@pytest.mark.parametrize("library", LIBRARIES)
def test_a_library_goes_the_whole_way_of_the_page(
    node: list[str],
    installed: Path,
    request: pytest.FixtureRequest,
    library: str,
    server: str,
) -> None:
    served = request.getfixturevalue(server)

    told = told_by(node, installed, library, served)

    assert told == {
        "issuer": served.issuer,
        "sub": "(usr!bjensen)",
        "email": "bjensen@example.com",
        "refreshed": True,
        "issued_token_type": "urn:ietf:params:oauth:token-type:access_token",
        "act": {"sub": "(age!hr-agent)"},
        "after": {"active": False},
        "refused": [400, "invalid_request", "Invalid token exchange."],
    }


def test_the_lock_names_no_registry() -> None:
    lock = json.loads((FOLDER / "package-lock.json").read_text(encoding="utf-8"))

    packages = [each for name, each in lock["packages"].items() if name]
    assert packages
    assert all("integrity" in each and "resolved" not in each for each in packages)
