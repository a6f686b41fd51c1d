"""AM's JSON of clients, groups, scripts and the provider: told, read, told again."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from workbench import Workbench
from workbench.am.basics.setting import settings_of
from workbench.am.clients.client import AIAgent, Client
from workbench.am.clients.group import Group
from workbench.am.rest.client import client_json, read_client
from workbench.am.rest.client_defaults import CLIENT_DEFAULTS
from workbench.am.rest.group import group_json, read_group
from workbench.am.rest.leaf import AmJsonError
from workbench.am.rest.provider import provider_json, read_provider
from workbench.am.rest.provider_defaults import PROVIDER_DEFAULTS
from workbench.am.rest.script import read_script, script_json
from workbench.am.rest.sections import acted_on
from workbench.am.scripts.script import MayActScript, Script
from workbench.am.settings.provider import ProviderSettings

SCRIPT = MayActScript(id="s-1", name="stamps", source="token.setMayAct({})")
LEGACY = MayActScript(id="s-2", name="old", source="", evaluator_version="1.0")
SCRIPTS: dict[str, Script] = {each.id: each for each in (SCRIPT, LEGACY)}

CLIENT: dict[str, Any] = {
    "_id": "hr-client",
    "_type": {"_id": "OAuth2Client", "name": "OAuth2 Clients", "collection": True},
    "coreOAuth2ClientConfig": {"scopes": ["read"]},
}


def again(body: dict[str, Any], **more: Any) -> dict[str, Any]:
    """What is told of a client once its JSON was read."""
    found = read_client(body, scripts=SCRIPTS, **more)
    return client_json(found.client, found.further, scripts=SCRIPTS, wrap=False)


def test_a_client_is_told_complete_flat_and_wrapped() -> None:
    client = Client(client_id="c", secret="mySecret", scopes=("read",))

    flat = client_json(client, scripts={}, wrap=False)
    wrapped = client_json(client, scripts={}, wrap=True)

    assert flat["coreOAuth2ClientConfig"] == {
        "agentgroup": None,
        "status": "Active",
        "clientType": "Confidential",
        "loopbackInterfaceRedirection": False,
        "redirectionUris": [],
        "scopes": ["read"],
        "defaultScopes": [],
        "clientName": [],
        "authorizationCodeLifetime": 0,
        "refreshTokenLifetime": 0,
        "accessTokenLifetime": 0,
        "secretLabelIdentifier": None,
    }
    core = wrapped["coreOAuth2ClientConfig"]
    assert core["scopes"] == {"inherited": False, "value": ["read"]}
    assert core["secretLabelIdentifier"] == {"inherited": False}
    assert "agentgroup" not in core
    assert wrapped["overrideOAuth2ClientConfig"] == flat["overrideOAuth2ClientConfig"]
    assert len(flat["overrideOAuth2ClientConfig"]) == 32
    assert [name for name in flat if name not in ("_id", "_type")] == [*CLIENT_DEFAULTS]


def test_an_ai_agent_and_a_client_have_ams_types() -> None:
    agent = client_json(AIAgent(client_id="a"), scripts={}, wrap=False)
    client = client_json(Client(client_id="a"), scripts={}, wrap=False)

    assert agent["_type"] == {
        "_id": "AIAgent",
        "name": "AI Agents",
        "collection": True,
    }
    assert client["_type"] == CLIENT["_type"]


def test_flat_wrapped_sparse_and_mixed_say_the_same() -> None:
    client = Client(
        client_id="c", scopes=("read", "write"), name="HR", active=False, public=True
    )
    flat = client_json(client, scripts={}, wrap=False)
    wrapped = client_json(client, scripts={}, wrap=True)
    mixed = wrapped | {"signEncOAuth2ClientConfig": flat["signEncOAuth2ClientConfig"]}
    sparse = {
        "_id": "c",
        "_type": flat["_type"],
        "coreOAuth2ClientConfig": {
            "scopes": {"inherited": False, "value": ["read", "write"]},
            "clientName": ["HR"],
            "status": "Inactive",
            "clientType": {"inherited": False, "value": "Public"},
        },
    }

    read = [read_client(body, scripts={}) for body in (flat, wrapped, mixed, sparse)]

    assert [each.client for each in read] == [client] * 4
    assert [each.further for each in read] == [{}] * 4


def test_what_nobody_names_has_the_default_of_rest_and_not_of_the_admin_ui() -> None:
    sparse = {"_id": "a", "_type": {"_id": "AIAgent"}}

    assert read_client(sparse, scripts={}).client.grant_types == ("authorization_code",)


def test_inherited_values_stay_the_groups() -> None:
    client = Client(client_id="c", group="g", inherited=("scopes",), scopes=("own",))

    told = client_json(client, scripts={}, wrap=True)

    core = told["coreOAuth2ClientConfig"]
    assert core["scopes"] == {"inherited": True, "value": ["own"]}
    assert core["agentgroup"] == "g"
    assert read_client(told, scripts={}).client == client


def test_a_script_is_named_by_its_id_in_ams_json_and_by_its_name_here() -> None:
    provider = ProviderSettings(accessTokenMayActScript="stamps")

    told = provider_json(provider, scripts=SCRIPTS)

    assert told["coreOAuth2Config"]["accessTokenMayActScript"] == "s-1"
    read = read_provider(told, scripts=SCRIPTS)
    assert read.settings["accessTokenMayActScript"] == "s-1"


def test_unknown_members_and_those_that_nothing_acts_on_are_kept() -> None:
    body = CLIENT | {
        "aiAgentIdentityUid": "uid-1",
        "newConfig": {"deep": {"er": [1, 1.0, None]}},
        "coreOAuth2ClientConfig": {
            "scopes": ["read"],
            "secretLabelIdentifier": "am.label",
            "later": {"inherited": True, "value": 7},
        },
        "overrideOAuth2ClientConfig": {"enableRemoteConsent": True},
    }

    read = read_client(body, scripts={})
    told = client_json(read.client, read.further, scripts={}, wrap=True)

    assert told["newConfig"] == {"deep": {"er": [1, 1.0, None]}}
    assert told["aiAgentIdentityUid"] == "uid-1"
    core = told["coreOAuth2ClientConfig"]
    assert core["secretLabelIdentifier"] == {"inherited": False, "value": "am.label"}
    assert core["later"] == {"inherited": True, "value": 7}
    assert told["overrideOAuth2ClientConfig"]["enableRemoteConsent"] is True
    assert [(each.place, each.value) for each in read.aside] == [
        ("coreOAuth2ClientConfig.secretLabelIdentifier", "am.label"),
        ("coreOAuth2ClientConfig.later", 7),
        ("aiAgentIdentityUid", "uid-1"),
        ("newConfig", {"deep": {"er": [1, 1.0, None]}}),
        ("overrideOAuth2ClientConfig.enableRemoteConsent", True),
    ]


@pytest.mark.parametrize(
    ("section", "name", "value"),
    [
        ("coreOAuth2ClientConfig", "clientName", ["en|HR", "de|Personal"]),
        ("coreOAuth2ClientConfig", "scopes", ["read|en|Read it", "read", "write"]),
        ("advancedOAuth2ClientConfig", "sectorIdentifierUri", ""),
        ("advancedOAuth2ClientConfig", "tokenEndpointAuthMethod", "tls_client_auth"),
        ("signEncOAuth2ClientConfig", "idTokenSignedResponseAlg", "PS256"),
        ("coreOAuth2ClientConfig", "redirectionUris", None),
        ("overrideOAuth2ClientConfig", "oidcMayActScript", None),
    ],
)
def test_a_spelling_of_ams_stays_while_it_says_what_is(
    section: str, name: str, value: Any
) -> None:
    body = {"_id": "c", "_type": CLIENT["_type"], section: {name: value}}

    assert again(body)[section][name] == value


def test_a_spelling_that_says_something_else_by_now_is_dropped() -> None:
    body = CLIENT | {"coreOAuth2ClientConfig": {"clientName": ["en|HR", "de|Leute"]}}
    read = read_client(body, scripts={})
    renamed = Client(client_id="hr-client", name="People")

    told = client_json(renamed, read.further, scripts={}, wrap=False)

    assert told["coreOAuth2ClientConfig"]["clientName"] == ["People"]


def test_what_only_am_can_be_set_to_is_told_and_the_default_counts() -> None:
    body = CLIENT | {
        "advancedOAuth2ClientConfig": {"tokenEndpointAuthMethod": "tls_client_auth"}
    }

    read = read_client(body, scripts={})

    assert read.client.token_endpoint_auth_method == "client_secret_basic"
    [aside] = read.aside
    assert aside.place == "advancedOAuth2ClientConfig.tokenEndpointAuthMethod"
    assert aside.because == (
        "the bench has no tls_client_auth; client_secret_basic counts here"
    )


def test_a_secret_is_taken_and_never_told_nor_kept() -> None:
    body = CLIENT | {
        "coreOAuth2ClientConfig": {
            "userpassword": "mySecret",
            "userpassword-encrypted": "mySecret",
        },
        "newConfig": {"password": "mySecret", "deep": [{"client_secret": "mySecret"}]},
        "mine-encrypted": "mySecret",
    }

    read = read_client(body, scripts={})

    assert read.client.secret == "mySecret"
    told = client_json(read.client, read.further, scripts={}, wrap=True)
    assert "mySecret" not in json.dumps([told, read.further, read.aside])


def test_the_salt_of_subjects_is_taken_and_never_told() -> None:
    read = read_provider({"advancedOAuth2Config": {"hashSalt": "pepper"}}, scripts={})

    assert read.settings["hashSalt"] == "pepper"
    assert "pepper" not in repr(read)
    told = json.dumps(provider_json(ProviderSettings(hashSalt="pepper"), scripts={}))
    assert "hashSalt" not in told and "pepper" not in told


def wrong_clients() -> Iterator[Any]:
    core, override = "coreOAuth2ClientConfig", "overrideOAuth2ClientConfig"
    yield {core: {"scopes": "read"}}, f"{core}.scopes: scopes is a list of texts"
    yield {core: {"scopes": ["a b"]}}, f"{core}.scopes: 'a b' is not a scope"
    yield {core: {"status": "on"}}, f"{core}.status: status is Active or Inactive"
    yield {core: {"clientName": [1]}}, f"{core}.clientName: clientName is a list of"
    yield {core: {"accessTokenLifetime": True}}, f"{core}.accessTokenLifetime: "
    yield {core: {"accessTokenLifetime": -1}}, f"{core}.accessTokenLifetime: "
    yield {core: {"userpassword": 5}}, f"{core}.userpassword: it is a text"
    yield {core: []}, f"{core}: an object belongs here"
    yield {core: {"agentgroup": {"inherited": True}}}, f"{core}.agentgroup: it is each"
    yield {core: {"scopes": {"inherited": True}}}, "hr-client is in no group"
    yield (
        {override: {"accessTokenMayActScript": "s-9"}},
        f"{override}.accessTokenMayActScript: there is no script with the id s-9",
    )
    yield (
        {override: {"validateScopeScript": "s-1"}},
        f"{override}.validateScopeScript: the script stamps is for OAUTH2_MAY_ACT",
    )
    yield {override: {"statelessTokensEnabled": "yes"}}, f"{override}.stateless"
    yield {"_id": 5}, "_id: it is another than the one"
    yield {"_id": " "}, "_id: The client ID is"
    yield {"_type": {"_id": "WebAgent"}}, "_type._id: the bench has agents of the"
    yield {"x": "\ud800"}, "a text holds half a character"
    deep: Any = 1
    for _ in range(60):
        deep = [deep]
    yield {"x": deep}, "it is nested too deep"


@pytest.mark.parametrize(("change", "words"), list(wrong_clients()))
def test_a_client_that_cannot_be_says_where(change: Any, words: str) -> None:
    with pytest.raises(AmJsonError) as caught:
        read_client(CLIENT | change, scripts=SCRIPTS)

    assert words in str(caught.value)


def test_a_client_is_of_the_kind_and_id_that_it_stands_under() -> None:
    with pytest.raises(AmJsonError, match=r"_type\._id: AIAgent belongs here"):
        read_client(CLIENT, scripts={}, kind=AIAgent)
    with pytest.raises(AmJsonError, match="it is another"):
        read_client(CLIENT, scripts={}, name="other")
    with pytest.raises(AmJsonError, match="an object belongs here"):
        read_client([], scripts={})

    bare: dict[str, Any] = {"coreOAuth2ClientConfig": {}}
    assert read_client(bare, scripts={}, kind=Client, name="c").client.client_id == "c"


def test_a_group_is_told_and_read() -> None:
    group = Group(name="partners", kind=Client, values={"scopes": ("read",)})

    told = group_json(group, scripts={})
    read = read_group(told | {"more": 1}, scripts={})

    assert "agentgroup" not in told["coreOAuth2ClientConfig"]
    assert told["coreOAuth2ClientConfig"]["scopes"] == ["read"]
    assert read.group == group
    assert group_json(read.group, read.further, scripts={}) == told | {"more": 1}


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"coreOAuth2ClientConfig": {"agentgroup": "g"}}, "inherits from no other"),
        ({"coreOAuth2ClientConfig": {"scopes": ["a b"]}}, "Config.scopes: 'a b' is"),
        ({"_id": " "}, "_id: A group needs a name"),
    ],
)
def test_a_group_that_cannot_be_says_where(change: Any, words: str) -> None:
    with pytest.raises(AmJsonError) as caught:
        read_group(CLIENT | change, scripts={})

    assert words in str(caught.value)


def test_the_provider_is_told_complete_and_read() -> None:
    settings = ProviderSettings(statelessTokensEnabled=True, aiAgentsEnabled=True)

    told = provider_json(settings, scripts={})
    read = read_provider(told | {"moreConfig": {"a": 1}}, scripts={})

    assert told["aiAgentsConfig"] == {"aiAgentsEnabled": True}
    for section, members in PROVIDER_DEFAULTS.items():
        assert members.items() <= told[section].items()
    assert ProviderSettings(**read.settings) == settings
    assert read.further == {"": {"moreConfig": {"a": 1}}}


def test_a_sparse_provider_has_the_defaults_of_a_fresh_one() -> None:
    read = read_provider({}, scripts={})

    assert ProviderSettings(**read.settings) == ProviderSettings()
    assert read.aside == ()


def test_a_name_that_is_inferred_is_told_only_where_it_matters() -> None:
    told = provider_json(ProviderSettings(), scripts={})

    assert "aiAgentsConfig" not in told
    assert "useTokenIntrospectionClaim" not in told["advancedOAuth2Config"]


def test_a_provider_that_cannot_be_says_where() -> None:
    with pytest.raises(AmJsonError, match=r"advancedOAuth2Config\.hashSalt"):
        read_provider({"advancedOAuth2Config": {"hashSalt": 1}}, scripts={})


def test_what_is_told_is_a_copy() -> None:
    told = provider_json(ProviderSettings(), scripts={})
    told["coreOIDCConfig"]["supportedClaims"].append("x")

    again = provider_json(ProviderSettings(), scripts={})
    assert again["coreOIDCConfig"]["supportedClaims"] == []


def test_nothing_that_is_acted_on_is_in_a_table_of_what_is_not() -> None:
    for owner, defaults in (
        (Client, CLIENT_DEFAULTS),
        (ProviderSettings, PROVIDER_DEFAULTS),
    ):
        for section, settings in acted_on(owner).items():
            assert not set(settings) & set(defaults.get(section, {}))


def test_a_script_is_told_and_read() -> None:
    told = script_json(SCRIPT)

    assert told == {
        "_id": "s-1",
        "name": "stamps",
        "description": None,
        "context": "OAUTH2_MAY_ACT",
        "language": "JAVASCRIPT",
        "evaluatorVersion": "2.0",
        "script": "dG9rZW4uc2V0TWF5QWN0KHt9KQ==",
        "default": False,
        "createdBy": "null",
        "creationDate": 0,
        "lastModifiedBy": "null",
        "lastModifiedDate": 0,
    }
    assert read_script(told).script == SCRIPT
    assert read_script(told).further == {}


@pytest.mark.parametrize(
    ("given", "source"),
    [
        ("MA==", "0"),
        ("", ""),
        ("a();", "a();"),
        ("true", "true"),
        ("throw 1;", "throw 1;"),
        (["a", "b"], "a\nb"),
    ],
)
def test_a_short_source_is_base64_where_it_can_be(given: Any, source: str) -> None:
    assert read_script(script_json(SCRIPT) | {"script": given}).script.source == source


def test_what_a_script_has_beside_is_kept() -> None:
    body = script_json(SCRIPT) | {
        "context": "OAUTH2_MAY_ACT_NEXT_GEN",
        "description": "",
        "createdBy": "id=amadmin",
        "exports": {"arity": 1},
        "_rev": "1",
        "x-encrypted": "mySecret",
    }

    read = read_script(body)
    told = script_json(read.script, read.further)

    del body["_rev"], body["x-encrypted"]
    assert told == body
    assert [each.place for each in read.aside] == ["exports"]


def test_a_description_that_was_changed_is_told_as_it_is_now() -> None:
    read = read_script(script_json(SCRIPT) | {"description": ""})
    changed = MayActScript(
        id="s-1", name="stamps", source="1", description="Stamps a claim"
    )

    assert script_json(changed, read.further)["description"] == "Stamps a claim"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"_id": ""}, "_id: it is another"),
        ({"name": " "}, "name: a script needs a name"),
        ({"name": 5}, "name: it is a text"),
        ({"description": 5}, "description: it is a text"),
        ({"context": "OTHER"}, "context: context is OTHER, whose scripts do not run"),
        ({"context": None}, "context: it is missing"),
        ({"language": "PERL"}, "language: language is"),
        ({"evaluatorVersion": 2}, "evaluatorVersion: evaluatorVersion is 2"),
        ({"script": {"a": 1}}, "script: script is"),
        ({"script": "file://x.js"}, "script: script is the file x.js, which cannot"),
        (
            {"context": "LIBRARY", "evaluatorVersion": "1.0"},
            "evaluator_version is '1.0'",
        ),
    ],
)
def test_a_script_that_cannot_be_says_where(change: Any, words: str) -> None:
    with pytest.raises(AmJsonError) as caught:
        read_script(script_json(SCRIPT) | change)

    assert words in str(caught.value)


def test_a_place_is_within_a_place() -> None:
    assert str(AmJsonError("", "no").within("a.b")) == "a.b: no."
    assert str(AmJsonError("c", "no").within("a.b")) == "a.b.c: no."


def test_a_realm_keeps_what_was_put_whole() -> None:
    wb = Workbench(now=0, seed="rest")
    wb.enable_ai_agents()
    realm = wb.realm
    body = CLIENT | {"more": {"a": 1}}
    read = read_client(body, scripts=realm.scripts)

    realm.clients.put(read.client, read.further)
    own = realm.clients.own("hr-client")

    told = client_json(
        own, realm.further.of("client", "hr-client"), scripts=realm.scripts, wrap=False
    )
    assert told["more"] == {"a": 1}
    assert own.secret
    realm.delete("hr-client")
    assert realm.further.of("client", "hr-client") == {}


def test_a_grant_that_the_bench_has_not_is_kept_and_told() -> None:
    absent = settings_of(Client)["grant_types"].absent[0]
    body = CLIENT | {"advancedOAuth2ClientConfig": {"grantTypes": [absent]}}

    read = read_client(body, scripts={})

    [aside] = read.aside
    assert aside.place == "advancedOAuth2ClientConfig.grantTypes"
    assert "not on this bench" in aside.because
    assert read.client.grant_types == (absent,)
