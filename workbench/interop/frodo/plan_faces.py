"""The plan of an import as HTML, as text, and as JSON for programs."""

import difflib
from collections.abc import Iterator
from typing import Any

from markupsafe import Markup

from workbench.am.basics.words import counted
from workbench.am.rest.leaf import NotActedOn
from workbench.interop.frodo.plan import (
    CHANGED,
    NEW,
    SAME,
    SOURCE,
    Change,
    ImportPlan,
    Planned,
)
from workbench.views.page.html import bad, code, escape, page, table
from workbench.views.page.left_out import beyond_html, beyond_text
from workbench.views.page.plain import inline, shorten, visible_text

SIGNS = {NEW: "+", CHANGED: "~", SAME: "="}

MOST_THINGS, MOST_CHANGES, MOST_FAULTS = 200, 40, 20
"""How much of a large import is shown; the JSON has all."""

SHORT = 120
"""Characters of a value that is shown."""


def summary(plan: ImportPlan) -> str:
    """The plan in a sentence or two."""
    parts = [
        f"{len(plan.new)} new, {len(plan.changed)} changed, {len(plan.same)} the same"
    ]
    if aside := len(plan.not_acted_on):
        parts.append(f"{counted(aside, 'setting')} kept without effect here")
    into = f"the realm {plan.realm}"
    if plan.refused:
        faults = counted(len(plan.refused), "fault")
        return f"Refused for {into}: {faults}. Nothing is imported."
    ending = "Done." if plan.done else "Nothing is changed yet."
    files = counted(plan.files, "file")
    return f"{files} for {into}: {'; '.join(parts)}. {ending}"


def plan_text(plan: ImportPlan) -> str:
    """The plan as text: a line each thing, and what of it changes."""
    lines = [summary(plan), ""]
    lines += [f"✗ {each}" for each in plan.refused[:MOST_FAULTS]]
    lines += filter(None, [beyond_text(len(plan.refused), MOST_FAULTS)])
    if not plan.refused:
        shown = plan.planned[:MOST_THINGS]
        lines += (line for each in shown for line in _lines(each))
        lines += filter(None, [beyond_text(len(plan.planned), MOST_THINGS)])
    if plan.left_out:
        lines += ["", f"Left out: {'; '.join(plan.left_out)}."]
    return "\n".join(visible_text(line) for line in lines).rstrip()


def _lines(each: Planned) -> Iterator[str]:
    yield f"{SIGNS[each.state]} {each.title}" + (
        f"  ({each.file})" if each.file else ""
    )
    for change in each.changes[:MOST_CHANGES]:
        yield f"    {change.place}: {_told(each, change)}"
    if more := beyond_text(len(each.changes), MOST_CHANGES):
        yield f"    {more}"
    for aside in each.aside:
        yield f"    {_aside(aside)}"
    for remark in each.remarks:
        yield f"    ! {remark}"


def _told(each: Planned, change: Change) -> str:
    """What becomes of a setting."""
    if change.place == SOURCE:
        return _source(change)
    after = _value(change.after)
    return after if each.state == NEW else f"{_value(change.before)} → {after}"


def _source(change: Change) -> str:
    old = (change.before or "").splitlines()
    new = (change.after or "").splitlines()
    if not old:
        return counted(len(new), "line")
    moved = list(difflib.unified_diff(old, new, lineterm="", n=0))[2:]
    comes = sum(line.startswith("+") for line in moved)
    goes = sum(line.startswith("-") for line in moved)
    if not comes and not goes:
        return "the same lines with other line ends"
    return f"{counted(comes, 'line')} added, {goes} removed"


def _value(value: Any) -> str:
    if value is None:
        return "unset"
    return shorten(inline(value), SHORT) or '""'


def _aside(aside: NotActedOn) -> str:
    return f"not acted on: {aside.place} = {_value(aside.value)} ({aside.because})"


def plan_html(plan: ImportPlan) -> str:
    """The plan as a table: a row each thing, with what of it changes."""
    parts = [Markup("<p><b>{}</b></p>").format(summary(plan))]
    for fault in plan.refused[:MOST_FAULTS]:
        parts.append(Markup("<p>{}</p>").format(bad(str(fault))))
    parts.append(beyond_html(len(plan.refused), MOST_FAULTS))
    if not plan.refused and plan.planned:
        rows = [_row(each) for each in plan.planned[:MOST_THINGS]]
        header = ("", "What", "Changes", "Not acted on, and more")
        caption = "What was imported" if plan.done else "What an import would change"
        parts.append(table(header, rows, caption=caption, widths=(9, 23, 42, 26)))
        parts.append(beyond_html(len(plan.planned), MOST_THINGS))
    if plan.left_out:
        told = f"Left out: {'; '.join(plan.left_out)}."
        parts.append(Markup("<p><small>{}</small></p>").format(told))
    return page("".join(parts))


def _row(each: Planned) -> tuple[object, ...]:
    file = Markup("<br><small>{}</small>").format(each.file) if each.file else ""
    changes = [
        Markup("{}: {}").format(code(change.place), _told(each, change))
        for change in each.changes[:MOST_CHANGES]
    ]
    more = beyond_text(len(each.changes), MOST_CHANGES)
    beside = [
        *(
            Markup("{} = {}: {}").format(code(a.place), _value(a.value), a.because)
            for a in each.aside
        ),
        *each.remarks,
    ]
    return (
        f"{SIGNS[each.state]} {each.state}",
        Markup("{}{}").format(each.title, file),
        _lined([*changes, more] if more else changes),
        _lined(beside),
    )


def _lined(parts: list[Any]) -> Markup:
    return Markup("<br>").join(map(escape, parts))


def plan_json(plan: ImportPlan) -> dict[str, Any]:
    """The plan for programs, all of it; secrets are masked."""
    return {
        "realm": plan.realm,
        "files": plan.files,
        "done": plan.done,
        "refused": [each._asdict() for each in plan.refused],
        "left_out": list(plan.left_out),
        "planned": [
            {
                "kind": each.kind,
                "name": each.name,
                "state": each.state,
                "file": each.file,
                "changes": [change._asdict() for change in each.changes],
                "not_acted_on": [aside._asdict() for aside in each.aside],
                "remarks": list(each.remarks),
            }
            for each in plan.planned
        ],
    }
