"""Encrypted tokens: RFC 7516's own example, and what is no token of this server."""

import jwt
import pytest

from workbench.am.tokens.jose.jwe import decrypt, deflate, encrypt, inflate

# RFC 7516 appendix A.3; its key wrapping is left out, as with alg "dir".
KEY = bytes.fromhex("04d31fc5549dfcfe0b649dfa3faa6ace6b7cd42d6f6b09dbc8b100f08f9c2ccf")
HEADER = "eyJhbGciOiJBMTI4S1ciLCJlbmMiOiJBMTI4Q0JDLUhTMjU2In0"
IV, TAG = "AxY8DCtDaGlsbGljb3RoZQ", "U0m_YmjN04DJvceFICbCVQ"
TEXT = "KDlTtXchhZTGufMYmOYGS4HffxPSUrfmqCHXaI9wOGY"


def test_reads_the_example_of_the_standard() -> None:
    assert decrypt(f"{HEADER}..{IV}.{TEXT}.{TAG}", KEY) == b"Live long and prosper."


@pytest.mark.parametrize("header", [{}, {"typ": "JWT", "zip": "NONE"}])
@pytest.mark.parametrize("payload", [b"", b"x" * 16, b"y" * 1000])
def test_reads_what_it_wrote(payload: bytes, header: dict[str, str]) -> None:
    assert decrypt(encrypt(payload, KEY, bytes(16), header), KEY) == payload


def test_reads_what_was_compressed() -> None:
    written = encrypt(deflate(b"z" * 1000), KEY, bytes(16), {"zip": "DEF"})

    assert decrypt(written, KEY) == b"z" * 1000
    assert len(written) < 300


@pytest.mark.parametrize(
    "value",
    [
        f"{HEADER}..{IV}.{TEXT}.{TAG[:-4]}AAAA",
        f"{HEADER}..{IV}.{TEXT[:-4]}AAAA.{TAG}",
        f"{HEADER}..{IV[:-4]}AAAA.{TEXT}.{TAG}",
        f"e30..{IV}.{TEXT}.{TAG}",
        f"{HEADER}.AAAA.{IV}.{TEXT}.{TAG}",
        f"{HEADER}..{IV}.{TEXT}.",
        f"{HEADER}..{IV}..{TAG}",
        "....",
    ],
)
def test_refuses_what_was_changed(value: str) -> None:
    with pytest.raises(jwt.InvalidKeyError, match="was changed"):
        decrypt(value, KEY)


@pytest.mark.parametrize(
    "value",
    [
        f"{HEADER}..{IV}.{TEXT}.{TAG}=",
        f"{HEADER}..{IV}.{TEXT}.{TAG[:-1]}R",  # the same octets, written otherwise
        f"{HEADER}..{IV}.!!!!{TEXT}.{TAG}",
    ],
)
def test_refuses_another_spelling(value: str) -> None:
    with pytest.raises(ValueError, match="Base64url"):
        decrypt(value, KEY)


def test_what_is_not_compressed_does_not_inflate() -> None:
    with pytest.raises(ValueError, match="invalid"):
        inflate(b"\xff\xff\xff")
