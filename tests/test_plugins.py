"""Plugin scripts beside the wire: kinds, remarks, and an engine that answers amiss."""

from typing import Any

import pytest

from workbench import Workbench
from workbench.am.scripts.kinds import KINDS, setting_kind
from workbench.am.scripts.plugin import PLUGINS, SAMPLES
from workbench.am.scripts.script import Bindings, Script, ScriptOutcome


class Amiss:
    """A script engine that ends every script well and gives what no script can."""

    def __init__(self, result: Any) -> None:
        self.result = result

    def run(self, script: Script, bindings: Bindings) -> ScriptOutcome:
        return ScriptOutcome(script=script, result=self.result)


@pytest.fixture
def desk(wb: Workbench) -> Workbench:
    """A person, a client for every grant, and a script of each kind in force."""
    wb.realm.add_user("bjensen", password="p")
    wb.realm.register_client(
        "app",
        secret="s",
        scopes=["openid", "read"],
        grant_types=["password", "client_credentials"],
        token_endpoint_auth_method="client_secret_post",
    )
    return wb


def in_force(wb: Workbench, plugin: str, result: Any) -> None:
    context = PLUGINS[plugin].contexts["2.0"]
    script = wb.realm.add_script("s", "1;", context=context)
    wb.realm.set_provider(
        **{f"{plugin}PluginType": "SCRIPTED", f"{plugin}Script": script.id}
    )
    wb.realm.engine = Amiss(result)


@pytest.mark.parametrize(
    "result",
    [
        None,
        [],
        {},
        {"set": 1, "extra": {}, "removed": [], "id": ""},
        {"set": {}, "extra": 1, "removed": [], "id": ""},
        {"set": {}, "extra": {}, "removed": 1, "id": ""},
        {"set": {}, "extra": {}, "removed": [], "id": 1},
    ],
)
def test_no_token_comes_of_changes_that_are_none(desk: Workbench, result: Any) -> None:
    in_force(desk, "accessTokenModification", result)

    answer = desk.client.client_credentials("app", "s", scope="read")

    assert answer.json["error_description"] == (
        "Error running access token modification plugin"
    )


@pytest.mark.parametrize(
    "result", [None, [], {}, {"scopes": "read"}, {"scopes": [1]}, {"refused": 1}]
)
def test_no_scope_comes_of_an_answer_that_is_none(desk: Workbench, result: Any) -> None:
    in_force(desk, "validateScope", result)

    answer = desk.client.client_credentials("app", "s", scope="read")

    assert (answer.status, answer.json["error"]) == (500, "server_error")


@pytest.mark.parametrize("plugin", ["evaluateScope", "oidcClaims"])
def test_nothing_is_told_of_a_token_where_the_script_gave_nothing(
    desk: Workbench, plugin: str
) -> None:
    token = desk.client.password("app", "s", "bjensen", "p", scope="openid")
    in_force(desk, plugin, None)
    path = "tokeninfo" if plugin == "evaluateScope" else "userinfo"

    answer = desk.http.get(
        f"{desk.realm.oauth2_url}/{path}",
        headers={"Authorization": f"Bearer {token.access_token}"},
    )

    assert answer.status_code == 500


@pytest.mark.parametrize("kind", PLUGINS.values())
def test_a_remark_is_one_sentence_whatever_was_given(kind: type[Script]) -> None:
    script = kind(id="1", name="s", source="1;")
    given = [
        None,
        5,
        {},
        {"refused": "no"},
        {"values": {"a": 1}, "scopes": ["r"], "set": {"a": 1}},
    ]

    remarks = [ScriptOutcome(script=script, result=each).remark for each in given]

    assert all(remark.startswith("The script ") for remark in remarks)


def test_each_setting_names_one_kind_of_script() -> None:
    assert {setting_kind(each.setting) for each in SAMPLES} <= set(KINDS.values())
    assert setting_kind("dynamicClientRegistrationScript").kind == (
        "dynamic client registration script"
    )
