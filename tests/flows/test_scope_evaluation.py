"""PingAM 8.1, "Scope evaluation": what /tokeninfo tells of a token's scopes."""

import httpx
import pytest

from tests.stories import app_tokens, evaluate_scope, get, person_with_app
from workbench import Workbench
from workbench.am.reading.read_token import read_token

FAILED = {
    "error_description": "Error while running evaluate scope script",
    "error": "server_error",
}


@pytest.fixture
def desk(wb: Workbench) -> Workbench:
    """A client that gets tokens for bjensen by password."""
    return person_with_app(
        wb,
        attributes={"mail": ["b@example.com", "bj@example.com"]},
        scopes=["mail", "read"],
        grant_types=["password", "client_credentials"],
    )


def tokeninfo(wb: Workbench) -> httpx.Response:
    value = app_tokens(wb, "mail read").access_token
    return get(wb, "tokeninfo", access_token=value)


def test_a_scope_is_an_attribute_of_the_person(desk: Workbench) -> None:
    told = tokeninfo(desk).json()

    assert told["mail"] == "b@example.com,bj@example.com"
    assert told["read"] == ""


def test_a_client_has_no_attributes(desk: Workbench) -> None:
    value = desk.client.client_credentials("app", "s", scope="mail").access_token

    assert get(desk, "tokeninfo", access_token=value).json()["mail"] == ""


@pytest.mark.parametrize(
    ("version", "source"),
    [
        (
            "2.0",
            """(function () {
                return {who: identity.getName(), of: accessToken.getClientId(),
                    asked: accessToken.getScope().length, nested: {a: [1]}};
            }());""",
        ),
        (
            "1.0",
            """(function () {
                var map = new java.util.HashMap(), inner = new java.util.HashMap();
                inner.put("a", [java.lang.Integer.valueOf(1)]);
                map.put("who", identity.getName());
                map.put("of", accessToken.getClientId());
                var size = accessToken.getScope().size();
                map.put("asked", java.lang.Integer.valueOf(size));
                map.put("nested", inner);
                return map;
            }());""",
        ),
    ],
)
def test_what_the_script_gives_is_told_in_place_of_the_scopes(
    desk: Workbench, version: str, source: str
) -> None:
    evaluate_scope(desk, source, version)

    told = tokeninfo(desk).json()

    assert (told["who"], told["of"], told["asked"]) == ("bjensen", "app", 2)
    assert told["nested"] == {"a": [1]}
    assert "mail" not in told
    assert desk.audit[-1].scripts[0].remark.startswith("The script gave ")


def test_the_script_changes_nothing_of_the_token(desk: Workbench) -> None:
    evaluate_scope(desk, "accessToken.setField('exp', 1); ({scope: 'root', exp: 1});")
    value = app_tokens(desk, "mail read").access_token

    told = get(desk, "tokeninfo", access_token=value).json()

    assert told["scope"] == ["mail", "read"]
    assert told["exp"] == 1_790_003_600
    assert read_token(desk.realm, value).active


def test_the_clients_own_script_rules(desk: Workbench) -> None:
    evaluate_scope(desk, "({whose: 'realm'});")
    evaluate_scope(desk, "({whose: 'client'});", client_id="app")

    assert tokeninfo(desk).json()["whose"] == "client"


def test_a_token_whose_client_is_gone_is_told_of_as_ever(desk: Workbench) -> None:
    evaluate_scope(desk, "({whose: 'realm'});")
    value = app_tokens(desk, "mail read").access_token
    desk.realm.delete("app")

    assert (
        get(desk, "tokeninfo", access_token=value)
        .json()["mail"]
        .startswith("b@example.com")
    )


@pytest.mark.parametrize(
    "source",
    ["1;", "null;", "[1];", "'text';", "nope();", "({f: function () {}});", "let a;"],
)
def test_a_script_that_gives_no_map_is_a_server_error(
    desk: Workbench, source: str
) -> None:
    evaluate_scope(desk, source)

    answer = tokeninfo(desk)

    assert (answer.status_code, answer.json()) == (500, FAILED)
    assert desk.audit[-1].scripts[0].error is not None


@pytest.mark.parametrize("name", ["token", "scopes", "session"])
def test_a_binding_of_another_context_is_not_there(desk: Workbench, name: str) -> None:
    evaluate_scope(desk, f"({{kind: typeof {name}}});")

    assert tokeninfo(desk).json()["kind"] == "undefined"
