"""A rule as it came out: its source as a link, and one that the profile leaves out."""

import re

from markupsafe import Markup

from workbench.am.exchange.decision import Check, Decision
from workbench.views.page.html import escape, table
from workbench.views.page.plain import limit_text, visible_text

_RFC = re.compile(r"RFC (\d{1,5})(?: section ([\d.]*\d))?")


def rule_html(check: Check) -> Markup:
    """The rule, and below it its source."""
    return Markup(f"{escape(check.rule)}<br><small>{link_source(check.source)}</small>")


def link_source(source: str) -> Markup:
    """A source whose RFC sections lead to the RFC editor's pages."""
    parts: list[str] = []
    end = 0
    for found in _RFC.finditer(source):
        number, section = found.groups()
        anchor = f"#section-{section}" if section else ""
        address = f"https://www.rfc-editor.org/rfc/rfc{number}{anchor}"
        parts += [escape(source[end : found.start()])]
        parts += [f'<a href="{address}">{escape(found[0])}</a>']
        end = found.end()
    return Markup("".join([*parts, escape(source[end:])]))


def left_out_html(checks: tuple[Check, ...]) -> Markup:
    """The rules that the profile leaves out: neither a pass nor a failure."""
    if not checks:
        return Markup()
    return table(
        ("Rule and its source", "Expected", "Found", "With it"),
        [
            (
                rule_html(each),
                limit_text(each.expected),
                limit_text(each.found),
                with_it(each),
            )
            for each in checks
        ],
        caption="Left out by the profile: not asked",
        widths=(38, 22, 22, 18),
    )


def with_it(check: Check) -> str:
    """What a rule would have done that was left out."""
    return "it would pass" if check.passed else "it would refuse"


def passed_all(decision: Decision) -> str:
    """That nothing failed; and that rules are missing, where it is so."""
    broken = [visible_text(each.rule) for each in decision.left_out if not each.passed]
    if not broken:
        return "Every rule passed."
    rules = "; ".join(broken)
    return f"Every rule passed that this profile has; left out, and broken: {rules}."


def left_out_lines(check: Check) -> list[str]:
    """A rule that the profile leaves out, as text."""
    return [
        f" - left out  {visible_text(check.rule)}",
        f"      expected: {visible_text(limit_text(check.expected))}",
        f"      found:    {visible_text(limit_text(check.found))}",
        f"      with it:  {with_it(check)}; the profile leaves it out",
    ]
