"""Who lays open the tokens of a walk: the realm itself, or somebody outside it."""

import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

import httpx

from workbench.am.exchange.decision import Decision
from workbench.am.reading.read_token import inspect_token
from workbench.am.realm import Realm
from workbench.am.tokens.inspection import Inspection
from workbench.am.tokens.unverified import decode_unverified
from workbench.course.apis.published import IssuerUnavailable, PublishedIssuer
from workbench.course.apis.verifier import ALGORITHMS, TokenUnfit, TokenVerifier

NOT_SHOWN = (
    "This server is another process: its decisions, rules and audit trail cannot be "
    "shown. Tokens are checked with its published keys, or by introspection."
)


class TokenLook(Protocol):
    """Lays tokens open, and knows why an exchange came out as it did."""

    def token(self, value: str, label: str) -> Inspection:
        """What can be said of a token."""

    def decision(self) -> Decision | None:
        """The decision of what was sent last; None where there is or was none."""

    @property
    def remark(self) -> str:
        """What cannot be shown, in a sentence or two; or ""."""


@dataclass(frozen=True, slots=True)
class InsideLook:
    """Sees all, as whoever has the realm does."""

    realm: Realm
    remark: str = ""

    def token(self, value: str, label: str) -> Inspection:
        """All that the realm knows of it."""
        return inspect_token(self.realm, value, label)

    def decision(self) -> Decision | None:
        """As the audit trail has it."""
        return self.realm.audit[-1].decision


class OutsideLook:
    """Sees what a client sees: published keys, and introspection of its own tokens.

    Args:
        issuer: The realm's OAuth2 URL.
        http: Reaches it, and keeps no calls.
        clients: Those by which it introspects.
        secret: Theirs.
    """

    remark = NOT_SHOWN

    def __init__(
        self, issuer: str, http: httpx.Client, clients: Iterable[str], secret: str
    ) -> None:
        self._asking = [
            PublishedIssuer(issuer, http, client_id, secret)
            for client_id in dict.fromkeys(clients)
        ]

    def decision(self) -> Decision | None:
        """None: that is never told over the wire."""
        return None

    def token(self, value: str, label: str) -> Inspection:
        """What the keys and introspection say of it."""
        read = decode_unverified(value)
        if read is None:
            return self._opaque(value, label)
        header, claims = read
        if header.get("alg") in ALGORITHMS:
            said, genuine = self._checked(value)
        else:
            genuine = self._introspected(value) is not None
            told = "says that it is active" if genuine else "told nothing"
            said = (
                f"Signed with {header.get('alg')}, whose key only the server has; "
                f"introspection {told}."
            )
        return _inspection(label, header, claims, said, genuine)

    def _opaque(self, value: str, label: str) -> Inspection:
        told = self._introspected(value)
        said = "Opaque: a random value; introspection "
        said += "told what it stands for." if told else "told nothing."
        return _inspection(label, None, told, said, told is not None)

    def _checked(self, value: str) -> tuple[str, bool]:
        verifier = TokenVerifier(self._asking[0], None, time.time)
        try:
            verifier.verify(value)
        except TokenUnfit as problem:
            return problem.reason, False
        except IssuerUnavailable as problem:
            return f"Not checked: {problem}", False
        return "Verified: signed with a key that the server publishes.", True

    def _introspected(self, value: str) -> dict[str, Any] | None:
        """What the first client is told that is told anything."""
        for issuer in self._asking:
            try:
                told = issuer.introspected(value)
            except IssuerUnavailable:
                continue
            if told.get("active") is True:
                return told
        return None


def _inspection(
    label: str,
    header: Mapping[str, Any] | None,
    claims: dict[str, Any] | None,
    said: str,
    genuine: bool,
) -> Inspection:
    return Inspection(
        label=label,
        form="server-side" if header is None else "client-side",
        header=header,
        claims=claims,
        introspection=claims if header is None else None,
        genuine=genuine,
        signature=said,
        state="active" if genuine else "from elsewhere",
        now=int(time.time()),
    )
