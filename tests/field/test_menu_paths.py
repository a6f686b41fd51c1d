"""Where AM has what a form is about: above every form, and in its static face."""

import html
import re
from collections.abc import Callable
from typing import Any

import pytest

from workbench import Workbench
from workbench.am.clients.client import Client
from workbench.forms.parties.agent import NewClientForm
from workbench.forms.parties.group import GroupForm
from workbench.forms.parties.switches import SwitchesForm
from workbench.forms.parties.user import UserForm
from workbench.forms.parts.form import Form
from workbench.forms.parts.menu import TOP, in_realm, menu_html, menu_text

Opens = Callable[[Workbench], Form]

OAUTH2 = "Realms > alpha > Applications > OAuth 2.0"

PATHS: list[tuple[str, Opens, list[str]]] = [
    ("a new agent", lambda wb: wb.agent_form(), [f"{OAUTH2} > AI Agents"]),
    (
        "an agent",
        lambda wb: wb.client_form("data-agent"),
        [f"{OAUTH2} > AI Agents > data-agent"],
    ),
    ("a new client", lambda wb: NewClientForm(wb.realm), [f"{OAUTH2} > Clients"]),
    ("a client", lambda wb: wb.client_form("app"), [f"{OAUTH2} > Clients > app"]),
    (
        "the lists",
        lambda wb: wb.agents_form(),
        [
            f"{OAUTH2} > AI Agents",
            f"{OAUTH2} > Clients",
            "Realms > alpha > Identities",
        ],
    ),
    (
        "a new group",
        lambda wb: GroupForm(wb.realm),
        [f"{OAUTH2} > AI Agents > Groups"],
    ),
    (
        "a group of clients",
        lambda wb: GroupForm(wb.realm, wb.realm.add_group("web")),
        [f"{OAUTH2} > Clients > Groups > web"],
    ),
    (
        "a group of agents",
        lambda wb: GroupForm(wb.realm, wb.realm.groups.add_for_agents("bots")),
        [f"{OAUTH2} > AI Agents > Groups > bots"],
    ),
    ("a new person", lambda wb: UserForm(wb.realm), ["Realms > alpha > Identities"]),
    (
        "a person",
        lambda wb: UserForm(wb.realm, name="bjensen"),
        ["Realms > alpha > Identities > bjensen"],
    ),
    ("scripts", lambda wb: wb.script_form(), ["Realms > alpha > Scripts"]),
    (
        "the provider",
        lambda wb: wb.provider_form(),
        ["Realms > alpha > Services > OAuth2 Provider"],
    ),
    (
        "the switches",
        lambda wb: SwitchesForm(wb.realm),
        [
            "Configure > Server Defaults > Advanced",
            "Realms > alpha > Services > OAuth2 Provider > AI Agents",
        ],
    ),
]

NOT_IN_AM: list[tuple[str, Opens]] = [
    ("the profile", lambda wb: wb.profile_form()),
    ("requests", lambda wb: wb.request_form()),
    ("the decision", lambda wb: wb.decision_form()),
    ("the inspector", lambda wb: wb.token_form()),
    ("the chain", lambda wb: wb.chain_form()),
    ("the timeline", lambda wb: wb.timeline_form()),
    ("the audit trail", lambda wb: wb.audit_form()),
]


@pytest.fixture
def full(story: Workbench) -> Workbench:
    """Somebody of each kind."""
    story.realm.register_client("app", secret="mySecret")
    story.realm.add_user("bjensen", password="mySecret")
    return story


def read(markup: str) -> str:
    """What is read of HTML, styles left out; a line for each line."""
    plain = re.sub(r"<style>.*?</style>", "", markup, flags=re.DOTALL)
    plain = re.sub(r"<(br|/p|/nav|/h3|/caption|/tr)>", "\n", plain)
    return html.unescape(re.sub(r"<[^>]+>", "", plain))


def bundle(form: Form) -> dict[str, Any]:
    data: dict[str, Any] = form._repr_mimebundle_()
    return data


@pytest.mark.parametrize(("what", "opens", "paths"), PATHS)
def test_ams_menu_path_stands_above_the_form_and_its_static_face(
    full: Workbench, what: str, opens: Opens, paths: list[str]
) -> None:
    form = opens(full)

    faces = bundle(form)
    for shown in (form.heading.value, faces["text/html"]):
        assert read(shown).strip().split("\n")[: len(paths)] == paths, what
        assert shown.count('<nav class="wb-menu" aria-label="AM') == 1
        assert shown.count('aria-current="page"') == len(paths)
    assert faces["text/plain"].split("\n")[: len(paths)] == paths
    assert form.children[0] is form.heading


@pytest.mark.parametrize(("what", "opens"), NOT_IN_AM)
def test_a_form_that_am_has_no_page_for_says_so(
    full: Workbench, what: str, opens: Opens
) -> None:
    form = opens(full)

    faces = bundle(form)
    for shown in (read(form.heading.value), read(faces["text/html"])):
        assert shown.strip().startswith("AM has no page for this: "), what
    assert faces["text/plain"].startswith("AM has no page for this: ")
    assert "<nav" not in form.heading.value


def test_every_form_with_a_title_has_a_path_or_says_that_there_is_none() -> None:
    forms, waiting = set(), [Form]
    while waiting:
        for each in waiting.pop().__subclasses__():
            forms.add(each)
            waiting.append(each)

    silent = [
        each.__name__
        for each in forms
        if each.menus is Form.menus and not each.no_page.startswith("AM has no page")
    ]
    assert silent == []


def test_the_bench_leaves_the_paths_to_its_forms(full: Workbench) -> None:
    form = full.forms()

    assert "AM has" not in form.heading.value
    assert "Realms" not in form.heading.value
    assert "Realms" in read(form.forms["Agents"][0].heading.value)


def test_the_realms_own_name_is_in_the_path() -> None:
    with Workbench(realm="customers.eu") as wb:
        shown = wb.provider_form().heading.value

    assert "Realms > customers.eu > Services" in read(shown)


def test_the_realm_without_a_name_has_ams_name(wb: Workbench) -> None:
    wb.realm.path = "/"

    assert in_realm(wb.realm, "Scripts") == ("Realms", TOP, "Scripts")


def test_the_path_of_a_new_group_follows_what_its_members_are(
    full: Workbench,
) -> None:
    form = GroupForm(full.realm)

    form.kind.value = Client

    assert f"{OAUTH2} > Clients > Groups" in read(form.heading.value)


def test_every_name_in_a_path_is_escaped(wb: Workbench) -> None:
    wb.realm.add_user("<b>x\u202e</b>", password="mySecret")
    shown = UserForm(wb.realm, name="<b>x\u202e</b>").heading.value

    assert "<b>x" not in shown
    assert "&lt;b&gt;x" in shown
    assert "\u202e" not in shown
    evil = menu_html([("a", "<script>")], "", '"><script>')
    assert "<script>" not in evil
    assert menu_text([("a", "b\n")], "") == "a > b␊"
    assert "&lt;i&gt;" in menu_html([], "<i>", "")
