"""Time and identifiers, given to the realm so that nothing varies unless asked."""

import base64
import hashlib
import secrets
import threading
import time
import uuid

from workbench.am.basics.characters import HALF, all_whole
from workbench.am.basics.watching import Watchers
from workbench.errors import SettingError

LATEST = 253_402_300_799
"""The last second of the year 9999."""


class Clock:
    """The bench's clock: the system's, or frozen.

    Args:
        now: Whole seconds since the epoch to freeze at, or None to follow the
            system.

    Raises:
        SettingError: ``now`` is something else.
    """

    def __init__(self, now: int | None = None) -> None:
        self._frozen = None if now is None else _time(now)
        self._offset = 0
        self.watchers = Watchers()

    @property
    def frozen(self) -> bool:
        """Whether time stands still until advanced."""
        return self._frozen is not None

    @property
    def frozen_at(self) -> int | None:
        """Where it was frozen, before it was moved; None: it follows the system."""
        return self._frozen

    @property
    def ahead(self) -> int:
        """Seconds by which it was moved forward."""
        return self._offset

    def now(self) -> int:
        """Whole seconds since the epoch."""
        base = int(time.time()) if self._frozen is None else self._frozen
        return base + self._offset

    def advance(self, seconds: int) -> int:
        """Move forward and return the new time.

        Args:
            seconds: A whole number, 0 or more.

        Raises:
            SettingError: It is something else, or leads beyond the year 9999.
        """
        self.set(self._frozen, self._offset + _whole("seconds", seconds))
        return self.now()

    def set(self, frozen_at: int | None, ahead: int = 0) -> None:
        """Let it stand, or run, as another clock does.

        Args:
            frozen_at: As ``now`` of a new clock.
            ahead: Seconds by which it was moved forward.

        Raises:
            SettingError: One is no such number, or the time is beyond the year 9999.
        """
        frozen = None if frozen_at is None else _time(frozen_at)
        start = int(time.time()) if frozen is None else frozen
        if start + _whole("ahead", ahead) > LATEST:
            raise SettingError("The clock cannot be moved beyond the year 9999.")
        self._frozen, self._offset = frozen, ahead
        self.watchers.refresh()

    def __repr__(self) -> str:
        return f"<Clock {self.now()}{' frozen' if self.frozen else ''}>"


class Ids:
    """The source of identifiers, secrets and key material.

    With a seed every value is the same on every run and machine: a keyed hash of a
    counter. Without one, values come from the system's random source.

    Args:
        seed: Any text, or None for randomness.

    Raises:
        SettingError: The seed is something else.
    """

    def __init__(self, seed: str | None = None) -> None:
        self._counting = threading.Lock()
        self.resume(seed, 0, 0)

    def resume(self, seed: str | None, given: int, scripts: int) -> None:
        """Go on as a source of this seed that has given so much already.

        Args:
            seed: As of a new source.
            given: How often it gave identifiers; :attr:`given` of the other.
            scripts: How many scripts were given random values; likewise.

        Raises:
            SettingError: The seed is no text.
        """
        if not isinstance(seed, str | None):
            raise SettingError(f'The seed is a text, such as "doc"; not {seed!r}.')
        if seed is not None and not all_whole(seed):
            raise SettingError(f"The seed {HALF}.")
        octets = None if seed is None else seed.encode()
        self._key = None if octets is None else hashlib.sha256(octets).digest()
        self._counter, self._scripts = given, scripts

    @property
    def given(self) -> int:
        """How often a seeded source gave identifiers."""
        return self._counter

    @property
    def scripts(self) -> int:
        """How many scripts it gave the seed of their random values."""
        return self._scripts

    @property
    def seeded(self) -> bool:
        """Whether the values are reproducible."""
        return self._key is not None

    def token(self) -> str:
        """27 URL-safe characters, the shape of AM's opaque tokens and ``jti``."""
        return base64.urlsafe_b64encode(self.octets(20)).decode().rstrip("=")

    def uuid(self) -> str:
        """A random (version 4) UUID."""
        return str(uuid.UUID(bytes=self.octets(16), version=4))

    def script_seed(self) -> str:
        """What the random values of the next script come from.

        Counted apart from the identifiers, so that a script tried out shifts none.
        """
        if self._key is None:
            return secrets.token_hex(16)
        with self._counting:
            self._scripts += 1
            number = self._scripts
        return _expand(self._key, f"script {number}", 16).hex()

    def octets(self, count: int) -> bytes:
        """The next ``count`` bytes."""
        if self._key is None:
            return secrets.token_bytes(count)
        with self._counting:
            self._counter += 1
            number = self._counter
        return _expand(self._key, f"id {number}", count)

    def key_octets(self, label: str, count: int) -> bytes:
        """Bytes for a named key, apart from the running identifiers.

        A key is made when it is first needed, so its bytes may not depend on
        how many identifiers were handed out before.
        """
        if self._key is None:
            return secrets.token_bytes(count)
        return _expand(self._key, f"key {label}", count)


def _whole(name: str, value: object) -> int:
    if type(value) is not int or value < 0:
        raise SettingError(
            f"{name} is in whole seconds, 0 or more, as tokens are; not {value!r}."
        )
    return value


def _time(now: object) -> int:
    """Seconds since the epoch; in the year 9999 at the latest."""
    whole = _whole("now", now)
    if whole > LATEST:
        raise SettingError(
            f"now is in seconds since the epoch, before the year 10000; {whole} seems "
            "to be milliseconds or less."
        )
    return whole


def _expand(key: bytes, label: str, count: int) -> bytes:
    """Keyed BLAKE2b of a label: up to 64 bytes a block."""
    if count <= 64:
        return hashlib.blake2b(label.encode(), key=key, digest_size=count).digest()
    return _expand(key, f"{label} block {count}", 64) + _expand(key, label, count - 64)
