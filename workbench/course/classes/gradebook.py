"""A class as a table, as JSON, and as the CSV that nbgrader writes.

The columns of the CSV, and their order, are those of nbgrader's ``CsvExportPlugin``
(``nbgrader/plugins/export.py`` in github.com/jupyter/nbgrader, read at 0503be5): a
row for each assignment and student. So what carries an nbgrader ``grades.csv`` into a
learning platform carries this one. Here an assignment is a lesson, or the labs.
"""

import csv
import io
from typing import Any

from workbench.course.classes.roll import Learner, Roll
from workbench.course.standing.parts import OWN, CoursePart
from workbench.views.page.plain import columns, visible_text

COLUMNS = (
    "assignment",
    "duedate",
    "timestamp",
    "student_id",
    "last_name",
    "first_name",
    "email",
    "raw_score",
    "late_submission_penalty",
    "score",
    "max_score",
)
FORMULA = ("=", "+", "-", "@", "\t")
"""What a spreadsheet would take for a formula, where a name begins with it."""


def roll_text(roll: Roll, parts: tuple[CoursePart, ...]) -> str:
    """A row a learner, a column a part, and the lines that are no learner's."""
    shown = [part for part in parts if part.tasks and part.name != OWN]
    own = any(_own(each, parts) for each in roll.learners)
    head = ["Name", "Date", *(part.name for part in shown), *["own"] * own, "Total"]
    rows = [_row(each, shown, parts, own=own) for each in roll.learners]
    most = ["of", "", *(str(len(part.tasks)) for part in shown), *[""] * own]
    rows.append([*most, str(sum(len(part.tasks) for part in shown))])
    lines = [columns([head, *rows]), "", f"Learners: {len(roll.learners)}."]
    lines += [
        f"Look at line {each.line}, {visible_text(each.name)}: "
        f"{visible_text(each.remark)}."
        for each in roll.learners
        if each.remark
    ]
    return "\n".join([*lines, *bad_lines(roll)])


def bad_lines(roll: Roll) -> list[str]:
    """The lines that are no learner's, each with its place and the reason."""
    return [
        f"✗ Line {each.line} ({each.text}): {visible_text(each.reason)}."
        for each in roll.bad
    ]


def roll_json(roll: Roll, parts: tuple[CoursePart, ...]) -> dict[str, Any]:
    """The class for programs."""
    return {
        "learners": [
            {
                "name": each.name,
                "date": each.handed_in.day.isoformat(),
                "solved": sorted(each.handed_in.solved),
                "by_part": {p.name: _solved(each, p) for p in parts if p.tasks},
                "line": each.line,
                "remark": each.remark or None,
            }
            for each in roll.learners
        ],
        "parts": {
            p.name: {"title": p.title, "most": len(p.tasks)} for p in parts if p.tasks
        },
        "bad": [
            {"line": each.line, "text": each.text, "reason": each.reason}
            for each in roll.bad
        ],
    }


def roll_csv(roll: Roll, parts: tuple[CoursePart, ...]) -> str:
    """The class as nbgrader's ``grades.csv``: names as the student's id."""
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS, restval="", lineterminator="\n")
    writer.writeheader()
    for part in parts:
        for each in roll.learners if part.tasks else ():
            score = float(_solved(each, part))
            writer.writerow(
                {
                    "assignment": part.name,
                    "timestamp": f"{each.handed_in.day} 00:00:00",
                    "student_id": _no_formula(each.name),
                    "raw_score": score,
                    "late_submission_penalty": 0.0,
                    "score": score,
                    "max_score": float(len(part.tasks)),
                }
            )
    return text.getvalue()


def _row(
    each: Learner, shown: list[CoursePart], parts: tuple[CoursePart, ...], *, own: bool
) -> list[str]:
    counts = [_solved(each, part) for part in shown]
    also = [str(_own(each, parts))] * own
    day = each.handed_in.day.isoformat()
    return [each.name, day, *map(str, counts), *also, str(sum(counts))]


def _solved(each: Learner, part: CoursePart) -> int:
    return sum(task.key in each.handed_in.solved for task in part.tasks)


def _own(each: Learner, parts: tuple[CoursePart, ...]) -> int:
    """How many exercises of a trainer somebody solved."""
    known = {t.key for p in parts if p.name != OWN for t in p.tasks}
    return len(each.handed_in.solved - known)


def _no_formula(name: str) -> str:
    return f"'{name}" if name.startswith(FORMULA) else name
