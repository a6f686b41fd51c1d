"""Which tool may be called with which token."""

import pytest

from tests.course.mcp.conftest import ToolStory
from workbench import Workbench
from workbench.course.apis.policy import ApiPolicy
from workbench.course.use_cases.agent_for_agent import lets_act
from workbench.course.use_cases.use_case import SECRET
from workbench.errors import NotYet, SettingError, WorkbenchError


def test_the_tools_are_listed_to_a_delegated_token(tools: ToolStory) -> None:
    listed = tools.mcp.tools(tools.delegated())

    assert listed.names == (
        "score_ledger",
        "score_market",
        "score_network",
        "set_limit",
    )
    assert listed.listed[3].arguments == ("customer", "limit")


def test_without_a_token_no_tools_are_listed(tools: ToolStory) -> None:
    with pytest.raises(NotYet, match="invalid_token"):
        tools.mcp.tools(None)


def test_a_tool_scores_for_the_actor_that_the_policy_names(tools: ToolStory) -> None:
    called = tools.mcp.call("score_ledger", tools.delegated(), customer="c-17")

    assert called.allowed
    assert called.status == 200
    assert called.score == 26
    assert called.result["model"] == "payment-history-3"
    entry = tools.mcp.log[-1]
    assert (entry.subject, entry.actor) == ("(age!data-agent)", "(age!risk-agent)")
    assert called.reason == entry.reason


@pytest.mark.parametrize(
    ("tool", "model"),
    [("score_market", "sector-trend-1"), ("score_network", "trading-partners-2")],
)
def test_each_tool_asks_its_own_api(tools: ToolStory, tool: str, model: str) -> None:
    called = tools.mcp.call(tool, tools.delegated(), customer="c-17")

    assert called.result["model"] == model


def test_a_token_as_text_opens_what_its_call_does(tools: ToolStory) -> None:
    token = tools.delegated().access_token

    assert tools.mcp.call("score_ledger", token, customer="c-17").allowed


def test_an_opaque_token_is_asked_about(tools: ToolStory) -> None:
    tools.wb.provider.statelessTokensEnabled = False
    for agent in ("data-agent", "risk-agent"):
        tools.wb.realm.update(agent, overrides={"statelessTokensEnabled": False})
    token = tools.delegated()
    assert token.access_token.count(".") == 0

    called = tools.mcp.call("score_ledger", token, customer="c-17")

    assert called.allowed
    assert tools.mcp.log[-1].actor == "(age!risk-agent)"


def test_without_a_token_nothing_is_called(tools: ToolStory) -> None:
    called = tools.mcp.call("score_ledger", None, customer="c-17")

    assert (called.status, called.error) == (401, "invalid_token")
    assert "resource_metadata=" in called.challenge
    assert tools.mcp.log[-1].reason == "No bearer token was sent."


def test_the_subjects_own_token_is_meant_for_somebody_else(tools: ToolStory) -> None:
    called = tools.mcp.call("score_ledger", tools.own("data-agent"), customer="c-17")

    assert (called.status, called.error) == (401, "invalid_token")
    assert called.reason == (
        "The token is for data-agent, and this is https://mcp.example.com/mcp."
    )


def test_a_delegated_token_for_an_api_is_not_for_the_tools(tools: ToolStory) -> None:
    ledger = tools.wb.apis["ledger"].url
    token = tools.delegated(audience=ledger)

    called = tools.mcp.call("score_ledger", token, customer="c-17")

    assert called.status == 401
    assert ledger in called.reason


def test_an_expired_token_opens_nothing(tools: ToolStory) -> None:
    token = tools.delegated()
    tools.wb.clock.advance(seconds=3_600)

    called = tools.mcp.call("score_ledger", token, customer="c-17")

    assert (called.status, called.reason) == (401, "The token has expired.")


def test_the_benchs_clock_counts_and_not_the_machines(wb: Workbench) -> None:
    with Workbench(now=1_000_000_000, seed="2001", engine=wb.engine) as bench:
        bench.prepare("agent-for-agent")
        tools = ToolStory(bench, bench.open_mcp())

        called = tools.mcp.call("score_ledger", tools.delegated(), customer="c-17")

    assert called.allowed


def test_a_token_with_another_signature_opens_nothing(tools: ToolStory) -> None:
    head, body, signature = tools.delegated().access_token.split(".")
    forged = f"{head}.{body}.{signature[::-1]}"

    assert tools.mcp.call("score_ledger", forged, customer="c-17").status == 401


def test_a_token_without_the_scope_of_all_tools_is_turned_away(
    tools: ToolStory,
) -> None:
    token = tools.delegated(scope="write")

    called = tools.mcp.call("set_limit", token, customer="c-17", limit=5)

    assert (called.status, called.error) == (403, "insufficient_scope")
    assert tools.mcp.log[-1].reason == "The token has no scope read."


def test_a_tool_can_need_another_scope_than_the_rest(tools: ToolStory) -> None:
    called = tools.mcp.call("set_limit", tools.delegated(), customer="c-17", limit=5)

    assert (called.status, called.error) == (200, "insufficient_scope")
    assert called.text == "The tool needs a token with scope write."
    assert tools.mcp.limits == {}


def test_the_right_scope_does_not_make_the_right_actor(tools: ToolStory) -> None:
    token = tools.delegated(scope="read write")

    called = tools.mcp.call("set_limit", token, customer="c-17", limit=5)

    assert called.error == "access_denied"
    assert "limit-agent" in called.reason
    assert "limit-agent" not in called.text
    assert tools.mcp.limits == {}


def test_a_policy_that_names_the_actor_lets_it_set_a_limit(tools: ToolStory) -> None:
    tools.mcp.policies["set_limit"] = ApiPolicy(
        frozenset({"(age!data-agent)"}), frozenset({"(age!risk-agent)"}), "write"
    )
    token = tools.delegated(scope="read write")

    called = tools.mcp.call("set_limit", token, customer="c-17", limit=5)

    assert called.result == {"customer": "c-17", "limit": 5}
    assert tools.mcp.limits == {"c-17": 5}
    with pytest.raises(NotYet, match="set_limit brought no score"):
        called.score  # noqa: B018


def test_another_actor_may_not_score(tools: ToolStory) -> None:
    realm = tools.wb.realm
    realm.add_script("other may act", lets_act("other-agent"))
    realm.register_agent("other-agent", secret=SECRET, scopes=["read"])
    realm.update("data-agent", may_act_script="other may act")
    tools.wb.open_mcp("risk-agent", "other-agent")
    tools.mcp = tools.wb.mcp

    called = tools.mcp.call(
        "score_ledger", tools.delegated(actor="other-agent"), customer="c-17"
    )

    assert called.error == "access_denied"
    assert tools.mcp.log[-1].actor == "(age!other-agent)"


def test_another_subject_is_not_scored_for(tools: ToolStory) -> None:
    tools.mcp.policies["score_ledger"] = ApiPolicy(
        frozenset({"(age!other)"}), frozenset({"(age!risk-agent)"})
    )

    called = tools.mcp.call("score_ledger", tools.delegated(), customer="c-17")

    assert called.error == "access_denied"
    assert called.reason == "The policy names (age!other), not it."


def test_arguments_are_looked_at_once_the_caller_may_call(tools: ToolStory) -> None:
    mcp, token = tools.mcp, tools.delegated()

    assert mcp.call("score_ledger", token).error == "invalid_arguments"
    assert mcp.call("score_ledger", token, customer="").error == "invalid_arguments"
    assert mcp.call("set_limit", token, limit=True).error == "insufficient_scope"


@pytest.mark.parametrize("limit", [-1, True, "5"])
def test_a_limit_is_a_whole_number(tools: ToolStory, limit: object) -> None:
    tools.mcp.policies["set_limit"] = tools.mcp.policies["score_ledger"]

    called = tools.mcp.call(
        "set_limit", tools.delegated(), customer="c-17", limit=limit
    )

    assert called.text == "limit is a whole number from 0."


def test_a_tool_that_is_not_offered_is_said_to_be_none(tools: ToolStory) -> None:
    called = tools.mcp.call("drop_tables", tools.delegated())

    assert (called.status, called.error) == (400, "rpc_error")
    assert called.text == "There is no tool 'drop_tables'."


@pytest.mark.parametrize("token", ["", "two words", "café", "a\r\nX-Other: b"])
def test_what_cannot_be_a_token_is_not_sent(tools: ToolStory, token: str) -> None:
    with pytest.raises(WorkbenchError, match="This is no access token") as raised:
        tools.mcp.call("score_ledger", token, customer="c-17")

    assert not token or token not in str(raised.value)


def test_no_token_is_in_what_shows_a_call(tools: ToolStory) -> None:
    token = tools.delegated().access_token
    refused = tools.mcp.call("set_limit", token, customer="c-17", limit=1)

    for each in (refused, tools.mcp, tools.mcp.log[-1]):
        assert token not in repr(each)


def test_only_a_tool_that_there_is_has_a_policy(tools: ToolStory) -> None:
    policies = tools.mcp.policies
    policy = policies["set_limit"]

    with pytest.raises(SettingError, match="There is no tool 'set_limits'"):
        policies["set_limits"] = policy
    with pytest.raises(SettingError, match="'score'"):
        policies["score"]
    with pytest.raises(SettingError, match="keeps a policy"):
        del policies["set_limit"]
    assert "set_limit" in policies and len(policies) == 4
    assert repr(policies).startswith("<ToolPolicies score_ledger")
