"""The cases from the field as they were found, a row each; their kinds are beside."""

import json
from pathlib import Path

import pytest

from tests.field.asked import ask
from tests.stories import (
    agent_for_user,
    consent,
    open_registration,
    own_token,
    provide_authorize_data,
    register,
)
from workbench import Workbench
from workbench.agent.not_json import NotJson
from workbench.cli import main

MODIFICATION = "token modification"


@pytest.mark.parametrize(
    ("context", "version", "source"),
    [
        pytest.param(
            MODIFICATION,
            "2.0",
            "accessToken.setField('x', requestProperties.get('realm'));",
            id="F1, a map of next generation",
        ),
        pytest.param(
            "may act",
            "2.0",
            "if (requestProperties.requestParams.get('scope').get(0) == 'read')"
            " token.setMayAct({client_id: 'svc'});",
            id="F1, a list of next generation",
        ),
        pytest.param(
            MODIFICATION, "1.0", "accessToken.setField('x', undefined);", id="F2"
        ),
        pytest.param(
            MODIFICATION,
            "1.0",
            "var p = org.forgerock.json.JsonValue.json('p');"
            " accessToken.setPermissions(p);",
            id="F4",
        ),
        pytest.param(
            MODIFICATION,
            "1.0",
            "var n = identity.getMemberships(com.sun.identity.idm.IdType.GROUP).size();"
            " accessToken.setField('x', '' + n);",
            id="F8",
        ),
    ],
)
def test_a_script_runs(wb: Workbench, context: str, version: str, source: str) -> None:
    asked = ask(wb, context, source, version)

    assert (asked.status, asked.outcome.error) == (200, None)


def test_f3_an_agent_has_an_identity_where_it_acts_as_itself(story: Workbench) -> None:
    source = (
        "if (identity.getAttribute('memberOf').isEmpty()) { logger.message('none'); }"
    )
    story.realm.add_script("of nobody", source, "1.0")
    story.realm.update("data-agent", may_act_script="of nobody")

    call = story.client.client_credentials("data-agent", "mySecret", scope="read")

    assert call.status == 200
    assert [line.text for line in story.audit[-1].scripts[0].log] == ["none"]


def test_f5_a_failed_call_is_the_one_that_failed(wb: Workbench) -> None:
    source = "accessToken.setField('x', requestProperties.fetch('realm'));"

    error = ask(wb, MODIFICATION, source).error

    assert error.message == "TypeError: fetch is not a function"
    assert (error.line, error.column) == (1, source.index("fetch") + 1)


def test_f6_a_registration_script_names_an_attribute_in_full(wb: Workbench) -> None:
    open_registration(wb)
    script = wb.realm.add_registration_script(
        "grants",
        "clientIdentity.setAttribute('com.forgerock.openam.oauth2provider.grantTypes',"
        " ['[0]=authorization_code', '[1]=client_credentials']);"
        " clientIdentity.store();",
    )
    wb.provider.dynamicClientRegistrationScript = script.id

    answer = register(wb, client_name="x")

    assert answer.status_code == 201
    assert answer.json()["grant_types"] == ["authorization_code", "client_credentials"]


def test_f7_authorize_data_has_the_property_host(wb: Workbench) -> None:
    agent_for_user(wb)
    source = (
        "var m = new java.util.HashMap(); m.put('ip', session.getProperty('Host')); m;"
    )
    provide_authorize_data(wb, source, "1.0")

    answer = consent(wb)

    assert answer.status_code == 302
    assert "ip=127.0.0.1" in answer.headers["Location"]


def test_f10_an_export_of_frodo_holds_a_script(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "one.script.json"
    body = {
        "name": "stamp",
        "context": "OAUTH2_MAY_ACT",
        "evaluatorVersion": "2.0",
        "language": "JAVASCRIPT",
        "script": ["token.setMayAct({client_id: 'a', sub: '(age!a)'});"],
    }
    file.write_text(json.dumps({"script": {"1": body}}))

    assert main(["script", "check", str(file)]) == 0
    assert "stamped" in capsys.readouterr().out


def test_f14_a_line_end_behind_a_token_is_taken_off_and_told(story: Workbench) -> None:
    story.provider.statelessTokensEnabled = True
    story.realm.update("data-agent", overrides={"statelessTokensEnabled": True})
    token = own_token(story, "data-agent")

    seen = story.inspect(f"{token}\n")

    assert seen.claims is not None
    assert seen.notes == ("Taken off before reading: white space around it.",)


def test_f16_a_redirect_is_no_json(wb: Workbench) -> None:
    agent_for_user(wb)
    consent(wb)

    with pytest.raises(NotJson):
        _ = wb.transcript[-1].json
