"""How values show themselves in a notebook: HTML for people, text beside it."""

from collections.abc import Callable

from workbench.am.admin.audit import AuditTrail
from workbench.am.dry_runs.delegation import Delegations
from workbench.am.exchange.decision import Granted, Refused
from workbench.am.realms import Realms
from workbench.am.scripts.script import (
    LibraryScript,
    MayActScript,
    RegistrationScript,
    ScriptOutcome,
)
from workbench.am.settings.profile import Profile
from workbench.am.settings.provider import ProviderSettings
from workbench.am.tokens.inspection import Inspection
from workbench.sandbox.check import Checked
from workbench.views.page.attached import Draws, attach, attach_later


class Face:
    """Something to look at: HTML, and the same as text.

    Args:
        html: What a notebook shows.
        text: What a terminal shows.
    """

    __slots__ = ("html", "text")

    def __init__(self, html: str, text: str) -> None:
        self.html = html
        self.text = text

    def __str__(self) -> str:
        return self.text

    def __repr__(self) -> str:
        return self.text

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Face):
            return NotImplemented
        return (self.html, self.text) == (other.html, other.text)

    def __hash__(self) -> int:
        return hash((self.html, self.text))


attach(Face, lambda face: str(face.html), lambda face: str(face.text))


def _decision() -> Draws:
    from workbench.views.decision import decision_html, decision_text

    return decision_html, decision_text


def _token() -> Draws:
    from workbench.views.tokens.token import token_html, token_text

    return token_html, token_text


def _audit() -> Draws:
    from workbench.views.audit import audit_html, audit_text

    return audit_html, audit_text


def _outcome() -> Draws:
    from workbench.views.scripts.script import outcome_html, outcome_text

    return outcome_html, outcome_text


def _checked() -> Draws:
    from workbench.views.scripts.check import checked_html, checked_text

    return checked_html, checked_text


def _script() -> Draws:
    from workbench.views.scripts.script import script_html, script_text

    return script_html, script_text


def _profile() -> Draws:
    from workbench.views.profile import profile_html, profile_text

    return profile_html, profile_text


def _provider() -> Draws:
    from workbench.views.profile import provider_html, provider_text

    return provider_html, provider_text


def _realms() -> Draws:
    from workbench.views.realms import realms_html, realms_text

    return realms_html, realms_text


def _delegations() -> Draws:
    from workbench.views.delegations.face import delegations_html, delegations_text

    return delegations_html, delegations_text


FACES: dict[type, Callable[[], Draws]] = {
    Granted: _decision,
    Refused: _decision,
    Inspection: _token,
    AuditTrail: _audit,
    ScriptOutcome: _outcome,
    Checked: _checked,
    MayActScript: _script,
    RegistrationScript: _script,
    LibraryScript: _script,
    Profile: _profile,
    ProviderSettings: _provider,
    Realms: _realms,
    Delegations: _delegations,
}
"""What shows itself, and where that is drawn: loaded once there is something to see."""


def attach_all() -> None:
    """Give every class in the table its faces; am itself knows no display."""
    for cls, load in FACES.items():
        attach_later(cls, load)
