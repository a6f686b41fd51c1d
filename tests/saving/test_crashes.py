"""Whoever dies while a bench is saved leaves the old file or the new one, whole."""

import os
import resource
import signal
import subprocess
import sys
from pathlib import Path
from random import Random

import pytest

from tests.conftest import NOW
from tests.stories import ask_own_token
from workbench import Workbench
from workbench.saving.fault import SavedFileError

SAVE_FOR_EVER = """
import sys
from workbench import Workbench
wb = Workbench(now=1_790_000_000, seed="crash")
print("ready", flush=True)
for number in range(10**9):
    wb.realm.add_user(f"person{number}", password="p")
    wb.save(sys.argv[1])
    print(number, flush=True)
"""


def people(path: Path) -> int:
    with Workbench.load(path) as wb:
        return len(wb.realm.users)


def test_a_process_killed_while_it_saves_leaves_a_whole_file(tmp_path: Path) -> None:
    random, path = Random(1), tmp_path / "bench.json"
    for _ in range(4):
        with subprocess.Popen(
            [sys.executable, "-c", SAVE_FOR_EVER, str(path)],
            stdout=subprocess.PIPE,
            text=True,
        ) as process:
            assert process.stdout is not None
            seen = [process.stdout.readline() for _ in range(random.randint(2, 30))]
            process.send_signal(signal.SIGKILL)
            seen += process.stdout.read().splitlines()
        told = [int(each) for each in seen if each.strip().isdecimal()]

        assert people(path) in (told[-1] + 1, told[-1] + 2)


@pytest.mark.skipif(sys.platform == "win32", reason="no such limit there")
@pytest.mark.parametrize("octets", [0, 1, 4096, 15_000, 40_000])
def test_a_disk_that_is_full_leaves_the_old_file(
    story: Workbench, tmp_path: Path, octets: int
) -> None:
    path = story.save(tmp_path / "bench.json")
    before = path.read_bytes()
    for number in range(200):
        story.realm.register_client(f"more{number}", secret="s")

    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    try:
        resource.setrlimit(resource.RLIMIT_FSIZE, (octets, limits[1]))
        with pytest.raises(SavedFileError, match="File too large"):
            story.save(path)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)

    assert path.read_bytes() == before
    assert os.listdir(tmp_path) == ["bench.json"]


@pytest.mark.skipif(sys.platform == "win32", reason="no such limit there")
def test_a_store_that_cannot_grow_grants_nothing_and_keeps_all_once_it_can(
    tmp_path: Path,
) -> None:
    path = tmp_path / "store"
    with Workbench.stored(path, now=NOW, seed="full") as wb:
        wb.prepare("agent-for-agent")
        wb.keep()
        limits = resource.getrlimit(resource.RLIMIT_FSIZE)
        try:
            room = (tmp_path / "store-wal").stat().st_size + 1000
            resource.setrlimit(resource.RLIMIT_FSIZE, (room, limits[1]))
            for _ in range(100):
                if ask_own_token(wb).status == 500:
                    break
            assert "cannot be written" in wb.audit[-1].hint
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        assert ask_own_token(wb).status == 200
        events, given = len(wb.audit), wb.realm.ids.given

    with Workbench.stored(path) as again:
        assert (len(again.audit), again.realm.ids.given) == (events, given)
