"""Where there is no fork, no ``resource``, no timer and no ``/proc``, all still works.

What still holds there: the time that the engine counts, a kill by the parent, memory
that the engine counts, a fresh world for each script. In a browser's Python there is no
process to kill either.
"""

import json
import os
import signal
import subprocess
import sys
import textwrap
import urllib.request
from pathlib import Path

import pytest

from .attacks import ATTACKS

ROOT = Path(__file__).parents[2]
MASKED = Path(__file__).with_name("masked.py")
NO_PROCESSES = """
import subprocess, sys
from workbench import Workbench
sys.platform = "emscripten"
def nothing_starts(*command, **more):
    raise OSError("emscripten does not support processes.")
subprocess.Popen.__init__ = nothing_starts
"""
BOTH = pytest.mark.parametrize("platform", ["without fork", "without processes"])

MANNERS = """
import os, sys
from workbench.am.scripts.script import Bindings, MayActScript
from workbench.sandbox.engines.engine import QuickJSEngine
assert not hasattr(os, "fork") and not hasattr(os, "killpg")
engine = QuickJSEngine(time_limit=0.5, memory_limit=32 * 1024 * 1024)
def run(source):
    script = MayActScript(id="x", name="x", source=source)
    return engine.run(script, Bindings(token={}))
"""


def start(tmp_path: Path, code: str, platform: str = "without fork") -> list[str]:
    """The command that runs code on such a platform."""
    file = tmp_path / "code.py"
    before = NO_PROCESSES if platform == "without processes" else ""
    file.write_text(before + textwrap.dedent(code), "utf-8")
    return [sys.executable, str(MASKED), str(file)]


def surroundings() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"}


def run(tmp_path: Path, code: str, platform: str = "without fork") -> str:
    """What code prints there."""
    done = subprocess.run(
        start(tmp_path, code, platform),
        capture_output=True,
        text=True,
        encoding="utf-8",
        env=surroundings(),
        timeout=300,
    )
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


@BOTH
def test_a_script_runs_in_a_fresh_world_each_time(
    tmp_path: Path, platform: str
) -> None:
    code = (
        MANNERS
        + """
for _ in range(3):
    run("kept = 1; Object.prototype.sub = 'evil'")
    outcome = run("token.setMayAct({sub: typeof kept + {}.sub})")
    print(outcome.may_act, outcome.error)
engine.close()
"""
    )

    told = run(tmp_path, code, platform)

    assert told == "{'sub': 'undefinedundefined'} None\n" * 3


@BOTH
def test_a_script_that_never_ends_is_stopped(tmp_path: Path, platform: str) -> None:
    code = (
        MANNERS
        + """
loops = ["while (true) {}", "for (;;) { [].concat([1]) }", "(function f() { f() })()"]
for source in loops:
    print(type(run(source).error).__name__)
print(run("token.setMayAct({sub: 'alive'})").may_act)
engine.close()
"""
    )

    told = run(tmp_path, code, platform).splitlines()

    assert told[:2] == ["ScriptTimeout"] * 2
    assert told[2:] == ["ScriptError", "{'sub': 'alive'}"]


@BOTH
def test_memory_is_bounded_by_the_engine(tmp_path: Path, platform: str) -> None:
    code = (
        MANNERS
        + f"""
for source in {ATTACKS["takes memory"][:4]!r}:
    print(run(source).stamped, run("token.setMayAct({{sub: 'alive'}})").may_act)
engine.close()
"""
    )

    told = run(tmp_path, code, platform)

    assert told == "False {'sub': 'alive'}\n" * 4


def test_a_worker_that_hangs_in_the_engine_is_killed_by_its_parent(
    tmp_path: Path,
) -> None:
    code = (
        MANNERS
        + """
import time
slow = "/^(a+)+$/.test(Array(40).join('a') + 'b')"
started = time.monotonic()
error = run(slow).error
print(type(error).__name__, time.monotonic() - started < 30)
print(run("token.setMayAct({sub: 'alive'})").may_act)
engine.close()
"""
    )

    told = run(tmp_path, code)

    assert told == "ScriptTimeout True\n{'sub': 'alive'}\n"


@BOTH
def test_every_attack_fails_there_too(tmp_path: Path, platform: str) -> None:
    attacks = [attack for kind in ATTACKS.values() for attack in kind[:2]]
    code = (
        MANNERS
        + f"""
attacks = {attacks!r}
print([each for each in attacks if run(each).stamped])
print(run("token.setMayAct({{sub: 'alive'}})").may_act)
engine.close()
"""
    )

    assert run(tmp_path, code, platform) == "[]\n{'sub': 'alive'}\n"


@BOTH
@pytest.mark.parametrize("use_case", ["agent-for-agent", "agent-for-user"])
def test_a_use_case_goes_as_anywhere(
    tmp_path: Path, platform: str, use_case: str
) -> None:
    code = f"""
    from workbench.cli import main
    raise SystemExit(main(["walk", {use_case!r}, "--json"]))
    """

    steps = json.loads(run(tmp_path, code, platform))["steps"]

    assert all(step["response"]["status"] in (200, 302) for step in steps)
    assert steps[-1]["token"]["claims"]["act"]
    assert steps[-1]["decision"]["granted"] is True


@BOTH
def test_a_script_is_checked_as_anywhere(tmp_path: Path, platform: str) -> None:
    script = tmp_path / "script.js"
    script.write_text("token.setMayAct({client_id: 'risk-agent'})", "utf-8")
    code = f"""
    from workbench.cli import main
    raise SystemExit(main(["script", "check", {str(script)!r}]))
    """

    assert "token.setMayAct" in run(tmp_path, code, platform)


def test_the_server_serves_and_stops_when_told(tmp_path: Path) -> None:
    code = """
    from workbench.cli import main
    raise SystemExit(main(
        ["serve", "--port", "0", "--no-tls", "--use-case", "agent-for-agent"]
    ))
    """
    with subprocess.Popen(
        start(tmp_path, code), stdout=subprocess.PIPE, text=True, env=surroundings()
    ) as serving:
        try:
            assert serving.stdout is not None
            url = json.loads(serving.stdout.readline())["base_url"]
            form = (
                "grant_type=client_credentials&client_id=data-agent"
                "&client_secret=mySecret&scope=read"
            )
            path = "oauth2/realms/root/realms/alpha/access_token"
            with urllib.request.urlopen(f"{url}/{path}", form.encode()) as answer:
                told = json.load(answer)
        finally:
            serving.send_signal(signal.SIGTERM)
        assert serving.wait(timeout=60) == 0

    assert told["token_type"] == "Bearer"
