"""``workbench import`` and ``workbench export``, run as an administrator runs them."""

import json
import subprocess
import sys
from pathlib import Path

from tests.frodo.exports import agent_file, client_file, script_file, write
from workbench import Workbench


def run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "workbench", *map(str, arguments)],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_what_is_exported_is_imported_and_exported_again(tmp_path: Path) -> None:
    store = tmp_path / "bench.store"

    done = run("export", "--use-case", "agent-for-agent", "--dir", tmp_path / "a")
    assert done.returncode == 0
    assert "Wrote 4 files. Secrets are in no export" in done.stdout
    assert "frodo agent import -f" in done.stdout

    done = run("import", tmp_path / "a", "--into", store)
    assert done.returncode == 0
    assert "3 new, 2 changed, 0 the same" in done.stdout and "Done." in done.stdout

    assert run("export", "--from", store, "--dir", tmp_path / "b").returncode == 0
    assert {p.name: p.read_bytes() for p in (tmp_path / "a").iterdir()} == {
        p.name: p.read_bytes() for p in (tmp_path / "b").iterdir()
    }


def test_a_dry_run_changes_nothing(tmp_path: Path) -> None:
    path = write(tmp_path / "c.json", client_file())
    store = tmp_path / "bench.store"
    run("import", write(tmp_path / "a.json", agent_file()), "--into", store)

    done = run("import", path, "--into", store, "--dry-run")

    assert done.returncode == 0
    assert "Nothing is changed yet." in done.stdout
    with Workbench.stored(store) as wb:
        assert set(wb.realm.clients) == {"hr-agent"}


def test_without_a_store_it_is_a_look(tmp_path: Path) -> None:
    done = run("import", write(tmp_path / "c.json", client_file()), "--json")
    text = run("import", tmp_path / "c.json")

    told = json.loads(done.stdout)
    assert [each["name"] for each in told["planned"]] == ["hr may act", "hr-client"]
    assert not told["done"]
    assert "Nothing was kept: --into STORE" in text.stdout
    assert sorted(path.name for path in tmp_path.iterdir()) == ["c.json"]


def test_what_is_refused_leaves_a_store_alone_and_makes_none(tmp_path: Path) -> None:
    path = write(tmp_path / "s.json", script_file(evaluatorVersion=2))
    store = tmp_path / "bench.store"

    done = run("import", path, "--into", store)

    assert done.returncode == 1
    assert "s.json: script." in done.stdout and "Nothing is imported." in done.stdout
    assert not store.exists()
    Workbench.stored(store).close()
    assert run("import", path, "--into", store).returncode == 1


def test_a_realm_is_named_and_made(tmp_path: Path) -> None:
    path = write(tmp_path / "c.json", client_file())
    store = tmp_path / "bench.store"

    done = run("import", path, "--into", store, "--realm", "beta")

    assert done.returncode == 0
    with Workbench.stored(store) as wb:
        assert "hr-client" in wb.realms["beta"].clients
    done = run("import", path, "--into", store, "--realm", "gamma", "--dry-run")
    assert (done.returncode, done.stderr) == (
        1,
        "workbench: There is no realm gamma in the store.\n",
    )
    out = tmp_path / "out"
    assert run("export", "--from", store, "--realm", "beta", "--dir", out).stdout


def test_what_is_not_there_is_told(tmp_path: Path) -> None:
    none = tmp_path / "none"

    assert "There is no file or folder" in run("import", none).stderr
    missing = run("import", tmp_path, "--into", none, "--dry-run")
    assert "There is no store" in missing.stderr
    assert "cannot be read: No such file" in run("export", "--from", none).stderr
    assert "required" in run("export").stderr
    assert not none.exists()


def test_a_saved_bench_is_exported_too(tmp_path: Path) -> None:
    with Workbench(seed="saved") as wb:
        wb.realm.register_client("c", secret="mySecret")
        saved = wb.save(tmp_path / "bench.json")

    done = run("export", "--from", saved, "--dir", tmp_path / "out")

    assert done.returncode == 0
    assert (tmp_path / "out" / "c.oauth2.app.json").exists()
