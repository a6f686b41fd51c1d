"""Building and sending a token request through the form, without a browser."""

import pytest

from tests.stories import Agents
from workbench import Workbench
from workbench.am.clients.grant_types import TOKEN_EXCHANGE
from workbench.errors import SettingError
from workbench.views.calls.code.languages import LANGUAGES

ACCESS_TOKEN = "urn:ietf:params:oauth:token-type:access_token"


def test_sends_what_the_python_call_sends(story: Workbench) -> None:
    by_form = story.request_form(client_id="risk-agent", scope="read").submit()

    by_call = story.client.client_credentials("risk-agent", "mySecret", scope="read")

    assert by_form.status == by_call.status == 200
    assert set(by_form.form) == set(by_call.form)


def test_an_exchange_of_tokens_chosen_from_those_known(
    story: Workbench, agents: Agents
) -> None:
    form = story.request_form(grant_type=TOKEN_EXCHANGE, client_id="risk-agent")
    agents.token("risk-agent")
    agents.token("data-agent")

    form.actor_token.label = next(
        label for label, _ in form.actor_token.options if "(age!risk-agent)" in label
    )
    form.subject_token.label = next(
        label for label, _ in form.subject_token.options if "(age!data-agent)" in label
    )
    form.scope.value = "read"
    form.button.click()

    assert form.value.status == 200
    assert form.subject_token_type.value == form.actor_token_type.value == ACCESS_TOKEN
    assert "✓ Sent. 200 OK" in form.said
    assert "issued_token_type" in form.answer.value


def test_a_token_may_be_given_as_the_call_that_brought_it(story: Workbench) -> None:
    call = story.client.client_credentials("data-agent", "mySecret", scope="read")

    form = story.request_form(grant_type=TOKEN_EXCHANGE, subject_token=call)

    assert form.form()["subject_token"] == call.access_token
    assert form.form()["subject_token_type"] == ACCESS_TOKEN


def test_a_token_can_be_pasted(story: Workbench) -> None:
    form = story.request_form(grant_type=TOKEN_EXCHANGE, client_id="risk-agent")

    form.subject_token.value = "paste"
    form.subject_token_pasted.value = " x.y.z "

    assert form.form()["subject_token"] == "x.y.z"
    assert form.subject_token_pasted.layout.display == ""


def test_shows_the_body_and_the_command_as_they_are_typed(story: Workbench) -> None:
    form = story.request_form(client_id="risk-agent")

    form.scope.value = "read write"

    assert "read write" in form.preview.value
    assert "--data-urlencode &#x27;scope=read write&#x27;" in form.preview.value


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_same_request_is_written_in_every_language(
    story: Workbench, language: str
) -> None:
    form = story.request_form(client_id="risk-agent", scope="read")

    form.language.value = language
    assert f"The same as {language}" in form.preview.value
    assert "mySecret" not in form.preview.value
    form.whole.value = True

    assert form.preview.value.count("mySecret") == 2


def test_hides_secrets_and_tokens_until_asked(story: Workbench, agents: Agents) -> None:
    token = agents.token("data-agent")
    form = story.request_form(
        grant_type=TOKEN_EXCHANGE, client_id="risk-agent", subject_token=token
    )

    for shown in (form.preview.value, form.html(), form.text()):
        assert "mySecret" not in shown
        assert token not in shown
    form.whole.value = True
    assert "mySecret" in form.preview.value
    assert token in form.preview.value


def test_a_wrong_secret_can_be_tried(story: Workbench) -> None:
    form = story.request_form(client_id="risk-agent", client_secret="wrong")

    form.button.click()

    assert "✗ Refused. 400 Bad Request" in form.said
    assert "Client authentication failed" in form.answer.value


def test_only_the_fields_of_the_grant_are_shown_and_sent(story: Workbench) -> None:
    form = story.request_form(client_id="risk-agent", audience="https://a.example")
    assert "audience" not in form.form()
    assert form.audience.layout.display == "none"

    form.grant_type.value = TOKEN_EXCHANGE

    assert form.form()["audience"] == ["https://a.example"]
    assert form.audience.layout.display == ""


def test_a_person_logs_in_with_the_password_that_is_registered(wb: Workbench) -> None:
    wb.realm.add_user("bjensen", password="p")
    wb.realm.register_client(
        "hr-client", secret="s", scopes=["read"], grant_types=["password"]
    )
    form = wb.request_form(grant_type="password", client_id="hr-client", scope="read")

    form.username.value = "bjensen"

    assert form.submit().status == 200
    assert form.username.search("bje").matches == [("bjensen", "user")]


def test_further_parameters_are_sent_and_replace_others(story: Workbench) -> None:
    form = story.request_form(client_id="risk-agent", scope="read")

    form.more.value = "scope=write\nfoo = bar"

    assert form.form()["scope"] == "write"
    assert form.form()["foo"] == "bar"
    form.more.value = "nonsense"
    form.button.click()
    assert "name=value" in form.fault.value
    with pytest.raises(SettingError):
        form.submit()


def test_takes_over_the_parameters_of_a_call(story: Workbench, agents: Agents) -> None:
    call = agents.exchange(scope="read write", audience="https://a.example", foo="bar")
    form = story.request_form()

    form.fill(call)

    assert dict(call.form) == {
        name: value[0] if isinstance(value, list) else value
        for name, value in form.form().items()
    }


def test_offers_clients_and_tokens_that_come_later(
    story: Workbench, agents: Agents
) -> None:
    form = story.request_form()

    story.realm.register_agent("late", secret="s", scopes=["read"])
    agents.token("data-agent")

    assert "late" in [match["name"] for match in form.client_id.matches]
    labels = [label for label, _ in form.subject_token.options]
    assert "1. access token: (age!data-agent), 1 h left" in labels


def test_the_browser_never_gets_a_token_to_choose_from(
    story: Workbench, agents: Agents
) -> None:
    form = story.request_form()
    token = agents.token("data-agent")

    assert token not in repr(form.subject_token.get_state())


# The answer belongs to the request above it


def test_an_answer_says_which_request_it_belongs_to(
    story: Workbench, agents: Agents
) -> None:
    agents.token("data-agent")
    form = story.request_form(client_id="risk-agent", scope="read")

    form.button.click()

    assert "Answer to request 2" in form.answer.value
    assert "Answer to request 2" in form.html()
    assert "Answer to request 2" in form.text()


def test_an_answer_is_old_once_a_field_changes_and_until_it_is_sent_again(
    story: Workbench,
) -> None:
    form = story.request_form(client_id="risk-agent", scope="read")
    form.button.click()
    assert "wb-old" not in form.answer.value

    form.scope.value = "write"
    assert "wb-old" in form.answer.value
    assert "Answer to the previous request, request 1" in form.answer.value

    form.scope.value = "read"
    assert "wb-old" not in form.answer.value
    form.scope.value = "write"
    form.button.click()
    assert "Answer to request 2" in form.answer.value
    assert "wb-old" not in form.answer.value


def test_a_parameter_that_cannot_be_read_makes_it_old_too(story: Workbench) -> None:
    form = story.request_form(client_id="risk-agent", scope="read")
    form.button.click()

    form.more.value = "nonsense"

    assert "wb-old" in form.answer.value


def test_under_a_refusal_stands_what_the_bench_knows(
    story: Workbench, agents: Agents
) -> None:
    call = agents.exchange(scope="admin")
    form = story.request_form()

    form.fill(call)
    form.show(call)

    assert "<b>Why:</b>" in form.answer.value
    assert "found admin" in form.answer.value
    assert "found admin" in form.text()


# What is proposed, and what a token holds


def test_choosing_token_exchange_proposes_one(story: Workbench, agents: Agents) -> None:
    actor, subject = agents.token("risk-agent"), agents.token("data-agent")
    form = story.request_form(scope="read")

    form.grant_type.value = TOKEN_EXCHANGE

    assert form.client_id.value == "risk-agent"
    assert (form.subject_token.value, form.actor_token.value) == (subject, actor)
    assert form.subject_token_type.value == form.actor_token_type.value == ACCESS_TOKEN
    assert "Token 2 about data-agent" in form.proposal.said.value
    assert form.submit().status == 200


def test_the_client_of_the_request_before_counts_as_empty(
    story: Workbench, agents: Agents
) -> None:
    agents.token("risk-agent")
    form = story.request_form(client_id="data-agent", scope="read")
    form.button.click()

    form.grant_type.value = TOKEN_EXCHANGE

    assert form.client_id.value == "risk-agent"


def test_what_somebody_typed_is_kept(story: Workbench, agents: Agents) -> None:
    agents.token("data-agent")
    form = story.request_form(client_id="data-agent")

    form.grant_type.value = TOKEN_EXCHANGE

    assert (form.client_id.value, form.subject_token.value) == ("data-agent", "")
    assert "Nothing to propose. No active token" in form.proposal.said.value


def test_one_click_takes_a_proposal_back(story: Workbench, agents: Agents) -> None:
    agents.token("risk-agent")
    agents.token("data-agent")
    form = story.request_form()
    form.grant_type.value = TOKEN_EXCHANGE

    form.proposal.button.click()

    assert form.client_id.value == form.subject_token.value == ""
    assert form.actor_token_type.value == ""
    assert form.proposal.layout.display == "none"
    assert set(form.form()) == {"grant_type"}


def test_the_line_goes_once_somebody_chooses_otherwise(
    story: Workbench, agents: Agents
) -> None:
    agents.token("risk-agent")
    agents.token("data-agent")
    form = story.request_form()
    form.grant_type.value = TOKEN_EXCHANGE

    form.actor_token.value = ""

    assert form.proposal.layout.display == "none"


def test_below_a_chosen_token_stands_what_it_holds(
    story: Workbench, agents: Agents
) -> None:
    form = story.request_form(
        grant_type=TOKEN_EXCHANGE, subject_token=agents.token("data-agent")
    )

    held = form.held["subject_token"]
    assert "data-agent" in held.value
    assert "risk-agent" in held.value
    assert "1 h left, scope read" in held.value
    assert form.held["actor_token"].layout.display == "none"
    assert "about: data-agent, may act: risk-agent" in form.text()


def test_a_pasted_token_says_the_same(story: Workbench, agents: Agents) -> None:
    token = agents.token("data-agent")
    form = story.request_form(grant_type=TOKEN_EXCHANGE, subject_token="paste")

    form.subject_token_pasted.value = f"Bearer {token}"

    assert "data-agent" in form.held["subject_token"].value
