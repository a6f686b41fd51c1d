"""An exchange on one card: how it ended, by which rule, why, and what would mend it.

Below stand the rules that failed; those that passed are folded, by what they are about.
"""

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import NamedTuple

from markupsafe import Markup

from workbench.am.basics.words import counted
from workbench.am.exchange.act import chain
from workbench.am.exchange.decision import Check, Decision, Grant
from workbench.am.exchange.rule import GROUPS
from workbench.am.exchange.rules import ABOUT_OUTCOME, group_of, why
from workbench.views.checks import left_out_html, left_out_lines, passed_all, rule_html
from workbench.views.page.card import card, facts, folded
from workbench.views.page.html import bad, code, escape, good, page, table
from workbench.views.page.plain import limit_text, shorten, visible_text
from workbench.views.page.roles import (
    ACTOR,
    CLIENT,
    GRANTED,
    REFUSED,
    SUBJECT,
    Role,
    badge,
    who,
)

_ORDER = (*GROUPS, ABOUT_OUTCOME)


class Numbered(NamedTuple):
    """A rule as it came out, with its place among the rules asked."""

    number: int
    check: Check

    @property
    def about(self) -> str:
        """The group it belongs to."""
        return group_of(self.check.rule)


def decision_html(decision: Decision) -> str:
    """The card, the rules that failed, and the others folded."""
    return page(f"{_card(decision, advice=decision.advice)}{_rules(decision)}")


def verdict_html(decision: Decision) -> str:
    """The card alone, for a page that offers below it what would mend a refusal."""
    return page(_card(decision, advice=""))


def rules_html(decision: Decision) -> str:
    """What follows the card."""
    return page(_rules(decision))


# ---- The point


def _card(decision: Decision, *, advice: str) -> Markup:
    role = GRANTED if decision.granted else REFUSED
    first, rest = ending(decision)
    lines: list[tuple[object, object]] = [("Why", limit_text(reason(decision)))]
    if advice:
        lines.append(("To make it pass", advice))
    if sent := wire(decision):
        lines.append(("On the wire only", code(sent)))
    if named := [who(role, name) for role, name in parties(decision)]:
        lines.append(("Who", Markup(" &ensp;").join(named)))
    if decision.remark:
        lines.append(("Good to know", decision.remark))
    title = Markup(f"{badge(role, first)} {escape(rest)}")
    return card(role, title, facts(lines))


def ending(decision: Decision) -> tuple[str, str]:
    """How it ended: a word for the badge, and what follows it."""
    refusal = decision.refusal
    if refusal is not None:
        rule = f"{decision.refused_at}: {visible_text(refusal.rule)}"
        return "Refused", f"by rule {rule}"
    if decision.grant is None:
        return "Refused", "although no rule was broken: nothing was granted"
    scope = " ".join(decision.grant.scope) or "none"
    to = f"to {visible_text(decision.client_id)}" if decision.client_id else "it"
    return "Granted", f"{to}: {decision.grant.kind}, scope {visible_text(scope)}"


def reason(decision: Decision) -> str:
    """Why it ended so, in one sentence for a newcomer."""
    if decision.refusal is not None:
        return visible_text(why(decision.refusal))
    if decision.grant is None:
        return "Some rules could not be evaluated, for want of what they look at."
    return f"{passed_all(decision)} {_about(decision.sub, decision.grant)}"


def _about(sub: str, grant: Grant) -> str:
    sub = visible_text(sub) or "the subject"
    actors = chain(grant.act)
    if actors:
        name = visible_text(actors[0])
        return f"The new token is about {sub}; {name} acts for it."
    return f"The new token is about {sub}, and names no actor."


def wire(decision: Decision) -> str:
    """All that went over the wire of a refusal; "" of a grant."""
    refusal = decision.refusal
    if refusal is None:
        return ""
    return f'{visible_text(refusal.error)} "{visible_text(refusal.description)}"'


def parties(decision: Decision) -> Iterator[tuple[Role, str]]:
    """Who took part, as far as known."""
    actors = chain(decision.grant.act) if decision.grant else ()
    actor = decision.actor or (actors[0] if actors else "")
    named = ((CLIENT, decision.client_id), (SUBJECT, decision.sub), (ACTOR, actor))
    return ((role, shorten(name, 80)) for role, name in named if name)


# ---- The rules


def _rules(decision: Decision) -> Markup:
    failed, passed = _sorted(decision)
    parts = [
        _failed(failed),
        left_out_html(decision.left_out),
        _passed(passed),
        _not_evaluated(decision),
    ]
    return Markup("".join(parts))


def _sorted(decision: Decision) -> tuple[list[Numbered], list[Numbered]]:
    """The rules that failed in order, and those that passed by what they are about."""
    numbered = [Numbered(n, check) for n, check in enumerate(decision.checks, 1)]
    failed = [each for each in numbered if not each.check.passed]
    passed = [each for each in numbered if each.check.passed]
    return failed, sorted(passed, key=lambda each: _ORDER.index(each.about))


def _failed(failed: list[Numbered]) -> Markup:
    if not failed:
        return Markup()
    return table(
        ("#", "Rule and its source", "Expected", "Found", "Who decides"),
        [_failed_row(each, decides=each is failed[0]) for each in failed],
        caption="The rules that failed; the first decides"
        if failed[1:]
        else "The rule that failed",
        marked=0,
        widths=(11, 34, 21, 21, 13),
    )


def _failed_row(rule: Numbered, *, decides: bool) -> tuple[object, ...]:
    number, check = rule
    mark = "<br><b>decides</b>" if decides else ""
    return (
        Markup(f"{number} {bad('failed')}{mark}"),
        rule_html(check),
        limit_text(check.expected),
        limit_text(check.found),
        check.decided_by,
    )


def _passed(passed: list[Numbered]) -> Markup:
    if not passed:
        return Markup()
    rows = [
        (
            f"{about} {len(each)}" if index == 0 else "",
            str(one.number),
            rule_html(one.check),
            _brief(one.check.expected),
            _brief(one.check.found),
            one.check.decided_by,
        )
        for about, each in _groups(passed)
        for index, one in enumerate(each)
    ]
    header = ("About", "#", "Rule and its source", "Expected", "Found", "Who decides")
    inner = table(header, rows, label="Rules passed", widths=(12, 5, 32, 19, 19, 13))
    said = f"{counted(len(passed), 'rule')} passed"
    return folded(Markup(f"{good(said)}: {escape(_counts(passed))}"), inner)


def _groups(rules: Iterable[Numbered]) -> list[tuple[str, list[Numbered]]]:
    return [
        (about, list(each)) for about, each in groupby(rules, key=lambda r: r.about)
    ]


def _counts(rules: Iterable[Numbered]) -> str:
    return ", ".join(f"{about} {len(each)}" for about, each in _groups(rules))


def _brief(text: str) -> str:
    """What a passed rule looked at, shortened."""
    return shorten(text.replace("urn:ietf:params:oauth:", "…"), 80)


def _not_evaluated(decision: Decision) -> Markup:
    if not decision.not_evaluated:
        return Markup()
    rules = "".join(f"<li>{escape(rule)}</li>" for rule in decision.not_evaluated)
    return folded(_unknown(decision), f"<ul>{rules}</ul>")


def _unknown(decision: Decision) -> str:
    many = counted(len(decision.not_evaluated), "rule")
    return f"{many} could not be evaluated, for want of what to look at"


# ---- As text


def decision_text(decision: Decision) -> str:
    """The same as text: rules that passed in a line each."""
    failed, passed = _sorted(decision)
    lines = [*_point_lines(decision), ""]
    for each in failed:
        lines += _failed_lines(each, decides=each is failed[0])
    for check in decision.left_out:
        lines += left_out_lines(check)
    if passed:
        lines.append(f"{counted(len(passed), 'rule')} passed: {_counts(passed)}")
    for about, rules in _groups(passed):
        lines.append(f"  {about}")
        lines += map(_passed_line, rules)
    if decision.not_evaluated:
        lines.append(f"{_unknown(decision)}:")
        lines += [f"  - {visible_text(rule)}" for rule in decision.not_evaluated]
    return "\n".join(lines)


def _point_lines(decision: Decision) -> Iterator[str]:
    first, rest = ending(decision)
    sent = wire(decision)
    only = f"; on the wire only: {sent}" if sent else ""
    yield f"{'✓' if decision.granted else '✗'} {first} {rest}{only}"
    yield f"  {limit_text(reason(decision))}"
    if decision.advice:
        yield f"  To make it pass: {visible_text(decision.advice)}"
    named = [
        f"{role.sign} {role.word} {visible_text(name)}"
        for role, name in parties(decision)
    ]
    if named:
        yield f"  {', '.join(named)}"
    if decision.remark:
        yield f"  {visible_text(decision.remark)}"


def _failed_lines(rule: Numbered, *, decides: bool) -> list[str]:
    number, check = rule
    return [
        f"{number:>2} ✗ failed  {visible_text(check.rule)}"
        f"{'   <- decides' if decides else ''}",
        f"      expected: {visible_text(limit_text(check.expected))}",
        f"      found:    {visible_text(limit_text(check.found))}",
        f"      decides:  {visible_text(check.decided_by)}; "
        f"{visible_text(check.source)}",
    ]


def _passed_line(rule: Numbered) -> str:
    number, check = rule
    return f"    {number:>2} ✓ {visible_text(check.rule)}: {_brief(check.found)}"
