"""Requests that stay in this process: what the server gets, and what comes back."""

from collections.abc import Iterable
from typing import Any

import httpx
import pytest

from workbench.agent.client import AgentClient, Transcript
from workbench.agent.in_process import LocalClient
from workbench.agent.plain import plain_request
from workbench.server.answers import Answer, write

URL = "https://am.example.com:8443/am/oauth2/realms/root/realms/%C3%A9t%C3%A9?a=b%20c"
FORMS: tuple[dict[str, Any], ...] = (
    {"grant_type": "client_credentials", "scope": "read write"},
    {"a b": "é &=+%", "token": "x" * 900 + ".-_~"},
    {"empty": ""},
)


class Echo:
    """An application that keeps what it was asked, and answers in two pieces."""

    def __init__(self) -> None:
        self.asked: dict[str, Any] = {}
        self.closed = False

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        self.asked = {**environ, "body": environ["wsgi.input"].read()}
        headers = [("Set-Cookie", "a=b; Path=/"), ("X-Name", "caf\xe9")]
        start_response("404 NOT FOUND", headers)
        return self

    def __iter__(self) -> Any:
        return iter((b"one ", b"two"))

    def close(self) -> None:
        self.closed = True


@pytest.fixture
def echo() -> Echo:
    return Echo()


@pytest.fixture
def http(echo: Echo) -> LocalClient:
    return LocalClient(echo, lambda response: None)


def test_the_application_gets_the_url_in_octets(echo: Echo, http: LocalClient) -> None:
    http.post(URL, content=b"body", headers={"X-Two-Words": "x"})

    octets = echo.asked["PATH_INFO"].encode("latin-1")
    assert octets.decode() == "/am/oauth2/realms/root/realms/été"
    assert echo.asked["QUERY_STRING"] == "a=b%20c"
    assert (echo.asked["SERVER_NAME"], echo.asked["SERVER_PORT"]) == (
        "am.example.com",
        "8443",
    )
    assert echo.asked["HTTP_X_TWO_WORDS"] == "x"
    assert (echo.asked["CONTENT_LENGTH"], echo.asked["body"]) == ("4", b"body")


def test_a_port_that_the_url_leaves_out_is_its_schemes(
    echo: Echo, http: LocalClient
) -> None:
    http.get("https://am.example.com/am")

    assert echo.asked["SERVER_PORT"] == "443"


def test_the_answer_is_whole_and_its_pieces_are_closed(
    echo: Echo, http: LocalClient
) -> None:
    answer = http.get(URL)

    assert (answer.status_code, answer.text) == (404, "one two")
    assert answer.headers.raw[1] == (b"X-Name", b"caf\xe9")
    assert answer.elapsed.total_seconds() >= 0
    assert echo.closed


def test_a_cookie_of_an_answer_does_not_come_back(
    echo: Echo, http: LocalClient
) -> None:
    http.get(URL)
    http.get(URL)

    assert not http.cookies
    assert "HTTP_COOKIE" not in echo.asked


def test_a_cookie_that_somebody_sets_goes_along(echo: Echo, http: LocalClient) -> None:
    http.cookies = httpx.Cookies({"iPlanetDirectoryPro": "s"})
    http.get(URL)

    assert echo.asked["HTTP_COOKIE"] == "iPlanetDirectoryPro=s"


@pytest.mark.parametrize("form", FORMS)
def test_a_plain_form_is_sent_as_httpx_sends_it(
    form: dict[str, Any], http: LocalClient
) -> None:
    http.headers["X-Own"] = "1"
    ours = plain_request(http, httpx.URL(URL), form)
    theirs = http.build_request("POST", URL, data=form)

    assert ours.headers.raw == theirs.headers.raw
    assert ours.content == theirs.content
    assert (ours.method, ours.url) == (theirs.method, theirs.url)


@pytest.mark.parametrize("form", [{}, {"audience": ["a", "b"]}])
def test_any_other_form_is_left_to_httpx(
    form: dict[str, Any], http: LocalClient
) -> None:
    client = AgentClient(http, "https://am.example.com/am", Transcript())

    sent = client.draft("access_token", form)

    assert sent.content == http.build_request("POST", URL, data=form).content


def test_a_header_of_an_answer_has_no_line_break() -> None:
    """A server would send what follows it as a header of its own."""

    with pytest.raises(ValueError, match="line break"):
        write(Answer(200, "", {"X-Said": "a\r\nSet-Cookie: x=y"}, "a/b"))


@pytest.mark.parametrize("url", ["/am/oauth2/access_token", "ftp://am.example/x", ""])
def test_a_url_that_is_not_whole_is_refused_as_by_any_client(
    http: LocalClient, url: str
) -> None:
    with pytest.raises(httpx.UnsupportedProtocol):
        http.get(url)
