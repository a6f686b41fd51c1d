"""Senders who stall, drip, flood or never read: each has its time and its bounds."""

import socket
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from typing import Any

import httpx
import pytest

from tests.sockets import (
    FORM,
    KEYS_PATH,
    SLOW,
    body_of,
    connected,
    post,
    rest,
    said,
    statuses,
)
from tests.stories import agent_for_agent
from workbench import Workbench
from workbench.server.loopback.bounds import Bounds
from workbench.server.serve import Listener, listen

SHORT = Bounds(request=0.4, idle=1, answer=0.5)
LENGTH = f"Content-Length: {len(FORM)}"
GET_KEYS = f"GET {KEYS_PATH} HTTP/1.1\r\nHost: localhost\r\n\r\n"


@pytest.fixture(scope="module")
def story() -> Iterator[Workbench]:
    with Workbench() as wb:
        yield agent_for_agent(wb)


@pytest.fixture(scope="module", params=[False, True], ids=["http", "https"])
def short(request: pytest.FixtureRequest, story: Workbench) -> Iterator[Listener]:
    """A server that waits for half a second at most."""
    with (
        listen(0, tls=request.param, bounds=SHORT) as bound,
        bound.serving(story.app),
    ):
        yield bound


BEGUN = {
    "a byte": "P",
    "half a head": post(LENGTH)[:60],
    "half a body": post(LENGTH)[:-5],
    "half a chunk": post("Transfer-Encoding: chunked", body="50\r\nabc"),
}


@pytest.mark.parametrize("name", BEGUN)
def test_a_request_that_stalls_is_refused_in_time(short: Listener, name: str) -> None:
    received = said(short, BEGUN[name])

    assert statuses(received) == [408]
    assert "0.4 s" in body_of(received)["error_description"]


@pytest.mark.parametrize("name", BEGUN)
def test_a_request_that_drips_is_refused_as_soon(short: Listener, name: str) -> None:
    with connected(short) as peer:
        peer.sendall(BEGUN[name].encode())
        with suppress(OSError):
            for _ in range(40):
                time.sleep(0.1)
                peer.sendall(b"x")
        received = rest(peer)

    assert statuses(received) in ([408], [400], [])  # [] where it was reset meanwhile


@pytest.mark.parametrize("sent", ["", "\r\n", GET_KEYS, f"{GET_KEYS}\r\n"])
def test_a_connection_without_a_request_is_closed(short: Listener, sent: str) -> None:
    received = said(short, sent)

    assert statuses(received) == ([200] if "GET" in sent else [])


def test_a_handshake_that_drips_is_ended(story: Workbench) -> None:
    with listen(0, tls=True, bounds=SHORT) as bound, bound.serving(story.app):
        port = int(bound.url.rpartition(":")[2])
        with socket.create_connection(("127.0.0.1", port), SLOW) as peer:
            peer.sendall(b"\x16\x03\x01\x02\x00\x01")
            received = rest(peer)

    assert statuses(received) == []


@pytest.mark.parametrize("tls", [False, True], ids=["http", "https"])
def test_who_reads_no_answer_is_let_go(tls: bool) -> None:
    def app(environ: Any, start_response: Any) -> list[bytes]:
        start_response("200 OK", [("Content-Length", "50000000")])
        return [b"a" * 50_000_000]

    with (
        listen(0, tls=tls, bounds=SHORT) as bound,
        bound.serving(app),
        connected(bound) as peer,
    ):
        peer.sendall(GET_KEYS.encode())
        time.sleep(1.5)
        received = rest(peer)

    assert 0 < len(received) < 50_000_000


@pytest.mark.parametrize("sent", ["", "P", post(LENGTH)[:-5]])
@pytest.mark.parametrize("tls", [False, True], ids=["http", "https"])
def test_two_hundred_stalled_senders_keep_nobody_waiting(
    story: Workbench, tls: bool, sent: str
) -> None:
    with (
        listen(0, tls=tls) as bound,
        bound.serving(story.app),
        ExitStack() as stack,
    ):
        for _ in range(200):
            stack.enter_context(connected(bound)).sendall(sent.encode())

        received = said(bound, post(LENGTH, "Connection: close"))

    assert statuses(received) == [200]


def test_a_head_without_end_is_refused(short: Listener) -> None:
    with connected(short) as peer:
        with suppress(OSError):
            peer.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\nX: ")
            for _ in range(100):
                peer.sendall(b"a" * 10_000)
        received = rest(peer)

    assert statuses(received) in ([431], [])  # [] where it was reset meanwhile


def test_a_body_without_end_is_refused(story: Workbench) -> None:
    chunk = b"%x\r\n%s\r\n" % (100_000, b"a" * 100_000)
    bounds = Bounds(body=500_000)
    with (
        listen(0, tls=False, bounds=bounds) as bound,
        bound.serving(story.app),
        connected(bound) as peer,
    ):
        with suppress(OSError):
            peer.sendall(post("Transfer-Encoding: chunked", body="").encode())
            for _ in range(200):
                peer.sendall(chunk)
        received = rest(peer)

    assert statuses(received) in ([413], [])  # [] where it was reset meanwhile


def test_a_large_body_after_another_request_is_no_long_head(short: Listener) -> None:
    large = FORM + "&x=" + "a" * 200_000
    row = post(f"Content-Length: {len(large)}", body=large) * 3
    with connected(short) as peer:
        peer.sendall(row.encode())
        received = rest(peer)

    assert statuses(received) == [200, 200, 200]


def test_a_server_that_stops_answers_what_is_whole_and_leaves_nobody(
    story: Workbench,
) -> None:
    begun = threading.Event()

    def app(environ: Any, start_response: Any) -> Any:
        begun.set()
        time.sleep(0.5)
        return story.app(environ, start_response)

    with listen(0, tls=False) as bound, ExitStack() as stack:
        with bound.serving(app):
            asking, stalled = (stack.enter_context(connected(bound)) for _ in range(2))
            stalled.sendall(b"GET")
            asking.sendall(GET_KEYS.encode())
            assert begun.wait(SLOW)
        answer, nothing = rest(asking), rest(stalled)

    assert statuses(answer) == [200]
    assert nothing == b""


def test_a_server_that_stops_does_not_wait_for_ever(story: Workbench) -> None:
    begun, end = threading.Event(), threading.Event()

    def app(environ: Any, start_response: Any) -> Any:
        begun.set()
        end.wait(4)  # seconds: twice what the server waits
        return story.app(environ, start_response)

    with listen(0, tls=False) as bound, ExitStack() as stack:
        with bound.serving(app):
            asking = stack.enter_context(connected(bound))
            asking.sendall(GET_KEYS.encode())
            assert begun.wait(SLOW)
        assert rest(asking) == b""


def test_it_answers_and_stops_where_there_is_no_uvloop(
    story: Workbench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "uvloop", None)  # as on Windows

    with listen(0, tls=True) as bound, bound.serving(story.app):
        received = said(bound, post(LENGTH, "Connection: close"))

    assert statuses(received) == [200]


def test_a_fault_is_answered_and_logged(
    story: Workbench, caplog: pytest.LogCaptureFixture
) -> None:
    def app(environ: Any, start_response: Any) -> Any:
        raise RuntimeError("a fault")

    with listen(0, tls=False) as bound, bound.serving(app):
        received = said(bound, GET_KEYS)

    assert statuses(received) == [500]
    assert b"a fault" not in received
    assert "a fault" in caplog.text


def test_a_port_that_was_let_go_of_can_be_had_again() -> None:
    with Workbench() as wb:
        with listen(0, tls=False) as bound, bound.serving(wb.app):
            port = int(bound.url.rpartition(":")[2])
            httpx.get(f"{bound.url}{KEYS_PATH}")
        with listen(port, tls=False) as again, again.serving(wb.app):
            answer = httpx.get(f"{again.url}{KEYS_PATH}")

    assert answer.status_code == 200
