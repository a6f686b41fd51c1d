"""An exchange rule by rule: what was expected, what was found, who decides."""

import re

from markupsafe import Markup

from workbench.am.exchange.decision import Check, Decision
from workbench.views.page.html import bad, escape, good, page, table
from workbench.views.page.plain import limit_text, shorten, visible_text

_RFC = re.compile(r"RFC (\d{1,5})(?: section ([\d.]*\d))?")


def decision_html(decision: Decision) -> str:
    """The verdict, the rules in order, and those that could not be evaluated."""
    return page(
        f"{_verdict_html(decision)}{_rules_html(decision)}{_rest_html(decision)}"
    )


def verdict_html(decision: Decision) -> str:
    """The verdict alone."""
    return page(_verdict_html(decision))


def rules_html(decision: Decision) -> str:
    """What follows the verdict."""
    return page(_rules_and_rest_html(decision))


def _rules_and_rest_html(decision: Decision) -> str:
    return f"{_rules_html(decision)}{_rest_html(decision)}"


def _verdict_html(decision: Decision) -> str:
    symbol = good("granted") if decision.granted else bad("refused")
    verdict = f"<p>{symbol} <b>{escape(verdict_of(decision))}</b>"
    if decision.refusal is not None:
        expected = escape(limit_text(decision.refusal.expected))
        found = escape(limit_text(decision.refusal.found))
        verdict += f"<br>Expected: {expected}. Found: {found}."
    if decision.remark:
        verdict += f"<br>{escape(decision.remark)}"
    return f"{verdict}</p>"


def verdict_of(decision: Decision) -> str:
    """The answer in one sentence."""
    refusal = decision.refusal
    if refusal is not None:
        number = decision.checks.index(refusal) + 1
        wire = f'{visible_text(refusal.error)} "{visible_text(refusal.description)}"'
        rule = visible_text(refusal.rule)
        return f"Refused by rule {number}: {rule}; on the wire only: {wire}"
    if decision.grant is None:
        return "No rule was broken, and nothing was granted."
    scope = " ".join(decision.grant.scope) or "none"
    who = f" to {visible_text(decision.client_id)}" if decision.client_id else ""
    return f"Granted{who}: {decision.grant.kind}, scope {visible_text(scope)}"


def _rules_html(decision: Decision) -> Markup:
    refusal = decision.refusal
    rows = [
        (
            number,
            _result_html(check, decides=check is refusal),
            _rule_html(check),
            _brief(check.expected, check),
            _brief(check.found, check),
            check.decided_by,
        )
        for number, check in enumerate(decision.checks, 1)
    ]
    return table(
        ("#", "Result", "Rule and its source", "Expected", "Found", "Who decides"),
        rows,
        caption="The rules in order; the first that fails decides",
        marked=decision.checks.index(refusal) if refusal else None,
        widths=(6, 13, 29, 20, 20, 12),
    )


def _brief(text: str, check: Check) -> str:
    """What a passed rule looked at, shortened; of a failed one, all of it."""
    if not check.passed:
        return limit_text(text)
    return shorten(text.replace("urn:ietf:params:oauth:", "…"), 80)


def _result_html(check: Check, *, decides: bool) -> Markup:
    if check.passed:
        return good("passed")
    return Markup(f"{bad('failed')}{'<br><b>decides</b>' if decides else ''}")


def _rule_html(check: Check) -> Markup:
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


def _rest_html(decision: Decision) -> Markup:
    if not decision.not_evaluated:
        return Markup()
    rules = "".join(f"<li>{escape(rule)}</li>" for rule in decision.not_evaluated)
    return Markup(
        f"<p>Could not be evaluated, for want of what they look at:</p><ul>{rules}</ul>"
    )


def decision_text(decision: Decision) -> str:
    """The same as text."""
    symbol = "✓" if decision.granted else "✗"
    remark = [visible_text(decision.remark)] if decision.remark else []
    lines = [f"{symbol} {verdict_of(decision)}", *remark, ""]
    for number, check in enumerate(decision.checks, 1):
        lines += _check_lines(number, check, decides=check is decision.refusal)
    if decision.not_evaluated:
        lines.append("Could not be evaluated, for want of what they look at:")
        lines += [f"  - {visible_text(rule)}" for rule in decision.not_evaluated]
    return "\n".join(lines)


def _check_lines(number: int, check: Check, *, decides: bool) -> list[str]:
    result = "✓ passed" if check.passed else "✗ failed"
    mark = "   <- decides" if decides else ""
    return [
        f"{number:>2} {result}  {visible_text(check.rule)}{mark}",
        f"      expected: {visible_text(limit_text(check.expected))}",
        f"      found:    {visible_text(limit_text(check.found))}",
        f"      decides:  {visible_text(check.decided_by)}; "
        f"{visible_text(check.source)}",
    ]
