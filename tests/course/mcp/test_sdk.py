"""The server as the official SDK's own client and plain HTTP find it, at a port."""

import asyncio
import socket
import threading
from collections.abc import Awaitable, Callable
from typing import TypeVar
from urllib.parse import urlsplit

import httpx2
import pytest
from mcp import Client, MCPError
from mcp.client.streamable_http import streamable_http_client

from tests.course.mcp.conftest import ToolStory
from workbench import Workbench
from workbench.course.mcp import sdk
from workbench.errors import NotYet, WorkbenchError

T = TypeVar("T")
ISSUER = "https://am.example.com:8443/am/oauth2/realms/root/realms/alpha"


@pytest.fixture
def served(wb: Workbench) -> ToolStory:
    """The server at a loopback port."""
    wb.prepare("agent-for-agent")
    return ToolStory(wb, wb.open_mcp(port=0))


def asked(
    story: ToolStory, ask: Callable[[Client], Awaitable[T]], mode: str = "auto"
) -> T:
    """What the SDK's client gets with a delegated token."""
    headers = {"Authorization": f"Bearer {story.delegated().access_token}"}

    async def run() -> T:
        async with httpx2.AsyncClient(headers=headers, trust_env=False) as http:
            transport = streamable_http_client(story.mcp.url, http_client=http)
            async with Client(transport, mode=mode) as client:
                return await ask(client)

    return asyncio.run(run())


@pytest.mark.parametrize("mode", ["auto", "legacy", "2026-07-28"])
def test_the_sdks_client_lists_and_calls(served: ToolStory, mode: str) -> None:
    async def ask(client: Client) -> tuple[list[str], bool, object]:
        listed = await client.list_tools()
        result = await client.call_tool("score_ledger", {"customer": "c-17"})
        names = [tool.name for tool in listed.tools]
        return names, result.is_error, result.structured_content["score"]

    names, is_error, score = asked(served, ask, mode)

    assert names[0] == "score_ledger"
    assert (is_error, score) == (False, 26)
    assert served.mcp.log[-1].actor == "(age!risk-agent)"


def test_a_refusal_by_a_tool_is_a_result_that_a_model_can_read(
    served: ToolStory,
) -> None:
    async def ask(client: Client) -> tuple[bool, str]:
        result = await client.call_tool("set_limit", {"customer": "c-17", "limit": 1})
        (part,) = result.content
        assert part.type == "text"
        return result.is_error, part.text

    assert asked(served, ask) == (True, "The tool needs a token with scope write.")


def test_an_unknown_tool_is_an_error_of_the_protocol(served: ToolStory) -> None:
    async def ask(client: Client) -> str:
        with pytest.raises(MCPError) as raised:
            await client.call_tool("drop_tables", {})
        return str(raised.value)

    assert "There is no tool 'drop_tables'" in asked(served, ask)


def test_the_facade_finds_at_the_port_what_it_finds_in_process(
    served: ToolStory,
) -> None:
    called = served.mcp.call("score_ledger", served.delegated(), customer="c-17")

    assert called.score == 26


def test_from_the_url_alone_a_client_finds_who_issues_tokens(tools: ToolStory) -> None:
    found = tools.mcp.metadata()

    assert found.status == 401
    assert found.metadata_url == (
        "https://mcp.example.com/.well-known/oauth-protected-resource/mcp"
    )
    assert found.metadata_url in found.challenge
    assert found.resource == tools.mcp.url
    assert found.authorization_servers == (ISSUER,)
    assert found.metadata["scopes_supported"] == ["read"]
    assert found.metadata["bearer_methods_supported"] == ["header"]


def test_the_metadata_of_a_served_one_name_its_port(served: ToolStory) -> None:
    assert served.mcp.metadata().resource == served.mcp.url
    assert served.mcp.url.startswith("http://127.0.0.1:")


@pytest.mark.parametrize(
    ("header", "value", "status"),
    [("Host", "evil.example.com", 421), ("Origin", "https://evil.example.com", 403)],
)
def test_another_host_or_origin_is_turned_away(
    served: ToolStory, header: str, value: str, status: int
) -> None:
    headers = {
        "Authorization": f"Bearer {served.delegated().access_token}",
        "Accept": "application/json, text/event-stream",
        header: value,
    }
    body = {"jsonrpc": "2.0", "id": 1, "method": "tools/list"}

    answer = httpx2.post(served.mcp.url, json=body, headers=headers, trust_env=False)

    assert answer.status_code == status
    assert "another host" in served.mcp.log[-1].reason


def test_a_port_that_is_taken_is_named(wb: Workbench) -> None:
    wb.prepare("agent-for-agent")
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]

        with pytest.raises(WorkbenchError, match=f"Port {port} cannot be had"):
            wb.open_mcp(port=port)


def own_threads(before: set[threading.Thread]) -> list[threading.Thread]:
    """The threads of MCP that were not there before."""
    return [
        each
        for each in threading.enumerate()
        if each.name == "workbench-mcp" and each not in before
    ]


def test_a_bench_that_is_closed_leaves_no_thread_and_no_port(wb: Workbench) -> None:
    wb.prepare("agent-for-agent")
    before = {*threading.enumerate()}  # of other tests' benches
    place = urlsplit(wb.open_mcp(port=0).url)
    assert [each.name for each in own_threads(before)] == ["workbench-mcp"]

    wb.close_mcp()

    assert own_threads(before) == []
    with socket.socket() as other, pytest.raises(ConnectionRefusedError):
        other.connect((str(place.hostname), int(place.port or 0)))


def test_opened_again_the_one_before_is_closed(tools: ToolStory) -> None:
    before = {*threading.enumerate()}
    again = tools.wb.open_mcp()

    ended = [each.name for each in before if not each.is_alive()]
    assert ended == ["workbench-mcp"]
    assert [each.name for each in own_threads(before)] == ["workbench-mcp"]
    assert tools.wb.mcp is again
    tools.mcp.close()  # once more does no harm


def test_it_is_called_from_a_loop_that_runs_as_a_notebooks_does(
    tools: ToolStory,
) -> None:
    async def cell() -> bool:
        return tools.mcp.call("score_ledger", tools.delegated(), customer="c").allowed

    assert asyncio.run(cell())


def test_before_it_is_open_that_is_said(wb: Workbench) -> None:
    with pytest.raises(NotYet, match=r"wb\.open_mcp\(\) opens one"):
        wb.mcp  # noqa: B018


def test_without_the_sdk_the_line_that_installs_it_is_named(
    wb: Workbench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sdk, "find_spec", lambda name: None)
    wb.prepare("agent-for-agent")

    with pytest.raises(WorkbenchError, match=r"pip install 'delegation-workbench\[mcp"):
        wb.open_mcp()


def test_two_benches_show_the_same(wb: Workbench) -> None:
    def shown() -> list[str]:
        with Workbench(now=1_790_000_000, seed="doc", engine=wb.engine) as bench:
            bench.prepare("agent-for-agent")
            story = ToolStory(bench, bench.open_mcp())
            calls = [
                story.mcp.call("score_ledger", story.delegated(), customer="c-17"),
                story.mcp.call("score_ledger", None, customer="c-17"),
            ]
            faces = [each._repr_html_() for each in (*calls, story.mcp.metadata())]  # type: ignore[attr-defined]
            return [*faces, bench.history[-1].request_headers[0][1]]

    assert shown() == shown()
