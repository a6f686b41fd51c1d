"""Groups through the forms, without a browser."""

import pytest

from workbench import Workbench
from workbench.am.clients.client import AIAgent, Client
from workbench.errors import RegistrationError
from workbench.forms.parties.group import GroupForm


def test_adds_a_group_as_the_python_call_does(story: Workbench) -> None:
    form = GroupForm(story.realm, scopes=["read"])
    form.name.value = "partners"

    form.button.click()

    assert "Group partners of AI agents was saved" in form.said
    assert form.value == story.realm.groups.find(AIAgent, "partners")
    assert form.value.values == {"scopes": ("read",)}


def test_clients_have_groups_of_their_own(wb: Workbench) -> None:
    form = GroupForm(wb.realm)
    form.name.value, form.kind.value = "partners", Client

    group = form.submit()

    assert group == wb.realm.groups.find(Client, "partners")


def test_a_member_shows_what_it_inherits_and_cannot_change_it(
    story: Workbench,
) -> None:
    story.realm.groups.add_for_agents(
        "partners", scopes=["read"], access_token_lifetime=60
    )
    form = story.client_form("risk-agent")
    assert ("partners", "partners") in form.group.options

    form.group.value = "partners"
    form.inherited.value = ("scopes",)
    form.button.click()

    assert story.realm.client("risk-agent").scopes == ("read",)
    assert form.scopes.value == "read"
    assert form.scopes.disabled
    assert not form.default_scopes.disabled
    assert form.access_token_lifetime.value == 0


def test_saving_something_else_keeps_what_is_inherited(story: Workbench) -> None:
    story.realm.groups.add_for_agents("partners", scopes=["read"])
    story.realm.update("risk-agent", group="partners", inherited=["scopes"])
    form = story.client_form("risk-agent")

    form.default_scopes.value = "read"
    form.submit()

    own = story.realm.clients.own("risk-agent")
    assert own.inherited == ("scopes",)
    assert own.default_scopes == ("read",)


def test_changing_a_group_changes_its_members(story: Workbench) -> None:
    group = story.realm.groups.add_for_agents("partners", scopes=["read"])
    story.realm.update("risk-agent", group="partners", inherited=["scopes"])
    member, form = story.client_form("risk-agent"), GroupForm(story.realm, group)

    form.scopes.value = "read\nadmin"
    form.submit()

    assert story.realm.client("risk-agent").scopes == ("read", "admin")
    assert member.scopes.value == "read\nadmin"


def test_a_group_is_found_edited_and_deleted_in_the_list(story: Workbench) -> None:
    form = story.agents_form()
    form.add_group.click()
    assert isinstance(form.editor, GroupForm)
    form.editor.name.value = "partners"
    form.editor.button.click()
    assert form.found.rows[form.found.chosen].cells[:2] == (
        "partners",
        "group of AI Agents",
    )
    assert isinstance(form.editor, GroupForm)
    assert form.editor.title == "Group partners of AI agents"

    form.remove()

    assert story.realm.groups.of(AIAgent) == []


def test_a_group_with_members_stays(story: Workbench) -> None:
    story.realm.groups.add_for_agents("partners")
    story.realm.update("risk-agent", group="partners")
    form = story.agents_form(kind="Groups")
    (form.found.chosen,) = (key for key in form.found.rows if "partners" in key)

    form.delete.click()
    form.confirm.click()

    assert "still has members: risk-agent" in form.said
    with pytest.raises(RegistrationError):
        form.remove()


def test_somebody_deleted_meanwhile_is_said(story: Workbench) -> None:
    form = story.agents_form()
    form.found.chosen = "client:risk-agent"
    form.wake(asleep=True)
    story.realm.delete("risk-agent")

    form.confirm.click()

    assert "risk-agent is not there any more" in form.said


def test_leaving_the_group_ends_all_inheritance(story: Workbench) -> None:
    story.realm.groups.add_for_agents("partners", scopes=["read"])
    story.realm.update("risk-agent", group="partners", inherited=["scopes"])
    form = story.client_form("risk-agent")
    assert form.inherited.layout.display == ""

    form.group.value = ""
    form.button.click()

    assert "was saved" in form.said
    assert form.inherited.layout.display == "none"
    assert story.realm.client("risk-agent").scopes == ("read", "write", "delete")
    assert form.inherited.value == ()
    assert not form.scopes.disabled
