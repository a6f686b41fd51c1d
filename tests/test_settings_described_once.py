"""A setting is described in one place, and everything that repeats it reads that.

The first half adds one to a copy of the package, by one statement, and looks for it.
"""

import json
import os
import shutil
import subprocess
import sys
from dataclasses import MISSING
from pathlib import Path
from typing import Any

import pytest

from workbench.am.basics.setting import Setting, settings_of
from workbench.am.clients.client import AIAgent, Client
from workbench.am.settings.described import rows
from workbench.am.settings.overrides import Overrides
from workbench.am.settings.profile import Profile
from workbench.am.settings.provider import ProviderSettings
from workbench.am.settings.rest import as_rest
from workbench.am.settings.tabs import by_tab

PACKAGE = Path(__file__).parent.parent / "workbench"
OWNERS = (ProviderSettings, Overrides, Client, AIAgent)
NOT_OVER_REST = {
    "inherited",  # each field says so itself
    "aiAgentsEnabled",
    "allowAudienceMembersToIntrospectTokens",
    "useTokenIntrospectionClaim",
}

ADDED = {
    "am/settings/provider.py": (
        "    codeLifetime: int =",
        """    sealStyle: str = CORE.setting(
        "wax", "Style of the Seal", "How it is sealed.",
        choices=("wax", "lead"), overridable=True,
    )
""",
    ),
    "am/clients/client.py": (
        "    authorization_code_lifetime: int =",
        """    motto: str = CLIENT_CORE.setting(
        "", "Motto of the Client", "What it says.", rest="clientMotto",
        member="client_motto", setter="setClientMotto",
    )
""",
    ),
}
"""By module: before which line, and the one statement that adds a setting."""

LOOK = """
import json
from workbench import Workbench
from workbench.am.clients.attributes import with_attributes
from workbench.am.clients.client import Client
from workbench.am.clients.registration import Registration
from workbench.am.settings.described import rows
from workbench.am.settings.provider import ProviderSettings
from workbench.am.settings.rest import as_rest
from workbench.errors import SettingError, WorkbenchError
from workbench.forms.parties.group import GroupForm


def refused(work):
    try:
        work()
    except WorkbenchError as problem:
        return str(problem)


wb = Workbench(now=1_790_000_000, seed="test")
realm = wb.realm
realm.add_group("g", motto="ours")
realm.register_client("c", secret="s", group="g", inherited=["motto"])
realm.register_client(
    "d", secret="s", overrides={"providerOverridesEnabled": True, "sealStyle": "lead"}
)
wb.provider.allowDynamicRegistration = True
url = f"{realm.oauth2_url}/register"
answer = wb.http.post(url, json={"client_motto": "mine"}).json()
provider, client = wb.provider_form(), wb.client_form("c")
seal, motto = provider.fields["sealStyle"], client.fields["motto"]
provider.fields["sealStyle"].value = "lead"
client.fields["sealStyle"].value = "lead"
client.fields["inherited"].value = ()
motto.value = "mine"
found = {
    "provider tabs": {tab: list(group) for tab, group in provider.groups.items()},
    "client tabs": {tab: list(group) for tab, group in client.groups.items()},
    "group tabs": {tab: list(group) for tab, group in GroupForm(realm).groups.items()},
    "labels": [seal.description, motto.description],
    "tooltips": [seal.tooltip, motto.tooltip],
    "options": [value for _, value in seal.options],
    "note": provider.notes["sealStyle"].value,
    "text": wb.provider_form().text(),
    "inherited": realm.client("c").motto,
    "json of the client": as_rest(realm.client("c"))["coreOAuth2ClientConfig"],
    "unfit": refused(lambda: realm.set_provider(sealStyle="gum")),
    "unfit override": refused(lambda: realm.update("d", overrides={"sealStyle": 1})),
    "unfit field": refused(lambda: realm.update("d", motto=1)),
    "unfit member": wb.http.post(url, json={"client_motto": 1}).json(),
    "told": [answer["client_motto"], realm.client(answer["client_id"]).motto],
    "set by a script": with_attributes(
        Client(client_id="e"), Registration(), {"setClientMotto": ["scripted"]}, {}
    )[0].motto,
    "rows": [row.rest for owner in (ProviderSettings, Client) for row in rows(owner)],
    "saved": [provider.submit().sealStyle, client.submit().motto],
    "override": realm.client("c").overrides.sealStyle,
    "json of the provider": as_rest(wb.provider)["coreOAuth2Config"],
}
print(json.dumps(found))
"""


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What a bench has to say of a setting of the provider and one of a client."""
    root = tmp_path_factory.mktemp("one setting more")
    copy = root / PACKAGE.name
    shutil.copytree(PACKAGE, copy, ignore=shutil.ignore_patterns("__pycache__"))
    for module, (before, statement) in ADDED.items():
        text = (copy / module).read_text("utf-8")
        assert text.count(before) == 1
        added = text.replace(before, statement + before)
        (copy / module).write_text(added, "utf-8")
    looked = subprocess.run(
        [sys.executable, "-c", LOOK],
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(root)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert looked.returncode == 0, looked.stderr
    said: dict[str, Any] = json.loads(looked.stdout)
    return said


def test_an_added_setting_is_in_the_forms_where_it_was_declared(
    found: dict[str, Any],
) -> None:
    core = found["provider tabs"]["Core"]
    assert core.index("sealStyle") + 1 == core.index("codeLifetime")
    assert "sealStyle" in found["client tabs"]["OAuth2 Provider Overrides"]
    for form in ("client tabs", "group tabs"):
        core = found[form]["Core"]
        assert core.index("motto") + 1 == core.index("authorization_code_lifetime")


def test_an_added_setting_has_its_label_its_help_and_its_choices(
    found: dict[str, Any],
) -> None:
    assert found["labels"] == ["Style of the Seal", "Motto of the Client"]
    assert found["tooltips"] == [
        "sealStyle: How it is sealed.",
        "clientMotto: What it says.",
    ]
    assert found["options"] == ["wax", "lead"]
    assert "default: wax" in found["note"]
    assert "<b>does not count</b> for 1 client: d (lead)" in found["note"]
    assert "Style of the Seal" in found["text"]


def test_an_added_setting_is_checked(found: dict[str, Any]) -> None:
    assert "sealStyle is one of wax, lead; not 'gum'." in found["unfit"]
    assert "sealStyle is one of wax, lead; not 1." in found["unfit override"]
    assert "motto is a text; not 1." in found["unfit field"]
    assert found["unfit member"]["error"] == "invalid_client_metadata"


def test_an_added_setting_is_saved_overridden_and_inherited(
    found: dict[str, Any],
) -> None:
    assert found["saved"] == ["lead", "mine"]
    assert found["override"] == "lead"
    assert found["inherited"] == "ours"


def test_an_added_setting_is_in_the_json(found: dict[str, Any]) -> None:
    assert found["json of the provider"]["sealStyle"] == "lead"
    assert found["json of the client"]["clientMotto"] == {
        "inherited": True,
        "value": "ours",
    }
    assert {"sealStyle", "clientMotto"} <= set(found["rows"])


def test_an_added_setting_can_be_registered(found: dict[str, Any]) -> None:
    assert found["told"] == ["mine", "mine"]
    assert found["set by a script"] == "scripted"


EVERY = [
    pytest.param(said, id=f"{owner.__name__}.{name}")
    for owner in OWNERS
    for name, said in settings_of(owner).items()
]


@pytest.mark.parametrize("said", EVERY)
def test_a_setting_has_a_label_a_sentence_a_tab_and_a_name_over_rest(
    said: Setting,
) -> None:
    assert said.label
    assert said.help.endswith((".", "none"))
    assert said.tab
    assert said.rest or said.name in NOT_OVER_REST


@pytest.mark.parametrize("said", EVERY)
def test_the_choices_of_a_setting_hold_its_default(said: Setting) -> None:
    values = [value for _, value in said.options]
    default = said.default if isinstance(said.default, tuple) else (said.default,)
    assert said.default is not MISSING or said.name == "client_id"
    assert not values or set(default) <= set(values)


@pytest.mark.parametrize("owner", OWNERS)
def test_no_two_settings_have_one_name_over_rest_or_one_label(owner: type) -> None:
    known = settings_of(owner).values()
    over_rest = [(said.section, said.rest) for said in known if said.rest]
    labels = [(said.tab, said.label) for said in known if said.name != "overrides"]
    assert len(set(over_rest)) == len(over_rest)
    assert len(set(labels)) == len(labels)


def test_no_two_fields_of_a_client_have_one_member_or_one_setter() -> None:
    known = settings_of(Client).values()
    for names in ([s.member for s in known], [s.setter for s in known]):
        given = [name for name in names if name]
        assert len(set(given)) == len(given) > 10


def test_what_a_block_names_is_what_the_provider_calls_overridable() -> None:
    provider, block = settings_of(ProviderSettings), settings_of(Overrides)
    overridable = {name for name, said in provider.items() if said.overridable}
    assert set(block) == overridable | {"providerOverridesEnabled"}
    for name in overridable:
        assert block[name].label == provider[name].label
        assert block[name].rest == provider[name].rest
        assert block[name].kind is provider[name].kind


def test_every_switch_of_a_profile_has_a_sentence_and_a_name_of_its_own() -> None:
    known = [said for name, said in settings_of(Profile).items() if name != "name"]
    assert all(said.help and "_" not in said.label.split()[0] for said in known)
    assert len({said.label for said in known}) == len(known)


def test_each_tab_comes_once_with_its_settings_together() -> None:
    tabs = by_tab(settings_of(ProviderSettings).values())
    assert list(tabs)[:2] == ["Core", "Advanced"]
    assert sum(map(len, tabs.values())) == len(settings_of(ProviderSettings))


def test_a_setting_that_says_nothing_stands_on_advanced_under_its_name() -> None:
    assert by_tab([Setting(name="bare")])["Advanced"]["bare"].label == "bare"


def test_a_row_says_everything_of_a_setting() -> None:
    row = next(row for row in rows(Client) if row.name == "token_endpoint_auth_method")
    assert row.rest == "tokenEndpointAuthMethod"
    assert row.label == "Token Endpoint Authentication Method"
    assert (row.tab, row.type) == ("Advanced", "a text")
    assert row.default == "client_secret_basic"
    assert row.default in row.choices
    assert (row.overridable, row.inheritable) == (False, True)
    assert row.help
    assert "Mutual TLS" in row.unsupported


def test_rows_are_plain_data_in_ams_words() -> None:
    table = {row.name: row for owner in OWNERS for row in rows(owner)}
    json.dumps(list(table.values()))
    assert table["active"].choices == ("Active", "Inactive")
    assert table["active"].default == "Active"
    assert table["statelessTokensEnabled"].type == "True or False"
    assert table["client_id"].default is None
    assert "overrides" not in table


def test_ams_json_has_sections_wrappers_and_no_secret() -> None:
    client = Client(
        client_id="c", secret="mySecret", group="g", inherited=("scopes",), active=False
    )
    told = as_rest(client)
    assert told["_id"] == "c"
    core = told["coreOAuth2ClientConfig"]
    assert core["scopes"] == {"inherited": True, "value": []}
    assert core["status"] == {"inherited": False, "value": "Inactive"}
    assert core["agentgroup"] == "g"
    assert told["overrideOAuth2ClientConfig"]["providerOverridesEnabled"] is False
    assert "mySecret" not in json.dumps(told)
    assert "hashSalt" not in json.dumps(as_rest(ProviderSettings()))
