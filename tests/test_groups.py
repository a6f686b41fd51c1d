"""Groups: members inherit field by field, and what cannot fit is refused in words."""

from typing import Any

import pytest

from workbench import Workbench
from workbench.am.clients.client import AIAgent, Client
from workbench.am.clients.group import Group, effective_client
from workbench.errors import FeatureDisabled, RegistrationError

NAMES: dict[str, Any] = {"secret": "s", "scopes": ["own"]}


@pytest.fixture
def bench(wb: Workbench) -> Workbench:
    wb.enable_ai_agents()
    wb.realm.add_group("partners", scopes=["read"], access_token_lifetime=60)
    return wb


def test_a_member_has_its_own_values_and_inherits_only_what_it_says() -> None:
    group = Group(
        name="g", kind=Client, values={"scopes": ("read",), "access_token_lifetime": 5}
    )
    own = Client(
        client_id="c", secret="s", scopes=("own",), group="g", inherited=("scopes",)
    )

    effective = effective_client(own, group)

    assert (effective.scopes, effective.access_token_lifetime) == (("read",), 0)
    assert own.scopes == ("own",)


def test_a_field_that_the_group_does_not_set_has_its_default() -> None:
    group = Group(name="g", kind=AIAgent, values={})
    own = AIAgent(
        client_id="a",
        secret="s",
        scopes=("own",),
        grant_types=("password",),
        group="g",
        inherited=("scopes", "grant_types"),
    )

    effective = effective_client(own, group)

    assert effective.scopes == ()
    assert effective.grant_types == AIAgent(client_id="x").grant_types


def test_a_member_that_inherits_nothing_is_as_it_was() -> None:
    group = Group(name="g", kind=Client, values={"scopes": ("read",)})
    own = Client(client_id="c", secret="s", group="g")

    assert effective_client(own, group) is own
    assert effective_client(own, None) is own


def test_the_realm_gives_the_values_that_count(bench: Workbench) -> None:
    bench.realm.register_client(
        "c", secret="s", group="partners", inherited=["scopes", "access_token_lifetime"]
    )

    client = bench.realm.client("c")

    assert (client.scopes, client.access_token_lifetime) == (("read",), 60)
    assert bench.realm.clients.own("c").scopes == ()
    assert dict(bench.realm.clients) == {"c": client}


def test_registering_and_changing_give_the_values_that_count(
    bench: Workbench,
) -> None:
    registered = bench.realm.register_client(
        "c", secret="s", group="partners", inherited=["scopes"]
    )
    changed = bench.realm.update("c", name="C")

    assert registered.scopes == changed.scopes == ("read",)


def test_a_change_of_the_group_counts_at_once(bench: Workbench) -> None:
    group = bench.realm.groups.find(Client, "partners")
    bench.realm.register_client("c", secret="s", group="partners", inherited=["scopes"])

    changed = bench.realm.groups.update(group, scopes=["read", "write"])

    assert bench.realm.client("c").scopes == ("read", "write")
    assert changed.values["access_token_lifetime"] == 60
    assert bench.audit[-1].summary == "Group partners of OAuth2 clients was changed."


def test_a_value_that_is_given_is_the_members_own(bench: Workbench) -> None:
    bench.realm.register_client(
        "c", secret="s", group="partners", inherited=["scopes", "access_token_lifetime"]
    )

    bench.realm.update("c", scopes=["mine"])

    client = bench.realm.client("c")
    assert (client.scopes, client.access_token_lifetime) == (("mine",), 60)
    assert client.inherited == ("access_token_lifetime",)


def test_the_own_value_stays_beneath_an_inherited_one(bench: Workbench) -> None:
    bench.realm.register_client("c", group="partners", **NAMES)

    bench.realm.update("c", inherited=["scopes"])
    inherited = bench.realm.client("c").scopes
    bench.realm.update("c", inherited=[])

    assert (inherited, bench.realm.client("c").scopes) == (("read",), ("own",))


def test_who_leaves_a_group_inherits_nothing(bench: Workbench) -> None:
    bench.realm.register_client("c", secret="s", group="partners", inherited=["scopes"])

    client = bench.realm.update("c", group="")

    assert (client.group, client.inherited, client.scopes) == ("", (), ())


def test_groups_of_clients_and_of_agents_are_apart(bench: Workbench) -> None:
    bench.realm.groups.add_for_agents("partners", scopes=["act"])
    bench.realm.register_client("c", secret="s", group="partners", inherited=["scopes"])
    bench.realm.register_agent("a", secret="s", group="partners", inherited=["scopes"])

    assert bench.realm.client("c").scopes == ("read",)
    assert bench.realm.client("a").scopes == ("act",)
    bench.realm.delete("c")
    bench.realm.groups.delete(bench.realm.groups.find(Client, "partners"))
    assert bench.realm.groups.find(AIAgent, "partners").values == {"scopes": ("act",)}


def test_a_group_in_use_stays(bench: Workbench) -> None:
    group = bench.realm.groups.find(Client, "partners")
    bench.realm.register_client("c", group="partners", **NAMES)

    with pytest.raises(RegistrationError, match="still has members: c"):
        bench.realm.groups.delete(group)

    bench.realm.update("c", group="")
    bench.realm.groups.delete(group)
    with pytest.raises(RegistrationError, match="There is none yet"):
        bench.realm.groups.find(Client, "partners")


def test_a_group_of_agents_needs_ai_agents(wb: Workbench) -> None:
    with pytest.raises(FeatureDisabled):
        wb.realm.groups.add_for_agents("fleet")


@pytest.mark.parametrize(
    ("values", "says"),
    [
        ({"group": "partner"}, "Did you mean partners"),
        ({"inherited": ["scopes"]}, "is in no group"),
        ({"group": "partners", "inherited": ["scope"]}, "Did you mean scopes"),
        ({"group": "partners", "inherited": ["secret"]}, "each member's own"),
        ({"group": "partners", "inherited": ["overrides"]}, "each member's own"),
        ({"group": "partners", "inherited": "scopes"}, "is a list of texts"),
        (
            {"group": "partners", "inherited": ["scopes"], "scopes": ["x"]},
            "given and inherited at once",
        ),
        ({"group": 5}, "group is a text"),
    ],
)
def test_refuses_a_membership_that_makes_no_sense(
    bench: Workbench, values: dict[str, Any], says: str
) -> None:
    with pytest.raises(RegistrationError, match=says) as refusal:
        bench.realm.register_client("c", secret="s", **values)

    assert refusal.value.about in ("group", "inherited", "scopes")
    assert bench.realm.clients == {}


@pytest.mark.parametrize(
    ("name", "values", "says"),
    [
        ("partners", {}, "is there already"),
        (" ", {}, "needs a name"),
        ("g", {"secret": "s"}, "each member's own"),
        ("g", {"overrides": {}}, "each member's own"),
        ("g", {"scope": ["x"]}, "Did you mean scopes"),
        ("g", {"scopes": ["a b"]}, "is not a scope"),
        ("g", {"access_token_lifetime": -1}, "cannot be negative"),
        ("g", {"jwks": {"keys": []}}, "JWK set"),
    ],
)
def test_refuses_a_group_that_makes_no_sense(
    bench: Workbench, name: str, values: dict[str, Any], says: str
) -> None:
    with pytest.raises(RegistrationError, match=says):
        bench.realm.add_group(name, **values)


def test_a_group_cannot_leave_a_member_unfit(bench: Workbench) -> None:
    group = bench.realm.add_group("public", public=True)
    bench.realm.register_client("spa", group="public", inherited=["public"])

    with pytest.raises(RegistrationError, match="spa could not inherit that"):
        bench.realm.groups.update(group, public=False)

    assert bench.realm.client("spa").public


def test_a_client_without_secret_may_not_inherit_being_confidential(
    bench: Workbench,
) -> None:
    with pytest.raises(RegistrationError, match="needs a client secret"):
        bench.realm.register_client("c", group="partners", inherited=["public"])


def test_the_clients_show_their_names_alone(bench: Workbench) -> None:
    bench.realm.register_client("c", secret="hunter2", scopes=["read"])

    assert repr(bench.realm.clients) == "<clients: c>"
