"""Reading a token that somebody sent: what is said of one that is not ours."""

import json
import time
from typing import Any

import jwt
import pytest

from tests.stories import Agents, claims_of
from workbench import Workbench
from workbench.am.basics.secrets import hide_tokens, safe_text
from workbench.am.claims.order import client_order
from workbench.am.clients.effective import effective
from workbench.am.issuing.issue import issue, make_token
from workbench.am.reading.read_token import read_token
from workbench.am.reading.revoke_token import revoke_token


def signed(wb: Workbench, claims: Any, header: dict[str, Any] | None = None) -> str:
    """A JWT with the realm's own key, whatever it says."""
    payload = claims if isinstance(claims, bytes) else json.dumps(claims).encode()
    return jwt.PyJWS().encode(
        payload, wb.realm.tokens.keys.key("HS256").private, "HS256", header
    )


def own(wb: Workbench, **changes: Any) -> dict[str, Any]:
    call = wb.client.client_credentials("risk-agent", "mySecret", scope="read")
    return {**(claims_of(wb, call) or {}), **changes}


def test_reads_a_token_that_is_signed_with_its_key(story: Workbench) -> None:
    assert read_token(story.realm, signed(story, own(story))).active


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"exp": None}, "its claims are not those of a token"),
        ({"exp": True}, "its claims are not those of a token"),
        ({"exp": 1e12}, "its claims are not those of a token"),
        ({"jti": None}, "its claims are not those of a token"),
        ({"aud": None}, "its claims are not those of a token"),
        ({"scope": None}, "its claims are not those of a token"),
        ({"sub": 5}, "its claims are not those of a token"),
        ({"iss": "https://other.example"}, "it was issued by https://other.example"),
        ({"realm": "/beta"}, "it is of realm /beta"),
    ],
)
def test_says_what_is_wrong_with_a_token_of_its_own_key(
    story: Workbench, changes: dict[str, Any], fault: str
) -> None:
    reading = read_token(story.realm, signed(story, own(story, **changes)))

    assert (reading.claims, reading.fault) == (None, fault)


@pytest.mark.parametrize(
    "payload", [b"[]", b"5", b"not json", b"[" * 100_000, b'{"exp": "soon"}', b"\xff"]
)
def test_a_payload_that_is_no_token_is_not_read(
    story: Workbench, payload: bytes
) -> None:
    assert read_token(story.realm, signed(story, payload)).claims is None


def test_an_unknown_critical_header_is_refused(story: Workbench) -> None:
    value = signed(story, own(story), {"crit": ["magic"], "magic": 1})

    assert read_token(story.realm, value).fault == (
        "its header asks for what this server does not do"
    )


def test_padding_does_not_make_another_token_of_it(story: Workbench) -> None:
    assert read_token(story.realm, signed(story, own(story)) + "=").claims is None


def test_a_value_longer_than_any_request_is_not_looked_at(story: Workbench) -> None:
    reading = read_token(story.realm, "a.b." + "x" * 2_000_000)

    assert reading.fault == "it is longer than 1048576 characters"


@pytest.mark.parametrize(
    ("changes", "advance", "state"),
    [
        ({}, 0, "active"),
        ({}, 3600, "expired"),
        ({"nbf": 1_790_000_001}, 0, "not valid yet"),
        ({"iss": "x"}, 0, "from elsewhere"),
    ],
)
def test_an_inspection_says_the_state_in_words(
    story: Workbench, changes: dict[str, Any], advance: int, state: str
) -> None:
    value = signed(story, own(story, **changes))
    story.clock.advance(seconds=advance)

    assert story.inspect(value).state == state


def test_an_inspection_shows_a_foreign_token_unverified(story: Workbench) -> None:
    value = jwt.encode({"sub": "somebody"}, "k" * 32, "HS256")

    inspection = story.inspect(value)

    assert (inspection.genuine, inspection.sub) == (False, "somebody")
    assert "from elsewhere: it does not say who issued it" in inspection.signature


def test_a_token_from_elsewhere_is_called_so_with_its_issuer(story: Workbench) -> None:
    claims = {"iss": "https://login.example.org/tenant", "sub": "somebody"}

    inspection = story.inspect(jwt.encode(claims, "k" * 32, "HS256"))

    assert inspection.state == "from elsewhere"
    assert "https://login.example.org/tenant" in inspection.signature
    assert "forged" not in inspection.signature


def test_a_token_in_our_name_with_a_foreign_key_is_from_elsewhere(
    story: Workbench,
) -> None:
    value = jwt.encode(own(story), "k" * 32, "HS256", headers={"kid": "theirs"})

    inspection = story.inspect(value)

    assert inspection.state == "from elsewhere"
    assert "a key that this server has not" in inspection.signature


def test_a_token_in_our_name_that_was_changed_is_called_so(story: Workbench) -> None:
    inspection = story.inspect(jwt.encode(own(story), "k" * 32, "HS256"))

    assert inspection.state == "not of this realm"
    assert "forged or changed" in inspection.signature


@pytest.mark.parametrize("value", ["a.b.c", "..", "not a token"])
def test_an_inspection_says_so_where_nothing_can_be_read(
    story: Workbench, value: str
) -> None:
    inspection = story.inspect(value)

    assert (inspection.header, inspection.claims) == (None, None)
    assert inspection.state == "not of this realm"


def test_a_token_keeps_its_value_out_of_the_repr(story: Workbench) -> None:
    token = issue(
        story.realm,
        client_order(story.realm.client("risk-agent"), ("read",), story.realm.profile),
    ).access

    assert token is not None
    assert token.value not in repr(token)


def test_an_administrator_revokes_a_token(story: Workbench) -> None:
    call = story.client.client_credentials("risk-agent", "mySecret", scope="read")

    assert revoke_token(story.realm, call.access_token)
    assert story.inspect(call).state == "revoked"


def test_revoking_a_foreign_token_changes_nothing(story: Workbench) -> None:
    assert not revoke_token(story.realm, "unknown")


def test_claims_too_deep_to_sign_are_a_server_error(agents: Agents) -> None:
    deep: Any = None
    for _ in range(100_000):
        deep = {"sub": "x", "act": deep}
    order = client_order(
        agents.wb.realm.client("risk-agent"), ("read",), agents.wb.realm.profile
    )

    with pytest.raises(Exception, match="Internal Server Error"):
        realm = agents.wb.realm
        make_token(realm, {"act": deep}, effective(realm.provider, order.client))


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        ("read write", "read write"),
        ("Tdd2zEGd7I6bGLmEh2T9rAP1B6s", "Tdd2zE…"),
        ("[eyJhbGciOi.eyJzdWIi.sig-nature]", "[eyJhbG…]"),
        ("organisation_read_calendars", "organisation_read_calendars"),
        ("Bearer=xeyJhbGciOi.eyJzdWIi.sig", "Bearer=xeyJhb…"),
        (
            "a.b.Tdd2zEGd7I6bGLmEh2T9rAP1B6s.",
            "a.b.Tdd2zE….",
        ),
        (f"{'Tdd2zEGd7I6bGLmEh2T9rAP1B6s' * 2}.*AA*", "Tdd2zE….*AA*"),
        ("eyJ.eyJ no token", "eyJ.eyJ no token"),
        (f"a macaroon, xAgIb{'Z2pI' * 20}!", "a macaroon, xAgIbZ…!"),
    ],
)
def test_what_has_the_shape_of_a_token_is_hidden(text: str, hidden: str) -> None:
    assert hide_tokens(text) == hidden


@pytest.mark.parametrize("text", ["eyJ", "eyJ.", "eyJ-a.", "a-", "a.", "AgI", "AgI-a."])
def test_hiding_costs_no_more_than_the_length(text: str) -> None:
    before = time.perf_counter()

    hide_tokens(text * (1024 * 1024 // len(text)))

    assert time.perf_counter() - before < 5  # seconds; it takes a tenth of one


def test_a_value_from_outside_is_short_and_on_one_line() -> None:
    assert safe_text("a\nb") == "a\N{REPLACEMENT CHARACTER}b"
    assert safe_text("x" * 500) == "x" * 119 + "…"
    assert safe_text({"a": 1}) == '{"a": 1}'
