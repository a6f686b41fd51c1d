"""What a may act script does to a request, over HTTP."""

from pathlib import Path
from typing import Any

import pytest

from tests.stories import Agents, claims_of, refusal_of
from workbench import Workbench
from workbench.errors import RegistrationError

FAILED = {
    "error_description": "Error running may_act script",
    "error": "server_error",
}
CREDENTIALS = {"grant_type": "client_credentials", "scope": "read"}


def ask(wb: Workbench, source: str, version: str = "2.0", **script: str) -> Any:
    wb.realm.add_script("tried", source, version, **script)
    wb.realm.update("data-agent", may_act_script="tried")
    return wb.client.client_credentials("data-agent", "mySecret", scope="read")


@pytest.mark.parametrize(
    ("source", "version", "message", "line"),
    [
        ("var a = 1;\nmissing();", "2.0", "missing", 2),
        ("var a = ;", "2.0", "SyntaxError", 1),
        ("token.setMayAct({client_id: 'x'});", "1.0", "JsonValue", 1),
        ("while (true) {}", "2.0", "longer than", None),
    ],
)
def test_a_script_that_fails_answers_500_and_explains_beside_the_wire(
    story: Workbench, source: str, version: str, message: str, line: int | None
) -> None:
    answer = ask(story, source, version)

    assert (answer.status, answer.json) == (500, FAILED)
    error = story.audit[-1].scripts[0].error
    assert error is not None
    assert message in error.message
    assert error.line == line
    if line is not None:
        assert error.source_line == source.splitlines()[line - 1]


def test_a_script_that_fails_on_an_exchange_ends_the_decision(agents: Agents) -> None:
    agents.wb.realm.add_script("broken", "throw new Error('no');")
    actor = agents.token("risk-agent")
    agents.wb.realm.update("risk-agent", may_act_script="broken")

    answer = agents.exchange(actor_token=actor)

    assert (answer.status, answer.json) == (500, FAILED)
    refusal = refusal_of(agents.wb.decision)
    assert refusal.decided_by == "script"
    assert "no" in refusal.found


def test_a_script_that_returns_stamps_nothing_and_says_so(story: Workbench) -> None:
    source = "(function () { return {client_id: 'risk-agent'}; }())"

    answer = ask(story, source)

    assert answer.status == 200
    assert "may_act" not in (claims_of(story, answer) or {})
    assert "instead of calling token.setMayAct" in story.audit[-1].scripts[0].remark


def test_a_groovy_script_is_kept_and_not_run(story: Workbench) -> None:
    answer = ask(story, "token.setMayAct(null)", "1.0", language="GROOVY")

    assert (answer.status, answer.json) == (500, FAILED)
    assert "Groovy" in str(story.audit[-1].scripts[0].error)


def test_a_script_sees_the_request_without_the_secret(story: Workbench) -> None:
    source = """
    token.setMayAct({
        client_id: clientProperties.clientId,
        params: requestProperties.requestParams,
        realm: requestProperties.realm,
        uri: requestProperties.requestUri,
        scopes: scopes
    });
    """

    claims = claims_of(story, ask(story, source)) or {}

    assert claims["may_act"] == {
        "client_id": "data-agent",
        "params": {
            "grant_type": ["client_credentials"],
            "client_id": ["data-agent"],
            "scope": ["read"],
        },
        "realm": "/alpha",
        "uri": f"{story.realm.oauth2_url}/access_token",
        "scopes": ["read"],
    }


def test_the_overrides_decide_which_script_runs(story: Workbench) -> None:
    story.realm.add_script("realm-wide", "token.setMayAct({client_id: 'anyone'});")
    story.provider.accessTokenMayActScript = "realm-wide"
    story.realm.update("data-agent", overrides={"accessTokenMayActScript": "[Empty]"})

    claims = {
        name: claims_of(
            story, story.client.client_credentials(name, "mySecret", scope="read")
        )
        or {}
        for name in ("data-agent", "risk-agent")
    }

    assert "may_act" not in claims["data-agent"]
    assert claims["risk-agent"]["may_act"] == {"client_id": "anyone"}


PAGE = Path(__file__).parents[3] / "shared" / "seed" / "ai-agents-agent.md"


def printed_scripts() -> list[str]:
    blocks = PAGE.read_text(encoding="utf-8").split("```javascript")[1:]
    return [block.split("```")[0] for block in blocks]


@pytest.mark.skipif(not PAGE.exists(), reason="the vendor's page is not part of this")
@pytest.mark.parametrize(("index", "version"), [(0, "2.0"), (1, "1.0")])
def test_the_scripts_of_the_vendors_page_run_as_printed(
    story: Workbench, index: int, version: str
) -> None:
    answer = ask(story, printed_scripts()[index], version)

    assert (claims_of(story, answer) or {})["may_act"] == {
        "client_id": "risk-agent",
        "sub": "(age!risk-agent)",
    }


def test_a_missing_script_leaves_a_decision_on_an_exchange(agents: Agents) -> None:
    subject, actor = agents.token("data-agent"), agents.token("risk-agent")
    agents.wb.provider.accessTokenMayActScript = "gone"

    answer = agents.exchange(subject_token=subject, actor_token=actor)

    assert (answer.status, answer.json) == (500, FAILED)
    assert agents.wb.audit[-1].kind == "exchange"
    assert "There is no may act script" in refusal_of(agents.wb.decision).found


def test_an_act_that_a_script_sets_is_told_as_the_scripts(agents: Agents) -> None:
    agents.wb.realm.add_script("forge", 'token.setAct({sub: "forged"});')
    actor = agents.token("risk-agent")
    agents.wb.realm.update(
        "risk-agent",
        may_act_script="forge",
        overrides={"statelessTokensEnabled": True},
    )

    answer = agents.exchange(actor_token=actor)

    issued = agents.wb.inspect(answer)
    assert claims_of(agents.wb, issued)["act"] == {"sub": "forged"}
    assert claims_of(agents.wb, answer.refresh_token)["act"] == {"sub": "forged"}
    grant = agents.wb.decision.grant
    assert grant is not None and grant.act == {"sub": "forged"}
    assert "token.setAct" in agents.wb.decision.checks[-1].found
    comparison = agents.wb.compare(agents.token("data-agent"), actor, issued)
    assert comparison.row("act").decided_by == "acting client's may act script"


def test_what_a_script_logs_stays_out_of_the_repr(story: Workbench) -> None:
    ask(story, "logger.info('' + requestProperties.requestParams.scope);")

    assert story.audit[-1].scripts[0].log[0].text == "[read]"
    assert "LogLine" not in repr(story.audit)


def test_a_script_that_does_nothing_says_so(story: Workbench) -> None:
    ask(story, "var unused = 1;")

    assert story.audit[-1].scripts[0].remark.endswith("so nothing was stamped.")


def test_a_script_may_set_both_claims(story: Workbench) -> None:
    ask(story, 'token.setMayAct({client_id: "x"}); token.setAct({sub: "y"});')

    assert story.audit[-1].scripts[0].remark == (
        "The script called token.setMayAct and token.setAct."
    )


def password_grant(wb: Workbench, source: str) -> Any:
    wb.realm.add_user("bjensen", password="p", attributes={"team": ["data"]})
    wb.realm.add_script("of people", source)
    wb.realm.register_client(
        "web",
        secret="s",
        scopes=["read"],
        grant_types=["password"],
        may_act_script="of people",
    )
    form = {"grant_type": "password", "username": "bjensen", "password": "p"}
    more = {"client_id": "web", "client_secret": "s", "scope": "read"}
    return wb.client.post("access_token", form | more)


def test_what_a_script_stores_is_kept(story: Workbench) -> None:
    answer = password_grant(
        story,
        "identity.addAttribute('team', 'risk');"
        "identity.store();"
        "token.setMayAct({team: identity.getAttributeValues('team'),"
        " seen: Object.keys(requestProperties.requestParams).join()});",
    )

    claims = claims_of(story, answer)
    assert claims["may_act"] == {
        "team": ["data", "risk"],
        "seen": "grant_type,username,client_id,scope",
    }
    assert story.realm.user("bjensen").values("team") == ("data", "risk")


def test_what_is_not_stored_is_forgotten(story: Workbench) -> None:
    password_grant(story, "identity.addAttribute('team', 'risk');")

    assert story.realm.user("bjensen").values("team") == ("data",)


def test_a_script_asks_a_service_that_is_on_the_bench(story: Workbench) -> None:
    story.surroundings.answer("https://risk.example.com/", json={"agent": "x"})

    answer = ask(
        story,
        "var told = httpClient.send('https://risk.example.com/').get().json();"
        "token.setMayAct({client_id: told.agent});",
    )

    assert claims_of(story, answer)["may_act"] == {"client_id": "x"}


def test_a_script_requires_a_library_of_the_realm(story: Workbench) -> None:
    story.realm.add_library_script("typed", "exports.agent = '(age!x)';")

    answer = ask(story, "token.setMayAct({sub: require('typed').agent});")

    assert claims_of(story, answer)["may_act"] == {"sub": "(age!x)"}


def test_a_library_is_no_may_act_script(story: Workbench) -> None:
    story.realm.add_library_script("typed", "exports.agent = '(age!x)';")

    with pytest.raises(RegistrationError, match="is for LIBRARY"):
        story.realm.update("data-agent", may_act_script="typed")
    with pytest.raises(RegistrationError, match="already exist"):
        story.realm.add_library_script("typed", "")
