from pathlib import Path

from workbench import Workbench
from workbench.pytest_plugin import MayAct

HR = "scripts/hr_may_act.js"
RISK = "scripts/risk_may_act.js"


def test_hr_agent_may_act_for_people_of_hr(may_act: MayAct) -> None:
    outcome = may_act(
        HR,
        client_id="hr-client",
        user="bjensen",
        attributes={"departmentNumber": ["HR"]},
    )

    assert outcome.error is None
    assert outcome.may_act == {"client_id": "hr-agent", "sub": "(age!hr-agent)"}


def test_nobody_may_act_for_others(may_act: MayAct) -> None:
    outcome = may_act(HR, user="scarter", attributes={"departmentNumber": "Sales"})

    assert not outcome.stamped
    assert [line.text for line in outcome.log] == ["scarter is not of HR"]


def test_risk_agent_may_act_where_a_score_is_asked_for(may_act: MayAct) -> None:
    scored = may_act(RISK, legacy=True, client_id="data-agent", scope="read score")
    other = may_act(RISK, legacy=True, client_id="data-agent", scope="read")

    assert scored.may_act == {"client_id": "risk-agent", "sub": "(age!risk-agent)"}
    assert not other.stamped


def test_the_linter_has_nothing_to_say(workbench: Workbench) -> None:
    source = Path(__file__).with_name("scripts") / "risk_may_act.js"
    workbench.realm.add_script("risk", source.read_text(encoding="utf-8"), "1.0")
    workbench.realm.register_agent("risk-agent", secret="s")
    workbench.realm.register_agent("data-agent", secret="s", may_act_script="risk")

    assert workbench.check("risk", "data-agent", ("score",)).findings == ()


def test_the_exchange_works_from_end_to_end(
    workbench: Workbench, may_act: MayAct
) -> None:
    source = 'token.setMayAct({client_id: "risk-agent", sub: "(age!risk-agent)"});'
    workbench.realm.add_script("risk", source)
    workbench.realm.register_agent("risk-agent", secret="s", scopes=["read"])
    workbench.realm.register_agent(
        "data-agent", secret="s", scopes=["read"], may_act_script="risk"
    )
    subject = workbench.client.client_credentials("data-agent", "s", scope="read")
    actor = workbench.client.client_credentials("risk-agent", "s", scope="read")

    issued = workbench.client.exchange(
        "risk-agent",
        "s",
        scope="read",
        subject_token=subject.access_token,
        actor_token=actor.access_token,
    )

    claims = workbench.inspect(issued).claims
    assert claims is not None
    assert claims["act"] == {"sub": "(age!risk-agent)"}
