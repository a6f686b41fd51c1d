"""Exercises of my own, for my class.

Learners load this file in their first cell::

    from workbench.course import add_exercises, check, hint, solution, start
    add_exercises("my_exercises.py")

Then check("T.1") shows the first one. Try the file in pytest, before a class does::

    import pytest
    from workbench.course.exercises.trying import faults
    from my_exercises import EXERCISES

    @pytest.mark.parametrize("each", EXERCISES, ids=lambda each: each.number)
    def test_an_exercise(each):
        assert faults(each) == []

This is Python, and runs as any cell does: load only files of people whom you trust.
"""

from collections.abc import Iterator

from workbench.course.exercises.exercise import (
    MAKE_IT_PASS,  # or BREAK_ONE_RULE, or WRITE_THE_SCRIPT
    Practice,
    Prediction,
    Wrong,
)
from workbench.course.exercises.look import Look, Observation, missing, right
from workbench.course.on_bench import Bench

GRANTED = "a token"
REFUSED = "invalid_scope"
UNKNOWN = "invalid_client"


def one_agent(bench: Bench) -> None:
    """What the bench has at the start: one AI agent that may read."""
    bench.enable_ai_agents()
    bench.realm.register_agent("my-agent", secret="mySecret", scopes=["read"])


def asks_too_much(bench: Bench) -> str:
    """Does it, and gives the choice that came true."""
    call = bench.client.client_credentials("my-agent", "mySecret", scope="write")
    return GRANTED if call.status == 200 else str(call.json["error"])


def got_a_token(look: Look) -> Iterator[Observation]:
    """Looks at what was done; never at the text of the answer."""
    calls = look.calls
    if not calls:
        yield missing("Nothing was sent yet: wb.client.client_credentials(…) sends.")
        return
    last = calls[-1]
    if last.status != 200:
        yield missing(f"The last request was refused: {last.json['error']}.")
        return
    yield right("A token was issued.")
    if look.claims(last).get("sub") == "(age!my-agent)":
        yield right("It is about my-agent.")
    else:
        yield missing("It is not about my-agent: look at its sub.")


EXERCISES = (
    # A prediction: say what will happen; then it is done.
    Prediction(
        number="T.1",  # T for trainer: 1.1 and the like are the course's
        title="too large a scope",
        task="""\
`my-agent` may ask for `read`, and asks for `write`.
What comes back?""",
        prepare=one_agent,
        choices=(GRANTED, REFUSED, UNKNOWN),
        run=asks_too_much,
        # For each choice but the right one: why not, without telling what is.
        because={
            GRANTED: "The agent may not have this scope.",
            UNKNOWN: "The agent is registered, and its secret is right.",
        },
        then="A client gets no scope that it is not registered with.",
        hints=(
            "Who asks is known; look at what is asked for.",
            "The scopes of a client are part of its registration.",
            "RFC 6749 section 5.2 has an error for exactly this.",
        ),
    ),
    # Something to do on the bench: wb = start("T.2") stands above the answer.
    Practice(
        number="T.2",
        form=MAKE_IT_PASS,
        title="a token of its own",
        task="""\
`my-agent` has the secret `mySecret`.
Get it a token about itself.""",
        prepare=one_agent,
        begin="# wb.client.client_credentials(…)",
        look=got_a_token,
        solution='wb.client.client_credentials("my-agent", "mySecret", scope="read")',
        # At least two answers that people give, and a part of what they are told.
        wrong=(
            Wrong(
                'wb.client.client_credentials("my-agent", "secret", scope="read")',
                "invalid_client",
            ),
            Wrong(
                'wb.client.client_credentials("my-agent", "mySecret", scope="write")',
                "invalid_scope",
            ),
        ),
        hints=(
            "An agent that acts for nobody uses the client credentials grant.",
            "It needs its name, its secret and a scope that it may have.",
            "The scope is read.",
        ),
    ),
)
