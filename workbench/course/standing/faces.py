"""A learner's progress as HTML and as text: a word, a number and a sign for each."""

from typing import Protocol

from markupsafe import Markup

from workbench.course.standing.parts import CoursePart
from workbench.views.page.card import folded
from workbench.views.page.html import escape, good, page, table
from workbench.views.page.plain import columns

CELLS = 10
"""How long a bar is."""

INLINE = "display:inline-block;margin:0;vertical-align:middle"
"""A bar goes on beside its label where a row is as narrow as a telephone."""

NOTHING = "nothing to solve"


class Tally(Protocol):
    """What the faces show."""

    @property
    def parts(self) -> tuple[CoursePart, ...]:
        """The lessons, the labs, and a trainer's own exercises."""

    @property
    def solved(self) -> frozenset[str]:
        """What the record names."""

    @property
    def total(self) -> int:
        """How many tasks are solved."""

    @property
    def most(self) -> int:
        """How many tasks there are."""

    def of(self, part: CoursePart) -> int:
        """How many of a part's tasks are solved."""


def progress_html(standing: Tally) -> str:
    """A row a part, and below it each task, one click away."""
    rows = [
        (
            part.name,
            part.title,
            _bar_html(standing.of(part), len(part.tasks), part.name),
            _count(standing.of(part), len(part.tasks)),
            good("done") if _is_done(standing, part) else "",
        )
        for part in standing.parts
    ]
    header = ("", "Lesson", "Progress", "Solved", "")
    listed = table(header, rows, caption=_title(standing), widths=(8, 48, 20, 14, 10))
    lists = "".join(_tasks_html(standing, part) for part in standing.parts)
    return page(listed + folded("Each exercise and lab", lists))


def progress_text(standing: Tally) -> str:
    """The same as text."""
    rows = [
        (
            part.name,
            part.title,
            _bar(standing.of(part), len(part.tasks)),
            _count(standing.of(part), len(part.tasks)),
            "✓ done" if _is_done(standing, part) else "",
        )
        for part in standing.parts
    ]
    return f"{_title(standing)}\n{columns(rows, indent='  ')}"


def _title(standing: Tally) -> str:
    return f"Solved: {standing.total} of {standing.most}"


def _is_done(standing: Tally, part: CoursePart) -> bool:
    return bool(part.tasks) and standing.of(part) == len(part.tasks)


def _count(solved: int, most: int) -> str:
    return f"{solved} of {most}" if most else NOTHING


def _bar(solved: int, most: int) -> str:
    full = CELLS * solved // most if most else 0
    return ("█" * full + "░" * (CELLS - full)) if most else ""


def _bar_html(solved: int, most: int, name: str) -> Markup:
    if not most:
        return Markup("")
    label = escape(f"{name}: {solved} of {most}")
    return Markup(
        f'<svg viewBox="0 0 100 10" width="120" height="12" role="img" '
        f'style="{INLINE}" aria-label="{label}"><title>{label}</title>'
        '<rect x=".5" y=".5" width="99" height="9" fill="none" stroke="currentColor"/>'
        f'<rect y="0" height="10" width="{100 * solved // most}" '
        'fill="var(--wb-granted,#1b5e20)"/></svg>'
    )


def _tasks_html(standing: Tally, part: CoursePart) -> str:
    if not part.tasks:
        return ""
    items = "".join(
        f"<li>{good('solved') if task.key in standing.solved else 'not yet:'} "
        f"{escape(task.key)} {escape(task.title)}</li>"
        for task in part.tasks
    )
    return f"<p>{escape(part.title)}</p><ul>{items}</ul>"
