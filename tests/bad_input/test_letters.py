"""Names in other letters, and values that look alike: PingAM compares exactly.

That client and user names in AM's directory may be matched regardless of case is
known of neither; the bench is strict.
"""

import base64
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from .conftest import Peer

FAILED = "Client authentication failed"
INVALID_GRANT = (
    400,
    "invalid_grant",
    "The provided access grant is invalid, expired, or revoked.",
)
NO_CLIENT = (400, "invalid_client", FAILED)
NO_GRANT = (400, "unsupported_grant_type", "Grant type is not supported")
NO_EXCHANGE = (400, "invalid_request", "Invalid token exchange.")

Alike = Callable[[str], str]

LOOKALIKES: dict[str, Alike] = {
    "upper case": str.upper,
    "swapped case": str.swapcase,
    "a space before": " {}".format,
    "a space after": "{} ".format,
    "a tab after": "{}\t".format,
    "a line after": "{}\n".format,
    "a full-width letter": lambda text: chr(ord(text[0]) + 0xFEE0) + text[1:],
    "an invisible letter": "{}\N{ZERO WIDTH SPACE}".format,
    "a mark that composes": "{}\N{COMBINING ACUTE ACCENT}".format,
    "twice percent-encoded": lambda text: f"%{ord(text[0]):02x}{text[1:]}",
    "a wildcard": lambda text: f"{text[:-2]}*",
    "an LDAP filter": "{})(|(uid=*".format,
    "a quote": "{}' OR '1'='1".format,
    "a path": "../{}".format,
}


@pytest.fixture(params=LOOKALIKES)
def alike(request: pytest.FixtureRequest) -> Alike:
    return LOOKALIKES[request.param]


@pytest.mark.parametrize(
    ("endpoint", "name", "refusal"),
    [
        ("client credentials", "client_id", NO_CLIENT),
        ("client credentials", "client_secret", NO_CLIENT),
        ("client credentials", "grant_type", NO_GRANT),
        ("password", "client_id", NO_CLIENT),
        ("password", "username", INVALID_GRANT),
        ("password", "password", INVALID_GRANT),
        ("code", "code", INVALID_GRANT),
        ("code", "redirect_uri", INVALID_GRANT),
        ("code", "code_verifier", INVALID_GRANT),
        ("refresh", "refresh_token", INVALID_GRANT),
        ("exchange", "subject_token", NO_EXCHANGE),
        ("exchange", "subject_token_type", NO_EXCHANGE),
        ("exchange", "actor_token", NO_EXCHANGE),
        ("exchange", "actor_token_type", NO_EXCHANGE),
        ("introspect", "client_id", NO_CLIENT),
        ("revoke", "client_secret", NO_CLIENT),
        ("authorize", "client_id", NO_CLIENT),
        (
            "authorize",
            "redirect_uri",
            (
                400,
                "redirect_uri_mismatch",
                "The redirection URI provided does not match a pre-registered value.",
            ),
        ),
        (
            "authorize",
            "response_type",
            (400, "unsupported_response_type", "Response type is not supported."),
        ),
        ("authorize", "csrf", (400, "bad_request", "Bad request")),
    ],
)
def test_what_looks_alike_is_not_the_same(
    peer: Peer, alike: Alike, endpoint: str, name: str, refusal: Any
) -> None:
    good = peer.good[endpoint]

    assert peer.refuses(good.but(**{name: alike(good.sent[name])})) == refusal


@pytest.mark.parametrize("endpoint", ["client credentials", "exchange", "password"])
@pytest.mark.parametrize(
    "scope",
    ["READ", "Read", "rea", "read,write", "read\twrite", "read\n", "*", "\u202eread"],
)
def test_a_scope_in_other_letters_is_unknown(
    peer: Peer, endpoint: str, scope: str
) -> None:
    status, error, text = peer.refuses(peer.good[endpoint].but(scope=scope))

    assert (status, error) == (400, "invalid_scope")
    assert text.startswith("Unknown/invalid scope(s): [")


def test_a_refresh_widens_no_scope(peer: Peer) -> None:
    for scope in ("read write", "OPENID", "profile"):
        _, error, _ = peer.refuses(peer.good["refresh"].but(scope=scope))

        assert error == "invalid_scope"


@pytest.mark.parametrize("scope", ["read read", " read ", "read  read"])
def test_spaces_and_repetitions_in_a_scope_are_nothing(peer: Peer, scope: str) -> None:
    answer = peer.send(peer.good["client credentials"].but(scope=scope))

    assert answer.get_json()["scope"] == "read"


@pytest.mark.parametrize("scheme", ["BASIC", "basic", "bAsIc"])
def test_the_scheme_of_a_header_has_any_letters(peer: Peer, scheme: str) -> None:
    good = peer.good["client credentials"]
    pair = f"{good.sent['client_id']}:{good.sent['client_secret']}"
    header = f"{scheme} {base64.b64encode(pair.encode()).decode()}"
    request = replace(
        good.but(client_id=None, client_secret=None), headers={"Authorization": header}
    )

    assert peer.send(request).status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "/ACCESS_TOKEN",
        "/access_token/",
        "//access_token",
        "/./access_token",
        "/introspect/../access_token",
        "/access_token;x=1",
        "/access_token%00",
        "/access%5ftoken%2f",
    ],
)
def test_a_path_in_other_letters_is_not_found(peer: Peer, path: str) -> None:
    answer = peer.send(replace(peer.good["client credentials"], path=path))

    assert (answer.status_code, answer.get_json()["error"]) == (404, "not_found")
