"""Macaroons against another's library, and what is none."""

import base64
from dataclasses import replace
from typing import Any

import pymacaroons
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.am.tokens.caveats import caveat_members, narrow
from workbench.am.tokens.macaroon import (
    Caveat,
    looks_like_macaroon,
    new_macaroon,
    parse,
    restrict,
)
from workbench.errors import MacaroonError

KEY = b"k" * 32
ISSUER = "https://am.example.com:8443/am/oauth2/realms/root/realms/alpha"
CLAIMS = {"scope": ["read", "write"], "exp": 2_000, "aud": "c", "nbf": 1_000}
OPAQUE = b"Tdd2zEGd7I6bGLmEh2T9rAP1B6s"


def theirs(identifier: bytes, *caveats: str, **more: Any) -> pymacaroons.Macaroon:
    found = pymacaroons.Macaroon(
        location="",
        identifier=identifier,
        key=KEY,
        version=pymacaroons.MACAROON_V2,
        **more,
    )
    for caveat in caveats:
        found.add_first_party_caveat(caveat)
    return found


def good(value: str, key: bytes = KEY) -> bool:
    """Whether the other library believes a macaroon, whatever its caveats say."""
    verifier = pymacaroons.Verifier()
    verifier.satisfy_general(lambda _: True)
    return bool(verifier.verify(pymacaroons.Macaroon.deserialize(value), key))


caveats = st.lists(st.text(min_size=1, max_size=300), max_size=5)


@given(st.binary(min_size=1, max_size=300), caveats)
def test_another_library_believes_what_we_make(
    identifier: bytes, added: list[str]
) -> None:
    macaroon = new_macaroon(KEY, identifier)
    for each in added:
        macaroon = macaroon.with_caveat(each.encode())

    assert good(macaroon.value)
    assert parse(macaroon.value) == macaroon


@given(st.binary(min_size=1, max_size=300), caveats)
def test_we_believe_what_another_library_makes(
    identifier: bytes, added: list[str]
) -> None:
    macaroon = parse(theirs(identifier, *added).serialize())

    assert macaroon.is_made_with(KEY)
    assert [each.identifier.decode() for each in macaroon.caveats] == added


def test_a_holder_restricts_without_the_key() -> None:
    value = restrict(theirs(OPAQUE).serialize(), {"scope": "read"})

    assert good(value)
    assert value == restrict(new_macaroon(KEY, OPAQUE).value, {"scope": "read"})


def test_a_third_partys_caveat_is_part_of_the_chain() -> None:
    value = theirs(OPAQUE)
    value.add_third_party_caveat("https://third.example", "key", "terms")
    macaroon = parse(value.serialize()).with_caveat(b"{}")

    assert macaroon.is_made_with(KEY)
    assert macaroon.caveats[0].location == "https://third.example"
    assert parse(macaroon.value) == macaroon


def test_what_was_changed_is_not_genuine() -> None:
    macaroon = new_macaroon(KEY, OPAQUE).with_caveat(b'{"scope":"read"}')

    assert not new_macaroon(b"other" * 8, OPAQUE).is_made_with(KEY)
    assert not replace(macaroon, caveats=()).is_made_with(KEY)
    assert not replace(macaroon, identifier=b"x").is_made_with(KEY)
    assert not replace(macaroon, caveats=(Caveat(b"{}"),)).is_made_with(KEY)


def test_its_parts_never_show_in_the_repr() -> None:
    macaroon = new_macaroon(KEY, OPAQUE).with_caveat(b'{"scope":"read"}')

    assert repr(macaroon) == "Macaroon(location='')"


def test_a_macaroon_is_told_from_other_tokens() -> None:
    value = new_macaroon(KEY, OPAQUE).value

    assert looks_like_macaroon(value)
    assert looks_like_macaroon(theirs(OPAQUE).serialize())
    assert not looks_like_macaroon(value[:64])
    assert not looks_like_macaroon(f"{value}.{value}.{value}")
    assert not looks_like_macaroon("eyJ" + value)


def text(octets: bytes) -> str:
    return base64.urlsafe_b64encode(octets).decode().rstrip("=")


def test_a_macaroon_has_so_many_caveats_and_no_more() -> None:
    most = theirs(OPAQUE, *["{}"] * 256).serialize()

    assert len(parse(most).caveats) == 256
    with pytest.raises(MacaroonError, match="more than 256"):
        parse(restrict(most, {}))


SIGNED = b"\x06\x20" + b"s" * 32

MALFORMED = {
    "nothing": "",
    "not Base64": "AgE*",
    "padding": new_macaroon(KEY, b"a").value + "=",
    "loose bits": "AgIBYQAABiB" + "/" * 43,
    "not ASCII": "AgI\N{SNOWMAN}",
    "version 1": text(b"\x01\x02\x01a\0\0" + SIGNED),
    "a version alone": text(b"\x02"),
    "no identifier": text(b"\x02\x01\x01a\0\0" + SIGNED),
    "an identifier twice": text(b"\x02\x02\x01a\x02\x01a\0\0" + SIGNED),
    "a location last": text(b"\x02\x02\x01a\x01\x01a\0\0" + SIGNED),
    "a verifier of the whole": text(b"\x02\x02\x01a\x04\x01a\0\0" + SIGNED),
    "an unknown field": text(b"\x02\x02\x01a\x05\x01a\0\0" + SIGNED),
    "no end": text(b"\x02\x02\x01a"),
    "no end of caveats": text(b"\x02\x02\x01a\0\x02\x01a\0"),
    "a field that ends too early": text(b"\x02\x02\x7fa"),
    "a length without end": text(b"\x02\x02\xff\xff\xff\xff\xff\x01a"),
    "a length cut off": text(b"\x02\x02\xff"),
    "no signature": text(b"\x02\x02\x01a\0\0"),
    "a short signature": text(b"\x02\x02\x01a\0\0\x06\x01s"),
    "another field for the signature": text(b"\x02\x02\x01a\0\0\x02\x20" + b"s" * 32),
    "more after the signature": text(b"\x02\x02\x01a\0\0" + SIGNED + b"\0"),
    "a location that is no text": text(b"\x02\x01\x01\xff\x02\x01a\0\0" + SIGNED),
}


@pytest.mark.parametrize("name", MALFORMED)
def test_what_is_malformed_is_no_macaroon(name: str) -> None:
    with pytest.raises(MacaroonError):
        parse(MALFORMED[name])


@given(st.binary(max_size=200))
def test_whatever_octets_come_are_read_or_refused(octets: bytes) -> None:
    try:
        macaroon = parse(text(b"\x02" + octets))
    except MacaroonError:
        return
    assert parse(macaroon.value) == macaroon


@pytest.mark.parametrize(
    ("caveat", "left"),
    [
        ('{"scope": "write admin"}', {"scope": ["write"]}),
        ('{"scope": ""}', {"scope": []}),
        ('{"exp": 1500}', {"exp": 1500}),
        ('{"exp": 2500}', {}),
        ('{"exp": -1}', {"exp": -1}),
        ('{"nbf": 1200}', {"nbf": 1200}),
        ('{"nbf": 900}', {}),
        ('{"aud": "c"}', {}),
        ('{"aud": ["x", "https://am.example.com:8443/am"]}', {}),
        ('{"aud": "https://am.example.com:8443"}', {}),
        ('{"scope": "read", "exp": 1}', {"scope": ["read"], "exp": 1}),
        ("{}", {}),
    ],
)
def test_a_caveat_narrows_the_claims(caveat: str, left: dict[str, Any]) -> None:
    claims = narrow(CLAIMS, (Caveat(caveat.encode()),), ISSUER)

    assert claims == CLAIMS | left
    assert CLAIMS["scope"] == ["read", "write"]


def test_an_audience_caveat_selects_from_the_tokens_audiences() -> None:
    claims = CLAIMS | {"aud": ["c", "rs1", "rs2"]}

    one = narrow(claims, (Caveat(b'{"aud": ["rs2", "rs9"]}'),), ISSUER)
    here = narrow(claims, (Caveat(f'{{"aud": "{ISSUER}"}}'.encode()),), ISSUER)

    assert (one["aud"], here["aud"]) == (["c", "rs2"], ["c"])


BAD = {
    "not JSON": b"time < 5",
    "not UTF-8": b"\xff",
    "a list": b'["scope"]',
    "a member twice": b'{"scope": "read", "scope": "write"}',
    "a number that is none": b'{"exp": NaN}',
    "a number that is too large": b'{"exp": 1e999}',
    "a number of 5,000 digits": b'{"exp": ' + b"9" * 5000 + b"}",
    "deep lists": b'{"aud": ' + b"[" * 50_000 + b"]" * 50_000 + b"}",
    "deep objects": b'{"a":' * 50_000 + b"1" + b"}" * 50_000,
    "unknown": b'{"ip": "10.0.0.1"}',
    "a key to prove": b'{"cnf": {"x5t#S256": "abc"}}',
    "scope a list": b'{"scope": ["read"]}',
    "scope null": b'{"scope": null}',
    "exp a text": b'{"exp": "1500"}',
    "exp a fraction": b'{"exp": 1500.5}',
    "exp yes": b'{"exp": true}',
    "exp huge": b'{"exp": 100000000000000000000}',
    "nbf null": b'{"nbf": null}',
    "another audience": b'{"aud": ["https://other.example"]}',
    "no audience": b'{"aud": []}',
    "aud an object": b'{"aud": {}}',
    "aud of objects": b'{"aud": [{}, [], null]}',
}


@pytest.mark.parametrize("name", BAD)
def test_a_caveat_that_does_not_hold_spoils_the_token(name: str) -> None:
    with pytest.raises(MacaroonError):
        narrow(CLAIMS, (Caveat(BAD[name]),), ISSUER)


def test_a_third_partys_caveat_spoils_the_token() -> None:
    with pytest.raises(MacaroonError, match="third party"):
        narrow(CLAIMS, (Caveat(b"{}", "https://third.example", b"key"),), ISSUER)


@given(st.binary(max_size=100))
def test_whatever_octets_are_a_caveat_they_are_read_or_refused(octets: bytes) -> None:
    found = caveat_members(octets)

    assert found is None or isinstance(found, dict)
