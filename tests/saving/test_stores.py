"""A store is one process's at a time, and no other file is taken for one."""

import os
import sqlite3
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import NOW, KeptEngine
from tests.stories import SECRET, ask_own_token, own_token
from workbench import Workbench
from workbench.saving.fault import SavedFileError
from workbench.saving.tables import TABLES


@pytest.fixture
def store(tmp_path: Path, kept_engine: KeptEngine) -> Path:
    """A store with the agents of the vendor's page, closed."""
    path = tmp_path / "store"
    with Workbench.stored(path, now=NOW, seed="s", engine=kept_engine) as wb:
        wb.prepare("agent-for-agent")
    return path


def refusal(path: Path) -> str:
    with pytest.raises(SavedFileError) as caught:
        Workbench.stored(path)
    return str(caught.value)


def test_a_store_goes_on_where_it_was(store: Path) -> None:
    with Workbench.stored(store, now=5, seed="other", realm="beta") as again:
        assert again.realm.name == "alpha"
        assert again.clock.now() == NOW
        assert "risk-agent" in again.realm.clients


def test_only_its_owner_can_read_a_store(store: Path) -> None:
    with Workbench.stored(store):
        files = sorted(store.parent.iterdir())
        assert [stat.S_IMODE(each.stat().st_mode) for each in files] == [0o600] * 2


def test_every_table_of_a_realm_is_told_of(wb: Workbench) -> None:
    assert list(wb.realm.tables) == list(TABLES)


def test_a_second_process_is_refused(store: Path) -> None:
    code = f"from workbench import Workbench; Workbench.stored({str(store)!r})"
    with Workbench.stored(store):
        other = subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=False
        )
        assert "another process has it open" in other.stderr
        assert "another process has it open" in refusal(store)
    with Workbench.stored(store):
        pass


def test_what_is_done_in_python_is_kept_at_once_on_demand(store: Path) -> None:
    with Workbench.stored(store) as wb:
        wb.realm.register_client("kept", secret="s")
        wb.keep()
        copy = store.parent / "copy"
        for end in ("", "-wal"):
            (store.parent / f"copy{end}").write_bytes(
                Path(f"{store}{end}").read_bytes()
            )
        with Workbench.stored(copy) as seen:
            assert "kept" in seen.realm.clients


def test_who_comes_back_and_is_changed_stands_where_they_came_back(store: Path) -> None:
    with Workbench.stored(store) as wb:
        for name in ("first", "second"):
            wb.realm.add_user(name, password="p")
        wb.keep()
        wb.realm.users.delete("first")
        for name in ("first", "third"):
            wb.realm.add_user(name, password="p")
        wb.realm.update_user("first", active=False)
        there = list(wb.realm.users)

    with Workbench.stored(store) as again:
        assert list(again.realm.users) == there == ["second", "first", "third"]


def test_a_realm_that_is_gone_is_gone_from_the_store(store: Path) -> None:
    with Workbench.stored(store) as wb:
        path = wb.save(store.parent / "file")
        wb.realms.add("beta").register_client("other", secret="s")
        wb.keep()
        wb.restore(path)
    with Workbench.stored(store) as wb:
        assert list(wb.realms) == ["/", "/alpha"]
        wb.realms.add("beta")
        assert not wb.realms["beta"].clients
    with Workbench.stored(store) as wb:
        assert not wb.realms["beta"].clients


def test_another_place_is_told(store: Path) -> None:
    with Workbench.stored(store, base_url="https://127.0.0.1:9/am") as wb:
        assert wb.moved_from == "https://am.example.com:8443/am"
    with Workbench.stored(store) as wb:
        assert wb.realm.base_url == "https://127.0.0.1:9/am"
        assert wb.moved_from == ""


def test_another_file_is_refused(tmp_path: Path, store: Path) -> None:
    text = tmp_path / "text"
    text.write_text('{"format": "delegation-workbench"}' * 200)
    other = tmp_path / "other.db"
    with sqlite3.connect(other) as file:
        file.execute("CREATE TABLE mine (a)")
    file.close()

    assert "is a saved bench, and a store is another file" in refusal(text)
    text.write_text("{}" * 200)
    assert "it is no store, or damaged" in refusal(text)
    assert "is a file of another program" in refusal(other)
    assert "is a folder; a store is a file" in refusal(tmp_path)
    os.mkfifo(tmp_path / "pipe")
    assert "is a device or a pipe" in refusal(tmp_path / "pipe")
    assert "is a device or a pipe" in refusal(Path(os.devnull))
    assert "No such file" in refusal(tmp_path / "none" / "store")
    assert "cannot be opened" in refusal(Path("a\x00b"))
    assert other.read_bytes()[:6] == b"SQLite"


def test_a_bench_is_put_into_a_new_store_once(tmp_path: Path, story: Workbench) -> None:
    token = own_token(story, "risk-agent")
    story.keep_in(tmp_path / "new")
    with pytest.raises(SavedFileError, match="is kept in"):
        story.keep_in(tmp_path / "other")
    with Workbench() as other, pytest.raises(SavedFileError, match="another process"):
        other.keep_in(tmp_path / "new")
    story.stop_keeping()
    story.realm.register_client("later", secret="s")

    with Workbench() as other, pytest.raises(SavedFileError, match="a bench already"):
        other.keep_in(tmp_path / "new")
    with Workbench.stored(tmp_path / "new", engine=story.engine) as again:
        answer = again.client.introspect("risk-agent", SECRET, token)
        assert answer.json["active"]
        assert "later" not in again.realm.clients


def test_a_newer_store_is_refused(store: Path) -> None:
    with sqlite3.connect(store) as file:
        file.execute("PRAGMA user_version = 2")
    file.close()

    assert "a newer workbench wrote it" in refusal(store)


def test_a_damaged_store_is_refused(store: Path) -> None:
    octets = bytearray(store.read_bytes())
    for start in range(4096, len(octets), 4096):
        octets[start : start + 64] = b"\xff" * 64
    store.write_bytes(octets)
    assert "damaged" in refusal(store)

    store.write_bytes(octets[:6000])
    assert "damaged" in refusal(store)


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        ("UPDATE rows SET json = '{' WHERE kind = 'clients'", "cannot be opened"),
        ("UPDATE rows SET json = '{}' WHERE kind = 'clients'", "object with kind"),
        ("UPDATE rows SET key = '5' WHERE kind = 'scripts'", "a key is a text"),
        ("UPDATE rows SET json = x'00'", "a text belongs here"),
        ("UPDATE rows SET kind = 'weird'", "there is no such table"),
        ("UPDATE parts SET json = '[]'", "an object belongs here"),
        ("DELETE FROM parts WHERE name = 'progress'", "progress is missing"),
        ("UPDATE events SET json = '{\"a\": NaN}'", "cannot be opened"),
        ("DROP TABLE events", "no such table: events"),
        ("UPDATE rows SET key = json_quote('x') WHERE kind = 'scripts'", "its own"),
    ],
)
def test_a_store_with_what_cannot_be_is_refused(
    store: Path, statement: str, words: str
) -> None:
    with sqlite3.connect(store) as file:
        file.execute(statement)
    file.close()

    assert words in refusal(store)


def test_events_beyond_the_bound_go_from_the_store(store: Path) -> None:
    with Workbench.stored(store) as wb:
        wb.audit.most = wb.realms.audit.most = 10
        for _ in range(130):
            for _ in range(10):
                wb.realm.settings.set_property("a", "b")
            wb.keep()
        total = wb.audit.total
    with sqlite3.connect(store) as file:
        (rows,) = file.execute("SELECT count(*) FROM events").fetchone()
    file.close()
    assert rows < 400
    with Workbench.stored(store) as again:
        assert (again.audit.total, len(again.audit)) == (total, 10)


def test_what_a_full_disk_does_not_take_is_told_nobody_and_kept_later(
    store: Path,
) -> None:
    with Workbench.stored(store) as wb:
        assert wb._store is not None
        run = wb._store._file.execute
        (pages,) = run("PRAGMA page_count").fetchone()
        run(f"PRAGMA max_page_count = {pages}")
        statuses = [ask_own_token(wb).status for _ in range(40)]
        refused = ask_own_token(wb)
        hint = wb.audit[-1].hint
        run("PRAGMA max_page_count = 1000000")
        token = own_token(wb, "risk-agent")

    assert statuses[-1] == refused.status == 500
    assert refused.json == {
        "error_description": "Internal Server Error",
        "error": "server_error",
    }
    assert "cannot be written: database or disk is full" in hint
    with Workbench.stored(store) as again:
        assert again.client.introspect("risk-agent", SECRET, token).json["active"]
        assert any("disk is full" in event.hint for event in again.audit)


def test_an_event_too_deep_for_json_is_kept_without_its_scripts(store: Path) -> None:
    from workbench.am.admin.audit import Event
    from workbench.am.scripts.script import ScriptOutcome

    deep: list[object] = []
    for _ in range(5000):
        deep = [deep]
    with Workbench.stored(store) as wb:
        outcome = ScriptOutcome(
            script=next(iter(wb.realm.scripts.values())), result=deep
        )
        wb.realm.recorder.record(Event(time=NOW, kind="token", scripts=(outcome,)))
        wb.keep()
    with Workbench.stored(store) as again:
        assert again.audit[-1].scripts == ()
        assert "nested too deep" in again.audit[-1].hint
