"""Every request of a bench: named, sent again, changed, compared."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.stories import Agents
from workbench import Workbench
from workbench.agent.draft import Draft
from workbench.agent.edited import edited_request
from workbench.errors import NotYet, SettingError
from workbench.views.calls.difference import difference_html, difference_text
from workbench.views.calls.transcript import transcript_html, transcript_text


def test_a_history_is_the_calls_of_the_bench(story: Workbench, agents: Agents) -> None:
    call = agents.exchange()

    assert story.history[-1] is call
    assert len(story.history) == len(list(story.history)) == 3
    assert story.history[1:].numbers == range(2, 4)
    assert transcript_text(story.history[1:]).splitlines()[1].startswith("2 ")


def test_a_call_is_found_by_its_name(story: Workbench, agents: Agents) -> None:
    call = agents.exchange()

    story.history.name(call, "first try")

    assert story.history["first try"] is call
    assert story.history.name_of(call) == "first try"
    assert story.history.name_of(story.history[0]) == ""
    assert story.history.number_of("first try") == 3


def test_a_name_is_there_once(story: Workbench, agents: Agents) -> None:
    agents.exchange()
    story.history.name(story.history[0], "first try")

    with pytest.raises(SettingError, match="Call 1 is called 'first try' already"):
        story.history.name(story.history[1], "first try")


def test_a_call_gets_another_name_or_none(story: Workbench, agents: Agents) -> None:
    call = agents.exchange()
    story.history.name(call, "first try")
    story.history.name("first try", "second try")
    assert story.history.names == {"second try": 3}
    story.history.name(call, "")
    assert story.history.names == {}


def test_a_name_that_nobody_has_says_which_there_are(story: Workbench) -> None:
    with pytest.raises(NotYet, match=r"No call is called 'x'.*wb\.history\.name\(call"):
        story.history["x"]
    call = story.client.client_credentials("data-agent", "mySecret")
    story.history.name(call, "first try")
    with pytest.raises(NotYet, match="Did you mean first try"):
        story.history["frist try"]


def test_a_number_counts_from_the_very_first(story: Workbench, agents: Agents) -> None:
    story.history.most = 2
    gone = agents.token("data-agent")
    call = agents.exchange()

    assert story.history.number_of(call) == story.history.total
    with pytest.raises(NotYet, match="of another bench, or was left out since"):
        story.history.number_of(gone)


def test_a_name_goes_with_its_call(story: Workbench) -> None:
    first = story.client.client_credentials("data-agent", "mySecret")
    story.history.name(first, "first")
    story.history.most = 1
    story.client.client_credentials("data-agent", "mySecret")

    assert story.history.names == {}
    with pytest.raises(NotYet):
        story.history["first"]


def test_a_request_is_repeated_as_it_was(story: Workbench, agents: Agents) -> None:
    call = agents.exchange()

    again = story.history.repeat(call)

    assert again.status == 200
    assert again.travelled[:4] == call.travelled[:4]
    assert again.access_token != call.access_token
    assert story.history[-1] is again


def test_a_request_goes_back_to_the_realm_that_it_went_to(wb: Workbench) -> None:
    wb.realms.add("beta").register_client("app", secret="s", scopes=["read"])
    call = wb.client_for("beta").client_credentials("app", "s")

    assert wb.history.repeat(call).status == wb.history.edit(call, scope="read").status
    assert wb.history[-1].url == call.url


def test_a_request_with_other_parameters(story: Workbench, agents: Agents) -> None:
    call = agents.exchange()

    edited = story.history.edit(call, actor_token=None, scope=["read", "write"])

    names = [name for name, _ in edited.form]
    assert "actor_token" not in names
    assert [v for n, v in edited.form if n == "scope"] == ["read", "write"]
    assert dict(edited.form)["subject_token"] == dict(call.form)["subject_token"]
    assert edited.status == 400


def test_headers_stay_when_a_parameter_changes(story: Workbench) -> None:
    headers = {"Authorization": "Basic ZGF0YS1hZ2VudDpteVNlY3JldA=="}
    form = {"grant_type": "client_credentials"}
    call = story.client.post("access_token", form, headers)

    edited = story.history.edit(call, scope="read")

    assert dict(edited.request_headers)["authorization"] == headers["Authorization"]
    assert (edited.status, edited.json["scope"]) == (200, "read")


def test_a_get_is_edited_in_its_query(story: Workbench) -> None:
    url = f"{story.client.realm_url}/authorize?client_id=a&state=x"
    story.http.get(url)

    edited = story.history.edit(story.history[-1], client_id="b", nonce="n")

    query = parse_qsl(urlsplit(edited.url).query)
    assert query == [("client_id", "b"), ("state", "x"), ("nonce", "n")]


def test_json_is_edited_in_its_members(story: Workbench) -> None:
    story.provider.allowDynamicRegistration = True
    call = story.client.register({"client_name": "a", "scopes": ["read"]})

    edited = story.history.edit(call, client_name="b", scopes=None)

    assert json.loads(edited.sent_json) == {"client_name": "b"}


def test_what_is_not_there_cannot_be_left_out(story: Workbench, agents: Agents) -> None:
    call = agents.exchange()
    with pytest.raises(SettingError, match="no 'actor_tokn' to leave out"):
        story.history.edit(call, actor_tokn=None)


texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)


@given(st.lists(st.tuples(texts.filter(bool), texts), min_size=1), texts)
def test_whatever_is_not_changed_arrives_as_it_was(
    form: list[tuple[str, str]], value: str
) -> None:
    data: dict[str, list[str]] = {}
    for name, each in form:
        data.setdefault(name, []).append(each)
    sent = Draft(httpx.Request("POST", "https://a/b", data=data))
    changed = form[0][0]

    edited = Draft(edited_request(sent, {changed: value}))

    kept = [(n, v) for n, v in sent.form if n != changed]
    assert [(n, v) for n, v in edited.form if n != changed] == kept
    assert [v for n, v in edited.form if n == changed] == [value]


def test_two_calls_are_compared(story: Workbench, agents: Agents) -> None:
    call = agents.exchange()
    story.history.name(call, "first try")
    edited = story.history.edit(call, actor_token=None)

    found = story.history.compare("first try", edited)

    changes = {(row.side, row.name): row.change for row in found.differing}
    assert changes["request", "actor_token"] == "dropped"
    assert changes["answer", "access_token"] == "dropped"
    assert changes["answer", "error"] == "added"
    assert ("request", "subject_token") not in changes


def test_a_comparison_shows_no_token_and_no_secret(
    story: Workbench, agents: Agents
) -> None:
    call = agents.exchange()
    edited = story.history.edit(call, client_secret="another")
    found = story.history.compare(call, edited)

    for face in (difference_html(found), difference_text(found), repr(found)):
        assert "mySecret" not in face
        assert "another" not in face
        assert call.access_token not in face
    assert "request: client_secret" in difference_text(found)


def test_a_call_compared_with_itself_is_the_same(
    story: Workbench, agents: Agents
) -> None:
    call = agents.exchange()
    assert "are the same" in difference_text(story.history.compare(call, call))


def test_the_table_has_names_where_there_are_any(
    story: Workbench, agents: Agents
) -> None:
    call = agents.exchange()
    assert "Name" not in transcript_text(story.history)
    story.history.name(call, "<b>first")

    assert "<b>first" in transcript_text(story.history)
    assert "&lt;b&gt;first" in transcript_html(story.history)
    assert "&lt;b&gt;first" in story.history[2:]._repr_html_()  # type: ignore[attr-defined]


def test_names_are_saved_and_opened(
    story: Workbench, agents: Agents, tmp_path: Path
) -> None:
    story.history.name(agents.exchange(), "first try")
    path = story.save(tmp_path / "bench.json")

    with Workbench.load(path) as opened:
        assert opened.history.names == {"first try": 3}
        assert opened.history.repeat("first try").status == 200


def test_a_file_without_names_is_opened(story: Workbench, tmp_path: Path) -> None:
    path = story.save(tmp_path / "bench.json")
    assert "names" not in json.loads(path.read_text())["history"]

    with Workbench.load(path) as opened:
        assert opened.history.names == {}


def test_a_call_of_another_bench_is_not_sent_here() -> None:
    with Workbench() as one, Workbench() as other:
        call = one.client.client_credentials("nobody", "s")
        with pytest.raises(
            NotYet, match="another bench: no request has been sent here"
        ):
            other.history.repeat(call)


def test_code_and_curl_take_the_name_of_a_call(
    story: Workbench, agents: Agents
) -> None:
    call = agents.exchange()
    story.history.name(call, "first try")

    assert story.code("first try").text == story.code(call).text
    assert story.curl("first try").text == story.curl(call).text
    with pytest.raises(NotYet, match="There are: first try"):
        story.code("second try")


def test_what_is_no_call_is_said_with_where_calls_are(story: Workbench) -> None:
    asks: list[Callable[[Any], Any]] = [
        story.code,
        story.curl,
        story.history.repeat,
    ]
    for ask in asks:
        with pytest.raises(SettingError, match=r"not an int. wb.history\[0\]"):
            ask(1)


def test_a_name_of_a_call_is_short(story: Workbench, agents: Agents) -> None:
    call = agents.exchange()

    with pytest.raises(SettingError, match="at most 100 characters"):
        story.history.name(call, "n" * 101)


@pytest.mark.parametrize("value", [5, [5], {"a": "b"}])
def test_a_parameter_that_is_no_text_is_not_sent(
    story: Workbench, agents: Agents, value: Any
) -> None:
    call = agents.exchange()

    with pytest.raises(SettingError, match=r"'scope' is an? .*; a parameter is text"):
        story.history.edit(call, scope=value)
