"""The rules of an exchange as steps, up to the one that decides."""

from collections.abc import Iterator, Sequence

from workbench.am.exchange.decision import Check, Decision
from workbench.am.exchange.rules import BY_STATEMENT, why
from workbench.views.checks import with_it
from workbench.views.page.plain import visible_text
from workbench.views.player import step as stages
from workbench.views.player.asked import brief
from workbench.views.player.ending import AUTHENTICATED
from workbench.views.player.looks import LOOKS
from workbench.views.player.step import FAILED, PASSED, UNREACHED, PlayStep

_PLACES = {statement: place for place, statement in enumerate(BY_STATEMENT)}

Ruled = tuple[str, Check | None]
"""A rule's statement, and how it came out; None where it could not be evaluated."""


def in_order(decision: Decision) -> list[Ruled]:
    """Every rule of a decision in the order of the specification.

    What is checked of a script that ran is no rule, and left out.
    """
    checked: list[Ruled] = [(check.rule, check) for check in decision.checks]
    missing: list[Ruled] = [(rule, None) for rule in decision.not_evaluated]
    known = [each for each in [*checked, *missing] if each[0] in BY_STATEMENT]
    known += [(check.rule, check) for check in decision.left_out]
    return sorted(known, key=lambda each: _PLACES[each[0]])


def rule_steps(decision: Decision) -> Iterator[PlayStep]:
    """A step for each rule but the client's own, and one for those not reached."""
    ruled = in_order(decision)
    refusal = decision.refusal
    for place, (statement, check) in enumerate(ruled):
        if statement != AUTHENTICATED:
            yield _step(statement, check, decision)
        if check is not None and check is refusal:
            yield from _rest(ruled[place + 1 :], decision.left_out)
            return


def _step(statement: str, check: Check | None, decision: Decision) -> PlayStep:
    rule, looks = BY_STATEMENT[statement], LOOKS[statement]
    if check is None:
        return PlayStep(
            stage=stages.RULE,
            title=visible_text(statement),
            state=UNREACHED,
            said="It could not be evaluated: what it looks at is not there.",
            source=rule.source,
            group=rule.about,
            looks=looks,
        )
    if check in decision.left_out:
        return PlayStep(
            stage=stages.RULE,
            title=visible_text(statement),
            state=UNREACHED,
            said=f"The profile leaves it out; {with_it(check)}.",
            facts=(("Expected", brief(check.expected)), ("Found", brief(check.found))),
            source=rule.source,
            group=rule.about,
            looks=looks,
        )
    return PlayStep(
        stage=stages.RULE,
        title=visible_text(check.rule),
        state=PASSED if check.passed else FAILED,
        said=visible_text(why(check)),
        facts=(
            ("Expected", brief(check.expected)),
            ("Found", brief(check.found)),
            ("Who decides", check.decided_by),
        ),
        source=check.source,
        decides=check is decision.refusal,
        rule=decision.checks.index(check) + 1,
        group=rule.about,
        looks=looks,
    )


def _rest(ruled: Sequence[Ruled], left_out: tuple[Check, ...]) -> Iterator[PlayStep]:
    """The rules behind the one that decided, in one step."""
    if not ruled:
        return
    asked = [check for _, check in ruled if check not in (None, *left_out)]
    fail = [check for check in asked if check is not None and not check.passed]
    passed = len(asked) - len(fail)
    blind = [statement for statement, check in ruled if check is None]
    noun = "rule" if len(ruled) == 1 else "rules"
    yield PlayStep(
        stage=stages.RULE,
        title=f"{len(ruled)} more {noun}: not reached",
        state=UNREACHED,
        said="The first rule that fails decides. The bench looked on all the same:",
        facts=(
            *(("Would fail too", brief(f"{c.rule}: {c.found}")) for c in fail),
            *((("Would pass", str(passed)),) if passed else ()),
            *(("Cannot be looked at", brief(each)) for each in blind),
        ),
    )
