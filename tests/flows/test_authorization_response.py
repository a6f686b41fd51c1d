"""``/authorize``: how old a login may be, and how the code travels back."""

from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.stories import CALLBACK, agent_for_user, consent, login, redeem
from workbench import Workbench


@pytest.fixture
def story(wb: Workbench) -> Workbench:
    return agent_for_user(wb)


def test_a_login_older_than_max_age_is_none(story: Workbench) -> None:
    session = login(story).json()["tokenId"]
    story.clock.advance(seconds=60)

    just = consent(story, session, max_age="60")
    story.clock.advance(seconds=1)
    over = consent(story, session, max_age="60")

    assert just.status_code == 302
    assert (over.status_code, over.json()) == (
        401,
        {
            "error_description": "The request requires login.",
            "error": "login_required",
        },
    )
    assert story.audit[-1].hint == "The login is 61 seconds old; max_age allows 60."


def test_logging_in_again_is_enough_for_max_age(story: Workbench) -> None:
    login(story)
    story.clock.advance(seconds=600)

    assert consent(story, max_age="0").status_code == 302


@pytest.mark.parametrize("max_age", ["-1", "soon", "1.5", "9" * 5000, "\u0661"])
def test_a_max_age_that_is_no_number_of_seconds_is_refused(
    story: Workbench, max_age: str
) -> None:
    answer = consent(story, max_age=max_age)

    assert (answer.status_code, answer.json()["error"]) == (400, "invalid_request")


def test_the_query_is_where_a_code_travels(story: Workbench) -> None:
    plain, named = consent(story), consent(story, response_mode="query")

    for answer in (plain, named):
        assert "code" in parse_qs(urlsplit(answer.headers["location"]).query)


def test_a_fragment_can_carry_the_code(story: Workbench) -> None:
    answer = consent(story, response_mode="fragment", state="s")

    parts = urlsplit(answer.headers["location"])
    carried = parse_qs(parts.fragment)
    assert (parts.query, carried["state"]) == ("", ["s"])
    assert redeem(story, carried["code"][0]).status_code == 200


def test_a_form_can_post_the_code(story: Workbench) -> None:
    answer = consent(story, response_mode="form_post", state='"><script>')

    assert answer.status_code == 200
    assert "location" not in answer.headers
    assert answer.headers["cache-control"] == "no-store"
    assert f'<form method="post" action="{CALLBACK}">' in answer.text
    assert redeem(story, _field(answer, "code")).status_code == 200
    assert "<script>" not in answer.text
    assert "&#34;&gt;&lt;script&gt;" in answer.text


def test_another_response_mode_is_refused(story: Workbench) -> None:
    answer = consent(story, response_mode="web_message")

    assert (answer.status_code, answer.json()) == (
        400,
        {
            "error_description": "Response mode is not supported.",
            "error": "invalid_request",
        },
    )


def test_discovery_lists_the_response_modes(story: Workbench) -> None:
    base = story.realm.oauth2_url
    found = story.http.get(f"{base}/.well-known/openid-configuration").json()

    assert found["response_modes_supported"] == ["query", "fragment", "form_post"]


def _field(answer: Any, name: str) -> str:
    text: str = answer.text
    return text.partition(f'name="{name}" value="')[2].partition('"')[0]
