"""What an administrator does in Python: registering, changing, being refused."""

from typing import Any

import pytest

from workbench import Workbench
from workbench.am.scripts.script import MayActScript, RegistrationScript
from workbench.errors import RegistrationError, SettingError

NAMES: dict[str, Any] = {"secret": "s", "scopes": ["read"]}


def test_an_agent_starts_with_the_grants_of_the_admin_ui(wb: Workbench) -> None:
    wb.enable_ai_agents()

    agent = wb.realm.register_agent("a", **NAMES)

    assert agent.grant_types == (
        "client_credentials",
        "urn:ietf:params:oauth:grant-type:token-exchange",
    )
    assert not agent.overrides.providerOverridesEnabled


def test_a_client_starts_with_the_authorization_code_grant(wb: Workbench) -> None:
    assert wb.realm.register_client("c", **NAMES).grant_types == ("authorization_code",)


def test_a_may_act_script_switches_the_overrides_on(wb: Workbench) -> None:
    script = wb.realm.add_script("s", "")

    client = wb.realm.register_client("c", may_act_script="s", **NAMES)

    assert client.overrides.providerOverridesEnabled
    assert client.overrides.accessTokenMayActScript == script.id


@pytest.mark.parametrize(
    ("client_id", "changes", "says"),
    [
        ("", {}, "needs a name"),
        (" a", {}, "without spaces"),
        ("a\n", {}, "without spaces"),
        ("a\0b", {}, "control characters"),
        ("a", {"secret": None}, "needs a client secret"),
        ("a", {"scopes": ["read write"]}, "is not a scope"),
        ("a", {"scopes": "read"}, "is a list of texts"),
        ("a", {"redirection_uris": ["no-scheme"]}, "not a redirection URI"),
        ("a", {"redirection_uris": ["https://a.example/#x"]}, "no fragment"),
        ("a", {"scope": ["read"]}, "Did you mean scopes"),
        ("a", {"access_token_lifetime": -1}, "cannot be negative"),
        ("a", {"may_act_script": "missing"}, "There are no scripts yet"),
    ],
)
def test_refuses_what_cannot_be_registered_and_keeps_nothing(
    wb: Workbench, client_id: str, changes: dict[str, object], says: str
) -> None:
    with pytest.raises(RegistrationError, match=says):
        wb.realm.register_client(client_id, **{**NAMES, **changes})

    assert wb.realm.clients == {}


def test_refuses_an_unknown_override(wb: Workbench) -> None:
    with pytest.raises(SettingError, match="Did you mean statelessTokensEnabled"):
        wb.realm.register_client("c", overrides={"statelessTokens": True}, **NAMES)


def test_refuses_to_register_a_client_twice(wb: Workbench) -> None:
    wb.realm.register_client("c", **NAMES)

    with pytest.raises(RegistrationError, match="already registered"):
        wb.realm.register_client("c", **NAMES)


def test_updates_and_deletes_a_client(wb: Workbench) -> None:
    wb.realm.register_client("c", **NAMES)

    wb.realm.update("c", scopes=["read", "write"])

    assert wb.realm.client("c").scopes == ("read", "write")
    wb.realm.delete("c")
    with pytest.raises(RegistrationError, match="There is no client 'c'"):
        wb.realm.client("c")


def test_an_error_lists_no_more_names_than_one_reads() -> None:
    with Workbench() as wb:
        for number in range(300):
            wb.realm.register_client(f"app-{number:03}", secret="s")

        with pytest.raises(RegistrationError, match=r"app-099, and 200 more\.") as told:
            wb.realm.client("nobody of these")

    assert "app-100" not in str(told.value)


def test_a_script_name_is_unique_and_its_version_stays(wb: Workbench) -> None:
    wb.realm.add_script("s", "old", evaluator_version="1.0")

    with pytest.raises(RegistrationError, match="already exist in realm /alpha"):
        wb.realm.add_script("s", "new")
    changed = wb.realm.update_script("s", "new")

    assert (changed.source, changed.evaluator_version) == ("new", "1.0")


@pytest.mark.parametrize(
    ("values", "says"),
    [
        ({"name": " "}, "needs a name"),
        ({"evaluator_version": "3.0"}, '"1.0"'),
        ({"language": "PYTHON"}, "JAVASCRIPT or GROOVY"),
        ({"language": "GROOVY"}, "JavaScript only"),
    ],
)
def test_refuses_a_script_that_am_would_not_keep(
    wb: Workbench, values: dict[str, str], says: str
) -> None:
    with pytest.raises(RegistrationError, match=says):
        wb.realm.add_script(**{"name": "s", "source": "", **values})

    assert len(wb.realm.scripts) == 0


def test_a_missing_script_is_named_with_its_nearest(wb: Workbench) -> None:
    wb.realm.add_script("risk-agent may act", "")

    with pytest.raises(RegistrationError, match="Did you mean risk-agent may act"):
        wb.realm.script("risk agent may act")


def test_a_provider_script_that_is_missing_fails_the_request(wb: Workbench) -> None:
    wb.provider.accessTokenMayActScript = "gone"
    wb.realm.register_client("c", grant_types=["client_credentials"], **NAMES)

    answer = wb.client.client_credentials("c", "s", scope="read")

    assert answer.status == 500
    assert "There is no may act script 'gone'" in wb.audit[-1].hint


def test_custom_properties_become_values_lists_and_maps(wb: Workbench) -> None:
    client = wb.realm.register_client(
        "c", custom_properties=["a=b", "l[1]=y", "l[0]=x", "m[k]=v"], **NAMES
    )

    assert client.properties()["customProperties"] == {
        "a": "b",
        "l": ["x", "y"],
        "m": {"k": "v"},
    }


def test_a_secret_is_not_in_the_repr(wb: Workbench) -> None:
    client = wb.realm.register_client("c", secret="hunter2", scopes=["read"])

    assert "hunter2" not in repr(client)


UNFIT = [
    ("public", "no"),
    ("active", "Inactive"),
    ("secret", 5),
    ("scopes", 5),
    ("scopes", None),
    ("scopes", [5]),
    ("redirection_uris", [5]),
    ("allowed_audiences", "https://a.example.com"),
    ("custom_properties", "a=b"),
    ("token_exchange_auth_level", "1"),
    ("access_token_lifetime", 1.5),
    ("access_token_lifetime", "60"),
    ("token_endpoint_auth_method", "foo"),
    ("custom_properties", ["m[k]=v", "m[1]=w"]),
    ("custom_properties", ["a=1", "a[0]=2"]),
]


@pytest.mark.parametrize(("name", "value"), UNFIT)
def test_refuses_a_value_of_the_wrong_kind(
    wb: Workbench, name: str, value: object
) -> None:
    with pytest.raises(RegistrationError):
        wb.realm.register_client("c", **{**NAMES, name: value})

    assert wb.realm.clients == {}


def test_a_secret_of_the_wrong_kind_is_not_repeated(wb: Workbench) -> None:
    with pytest.raises(RegistrationError) as refusal:
        wb.realm.register_client("c", secret=b"hunter2")

    assert "hunter2" not in str(refusal.value)


@pytest.mark.parametrize("values", [{"source": 5}, {"name": "[Empty]"}])
def test_refuses_a_script_without_a_text_or_a_usable_name(
    wb: Workbench, values: dict[str, Any]
) -> None:
    with pytest.raises(RegistrationError):
        wb.realm.add_script(**{"name": "s", "source": "", **values})


def test_a_script_has_a_context_and_cannot_be_named_where_another_is_needed(
    wb: Workbench,
) -> None:
    may_act = wb.realm.add_script("one", "", evaluator_version="1.0")
    other = wb.realm.add_registration_script("two", "")

    assert (may_act.context, other.context) == (
        "OAUTH2_MAY_ACT",
        "OAUTH2_DYNAMIC_CLIENT_REGISTRATION",
    )
    assert (
        wb.realm.scripts.of(MayActScript),
        wb.realm.scripts.for_setting("dynamicClientRegistrationScript"),
    ) == (
        [may_act],
        [other],
    )
    with pytest.raises(RegistrationError, match="a may act script is needed here"):
        wb.realm.script("two")
    with pytest.raises(RegistrationError, match="registration script is needed here"):
        wb.realm.scripts.named_by_setting(RegistrationScript, "one")


@pytest.mark.parametrize("setting", ["accessTokenMayActScript", "oidcMayActScript"])
def test_a_may_act_setting_refuses_a_script_of_another_context(
    wb: Workbench, setting: str
) -> None:
    script = wb.realm.add_registration_script("set up", "")

    for name in ("set up", script.id):
        with pytest.raises(RegistrationError, match="a may act script is needed here"):
            wb.realm.register_client("c", overrides={setting: name}, **NAMES)

    assert wb.realm.clients == {}


def test_names_are_unique_across_contexts_and_a_context_stays(wb: Workbench) -> None:
    wb.realm.add_registration_script("set up", "old")

    with pytest.raises(RegistrationError, match="already exist in realm /alpha"):
        wb.realm.add_script("set up", "new")
    with pytest.raises(RegistrationError, match="already exist in realm /alpha"):
        wb.realm.keep_script("set up", "new", "2.0")
    changed = wb.realm.update_script("set up", "new")

    assert changed.context == "OAUTH2_DYNAMIC_CLIENT_REGISTRATION"
    kept = wb.realm.scripts.named_by_setting(RegistrationScript, "set up")
    assert kept is not None
    assert kept.source == "new"


def test_a_registration_script_is_next_generation() -> None:
    with pytest.raises(RegistrationError, match="evaluator_version"):
        RegistrationScript(id="1", name="s", source="", evaluator_version="1.0")


def test_a_script_cannot_be_named_by_what_is_no_text(wb: Workbench) -> None:
    with pytest.raises(RegistrationError, match="needs a name"):
        wb.realm.add_script(5, "")  # type: ignore[call-overload]


@pytest.mark.parametrize("uri", ["https://[::1", "https://a.example/#", "https://a\n"])
def test_refuses_a_redirection_uri_that_is_none(wb: Workbench, uri: str) -> None:
    with pytest.raises(RegistrationError, match="not a redirection URI"):
        wb.realm.register_client("c", redirection_uris=[uri], **NAMES)
