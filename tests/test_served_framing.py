"""Where a request ends: what two readers could read in two ways is refused."""

from collections.abc import Iterator

import pytest

from tests.sockets import (
    FORM,
    KEYS_PATH,
    TOKEN_PATH,
    body_of,
    connected,
    post,
    rest,
    said,
    statuses,
)
from tests.stories import agent_for_agent
from workbench import Workbench
from workbench.server.serve import Listener, listen

LENGTH = f"Content-Length: {len(FORM)}"
CHUNKED = "Transfer-Encoding: chunked"
CHUNKS = f"{len(FORM):x}\r\n{FORM}\r\n0\r\n\r\n"
CLOSE = "Connection: close"


@pytest.fixture(scope="module")
def story() -> Iterator[Workbench]:
    with Workbench() as wb:
        yield agent_for_agent(wb)


@pytest.fixture(scope="module", params=[False, True], ids=["http", "https"])
def listener(request: pytest.FixtureRequest, story: Workbench) -> Iterator[Listener]:
    with listen(0, tls=request.param) as bound, bound.serving(story.app):
        yield bound


REFUSED = {
    "a length and chunks": post(LENGTH, CHUNKED, body=CHUNKS),
    "chunks and a length": post(CHUNKED, LENGTH, body=CHUNKS),
    "two lengths that differ": post(LENGTH, "Content-Length: 3"),
    "two lengths that agree": post(LENGTH, LENGTH),
    "a list of lengths": post(f"Content-Length: {len(FORM)}, {len(FORM)}"),
    "a length with a sign": post(f"Content-Length: +{len(FORM)}"),
    "a negative length": post("Content-Length: -1"),
    "a length in hexadecimal": post("Content-Length: 0x10"),
    "a length with a blank inside": post("Content-Length: 7 3"),
    "no length but its name": post("Content-Length:"),
    "a blank before the colon": post(f"Content-Length : {len(FORM)}"),
    "an encoding that is not chunked": post("Transfer-Encoding: identity"),
    "chunked not last": post("Transfer-Encoding: chunked, identity", body=CHUNKS),
    "a folded header": post(LENGTH, "X-Long: one\r\n two"),
    "a folded encoding": post("Transfer-Encoding:\r\n chunked", body=CHUNKS),
    "a bare line feed": post(LENGTH).replace("\r\n", "\n"),
    "a bare line feed in the headers": post(LENGTH, "X: a\nY: b"),
    "a bare carriage return": post(LENGTH, "X: a\rY: b"),
    "a NUL in a value": post(LENGTH, "X: a\0b"),
    "a NUL in a name": post(LENGTH, "X\0: a"),
    "no colon": post(LENGTH, "nothing"),
    "no name": post(LENGTH, ": nothing"),
    "two hosts": post(LENGTH, "Host: localhost"),
    "no host": post(LENGTH).replace("Host: localhost\r\n", ""),
    "an unknown version": post(LENGTH).replace("HTTP/1.1", "HTTP/9.9"),
    "an unknown method": post(LENGTH).replace("POST", "PO ST"),
    "a target that is no path": post(LENGTH, path="access_token"),
    "a tunnel": "CONNECT localhost:443 HTTP/1.1\r\nHost: localhost\r\n\r\n",
    "an asterisk": "OPTIONS * HTTP/1.1\r\nHost: localhost\r\n\r\n",
    "no chunk size": post(CHUNKED, body=f"ZZ\r\n{FORM}\r\n0\r\n\r\n"),
    "a signed chunk size": post(CHUNKED, body=f"+{CHUNKS}"),
    "a chunk longer than it says": post(CHUNKED, body=f"5\r\n{FORM}\r\n0\r\n\r\n"),
    "an offer of HTTP/2 with a body": post(
        LENGTH, "Connection: Upgrade", "Upgrade: h2c"
    ),
    "not HTTP": "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_can_be_read_in_two_ways_is_refused(
    story: Workbench, listener: Listener, name: str
) -> None:
    before = len(story.audit)

    received = said(listener, REFUSED[name])

    assert statuses(received) == [400]
    assert body_of(received)["error"] == "invalid_request"
    assert len(story.audit) == before


TAKEN = {
    "a length": post(LENGTH, CLOSE),
    "chunks": post(CHUNKED, CLOSE, body=CHUNKS),
    "chunks in capitals": post("TRANSFER-ENCODING: Chunked", CLOSE, body=CHUNKS),
    "chunks with a trailer": post(CHUNKED, CLOSE, body=CHUNKS[:-2] + "X: y\r\n\r\n"),
    "no body, and its length": post(LENGTH, CLOSE, "Expect: 100-continue"),
    "a target with its host": post(
        LENGTH, CLOSE, path=f"http://localhost:8443{TOKEN_PATH}"
    ),
    "HTTP/1.0": post(LENGTH).replace("HTTP/1.1", "HTTP/1.0"),
    "HTTP/1.0 without a host": post(LENGTH)
    .replace("HTTP/1.1", "HTTP/1.0")
    .replace("Host: localhost\r\n", ""),
    "empty lines before it": "\r\n\r\n" + post(LENGTH, CLOSE),
}


@pytest.mark.parametrize("name", TAKEN)
def test_what_can_be_read_in_one_way_is_answered(
    story: Workbench, listener: Listener, name: str
) -> None:
    received = said(listener, TAKEN[name])

    assert statuses(received)[-1] == 200
    assert body_of(received)["token_type"] == "Bearer"


@pytest.mark.parametrize(
    "header",
    ["Content_Length: 3", "Transfer_Encoding: chunked", "Content_Type: text/plain"],
)
def test_a_name_with_an_underscore_counts_for_nothing(
    story: Workbench, listener: Listener, header: str
) -> None:
    received = said(listener, post(LENGTH, CLOSE, header))

    assert statuses(received) == [200]


def test_no_script_sees_a_name_with_an_underscore(
    story: Workbench, listener: Listener
) -> None:
    environments: list[dict[str, object]] = []

    def app(environ: dict[str, object], start_response: object) -> object:
        environments.append(environ)
        return story.app(environ, start_response)  # type: ignore[arg-type]

    with listen(0, tls=False) as other, other.serving(app):  # type: ignore[arg-type]
        said(other, post(LENGTH, CLOSE, "X_Forwarded_For: 1.2.3.4", "X-Own: a"))

    assert environments[0]["HTTP_X_OWN"] == "a"
    assert "HTTP_X_FORWARDED_FOR" not in environments[0]


@pytest.mark.parametrize(
    "trailer", ["Host: evil.example", "Authorization: Basic eDp5", "Content-Length: 3"]
)
def test_a_header_after_the_body_counts_for_nothing(
    story: Workbench, listener: Listener, trailer: str
) -> None:
    body = f"{CHUNKS[:-2]}{trailer}\r\n\r\n"

    received = said(listener, post(CHUNKED, CLOSE, body=body))

    assert statuses(received) == [400 if trailer.startswith("Content") else 200]


def test_requests_in_a_row_are_answered_in_their_order(
    story: Workbench, listener: Listener
) -> None:
    keys = f"GET {KEYS_PATH} HTTP/1.1\r\nHost: localhost\r\n"
    row = (
        post(LENGTH)
        + f"{keys}\r\n"
        + post(LENGTH, path="/nowhere")
        + f"{keys}{CLOSE}\r\n\r\n"
    )

    received = said(listener, row)

    assert statuses(received) == [200, 200, 404, 200]
    assert "keys" in body_of(received)


@pytest.mark.parametrize("bad", ["garbage\r\n\r\n", post("Content-Length: +1")])
def test_what_is_whole_is_answered_before_what_is_not_ends_the_connection(
    listener: Listener, bad: str
) -> None:
    received = said(listener, post(LENGTH) + bad)

    assert statuses(received) == [200]
    assert b"connection: close" in received


def test_half_a_connection_gets_its_answer(story: Workbench) -> None:
    with (
        listen(0, tls=False) as bound,
        bound.serving(story.app),
        connected(bound) as peer,
    ):
        peer.sendall(post(LENGTH).encode())
        peer.shutdown(1)
        received = rest(peer)

    assert statuses(received) == [200]


def test_a_head_has_no_body(listener: Listener) -> None:
    received = said(
        listener, f"HEAD {KEYS_PATH} HTTP/1.1\r\nHost: localhost\r\n{CLOSE}\r\n\r\n"
    )

    assert statuses(received) == [200]
    assert received.endswith(b"\r\n\r\n")


def test_an_offer_of_another_protocol_is_not_taken(listener: Listener) -> None:
    offer = "Connection: Upgrade\r\nUpgrade: h2c\r\n"
    received = said(
        listener, f"GET {KEYS_PATH} HTTP/1.1\r\nHost: localhost\r\n{offer}\r\n"
    )

    assert statuses(received) == [200]


def test_who_asks_first_is_told_to_continue(listener: Listener) -> None:
    head, _, body = post(LENGTH, CLOSE, "Expect: 100-continue").partition("\r\n\r\n")
    with connected(listener) as peer:
        peer.sendall(f"{head}\r\n\r\n".encode())
        first = peer.recv(65536)
        peer.sendall(body.encode())
        received = rest(peer)

    assert first == b"HTTP/1.1 100 Continue\r\n\r\n"
    assert statuses(received) == [200]


def test_who_asks_first_with_too_much_is_refused_before_it_is_sent(
    listener: Listener,
) -> None:
    received = said(
        listener, post("Content-Length: 99000000", "Expect: 100-continue", body="")
    )

    assert statuses(received) == [413]
