"""The world of a dynamic client registration script."""

import json
from collections.abc import Callable

import pytest

from workbench.am.scripts.script import (
    Bindings,
    ClientIdentity,
    RegistrationScript,
    ScriptOutcome,
)
from workbench.sandbox.engines.engine import QuickJSEngine

from .conftest import outcome_told

Run = Callable[..., ScriptOutcome]
CLIENT = ClientIdentity(
    name="agent",
    ai_agent=True,
    attributes={"AgentType": ["AIAgent"], "statelessTokensEnabled": ["false"]},
)


def script(source: str) -> RegistrationScript:
    return RegistrationScript(id="1", name="Set up", source=source)


@pytest.fixture
def run(engine: QuickJSEngine) -> Run:
    def running(
        source: str, client: ClientIdentity | None = CLIENT, operation: str = "CREATE"
    ) -> ScriptOutcome:
        given = Bindings(
            request_properties={"requestBody": {"client_name": "a"}},
            realm="/alpha",
            operation=operation,
            client=client,
        )
        return engine.run(script(source), given)

    return running


def said(outcome: ScriptOutcome) -> list[str]:
    assert outcome.error is None, outcome.error
    return [line.text for line in outcome.log]


def test_what_is_stored_is_what_was_set_before_store(run: Run) -> None:
    outcome = run(
        """
        var on = ["true"];
        clientIdentity.setAttribute("providerOverridesEnabled", on);
        on[0] = "false";
        clientIdentity.addAttribute("AgentType", "more");
        clientIdentity.store();
        clientIdentity.setAttribute("late", ["x"]);
        """
    )

    assert outcome.client == {
        "providerOverridesEnabled": ["true"],
        "AgentType": ["AIAgent", "more"],
    }


def test_attributes_are_read_as_they_are_by_now(run: Run) -> None:
    outcome = run(
        """
        function values(name) { return clientIdentity.getAttributeValues(name); }
        logger.info("{}", values("statelessTokensEnabled").join());
        clientIdentity.setAttribute("statelessTokensEnabled", ["true"]);
        logger.info("{}", values("statelessTokensEnabled").join());
        logger.info("{} {}", values("missing").length, values("__proto__").length);
        """
    )

    assert said(outcome) == ["false", "true", "0 0"]


def test_the_bindings_are_those_of_the_api(run: Run) -> None:
    outcome = run(
        """
        logger.info("{} {} {} {} {}", operation, realm, scriptName, cookieName,
            requestProperties.requestBody.client_name);
        logger.info("{}", [typeof token, typeof identity, typeof scopes, typeof session,
            typeof clientProperties, typeof softwareStatement].join());
        """
    )

    assert said(outcome) == [
        "CREATE /alpha Set up iPlanetDirectoryPro a",
        "undefined,undefined,undefined,undefined,undefined,object",
    ]


def test_a_deleted_client_is_not_there_any_more(run: Run) -> None:
    outcome = run("logger.info('' + clientIdentity)", client=None, operation="DELETE")

    assert said(outcome) == ["null"]


def test_java_lists_are_taken_as_arrays_are(run: Run) -> None:
    outcome = run(
        """
        var list = new java.util.ArrayList();
        list.add("true");
        clientIdentity.setAttribute("statelessTokensEnabled", list);
        clientIdentity.store();
        """
    )

    assert outcome.client == {"statelessTokensEnabled": ["true"]}


@pytest.mark.parametrize(
    "value", ["'true'", "[1]", "[null]", "null", "{}", "undefined"]
)
def test_an_attribute_takes_an_array_of_strings(run: Run, value: str) -> None:
    outcome = run(f"clientIdentity.setAttribute('a', {value}); clientIdentity.store()")

    assert "takes an array of strings" in str(outcome.error)
    assert outcome.client is None


def test_changes_of_built_ins_change_nothing_of_the_report(run: Run) -> None:
    outcome = run(
        """
        Array.prototype.some = function () { return false; };
        Object.prototype.toJSON = function () { return "forged"; };
        JSON.stringify = function () { return "forged"; };
        clientIdentity.setAttribute("a", ["b"]);
        clientIdentity.store();
        """
    )

    assert outcome.client == {"a": ["b"]}


def test_attributes_over_the_output_limit_are_an_error(run: Run) -> None:
    outcome = run(
        """
        clientIdentity.setAttribute("a", [new Array(300000).join("x")]);
        clientIdentity.store();
        """
    )

    assert "longer than the output limit" in str(outcome.error)


UNWRITTEN = [
    *(
        ("client", each)
        for each in ("7", '"x"', "[]", '{"a":"b"}', '{"a":[1]}', "null")
    ),
    *(("session", each) for each in ("7", '"x"', "[]", '{"a":[]}', '{"a":1}', "null")),
]


@pytest.mark.parametrize(("member", "value"), UNWRITTEN)
def test_what_no_script_leaves_is_a_broken_engine(
    engine: QuickJSEngine, member: str, value: str
) -> None:
    report = f'{{"log":[],"error":null,"{member}":{value}}}'
    ran = {"report": report, "stopped": "", "many": False, "codes": None}
    end = {"ended": "", "seconds": 0}
    answer = json.dumps({"said": [{"ran": ran}], "end": end}).encode()

    outcome = outcome_told(answer)

    assert (outcome.client, outcome.session) == (None, None)
    assert "broke its engine" in str(outcome.error)
