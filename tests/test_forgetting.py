"""What a realm forgets, and when: nothing that still matters, and all that does not."""

import json
from collections.abc import Iterable
from typing import Any

import pymacaroons
import pytest

from tests.stories import (
    Agents,
    add_grant,
    agent_for_user,
    code_in,
    consent,
    login,
    redeem,
)
from workbench import Workbench
from workbench.agent.client_key import ClientKey
from workbench.am.basics.clock import Clock, Ids
from workbench.am.basics.expiring import DAY
from workbench.am.basics.table import Table
from workbench.am.reading.read_token import read_token
from workbench.am.reading.revoke_token import revoke_token
from workbench.am.tokens.kept_claims import KeptClaims
from workbench.am.tokens.limits import CaveatLimits
from workbench.am.tokens.store import TokenStore
from workbench.am.tokens.token import Making
from workbench.errors import SettingError

HOUR = 3600
WEEK = 7 * DAY


def sizes(tables: Iterable[Table[Any]]) -> dict[str, int]:
    return {table.name: len(table) for table in tables if len(table)}


def filled_again(store: TokenStore, wb: Workbench) -> TokenStore:
    """Another store with all that this one keeps, by way of JSON."""
    other = TokenStore(wb.realm.path, wb.clock, Ids("test"))
    for old, new in zip(store.tables, other.tables, strict=True):
        assert old.name == new.name
        for key, value in json.loads(json.dumps(dict(old))).items():
            new[key] = value
    return other


@pytest.fixture
def agents(agents: Agents) -> Agents:
    """The two agents, whose tokens the server keeps."""
    for name in ("data-agent", "risk-agent"):
        agents.wb.realm.update(name, overrides={"statelessTokensEnabled": False})
    return agents


# Tokens


def test_an_expired_token_is_told_from_none_for_a_day(agents: Agents) -> None:
    wb = agents.wb
    token = agents.token("data-agent")
    wb.clock.advance(HOUR + DAY - 1)
    agents.token("data-agent")
    assert read_token(wb.realm, token).why_inactive == "It has expired."

    wb.clock.advance(1)
    agents.token("data-agent")

    reading = read_token(wb.realm, token)
    assert reading.claims is None
    assert reading.fault == (
        "no token of this realm has this value, or it is forgotten, a day after it "
        "expired"
    )


def test_a_forgotten_token_is_refused_as_any_unknown_text(agents: Agents) -> None:
    wb = agents.wb
    token = agents.token("data-agent")
    wb.clock.advance(HOUR + DAY)
    agents.token("data-agent")

    answer = wb.client.introspect("data-agent", "mySecret", token)
    assert (answer.status, answer.json) == (200, {"active": False})
    refused = agents.exchange(subject_token=token)
    assert refused.status == 400
    assert wb.audit.decision.refusal is not None
    assert "forgotten" in wb.audit.decision.refusal.found
    assert "forgotten" in wb.inspect(token).signature


def test_the_oldest_live_tokens_go_beyond_the_most_and_the_trail_says_so_once(
    agents: Agents,
) -> None:
    wb = agents.wb
    wb.realm.tokens.most = 3
    tokens = [agents.token("data-agent") for _ in range(6)]

    active = [read_token(wb.realm, token).active for token in tokens]
    assert active == [False, False, False, True, True, True]
    assert wb.realm.tokens.left_out == 3
    assert read_token(wb.realm, tokens[0]).fault == (
        "no token of this realm has this value, or it was left out: no more than 3 are "
        "kept"
    )
    told = [event for event in wb.audit if "kept no longer" in event.summary]
    assert len(told) == 1
    assert told[0].summary.startswith("More than 3 server-side tokens are live")
    assert agents.exchange(subject_token=tokens[0]).status == 400
    assert agents.exchange(subject_token=tokens[5]).status == 200


def test_a_store_alone_tells_nobody(story: Workbench) -> None:
    store = TokenStore("/alpha", Clock(0), Ids("test"))
    store._stored.most = 1
    for key in "ab":
        store._stored.add(key, {"exp": 9}, now=0)
    assert store.left_out == 1


def test_as_many_are_kept_as_is_said(story: Workbench) -> None:
    assert story.realm.tokens.most == 1_000_000
    with pytest.raises(SettingError, match="most is a whole number"):
        story.realm.tokens.most = 0


def test_a_refresh_token_without_end_stays(agents: Agents) -> None:
    wb = agents.wb
    add_grant(wb, "risk-agent")
    wb.provider.refreshTokenLifetime = -1
    kept = agents.exchange().refresh_token
    gone = agents.exchange().refresh_token
    wb.client.revoke("risk-agent", "mySecret", gone)
    wb.clock.advance(1000 * DAY)
    agents.token("data-agent")
    assert agents.refresh(kept).status == 200
    assert agents.refresh(gone).status == 400


def test_the_claims_that_a_reader_changes_are_his_own(agents: Agents) -> None:
    token = agents.token("data-agent")
    claims: Any = read_token(agents.wb.realm, token).claims
    claims["scope"].append("everything")
    again = read_token(agents.wb.realm, token).claims
    assert again is not None and again["scope"] == ["read"]


# What became of them


@pytest.mark.parametrize("signed", [False, True])
def test_a_revocation_is_forgotten_when_the_token_is(
    agents: Agents, signed: bool
) -> None:
    wb = agents.wb
    wb.realm.update("data-agent", overrides={"statelessTokensEnabled": signed})
    token = agents.token("data-agent")
    assert revoke_token(wb.realm, token)
    wb.clock.advance(HOUR + DAY - 1)
    revoke_token(wb.realm, agents.token("data-agent"))
    assert read_token(wb.realm, token).revoked
    wb.clock.advance(1)
    revoke_token(wb.realm, agents.token("data-agent"))
    assert not read_token(wb.realm, token).active
    assert sizes(wb.realm.tokens.tables)["revoked tokens"] == 2


def test_a_token_revoked_by_a_narrow_copy_never_comes_to_life_again(
    agents: Agents,
) -> None:
    wb = agents.wb
    wb.provider.macaroonTokensEnabled = True
    wb.provider.accessTokenLifetime = 30 * DAY
    wb.realm.update("data-agent", access_token_lifetime=30 * DAY)
    wide = agents.token("data-agent")
    macaroon = pymacaroons.Macaroon.deserialize(wide)
    macaroon.add_first_party_caveat(json.dumps({"exp": wb.clock.now() + 10}))
    assert revoke_token(wb.realm, macaroon.serialize())
    assert not read_token(wb.realm, wide).active
    wb.clock.advance(3 * DAY)
    revoke_token(wb.realm, agents.token("data-agent"))
    assert not read_token(wb.realm, wide).expired
    assert read_token(wb.realm, wide).revoked


def test_a_revoked_grant_is_remembered_as_long_as_any_token_lives(
    agents: Agents,
) -> None:
    wb = agents.wb
    add_grant(wb, "risk-agent")
    first = agents.exchange()
    wb.client.revoke("risk-agent", "mySecret", first.refresh_token)
    wb.clock.advance(WEEK - 1)
    assert agents.refresh(first.refresh_token).status == 400
    assert not read_token(wb.realm, first.access_token).active
    assert sizes(wb.realm.tokens.tables)["revoked grants"] == 1

    wb.clock.advance(DAY + HOUR + 1)
    second = agents.exchange()
    wb.client.revoke("risk-agent", "mySecret", second.refresh_token)
    assert sizes(wb.realm.tokens.tables)["revoked grants"] == 1
    assert not read_token(wb.realm, second.access_token).active


def test_a_store_that_was_filled_again_judges_the_same(agents: Agents) -> None:
    wb = agents.wb
    wb.provider.macaroonTokensEnabled = True
    add_grant(wb, "risk-agent")
    subject = pymacaroons.Macaroon.deserialize(agents.token("data-agent"))
    subject.add_first_party_caveat(json.dumps({"scope": "read"}))
    limited = agents.exchange(subject_token=subject.serialize()).access_token
    wb.provider.macaroonTokensEnabled = False
    plain, revoked = agents.token("data-agent"), agents.token("data-agent")
    revoke_token(wb.realm, revoked)
    gone = agents.exchange()
    wb.client.revoke("risk-agent", "mySecret", gone.refresh_token)
    values = (limited, plain, revoked, gone.access_token)
    before = [read_token(wb.realm, value) for value in values]
    assert [each.active for each in before] == [True, True, False, False]
    assert before[0].limits == CaveatLimits(scope=("read",))

    store = filled_again(wb.realm.tokens, wb)
    store.keys = wb.realm.tokens.keys

    issuer = wb.realm.oauth2_url
    assert [store.read(value, issuer=issuer) for value in values] == before


# People


@pytest.fixture
def desk(wb: Workbench) -> Workbench:
    """bjensen and hr-client."""
    return agent_for_user(wb)


def test_ended_sessions_are_forgotten(desk: Workbench) -> None:
    login(desk)
    desk.clock.advance(HOUR // 2 + DAY)
    login(desk)
    assert sizes(desk.realm.sessions.tables) == {"sessions": 1}


def test_codes_are_forgotten_a_day_after_their_end(desk: Workbench) -> None:
    code = code_in(consent(desk))
    assert redeem(desk, code).status_code == 200
    desk.clock.advance(120 + DAY)
    code_in(consent(desk))
    assert sizes(desk.realm.codes.tables) == {"codes": 1}
    assert redeem(desk, code).json()["error"] == "invalid_grant"
    assert desk.audit[-1].hint == "There is no such code."


def test_a_session_that_is_used_and_a_code_that_is_are_told(desk: Workbench) -> None:
    heard: list[str] = []
    session = login(desk).json()["tokenId"]
    for table in (*desk.realm.sessions.tables, *desk.realm.codes.tables):
        table.changed = heard.append
    desk.clock.advance(5)
    code = code_in(consent(desk, session))
    redeem(desk, code)
    assert heard == [session, code, code]


def test_backchannel_requests_are_forgotten_and_count_on(wb: Workbench) -> None:
    wb.enable_ai_agents()
    wb.realm.add_user("bjensen", password="Passw0rd")
    store = wb.realm.backchannel
    asked: dict[str, Any] = {
        **{"client_id": "a", "client_name": "a", "user": "bjensen", "scope": ()},
        **{"binding_message": "Pay?", "acr_values": "", "lifetime": 10},
    }
    first = store.open(**asked)
    second = store.open(**asked)
    assert (first.number, second.number) == (1, 2)
    wb.clock.advance(10 + DAY)
    third = store.open(**asked)
    assert third.number == 3
    assert list(store) == [third]
    assert store.find(first.auth_req_id) is None

    heard: list[str] = []
    store.tables[0].changed = heard.append
    assert store.poll(third) is None
    store.approve(3)
    store.use(third)
    assert heard == [third.auth_req_id] * 3
    third.number = 9  # as from a file
    assert store.open(**asked).number == 10


def test_spent_assertions_are_forgotten_when_they_have_expired(wb: Workbench) -> None:
    wb.enable_ai_agents()
    key = ClientKey("planner", wb.realm)
    wb.realm.register_agent(
        "planner",
        jwks=key.jwks,
        scopes=["read"],
        grant_types=["client_credentials"],
        token_endpoint_auth_method="private_key_jwt",
        token_endpoint_auth_signing_alg="ES256",
    )
    form = {"grant_type": "client_credentials", "scope": "read"}

    def send(assertion: str) -> int:
        kind = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
        proof = {"client_assertion": assertion, "client_assertion_type": kind}
        return wb.client.post("access_token", {**form, **proof}).status

    def assertion(jti: str) -> str:
        claims = {"iss": "planner", "sub": "planner", "aud": wb.realm.oauth2_url}
        return key.sign({**claims, "exp": wb.clock.now() + 60, "jti": jti})

    first = assertion("one")
    assert (send(first), send(first)) == (200, 400)
    wb.clock.advance(60)
    assert send(assertion("two")) == 200
    assert send(assertion("one")) == 200  # another, with an exp of its own
    wb.clock.advance(60)
    assert send(assertion("three")) == 200
    assert sizes(wb.realm.assertions.tables) == {"spent assertions": 1}


def test_the_latest_end_is_kept_with_the_rest(agents: Agents) -> None:
    wb = agents.wb
    agents.token("data-agent")
    other = filled_again(wb.realm.tokens, wb)
    latest = [dict(store.tables[-1]) for store in (wb.realm.tokens, other)]
    assert latest[0] == latest[1] != {}
    short = Making(client_side=False, algorithm="HS256")
    other.make({"exp": 10}, short)
    assert dict(other.tables[-1]) == latest[0]
    other.make({"exp": "whenever"}, short)
    assert dict(other.tables[-1]) != latest[0]


def test_a_collected_token_was_told_to_whoever_saves_the_realm(agents: Agents) -> None:
    wb = agents.wb
    heard: list[str] = []
    token = agents.token("data-agent")
    wb.clock.advance(HOUR + DAY)
    wb.realm.tokens.tables[0].changed = heard.append
    assert heard == [agents.token("data-agent"), token]


def test_long_tokens_are_kept_in_smaller_number(agents: Agents) -> None:
    wb = agents.wb
    stored = wb.realm.tokens.tables[0]
    assert isinstance(stored, KeptClaims)
    stored.most_octets = 2_000
    token = agents.token("data-agent")
    for number in range(20):
        stored.add(f"{number}", {"long": Ids(f"{number}").octets(200).hex()}, now=0)
    assert 5 <= len(stored) <= 10
    assert "19" in stored and token not in stored
    stored.add("longest", {"long": Ids("x").octets(9_000).hex()}, now=0)
    assert list(stored) == ["longest"]
    stored["longest"] = {}
    stored.add("other", {}, now=0)
    assert list(stored) == ["longest", "other"]


def test_what_a_script_sets_is_kept_in_its_own_session(desk: Workbench) -> None:
    sessions, user = desk.realm.sessions, desk.realm.user("bjensen")
    first, second = sessions.start(user), sessions.start(user)
    sessions.keep_properties(first.handle, {"mood": "good"})
    sessions.keep_properties("one that is gone", {"mood": "bad"})
    assert (first.set_by_scripts, second.set_by_scripts) == ({"mood": "good"}, {})


def test_a_token_revoked_again_stays_revoked_from_the_first_time(
    agents: Agents,
) -> None:
    wb = agents.wb
    reading = read_token(wb.realm, token := agents.token("data-agent"))
    wb.realm.tokens.retire(reading, grace=5)
    wb.clock.advance(4)
    assert read_token(wb.realm, token).active
    wb.realm.tokens.retire(reading, grace=60)
    wb.clock.advance(1)
    assert read_token(wb.realm, token).revoked
