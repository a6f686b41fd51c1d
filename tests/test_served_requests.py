"""Requests that only a socket can send: cut short, stalled, malformed."""

import json
import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack

import httpx
import pytest

from workbench import Workbench
from workbench.server.loopback.bounds import Bounds
from workbench.server.serve import listen

HEAD = (
    "POST /am/oauth2/realms/root/realms/alpha/access_token HTTP/1.1\r\n"
    "Host: 127.0.0.1\r\nContent-Type: application/x-www-form-urlencoded\r\n"
)
FORM = "grant_type=client_credentials&client_id=risk-agent&client_secret=mySecret"


@pytest.fixture
def port(story: Workbench) -> Iterator[int]:
    with listen(0, tls=False) as listener, listener.serving(story.app):
        yield int(listener.url.rpartition(":")[2])


def answer(
    port: int, request: str, *, finish: bool = True
) -> tuple[int, dict[str, str]]:
    """The status and the JSON body that raw bytes get."""
    with socket.create_connection(("127.0.0.1", port), timeout=30) as peer:
        peer.sendall(request.encode())
        if finish:
            peer.shutdown(socket.SHUT_WR)
        received = b""
        while chunk := peer.recv(65536):
            received += chunk
            if b"}" in received:
                break
    head, _, body = received.partition(b"\r\n\r\n")
    text = body[body.index(b"{") : body.rindex(b"}") + 1]
    return int(head.split()[1]), json.loads(text)


@pytest.mark.parametrize(
    "request_",
    [
        f"{HEAD}Content-Length: 500\r\n\r\n{FORM}",
        f"{HEAD}Content-Length: -1\r\n\r\n{FORM}",
        f"{HEAD}Transfer-Encoding: chunked\r\n\r\nZZZ\r\n{FORM}\r\n0\r\n\r\n",
        f"{HEAD}Transfer-Encoding: chunked\r\n\r\n5\r\n{FORM}\r\n0\r\n\r\n",
    ],
    ids=["cut short", "negative length", "no chunk size", "wrong chunk size"],
)
def test_a_body_that_does_not_arrive_whole_is_refused(
    story: Workbench, port: int, request_: str
) -> None:
    status, body = answer(port, request_)

    assert (status, body["error"]) == (400, "invalid_request")
    assert not any(event.kind == "token" for event in story.audit)


def test_a_chunked_body_is_taken(port: int) -> None:
    form = f"{FORM}&scope=read"
    chunks = f"{len(form):x}\r\n{form}\r\n0\r\n\r\n"

    status, body = answer(
        port, f"{HEAD}Transfer-Encoding: chunked\r\n\r\n{chunks}", finish=False
    )

    assert (status, body["token_type"]) == (200, "Bearer")


@pytest.mark.parametrize(
    "sent",
    ["", "POST /am", f"{HEAD}Content-Length: 500\r\n\r\nabc"],
    ids=["nothing", "half a line", "half a body"],
)
def test_many_slow_senders_keep_nobody_waiting(port: int, sent: str) -> None:
    realm = f"http://127.0.0.1:{port}/am/oauth2/realms/root/realms/alpha"
    url = f"{realm}/.well-known/openid-configuration"
    with ExitStack() as stack:
        for _ in range(40):
            slow = socket.create_connection(("127.0.0.1", port))
            stack.enter_context(slow).sendall(sent.encode())
        time.sleep(0.2)

        other = httpx.get(url, timeout=20)

    assert other.status_code == 200


@pytest.mark.parametrize(
    ("request_", "status"),
    [
        (f"GET /{'a' * 70_000} HTTP/1.1\r\n", 414),
        (f"{HEAD}X: {'a' * 70_000}\r\n\r\n", 431),
        (f"{HEAD}Content-Length: 100000000\r\n\r\n", 413),
        (f"{HEAD}Content-Length: {'9' * 5000}\r\n\r\n", 400),
    ],
    ids=["a long path", "a long header", "a long body", "an endless length"],
)
def test_what_is_out_of_all_bounds_is_refused_unread(
    port: int, request_: str, status: int
) -> None:
    with socket.create_connection(("127.0.0.1", port), timeout=30) as peer:
        peer.sendall(request_.encode())
        head = peer.recv(65536).decode()

    assert int(head.split()[1]) == status


def test_a_body_of_two_megabytes_is_refused_as_am_refuses(port: int) -> None:
    url = f"http://127.0.0.1:{port}/am/oauth2/realms/root/realms/alpha/access_token"

    answer = httpx.post(url, data={"scope": "x" * 2_000_000}, timeout=30)

    assert (answer.status_code, answer.json()["error"]) == (400, "invalid_request")


def test_a_sender_that_stalls_is_no_news(
    story: Workbench, capfd: pytest.CaptureFixture[str]
) -> None:
    bounds = Bounds(request=0.5)
    with listen(0, tls=False, bounds=bounds) as bound, bound.serving(story.app):
        address = ("127.0.0.1", int(bound.url.rpartition(":")[2]))
        with socket.create_connection(address, timeout=30) as slow:
            slow.sendall(f"{HEAD}Content-Length: 500\r\n\r\nabc".encode())
            while slow.recv(65536):
                pass

    assert capfd.readouterr().err == ""
