"""Whatever was done to a bench, one that was saved and opened goes on as it would."""

import re
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from tests.conftest import NOW, KeptEngine
from workbench import Workbench
from workbench.views.audit import audit_html
from workbench.views.calls.transcript import transcript_html
from workbench.views.tokens.seen import spans
from workbench.views.tokens.timeline import timeline_html

from .operations import OPERATIONS, operate, prepared

STEPS = st.lists(
    st.tuples(st.sampled_from(sorted(OPERATIONS)), st.integers(0, 59)),
    min_size=1,
    max_size=12,
)
SECONDS = re.compile(r'seconds"?(: |=)[0-9.e-]+')
"""How long a script ran is nobody's state."""


def text(wb: Workbench, folder: str | Path) -> str:
    """All of a bench, as its file."""
    path = wb.save(Path(folder) / "compared")
    return SECONDS.sub("", path.read_text("ascii"))


def shown(wb: Workbench) -> list[str]:
    """What is seen of a bench."""
    now = wb.clock.now()
    return [
        repr(wb),
        audit_html(wb.audit),
        audit_html(wb.realms.audit),
        transcript_html(wb.transcript),
        timeline_html(spans(wb.transcript, wb.realm), now),
        *(SECONDS.sub("", repr(event)) for event in wb.audit),
    ]


def forget_calls(wb: Workbench) -> None:
    """Calls are this process's, not the server's; a store has none."""
    wb.transcript.refill([], most=1000, left_out=0)


def fresh(engine: KeptEngine) -> Workbench:
    return prepared(Workbench(now=NOW, seed="saved", engine=engine))


@given(before=STEPS, after=STEPS)
@settings(max_examples=8, deadline=None, phases=[Phase.generate])
def test_what_was_saved_and_opened_goes_on_as_it_would_have(
    kept_engine: KeptEngine, before: list[tuple[str, int]], after: list[tuple[str, int]]
) -> None:
    with TemporaryDirectory() as folder, fresh(kept_engine) as wb:
        operate(wb, before)
        first = wb.save(Path(folder) / "first")
        with Workbench.load(first, engine=kept_engine) as again:
            second = again.save(Path(folder) / "second")
            assert first.read_bytes() == second.read_bytes()
            assert shown(again) == shown(wb)

            operate(wb, after)
            operate(again, after)

            assert text(again, folder) == text(wb, folder)
            assert shown(again) == shown(wb)


@given(before=STEPS, after=STEPS, last=STEPS)
@settings(max_examples=8, deadline=None, phases=[Phase.generate])
def test_what_a_store_kept_is_what_there_was(
    kept_engine: KeptEngine,
    before: list[tuple[str, int]],
    after: list[tuple[str, int]],
    last: list[tuple[str, int]],
) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "store"
        made = {"now": NOW, "seed": "saved", "engine": kept_engine}
        with prepared(Workbench.stored(path, **made)) as wb:
            operate(wb, before)
            wb.keep()
            operate(wb, after)
            forget_calls(wb)
            there = text(wb, folder)
        with Workbench.stored(path, engine=kept_engine) as again:
            assert text(again, folder) == there
            operate(again, last)
            forget_calls(again)
            there = text(again, folder)
        with Workbench.stored(path, engine=kept_engine) as once_more:
            assert text(once_more, folder) == there


@given(before=STEPS, other=STEPS)
@settings(max_examples=5, deadline=None, phases=[Phase.generate])
def test_a_bench_that_is_restored_is_the_one_that_was_saved(
    kept_engine: KeptEngine, before: list[tuple[str, int]], other: list[tuple[str, int]]
) -> None:
    with TemporaryDirectory() as folder, fresh(kept_engine) as wb:
        operate(wb, before)
        path = wb.save(Path(folder) / "saved")
        store = Path(folder) / "store"
        with Workbench.stored(store, now=5, seed="y", engine=kept_engine) as another:
            another.realms.add("gamma")
            operate(prepared(another), other)
            realm = another.realm

            another.restore(path)

            assert another.realm is realm
            assert list(another.realms) == ["/", "/alpha", "/beta"]
            assert text(another, folder) == text(wb, folder)
            forget_calls(another)
            there = text(another, folder)
        with Workbench.stored(store, engine=kept_engine) as again:
            assert text(again, folder) == there


def seen(wb: Workbench) -> tuple[object, ...]:
    """What tells that something was done."""
    set_so = (wb.clock.now(), wb.profile, str(wb.surroundings), wb.audit.most)
    return (wb.realms.audit.total, *set_so)


def test_every_operation_does_something(kept_engine: KeptEngine) -> None:
    for name in OPERATIONS:
        with fresh(kept_engine) as wb:
            operate(wb, [("by_code", 2), ("add_person", 1), ("add_policy", 1)])
            if name != "add_group":
                operate(wb, [("add_group", 0), ("add_group", 1)])
            before = seen(wb)
            operate(wb, [(name, 1)])
            assert seen(wb) != before, f"{name} was refused, or does nothing"
