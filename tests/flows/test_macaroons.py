"""Access and refresh tokens as macaroons (PingAM 8.1, "Macaroons: sharable tokens").

Over HTTP; whoever holds a token narrows it here with the library of another.
"""

import base64
import hashlib
import json
from collections.abc import Iterator
from typing import Any

import pymacaroons
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.stories import (
    INVALID_GRANT,
    Agents,
    add_grant,
    claims_of,
    get,
    password_tokens,
    refusal_of,
)
from workbench import Workbench
from workbench.am.reading.read_token import read_token
from workbench.am.tokens.macaroon import new_macaroon, parse, restrict
from workbench.views.tokens.token import token_html, token_text

NOW = 1_790_000_000
HOUR = 3600
INACTIVE = {"active": False}

FORMS = {
    "server-side": {"statelessTokensEnabled": False},
    "client-side": {"statelessTokensEnabled": True},
    "encrypted": {"statelessTokensEnabled": True, "tokenEncryptionEnabled": True},
}


@pytest.fixture(params=FORMS)
def baking(request: pytest.FixtureRequest, agents: Agents) -> Agents:
    """The two agents, where tokens are macaroons around tokens of either form."""
    prepare(agents.wb, FORMS[request.param])
    return agents


def prepare(wb: Workbench, form: dict[str, bool]) -> None:
    wb.provider.macaroonTokensEnabled = True
    for name in ("data-agent", "risk-agent"):
        wb.realm.update(name, overrides=form | {"providerOverridesEnabled": True})
    add_grant(wb, "risk-agent")


def narrowed(value: str, *caveats: Any) -> str:
    """What a holder makes of a token, with another's library."""
    macaroon = pymacaroons.Macaroon.deserialize(value)
    for caveat in caveats:
        text = caveat if isinstance(caveat, str) else json.dumps(caveat)
        macaroon.add_first_party_caveat(text)
    return str(macaroon.serialize())


def introspect(wb: Workbench, token: str, who: str = "data-agent") -> Any:
    return wb.client.introspect(who, "mySecret", token).json


def endpoint(wb: Workbench, action: str, body: Any, **more: Any) -> Any:
    url = f"{wb.realm.json_url}/token/macaroon"
    return wb.http.post(url, params={"_action": action}, json=body, **more)


def test_without_the_setting_tokens_are_no_macaroons(agents: Agents) -> None:
    token = agents.token("data-agent")

    assert token.startswith("eyJ")
    assert "macaroon" not in introspect(agents.wb, token)


def test_a_token_is_a_macaroon_and_ones_from_before_stay_good(agents: Agents) -> None:
    before = agents.token("data-agent")
    agents.wb.provider.macaroonTokensEnabled = True
    token = agents.token("data-agent")

    assert parse(token).caveats == ()
    assert introspect(agents.wb, before)["active"]
    assert introspect(agents.wb, token)["active"]


def test_macaroons_stay_good_once_the_setting_is_off_again(baking: Agents) -> None:
    token = baking.token("data-agent")
    baking.wb.provider.macaroonTokensEnabled = False

    assert introspect(baking.wb, token)["active"]


def test_introspection_tells_what_the_caveats_leave(baking: Agents) -> None:
    token = baking.token("data-agent", "read write")
    narrow = narrowed(token, {"scope": "read delete", "exp": NOW + 60})

    wide, left = introspect(baking.wb, token), introspect(baking.wb, narrow)

    assert (wide["scope"], wide["exp"]) == ("read write", NOW + HOUR)
    assert left == wide | {
        "scope": "read",
        "exp": NOW + 60,
        "expires_in": 59,
        "macaroon": parse(narrow).value,
    }


def test_the_earliest_end_counts_and_passes(baking: Agents) -> None:
    token = baking.token("data-agent")
    narrow = narrowed(token, {"exp": NOW + 60}, {"exp": NOW + 600})
    baking.wb.clock.advance(seconds=60)

    assert introspect(baking.wb, narrow) == INACTIVE
    assert introspect(baking.wb, token)["active"]


def test_the_latest_beginning_counts(baking: Agents) -> None:
    narrow = narrowed(baking.token("data-agent"), {"nbf": NOW + 60}, {"nbf": NOW})

    early = introspect(baking.wb, narrow)
    baking.wb.clock.advance(seconds=60)

    assert early == INACTIVE
    assert introspect(baking.wb, narrow)["active"]


@pytest.mark.parametrize("name", ["tokeninfo", "userinfo"])
def test_endpoints_that_a_token_opens_see_what_is_left(
    wb: Workbench, name: str
) -> None:
    wb.prepare("agent-for-user")
    wb.provider.macaroonTokensEnabled = True
    wb.realm.update("hr-client", scopes=["openid", "profile"])
    answer = password_tokens(wb, "openid profile")

    left = get(wb, name, narrowed(answer.access_token, {"scope": "openid"})).json()
    none = get(wb, name, narrowed(answer.access_token, {"exp": NOW}))

    assert "name" not in left
    assert left.get("scope", ["openid"]) == ["openid"]
    assert none.status_code == 401


def test_an_id_token_stays_a_jwt_and_hashes_the_macaroon(wb: Workbench) -> None:
    wb.prepare("agent-for-user")
    wb.provider.macaroonTokensEnabled = True
    wb.realm.update("hr-client", scopes=["openid", "profile"])
    answer = password_tokens(wb, "openid profile")

    claims = claims_of(wb, answer.id_token) or {}
    digest = hashlib.sha256(answer.access_token.encode()).digest()[:16]
    assert claims["at_hash"] == base64.urlsafe_b64encode(digest).decode().rstrip("=")
    assert parse(answer.refresh_token)


def test_a_restricted_subject_token_can_be_exchanged(baking: Agents) -> None:
    token = narrowed(baking.token("data-agent", "read write"), {"scope": "read"})

    call = baking.exchange(subject_token=token, scope="read")

    answer = introspect(baking.wb, call.access_token, "risk-agent")
    assert (answer["sub"], answer["act"]) == (
        "(age!data-agent)",
        {"sub": "(age!risk-agent)"},
    )
    assert parse(call.access_token).caveats == ()


def test_a_careful_server_holds_the_exchange_to_the_caveats() -> None:
    with Workbench(now=NOW, seed="test", profile="rfc8693-strict") as wb:
        wb.prepare("agent-for-agent")
        prepare(wb, FORMS["client-side"])
        subject, actor = (
            wb.client.client_credentials(name, "mySecret", scope="read write")
            for name in ("data-agent", "risk-agent")
        )
        handed_on = narrowed(subject.access_token, {"scope": "read", "exp": NOW + 60})
        tokens = {"subject_token": handed_on, "actor_token": actor.access_token}

        wide = wb.client.exchange(
            "risk-agent", "mySecret", **tokens, scope="read write"
        )
        fits = wb.client.exchange("risk-agent", "mySecret", **tokens, scope="read")

        assert wide.json["error"] == "invalid_scope"
        answer = introspect(wb, fits.access_token, "risk-agent")
        assert (answer["scope"], answer["exp"]) == ("read", NOW + 60)


@pytest.mark.parametrize("role", ["subject_token", "actor_token"])
def test_a_token_whose_caveat_does_not_hold_is_not_exchanged(
    baking: Agents, role: str
) -> None:
    name = "data-agent" if role == "subject_token" else "risk-agent"
    token = narrowed(baking.token(name), {"cnf": {"jkt": "x"}})

    call = baking.exchange(**{role: token})

    assert (call.status, call.json["error_description"]) == (
        400,
        "Invalid token exchange.",
    )
    assert "cnf" in refusal_of(baking.wb.decision).found


def test_revoking_a_restricted_copy_revokes_the_token(baking: Agents) -> None:
    token = baking.token("data-agent")
    copy = narrowed(token, {"scope": "read"})

    baking.wb.client.revoke("data-agent", "mySecret", copy)

    assert introspect(baking.wb, token) == INACTIVE
    assert introspect(baking.wb, copy) == INACTIVE


def test_a_restricted_refresh_token_narrows_what_may_be_asked(baking: Agents) -> None:
    first = baking.exchange(scope="read write").refresh_token
    token = narrowed(first, {"scope": "read"})

    wide = baking.refresh(token, scope="read write")
    fits = baking.refresh(token)
    again = baking.refresh(fits.refresh_token, scope="write")

    assert wide.json["error"] == "invalid_scope"
    assert fits.json["scope"] == "read"
    assert again.json["error"] == "invalid_scope"


def test_what_is_refreshed_does_not_outlive_the_caveat(baking: Agents) -> None:
    token = narrowed(baking.exchange().refresh_token, {"exp": NOW + 60})

    answer = baking.refresh(token)
    inspected = [
        claims_of(baking.wb, value)
        for value in (answer.access_token, answer.refresh_token)
    ]
    baking.wb.clock.advance(seconds=60)

    assert [claims["exp"] for claims in inspected] == [NOW + 60, NOW + 60]
    assert baking.refresh(token).json == INVALID_GRANT


def test_what_is_beneath_a_macaroon_opens_nothing_by_itself(baking: Agents) -> None:
    access = narrowed(baking.token("data-agent", "read write"), {"scope": "read"})
    fresh = baking.exchange().refresh_token

    beneath = parse(access).identifier.decode()
    beneath_refresh = parse(fresh).identifier.decode()

    assert introspect(baking.wb, beneath) == INACTIVE
    assert get(baking.wb, "tokeninfo", beneath).status_code == 401
    assert baking.refresh(beneath_refresh).json == INVALID_GRANT
    assert baking.exchange(subject_token=beneath).status == 400


def test_a_macaroon_ends_with_the_key_of_the_jwt_beneath(agents: Agents) -> None:
    prepare(agents.wb, FORMS["client-side"])
    token = agents.token("data-agent")

    agents.wb.realm.rotate_key("HS256", keep=False)

    assert introspect(agents.wb, token) == INACTIVE


def test_a_jwt_beneath_is_checked_by_nobody_else(agents: Agents) -> None:
    prepare(agents.wb, FORMS["client-side"])
    agents.wb.provider.tokenSigningAlgorithm = "ES256"

    inspected = agents.wb.inspect(agents.token("data-agent"))

    assert inspected.header == {"alg": "HS256", "typ": "macaroon+jwt", "zip": "NONE"}


def forged(token: str) -> dict[str, str]:
    macaroon = parse(token).with_caveat(b'{"scope":"read"}')
    signature = bytes([macaroon.signature[0] ^ 1, *macaroon.signature[1:]])
    own = pymacaroons.Macaroon(
        location="",
        identifier=macaroon.identifier,
        key="guessed",
        version=pymacaroons.MACAROON_V2,
    )
    kind = type(macaroon)
    return {
        "a caveat taken off": kind(macaroon.identifier, macaroon.signature).value,
        "a changed signature": kind(macaroon.identifier, signature).value,
        "another key": own.serialize(),
        "half of it": macaroon.value[: len(macaroon.value) // 2],
        "padding": f"{macaroon.value}=",
        "a character changed": f"{macaroon.value[:-1]}*",
        "huge": "AgI" + "A" * 1024 * 1000,
        "longer than is looked at": "AgI" + "A" * 1024 * 1024,
        "many caveats": narrowed(token, *["{}"] * 1000, {"ip": "x"}),
        "a third party's": third_party(token),
        **{
            name: narrowed(token, caveat)
            for name, caveat in {
                "not JSON": "time < 5",
                "a list": "[]",
                "deep": '{"aud":' * 20_000,
                "a scope that is none": {"scope": 1},
                "an end that is none": {"exp": True},
                "a key to prove": {"cnf": {}},
                "another audience": {"aud": ["https://other.example"]},
                "what nobody knows": {"ip": "10.0.0.1"},
            }.items()
        },
    }


def third_party(token: str) -> str:
    macaroon = pymacaroons.Macaroon.deserialize(token)
    macaroon.add_third_party_caveat("https://third.example", "key", "terms")
    return str(macaroon.serialize())


BAD = tuple(forged(new_macaroon(b"k" * 32, b"a" * 27).value))


@pytest.mark.parametrize("name", BAD)
def test_a_bad_macaroon_opens_nothing_and_is_never_shown(
    baking: Agents, name: str
) -> None:
    wb, token = baking.wb, baking.token("data-agent")
    refreshing = baking.exchange().refresh_token
    bad = forged(token)[name]
    if len(bad) < 1024 * 1024 - 100:  # what a request holds
        assert introspect(wb, bad) == INACTIVE
        assert baking.refresh(forged(refreshing)[name]).status == 400
        assert baking.exchange(subject_token=bad).status == 400
        assert wb.client.revoke("data-agent", "mySecret", bad).status == 200

    reading = read_token(wb.realm, bad)

    assert reading.claims is None
    assert reading.fault
    assert introspect(wb, token)["active"]
    assert not any(token[:80] in repr(each) for each in (*wb.audit, reading))
    assert token[20:60] not in repr(wb.inspect(bad))


def test_a_holder_can_use_the_endpoint_instead_of_a_library(baking: Agents) -> None:
    token = baking.token("data-agent", "read write")
    caveat = {"type": "first-party", "identifier": {"scope": "read"}}

    answer = endpoint(baking.wb, "restrict", {"macaroon": token, "caveat": caveat})

    assert answer.json() == {"macaroon": restrict(token, {"scope": "read"})}
    assert answer.headers["cache-control"] == "no-store"
    assert introspect(baking.wb, answer.json()["macaroon"])["scope"] == "read"
    assert baking.wb.audit[-2].summary == "A macaroon was restricted."


def test_the_endpoint_lays_a_macaroon_open(baking: Agents) -> None:
    token = narrowed(baking.token("data-agent"), {"scope": "read"}, "time < 5")
    macaroon = parse(third_party(token))

    answer = endpoint(baking.wb, "inspect", {"macaroon": macaroon.value})

    signature = base64.urlsafe_b64encode(macaroon.signature).decode().rstrip("=")
    told = answer.json()
    third = told["caveats"].pop()
    assert told == {
        "identifier": macaroon.identifier.decode(),
        "location": "",
        "caveats": [
            {"type": "first-party", "identifier": {"scope": "read"}},
            {"type": "first-party", "identifier": "time < 5"},
        ],
        "signature": signature,
    }
    assert third | {"identifier": ""} == {
        "type": "third-party",
        "location": "https://third.example",
        "identifier": "",
    }


def test_the_endpoint_tells_octets_that_are_no_text_in_base64(agents: Agents) -> None:
    value = pymacaroons.Macaroon(
        location="", identifier=b"\xff", key="k", version=pymacaroons.MACAROON_V2
    ).serialize()

    assert endpoint(agents.wb, "inspect", {"macaroon": value}).json()["identifier"] == (
        "_w"
    )


@pytest.mark.parametrize("path", ["?action=inspect", "/?_action=inspect"])
def test_the_endpoint_goes_by_the_other_spellings_of_the_pages(
    agents: Agents, path: str
) -> None:
    prepare(agents.wb, FORMS["server-side"])
    url = f"{agents.wb.realm.json_url}/token/macaroon{path}"

    answer = agents.wb.http.post(url, json={"macaroon": agents.token("data-agent")})

    assert answer.json()["caveats"] == []


FINE = "AgIBYQAABiB" + "A" * 42
CAVEAT = {"type": "first-party", "identifier": {"scope": "read"}}
BAD_REQUEST, NOT_THERE = (400, "Bad Request"), (501, "Not Implemented")


@pytest.mark.parametrize(
    ("action", "body", "refusal"),
    [
        ("discharge", {}, NOT_THERE),
        ("", {}, NOT_THERE),
        ("inspect", {}, BAD_REQUEST),
        ("inspect", [], BAD_REQUEST),
        ("inspect", {"macaroon": 1}, BAD_REQUEST),
        ("inspect", {"macaroon": "eyJ.eyJ.x"}, BAD_REQUEST),
        ("inspect", {"macaroon": "A" * 1_000_000}, BAD_REQUEST),
        ("restrict", {"macaroon": FINE}, BAD_REQUEST),
        ("restrict", {"macaroon": FINE, "caveat": "x"}, BAD_REQUEST),
        ("restrict", {"macaroon": FINE, "caveat": {}}, BAD_REQUEST),
        ("restrict", {"macaroon": FINE, "caveat": CAVEAT | {"type": 1}}, BAD_REQUEST),
        (
            "restrict",
            {"macaroon": FINE, "caveat": CAVEAT | {"identifier": "x"}},
            BAD_REQUEST,
        ),
        (
            "restrict",
            {"macaroon": FINE, "caveat": {"type": "third-party"}},
            NOT_THERE,
        ),
        ("restrict", {"macaroon": "x", "caveat": CAVEAT}, BAD_REQUEST),
    ],
)
def test_the_endpoint_refuses_what_it_cannot_read(
    agents: Agents, action: str, body: Any, refusal: tuple[int, str]
) -> None:
    answer = endpoint(agents.wb, action, body)

    told = answer.json()
    assert (answer.status_code, told["reason"]) == refusal
    assert (told["code"], set(told)) == (refusal[0], {"code", "reason", "message"})
    assert agents.wb.audit[-1].hint or body == []


def test_the_endpoint_takes_no_other_method(agents: Agents) -> None:
    answer = agents.wb.http.get(f"{agents.wb.realm.json_url}/token/macaroon")

    assert (answer.status_code, answer.headers["allow"]) == (405, "POST")


def test_a_person_sees_the_caveats_of_a_token(baking: Agents) -> None:
    token = narrowed(baking.token("data-agent"), {"scope": "read"})
    good = baking.wb.inspect(token)
    bad = baking.wb.inspect(narrowed(third_party(baking.token("data-agent")), "<b>"))
    plain = baking.wb.inspect(baking.token("data-agent"))
    many = baking.wb.inspect(narrowed(baking.token("data-agent"), *["{}"] * 30))

    assert "A macaroon of this realm. Beneath it: " in token_text(good)
    assert '1  {"scope": "read"}' in token_text(good)
    assert "No good macaroon of this realm: it has a third party" in token_text(bad)
    assert "nothing of it" not in token_text(bad)
    assert "&lt;b&gt;" in token_html(bad)
    assert "third party: https://third.example" in token_text(bad)
    assert "a macaroon that nobody has narrowed" in token_html(plain)
    assert "6 more" in token_text(many)
    assert token[20:60] not in token_html(good) + token_text(bad) + repr(good)


def test_the_same_seed_gives_the_same_macaroons() -> None:
    def token() -> str:
        with Workbench(now=NOW, seed="doc") as wb:
            wb.prepare("agent-for-agent")
            prepare(wb, FORMS["encrypted"])
            return wb.client.client_credentials(
                "data-agent", "mySecret", scope="read"
            ).access_token

    assert token() == token()


@pytest.fixture(scope="module")
def issued() -> Iterator[tuple[Workbench, str]]:
    """A bench, and a token with two scopes."""
    with Workbench(now=NOW, seed="test") as wb:
        wb.prepare("agent-for-user")
        wb.provider.macaroonTokensEnabled = True
        wb.realm.update("hr-client", scopes=["openid", "profile"])
        answer = password_tokens(wb, "openid profile")
        yield wb, answer.access_token


CAVEATS = st.fixed_dictionaries(
    {},
    optional={
        "scope": st.lists(st.sampled_from(["openid", "profile", "admin"])).map(
            " ".join
        ),
        "exp": st.integers(NOW - 10, NOW + 2 * HOUR),
        "nbf": st.integers(NOW - 10, NOW + 10),
        "aud": st.lists(
            st.sampled_from(["hr-client", "rs", "https://am.example.com:8443/am"])
        ),
    },
)


@settings(deadline=None)
@given(st.lists(CAVEATS | st.text(max_size=20), max_size=4), CAVEATS | st.text())
def test_a_holder_can_only_ever_narrow(
    issued: tuple[Workbench, str], earlier: list[Any], last: Any
) -> None:
    wb, token = issued
    before = narrowed(token, *earlier)

    wide = introspect(wb, before, "hr-client")
    left = introspect(wb, narrowed(before, last), "hr-client")

    if left["active"]:
        assert wide["active"]
        assert set(left["scope"].split()) <= set(wide["scope"].split())
        assert left["exp"] <= wide["exp"]
        narrowable = {"scope": "", "exp": 0, "expires_in": 0, "macaroon": ""}
        assert left | narrowable == wide | narrowable
