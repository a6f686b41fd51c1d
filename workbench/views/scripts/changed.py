"""What would change in a script: the lines that go and those that come."""

import difflib
from pathlib import Path

from markupsafe import Markup

from workbench.am.basics.words import counted
from workbench.views.page.card import folded
from workbench.views.page.html import page
from workbench.views.page.plain import visible_text
from workbench.views.page.style import style

CHANGED_CSS = Path(__file__).with_name("changed.css")
"""The signs tell the lines apart; they are not crossed out as well."""

MOST_LINES = 300
"""How many lines of a difference are shown; a difference is for reading."""

AROUND = 2
"""How many unchanged lines are shown before and after a change."""

COMES, GOES = "+ ", "- "


def changed_html(before: str, after: str) -> str:
    """The difference as lines with a sign each, or that there is none.

    Args:
        before: The text that is saved; "" where none is.
        after: The text as it stands.
    """
    lines = _lines(before, after)
    if not lines:
        return page(f"<p><small>{summary(before, after)}</small></p>")
    drawn = Markup("\n").join(map(_drawn, lines))
    inner = Markup("<pre>{}</pre>").format(drawn)
    fold = folded(summary(before, after), inner, shut=False)
    return page(f"{style(CHANGED_CSS)}{fold}")


def changed_text(before: str, after: str) -> str:
    """The same as text."""
    return "\n".join(
        [summary(before, after), *map(visible_text, _lines(before, after))]
    )


def summary(before: str, after: str) -> str:
    """How many lines come and go, in a sentence."""
    lines = _lines(before, after, most=None)
    comes = sum(each.startswith(COMES) for each in lines)
    goes = sum(each.startswith(GOES) for each in lines)
    if not comes and not goes:
        return "Nothing has changed since it was saved."
    added, gone = counted(comes, "line"), counted(goes, "line")
    return f"Not saved yet: {added} added, {gone} removed."


def _drawn(line: str) -> Markup:
    """A line that comes or goes is marked as such for whoever listens, too."""
    if line.startswith(COMES):
        return Markup('<ins class="wb-ok">{}</ins>').format(visible_text(line))
    if line.startswith(GOES):
        return Markup('<del class="wb-no">{}</del>').format(visible_text(line))
    return Markup("{}").format(visible_text(line))


def _lines(before: str, after: str, most: int | None = MOST_LINES) -> list[str]:
    """Each line with its sign; a gap is told by where it goes on."""
    old, new = before.splitlines(), after.splitlines()
    found = []
    unified = difflib.unified_diff(old, new, lineterm="", n=AROUND)
    for number, line in enumerate(unified):
        if number < len(("---", "+++")):
            continue
        if line.startswith("@@"):
            place = line.split("+")[1].split(" ")[0].split(",")[0]
            found.append(f"… line {place}")
        else:
            found.append(f"{line[0]} {line[1:]}")
    if most is None or len(found) <= most:
        return found
    return [*found[:most], f"… {counted(len(found) - most, 'more line')}"]
