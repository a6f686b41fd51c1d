"""``workbench lab``: JupyterLab on a learner's own copy of the lessons."""

import argparse
import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from workbench.course.learners_copy.lay_out import lesson_folder
from workbench.course.lessons import first_lesson, lab_settings
from workbench.terminal import meanwhile
from workbench.views.page.plain import visible_text


def add_lab_command(commands: Any) -> None:
    """Add ``lab`` to the commands of a parser."""
    lab = commands.add_parser(
        "lab",
        help="open JupyterLab on the lessons",
        description="Lessons that you did not change are renewed with the workbench; "
        "one that you changed is kept, and the renewed one is laid beside it. "
        "Delete a lesson to get the one that is shipped.",
        epilog="Example: workbench lab --no-browser --port 8890",
    )
    lab.add_argument("--no-browser", action="store_true", help="print the URL only")
    lab.add_argument("--port", type=int, help="default: the first free from 8888")
    lab.add_argument(
        "--dir",
        type=Path,
        default=Path("workbench-lessons"),
        help="where your copy of the lessons is kept (default: %(default)s)",
    )
    lab.add_argument(
        "--no-start",
        action="store_true",
        help="lay the lessons out and start nothing, as on a JupyterHub",
    )
    lab.set_defaults(command=_lab)


def _lab(options: argparse.Namespace) -> int:
    with meanwhile("Laying out the lessons"):
        folder = lesson_folder(options.dir.resolve())
    for told in folder.told:
        print(f"workbench: {visible_text(told)}", file=sys.stderr)
    return 0 if options.no_start else _start(folder.path, options)


def _start(folder: Path, options: argparse.Namespace) -> int:
    with tempfile.TemporaryDirectory(prefix="workbench-") as settings:
        command = [sys.executable, "-m", "jupyterlab", "--ServerApp.ip=127.0.0.1"]
        command.append(f"--ServerApp.root_dir={folder}")
        command.append(f"--LabApp.default_url=/lab/tree/{first_lesson()}")
        command.append(f"--LabApp.app_settings_dir={lab_settings(Path(settings))}")
        if options.no_browser:
            command.append("--no-browser")
        if options.port is not None:
            command += [f"--port={options.port}", "--ServerApp.port_retries=0"]
        if hasattr(os, "geteuid") and os.geteuid() == 0:
            command.append("--allow-root")
        return _run(command)


def _run(command: list[str]) -> int:
    """Run until it ends. The terminal sends Ctrl-C to the child as well."""
    with subprocess.Popen(command) as process:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGTERM, lambda *_: process.terminate())
        return process.wait()
