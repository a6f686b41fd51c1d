"""How what came back from the server shows itself."""

from IPython.core.formatters import DisplayFormatter

from tests.course.mcp.conftest import ToolStory


def faces(value: object) -> tuple[str, str]:
    """The HTML and the text that a notebook has of a value."""
    bundle, _ = DisplayFormatter().format(value)
    return bundle["text/html"], bundle["text/plain"]


def test_a_tool_that_did_its_work_shows_what_it_gave(tools: ToolStory) -> None:
    html, text = faces(
        tools.mcp.call("score_ledger", tools.delegated(), customer="c-17")
    )

    assert "✓ did its work" in html
    assert 'score_ledger(customer="c-17") ✓ did its work' in text
    assert "10 payments of the last 38 came late." in html
    assert "Why" in text
    assert "The policy names the subject and the current actor." in text


def test_a_refusal_says_what_was_told_and_why(tools: ToolStory) -> None:
    html, text = faces(
        tools.mcp.call("set_limit", tools.delegated(), customer="c-17", limit=5)
    )

    assert "✗ refused" in html
    assert "HTTP 200, insufficient_scope: The tool needs a token with scope" in text
    assert "The token has no scope write." in text


def test_a_refusal_over_http_shows_its_challenge(tools: ToolStory) -> None:
    html, text = faces(tools.mcp.call("score_ledger", None, customer="c-17"))

    assert "WWW-Authenticate: Bearer error=" in html
    assert "resource_metadata=" in text


def test_what_a_caller_writes_stays_text(tools: ToolStory) -> None:
    name = "<script>alert(1)</script>\u202e"

    html, text = faces(tools.mcp.call("score_ledger", tools.delegated(), customer=name))

    assert "<script>alert" not in html
    assert "\u202e" not in html + text


def test_the_tools_are_a_table(tools: ToolStory) -> None:
    html, text = faces(tools.mcp.tools(tools.delegated()))

    assert "<caption>The tools that the server lists</caption>" in html
    assert "score_network" in text


def test_the_way_to_the_issuer_is_told_step_by_step(tools: ToolStory) -> None:
    html, text = faces(tools.mcp.metadata())

    assert "the audience of a token must be" in html
    assert "https://mcp.example.com/mcp" in text


def test_the_log_shows_both_identities(tools: ToolStory) -> None:
    tools.mcp.call("score_ledger", tools.delegated(), customer="c-17")

    _html, text = faces(tools.mcp.log)

    assert "(age!data-agent)" in text
    assert "(age!risk-agent)" in text


def test_the_policies_say_who_may_call_which_tool(tools: ToolStory) -> None:
    html, text = faces(tools.mcp.policies)

    assert "<caption>Who may call which tool</caption>" in html
    assert "set_limit" in text and "(age!limit-agent)" in text
