"""A step of a call, and the play that its steps make."""

from dataclasses import dataclass, field

from workbench.am.exchange.decision import Decision
from workbench.am.scripts.script import ScriptOutcome
from workbench.am.tokens.inspection import Inspection

REQUEST, CLIENT, SUBJECT, ACTOR, GRANT, RULE, SCRIPT, TOKEN, ANSWER = STAGES = (
    "request",
    "client",
    "subject token",
    "actor token",
    "grant",
    "rules",
    "script",
    "new token",
    "answer",
)
"""What a call goes through, in order; few calls go through all."""

PASSED, FAILED, UNREACHED = "passed", "failed", "not reached"
"""How a step came out."""

ISSUED = "new token"

Facts = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlayStep:
    """One thing that the server did with a call, or did not come to do.

    Attributes:
        stage: One of ``STAGES``.
        title: What happened, as a statement.
        state: ``passed``, ``failed`` or ``not reached``.
        said: One sentence on it, or "".
        facts: Words and what belongs to each; tokens cut short, secrets hidden.
        source: The document that states the rule, or "".
        decides: Whether it decided the answer.
        rule: The rule's number in the decision, or None.
        group: What the rule is about, such as ``scope``; "" of what is no rule.
        looks: What it looked at, as ``request.scope`` or ``subject token.may_act``.
        opened: The tokens that are open by now, by their role.
        script: Which of the scripts it is about, by index, or None.
        line: The line of that script where it failed, or None.
    """

    stage: str
    title: str
    state: str = PASSED
    said: str = ""
    facts: Facts = ()
    source: str = ""
    decides: bool = False
    rule: int | None = None
    group: str = ""
    looks: tuple[str, ...] = ()
    opened: tuple[str, ...] = ()
    script: int | None = None
    line: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Play:
    """A call as its steps, with what there is to see beside them.

    Attributes:
        title: The call in a few words.
        client: Who sent it, or "".
        request: Its parameters, as they may be shown.
        tokens: Those that it sent and brought, by role, in order of issue.
        scripts: Those that ran.
        decision: Of an exchange, else None.
        steps: In order.
        supposed: Whether nobody sent it.
        changed: The parameters that were changed for it.
    """

    title: str
    client: str = ""
    request: Facts = ()
    tokens: tuple[tuple[str, Inspection], ...] = ()
    scripts: tuple[ScriptOutcome, ...] = field(default=(), repr=False)
    decision: Decision | None = field(default=None, repr=False)
    steps: tuple[PlayStep, ...] = ()
    supposed: bool = False
    changed: tuple[str, ...] = ()

    def is_decided_at(self, step: PlayStep) -> bool:
        """Whether the answer is decided once this step is done."""
        done = self.steps[: self.steps.index(step) + 1]
        return any(each.decides for each in done)

    @property
    def ends(self) -> PlayStep:
        """The step that decided the answer; the last where all passed."""
        return next((each for each in self.steps if each.decides), self.steps[-1])
