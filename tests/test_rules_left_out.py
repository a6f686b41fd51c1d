"""A profile without a rule: the attack that it stops succeeds, and that is said."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.stories import Agents
from workbench import Workbench
from workbench.agent.client import Call
from workbench.am.exchange.differences import other_values
from workbench.am.exchange.rules import CAN_BE_LEFT_OUT, RULES
from workbench.am.settings.profile import PROFILES
from workbench.errors import SettingError
from workbench.saving.fault import SavedFileError
from workbench.views.decision import decision_html, decision_text
from workbench.views.player.play import play
from workbench.views.player.step import PlayStep

NAMES_CLIENT = "may_act.client_id names the client"
NAMES_ACTOR = "may_act.sub names the actor token's sub"
CARRIES = "The subject token carries may_act"


def without(wb: Workbench, *rules: str) -> None:
    wb.profile = wb.profile.but(rules_left_out=rules)


def stolen(agents: Agents, **more: str) -> Call:
    """data-agent exchanges its own token, which is stamped for risk-agent."""
    return agents.exchange(client_id="data-agent", **more)


def played(wb: Workbench, call: Call) -> tuple[PlayStep, ...]:
    return play(call, call.event, wb.realm).steps


def not_reached(wb: Workbench, call: Call) -> dict[str, str]:
    steps = played(wb, call)
    return dict(next(each.facts for each in steps if "not reached" in each.title))


def test_a_rule_that_is_left_out_refuses_nothing(
    story: Workbench, agents: Agents
) -> None:
    assert stolen(agents).status == 400
    assert story.decision.refusal is not None
    assert story.decision.refusal.rule == NAMES_CLIENT

    without(story, NAMES_CLIENT)

    assert stolen(agents).status == 200
    assert story.decision.granted


def test_a_rule_that_is_left_out_is_no_check_that_passed(
    story: Workbench, agents: Agents
) -> None:
    without(story, NAMES_CLIENT)
    stolen(agents)

    decision = story.decision
    (left_out,) = decision.left_out
    assert NAMES_CLIENT not in {check.rule for check in decision.checks}
    assert NAMES_CLIENT not in decision.not_evaluated
    assert (left_out.rule, left_out.passed) == (NAMES_CLIENT, False)
    assert (left_out.expected, left_out.found) == ("data-agent", "risk-agent")


def test_the_decision_shows_what_was_left_out(story: Workbench, agents: Agents) -> None:
    without(story, NAMES_CLIENT)
    stolen(agents)

    for face in (decision_html(story.decision), decision_text(story.decision)):
        assert "Every rule passed that this profile has" in face
        assert "it would refuse" in face
        assert "Left out by the profile" in face or "- left out" in face


def test_the_decision_shows_a_rule_left_out_that_was_not_broken(
    story: Workbench, agents: Agents
) -> None:
    without(story, NAMES_CLIENT)
    agents.exchange()

    text = decision_text(story.decision)
    assert "Every rule passed. The new token" in text
    assert "it would pass" in text


def test_the_player_shows_a_rule_left_out_as_not_reached(
    story: Workbench, agents: Agents
) -> None:
    without(story, NAMES_CLIENT)
    steps = played(story, stolen(agents))

    step = next(each for each in steps if NAMES_CLIENT in each.title)
    assert step.said == "The profile leaves it out; it would refuse."
    assert not step.decides


def test_rules_left_out_behind_the_one_that_decides_are_not_counted_as_passed(
    story: Workbench, agents: Agents
) -> None:
    actor = agents.token("data-agent")
    before = not_reached(story, stolen(agents, actor_token=actor))
    without(story, NAMES_ACTOR)
    after = not_reached(story, stolen(agents, actor_token=actor))

    assert "Would fail too" in before
    assert "Would fail too" not in after
    assert after["Would pass"] == before["Would pass"]


def test_act_names_the_actor_whom_nobody_allowed(
    story: Workbench, agents: Agents
) -> None:
    without(story, NAMES_ACTOR)
    call = agents.exchange(actor_token=agents.token("data-agent"))

    claims = story.inspect(call).claims
    assert claims is not None
    assert claims["act"] == {"sub": "(age!data-agent)"}


def test_rules_that_stand_on_one_left_out_cannot_be_evaluated(
    story: Workbench, agents: Agents
) -> None:
    without(story, CARRIES)
    call = agents.exchange(subject_token=agents.token("risk-agent"))

    assert call.status == 400
    assert story.decision.refusal is None
    assert NAMES_CLIENT in story.decision.not_evaluated
    assert story.decision.advice == ""


def test_a_token_without_may_act_passes_where_no_rule_looks_at_it(
    story: Workbench, agents: Agents
) -> None:
    about_may_act = [each.statement for each in RULES if each.about == "may_act"]
    without(story, *about_may_act)
    call = agents.exchange(subject_token=agents.token("risk-agent"))

    assert call.status == 200
    assert [each.rule for each in story.decision.left_out] == [CARRIES]


@pytest.mark.parametrize("statement", CAN_BE_LEFT_OUT)
def test_each_rule_can_be_left_out_of_a_good_exchange(
    statement: str, story: Workbench, agents: Agents
) -> None:
    without(story, statement)

    assert agents.exchange().status == 200


def test_an_unknown_rule_is_refused_with_the_nearest(wb: Workbench) -> None:
    with pytest.raises(SettingError, match="Did you mean"):
        without(wb, "may_act.client_id names a client")

    assert wb.profile == PROFILES["pingam-8.1"]


@pytest.mark.parametrize("rule", [each for each in RULES if each.always])
def test_a_rule_that_has_to_be_there_says_why(rule: Any, wb: Workbench) -> None:
    with pytest.raises(SettingError) as problem:
        without(wb, rule.statement)

    assert str(problem.value).endswith(rule.always)
    assert rule.always.endswith(".")


def test_a_saved_bench_keeps_what_is_left_out(wb: Workbench, tmp_path: Path) -> None:
    without(wb, NAMES_CLIENT)
    wb.save(tmp_path / "bench.json")

    with Workbench.load(tmp_path / "bench.json") as again:
        assert again.profile == wb.profile


def test_a_saved_bench_without_such_a_rule_is_refused(
    wb: Workbench, tmp_path: Path
) -> None:
    without(wb, NAMES_CLIENT)
    path = tmp_path / "bench.json"
    wb.save(path)
    text = path.read_text("utf-8")
    assert json.dumps(NAMES_CLIENT) in text
    path.write_text(text.replace(json.dumps(NAMES_CLIENT), '"no such rule"'), "utf-8")

    with pytest.raises(SavedFileError, match="There is no rule 'no such rule'"):
        Workbench.load(path)


def test_the_form_ticks_rules_to_leave_out(wb: Workbench) -> None:
    form = wb.profile_form()
    form.rules_left_out.value = (NAMES_CLIENT,)
    form.submit()

    assert wb.profile.rules_left_out == (NAMES_CLIENT,)
    assert NAMES_CLIENT in form.text()


def test_the_other_value_of_a_list_is_an_empty_one(wb: Workbench) -> None:
    assert other_values(wb.profile, "rules_left_out") == ()
    assert other_values(wb.profile.but(rules_left_out=[CARRIES]), "rules_left_out") == (
        (),
    )


def test_the_form_says_that_the_rule_left_out_made_the_difference(
    story: Workbench, agents: Agents
) -> None:
    without(story, NAMES_CLIENT)
    stolen(agents)

    assert f"refused ({NAMES_CLIENT})" in story.profile_form().text()


def test_what_if_tells_a_rule_left_out(story: Workbench, agents: Agents) -> None:
    agents.exchange()
    without(story, NAMES_CLIENT)

    supposed = story.what_if(client_id="data-agent")

    assert supposed.granted
    assert [each.rule for each in supposed.left_out] == [NAMES_CLIENT]
