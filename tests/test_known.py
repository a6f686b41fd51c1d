"""The tokens that the bench has seen."""

from tests.stories import Agents
from workbench import Workbench
from workbench.views.tokens.seen import known_tokens, name_of, spans


def test_they_are_the_latest_first_each_once(story: Workbench, agents: Agents) -> None:
    agents.exchange()

    known = known_tokens(story.transcript, story.realm)

    assert [(each.number, each.kind) for each in known] == [
        (3, "access_token"),
        (3, "refresh_token"),
        (2, "access_token"),
        (1, "access_token"),
    ]


def test_a_label_says_which_and_how_long(story: Workbench, agents: Agents) -> None:
    agents.exchange()

    labels = [each.label for each in known_tokens(story.transcript, story.realm)]

    assert labels[0] == (
        "3. access token: (age!data-agent), act (age!risk-agent), 1 h left"
    )
    assert labels[-1] == "1. access token: (age!data-agent), 1 h left"


def test_a_token_that_is_over_says_so(story: Workbench, agents: Agents) -> None:
    agents.token("data-agent")
    story.clock.advance(seconds=4000)

    (known,) = known_tokens(story.transcript, story.realm)

    assert known.label == "1. access token: (age!data-agent), expired"


def test_no_more_than_asked_for(story: Workbench, agents: Agents) -> None:
    agents.exchange()

    assert len(known_tokens(story.transcript, story.realm, most=1)) == 1


def test_answers_without_tokens_are_passed_over(
    story: Workbench, agents: Agents
) -> None:
    agents.exchange(scope="admin")
    story.client.introspect("risk-agent", "mySecret", "nothing")
    story.http.get(f"{story.realm.oauth2_url}/connect/jwk_uri")

    assert len(known_tokens(story.transcript, story.realm)) == 2


def test_no_value_is_in_the_repr(story: Workbench, agents: Agents) -> None:
    token = agents.token("data-agent")

    assert token not in repr(known_tokens(story.transcript, story.realm))


def test_over_time_they_are_the_oldest_first(story: Workbench, agents: Agents) -> None:
    agents.exchange()

    labels = [each.label for each in spans(story.transcript, story.realm)]

    assert labels == [
        "access token of call 1",
        "access token of call 2",
        "access token of call 3",
        "refresh token of call 3",
    ]


def test_an_id_token_keeps_its_capitals() -> None:
    assert name_of("id_token") == "ID token"
