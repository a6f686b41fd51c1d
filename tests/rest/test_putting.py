"""What AM's JSON gives is put into a realm's stores, whole or not at all."""

from collections.abc import Iterator
from typing import Any

import pytest

from workbench import Workbench
from workbench.am.clients.client import AIAgent, Client
from workbench.am.clients.group import Group
from workbench.am.realm import Realm
from workbench.am.rest.client import client_json, read_client
from workbench.am.scripts.script import MayActScript
from workbench.am.settings.overrides import Overrides
from workbench.errors import FeatureDisabled, RegistrationError, SettingError

FURTHER: dict[str, Any] = {"": {"more": 1}}


@pytest.fixture
def realm() -> Iterator[Realm]:
    with Workbench(now=0, seed="put") as wb:
        yield wb.realm


def script(own: str = "s-1", name: str = "stamps", **more: Any) -> MayActScript:
    return MayActScript(id=own, name=name, **{"source": "1", **more})


def test_a_script_keeps_the_id_that_it_came_with(realm: Realm) -> None:
    realm.scripts.put(script(), FURTHER)
    realm.scripts.put(script(name="renamed", source="2"))

    assert [each.source for each in realm.scripts.values()] == ["2"]
    assert realm.scripts.find("renamed").id == "s-1"
    assert realm.further.of("script", "s-1") == {}
    assert [event.summary for event in realm.audit][-2:] == [
        "Script stamps was added.",
        "Script renamed was changed.",
    ]


@pytest.mark.parametrize(
    ("other", "words"),
    [
        (script("s-2"), "Script with name stamps already exist in realm /alpha"),
        (script("s-2", name=" "), "A script needs a name"),
        (script(evaluator_version="1.0"), "cannot be changed once it is saved"),
    ],
)
def test_a_script_that_cannot_stand_there_is_refused(
    realm: Realm, other: MayActScript, words: str
) -> None:
    realm.scripts.put(script())

    with pytest.raises(RegistrationError, match=words):
        realm.scripts.put(other)

    assert dict(realm.scripts) == {"s-1": script()}


def test_a_script_is_deleted_by_its_id_or_name(realm: Realm) -> None:
    realm.scripts.put(script(), FURTHER)

    assert realm.scripts.delete("s-1") == script()
    assert not realm.scripts
    assert realm.further.of("script", "s-1") == {}
    with pytest.raises(RegistrationError):
        realm.scripts.delete("stamps")


def test_a_client_does_not_become_an_agent(realm: Realm) -> None:
    realm.settings.enable_ai_agents()
    realm.clients.put(Client(client_id="c"))

    with pytest.raises(RegistrationError, match="c is the id of an OAuth2 client"):
        realm.clients.put(AIAgent(client_id="c"))


def test_agents_and_their_groups_need_ai_agents_on(realm: Realm) -> None:
    with pytest.raises(FeatureDisabled):
        realm.clients.put(AIAgent(client_id="a"))
    with pytest.raises(FeatureDisabled):
        realm.groups.put(Group(name="g", kind=AIAgent, values={}))

    assert not realm.clients and not realm.groups.of(AIAgent)


def test_a_group_is_added_changed_and_forgotten(realm: Realm) -> None:
    realm.groups.put(Group(name="g", kind=Client, values={}), FURTHER)
    changed = Group(name="g", kind=Client, values={"active": False})
    realm.groups.put(changed, FURTHER)

    assert realm.groups.of(Client) == [changed]
    assert realm.further.of("group", changed.key) == FURTHER
    realm.groups.delete(changed)
    assert realm.further.of("group", changed.key) == {}


def test_the_provider_is_put_all_or_nothing(realm: Realm) -> None:
    realm.settings.put_provider({"codeLifetime": 5}, FURTHER)

    with pytest.raises(SettingError):
        realm.settings.put_provider({"codeLifetime": 6, "accessTokenLifetime": "x"})

    assert realm.provider.codeLifetime == 5
    assert realm.further.of("provider") == FURTHER
    realm.settings.put_provider({"codeLifetime": 5})
    assert realm.further.of("provider") == {}


def test_a_script_that_is_gone_is_told_as_it_is_named(realm: Realm) -> None:
    realm.scripts.put(script())
    body = {
        "_id": "c",
        "_type": {"_id": "OAuth2Client"},
        "overrideOAuth2ClientConfig": {"oidcMayActScript": ""},
    }
    read = read_client(body, scripts=realm.scripts)
    client = Client(client_id="c", overrides=Overrides(oidcMayActScript="gone"))

    told = client_json(client, read.further, scripts={}, wrap=False)
    kept = {"overrideOAuth2ClientConfig": {"oidcMayActScript": "s-1"}}
    other = client_json(client, kept, scripts={}, wrap=False)

    assert told["overrideOAuth2ClientConfig"]["oidcMayActScript"] == "gone"
    assert other["overrideOAuth2ClientConfig"]["oidcMayActScript"] == "gone"


def test_a_client_without_a_secret_gets_one_only_where_it_needs_it(
    realm: Realm,
) -> None:
    realm.clients.put(Client(client_id="public", public=True))
    realm.clients.put(Client(client_id="own", secret="mine"))
    realm.clients.put(Client(client_id="own", active=False))
    new = realm.clients.put(Client(client_id="new"))

    assert realm.client("public").secret is None
    assert realm.client("own").secret == "mine"
    assert new.secret and new.secret not in repr(new)


def test_a_client_that_its_group_makes_confidential_gets_a_secret(realm: Realm) -> None:
    realm.groups.put(Group(name="partners", kind=Client, values={"public": False}))
    member = Client(client_id="m", public=True, group="partners", inherited=("public",))

    put = realm.clients.put(member)

    assert not put.public and put.secret
