"""How values show themselves in a notebook: HTML for people, text beside it."""

from collections.abc import Callable, Container
from typing import Any

from workbench.am.admin.audit import AuditTrail
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
from workbench.views.audit import audit_html, audit_text
from workbench.views.decision import decision_html, decision_text
from workbench.views.page.plain import visible_text
from workbench.views.profile import (
    profile_html,
    profile_text,
    provider_html,
    provider_text,
)
from workbench.views.realms import realms_html, realms_text
from workbench.views.scripts.check import checked_html, checked_text
from workbench.views.scripts.script import (
    outcome_html,
    outcome_text,
    script_html,
    script_text,
)
from workbench.views.sequence.face import Sequence, sequence_html, sequence_text
from workbench.views.tokens.compare import Comparison, comparison_html, comparison_text
from workbench.views.tokens.token import token_html, token_text

Draw = Callable[[Any], str]


def attach(cls: type, html: Draw, text: Draw) -> None:
    """Give a class its two faces.

    Args:
        cls: The class whose values show themselves.
        html: A value as HTML.
        text: A value as text; what a terminal would obey is made visible.
    """

    def plain(value: Any) -> str:
        return visible_text(text(value), keep="\n\t")

    def bundle(
        self: Any,
        include: Container[str] | None = None,
        exclude: Container[str] | None = None,
    ) -> dict[str, str]:
        faces = {"text/html": html, "text/plain": plain}
        return _chosen(faces, self, include, exclude)

    def face(self: Any) -> str:
        return html(self)

    # By setattr, because a type checker knows neither name on a plain class.
    setattr(cls, "_repr_mimebundle_", bundle)  # noqa: B010
    setattr(cls, "_repr_html_", face)  # noqa: B010


def _chosen(
    draws: dict[str, Draw],
    value: Any,
    include: Container[str] | None,
    exclude: Container[str] | None,
) -> dict[str, str]:
    return {
        kind: draw(value)
        for kind, draw in draws.items()
        if (not include or kind in include) and (not exclude or kind not in exclude)
    }


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


FACES: dict[type, tuple[Draw, Draw]] = {
    Granted: (decision_html, decision_text),
    Refused: (decision_html, decision_text),
    Inspection: (token_html, token_text),
    AuditTrail: (audit_html, audit_text),
    ScriptOutcome: (outcome_html, outcome_text),
    Checked: (checked_html, checked_text),
    MayActScript: (script_html, script_text),
    RegistrationScript: (script_html, script_text),
    LibraryScript: (script_html, script_text),
    Comparison: (comparison_html, comparison_text),
    Profile: (profile_html, profile_text),
    ProviderSettings: (provider_html, provider_text),
    Realms: (realms_html, realms_text),
    Sequence: (sequence_html, sequence_text),
}
"""What shows itself, and how."""


def attach_all() -> None:
    """Give every class in the table its faces; am itself knows no display."""
    for cls, (html, text) in FACES.items():
        attach(cls, html, text)
