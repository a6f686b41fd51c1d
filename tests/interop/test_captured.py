"""What people paste is read, or refused with its place and none of its values."""

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.interop.captures import as_curl, as_http, entry_of
from tests.stories import TOKEN_EXCHANGE, Agents
from workbench import Workbench
from workbench.agent.captured.exchange import PasteError
from workbench.agent.captured.pasted import read_claims, read_exchange_text
from workbench.errors import WorkbenchError

FORM = "Content-Type: application/x-www-form-urlencoded"
KEPT = "hunter2Hunter2hunter2Hunter2"
"""A secret that no message may show."""


def test_the_same_request_is_read_out_of_each_form(agents: Agents) -> None:
    call = agents.exchange(scope="admin")
    har = json.dumps(entry_of(call))

    read = [read_exchange_text(*as_curl(call)), read_exchange_text(*as_http(call))]
    read.append(read_exchange_text(har))

    assert [each.form for each in read] == [call.form] * 3
    assert [each.url for each in read] == [call.url] * 3
    assert [each.answer and each.answer.error for each in read] == ["invalid_scope"] * 3


def test_parameters_of_a_har_are_read_where_it_has_no_text(agents: Agents) -> None:
    call = agents.exchange(scope="admin")
    entry = entry_of(call)
    entry["request"]["postData"]["text"] = ""
    entry["request"]["postData"]["params"] = [
        {"name": name, "value": value} for name, value in call.form
    ]

    assert read_exchange_text(json.dumps(entry)).form == call.form


def test_an_answer_in_base64_is_read(agents: Agents) -> None:
    entry = entry_of(agents.exchange(scope="admin"))
    entry["response"]["content"] = {
        "text": "eyJlcnJvciI6IngifQ==",
        "encoding": "base64",
    }

    answer = read_exchange_text(json.dumps(entry)).answer

    assert answer is not None
    assert answer.error == "x"


def test_a_form_that_is_wrapped_is_joined() -> None:
    text = f"POST /am/access_token HTTP/1.1\n{FORM}\n\ngrant_type=a\n&scope=b\n"

    assert read_exchange_text(text).form == (("grant_type", "a"), ("scope", "b"))


def test_without_a_content_type_a_form_is_taken_for_one_and_that_is_told() -> None:
    read = read_exchange_text("POST https://am/access_token\n\ngrant_type=a")

    assert read.form == (("grant_type", "a"),)
    assert read.notes == ("The request has no Content-Type; it was read as a form.",)


def test_variables_of_a_shell_are_not_known_and_that_is_told() -> None:
    read = read_exchange_text("curl https://am/token -d a=$TOKEN -d b=${OTHER}")

    assert read.form == (("a", "$TOKEN"), ("b", "$OTHER"))
    assert read.notes == ("What $TOKEN, $OTHER stood for is not in the command.",)


def test_no_header_that_opens_anything_is_shown(wb: Workbench) -> None:
    headers = {
        "authorization": f"Basic {KEPT}",
        "proxy-authorization": KEPT,
        "cookie": f"a={KEPT}",
        "x-openam-password": KEPT,
    }
    given = " ".join(f"-H '{name}: {value}'" for name, value in headers.items())
    text = f"curl https://am/access_token {given} -d grant_type={TOKEN_EXCHANGE}"

    told = wb.explain(text, {"error": "invalid_client"})

    shown = dict(told.sent)
    assert set(headers) <= set(shown)
    assert shown["authorization"].startswith("Basic ")
    assert [value for value in shown.values() if "hunter" in value.lower()] == []


def har(**entry: Any) -> str:
    return json.dumps({"log": {"entries": [entry]}})


DAMAGED = [
    ("", "The request is empty"),
    ("hello", "none of what can be read"),
    (f"POST /x HTTP/1.1\nno header {KEPT}\n\n", "Line 2 is no header"),
    (f"curl 'https://am -d {KEPT}", "The quote ' in line 1 is never closed"),
    (f"curl https://am --cert {KEPT}", "--cert"),
    ('{"log": {}}', r"\$\.log has no member entries"),
    ('{"log": {"entries": {}}}', r"\$\.log\.entries is an object"),
    ('{"log": {"entries": []}}', r"\$\.log\.entries has no entries"),
    (f'{{"a": "{KEPT}", "a": 1}}', "the member a stands twice"),
    (f'{{"log": "{KEPT}" x}}', "no JSON at line 1, column"),
    ('{"log": "\\ud800"}', "holds half a character"),
    ('{"log": 1e999}', "a number that is none"),
    ("[" * 100_000, "nested too deep"),
    (har(request=7), "No token exchange is in the HAR, which has 1 entry"),
    ("x" * 2_000_000, "The request has more than 1048576 characters"),
    (
        f"curl https://am -d grant_type=password -d password={KEPT}",
        "here it is password",
    ),
    (f"curl https://am -d x={KEPT}", "here it is none"),
]


@pytest.mark.parametrize(("text", "said"), DAMAGED)
def test_what_is_damaged_is_refused_with_its_place_and_without_its_values(
    wb: Workbench, text: str, said: str
) -> None:
    with pytest.raises(WorkbenchError, match=said) as told:
        wb.explain(text, {"error": "invalid_request"})

    assert KEPT not in str(told.value)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"request": {"url": 5}}, r"\$\.log\.entries\[0\]\.request"),
        ({"response": {"status": "no"}}, r"response\.status is a text, and should"),
        ({"response": {"status": 400, "content": {"text": 5}}}, "is no text, or too"),
        (
            {"response": {"status": 4, "content": {"text": "%", "encoding": "base64"}}},
            "is no Base64",
        ),
        ({"response": {"status": 400, "headers": [[]]}}, r"headers\[0\] is a list"),
    ],
)
def test_a_damaged_entry_is_told_by_its_place(
    agents: Agents, wb: Workbench, changed: dict[str, Any], said: str
) -> None:
    text = har(**{**entry_of(agents.exchange(scope="admin")), **changed})

    with pytest.raises(PasteError, match=said):
        wb.explain(text, entry=1)


def test_an_entry_that_is_not_there_is_refused(agents: Agents, wb: Workbench) -> None:
    text = har(**entry_of(agents.exchange(scope="admin")))

    with pytest.raises(PasteError, match="The HAR has 1 entry, and no number 2"):
        wb.explain(text, entry=2)


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ({"access_token": KEPT}, "The answer is no refusal"),
        (200, "The answer is no refusal"),
        (f'{{"error": "x", "error": "{KEPT}"}}', "the member error stands twice"),
        (f"HTTP/1.1 400 \nbad {KEPT}\n\n", "Line 2 is no header"),
        (4.5, "is pasted as text; not a float"),
        ("", "The answer is empty"),
        ("{" * 100_000, "The answer cannot be read"),
    ],
)
def test_an_answer_that_says_nothing_is_refused(
    agents: Agents, wb: Workbench, answer: Any, said: str
) -> None:
    text, _ = as_curl(agents.exchange(scope="admin"))

    with pytest.raises(PasteError, match=said) as told:
        wb.explain(text, answer)

    assert KEPT not in str(told.value)


@pytest.mark.parametrize(
    "claims", ["[]", KEPT, 5, {"a": "\ud800"}, '{"a": 1, "a": 2}', ""]
)
def test_claims_that_are_none_are_refused(claims: Any) -> None:
    with pytest.raises(PasteError, match="What is given as subject") as told:
        read_claims(claims, "What is given as subject")

    assert KEPT not in str(told.value)


ODD = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3)
    ),
    max_leaves=6,
)
NAMES = st.sampled_from(
    [
        *("sub", "exp", "nbf", "scope", "may_act", "act", "tokenName", "iss", "aud"),
        *("active", "auth_level", "client_id", "grant_type", "subname", "acr", "azp"),
    ]
)


@settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(subject=st.dictionaries(NAMES, ODD), actor=st.dictionaries(NAMES, ODD))
def test_no_claims_whatever_break_it(
    wb: Workbench, subject: dict[str, Any], actor: dict[str, Any]
) -> None:
    kind = "urn:ietf:params:oauth:token-type:access_token"
    text = (
        f"curl https://am/access_token -d grant_type={TOKEN_EXCHANGE} -d client_id=c "
        f"-d subject_token=x -d subject_token_type={kind} "
        f"-d actor_token=y -d actor_token_type={kind}"
    )

    try:
        told = wb.explain(
            text, {"error": "invalid_request"}, subject=subject, actor=actor
        )
    except WorkbenchError:
        return
    assert told.next_thing
    assert told._repr_html_()  # type: ignore[attr-defined]


PIECES = st.lists(
    st.sampled_from(
        [
            *(
                "curl ",
                "https://am/access_token ",
                "-d ",
                "'",
                '"',
                "\\\n",
                "$A",
                "{",
                "[",
            ),
            *("POST / HTTP/1.1\n", f"{FORM}\n", "\n", "HTTP/1.1 400 Bad\n", "a: b\n"),
            *(f"grant_type={TOKEN_EXCHANGE}", "&", "scope=a", '"log"', ":", "}", "]"),
            *(
                "subject_token=eyJ.e30.",
                "client_id=c",
                '"error"',
                "\u202e",
                "\0",
                "%zz",
            ),
        ]
    ),
    max_size=14,
).map("".join)


@settings(
    max_examples=300,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(text=PIECES, answer=st.none() | PIECES)
def test_no_text_whatever_breaks_it(
    wb: Workbench, text: str, answer: str | None
) -> None:
    try:
        told = wb.explain(text, answer)
    except WorkbenchError:
        return
    assert told.next_thing
