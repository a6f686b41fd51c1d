"""Runs Python where a platform lacks what Windows, or a browser's Python, lacks.

``python masked.py code.py ARGUMENTS`` masks and runs a file; a worker process that it
starts is masked in the same way. What is masked must really be gone: a platform's own
checks, such as ``hasattr(os, "fork")``, are what is tried.
"""

import os
import pathlib
import runpy
import signal
import subprocess
import sys
from typing import Any

OF_OS = (
    *("fork", "forkpty", "register_at_fork", "killpg", "getpgid", "setpgid", "nice"),
    *("setpriority", "sched_setaffinity", "geteuid", "getuid", "posix_spawn"),
)
OF_SIGNAL = (
    *("setitimer", "getitimer", "ITIMER_REAL", "alarm", "SIGALRM", "SIGXCPU", "SIGHUP"),
    *("pthread_kill", "pthread_sigmask", "sigwait"),
)
MODULES = ("resource", "fcntl", "termios", "pwd", "grp", "syslog")


def mask() -> None:
    """Take it away from this process."""
    for name in OF_OS:
        vars(os).pop(name, None)
    for name in OF_SIGNAL:
        vars(signal).pop(name, None)
    for name in MODULES:
        sys.modules[name] = None  # type: ignore[assignment]
    hide_proc()
    mask_workers()


def hide_proc() -> None:
    """Linux alone has ``/proc``."""
    for name in ("open", "read_text", "write_text", "exists"):
        setattr(pathlib.Path, name, without_proc(getattr(pathlib.Path, name)))


def without_proc(method: Any) -> Any:
    def asked(path: pathlib.Path, *more: Any, **named: Any) -> Any:
        if str(path).startswith("/proc"):
            raise FileNotFoundError(path)
        return method(path, *more, **named)

    return asked


def mask_workers() -> None:
    """Have Python files that are started from here start by this one."""
    start = subprocess.Popen.__init__

    def started(popen: Any, command: Any, *more: Any, **named: Any) -> None:
        if isinstance(command, list) and command[0] == sys.executable:
            at = next((i for i, word in enumerate(command) if word.endswith(".py")), 0)
            if at:
                command = [*command[:at], __file__, *command[at:]]
        start(popen, command, *more, **named)

    setattr(subprocess.Popen, "__init__", started)  # noqa: B010


if __name__ == "__main__":
    mask()
    del sys.argv[0]
    runpy.run_path(sys.argv[0], run_name="__main__")
