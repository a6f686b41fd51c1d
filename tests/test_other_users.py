"""What another user of the same machine learns of a server: its port, and no secret."""

import json
import os
import signal
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

SERVE = ["-m", "workbench", "serve", "--port", "0", "--use-case", "agent-for-user"]
SECRETS = ("mySecret", "Secret12!", "PRIVATE KEY")

pytestmark = pytest.mark.skipif(
    sys.platform == "win32", reason="Windows keeps temporary folders in a profile"
)


@pytest.fixture(scope="module")
def ready(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Any]]:
    """What a server says of itself that was started where others may read files."""
    home = tmp_path_factory.mktemp("shared")
    with subprocess.Popen(
        [sys.executable, *SERVE],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "TMPDIR": str(home)},
        umask=0o022,
    ) as serving:
        try:
            assert serving.stdout is not None
            yield {"home": home, **json.loads(serving.stdout.readline())}
        finally:
            serving.send_signal(signal.SIGTERM)
        assert serving.wait(timeout=60) == 0
    assert list(home.iterdir()) == [], "nothing is left behind"


def files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def is_mine_alone(path: Path) -> bool:
    return stat.S_IMODE(path.stat().st_mode) & 0o077 == 0


def test_its_key_and_its_curlrc_are_in_a_folder_of_its_users_own(
    ready: dict[str, Any],
) -> None:
    told = [Path(ready["ca_file"]), Path(ready["curl_home"], ".curlrc")]
    folders = [each for each in ready["home"].iterdir() if each.is_dir()]

    assert folders
    assert all(map(is_mine_alone, folders))
    assert all(any(each in path.parents for each in folders) for path in told)
    assert set(files(ready["home"])) == {
        path for folder in folders for path in files(folder)
    }


def test_what_may_be_handed_on_holds_no_secret(ready: dict[str, Any]) -> None:
    for path in (Path(ready["ca_file"]), Path(ready["curl_home"], ".curlrc")):
        assert not any(each in path.read_text("utf-8") for each in SECRETS)
    assert not any(each in json.dumps(ready, default=str) for each in SECRETS)


@pytest.mark.skipif(not Path("/proc").exists(), reason="Linux alone has /proc")
def test_its_command_line_holds_no_secret(ready: dict[str, Any]) -> None:
    lines = [
        path.read_text("utf-8", "replace")
        for path in Path("/proc").glob("[0-9]*/cmdline")
        if str(ready["pid"]) in (path.parent.name, parent_of(path.parent))
    ]

    assert lines
    assert not any(each in line for line in lines for each in SECRETS)


def parent_of(process: Path) -> str:
    """The process that started it; "" once it is gone."""
    try:
        return (process / "stat").read_text().rpartition(")")[2].split()[1]
    except OSError:
        return ""
