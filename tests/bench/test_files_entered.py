"""How many files one exchange enters, and how often it goes from one to another.

``pytest -n 0 tests/bench -m bench -s`` prints both; nothing is asserted about them.
Counted are the calls of Python functions of the package, from ``client.exchange`` to
the kept call, of a delegation with client-side tokens: once where the acting client
has no script, once where a may act script runs for it too.
"""

import sys
from collections import Counter
from itertools import pairwise
from types import FrameType
from typing import Any

import pytest

from tests.stories import SECRET
from workbench import Workbench

pytestmark = pytest.mark.bench

BEFORE = {"without a script": (37, 164), "with a may act script": (43, 181)}
"""Files and changes at 999c02e, before the rooms."""

AIM = (24, 90)


def files_entered(wb: Workbench, subject: str, actor: str) -> list[str]:
    """The file of each call, in order."""
    entered: list[str] = []

    def look(frame: FrameType, event: str, _: Any) -> None:
        _, found, name = frame.f_code.co_filename.rpartition("/workbench/")
        if event == "call" and found:
            entered.append(name)

    sys.setprofile(look)
    try:
        call = wb.client.exchange(
            *("risk-agent", SECRET),
            scope="read",
            subject_token=subject,
            actor_token=actor,
        )
    finally:
        sys.setprofile(None)
    assert call.status == 200
    return entered


@pytest.mark.parametrize("case", BEFORE)
def test_one_exchange(story: Workbench, case: str) -> None:
    if case == "with a may act script":
        story.realm.update("risk-agent", may_act_script="risk-agent may act")
    subject, actor = (
        story.client.client_credentials(name, SECRET, scope="read").access_token
        for name in ("data-agent", "risk-agent")
    )
    files_entered(story, subject, actor)  # what is made once is made now

    entered = files_entered(story, subject, actor)

    files = Counter(entered)
    changes = sum(before != after for before, after in pairwise(entered))
    was = BEFORE[case]
    print(
        f"\none exchange {case}: {len(files)} files, {changes} changes of file, "
        f"{len(entered)} calls (before {was[0]} and {was[1]}; "
        f"aim {AIM[0]} and {AIM[1]})"
    )
    print("  most calls:", ", ".join(f"{n} {c}" for n, c in files.most_common(6)))
