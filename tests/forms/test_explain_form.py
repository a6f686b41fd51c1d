"""The form that explains what another server refused."""

import json

import pytest

from tests.interop.captures import as_curl
from tests.stories import SECRET, Agents
from workbench import Workbench
from workbench.forms.requests.explaining import NOTHING


def test_says_the_one_next_thing(story: Workbench, agents: Agents) -> None:
    text, answer = as_curl(agents.exchange(scope="read admin"))
    form = story.explain_form(request=text, answer=answer)

    form.button.click()

    assert form.said == "✓ Next: Ask only for read."
    assert form.value.rules == ("The client may have every scope asked for",)
    assert "The client may have every scope asked for" in form.output.value


def test_takes_what_is_known_of_the_tokens(story: Workbench, agents: Agents) -> None:
    text, answer = as_curl(agents.exchange(subject_token="Zm9yZ2VkLXRva2VuLW9mLW5vYm9"))
    form = story.explain_form(request=text, answer=answer)
    form.subject.value = json.dumps({"active": True, "sub": "(age!x)", "scope": "read"})

    assert form.submit().rules[0] == "The subject token carries may_act"


def test_another_bench_can_stand_for_the_server(
    story: Workbench, agents: Agents, kept_engine: object
) -> None:
    text, answer = as_curl(agents.exchange(scope="read admin"))
    with Workbench(now=1_790_000_000) as other:
        known = other.explain_form(story, request=text, answer=answer).submit()
        alone = other.explain_form(request=text, answer=answer).submit()

    assert known.suspects[0].sure
    assert not alone.suspects[0].sure


def test_no_face_shows_what_was_pasted(story: Workbench, agents: Agents) -> None:
    text, answer = as_curl(call := agents.exchange(scope="read admin"))
    form = story.explain_form(request=text, answer=answer)
    form.submit()

    faces = form.face_html() + form.face_text() + repr(form) + form.said
    token = dict(call.form)["subject_token"]

    assert [each for each in (SECRET, token, token[-12:]) if each in faces] == []


@pytest.mark.parametrize(
    "pasted", ["", "curl", "curl https://am -d client_secret=mySecret"]
)
def test_says_what_is_wrong_and_shows_nothing_of_it(
    story: Workbench, pasted: str
) -> None:
    form = story.explain_form(request=pasted)

    form.button.click()

    assert form.said.startswith("✗ Not done. The request")
    assert SECRET not in form.said
    assert NOTHING in form.face_text()
