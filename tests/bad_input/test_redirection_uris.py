"""Where nobody can be sent: no client answers there, or a browser runs what it says."""

from typing import Any

import pytest

from tests.stories import open_registration, register
from workbench import Workbench
from workbench.am.clients.uri import NOT_SENT_TO, is_redirection_uri
from workbench.errors import RegistrationError

NOWHERE = [
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "javascript://a.example/%0aalert(1)",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:x",
    "about:blank",
    "blob:https://a.example/1",
    "file:///etc/passwd",
    "filesystem:https://a.example/temporary/x",
    "feed:https://a.example/",
    "feed:javascript:alert(1)",
    "view-source:https://a.example/",
    "ws://a.example/",
    "wss://a.example/",
    "ftp://a.example/",
    "mailto:a@a.example",
    "intent://a.example#Intent;end",
    "chrome://settings",
    "https:",
    "https:///callback",
    "http:/callback",
    "//a.example/callback",
    "java\nscript:alert(1)",
    "\tjavascript:alert(1)",
    "",
]

SOMEWHERE = [
    "https://a.example/callback",
    "HTTPS://A.EXAMPLE/callback",
    "http://localhost:8080/",
    "http://127.0.0.1/",
    "https://[::1]:8443/x?y=z",
    "com.example.app:/callback",
    "myapp://callback",
    "urn:ietf:wg:oauth:2.0:oob",
]


@pytest.mark.parametrize("uri", NOWHERE)
def test_neither_a_client_nor_an_administrator_can_register_it(
    wb: Workbench, uri: str
) -> None:
    open_registration(wb)

    answer = register(wb, redirect_uris=[uri])

    assert (answer.status_code, answer.json()["error"]) == (400, "invalid_redirect_uri")
    with pytest.raises(RegistrationError, match="not a redirection URI"):
        wb.realm.register_client("app", secret="s", redirection_uris=[uri])
    assert not wb.realm.clients


@pytest.mark.parametrize("uri", SOMEWHERE)
def test_where_a_client_answers_can_be_registered(wb: Workbench, uri: str) -> None:
    open_registration(wb)

    answer: Any = register(wb, redirect_uris=[uri])

    assert answer.json()["redirect_uris"] == [uri]
    wb.realm.register_client("app", secret="s", redirection_uris=[uri])


def test_schemes_are_held_against_in_small_letters() -> None:
    assert all(scheme == scheme.lower() for scheme in NOT_SENT_TO)
    assert not any(is_redirection_uri(f"{each.upper()}://a/") for each in NOT_SENT_TO)
