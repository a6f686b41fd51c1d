"""Every parameter of every endpoint: missing, empty, repeated, too long, unreadable."""

from io import BytesIO
from urllib.parse import urlsplit

import pytest

from .conftest import Peer

FAILED = "Client authentication failed"
INVALID_GRANT = "The provided access grant is invalid, expired, or revoked."
INVALID_TOKEN = (
    "The access token provided is expired, revoked, malformed, or invalid for other "
    "reasons."
)
NO_SCOPE = "No scope requested and no default scope configured"
NO_LOGIN = (401, "Unauthorized", "Authentication Failed")
NO_CLIENT = (400, "invalid_client", FAILED)


def lacks(*names: str) -> tuple[int, str, str]:
    return 400, "invalid_request", f"Missing parameters: {' '.join(names)}"


TOKEN = {
    "grant_type": (400, "invalid_request", "Grant type is not set"),
    "client_id": NO_CLIENT,
    "client_secret": NO_CLIENT,
}
SCOPE = {"scope": (400, "invalid_scope", NO_SCOPE)}
ASKED = {
    "client_id": lacks("client_id"),
    "response_type": lacks("response_type"),
    "redirect_uri": lacks("redirect_uri"),
    **SCOPE,
}
CLIENT = {"client_id": NO_CLIENT, "client_secret": NO_CLIENT}
MISSING: dict[str, dict[str, tuple[int, str, str]]] = {
    "client credentials": {**TOKEN, **SCOPE},
    "password": {
        **TOKEN,
        **SCOPE,
        "username": lacks("username"),
        "password": lacks("password"),
    },
    "code": {
        **TOKEN,
        "code": lacks("code"),
        "redirect_uri": (400, "invalid_grant", INVALID_GRANT),
        "code_verifier": (400, "invalid_request", "code_verifier parameter required"),
    },
    "refresh": {**TOKEN, "refresh_token": lacks("refresh_token")},
    "exchange": {
        **TOKEN,
        **SCOPE,
        **{
            name: lacks(name)
            for name in (
                "subject_token",
                "subject_token_type",
                "actor_token",
                "actor_token_type",
            )
        },
    },
    "introspect": {**CLIENT, "token": lacks("token")},
    "revoke": {**CLIENT, "token": lacks("token")},
    "authorize": {**ASKED, "csrf": (400, "bad_request", "Bad request")},
    "authorize by query": {**ASKED, "csrf": (400, "bad_request", "Bad request")},
    "tokeninfo": {"access_token": lacks("access_token")},
    "userinfo": {"access_token": (401, "invalid_token", INVALID_TOKEN)},
    "authenticate": {"X-OpenAM-Username": NO_LOGIN, "X-OpenAM-Password": NO_LOGIN},
}
"""What PingAM answers where a parameter is missing."""

EVERY = [(endpoint, name) for endpoint, names in MISSING.items() for name in names]
IN_A_FORM = [each for each in EVERY if each[0] != "authenticate"]


@pytest.mark.parametrize("endpoint", MISSING)
def test_a_good_request_is_answered(new_peer: Peer, endpoint: str) -> None:
    answer = new_peer.send(new_peer.good[endpoint])

    assert answer.status_code in (200, 302), answer.text


@pytest.mark.parametrize(("endpoint", "name"), EVERY)
def test_a_missing_parameter_is_named_or_fails(
    peer: Peer, endpoint: str, name: str
) -> None:
    spoiled = peer.good[endpoint].but(**{name: None})

    assert peer.refuses(spoiled) == MISSING[endpoint][name]


@pytest.mark.parametrize(("endpoint", "name"), EVERY)
def test_an_empty_parameter_counts_as_missing(
    peer: Peer, endpoint: str, name: str
) -> None:
    spoiled = peer.good[endpoint].but(**{name: ""})

    assert peer.refuses(spoiled) == MISSING[endpoint][name]


@pytest.mark.parametrize(("endpoint", "name"), IN_A_FORM)
def test_a_parameter_in_other_letters_counts_as_missing(
    peer: Peer, endpoint: str, name: str
) -> None:
    spoiled = peer.good[endpoint].renamed(name, name.upper())

    assert peer.refuses(spoiled) == MISSING[endpoint][name]


@pytest.mark.parametrize("second", ["the same", "another"])
@pytest.mark.parametrize(("endpoint", "name"), IN_A_FORM)
def test_a_repeated_parameter_is_refused(
    peer: Peer, endpoint: str, name: str, second: str
) -> None:
    good = peer.good[endpoint]
    value = good.sent[name] if second == "the same" else "x"

    assert peer.refuses(good, (name, value)) == (
        400,
        "invalid_request",
        f"Invalid Request, duplicate request parameter found : {name}",
    )


@pytest.mark.parametrize(
    ("octets", "text"),
    [
        (b"\xff\xfe", "The request is not UTF-8"),
        (b"\xc0\x80", "The request is not UTF-8"),
        (b"\xed\xa0\x80", "The request is not UTF-8"),
        (b"a\x00b", "The parameter {name} holds a NUL"),
        (b"x" * 1_048_577, "The request is larger than 1048576 bytes"),
    ],
    ids=["no UTF-8", "an overlong NUL", "a surrogate", "a NUL", "more than 1 MB"],
)
@pytest.mark.parametrize(("endpoint", "name"), IN_A_FORM)
def test_what_cannot_be_read_is_refused(
    peer: Peer, endpoint: str, name: str, octets: bytes, text: str
) -> None:
    spoiled = peer.good[endpoint].but(**{name: octets})

    assert peer.refuses(spoiled) == (400, "invalid_request", text.format(name=name))


@pytest.mark.parametrize("endpoint", [e for e in MISSING if e != "authenticate"])
@pytest.mark.parametrize("name", ["audience", "other{}"])
def test_more_than_a_thousand_parameters_are_refused(
    peer: Peer, endpoint: str, name: str
) -> None:
    more = [(name.format(number), "x") for number in range(1000)]

    assert peer.refuses(peer.good[endpoint], *more) == (
        400,
        "invalid_request",
        "The request has more than 1000 parameters",
    )


NONSENSE = pytest.mark.parametrize(
    "value",
    ["x" * 1_000_000, "eyJ" * 300_000, "a.b." * 200_000, "a b " * 200_000, "9" * 5000],
    ids=["long", "like a JWT", "dots", "words", "a huge number"],
)
ASKS_OF_A_TOKEN = [("introspect", "token"), ("revoke", "token")]


@NONSENSE
@pytest.mark.parametrize("endpoint", ["introspect", "revoke"])
def test_a_token_that_is_none_is_inactive_and_gone_already(
    peer: Peer, endpoint: str, value: str
) -> None:
    before = peer.state()

    answer = peer.send(peer.good[endpoint].but(token=value))

    told = {"active": False} if endpoint == "introspect" else {}
    assert (answer.status_code, answer.get_json()) == (200, told)
    assert peer.state() == before


@NONSENSE
@pytest.mark.parametrize(
    ("endpoint", "name"), [each for each in IN_A_FORM if each not in ASKS_OF_A_TOKEN]
)
def test_nearly_a_megabyte_of_nonsense_is_refused(
    peer: Peer, endpoint: str, name: str, value: str
) -> None:
    peer.refuses(peer.good[endpoint].but(**{name: value}))


@pytest.mark.parametrize("name", MISSING["authenticate"])
@pytest.mark.parametrize(
    "value", ["x" * 1_000_000, "\xff\xfe", "\xed\xa0\x80", "BJENSEN", "bjensen\t"]
)
def test_an_odd_header_logs_nobody_in(peer: Peer, name: str, value: str) -> None:
    assert peer.refuses(peer.good["authenticate"].but(**{name: value})) == NO_LOGIN


@pytest.mark.parametrize(
    "path",
    [
        "/connect/jwk_uri",
        "/.well-known/openid-configuration",
        "/.well-known/oauth-authorization-server",
    ],
)
@pytest.mark.parametrize("query", ["", "a=1&a=2", "%ff", "%00", "x" * 1_048_577])
def test_what_is_published_is_so_whatever_is_asked(
    peer: Peer, path: str, query: str
) -> None:
    whole = urlsplit(peer.wb.realm.oauth2_url).path + path

    answer = peer.http.get(whole, query_string=query)

    assert answer.status_code == 200
    assert answer.get_json() == peer.http.get(whole).get_json()
    peer.is_clean(answer.text)


@pytest.mark.parametrize(
    ("length", "body"),
    [("9" * 5000, b""), ("-1", b""), ("1e3", b""), ("\xb2", b""), ("5", b"abc")],
)
@pytest.mark.parametrize("endpoint", ["client credentials", "introspect", "revoke"])
def test_a_length_that_is_not_the_bodys_is_refused(
    peer: Peer, endpoint: str, length: str, body: bytes
) -> None:
    path = urlsplit(peer.wb.realm.oauth2_url).path + peer.good[endpoint].path

    answer = peer.http.post(
        path,
        input_stream=BytesIO(body),
        environ_overrides={"CONTENT_LENGTH": length},
        content_type="application/x-www-form-urlencoded",
    )

    assert (answer.status_code, answer.get_json()["error"]) == (400, "invalid_request")
