"""The last decision and its repair through the form, without a browser."""

from typing import Any

import pytest

from tests.stories import Agents
from workbench import Workbench
from workbench.errors import NotYet
from workbench.forms.parts.fold import Fold
from workbench.forms.requests.decision import DecisionForm


def buttons(form: DecisionForm) -> list[Any]:
    return [*([form.offers.fix] if form.offers.fix else []), *form.offers.others]


def test_before_any_exchange_it_says_so(wb: Workbench) -> None:
    form = wb.decision_form()

    assert "No token has been exchanged yet" in form.verdict.value
    assert "No token has been exchanged yet" in form.html() + form.text()
    with pytest.raises(NotYet):
        form.submit()


def test_shows_each_exchange_as_it_comes(story: Workbench, agents: Agents) -> None:
    form = story.decision_form()

    agents.exchange()

    assert "granted" in form.verdict.value
    assert "The client authenticated" in form.rules.value
    assert form.offers.children == ()


def test_one_button_does_the_smallest_change_and_says_what_was_done(
    story: Workbench, agents: Agents
) -> None:
    form = story.decision_form()
    agents.exchange(scope="read admin")
    assert form.offers.fix is not None
    assert form.offers.fix.button_style == "primary"
    assert form.offers.fix.tooltip == "Ask only for read."
    assert form.button.button_style == ""

    form.offers.fix.click()

    assert form.said == ("✓ Only read was asked for. Sent again: granted, 200 OK.")
    assert form.value.status == 200
    assert "admin" not in story.realm.client("risk-agent").scopes
    assert "granted" in form.verdict.value
    assert buttons(form) == []


def test_the_other_ways_are_folded_and_counted(
    story: Workbench, agents: Agents
) -> None:
    form = story.decision_form()
    agents.exchange(scope="read admin")
    fold = form.offers.children[-1]
    assert isinstance(fold, Fold) and fold.is_shut
    assert fold.opener.description == "▸ Other ways (1)"
    assert "<summary>Other ways (1)</summary>" in form.html()
    assert "To make it pass: Ask only for read.\nOther ways (1):" in form.text()
    (other,) = form.offers.others
    assert other.tooltip == "Add admin to the scopes of risk-agent."

    fold.opener.click()
    assert not fold.is_shut
    other.click()

    assert form.said.startswith("✓ risk-agent may now have admin. Sent again: granted")
    assert "admin" in story.realm.client("risk-agent").scopes


def test_a_fix_after_which_another_rule_refuses_says_which(
    story: Workbench, agents: Agents
) -> None:
    story.realm.update("risk-agent", grant_types=["client_credentials"])
    form = story.decision_form()
    agents.exchange(scope="admin")
    assert form.offers.fix is not None
    assert "failed, too: The client may have every scope" in form.html()

    form.offers.fix.click()

    assert form.said == (
        "✗ risk-agent may now use Token Exchange. Sent again: refused, 400 Bad "
        "Request. The rule: The client may have every scope asked for."
    )


def test_a_missing_script_is_set_and_a_new_token_got(
    story: Workbench, agents: Agents
) -> None:
    off = {"providerOverridesEnabled": False}
    story.realm.update("data-agent", overrides=off)
    form = story.decision_form()
    agents.exchange()

    buttons(form)[0].click()

    assert story.decision.granted
    assert [call.status for call in story.transcript[-2:]] == [200, 200]


def test_a_button_keeps_up_with_what_a_cell_changes(
    story: Workbench, agents: Agents
) -> None:
    form = story.decision_form()
    agents.exchange(scope="read admin")

    story.realm.update("risk-agent", scopes=["read", "other"])
    buttons(form)[1].click()

    assert story.realm.client("risk-agent").scopes == ("read", "other", "admin")


def test_what_is_not_one_setting_has_no_button(
    story: Workbench, agents: Agents
) -> None:
    story.realm.register_agent("other-agent", secret="s", scopes=["read"])
    token, actor = agents.token("data-agent"), agents.token("risk-agent")
    story.realm.update("risk-agent", active=False)
    form = story.decision_form()

    story.client.exchange(
        "other-agent", "s", scope="read", subject_token=token, actor_token=actor
    )

    assert buttons(form) == []
    assert "token.setMayAct" in form.html()
    assert "To make it pass: Let the may act script of data-agent run" in form.text()


def test_the_same_can_be_sent_again(story: Workbench, agents: Agents) -> None:
    story.realm.update("risk-agent", active=False)
    token = story.client.client_credentials("data-agent", "mySecret", scope="read")
    agents_call = story.client.exchange(
        "risk-agent", "mySecret", scope="read", subject_token=token.access_token
    )
    assert agents_call.status == 400
    form = story.decision_form()
    story.realm.update("risk-agent", active=True)

    form.button.click()

    assert form.value.status == 200


def test_what_was_said_of_one_exchange_does_not_stand_under_the_next(
    story: Workbench, agents: Agents
) -> None:
    form = story.decision_form()
    agents.exchange()
    form.button.click()
    assert form.said == "✓ Sent again: granted, 200 OK."

    agents.exchange(scope="admin")

    assert "refused" in form.verdict.value
    assert form.said == form.status.value == ""


def test_a_repair_that_fails_is_said(story: Workbench, agents: Agents) -> None:
    form = story.decision_form()
    agents.exchange(scope="admin")
    (button, *_) = buttons(form)
    story.realm.delete("risk-agent")

    button.click()

    assert "Not done" in form.said
    assert "no client" in form.said
