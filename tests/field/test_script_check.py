"""``workbench script check`` as its user has it: files in, words and a status out."""

import io
import json
import sys
from pathlib import Path
from typing import Any

import pytest

from workbench.cli import main

STAMP = "token.setMayAct({client_id: 'a', sub: '(age!a)'});"
FIELD = "accessToken.setField('a', 'b');"
VALIDATES = "".join(
    f"function validate{each}Scope() {{ return requestedScopes; }}\n"
    for each in ("Authorization", "AccessToken", "RefreshToken")
)
EVERY = [
    ("OAUTH2_MAY_ACT", STAMP),
    ("OAUTH2_ACCESS_TOKEN_MODIFICATION", FIELD),
    ("OAUTH2_VALIDATE_SCOPE", VALIDATES),
    ("OAUTH2_EVALUATE_SCOPE", "(() => ({a: accessToken.getScope()}))();"),
    (
        "OAUTH2_AUTHORIZE_ENDPOINT_DATA_PROVIDER",
        "({a: session.getProperty('UserId')});",
    ),
    ("OIDC_CLAIMS", "({values: claims, compositeScopes: {}});"),
    (
        "OAUTH2_DYNAMIC_CLIENT_REGISTRATION",
        "clientIdentity.setClientName(['x']); clientIdentity.store();",
    ),
    ("LIBRARY", "exports.a = 1;"),
]


class Told:
    """What one run came to."""

    def __init__(self, status: int, out: str, err: str) -> None:
        self.status, self.out, self.err = status, out, err

    @property
    def json(self) -> Any:
        return json.loads(self.out)


@pytest.fixture
def check(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Any:
    def run(source: str, *options: str, name: str = "x.js") -> Told:
        (tmp_path / name).write_text(source, encoding="utf-8")
        status = main(["script", "check", str(tmp_path / name), *options])
        return Told(status, *capsys.readouterr())

    return run


@pytest.mark.parametrize(("context", "source"), EVERY)
def test_every_context_is_guessed_and_said_so(
    check: Any, context: str, source: str
) -> None:
    told, text = check(source, "--json"), check(source)

    assert (told.status, text.status) == (0, 0)
    assert told.json["context"] == context
    assert "--context says otherwise" in text.out
    assert told.json["taken_for"] in text.out


@pytest.mark.parametrize(("context", "source"), EVERY)
def test_every_context_can_be_named(check: Any, context: str, source: str) -> None:
    spellings = [context, context.lower(), context.replace("_", "-")]

    told = [check(source, "--context", each, "--json").json for each in spellings]

    assert [each["context"] for each in told] == 3 * [context]
    assert [each["context_by"] for each in told] == 3 * ["option"]
    assert [each["taken_for"] for each in told] == 3 * [""]


@pytest.mark.parametrize(
    ("short", "context"),
    [
        ("may-act", "OAUTH2_MAY_ACT"),
        ("Modification", "OAUTH2_ACCESS_TOKEN_MODIFICATION"),
        ("access token modification", "OAUTH2_ACCESS_TOKEN_MODIFICATION"),
        ("oidc_claims_next_gen", "OIDC_CLAIMS"),
        ("dcr", "OAUTH2_DYNAMIC_CLIENT_REGISTRATION"),
    ],
)
def test_a_context_has_short_names(check: Any, short: str, context: str) -> None:
    assert check("1;", "--context", short, "--json").json["context"] == context


def test_a_script_that_says_nothing_is_taken_for_a_may_act_script(check: Any) -> None:
    told = check("logger.info('x');")

    assert "may act script, because nothing in it says what it is for" in told.out


def test_a_context_that_is_none_is_refused_with_those_there_are(check: Any) -> None:
    told = check(STAMP, "--context", "modifcation", "--json")

    assert (told.status, told.out) == (1, "")
    assert "Did you mean modification?" in told.err


def test_a_script_that_looks_at_the_request_is_given_parameters(check: Any) -> None:
    source = (
        "var asked = requestProperties.requestParams.resource;"
        "token.setMayAct({client_id: asked[1], sub: '(age!' + asked[0] + ')'});"
    )

    told = check(source, "--json", "--param", "resource=a", "--param", "resource=b=c")

    assert told.status == 0
    assert told.json["outcome"]["may_act"] == {"client_id": "b=c", "sub": "(age!a)"}


@pytest.mark.parametrize("given", ["x", "=x", ""])
def test_a_parameter_is_a_name_and_a_value(check: Any, given: str) -> None:
    assert "--param name=value" in check(STAMP, "--param", given).err


def test_a_script_can_be_asked_by_a_client_and_be_about_a_person(check: Any) -> None:
    source = (
        "accessToken.setFields({client: clientProperties.clientId,"
        " scopes: clientProperties.allowedScopes, mail:"
        " identity.getAttributeValues('mail')});"
    )

    told = check(
        *(source, "--json", "--client", "svc", "--scope", "a b", "--user", "ann"),
        *("--attribute", "mail=a@x", "--attribute", "mail=b@x"),
    )

    assert told.json["outcome"]["result"]["set"] == {
        "client": "svc",
        "scopes": ["a", "b"],
        "mail": ["a@x", "b@x"],
    }


def test_an_attribute_is_somebodys(check: Any) -> None:
    assert "name one by --user" in check(STAMP, "--attribute", "mail=x").err


@pytest.mark.parametrize("section", ["application", "agent"])
def test_a_client_is_taken_from_the_file(check: Any, section: str) -> None:
    client = {
        "coreOAuth2ClientConfig": {
            "scopes": {"inherited": False, "value": ["hr.read"]},
            "defaultScopes": {"inherited": False},
        },
        "advancedOAuth2ClientConfig": {"grantTypes": ["client_credentials"]},
    }
    source = (
        "token.setMayAct({client_id: clientProperties.clientId, sub: '(age!'"
        " + scopes[0] + clientProperties.allowedGrantTypes[0] + ')'});"
    )
    script = {
        "name": "x",
        "context": "OAUTH2_MAY_ACT",
        "evaluatorVersion": "2.0",
        "script": [source],
    }
    export = {section: {"hr": client}, "script": {"a": script}}

    told = check(json.dumps(export), "--client", "hr", "--json", name="hr.json")

    assert told.json["outcome"]["may_act"] == {
        "client_id": "hr",
        "sub": "(age!hr.readclient_credentials)",
    }


def test_a_client_that_the_file_has_damaged_is_said_so(check: Any) -> None:
    client = {"coreOAuth2ClientConfig": {"scopes": "read"}}
    export = [{"application": {"hr": client}, "script": {"a": {"script": [STAMP]}}}]

    told = check(json.dumps(export), "--client", "hr", name="hr.json")

    assert "coreOAuth2ClientConfig.scopes is no list of texts." in told.err


def test_a_script_that_swallowed_its_error_is_told_which_and_where(check: Any) -> None:
    source = "try {\n  tokn.setMayAct({});\n} catch (e) { logger.error('no'); }"

    text, told = check(source), check(source, "--json")

    assert text.status == 1
    assert "2:3  warning  caught-error" in text.out
    assert "ReferenceError: tokn is not defined" in text.out
    assert told.json["outcome"]["caught"] == [
        {"message": "ReferenceError: tokn is not defined", "line": 2, "column": 3}
    ]


def test_an_operation_is_that_of_a_registration(check: Any) -> None:
    source = (
        "if (operation == 'UPDATE') {"
        " clientIdentity.setClientName(['x']); clientIdentity.store(); }"
    )

    told = check(source, "--json", "--operation", "UPDATE")

    assert told.json["outcome"]["kind"] == "stored"
    assert told.json["outcome"]["client"] == {"setClientName": ["x"]}
    assert check(source, "--json").json["outcome"]["kind"] == "nothing"


@pytest.mark.parametrize(
    ("source", "options", "kind", "status"),
    [
        (STAMP, (), "stamped", 0),
        (FIELD, (), "changed", 0),
        (FIELD, ("--legacy",), "changed", 0),
        ("accessToken.getScope();", (), "nothing", 1),
        (VALIDATES, (), "answered", 0),
        (
            VALIDATES.replace(
                "return requestedScopes", "scopeValidatorHelper.throwInvalidScope('x')"
            ),
            (),
            "refused",
            0,
        ),
        ("1;", ("--context", "evaluate-scope"), "error", 1),
    ],
)
def test_the_kind_of_outcome_is_named_for_programs(
    check: Any, source: str, options: tuple[str, ...], kind: str, status: int
) -> None:
    told = check(source, "--json", *options)

    assert (told.json["outcome"]["kind"], told.status) == (kind, status)
    assert told.json["passed"] is (status == 0)


def test_several_scripts_are_a_list_and_pass_together(check: Any) -> None:
    good = {"name": "one", "script": [STAMP], "evaluatorVersion": "2.0"}
    bad = good | {"name": "two", "script": ["token.setMayact({});"]}
    one = json.dumps({"result": [good, good]})
    two = json.dumps({"result": [good, bad]})

    passing, failing = check(one, name="a.json"), check(two, name="a.json")
    told = check(two, "--json", name="a.json")

    assert (passing.status, failing.status, told.status) == (0, 1, 1)
    assert passing.out.endswith("Passed: 2 of 2.\n")
    assert "== result[1]: two, OAUTH2_MAY_ACT: does not pass" in failing.out
    assert [each["passed"] for each in told.json] == [True, False]


def test_what_the_options_say_otherwise_is_said(check: Any) -> None:
    export = json.dumps(
        {
            "name": "x",
            "script": [STAMP],
            "context": "OAUTH2_MAY_ACT",
            "evaluatorVersion": "2.0",
        }
    )

    told = check(export, "--legacy", "--context", "claims", name="a.json")

    assert told.status == 0
    assert "so --context does not count" in told.out
    assert "evaluatorVersion 2.0, so the version asked for does not count" in told.out


def test_a_damaged_file_is_a_sentence_for_people_and_an_error_for_programs(
    check: Any,
) -> None:
    text = check('{"script": ', name="a.json")
    told = check('{"script": ', "--json", name="a.json")

    assert (text.status, text.out) == (1, "")
    assert text.err.startswith("workbench: a.json is JSON that breaks off: line 1")
    assert told.json["accepted"] is False
    assert "breaks off" in told.json["outcome"]["error"]["message"]


def test_standard_input_may_be_an_export(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    export = json.dumps({"script": {"a": {"name": "x", "script": [FIELD]}}})
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(export.encode())))

    status = main(["script", "check", "-"])

    out = capsys.readouterr().out
    assert (status, out[:12]) == (0, "✓ changed: x")
    assert "The file says no evaluatorVersion: taken for 1.0." in out


def test_a_legacy_script_of_which_nobody_says_so_is_told_the_option(
    check: Any,
) -> None:
    json = "org.forgerock.json.JsonValue.json(org.forgerock.json.JsonValue.object())"
    source = f"var may = {json}; may.put('sub', '(age!a)'); token.setMayAct(may);"

    assert check(source).out.endswith(
        "It reads like a legacy script; --legacy takes it as one.\n"
    )
    assert "reads like a legacy script" not in check(source, "--legacy").out
