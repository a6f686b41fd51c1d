"""A decision as a slide: how it ended, who took part, and every rule on the way."""

from itertools import groupby

from markupsafe import Markup

from workbench.am.basics.words import counted
from workbench.am.exchange.act import chain
from workbench.am.exchange.decision import Decision
from workbench.views.decision import (
    Numbered,
    ending,
    parties,
    reason,
    wire,
)
from workbench.views.page.plain import inline
from workbench.views.page.roles import GRANTED, REFUSED
from workbench.views.page.shapes import Box
from workbench.views.slides.slide import ACROSS, DOWN, Slide
from workbench.views.slides.words import cut, lines, shape

_CHIP, _ROW, _BETWEEN = 58, 110, 30
"""A rule's square, a row of them with its word, and the room between two groups."""


def decision_slide(name: str, title: str, decision: Decision) -> Slide:
    """How an exchange came out, and by which rule.

    Args:
        name: Of the file.
        title: What was asked.
        decision: What was decided.
    """
    faces = (_verdict, _parties, _facts, _rules, _advice)
    body = Markup("").join(face(decision) for face in faces)
    first, rest = ending(decision)
    told = f"{first} {rest}. {reason(decision)}"
    return Slide(name, title, told, body)


def _verdict(decision: Decision) -> Markup:
    role = GRANTED if decision.granted else REFUSED
    first, rest = ending(decision)
    said = cut(f"{role.sign} {first} {rest}", 38, ACROSS - 100, 2)
    box = Box(0, 0, ACROSS, 70 + 50 * len(said))
    return shape(role, box, strong=True) + lines(
        50, 72, 38, said, role=role, weight=True
    )


def _parties(decision: Decision) -> Markup:
    """Who took part, each in the shape of its role."""
    named = list(parties(decision))
    width, drawn = 560, Markup()
    for number, (role, name) in enumerate(named):
        left = number * (width + 60)
        box = Box(left, 205, left + width, 315)
        middle = left + width / 2
        drawn += shape(role, box)
        drawn += lines(
            middle, 252, 30, cut(name, 30, width - 60, 1), weight=True, middle=True
        )
        word = f"{role.sign} {role.word}"
        drawn += lines(middle, 292, 24, [word], role=role, middle=True)
    return drawn


def _facts(decision: Decision) -> Markup:
    """What was expected, found and answered; or what was granted."""
    drawn = Markup()
    for number, (label, value) in enumerate(_told(decision)):
        left = number * 620
        drawn += lines(left, 375, 24, [label])
        drawn += lines(left, 415, 30, cut(value, 30, 580, 3), weight=True)
    return drawn


def _told(decision: Decision) -> tuple[tuple[str, str], ...]:
    refusal, grant = decision.refusal, decision.grant
    if refusal is not None:
        expected, found = inline(refusal.expected), inline(refusal.found)
        sent = ("On the wire only", wire(decision))
        return ("Expected", expected), ("Found", found), sent
    if grant is None:
        return (("Not evaluated", "; ".join(decision.not_evaluated)),)
    actors = " ← ".join(chain(grant.act)) or "nobody: no act"
    scope = " ".join(grant.scope) or "none"
    return ("New token", grant.kind), ("Scope", scope), ("Actors", actors)


def _rules(decision: Decision) -> Markup:
    """Every rule as a square with its number, in groups by what it is about."""
    numbered = [Numbered(n, check) for n, check in enumerate(decision.checks, 1)]
    drawn = lines(0, 560, 26, [_counted(decision)], weight=True)
    left, top = 0.0, 605
    for about, each in groupby(numbered, key=lambda rule: rule.about):
        group = list(each)
        width = max(len(group) * (_CHIP + 6), len(about) * 14)
        if left + width > ACROSS:
            left, top = 0.0, top + _ROW
        drawn += lines(left, top + 12, 24, [about])
        for place, rule in enumerate(group):
            drawn += _chip(rule, left + place * (_CHIP + 6), top + 26, decision)
        left += width + _BETWEEN
    return drawn


def _chip(rule: Numbered, x: float, y: float, decision: Decision) -> Markup:
    role = GRANTED if rule.check.passed else REFUSED
    decides = rule.number == decision.refused_at
    box = Box(x, y, x + _CHIP, y + _CHIP)
    said = f"{rule.number}{role.sign}"
    return shape(role, box, strong=decides) + lines(
        x + _CHIP / 2, y + 37, 24, [said], role=role, weight=decides, middle=True
    )


def _advice(decision: Decision) -> Markup:
    """What would have made it pass, or what is good to know of what was issued."""
    label, words = (
        ("To make it pass", decision.advice)
        if decision.advice
        else ("Good to know", decision.remark)
    )
    if not words:
        return Markup()
    said = lines(0, DOWN - 66, 24, [label])
    return said + lines(0, DOWN - 28, 28, cut(words, 28, ACROSS, 1), weight=True)


def _counted(decision: Decision) -> str:
    failed = len(decision.failures)
    passed = len(decision.checks) - failed
    said = [f"{counted(passed, 'rule')} passed"]
    if failed:
        said.append(f"{failed} failed, the first of them decides")
    if decision.not_evaluated:
        said.append(f"{len(decision.not_evaluated)} could not be evaluated")
    return "The rules in their order: " + ", ".join(said)
