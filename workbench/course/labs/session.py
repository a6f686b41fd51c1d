"""The benches of the labs that were started, and who watches them."""

import sys
from contextlib import suppress
from typing import cast

from workbench.course.labs.attack_lab import Lab, LabBench
from workbench.course.labs.by_name import LABS, lab_named
from workbench.course.labs.sheet import (
    Card,
    Hint,
    LabList,
    SolvedLab,
    ToldInFull,
    card_text,
    solved_text,
)
from workbench.course.learner.record import keep_solved, solved_numbers
from workbench.course.on_bench import fresh_bench
from workbench.sandbox.engines.by_name import engine_named

_engine = engine_named("quickjs")
"""Runs the scripts of all labs; each script has a world of its own."""

_hints_given: dict[str, int] = {}


class LabWatch:
    """Looks at a bench after every call, and says once that its lab is solved.

    Args:
        lab: The lab.
        bench: Its bench.

    Attributes:
        evidence: What showed it; () until then.
    """

    def __init__(self, lab: Lab, bench: LabBench) -> None:
        self.lab, self.bench = lab, bench
        self.evidence: tuple[str, ...] = ()
        bench.history.watchers.add(self)
        if lab.needs == "mcp":
            bench.mcp.watchers.add(self)

    def refresh(self) -> None:
        """Look again."""
        if self.evidence:
            return
        self.evidence = self.lab.evidence(self.bench)
        if self.evidence:
            with suppress(OSError):  # a folder that cannot be written to
                keep_solved(self.lab.slug)
            solved = SolvedLab(self.lab, self.evidence)
            show(solved, solved_text(solved))


_watching: dict[str, LabWatch] = {}


def start_lab(slug: str) -> LabBench:
    """A fresh bench, prepared for a lab; shows its card.

    Starting again throws away what was done on the bench before.

    Args:
        slug: Such as ``"chain-splicing"``; ``labs()`` lists them.

    Raises:
        SettingError: There is no such lab.
        WorkbenchError: It needs something that is not installed.
    """
    chosen = lab_named(slug)
    before = _watching.pop(slug, None)
    if before is not None:
        before.bench.http.close()
    bench = cast(LabBench, fresh_bench(engine=_engine))
    chosen.prepare(bench)
    _watching[slug] = LabWatch(chosen, bench)
    sheet = Card(chosen)
    show(sheet, card_text(sheet))
    return bench


def lab(slug: str) -> Card:
    """A lab's card: its story, its task, and whether it is solved.

    Raises:
        SettingError: There is no such lab.
    """
    return Card(lab_named(slug), slug in solved_numbers())


def labs(*, answers: bool = False) -> LabList:
    """All labs, with a tick at those that are solved.

    Args:
        answers: Whether to tell which rule stops which attack.
    """
    return LabList(tuple(LABS.values()), solved_numbers() & set(LABS), answers)


def lab_hint(slug: str) -> Hint:
    """The next hint of three; each call tells more.

    Raises:
        SettingError: There is no such lab.
    """
    chosen = lab_named(slug)
    stage = min(_hints_given.get(slug, 0) + 1, len(chosen.hints))
    _hints_given[slug] = stage
    return Hint(chosen, stage)


def lab_answer(slug: str) -> ToldInFull:
    """All of a lab, for whoever asks.

    Raises:
        SettingError: There is no such lab.
    """
    return ToldInFull(lab_named(slug))


def show(value: object, text: str) -> None:
    """Show a value by itself: in a notebook as it is, in a terminal as text."""
    if "IPython" in sys.modules:
        from IPython.core.getipython import get_ipython
        from IPython.display import display

        if get_ipython() is not None:
            display(value)
            return
    print(text)
