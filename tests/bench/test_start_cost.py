"""What it takes to begin: importing the package, and a kernel's first delegated token.

Both with their bytecode written, as an installed package has it.
"""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from jupyter_client.manager import start_new_kernel

from tests.bench.figures import note

pytestmark = pytest.mark.bench

TIMED = """
import time
start = time.process_time(), time.perf_counter()
{code}
print(time.process_time() - start[0], time.perf_counter() - start[1])
"""
FIRST_TOKEN = """
from workbench import Workbench
wb = Workbench()
wb.prepare("agent-for-agent")
subject, actor = (
    wb.client.client_credentials(name, "mySecret", scope="read").access_token
    for name in ("data-agent", "risk-agent")
)
wb.client.exchange(
    "risk-agent", "mySecret", scope="read", subject_token=subject, actor_token=actor
).access_token
"""


@pytest.fixture
def with_bytecode(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPYCACHEPREFIX", str(tmp_path))
    monkeypatch.delenv("PYTHONDONTWRITEBYTECODE", raising=False)


def seconds(code: str) -> tuple[float, float]:
    """Processor time and time on the wall of some code in a fresh interpreter."""
    command = [sys.executable, "-c", TIMED.format(code=code)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    processor, wall = map(float, done.stdout.split())
    return processor, wall


@pytest.mark.usefixtures("with_bytecode")
def test_importing_the_package() -> None:
    ours = "import workbench; workbench.Workbench"
    theirs = "import httpx, jwt, werkzeug.wrappers"
    seconds(ours)
    runs = [(seconds(ours), seconds(theirs)) for _ in range(8)]
    processor, wall = (min(own[at] for own, _ in runs) for at in (0, 1))
    others = min(other[0] for _, other in runs)

    note(
        "import workbench, and the class",
        processor,
        "s of processor time",
        0.3,
        beside=f"on the wall {wall:.2f} s; httpx, PyJWT and Werkzeug alone "
        f"{others:.2f} s",
    )


@pytest.mark.usefixtures("with_bytecode")
def test_from_a_kernels_start_to_the_first_delegated_token() -> None:
    alone, whole = [], []
    for _ in range(4):
        start = time.perf_counter()
        manager, client = start_new_kernel(env=dict(os.environ))
        try:
            alone.append(time.perf_counter() - start)
            reply = client.execute_interactive(FIRST_TOKEN, timeout=60, silent=True)
            whole.append(time.perf_counter() - start)
            assert reply["content"]["status"] == "ok", reply["content"]
        finally:
            client.stop_channels()
            manager.shutdown_kernel(now=True)

    note(
        "from a kernel's start to the first delegated token",
        min(whole),
        "s",
        2,
        beside=f"the kernel alone {min(alone):.2f} s",
    )
