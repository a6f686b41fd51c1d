"""Timeline, clock, trail and chain as forms, without a browser."""

from tests.stories import Agents, add_grant
from workbench import Workbench
from workbench.views.tokens.seen import spans


def test_advancing_the_clock_moves_everything(story: Workbench, agents: Agents) -> None:
    agents.token("data-agent")
    form, tokens = story.timeline_form(amount=1, unit=3600), story.token_form()
    before = story.clock.now()

    form.button.click()

    assert story.clock.now() == before + 3600
    assert "It is 2026-09-21 15:13:20 UTC" in form.said
    assert "expired 0 s ago" in form.picture.value
    assert "expired" in tokens.output.value


def test_a_clock_does_not_go_back(wb: Workbench) -> None:
    form = wb.timeline_form(amount=-1)

    form.button.click()

    assert "0 or more" in form.said


def test_says_whether_the_clock_stands_still() -> None:
    with Workbench() as running:
        assert "runs on" in running.timeline_form().time.value


def test_a_revoked_token_shows_when(story: Workbench, agents: Agents) -> None:
    form = story.timeline_form()
    answer = agents.exchange()
    story.clock.advance(seconds=60)
    story.client.revoke("risk-agent", "mySecret", answer.refresh_token)
    story.clock.advance(seconds=120)

    assert form.text().count("revoked 2 min ago") == 2  # the grant's other token too
    assert "revoked 2 min ago" in form.picture.value


def test_no_two_tokens_have_one_name(story: Workbench, agents: Agents) -> None:
    add_grant(story, "risk-agent")
    agents.exchange()  # its answer brings an access token and a refresh token

    found = [each.label for each in spans(story.transcript, story.realm)]

    assert "refresh token of call 3" in found
    assert len(set(found)) == len(found)
    assert "3." not in story.timeline_form().text()


def test_the_bench_draws_the_same(story: Workbench, agents: Agents) -> None:
    agents.token("data-agent")

    face = story.timeline()

    assert face.html == story.timeline_form().html()
    assert face.text == story.timeline_form().text()


def test_the_trail_grows_and_can_be_searched(story: Workbench, agents: Agents) -> None:
    form = story.audit_form()
    agents.token("data-agent")
    assert "data-agent got a token" in form.table.value

    form.search.value = "script"

    assert len(form.submit()) == 1
    assert "got a token" not in form.table.value
    assert "was added" in form.text()


def test_the_chain_is_that_of_the_last_exchange(
    story: Workbench, agents: Agents
) -> None:
    form = story.chain_form()
    assert form.text() == "There is no token yet."

    agents.token("data-agent")
    assert len(form.submit()) == 1
    agents.exchange()

    assert [each.label for each in form.submit()] == [
        "actor token",
        "subject token",
        "exchanged token",
    ]
    assert "<svg" in form.html()


def test_a_refused_exchange_has_no_new_token(story: Workbench, agents: Agents) -> None:
    agents.exchange(scope="admin")

    labels = [each.label for each in story.chain_form().submit()]

    assert labels == ["actor token", "subject token"]
