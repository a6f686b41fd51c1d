"""A page on the web that a browser has open cannot reach the server."""

from collections.abc import Iterator

import pytest

from tests.sockets import FORM, KEYS_PATH, TOKEN_PATH, body_of, said, statuses
from tests.stories import agent_for_agent
from workbench import Workbench
from workbench.server.serve import Listener, listen


@pytest.fixture(scope="module")
def story() -> Iterator[Workbench]:
    with Workbench() as wb:
        yield agent_for_agent(wb)


@pytest.fixture(scope="module", params=[False, True], ids=["http", "https"])
def listener(request: pytest.FixtureRequest, story: Workbench) -> Iterator[Listener]:
    with (
        listen(0, tls=request.param) as bound,
        bound.serving(story.app, "sso.example.com"),
    ):
        yield bound


def asked(listener: Listener, *headers: str, target: str = KEYS_PATH) -> bytes:
    lines = [f"GET {target} HTTP/1.1", *headers, "Connection: close", "", ""]
    return said(listener, "\r\n".join(lines))


OWN = [
    "localhost",
    "localhost:8443",
    "LOCALHOST:1",
    "127.0.0.1:80",
    "[::1]",
    "[::1]:8443",
    "am.example.com:8443",
    "sso.example.com",
    "SSO.example.com:443",
    "\t localhost \t",
]
FOREIGN = [
    "evil.example",
    "evil.example:8443",
    "localhost.evil.example",
    "evil.example#localhost",
    "localhost@evil.example",
    "evil.example@localhost",
    "127.0.0.1.nip.io",
    "127.0.0.2",
    "0.0.0.0",
    "2130706433",
    "[::]",
    "[::ffff:7f00:1]",
    "xam.example.com",
    "localhost:8443:80",
    "localhost:port",
    "localhost, evil.example",
    "localhost evil.example",
    "localhost/",
    "",
]


@pytest.mark.parametrize("host", OWN)
def test_it_answers_to_its_own_names(listener: Listener, host: str) -> None:
    assert statuses(asked(listener, f"Host: {host}")) == [200]


@pytest.mark.parametrize("host", FOREIGN)
def test_it_does_not_answer_to_anothers_name(
    story: Workbench, listener: Listener, host: str
) -> None:
    before = len(story.audit)

    received = asked(listener, f"Host: {host}")

    assert statuses(received) == [403]
    assert "--base-url" in body_of(received)["error_description"]
    assert b"evil" not in received
    assert len(story.audit) == before


def test_the_target_says_whom_it_asks(listener: Listener) -> None:
    own, foreign = f"http://localhost{KEYS_PATH}", f"http://evil.example{KEYS_PATH}"

    for host in ("localhost", "[::1]", "[::1]:8443", "LOCALHOST:1"):
        target = own.replace("localhost", host)
        assert statuses(asked(listener, "Host: evil.example", target=target)) == [200]
    assert statuses(asked(listener, "Host: localhost", target=foreign)) == [403]


PAGES = ["https://localhost:8443", "http://127.0.0.1", "https://sso.example.com"]
OTHERS_PAGES = [
    "https://evil.example",
    "http://localhost.evil.example",
    "null",
    "",
    "file://",
    "chrome-extension://localhost",
    "localhost",
    "https://localhost/",
    "https://localhost https://evil.example",
    "https://localhost, https://evil.example",
]


def posted(listener: Listener, *headers: str) -> bytes:
    kind = "Content-Type: application/x-www-form-urlencoded"
    lines = [f"POST {TOKEN_PATH} HTTP/1.1", "Host: localhost", *headers, kind]
    lines += [f"Content-Length: {len(FORM)}", "Connection: close", "", FORM]
    return said(listener, "\r\n".join(lines))


@pytest.mark.parametrize("origin", PAGES)
def test_its_own_page_may_send(listener: Listener, origin: str) -> None:
    assert statuses(posted(listener, f"Origin: {origin}")) == [200]


@pytest.mark.parametrize("origin", OTHERS_PAGES)
def test_anothers_page_may_not(
    story: Workbench, listener: Listener, origin: str
) -> None:
    before = len(story.audit)

    received = posted(listener, f"Origin: {origin}")

    assert statuses(received) == [403]
    assert len(story.audit) == before


def test_two_origins_are_none(listener: Listener) -> None:
    both = ("Origin: https://localhost", "Origin: https://localhost")

    assert statuses(posted(listener, *both)) == [403]


def test_a_form_within_the_process_asks_under_any_name(story: Workbench) -> None:
    answer = story.http.get(f"http://evil.example{KEYS_PATH}")

    assert answer.status_code == 200
