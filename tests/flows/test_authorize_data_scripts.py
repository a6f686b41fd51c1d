"""PingAM 8.1, "Authorize endpoint data provider": a script adds to the redirect."""

from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest

from tests.stories import (
    agent_for_user,
    code_in,
    consent,
    provide_authorize_data,
    redeem,
)
from workbench import Workbench

FAILED = {
    "error_description": "Error running authorize endpoint data provider script",
    "error": "server_error",
}


@pytest.fixture
def story(wb: Workbench) -> Workbench:
    return agent_for_user(wb)


def sent(answer: Any) -> dict[str, str]:
    return dict(parse_qsl(urlsplit(answer.headers["location"]).query))


@pytest.mark.parametrize(
    ("version", "source"),
    [
        (
            "2.0",
            """(function () {
                return {who: identity.getName(), by: clientProperties.clientId,
                    odd: 'a&b=c\\r\\nX: y', scope: requestProperties.requestParams
                        .scope[0]};
            }());""",
        ),
        (
            "1.0",
            """(function () {
                var map = new java.util.HashMap();
                map.put('who', identity.getName());
                map.put('by', clientProperties.get('clientId'));
                map.put('odd', 'a&b=c\\r\\nX: y');
                map.put('scope', requestProperties.get('requestParams').get('scope')
                    .get(0));
                return map;
            }());""",
        ),
    ],
)
def test_what_the_script_gives_is_added_to_the_redirect(
    story: Workbench, version: str, source: str
) -> None:
    provide_authorize_data(story, source, version)

    answer = consent(story)

    added = sent(answer)
    assert (added["who"], added["by"]) == ("bjensen", "hr-client")
    assert (added["odd"], added["scope"]) == ("a&b=c\r\nX: y", "read")
    assert "X" not in answer.headers
    assert redeem(story, added["code"]).status_code == 200
    assert story.audit[-2].scripts[-1].script.name == "data"


def test_parameters_of_am_stay(story: Workbench) -> None:
    provide_authorize_data(
        story, "({code: 'mine', iss: 'x', client_id: 'y', state: 'z'});"
    )

    answer = consent(story, state="s")

    assert sent(answer)["state"] == "s"
    assert sent(answer)["iss"] == story.realm.oauth2_url
    assert redeem(story, code_in(answer)).status_code == 200


def test_a_script_sets_no_state_where_none_was_sent(story: Workbench) -> None:
    provide_authorize_data(story, "({state: 'mine', other: 'x'});")

    added = sent(consent(story))

    assert "state" not in added
    assert added["other"] == "x"


def test_numbers_and_booleans_are_sent_as_text(story: Workbench) -> None:
    provide_authorize_data(story, "({n: 5, half: 0.5, yes: true});")

    added = sent(consent(story))

    assert (added["n"], added["half"], added["yes"]) == ("5", "0.5", "true")


def test_a_parameter_may_be_named_as_javascript_names_its_own(
    story: Workbench,
) -> None:
    provide_authorize_data(
        story, """JSON.parse('{"__proto__": "a", "constructor": "b"}');"""
    )

    added = sent(consent(story))

    assert (added["__proto__"], added["constructor"]) == ("a", "b")


def test_the_session_token_is_no_parameter_that_a_script_sees(
    story: Workbench,
) -> None:
    provide_authorize_data(
        story, "({seen: typeof requestProperties.requestParams.csrf});"
    )

    assert sent(consent(story))["seen"] == "undefined"


@pytest.mark.parametrize(
    "source",
    [
        "1;",
        "null;",
        "['a'];",
        "(function () {});",
        "({m: {}});",
        "({m: ['a']});",
        "({m: null});",
        "({f: function () {}});",
        "var a = {}; a.a = a; a;",
        "({half: '\\ud800'});",
        "({'\\ud800': 'half'});",
        "({long: new Array(9000).join('x')});",
        "({long: new Array(10000000).join('x')});",
        "nope();",
        "token;",
        "scopes;",
    ],
)
def test_a_script_that_gives_no_texts_leaves_no_code(
    story: Workbench, source: str
) -> None:
    provide_authorize_data(story, source)

    answer = consent(story)

    assert (answer.status_code, answer.json()) == (500, FAILED)


def test_the_scope_validation_script_is_asked_before_consent(story: Workbench) -> None:
    script = story.realm.add_script(
        "scopes",
        """function validateAuthorizationScope() {
            logger.info(identity.getName());
            return ['read'];
        }""",
        context="OAUTH2_VALIDATE_SCOPE",
    )
    story.realm.update(
        "hr-client",
        overrides={
            "providerOverridesEnabled": True,
            "validateScopePluginType": "SCRIPTED",
            "validateScopeScript": script.id,
        },
    )

    answer = consent(story, scope="read write")

    assert story.audit[-1].scripts[0].log[0].text == "bjensen"
    assert redeem(story, code_in(answer)).json()["scope"] == "read"
