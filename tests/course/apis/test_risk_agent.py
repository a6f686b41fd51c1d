"""risk-agent: what it selects, what it logs, and how it copes with refusals."""

import logging
from dataclasses import replace

import httpx
import pytest

from tests.course.apis.conftest import NextDoor
from tests.stories import SECRET
from workbench.course.apis.assessing import AgentStopped, RiskAgent
from workbench.course.apis.selection import (
    Scored,
    Unscored,
    best,
    explained,
    read_score,
)

LEDGER = Scored("ledger", 26, 0.75, "Paid late.")
MARKET = Scored("market", 69, 0.55, "Building.")


def agent_of(door: NextDoor, secret: str = SECRET) -> RiskAgent:
    return RiskAgent(door.wb.http, door.wb.realm.oauth2_url, secret)


def urls_of(door: NextDoor) -> dict[str, str]:
    return {name: api.url for name, api in door.wb.apis.items()}


def test_the_surest_answer_counts() -> None:
    assert best([MARKET, LEDGER, Unscored("network", "answered 500")]) is LEDGER


def test_of_equally_sure_answers_the_highest_risk_counts() -> None:
    assert best([LEDGER, replace(MARKET, confidence=0.75)]) == replace(
        MARKET, confidence=0.75
    )


def test_without_a_score_nothing_counts() -> None:
    assert best([Unscored("ledger", "answered 403")]) is None


@pytest.mark.parametrize(
    ("others", "why"),
    [
        ([MARKET], "it is the surest"),
        ([Unscored("market", "answered 500")], "no other gave a score"),
        (
            [replace(MARKET, confidence=0.75, score=1)],
            "of the surest it has the highest risk",
        ),
    ],
)
def test_the_explanation_says_why(others: list[Scored | Unscored], why: str) -> None:
    lines = explained("data-agent", "risk-agent", "c-17", [LEDGER, *others])

    assert lines[0] == "risk-agent acts for data-agent and asked about c-17."
    assert lines[-1] == f"Risk 26 of 100, by ledger: {why}."


@pytest.mark.parametrize(
    ("status", "body", "why"),
    [
        (403, {"detail": "Not for you."}, "answered 403: Not for you"),
        (401, None, "answered 401"),
        (500, "<html>", "answered 500"),
        (200, {"score": 1}, "answered 200, but no score"),
        (200, {"score": True, "confidence": 1}, "answered 200, but no score"),
        (
            200,
            {"score": 101, "confidence": 1},
            "answered 200, but a score that is none",
        ),
    ],
)
def test_what_is_no_score_is_told(status: int, body: object, why: str) -> None:
    assert read_score("ledger", status, body) == Unscored("ledger", why)


def test_its_log_names_everybody_and_why(
    door: NextDoor, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, logger="risk-agent")

    found = agent_of(door).assess(door.token("data-agent"), urls_of(door), "c-17")

    assert found.chosen == Scored(
        "ledger", 26, 0.75, "10 payments of the last 38 came late."
    )
    assert caplog.messages == list(found.explanation)
    assert caplog.messages[0] == "risk-agent acts for data-agent and asked about c-17."
    assert caplog.messages[-1] == "Risk 26 of 100, by ledger: it is the surest."
    assert [entry.allowed for entry in door.wb.apis.log] == [True] * 3


def test_no_token_is_in_its_log(
    door: NextDoor, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    token = door.token("data-agent")

    agent_of(door).assess(token, urls_of(door), "c-17")

    assert token not in caplog.text
    assert SECRET not in caplog.text
    assert "eyJ" not in caplog.text


def test_it_chooses_among_those_that_answer(door: NextDoor) -> None:
    ledger = door.wb.apis["ledger"]
    ledger.policy = replace(ledger.policy, actors=None)

    found = agent_of(door).assess(door.token("data-agent"), urls_of(door), "c-17")

    assert found.chosen is not None
    assert found.chosen.api == "market"
    assert "ledger answered 403" in found.explanation[1]


def test_where_none_answers_it_says_so(
    door: NextDoor, caplog: pytest.LogCaptureFixture
) -> None:
    for api in door.wb.apis.values():
        api.policy = replace(api.policy, actors=None)

    with pytest.raises(AgentStopped, match="No API gave a score"):
        agent_of(door).assess(door.token("data-agent"), urls_of(door), "c-17")
    assert caplog.records[-1].levelname == "ERROR"


def test_a_refused_exchange_stops_it(door: NextDoor) -> None:
    with pytest.raises(AgentStopped, match="refused the exchange: 400"):
        agent_of(door).assess("made-up", urls_of(door), "c-17")
    with pytest.raises(AgentStopped, match="refused its own token"):
        agent_of(door, "wrong").assess("made-up", urls_of(door), "c-17")


def test_servers_that_are_away_are_told() -> None:
    with httpx.Client(trust_env=False) as http:
        agent = RiskAgent(http, "http://127.0.0.1:1", SECRET)

        with pytest.raises(AgentStopped, match="did not answer"):
            agent.own_token()
        answer = agent.ask("ledger", "http://127.0.0.1:1", "t", "c-17")
        assert answer == Unscored("ledger", "did not answer (ConnectError)")
