"""Many values that are much alike, each in few bytes."""

import json
import zlib
from typing import Any

WINDOW = 12
"""The logarithm of how far back a packed text can refer."""

LONGEST_SAMPLE = 1 << (WINDOW - 2)
MOST_SAMPLES = 200
WELL = 4
"""A text is packed well to a quarter; the claims of a token, to an eighth."""


class Packing:
    """Packs values as JSON, and each as far as it differs from one before.

    A text that did not pack well becomes a sample for those that follow.
    """

    def __init__(self) -> None:
        self._samples = [b"{}"]
        self._fresh = _deflate(b"{}")

    def pack(self, value: Any) -> bytes:
        """The value, packed; the first byte says by which sample.

        Raises:
            RecursionError: It is nested too deep for JSON.
        """
        text = _text(value).encode()
        packing = self._fresh.copy()
        number = len(self._samples) - 1
        packed: bytes = bytes((number,)) + packing.compress(text) + packing.flush()
        if len(packed) * WELL > len(text) and len(text) <= LONGEST_SAMPLE:
            self._learn(text)
        return packed

    def unpack(self, packed: bytes) -> Any:
        """The value again: one of its own."""
        unpacking = zlib.decompressobj(-WINDOW, self._samples[packed[0]])
        return json.loads(unpacking.decompress(packed[1:]))

    def _learn(self, text: bytes) -> None:
        if len(self._samples) < MOST_SAMPLES:
            sample = (self._samples[-1] + text)[-(1 << WINDOW) :]
            self._samples.append(sample)
            self._fresh = _deflate(sample)


_text = json.JSONEncoder(separators=(",", ":")).encode


def _deflate(sample: bytes) -> Any:
    """Packs without a header, in little memory."""
    return zlib.compressobj(
        3, zlib.DEFLATED, -WINDOW, 4, zlib.Z_DEFAULT_STRATEGY, sample
    )
