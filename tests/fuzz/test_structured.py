"""Inputs that are nearly right, for what random octets never get through (hypothesis).

By hand with many: ``HYPOTHESIS_MAX=5000 pytest -n 0 tests/fuzz/test_structured.py``.
"""

import json
import os
from typing import Any
from urllib.parse import urlencode

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.fuzz.of_requests import client_credentials, form, json_body, metadata
from tests.fuzz.of_texts import curl, pasted, script_file
from tests.fuzz.of_tokens import (
    CLAIMS,
    assertion_claims,
    caveat,
    claims,
    encoded,
    jose_header,
    jwks,
    macaroon,
    made,
    token,
)
from tests.fuzz.target import NOW, bench, text_of
from tests.fuzz.whole import SEEDS, request
from workbench.agent.curl.command import curl_request
from workbench.am.registration.metadata import KINDS
from workbench.am.tokens.macaroon import parse
from workbench.errors import CommandError

FEW = settings(
    max_examples=int(os.environ.get("HYPOTHESIS_MAX", "40")),
    deadline=None,
    derandomize="HYPOTHESIS_MAX" not in os.environ,
    database=None,
)
ODD = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=9)
    | st.sampled_from([NOW, NOW + 60, -1, 2**63, 1e308, "read", "", "\0", "\ud800"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner),
    max_leaves=5,
)
NAMES = st.sampled_from([*CLAIMS, "act", "may_act", "kid", "typ", "zip", "cnf", "crit"])
CHANGES = st.dictionaries(NAMES, ODD, max_size=3)


def octets(value: Any) -> bytes:
    return json.dumps(value).encode()


@FEW
@given(CHANGES)
def test_claims_of_a_token_that_a_script_changed(changes: dict[str, Any]) -> None:
    claims(octets({**CLAIMS, **changes}))


@FEW
@given(CHANGES, st.sampled_from(["HS256", "none", "RS256", 1, None]))
def test_headers_of_a_token(changes: dict[str, Any], algorithm: Any) -> None:
    jose_header(octets({**changes, "alg": algorithm}))


FORMS: tuple[dict[str, Any], ...] = (
    {},
    {"algorithm": "ES256"},
    {"encrypted": True},
    {"macaroon": True},
    {"client_side": False, "macaroon": True},
)


@FEW
@given(st.sampled_from(FORMS), st.data())
def test_a_token_with_a_character_changed_is_none_of_ours(
    making: dict[str, Any], data: st.DataObject
) -> None:
    value = made(**making).value
    at = data.draw(st.integers(0, len(value) - 1))
    letter = data.draw(st.sampled_from("AZaz09-_.=+/ \u00e9"))
    changed = f"{value[:at]}{letter}{value[at + 1 :]}"

    token(changed.encode())

    if changed != value:
        realm = bench().realm
        assert realm.tokens.read(changed, issuer=realm.oauth2_url).claims is None


@FEW
@given(st.dictionaries(st.sampled_from(["scope", "exp", "nbf", "aud", "x"]), ODD))
def test_caveats_only_narrow(members: dict[str, Any]) -> None:
    caveat(octets(members))


@FEW
@given(st.integers(0, 400), st.binary(max_size=9))
def test_a_macaroon_with_octets_changed(at: int, new: bytes) -> None:
    value = parse(made(client_side=False, macaroon=True).value)
    whole = value.with_caveat(b'{"scope":"read"}').value
    cut = at % len(whole)
    macaroon(text_of(whole.encode())[:cut].encode() + encoded(new).encode())


@FEW
@given(
    st.dictionaries(st.sampled_from(["iss", "sub", "aud", "exp", "jti", "nbf"]), ODD)
)
def test_claims_of_an_assertion(changes: dict[str, Any]) -> None:
    good = {"iss": "app", "sub": "app", "aud": bench().realm.oauth2_url}
    assertion_claims(octets({**good, "exp": NOW + 60, "jti": "1", **changes}))


KEYS = bench().realm.tokens.keys.jwks()["keys"]


@FEW
@given(
    st.sampled_from(KEYS),
    st.dictionaries(
        st.sampled_from(["kty", "use", "alg", "kid", "crv", "x", "y", "n", "e", "oth"]),
        ODD | st.sampled_from(["P-384", "P-521", "secp256k1", "AQAB", "EC", "RSA"]),
        max_size=2,
    ),
)
def test_keys_of_a_client(key: dict[str, Any], changes: dict[str, Any]) -> None:
    jwks(octets({"keys": [{**key, **changes}]}))


@FEW
@given(st.dictionaries(st.sampled_from(sorted(KINDS)), ODD | st.just(["read"])))
def test_metadata_of_a_client(sent: dict[str, Any]) -> None:
    metadata(octets(sent))
    json_body(octets(sent))


PAIRS = st.lists(
    st.tuples(
        st.sampled_from(["client_id", "client_secret", "scope", "audience", "a"]),
        st.text(st.characters(codec="utf-8"), max_size=20),
    ),
    max_size=5,
)


@FEW
@given(PAIRS, st.binary(max_size=20))
def test_forms_and_headers(pairs: list[tuple[str, str]], header: bytes) -> None:
    encoded_form = urlencode(pairs).encode()

    form(encoded_form)
    client_credentials(encoded_form + b"\nBasic " + header)


SECRET = "s3cr3t-of-the-command"
BROKEN = st.sampled_from(
    ["", "'", '"', "|", "-d @file", "--nope", "-X get", "$NAME", "http://h2", "\\", "`"]
)


@FEW
@given(st.permutations(range(4)), BROKEN)
def test_a_command_that_is_refused_shows_no_secret(
    order: list[int], broken: str
) -> None:
    options = (
        f"-d 'client_secret={SECRET}'",
        f"-H 'Authorization: Bearer {SECRET}'",
        f"-u 'a:{SECRET}'",
        f"'http://h/?token={SECRET}'",
    )
    text = " ".join(("curl", *(options[each] for each in order), broken))

    curl(text.encode())

    try:
        curl_request(text)
    except CommandError as problem:
        assert SECRET not in str(problem)


@FEW
@given(
    st.sampled_from(
        ["Bearer {}", '{{"access_token":"{}"}}', "a?access_token={}&b", "{}"]
    ),
    st.sampled_from(["", " ", "\n", "'", "\u200b", '"', "\\\n"]),
    st.integers(0, 60),
)
def test_a_token_is_found_in_what_is_pasted(around: str, odd: str, at: int) -> None:
    value = made(client_side=False, macaroon=True).value
    pasted(around.format(f"{value[:at]}{odd}{value[at:]}").encode())


@FEW
@given(
    st.dictionaries(
        st.sampled_from(
            [
                "script",
                "context",
                "language",
                "evaluatorVersion",
                "name",
                "_id",
                "result",
            ]
        ),
        ODD | st.sampled_from(["OAUTH2_MAY_ACT", "JAVASCRIPT", "GROOVY", "1.0", "2.0"]),
    ),
    st.sampled_from(["script", "result", "data", "list", "alone"]),
)
def test_exports_of_scripts(body: dict[str, Any], around: str) -> None:
    shapes: dict[str, Any] = {
        "script": {"script": {"1": body}},
        "result": {"result": [body]},
        "data": {"data": body},
        "list": [[body]],
        "alone": body,
    }
    script_file(octets(shapes[around]))


@FEW
@given(
    st.sampled_from(SEEDS), st.integers(0, 300), st.binary(max_size=3), st.booleans()
)
def test_whole_requests_with_octets_changed(
    good: bytes, at: int, new: bytes, cut: bool
) -> None:
    cut_at = at % len(good)
    request(good[:cut_at] + new + (b"" if cut else good[cut_at + len(new) :]))
