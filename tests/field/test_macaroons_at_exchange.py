"""What a macaroon's caveats took away stays away in an exchange, in every profile.

Whoever holds a token narrows it, with the library of another, and hands the copy on.
That AM keeps to caveats when a token is exchanged is inferred.
"""

import json
from typing import Any

import pymacaroons
import pytest

from tests.stories import (
    ACCESS_TOKEN,
    ID_TOKEN,
    REFUSED,
    Agents,
    add_grant,
    claims_of,
    refusal_of,
)
from workbench import Workbench
from workbench.agent.client import Call
from workbench.am.settings.profile import PROFILES

NOW = 1_790_000_000
HOUR, WEEK = 3600, 604_800
API, OTHER = "https://api.example", "https://other.example"
RULE = "What caveats took away stays away"

AUDIENCES = "acceptAudienceParametersInTokenExchangeRequests"

STAMP = """
token.setMayAct({
    client_id: ["risk-agent", "data-agent"],
    sub: ["(age!risk-agent)", "risk-agent", "(age!data-agent)", "data-agent"]
});
"""


@pytest.fixture(params=["server-side", "client-side"])
def baking(request: pytest.FixtureRequest, agents: Agents) -> Agents:
    """The two agents, whose tokens are macaroons that either may exchange again."""
    wb = agents.wb
    wb.provider.macaroonTokensEnabled = True
    wb.realm.update_script("risk-agent may act", STAMP)
    for name in ("data-agent", "risk-agent"):
        wb.realm.update(
            name,
            may_act_script="risk-agent may act",
            scopes=["read", "write", "delete"],
            allowed_audiences=[API, OTHER],
            overrides={
                "statelessTokensEnabled": request.param == "client-side",
                "oidcMayActScript": wb.realm.script("risk-agent may act").id,
                AUDIENCES: True,
            },
        )
        add_grant(wb, name)
    return agents


def narrowed(value: str, *caveats: dict[str, Any]) -> str:
    """What a holder makes of a token."""
    macaroon = pymacaroons.Macaroon.deserialize(value)
    for caveat in caveats:
        macaroon.add_first_party_caveat(json.dumps(caveat))
    return str(macaroon.serialize())


def handed_on(agents: Agents, *caveats: dict[str, Any]) -> str:
    """A narrow copy of data-agent's token."""
    return narrowed(agents.token("data-agent", "read write"), *caveats)


def scope_of(agents: Agents, call: Call) -> list[str]:
    scope: list[str] = claims_of(agents.wb, call)["scope"]
    return scope


# Scope


@pytest.mark.parametrize("profile", PROFILES)
def test_a_scope_that_was_taken_away_cannot_be_had(
    baking: Agents, profile: str
) -> None:
    baking.wb.profile = profile
    token = handed_on(baking, {"scope": "read"})

    wide = baking.exchange(subject_token=token, scope="read write")
    rules = [check.rule for check in baking.wb.decision.failures]
    fits = baking.exchange(subject_token=token, scope="read")

    assert wide.json == {
        "error_description": "Unknown/invalid scope(s): [write]",
        "error": "invalid_scope",
    }
    assert RULE in rules
    assert scope_of(baking, fits) == ["read"]


@pytest.mark.parametrize(
    ("caveats", "asked", "granted"),
    [
        ([{"scope": "read"}], "read", ["read"]),
        ([{"scope": "read"}], "delete", None),  # the token never had it either
        ([{"scope": "read delete"}], "delete", ["delete"]),
        ([{"scope": "read write"}, {"scope": "write delete"}], "write", ["write"]),
        ([{"scope": "read write"}, {"scope": "write delete"}], "read", None),
        ([{"scope": ""}], "read", None),
        ([{"scope": "READ"}], "read", None),
        ([{"exp": NOW + 60}], "read write delete", ["read", "write", "delete"]),
        ([], "read write delete", ["read", "write", "delete"]),
    ],
)
def test_every_caveat_about_scopes_counts(
    baking: Agents,
    caveats: list[dict[str, Any]],
    asked: str,
    granted: list[str] | None,
) -> None:
    token = handed_on(baking, *caveats)

    call = baking.exchange(subject_token=token, scope=asked)

    if granted is None:
        assert call.json["error"] == "invalid_scope"
        assert refusal_of(baking.wb.decision).rule == RULE
    else:
        assert scope_of(baking, call) == granted


def test_of_default_scopes_what_is_left_is_granted(baking: Agents) -> None:
    baking.wb.realm.update("risk-agent", default_scopes=["read", "write"])
    some = handed_on(baking, {"scope": "read"})
    none = handed_on(baking, {"scope": "delete"})

    left = baking.exchange(subject_token=some, scope=None)
    nothing = baking.exchange(subject_token=none, scope=None)

    assert scope_of(baking, left) == ["read"]
    assert nothing.json["error"] == "invalid_scope"


def test_all_the_clients_scopes_are_those_that_are_left(baking: Agents) -> None:
    baking.wb.profile = baking.wb.profile.but(granted_scope="all the acting client's")
    token = handed_on(baking, {"scope": "read delete"})

    call = baking.exchange(subject_token=token, scope="read")

    assert scope_of(baking, call) == ["read", "delete"]


@pytest.mark.parametrize("switch", ["narrowed", "as returned"])
def test_a_script_gives_back_nothing_that_was_taken_away(
    baking: Agents, switch: str
) -> None:
    wb = baking.wb
    wb.profile = wb.profile.but(scopes_from_script=switch)
    script = wb.realm.add_script(
        "adds",
        'function validateAccessTokenScope() { return ["read", "write"]; }',
        context="OAUTH2_VALIDATE_SCOPE",
    )
    token = handed_on(baking, {"scope": "read"})
    wb.realm.update(
        "risk-agent",
        overrides={
            "validateScopePluginType": "SCRIPTED",
            "validateScopeScript": script.id,
        },
    )

    call = baking.impersonate(subject_token=token)

    assert scope_of(baking, call) == ["read"]


# Expiry


@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize("end", [60, HOUR + 60])
def test_nothing_of_it_outlives_the_end_that_a_caveat_set(
    baking: Agents, profile: str, end: int
) -> None:
    baking.wb.profile = PROFILES[profile].but(refresh_token_on_exchange="always")
    token = handed_on(baking, {"exp": NOW + end})
    baking.wb.clock.advance(seconds=59)

    call = baking.exchange(subject_token=token)

    own = NOW + 59 + HOUR if profile != "rfc8693-strict" else NOW + HOUR
    assert claims_of(baking.wb, call)["exp"] == min(NOW + end, own)
    assert claims_of(baking.wb, call.refresh_token)["exp"] == NOW + end
    told = next(check for check in baking.wb.decision.checks if check.rule == RULE)
    assert (told.passed, told.expected) == (True, f"exp {NOW + end} at the latest")


def test_an_id_token_does_not_outlive_it_either(baking: Agents) -> None:
    token = handed_on(baking, {"exp": NOW + 60})

    call = baking.exchange(subject_token=token, requested_token_type=ID_TOKEN)

    assert claims_of(baking.wb, call)["exp"] == NOW + 60


def test_what_a_refresh_of_it_brings_does_not_outlive_it(baking: Agents) -> None:
    call = baking.exchange(subject_token=handed_on(baking, {"exp": NOW + 60}))
    baking.wb.clock.advance(seconds=30)

    answer = baking.refresh(call.refresh_token)

    assert claims_of(baking.wb, answer)["exp"] == NOW + 60
    assert claims_of(baking.wb, answer.refresh_token)["exp"] == NOW + 60


# Audience


@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize(
    ("caveat", "asked", "granted"),
    [
        (["data-agent", API], API, ["risk-agent", API]),
        (["data-agent", API], OTHER, None),
        ("data-agent", API, None),
        ("https://am.example.com:8443", API, None),
        (["data-agent"], None, "risk-agent"),
    ],
)
def test_an_audience_that_was_taken_away_cannot_be_had(
    baking: Agents, profile: str, caveat: Any, asked: str | None, granted: Any
) -> None:
    baking.wb.profile = profile
    token = handed_on(baking, {"aud": caveat})

    call = baking.exchange(subject_token=token, audience=asked)

    if granted is None:
        assert call.json == {
            "error_description": "Invalid audience requested.",
            "error": "invalid_request",
        }
        assert refusal_of(baking.wb.decision).rule == RULE
    else:
        assert claims_of(baking.wb, call)["aud"] == granted


# The actor token


@pytest.mark.parametrize(
    ("caveat", "asked", "error"),
    [
        ({"scope": "read"}, {"scope": "read write"}, "invalid_scope"),
        ({"aud": "risk-agent"}, {"audience": API}, "invalid_request"),
    ],
)
def test_the_caveats_of_the_actor_token_count_too(
    baking: Agents, caveat: dict[str, Any], asked: dict[str, str], error: str
) -> None:
    actor = narrowed(baking.token("risk-agent", "read write"), caveat)

    call = baking.exchange(actor_token=actor, **asked)

    assert call.json["error"] == error
    assert refusal_of(baking.wb.decision).rule == RULE


def test_both_tokens_count_together(baking: Agents) -> None:
    subject = handed_on(baking, {"exp": NOW + 90, "scope": "read write"})
    actor = narrowed(baking.token("risk-agent"), {"exp": NOW + 60, "scope": "read"})

    call = baking.exchange(subject_token=subject, actor_token=actor)
    wide = baking.exchange(subject_token=subject, actor_token=actor, scope="write")

    assert claims_of(baking.wb, call)["exp"] == NOW + 60
    assert wide.json["error"] == "invalid_scope"


# What a caveat cannot say


@pytest.mark.parametrize("role", ["subject_token", "actor_token"])
@pytest.mark.parametrize(
    "caveat",
    [
        {"may_act": {"client_id": "risk-agent"}},
        {"act": {"sub": "(age!x)"}},
        {"sub": "x"},
        {"client_id": "x"},
        {"scope": ["read"]},
        {"exp": "soon"},
        {"scope": "read", "unheard_of": 1},
    ],
)
def test_a_caveat_that_is_not_known_makes_the_token_invalid(
    baking: Agents, role: str, caveat: dict[str, Any]
) -> None:
    name = "data-agent" if role == "subject_token" else "risk-agent"

    call = baking.exchange(**{role: narrowed(baking.token(name), caveat)})

    assert (call.status, call.json) == (400, REFUSED)
    assert "its caveat" in refusal_of(baking.wb.decision).found or (
        "it has a caveat that this server does not know"
        in refusal_of(baking.wb.decision).found
    )


# Chains


def onward(baking: Agents, token: str, **asked: str | None) -> Call:
    """data-agent exchanges what risk-agent was given."""
    return baking.exchange(
        client_id="data-agent",
        client_secret="mySecret",
        subject_token=token,
        actor_token=baking.token("data-agent"),
        **asked,
    )


@pytest.mark.parametrize("profile", PROFILES)
def test_it_stays_away_however_long_the_chain(baking: Agents, profile: str) -> None:
    baking.wb.profile = profile
    token = handed_on(baking, {"scope": "read", "exp": NOW + 60, "aud": "data-agent"})

    first = baking.exchange(subject_token=token)
    second = onward(baking, first.access_token)
    third = baking.exchange(subject_token=second.access_token)
    wide = [
        onward(baking, first.access_token, scope="write"),
        onward(baking, first.access_token, audience=API),
        baking.exchange(subject_token=second.access_token, scope="write"),
        onward(baking, third.access_token, scope="write"),
    ]

    assert claims_of(baking.wb, third)["exp"] == NOW + 60
    assert scope_of(baking, third) == ["read"]
    assert [each.status for each in wide] == [400] * 4


def test_an_id_token_on_the_way_gives_nothing_back(baking: Agents) -> None:
    token = handed_on(baking, {"scope": "read", "exp": NOW + 60})
    identity = baking.exchange(subject_token=token, requested_token_type=ID_TOKEN)

    asked = {
        "subject_token_type": ID_TOKEN,
        "requested_token_type": ACCESS_TOKEN,
    }
    wide = onward(baking, identity.access_token, scope="write", **asked)
    fits = onward(baking, identity.access_token, scope="read", **asked)

    assert wide.json["error"] == "invalid_scope"
    assert claims_of(baking.wb, fits)["exp"] == NOW + 60


def test_a_refresh_on_the_way_gives_nothing_back(baking: Agents) -> None:
    call = baking.exchange(subject_token=handed_on(baking, {"scope": "read"}))
    fresh = baking.refresh(call.refresh_token)

    wide = onward(baking, fresh.access_token, scope="write")

    assert wide.json["error"] == "invalid_scope"


def test_what_a_narrow_refresh_token_brings_is_held_to_it(baking: Agents) -> None:
    call = baking.exchange(scope="read write")
    narrow = narrowed(call.refresh_token, {"scope": "read", "exp": NOW + 60})
    fresh = baking.refresh(narrow)

    wide = onward(baking, fresh.access_token, scope="write")
    fits = onward(baking, fresh.access_token, scope="read")

    assert wide.json["error"] == "invalid_scope"
    assert claims_of(baking.wb, fits)["exp"] == NOW + 60


def test_it_stays_away_where_tokens_are_no_macaroons_any_more(baking: Agents) -> None:
    token = handed_on(baking, {"scope": "read"})
    baking.wb.provider.macaroonTokensEnabled = False

    first = baking.exchange(subject_token=token)
    wide = onward(baking, first.access_token, scope="write")

    assert wide.json["error"] == "invalid_scope"


def test_the_holder_of_the_whole_token_is_not_held_to_anything(
    baking: Agents,
) -> None:
    whole = baking.token("data-agent", "read write")
    narrowed(whole, {"scope": "read", "exp": NOW + 60})

    call = baking.exchange(subject_token=whole, scope="read write delete")

    assert claims_of(baking.wb, call)["exp"] == NOW + HOUR
    assert RULE not in [check.rule for check in baking.wb.decision.checks]


# Told beside it


@pytest.mark.parametrize(
    ("caveat", "asked"),
    [
        ({"scope": "read"}, {"scope": "read write"}),
        ({"scope": "delete"}, {"scope": "read"}),
        ({"aud": "data-agent"}, {"audience": API}),
    ],
)
def test_a_remedy_makes_it_pass(
    baking: Agents, caveat: dict[str, Any], asked: dict[str, str]
) -> None:
    wb: Workbench = baking.wb
    baking.exchange(subject_token=handed_on(baking, caveat), **asked)
    offered = wb.remedies()[RULE]

    call = wb.repair(next(each for each in offered if each.applicable))

    assert call.status == 200
    assert offered[-1].text == "Send a token without the caveat, from whoever has it."


def test_where_no_scope_is_left_there_is_advice_alone(baking: Agents) -> None:
    baking.exchange(subject_token=handed_on(baking, {"scope": "admin"}))

    (only,) = baking.wb.remedies()[RULE]

    assert only.text == "Send a token without the caveat, from whoever has it."


def test_the_profiles_are_compared_with_the_end_that_a_caveat_set(
    baking: Agents,
) -> None:
    from workbench.am.exchange.differences import differences

    baking.exchange(subject_token=handed_on(baking, {"exp": NOW + 60}))
    request = baking.wb.realm.last_exchange

    assert request is not None
    found = differences(request, PROFILES["rfc8693-strict"])
    assert "lifetime" not in [each.what for each in found]


@pytest.mark.parametrize(
    ("named", "status"),
    [
        ([{"a": 1}, ["x"], 7, None, "data-agent"], 200),
        ([{"a": 1}, ["data-agent"]], 400),
    ],
)
def test_of_a_caveats_audiences_those_count_that_are_texts(
    baking: Agents, named: list[Any], status: int
) -> None:
    token = handed_on(baking, {"aud": named})

    assert baking.exchange(subject_token=token).status == status
