"""A question answered in the process that was asked, where there are no children."""

import json
import time
from typing import Any

from workbench.sandbox.work.children import answer_of, encoded
from workbench.sandbox.work.jobs import Jobs


def answered(jobs: Jobs, line: str, question: dict[str, Any]) -> bytes:
    """The line that answers a line.

    Args:
        jobs: Does what a question asks for.
        line: The question, as JSON.
        question: The same, read.
    """
    said: list[bytes] = []
    left: str | None = line
    started = time.monotonic()
    ended = ""
    try:
        while left is not None:
            asked = question if left is line else json.loads(left)
            left = jobs.do(left, asked, lambda found: said.append(encoded(found)))
    except MemoryError:
        ended = "memory"
    finally:
        jobs.worlds.forget()
    return answer_of(b"".join(said), ended, time.monotonic() - started)
