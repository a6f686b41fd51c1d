"""The list of agents, clients and users, without a browser."""

import re

import pytest

from workbench import Workbench
from workbench.errors import NotYet
from workbench.forms.parties.agent import AgentForm, NewClientForm
from workbench.forms.parties.agents import AgentsForm
from workbench.forms.parties.client import ClientForm
from workbench.forms.parties.user import UserForm
from workbench.forms.table.rows import fitting


def listed(form: AgentsForm) -> list[str]:
    """Who fits what is typed, as the page's table has it: a name and a type."""
    fits = fitting(form.found.rows.values(), form.search.value, form.kind.value)
    return [f"{row.cells[0]} ({row.cells[1]})" for row in fits]


def visible(html: str) -> str:
    """What one reads."""
    text = re.sub(r"<style>.*?</style>", "", html, flags=re.DOTALL)
    return " ".join(re.sub(r"<[^>]*>", " ", text).split())


def choose(form: AgentsForm, name: str) -> None:
    """Click somebody's row."""
    (form.found.chosen,) = (
        key for key, row in form.found.rows.items() if row.cells[0] == name
    )


@pytest.fixture
def everybody(story: Workbench) -> Workbench:
    story.realm.register_client("hr-client", secret="s", name="Human Resources")
    story.realm.add_user("bjensen", password="p")
    return story


def test_lists_everybody_and_says_who_is_what(everybody: Workbench) -> None:
    assert listed(everybody.agents_form()) == [
        "data-agent (AI agent)",
        "risk-agent (AI agent)",
        "hr-client (OAuth2 client)",
        "bjensen (user)",
    ]


@pytest.mark.parametrize(
    ("kind", "found"),
    [
        ("AI Agents", ["data-agent (AI agent)", "risk-agent (AI agent)"]),
        ("Clients", ["hr-client (OAuth2 client)"]),
        ("Users", ["bjensen (user)"]),
    ],
)
def test_shows_one_kind(kind: str, found: list[str], everybody: Workbench) -> None:
    assert listed(everybody.agents_form(kind=kind)) == found


@pytest.mark.parametrize("search", ["HR-", "human", " hr-client ", "hr oauth2"])
def test_finds_any_part_of_the_id_or_the_name(
    search: str, everybody: Workbench
) -> None:
    form = everybody.agents_form()

    form.search.value = search

    assert listed(form) == ["hr-client (OAuth2 client)"]


def test_choosing_somebody_opens_their_form(everybody: Workbench) -> None:
    form = everybody.agents_form()

    choose(form, "risk-agent")
    assert isinstance(form.editor, ClientForm)
    assert form.editor.client_id == "risk-agent"
    choose(form, "bjensen")
    assert isinstance(form.editor, UserForm)


def test_somebody_new_is_chosen_and_can_be_edited(story: Workbench) -> None:
    form = story.agents_form(search="nothing fits")
    form.button.click()
    new = form.editor
    assert isinstance(new, AgentForm)

    new.client_id.value, new.secret.value = "late-agent", "s"
    new.button.click()

    assert isinstance(form.editor, ClientForm)
    assert form.editor.client_id == "late-agent"
    assert form.found.chosen == "client:late-agent"
    assert "AI agent late-agent was registered" in form.said


def test_what_was_said_of_one_does_not_stand_beside_the_next(story: Workbench) -> None:
    form = story.agents_form()
    form.button.click()
    new = form.editor
    assert isinstance(new, AgentForm)
    new.client_id.value, new.secret.value = "late-agent", "s"
    new.button.click()

    choose(form, "data-agent")

    assert form.said == ""


def test_a_client_is_registered_likewise(story: Workbench) -> None:
    form = story.agents_form()
    form.add_client.click()

    assert isinstance(form.editor, NewClientForm)
    form.editor.client_id.value = "a-client"
    form.editor.secret.value = "s"
    form.editor.button.click()

    assert story.realm.client("a-client").kind == "OAuth2 client"


def test_a_user_is_added_likewise(story: Workbench) -> None:
    form = story.agents_form()
    form.add_user.click()

    assert isinstance(form.editor, UserForm)
    form.editor.fields["name"].value = "bjensen"
    form.editor.password.value = "p"
    form.editor.button.click()

    assert "bjensen" in story.realm.users
    assert form.found.chosen == "user:bjensen"


def test_deleting_is_asked_about_first(everybody: Workbench) -> None:
    form = everybody.agents_form()
    choose(form, "risk-agent")

    form.delete.click()
    assert "risk-agent" in everybody.realm.clients
    assert form.confirm.layout.display == ""
    form.keep.click()
    assert form.confirm.layout.display == "none"
    form.delete.click()
    form.confirm.click()

    assert "risk-agent" not in everybody.realm.clients
    assert "AI agent risk-agent was deleted" in form.said
    assert form.editor is None


def test_a_user_can_be_deleted(everybody: Workbench) -> None:
    form = everybody.agents_form()
    choose(form, "bjensen")

    form.remove()

    assert everybody.realm.users == {}


def test_nobody_chosen_is_said(story: Workbench) -> None:
    form = story.agents_form()

    form.confirm.click()

    assert "Choose somebody in the list first" in form.status.value
    with pytest.raises(NotYet):
        form.remove()


def test_a_form_of_somebody_deleted_in_a_cell_goes_away(story: Workbench) -> None:
    form = story.agents_form()
    choose(form, "risk-agent")

    story.realm.delete("risk-agent")

    assert form.editor is None
    assert listed(form) == ["data-agent (AI agent)"]


def test_where_no_kernel_runs_it_is_a_table(story: Workbench) -> None:
    form = story.agents_form()

    assert "risk-agent may act" in form.html()
    assert "mySecret" not in form.html()
    assert form.text().startswith("AI agents, OAuth2 clients and users: 2")


def test_an_empty_realm_says_so(wb: Workbench) -> None:
    assert "Nobody is registered yet" in wb.agents_form().html()


def test_each_switch_that_is_off_can_be_set_on_its_own(wb: Workbench) -> None:
    form = wb.agents_form().switches
    assert form.shown()[0][1] == "off"
    form.setters[0].click()
    assert "aiagents.enabled is true" in form.said
    assert [value for _, value in form.shown()] == ["on", "off"]
    assert form.setters[0].layout.display == "none"

    form.setters[1].click()

    assert form.enabled
    wb.realm.register_agent("a", secret="s")


def test_both_switches_can_be_set_at_once(wb: Workbench) -> None:
    form = wb.agents_form().switches

    form.button.click()

    assert form.enabled
    assert form.button.layout.display == "none"


def test_the_card_says_who_may_act_for_whom(story: Workbench) -> None:
    form = story.agents_form()

    choose(form, "data-agent")
    card = visible(form.glance.value)
    assert "May be acted for by actor risk-agent with an actor token of" in card
    assert "May act for nobody that was found" in card

    choose(form, "risk-agent")
    card = visible(form.glance.value)
    assert "May be acted for by nobody: no may act script stamps its tokens" in card
    assert "May act for subject data-agent" in card
    assert "by script risk-agent may act" in card


def test_the_card_speaks_of_people_too(wb: Workbench) -> None:
    wb.prepare("agent-for-user")
    form = wb.agents_form()

    choose(form, "hr-agent")

    assert "people who use hr-client" in visible(form.glance.value)


def test_the_card_follows_what_happens(story: Workbench) -> None:
    form = story.agents_form()
    choose(form, "data-agent")

    story.realm.update("data-agent", overrides={"providerOverridesEnabled": False})
    assert "no may act script stamps its tokens" in visible(form.glance.value)
    story.realm.update("data-agent", active=False)
    assert "it gets no token while it is inactive" in visible(form.glance.value)


def test_the_card_is_gone_where_there_is_no_client(everybody: Workbench) -> None:
    form = everybody.agents_form()
    choose(form, "data-agent")

    choose(form, "bjensen")

    assert form.glance.value == ""
    assert form.glance not in form.place.children


def test_choosing_another_client_keeps_the_form(everybody: Workbench) -> None:
    form = everybody.agents_form()
    choose(form, "data-agent")
    before = form.editor

    choose(form, "hr-client")

    assert form.editor is before
    assert isinstance(before, ClientForm)
    assert before.title == "OAuth2 client hr-client"


def test_the_graph_is_drawn_when_it_is_opened(story: Workbench) -> None:
    form = story.agents_form()
    assert form.delegations.layout.display == "none"
    assert form.delegations.value is None

    form.unfold.click()

    assert form.delegations.layout.display == ""
    assert "<svg" in form.delegations.drawing.value
    form.unfold.click()
    assert form.delegations.layout.display == "none"


def test_the_graph_can_be_drawn_around_whoever_is_chosen(story: Workbench) -> None:
    story.prepare("agent-for-user")
    form = story.agents_form()
    choose(form, "hr-agent")

    form.delegations.near.click()

    assert form.delegations.value is not None
    assert {each.actor for each in form.delegations.value.found} == {"hr-agent"}
    assert form.delegations.near.description == "Find around hr-agent"


def test_adding_somebody_lets_go_of_whoever_is_chosen(story: Workbench) -> None:
    form = story.agents_form()
    choose(form, "data-agent")

    form.add_client.click()
    choose(form, "data-agent")

    assert isinstance(form.editor, ClientForm)
