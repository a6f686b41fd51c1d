"""How much processor time a piece of work takes, beside others in the same run."""

import time
from collections.abc import Callable

from tests.stories import SECRET
from workbench import Workbench
from workbench.agent.client import Call


def costs(
    *works: Callable[[], object], rounds: int = 20, repeats: int = 80
) -> list[float]:
    """Microseconds of processor time that one round of each takes: the best of several.

    They take turns, so that a busy machine is as busy for one as for the others.
    """
    best = [float("inf")] * len(works)
    for work in works:
        work()
    for _ in range(repeats):
        for index, work in enumerate(works):
            start = time.process_time()
            for _ in range(rounds):
                work()
            best[index] = min(best[index], time.process_time() - start)
    return [each / rounds * 1e6 for each in best]


def bench() -> Workbench:
    """By the system's clock; risk-agent may act for data-agent, and has no script."""
    wb = Workbench()
    wb.prepare("agent-for-agent")
    wb.realm.update("risk-agent", overrides={"providerOverridesEnabled": False})
    return wb


def tokens_of(wb: Workbench) -> tuple[str, str]:
    subject, actor = (
        wb.client.client_credentials(name, SECRET, scope="read").access_token
        for name in ("data-agent", "risk-agent")
    )
    return subject, actor


def exchange(wb: Workbench, subject: str, actor: str) -> Callable[[], Call]:
    def work() -> Call:
        call = wb.client.exchange(
            *("risk-agent", SECRET),
            scope="read",
            subject_token=subject,
            actor_token=actor,
        )
        assert call.status == 200
        return call

    return work
