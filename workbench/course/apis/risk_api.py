"""A risk-scoring API: its policy, its log, and what it answers a bearer token."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from workbench.course.apis.access_log import Access, AccessLog
from workbench.course.apis.policy import ApiPolicy, Verdict, actors_of
from workbench.course.apis.published import IssuerUnavailable
from workbench.course.apis.scoring import Score
from workbench.course.apis.verifier import TokenUnfit, TokenVerifier
from workbench.errors import SettingError

BEARER = re.compile(r"bearer(?: +(.*))?", re.IGNORECASE | re.DOTALL)
TOKEN = re.compile(r"[A-Za-z0-9._~+/-]+=*")
"""What a bearer token may look like (RFC 6750, section 2.1)."""


@dataclass(frozen=True, slots=True)
class Admission:
    """Whether a request may go on, and what is said where it may not.

    Attributes:
        status: 200, or the status of the refusal.
        reason: Why, for the log.
        error: The error code of RFC 6750, section 3.1; "" where there is none.
        told: The ``error_description``; "" where there is none.
        scope: The scope that is needed; "" where that is not the reason.
        claims: What the token says, as far as it is good.
    """

    status: int
    reason: str
    error: str = ""
    told: str = ""
    scope: str = ""
    claims: Mapping[str, Any] | None = None


class RiskApi:
    """One API: it scores customers for whom its policy names.

    Args:
        name: Such as ``ledger``.
        url: Where it is.
        issuer: Whose tokens it takes.
        score: Its model.
        policy: Who may call it; can be assigned at any time.
        verifier: Checks tokens.
        decide: Judges by the policy.
        now: The time in seconds since the epoch.

    Attributes:
        log: What was asked, oldest first.
        changed: Is called once the policy is another.
    """

    def __init__(
        self,
        name: str,
        url: str,
        *,
        issuer: str,
        score: Callable[[str], Score],
        policy: ApiPolicy,
        verifier: TokenVerifier,
        decide: Callable[[ApiPolicy, Mapping[str, Any]], Verdict],
        now: Callable[[], int],
    ) -> None:
        self.name, self.url, self.issuer = name, url, issuer
        self.score = score
        self.changed: Callable[[], None] = lambda: None
        self.policy = policy
        self.verifier = verifier
        self.log = AccessLog()
        self.keep: Callable[[Access], None] = self.log.append
        self._decide = decide
        self._now = now

    @property
    def policy(self) -> ApiPolicy:
        """Who may call it.

        Raises:
            SettingError: It is set to something that is no policy.
        """
        return self._policy

    @policy.setter
    def policy(self, policy: ApiPolicy) -> None:
        if not isinstance(policy, ApiPolicy):
            raise SettingError(
                "policy is an ApiPolicy, such as replace(api.policy, actors=None).",
                about="policy",
            )
        self._policy = policy
        self.changed()

    @property
    def metadata_url(self) -> str:
        """Where it says who guards it (RFC 9728, section 3)."""
        return f"{self.url}/.well-known/oauth-protected-resource"

    def metadata(self) -> dict[str, Any]:
        """Who guards it (RFC 9728, section 2)."""
        return {
            "resource": self.url,
            "resource_name": f"Risk score: {self.name}",
            "authorization_servers": [self.issuer],
            "scopes_supported": [self.policy.scope],
            "bearer_methods_supported": ["header"],
        }

    def admit(self, authorization: str | None) -> Admission:
        """Judge a request by its ``Authorization`` header."""
        sent = BEARER.fullmatch(authorization or "")
        if sent is None:
            return Admission(401, "No bearer token was sent.")
        if sent[1] is None or not TOKEN.fullmatch(sent[1]):
            reason = "What was sent as bearer token has not the form of one."
            return Admission(400, reason, "invalid_request", "No bearer token")
        try:
            claims = self.verifier.verify(sent[1])
        except TokenUnfit as problem:
            return Admission(
                401,
                problem.reason,
                "invalid_token",
                problem.told,
                claims=problem.claims,
            )
        except IssuerUnavailable as problem:
            return Admission(503, f"The token could not be checked: {problem}")
        verdict = self._decide(self.policy, claims)
        if verdict.allowed:
            return Admission(200, verdict.reason, claims=claims)
        if verdict.lacking:
            told = "The access token lacks a scope"
            return Admission(
                403,
                verdict.reason,
                "insufficient_scope",
                told,
                verdict.lacking,
                claims,
            )
        return Admission(403, verdict.reason, claims=claims)

    def remember(self, admission: Admission, status: int, reason: str) -> None:
        """Put a request into the log, with both identities."""
        self.keep(
            access(
                admission.claims or {},
                time=self._now(),
                api=self.name,
                status=status,
                allowed=status == 200,
                reason=reason,
            )
        )

    def __repr__(self) -> str:
        return f"<RiskApi {self.name} at {self.url}>"


def access(
    claims: Mapping[str, Any],
    *,
    time: int,
    api: str,
    status: int,
    allowed: bool,
    reason: str,
) -> Access:
    """An entry of a log, with the identities that a token names."""
    current, *earlier = actors_of(claims) or ("",)
    return Access(
        time=time,
        api=api,
        subject=str(claims.get("sub", "")),
        actor=current or ("(no sub)" if "act" in claims else ""),
        earlier=tuple(earlier),
        client_id=str(claims.get("client_id") or ""),
        status=status,
        allowed=allowed,
        reason=reason,
    )
