"""What a token holds, in one line."""

from tests.stories import Agents
from workbench import Workbench
from workbench.views.tokens.held import held_html, held_text


def test_says_whom_it_is_about_and_who_may_act(
    story: Workbench, agents: Agents
) -> None:
    opened = story.inspect(agents.token("data-agent"))

    assert held_text(opened) == (
        "about: data-agent, may act: risk-agent, 1 h left, scope read"
    )


def test_says_who_acts_and_to_whom_it_was_issued(agents: Agents) -> None:
    issued = agents.wb.inspect(agents.exchange())

    assert held_text(issued) == (
        "about: data-agent, acting: risk-agent, may act: nobody, "
        "issued to: risk-agent, 1 h left, scope read"
    )


def test_a_token_that_does_not_count_any_more_says_why(
    story: Workbench, agents: Agents
) -> None:
    token = agents.token("data-agent")
    story.clock.advance(7200)

    assert ", expired, " in held_text(story.inspect(token))
    assert "✗ expired" in held_html(story.inspect(token))


def test_what_is_no_token_holds_nobody_known(story: Workbench) -> None:
    opened = story.inspect("<script>alert(1)</script>")

    assert "about: nobody known" in held_text(opened)
    assert "<script>" not in held_html(opened)
