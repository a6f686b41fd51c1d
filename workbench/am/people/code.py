"""Authorization codes (RFC 6749 section 4.1) and their proof keys (RFC 7636)."""

import base64
import hashlib
import hmac
import re
from dataclasses import dataclass, field

from workbench.am.basics.clock import Clock, Ids
from workbench.am.basics.expiring import Expiring
from workbench.am.basics.table import Table
from workbench.am.people.user import User

PLAIN, S256 = "plain", "S256"
CHALLENGE_METHODS = (PLAIN, S256)

MOST = 10_000
"""How many codes are kept; beyond it go expired ones, and then the oldest."""

VERIFIER = re.compile(r"[A-Za-z0-9._~-]{43,128}\Z")  # RFC 7636 section 4.1


@dataclass(slots=True, kw_only=True)
class AuthorizationCode:
    """A code and what a person consented to with it.

    Attributes:
        client_id: Whom it was issued to.
        user: Who consented.
        scope: What was consented to.
        redirect_uri: As sent to the authorization endpoint; None where it was not.
        expires: Seconds since the epoch.
        grant_id: The grant that every token of it belongs to.
        auth_time: Seconds since the epoch of the login.
        auth_level: Of the login.
        nonce: For the ID token, or "".
        challenge: The proof key's challenge, or "".
        challenge_method: ``plain`` or ``S256``.
        used: Whether tokens were issued for it.
    """

    client_id: str
    user: User
    scope: tuple[str, ...]
    redirect_uri: str | None
    expires: int
    grant_id: str
    auth_time: int
    auth_level: int
    nonce: str = ""
    challenge: str = field(default="", repr=False)
    challenge_method: str = PLAIN
    used: bool = False


class CodeStore:
    """The codes of a realm, found by their value.

    A code is forgotten a day after its end, so that until then one that comes again
    revokes what it gave; how long AM remembers is unknown.
    """

    def __init__(self, clock: Clock, ids: Ids) -> None:
        self._clock = clock
        self._ids = ids
        self._codes = Expiring[AuthorizationCode](
            "codes", lambda code: code.expires, most=MOST
        )

    @property
    def tables(self) -> tuple[Table[AuthorizationCode]]:
        """All that it keeps."""
        return (self._codes,)

    def keep(self, code: AuthorizationCode) -> str:
        """Keep a code and return its value."""
        value = self._ids.token()
        self._codes.add(value, code, self._clock.now())
        return value

    def find(self, value: str) -> AuthorizationCode | None:
        """The code of this value, used or expired as it may be."""
        return self._codes.get(value)

    def use(self, value: str) -> None:
        """Remember that tokens were issued for a code."""
        self._codes[value].used = True
        self._codes.touch(value)

    def has_expired(self, code: AuthorizationCode) -> bool:
        """Whether its time is over."""
        return self._clock.now() >= code.expires


def verifier_fits(code: AuthorizationCode, verifier: str) -> bool:
    """Whether a verifier proves who asked for the code (RFC 7636 section 4.6)."""
    if not VERIFIER.match(verifier):
        return False
    proof = verifier.encode()
    if code.challenge_method == S256:
        digest = hashlib.sha256(proof).digest()
        proof = base64.urlsafe_b64encode(digest).rstrip(b"=")
    return hmac.compare_digest(proof, code.challenge.encode())
