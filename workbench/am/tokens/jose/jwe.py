"""Client-side tokens that only the server reads: encrypted, and compressed.

JWE with one shared key (RFC 7516; RFC 7518 sections 4.5 and 5.2). Such a token is
not signed as well: the shared key protects it from change (PingAM 8.1, client-side
tokens). That AM does it with A128CBC-HS256 is inferred from its other defaults.
"""

import hmac
import json
import zlib
from typing import Any

import jwt
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import CBC
from cryptography.hazmat.primitives.padding import PKCS7

from workbench.am.tokens.jose.base64url import decode as decode64
from workbench.am.tokens.jose.base64url import encode as encode64

METHOD = "A128CBC-HS256"

DEFLATED, PLAIN = "DEF", "NONE"
"""What the header says under ``zip``."""

KEY_OCTETS = 32
IV_OCTETS = 16
TAG_OCTETS = 16

LARGEST_INFLATED = 1024 * 1024
"""Octets; what a server makes is far smaller."""


def deflate(payload: bytes) -> bytes:
    """Compressed as RFC 7516 section 4.1.3 has it: DEFLATE without a wrapper."""
    squeezer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    return squeezer.compress(payload) + squeezer.flush()


def inflate(payload: bytes) -> bytes:
    """The reverse.

    Raises:
        ValueError: It is not compressed, or is a trap.
    """
    try:
        return zlib.decompressobj(-zlib.MAX_WBITS).decompress(payload, LARGEST_INFLATED)
    except zlib.error as problem:
        raise ValueError(str(problem)) from None


def encrypt(payload: bytes, key: bytes, iv: bytes, header: dict[str, Any]) -> str:
    """A compact JWE with ``alg`` ``dir``.

    Args:
        payload: What is encrypted.
        key: 32 octets: half for the tag, half for the text.
        iv: 16 octets, never twice with one key.
        header: Members beside ``enc`` and ``alg``.
    """
    head = json.dumps({**header, "enc": METHOD, "alg": "dir"}, separators=(",", ":"))
    protected = encode64(head.encode())
    padder = PKCS7(AES.block_size).padder()
    padded = padder.update(payload) + padder.finalize()
    encryptor = Cipher(AES(key[16:]), CBC(iv)).encryptor()
    text = encryptor.update(padded) + encryptor.finalize()
    tag = _tag(key, protected, iv, text)
    return ".".join((protected, "", *map(encode64, (iv, text, tag))))


def decrypt(value: str, key: bytes) -> bytes:
    """What a JWE says that was made with this key.

    Raises:
        jwt.InvalidKeyError: It was made with another, or changed.
        ValueError: It is no such JWE.
    """
    protected, encrypted_key, *parts = value.split(".")
    iv, text, tag = map(decode64, parts)
    expected = _tag(key, protected, iv, text)
    if encrypted_key or not hmac.compare_digest(tag, expected):
        raise jwt.InvalidKeyError(
            "it was not encrypted with this server's key, or was changed"
        )
    header = json.loads(decode64(protected))
    decryptor = Cipher(AES(key[16:]), CBC(iv)).decryptor()
    padded = decryptor.update(text) + decryptor.finalize()
    unpadder = PKCS7(AES.block_size).unpadder()
    payload = unpadder.update(padded) + unpadder.finalize()
    return inflate(payload) if header.get("zip") == DEFLATED else payload


def _tag(key: bytes, protected: str, iv: bytes, text: bytes) -> bytes:
    """RFC 7518 section 5.2.2.1."""
    aad = protected.encode()
    length = (len(aad) * 8).to_bytes(8, "big")
    return hmac.digest(key[:16], aad + iv + text + length, "sha256")[:TAG_OCTETS]
