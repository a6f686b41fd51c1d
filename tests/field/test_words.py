"""Articles and plurals before whatever stands there, and answers that are no JSON."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.stories import (
    CALLBACK,
    Agents,
    agent_for_user,
    ask_own_token,
    consent,
    own_token,
)
from workbench import Workbench
from workbench.agent.calls import Call
from workbench.agent.not_json import NotJson
from workbench.am.basics.words import counted, with_article
from workbench.errors import NotYet, RegistrationError
from workbench.views.tokens.timeline import MOST, Span, timeline_html

PACKAGE = Path(__file__).parents[2] / "workbench"

ARTICLES = [
    "an access token", "an ID token", "a refresh token", "an access_token",
    "an id_token", "a refresh_token", "a user", "a URL", "a URI", "a UUID",
    "an RSA key", "an EC key", "an HTTP answer", "a JSON object", "a JWT", "a JWE",
    "an AI agent",
    "an OAuth2 client", "an OIDC claims script", "a may act script", "a library script",
    "an authorize endpoint data provider script", "a scope validation script",
    "an object", "an int", "a str", "a NoneType", "a float", "an hour", "an honest one",
    "a one-time code", "a once", "a universal one", "a unit", "an uninteresting one",
    "an unknown token", "an undefined", "an umbrella", "a use", "a usual one",
    "an uppercase letter", "a utility", "an 8", "an 11", "an 18-year-old", "an 80",
    "a 1", "a 10", "a 180", "a 110", "a 'token'", "an 'agent'", "an \u201cagent\u201d",
    "a European", "an SSO token", "a PEM file", "an MCP server",
    "a UMA ticket", "an X.509 certificate", "a B", "an LDAP entry", "a NUL",
    "an Inspection", "a Workbench", "a Call", "an IP address", "an org.forgerock.Thing",
    "a java.util.Map",
]  # fmt: skip


@pytest.mark.parametrize("said", ARTICLES)
def test_a_noun_has_its_article(said: str) -> None:
    assert with_article(said.partition(" ")[2]) == said


@pytest.mark.parametrize(
    ("number", "noun", "said"),
    [
        (0, "token", "no tokens"),
        (1, "token", "1 token"),
        (2, "token", "2 tokens"),
        (0, "policy", "no policies"),
        (1, "policy", "1 policy"),
        (3, "policy", "3 policies"),
        (2, "day", "2 days"),
        (11, "earlier token", "11 earlier tokens"),
    ],
)
def test_a_noun_is_counted(number: int, noun: str, said: str) -> None:
    assert counted(number, noun) == said


def test_an_odd_plural_is_given() -> None:
    assert counted(2, "person", "people") == "2 people"


# ---- Where a sentence puts one before a variable


def sentences() -> Iterator[tuple[str, str, str]]:
    """Each f-string's variable with the text before and after it."""
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.JoinedStr):
                for before, value, after in pieces(node):
                    yield f"{path.name}:{node.lineno} {value}", before, after


def pieces(node: ast.JoinedStr) -> Iterator[tuple[str, str, str]]:
    values = node.values
    for at, value in enumerate(values):
        if isinstance(value, ast.FormattedValue):
            around = (values[at - 1] if at else None, (*values, None)[at + 1])
            text = [str(e.value) if isinstance(e, ast.Constant) else "" for e in around]
            yield text[0], ast.unparse(value.value), text[1]


FIXED = ("PUBLIC", "token.form")
"""What stands behind an article and is always said with a: public; client-side."""


def test_no_sentence_puts_an_article_before_what_it_does_not_know() -> None:
    found = [
        where
        for where, before, _ in sentences()
        if re.search(r"(?:^|[\s(\"'])(?:[Aa]n?) $", before)
        and not where.endswith(FIXED)
    ]

    assert found == []


def test_no_sentence_counts_with_a_plural_that_is_always_the_same() -> None:
    found = [
        where
        for where, _, after in sentences()
        if re.match(
            r" (?:\w+ )?(?!ms\b|times\b|is\b|was\b|has\b)\w\w\w+[^s\W]s\b", after
        )
        and re.search(r" len\(|(?:count|number|actors|age|n)$", where)
    ]

    assert found == []


def test_what_is_shown_of_one_thing_and_of_none_is_in_the_singular_or_none(
    agents: Agents,
) -> None:
    with Workbench(now=1, seed="x") as empty:
        assert "no clients" in repr(empty)
        assert "no clients" in empty.forms().text()
        empty.realm.register_client("one", secret="mySecret")
        assert "1 client>" in repr(empty)
        assert "1 client>" in empty.forms().text()
    assert "2 clients>" in repr(agents.wb)
    ask_own_token(agents.wb, "data-agent")
    assert "1 token over time" in agents.wb.timeline().html
    ask_own_token(agents.wb, "data-agent")
    assert "2 tokens over time" in agents.wb.timeline().html


def test_one_token_left_out_is_in_the_singular(agents: Agents) -> None:
    spans = [
        Span(label="t", about="a", start=1, end=9, revoked=None, state="active")
    ] * (MOST + 1)

    assert "1 earlier token is left out" in timeline_html(spans, 2)
    assert "2 earlier tokens are left out" in timeline_html([*spans, spans[0]], 2)


def test_a_chain_of_one_actor_is_counted_in_the_singular(agents: Agents) -> None:
    agents.wb.profile = agents.wb.profile.but(max_chain_depth=1)
    agents.exchange()

    found = [check.found for check in agents.wb.decision.checks]
    assert "1 actor" in found
    assert "1 actors" not in found
    expected = [check.expected for check in agents.wb.decision.checks]
    assert "at most 1 actor" in expected


def test_hints_have_the_right_article(agents: Agents) -> None:
    wb, token = agents.wb, own_token(agents.wb, "data-agent")
    wb.realm.update("data-agent", grant_types=["client_credentials", "refresh_token"])

    wb.client.refresh("data-agent", "mySecret", token)

    assert "This is an access_token, not a refresh token." in wb.audit[-1].hint


def test_the_wrong_kind_of_script_is_named_with_its_article(story: Workbench) -> None:
    wrong = story.realm.add_library_script("lib", "exports.a = 1;")

    with pytest.raises(RegistrationError, match="a may act script is needed"):
        story.realm.script(wrong.name)
    with pytest.raises(RegistrationError, match="an access token modification script"):
        story.realm.update(
            "data-agent",
            overrides={"providerOverridesEnabled": True,
                       "accessTokenModificationPluginType": "SCRIPTED",
                       "accessTokenModificationScript": "lib"},
        )  # fmt: skip


def test_a_script_says_undefined_without_an_article(story: Workbench) -> None:
    story.realm.add_script("u", "token.setMayAct({sub: ['x', undefined, NaN]});")

    error = story.dry_run("u").error

    assert error is not None
    assert "a undefined" not in str(error)


# ---- Answers that are no JSON


def answer(status: int, body: str = "", **headers: str) -> Call:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    request = httpx.Request("POST", "https://am.example.com:8443/am/x")
    return Call(httpx.Response(status, headers=named, text=body, request=request))


ANSWERS = [
    (
        answer(302, location="https://app/callback?code=mySecret&state=mySecret#f"),
        ["302 Found", "no body", "https://app/callback", "code, state"],
    ),
    (answer(302, location="https://app/#access_token=mySecret"), ["access_token"]),
    (answer(303, location="/am/XUI"), ["303 See Other", "/am/XUI"]),
    (answer(204), ["204 No Content", "no body"]),
    (answer(200), ["200 OK", "no body"]),
    (answer(200, "  \n", content_type="application/json"), ["only of white space"]),
    (
        answer(200, "<!DOCTYPE html><p>mySecret", content_type="text/html;charset=x"),
        ["an HTML page", "text/html"],
    ),
    (answer(502, "<html>mySecret", content_type="application/json"), ["an HTML page"]),
    (answer(500, "mySecret failed", content_type="text/plain"), ["text/plain"]),
    (answer(200, '{"access_token": "mySecr', content_type="application/json"),
     ["begins like JSON and is broken"]),
    (answer(599, "mySecret"), ["599"]),
]  # fmt: skip


@pytest.mark.parametrize(("call", "words"), ANSWERS)
def test_an_answer_that_is_no_json_says_what_it_is(
    call: Call, words: list[str]
) -> None:
    with pytest.raises(NotJson) as problem:
        _ = call.json

    for word in words:
        assert word in str(problem.value)
    assert "mySecret" not in str(problem.value)
    assert isinstance(problem.value, ValueError)
    assert call.json_or_none is None


@pytest.mark.parametrize(("call", "words"), ANSWERS)
def test_a_token_that_is_not_in_such_an_answer_is_told_likewise(
    call: Call, words: list[str]
) -> None:
    with pytest.raises(NotYet, match="has no access_token") as problem:
        _ = call.access_token

    assert words[0] in str(problem.value)
    assert "mySecret" not in str(problem.value)


def test_a_real_redirection_says_where_it_goes_and_shows_no_code(
    wb: Workbench,
) -> None:
    agent_for_user(wb)
    consent(wb)
    call = wb.transcript[-1]

    with pytest.raises(NotJson) as problem:
        _ = call.json

    assert f"redirects to {CALLBACK}" in str(problem.value)
    assert "with code" in str(problem.value)
    assert call.code not in str(problem.value)


def test_a_json_answer_is_read_as_before(agents: Agents) -> None:
    assert ask_own_token(agents.wb, "data-agent").json["token_type"] == "Bearer"
