"""Onward exchange: each hop's own script names the next, and act nests."""

import json

import pytest

from tests.stories import REFUSED, claims_of, exchange, lets_act, own_token
from workbench import Workbench

HOPS = ("origin", "hop-1", "hop-2", "hop-3")


@pytest.fixture
def hops(wb: Workbench) -> Workbench:
    """Four agents in a row; each one's tokens may be exchanged by the next."""
    wb.enable_ai_agents()
    wb.provider.statelessTokensEnabled = True
    for name, following in zip(HOPS, (*HOPS[1:], "hop-1"), strict=True):
        wb.realm.add_script(f"to {following} from {name}", lets_act(following))
        wb.realm.register_agent(
            name,
            secret="mySecret",
            scopes=["read", "write"],
            may_act_script=f"to {following} from {name}",
            overrides={"statelessTokensEnabled": True},
        )
    return wb


def setting(wb: Workbench, statement: str) -> None:
    """Let origin's script also run a statement."""
    source = lets_act("hop-1") + statement
    wb.realm.update_script("to hop-1 from origin", source)


def test_act_nests_and_the_subject_stays(hops: Workbench) -> None:
    token = own_token(hops, "origin")
    for name in HOPS[1:]:
        token = exchange(hops, name, token).access_token

    claims = claims_of(hops, token)
    assert claims["sub"] == "(age!origin)"
    assert claims["act"] == {
        "sub": "(age!hop-3)",
        "act": {"sub": "(age!hop-2)", "act": {"sub": "(age!hop-1)"}},
    }
    assert (claims["client_id"], claims["aud"]) == ("hop-3", "hop-3")
    assert claims["may_act"] == {"client_id": "hop-1", "sub": "(age!hop-1)"}


def test_without_the_hops_own_script_the_chain_ends(hops: Workbench) -> None:
    hops.realm.update("hop-1", overrides={"accessTokenMayActScript": "[Empty]"})
    first = exchange(hops, "hop-1", own_token(hops, "origin"))

    second = exchange(hops, "hop-2", first.access_token)

    assert "may_act" not in claims_of(hops, first)
    assert (second.status, second.json) == (400, REFUSED)


def test_a_hop_cannot_be_left_out(hops: Workbench) -> None:
    assert exchange(hops, "hop-2", own_token(hops, "origin")).json == REFUSED


def test_the_actor_tokens_own_history_is_dropped(hops: Workbench) -> None:
    first = exchange(hops, "hop-1", own_token(hops, "origin"))
    actor = own_token(hops, "hop-2")
    hops.realm.update_script("to hop-3 from hop-2", lets_act("hop-2"))
    own_history = hops.client.exchange(
        "hop-2",
        "mySecret",
        subject_token=own_token(hops, "hop-2"),
        actor_token=actor,
        scope="read",
    ).access_token

    dropped = exchange(hops, "hop-2", first.access_token, actor_token=own_history)
    hops.profile = hops.profile.but(actor_history="nest")
    nested = exchange(hops, "hop-2", first.access_token, actor_token=own_history)

    assert claims_of(hops, own_history)["act"] == {"sub": "(age!hop-2)"}
    assert claims_of(hops, dropped)["act"] == {
        "sub": "(age!hop-2)",
        "act": {"sub": "(age!hop-1)"},
    }
    assert claims_of(hops, nested)["act"] == {
        "sub": "(age!hop-2)",
        "act": {"sub": "(age!hop-2)", "act": {"sub": "(age!hop-1)"}},
    }


def test_without_an_actor_token_act_is_carried_on(hops: Workbench) -> None:
    first = exchange(hops, "hop-1", own_token(hops, "origin"))

    second = exchange(hops, "hop-2", first.access_token, actor_token=None)

    assert claims_of(hops, second)["act"] == {"sub": "(age!hop-1)"}


@pytest.mark.parametrize("act", ["null", '"(age!root)"', "7", "[]", "true"])
def test_a_next_generation_script_sets_objects_alone(hops: Workbench, act: str) -> None:
    setting(hops, f"token.setAct({act});")

    answer = hops.client.client_credentials("origin", "mySecret", scope="read")

    assert (answer.status, answer.json["error"]) == (500, "server_error")


@pytest.mark.parametrize(
    "act",
    [
        {},
        {"sub": None},
        {"sub": ["(age!a)", "(age!b)"]},
        {"sub": "<script>alert(1)</script>"},
        {"sub": "(age!x)", "act": "not an object"},
        {"sub": "(age!x)" * 2000},
        {"client_id": "root", "exp": 1, "sub": "(age!x)"},
    ],
)
def test_a_hostile_act_is_carried_inside_and_names_nobody_new(
    hops: Workbench, act: dict[str, object]
) -> None:
    setting(hops, f"token.setAct({json.dumps(act)});")

    new = exchange(hops, "hop-1", own_token(hops, "origin"))

    claims = claims_of(hops, new)
    assert claims["act"]["sub"] == "(age!hop-1)"
    assert claims["act"].get("act", {}) == act
    assert claims["sub"] == "(age!origin)"
    assert claims["exp"] - claims["iat"] == 3600
    assert "<script>" not in hops.chain(new).html


def test_a_deep_act_is_carried_as_far_as_scripts_may_nest(hops: Workbench) -> None:
    setting(
        hops,
        "var act = {sub: 'x'};"
        "for (var i = 0; i < 150; i++) { act = {sub: 'x', act: act}; }"
        "token.setAct(act);",
    )

    new = exchange(hops, "hop-1", own_token(hops, "origin"))

    depth, act = 0, claims_of(hops, new).get("act")
    while act:
        depth, act = depth + 1, act.get("act")
    assert depth == 152


def test_a_profile_may_limit_the_depth(hops: Workbench) -> None:
    hops.profile = hops.profile.but(max_chain_depth=2)
    token = own_token(hops, "origin")
    for name in HOPS[1:3]:
        token = exchange(hops, name, token).access_token

    third = exchange(hops, "hop-3", token)

    assert (third.status, third.json) == (400, REFUSED)
    refusal = hops.decision.refusal
    assert refusal is not None
    assert (refusal.rule, refusal.found, refusal.decided_by) == (
        "The chain of actors is not too long",
        "3 actors",
        "profile",
    )


def test_a_profile_may_refuse_loops(hops: Workbench) -> None:
    token = own_token(hops, "origin")
    for name in HOPS[1:]:
        token = exchange(hops, name, token).access_token
    allowed = exchange(hops, "hop-1", token)
    hops.profile = hops.profile.but(loops="refuse")

    refused = exchange(hops, "hop-1", token)

    assert allowed.status == 200
    assert (refused.status, refused.json) == (400, REFUSED)
    refusal = hops.decision.refusal
    assert refusal is not None
    assert (refusal.rule, refusal.found) == (
        "No actor appears twice in the chain",
        "twice: (age!hop-1)",
    )


def test_a_profile_may_want_the_clients_own_token_as_actor(hops: Workbench) -> None:
    source = (
        'token.setMayAct({client_id: "hop-1", sub: ["(age!hop-1)", "(age!hop-2)"]});'
    )
    hops.realm.update_script("to hop-1 from origin", source)
    subject = own_token(hops, "origin")
    foreign = exchange(hops, "hop-1", subject, actor_token=own_token(hops, "hop-2"))
    hops.profile = hops.profile.but(actor_is_client=True)

    refused = exchange(hops, "hop-1", subject, actor_token=own_token(hops, "hop-2"))
    granted = exchange(hops, "hop-1", subject)
    broken = exchange(hops, "hop-1", subject, actor_token="nonsense")

    assert claims_of(hops, foreign)["act"] == {"sub": "(age!hop-2)"}
    assert (refused.json, broken.json) == (REFUSED, REFUSED)
    assert granted.status == 200


def test_revoking_an_earlier_token_leaves_later_ones_alive(hops: Workbench) -> None:
    """What was exchanged before is a grant of its own."""
    first = exchange(hops, "hop-1", own_token(hops, "origin"))
    second = exchange(hops, "hop-2", first.access_token)

    hops.client.revoke("hop-1", "mySecret", first.refresh_token)

    assert hops.inspect(first).state == "revoked"
    assert hops.inspect(second).state == "active"
    assert exchange(hops, "hop-2", first.access_token).json == REFUSED
    assert exchange(hops, "hop-3", second.access_token).status == 200
