"""What a learner's kernel takes of memory, for whoever plans a class.

``python -m tests.bench.class_memory`` prints it, in MB of the proportional set size
(``Pss`` in ``/proc/PID/smaps_rollup``, Linux): what several processes share counts
in each by its share. A kernel stands with the worker processes that run its scripts.
"""

from contextlib import suppress
from pathlib import Path

import nbformat
from jupyter_client.blocking.client import BlockingKernelClient
from jupyter_client.manager import KernelManager

from workbench.course.lessons import first_lesson, shipped_lessons

BENCH = """\
from workbench import Workbench
wb = Workbench()
calls = list(wb.prepare("agent-for-agent").send(wb.client))"""


def family(pid: int) -> list[int]:
    """A process with all that it started, from whichever thread."""
    tasks = Path(f"/proc/{pid}/task").glob("*/children")
    children = [int(each) for task in tasks for each in task.read_text().split()]
    return [pid, *(each for child in children for each in family(child))]


def kilobytes(pid: int, file: str, name: str) -> int:
    """A figure of ``/proc``; 0 of a process that has just ended."""
    with suppress(FileNotFoundError, ProcessLookupError):
        for line in Path(f"/proc/{pid}/{file}").read_text().splitlines():
            if line.startswith(f"{name}:"):
                return int(line.split()[1])
    return 0


def run(client: BlockingKernelClient, *cells: str) -> int:
    """Run cells in a kernel; give the kernel's process."""
    for cell in cells:
        reply = client.execute_interactive(
            cell, timeout=120, output_hook=lambda _: None
        )
        assert reply["content"]["status"] == "ok", reply["content"]
    asked = client.execute_interactive(
        "", timeout=60, user_expressions={"pid": "__import__('os').getpid()"}
    )
    return int(asked["content"]["user_expressions"]["pid"]["data"]["text/plain"])


def measure(title: str, *cells: str) -> None:
    """Print what a fresh kernel takes once it ran these cells."""
    manager = KernelManager(kernel_name="python3")
    manager.start_kernel(cwd=str(shipped_lessons()))
    client = manager.blocking_client()
    client.start_channels()
    client.wait_for_ready(timeout=60)
    try:
        pid = run(client, *cells)
        sizes = [kilobytes(each, "smaps_rollup", "Pss") for each in family(pid)]
        alone = [kilobytes(pid, "status", name) for name in ("VmRSS", "VmHWM")]
        print(title, *(f"{each / 1024:.0f}" for each in (sum(sizes), *alone)), sep="\t")
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)


def main() -> None:
    """Print a line for each, with the figures separated by tabs."""
    print("what\tPss with workers\tRSS of the kernel\tits peak")
    lesson = nbformat.read(shipped_lessons() / first_lesson(), as_version=4)
    cells = [cell.source for cell in lesson.cells if cell.cell_type == "code"]
    measure("a kernel, idle")
    measure("a bench with its scripts run", BENCH)
    measure(f"after all of {first_lesson()}", *cells)
    measure("the bench's form displayed too", BENCH, "display(wb)")


if __name__ == "__main__":
    main()
