"""What is said of a refusal of another server; no token and no secret is in it."""

from dataclasses import dataclass

from workbench.agent.captured.exchange import CapturedAnswer
from workbench.am.exchange.decision import Check
from workbench.interop.twin.doubt import Suspect
from workbench.views.page.attached import Draws, attach_later


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """Which rules could have refused, the likeliest first.

    Attributes:
        method: Of the request.
        url: Where it went, without secrets.
        sent: The parameters, masked.
        answer: What came back; None where nobody knows.
        suspects: The rules, the likeliest first.
        also: What would refuse as well, once the first is mended, for sure.
        passed: The rules that pass for sure, or as far as can be known.
        next_thing: The one thing to do now.
        known: What is known of the client, the tokens and the server, one a line.
        notes: What is good to know of how it was read.
    """

    method: str
    url: str
    sent: tuple[tuple[str, str], ...]
    answer: CapturedAnswer | None
    suspects: tuple[Suspect, ...]
    also: tuple[Check, ...]
    passed: tuple[str, ...]
    next_thing: str
    known: tuple[tuple[str, str], ...]
    notes: tuple[str, ...]

    @property
    def likeliest(self) -> Suspect | None:
        """The rule that is named first; None where none could have refused."""
        return self.suspects[0] if self.suspects else None

    @property
    def rules(self) -> tuple[str, ...]:
        """The rules that could have refused, the likeliest first."""
        return tuple(dict.fromkeys(each.check.rule for each in self.suspects))

    def __repr__(self) -> str:
        first = self.likeliest
        what = first.check.rule if first else "no rule of the bench"
        return (
            f"<Explanation {'for sure' if first and first.sure else 'likely'}: {what}>"
        )


def _faces() -> Draws:
    from workbench.views.explanation import explanation_html, explanation_text

    return explanation_html, explanation_text


attach_later(Explanation, _faces)
