"""Requests in line: one thread leads, and who is about to wait lets another lead."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from workbench.am.basics.turns import Turns
from workbench.server.loopback.line import WaitingLine

SECONDS = 60  # that only a thread that hangs lets pass


@pytest.fixture
def line() -> Iterator[WaitingLine]:
    line = WaitingLine(4)
    yield line
    line.stop()


def test_one_thread_answers_one_request_after_the_other(line: WaitingLine) -> None:
    done = threading.Barrier(2)
    order: list[tuple[int, str]] = []

    def work(number: int) -> None:
        order.append((number, threading.current_thread().name))

    for number in range(20):
        line.put(lambda number=number: work(number))  # type: ignore[misc]
    line.put(lambda: done.wait(SECONDS))
    done.wait(SECONDS)

    assert [number for number, _ in order] == list(range(20))
    assert len({name for _, name in order}) == 1


def test_who_waits_for_a_script_keeps_nobody_waiting(line: WaitingLine) -> None:
    turns, over, others = Turns(), threading.Event(), threading.Barrier(2)

    def with_a_script() -> None:
        with turns.taken, turns.let_go():
            assert over.wait(SECONDS)

    line.put(with_a_script)
    line.put(with_a_script)
    line.put(lambda: others.wait(SECONDS))

    others.wait(SECONDS)
    over.set()


def test_who_waits_for_another_request_keeps_nobody_waiting(line: WaitingLine) -> None:
    turns, held = Turns(), threading.Event()
    others = threading.Barrier(2)
    over = threading.Event()

    def hold() -> None:
        with turns.alone("code"):
            held.set()
            with turns.let_go():
                assert over.wait(SECONDS)

    def come_with_the_same() -> None:
        with turns.alone("code"):
            pass

    with ThreadPoolExecutor(1) as thread:
        holding = thread.submit(hold)
        assert held.wait(SECONDS)
        line.put(come_with_the_same)
        line.put(lambda: others.wait(SECONDS))
        others.wait(SECONDS)
        over.set()
        holding.result(SECONDS)


def test_who_let_another_lead_comes_back_for_more() -> None:
    line, turns = WaitingLine(2), Turns()
    done = threading.Barrier(2)

    def with_two_scripts() -> None:
        for _ in range(2):
            with turns.taken, turns.let_go():
                pass

    for _ in range(50):
        line.put(with_two_scripts)
    line.put(lambda: done.wait(SECONDS))

    done.wait(SECONDS)
    line.stop()


def test_a_line_that_stops_begins_with_nothing_more() -> None:
    line, turns = WaitingLine(2), Turns()
    begun, over = threading.Event(), threading.Event()
    done: list[str] = []

    def work() -> None:
        with turns.taken, turns.let_go():
            begun.set()
            assert over.wait(SECONDS)
        done.append("begun")

    line.put(work)
    assert begun.wait(SECONDS)
    with ThreadPoolExecutor(1) as thread:
        stopping = thread.submit(line.stop)
        over.set()
        stopping.result(SECONDS)

    assert done == ["begun"]


def test_a_fault_ends_no_line(line: WaitingLine) -> None:
    done = threading.Barrier(2)

    def fault() -> None:
        raise SystemExit

    for _ in range(10):
        line.put(fault)
    line.put(lambda: done.wait(SECONDS))

    done.wait(SECONDS)
