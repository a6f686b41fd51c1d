"""With which token the server asks the APIs, and what goes wrong with two others."""

import jwt
import pytest

from tests.course.mcp.conftest import ToolStory
from workbench import Workbench
from workbench.agent.client import Call
from workbench.course.use_cases.use_case import SECRET
from workbench.errors import RegistrationError, SettingError


def bearer_of(call: Call) -> str:
    """The token that an API was sent."""
    return dict(call.request_headers)["authorization"].removeprefix("Bearer ")


def claims_of(token: str) -> dict[str, object]:
    claims: dict[str, object] = jwt.decode(token, options={"verify_signature": False})
    return claims


def story(wb: Workbench, onward: str) -> ToolStory:
    wb.prepare("agent-for-agent")
    return ToolStory(wb, wb.open_mcp(onward=onward))


def test_the_api_gets_a_token_of_the_servers_own_exchange(tools: ToolStory) -> None:
    token = tools.delegated().access_token
    tools.mcp.call("score_ledger", token, customer="c-17")

    sent = bearer_of(tools.wb.history[-1])
    assert sent != token
    claims = claims_of(sent)
    assert claims["sub"] == "(age!data-agent)"
    assert claims["aud"] == ["mcp-server", "https://ledger.example.com"]
    assert claims["act"] == {
        "sub": "(age!mcp-server)",
        "act": {"sub": "(age!risk-agent)"},
    }


def test_the_apis_log_names_the_server_as_current_actor(tools: ToolStory) -> None:
    tools.mcp.call("score_ledger", tools.delegated(), customer="c-17")

    entry = tools.wb.apis["ledger"].log[-1]
    assert (entry.client_id, entry.actor) == ("mcp-server", "(age!mcp-server)")
    assert entry.earlier == ("(age!risk-agent)",)


def test_the_callers_token_goes_to_its_issuer_alone(tools: ToolStory) -> None:
    token = tools.delegated().access_token
    before = len(tools.wb.history)
    tools.mcp.call("score_ledger", token, customer="c-17")

    with_token = [
        call
        for call in list(tools.wb.history)[before:]
        if token in dict(call.form).values() or token in str(call.request_headers)
    ]
    (exchange, *others) = with_token
    assert dict(exchange.form)["subject_token"] == token
    assert all("/introspect" in call.url for call in others)


def test_without_may_act_for_the_server_it_cannot_go_on(tools: ToolStory) -> None:
    silent = "logger.info('nobody may act');"
    tools.wb.realm.add_script("nobody", silent)
    tools.wb.realm.update("risk-agent", may_act_script="nobody")

    called = tools.mcp.call("score_ledger", tools.delegated(), customer="c-17")

    assert called.error == "exchange_refused"
    assert "Invalid token exchange" in called.reason
    assert "Invalid token exchange" not in called.text
    assert not tools.mcp.log[-1].allowed


def test_an_api_that_refuses_the_server_makes_the_tool_fail(tools: ToolStory) -> None:
    ledger = tools.wb.apis["ledger"]
    ledger.policy = tools.mcp.policies["score_ledger"]

    called = tools.mcp.call("score_ledger", tools.delegated(), customer="c-17")

    assert called.error == "api_refused"
    assert called.text == "The API behind the tool answered 403."


def test_a_token_that_is_passed_through_is_refused_by_an_api_that_looks(
    wb: Workbench,
) -> None:
    tools = story(wb, "pass-through")
    token = tools.delegated().access_token

    called = tools.mcp.call("score_ledger", token, customer="c-17")

    assert bearer_of(wb.history[-1]) == token
    assert called.error == "api_refused"
    assert "mcp.example.com" in wb.apis["ledger"].log[-1].reason


def test_a_token_that_is_passed_through_hides_the_server_from_a_careless_api(
    wb: Workbench,
) -> None:
    tools = story(wb, "pass-through")
    careless = wb.apis.twin("ledger", believes="any audience")
    tools.mcp.asks["score_ledger"] = careless.name

    called = tools.mcp.call("score_ledger", tools.delegated(), customer="c-17")

    assert called.allowed
    entry = careless.log[-1]
    assert (entry.client_id, entry.actor) == ("risk-agent", "(age!risk-agent)")


def test_the_right_server_is_named_to_a_careless_api_too(tools: ToolStory) -> None:
    careless = tools.wb.apis.twin("ledger", believes="any audience")
    tools.mcp.asks["score_ledger"] = careless.name

    tools.mcp.call("score_ledger", tools.delegated(), customer="c-17")

    assert careless.log[-1].client_id == "mcp-server"


def test_a_server_with_rights_of_its_own_scores_for_anybody(wb: Workbench) -> None:
    tools = story(wb, "own-rights")
    wb.realm.register_agent("stranger", secret=SECRET, scopes=["read"])
    wb.realm.add_script("itself", 'token.setMayAct({client_id: "stranger"});')
    wb.realm.update(
        "stranger",
        may_act_script="itself",
        allowed_audiences=[tools.mcp.url],
        overrides={
            "statelessTokensEnabled": True,
            "acceptAudienceParametersInTokenExchangeRequests": True,
        },
    )
    own = wb.client.client_credentials("stranger", SECRET, scope="read")
    token = wb.client.exchange(
        "stranger",
        SECRET,
        scope="read",
        subject_token=own.access_token,
        audience=tools.mcp.url,
    )

    called = tools.mcp.call("score_ledger", token, customer="c-17")

    assert called.allowed
    entry = wb.apis["ledger"].log[-1]
    assert (entry.subject, entry.actor) == ("(age!mcp-server)", "")

    right = wb.open_mcp()
    assert right.call("score_ledger", token, customer="c-17").error == "access_denied"


def test_a_way_to_go_on_that_is_none_is_named(wb: Workbench) -> None:
    wb.prepare("agent-for-agent")

    with pytest.raises(SettingError, match="'sideways'"):
        wb.open_mcp(onward="sideways")


def test_a_caller_that_is_not_registered_is_named(wb: Workbench) -> None:
    wb.prepare("agent-for-agent")
    wb.open_apis()

    with pytest.raises(RegistrationError, match="nobody"):
        wb.open_mcp("nobody")


def test_a_may_act_script_that_is_set_stays(wb: Workbench) -> None:
    wb.prepare("agent-for-agent")
    wb.realm.add_script("own", "logger.info('mine');")
    wb.realm.update("risk-agent", may_act_script="own")
    before = wb.realm.client("risk-agent").overrides.accessTokenMayActScript
    wb.open_mcp()

    after = wb.realm.client("risk-agent").overrides.accessTokenMayActScript
    assert after == before


def test_the_spelling_of_another_profile_counts_too(wb: Workbench) -> None:
    wb.profile = "aic"
    wb.prepare("agent-for-agent")
    mcp = wb.open_mcp()

    assert mcp.policies["score_ledger"].actors == frozenset({"risk-agent"})
