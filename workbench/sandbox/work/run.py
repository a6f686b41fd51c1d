"""One script run within one budget, again for what it hands to eval or Function."""

import json
import re
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from workbench.sandbox.language.evals import texts_for_eval
from workbench.sandbox.language.reading import ReadScript, code_of, traced
from workbench.sandbox.language.too_large import (
    MOST_TEXT,
    MOST_WORDS,
    too_large,
)
from workbench.sandbox.work.budget import Budget, OutOfTime
from workbench.sandbox.work.worlds import Worlds

MOST_CODES = 16  # different texts that a script may hand to eval and Function
WANTED = '"wanted":'
OF_A_CALL = re.compile("(?:Type|Internal|Range)?Error: |JavaException: ")
TOO_LONG = (
    f"a text for eval or Function with which the script has over {MOST_TEXT:,} "
    f"characters, or over {MOST_WORDS:,} words and signs in one text. "
    "AM takes larger ones; here, hand over less of it"
)

Read = Callable[[str], ReadScript]


def told_of(text: str, read: Read, budget: Budget, room: int) -> dict[str, Any]:
    """What is told of a text that was read, with the texts for eval in it.

    Args:
        text: The script.
        read: Reads one.
        budget: The time that it may take.
        room: Characters that all texts for eval may have.
    """
    before = budget.spent
    reading = read(text)
    codes: dict[str, dict[str, str]] = {}
    if reading.tree is not None and reading.program is not None:
        for inner in texts_for_eval(reading.tree):
            room -= 0 if inner in codes else len(inner)
            if room < 0 or len(codes) >= MOST_CODES or budget.is_over:
                break
            if inner not in codes:
                found = read(inner)
                if found.stopped == "time":
                    break
                codes[inner] = code_of(found)
    return reading.told() | {"codes": codes, "seconds": budget.spent - before}


class Run:
    """One question that runs a script; it changes nothing outside of its world.

    Args:
        line: The question, as JSON.
        question: The same, read; question.py says what is in it.
        budget: The time that all of it may take.
        read: Reads a text.
        worlds: Where scripts run.
    """

    def __init__(
        self,
        line: str,
        question: dict[str, Any],
        budget: Budget,
        read: Read,
        worlds: Worlds,
    ) -> None:
        self._line = line
        self._question = question
        self._budget = budget
        self._read = read
        self._worlds = worlds

    def step(self, tell: Callable[[dict[str, Any]], None]) -> str | None:
        """Read what is not read yet, and run once.

        Returns the question with which it goes on in another world, where the script
        asks for a text that nobody has read, or one of its calls has failed.
        """
        question = self._question
        if question["traced"]:
            tell({"traced": failure_in(self._report()[0])})
            return None
        if question["unread"]:
            told = self._read_first()
            tell({"read": told})
            if "" in told and told[""]["source"] is None:
                return None
        report, stopped = self._report()
        wanted = wanted_in(report)
        if wanted is not None and report is not None:
            with suppress(OutOfTime):
                return self._with(wanted, tell)
            # Nobody could read it: that it was missing is no error of AM's.
            report, stopped = json.dumps(json.loads(report) | {"error": None}), "time"
        tell({"ran": self._ran(report, stopped)})
        return self._with_trace() if is_of_a_call(report) else None

    def _ran(self, report: str | None, stopped: str) -> dict[str, Any]:
        question = self._question
        kept = question["codes"] if question["learnt"] and not stopped else None
        return {
            "report": report,
            "stopped": stopped,
            "many": False,
            "codes": kept,
            "reading": question["reading"],
        }

    def _read_first(self) -> dict[str, dict[str, Any]]:
        """Read the script and its libraries, those that nobody has read before."""
        question, around = self._question, self._question["surroundings"]
        found = {}
        for name, text in question["unread"].items():
            told = told_of(text, self._read, self._budget, question["room"])
            found[name] = told
            if not name:
                question["source"] = told["source"]
                question["codes"] = dict(told["codes"])
            elif told["source"] is None:
                around["refused"][name] = told["findings"][0]["message"]
            else:
                around["libraries"][name] = told["source"]
        question["unread"] = {}
        question["foreseen"] = bool(question["codes"])
        self._line = json.dumps(question)
        return found

    def _with(self, wanted: str, tell: Callable[[dict[str, Any]], None]) -> str | None:
        """The question with one text for eval or Function more.

        Raises:
            OutOfTime: There is not enough of it to read the text.
        """
        if self._budget.is_over:
            raise OutOfTime
        question = self._question
        codes = question["codes"]
        if len(codes) >= MOST_CODES and not question["foreseen"]:
            tell({"ran": {"report": None, "many": True, "codes": None}})
            return None
        if len(codes) >= MOST_CODES:
            codes.clear()  # it asks for others now
            question["foreseen"] = False
        self._worlds.forget()
        before = self._budget.spent
        codes[wanted] = self._code(wanted)
        question["reading"] += self._budget.spent - before
        question["learnt"] = True
        return self._next()

    def _next(self) -> str:
        self._question["seconds"] = self._budget.left
        return json.dumps(self._question)

    def _report(self) -> tuple[str | None, str]:
        name, memory = self._question["context"], self._question["memory"]
        return self._worlds.run(name, self._line, self._budget, memory)

    def _code(self, wanted: str) -> dict[str, str]:
        room = self._question["room"] - sum(map(len, self._question["codes"]))
        if too_large(wanted, room) is not None:
            return {"unknown": TOO_LONG}
        reading = self._read(wanted)
        if reading.stopped == "time":
            raise OutOfTime
        return code_of(reading)

    def _with_trace(self) -> str | None:
        """The question for a run that knows which of its calls has failed."""
        if self._budget.is_over:
            return None
        self._worlds.forget()
        program = traced(self._read(self._question["text"]))
        if program is None:
            return None
        self._question["source"] = program.source
        self._question["traced"] = True
        return self._next()


def wanted_in(report: str | None) -> str | None:
    """The text that the script gave to eval or Function and nobody has read yet."""
    if report is None or WANTED not in report:
        return None
    wanted = json.loads(report).get("wanted")
    return wanted if isinstance(wanted, str) else None


def failure_in(report: str | None) -> dict[str, Any] | None:
    """What the report says of the error that ended the script."""
    failure: dict[str, Any] | None = json.loads(report)["error"] if report else None
    return failure


def is_of_a_call(report: str | None) -> bool:
    """Whether its error may come from a call, which the engine places badly."""
    failure = failure_in(report)
    if failure is None or failure["notEmulated"]:
        return False
    return OF_A_CALL.match(failure["message"]) is not None
