"""What the policies leave of the scopes that somebody asks for.

Source: PingAM 8.1 "Dynamic OAuth 2.0 authorization". A scope that a policy grants needs
no consent; one that a policy denies is left out. Where no policy speaks, a person is
asked; where nobody can be asked, the scope is left out, unless consent is implied.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from workbench.am.basics.among import among, beyond
from workbench.am.basics.secrets import safe_text
from workbench.am.clients.client import Client
from workbench.am.clients.effective import Effective
from workbench.am.scopes.policy import Policy, PolicySubject, verdicts

OPENID = "openid"
"""Needs no policy: the vendor's sample has it in a token though none speaks of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """The scopes asked for, as the policies have them.

    Attributes:
        granted: Those that a policy grants, and ``openid``.
        denied: Those that a policy denies.
        open: Those that no policy speaks of.
    """

    granted: tuple[str, ...] = ()
    denied: tuple[str, ...] = ()
    open: tuple[str, ...] = ()

    def left_out(self, kept: Iterable[str]) -> str:
        """Which scopes are not among those kept, and why, for people; or ""."""
        silent = beyond(self.open, kept)
        reasons = ((self.denied, "denied"), (silent, "no policy grants it"))
        return ", ".join(
            f"{safe_text(scope)} ({why})" for scopes, why in reasons for scope in scopes
        )


def judge_scopes(
    settings: Effective,
    policies: Iterable[Policy],
    scopes: tuple[str, ...],
    subject: PolicySubject,
) -> Judged | None:
    """What the policies say of each scope; None where nobody asks them.

    A policy set that is not there is like an empty one; that is inferred.
    """
    if not settings.usePolicyEngineForScope:
        return None
    ruling = [each for each in policies if each.policy_set == settings.scopesPolicySet]
    said = verdicts(ruling, scopes, subject)
    granted = {each for each in scopes if said.get(each, each == OPENID)}
    denied = {each for each in scopes if said.get(each) is False}
    return Judged(
        granted=among(scopes, granted),
        denied=among(scopes, denied),
        open=beyond(scopes, granted | denied),
    )


def consent_implied(client: Client, settings: Effective) -> bool:
    """Whether nobody is asked: both the client and its settings say so."""
    return client.is_consent_implied and settings.clientsCanSkipConsent


def without_asking(
    found: Judged, scopes: tuple[str, ...], *, implied: bool
) -> tuple[str, ...]:
    """What is granted where nobody can be asked.

    Args:
        found: What the policies say.
        scopes: Those asked for, in order.
        implied: Whether consent is.
    """
    return among(scopes, (*found.granted, *(found.open if implied else ())))
