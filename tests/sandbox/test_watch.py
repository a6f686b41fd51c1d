"""What takes too long is ended, by one thread for all."""

import os
import threading
import time
import warnings
from concurrent.futures import ThreadPoolExecutor

import pytest

from workbench.sandbox.engines.watch import Watch


def test_what_takes_too_long_is_ended_and_what_does_not_is_left_alone() -> None:
    watch, ended = Watch(), threading.Event()

    with watch.within(60, lambda: pytest.fail("it was in time")):
        pass
    with watch.within(0.01, ended.set):
        assert ended.wait(60)


def test_a_shorter_time_is_kept_beside_a_longer_one() -> None:
    watch, ended = Watch(), threading.Event()

    with watch.within(600, lambda: pytest.fail("it was in time")):
        time.sleep(0.05)  # the thread sleeps until the longer one is over
        with watch.within(0.01, ended.set):
            assert ended.wait(60)


def test_one_thread_watches_all() -> None:
    watch, before = Watch(), threading.active_count()

    with ThreadPoolExecutor(8) as threads:

        def work(_: int) -> int:
            with watch.within(60, lambda: None):
                return threading.active_count()

        most = max(threads.map(work, range(200)))

    assert most <= before + 8 + 1


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this platform has no fork")
def test_a_forked_child_has_a_watch_of_its_own() -> None:
    watch = Watch()
    with watch.within(60, lambda: None), warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # other threads
        child = os.fork()
        if child == 0:
            watch.disown()
            ended = threading.Event()
            with watch.within(0.01, ended.set):
                os._exit(0 if ended.wait(60) else 1)

    _, status = os.waitpid(child, 0)

    assert os.waitstatus_to_exitcode(status) == 0
