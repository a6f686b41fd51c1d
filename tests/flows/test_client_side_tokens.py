"""Client-side tokens, compressed and encrypted (PingAM 8.1, client-side tokens).

With encryption on, tokens are not signed: only the server reads them. Compression is
the provider's alone; encryption is in the override block too.
"""

import pytest

from tests.stories import ID_TOKEN, Agents, claims_of, refusal_of

LIVE = {"providerOverridesEnabled": True, "statelessTokensEnabled": True}


@pytest.fixture(params=["encrypted", "compressed", "both"])
def sealed(agents: Agents, request: pytest.FixtureRequest) -> Agents:
    """The two agents, whose tokens are client-side in one of three ways."""
    compressed = request.param != "encrypted"
    agents.wb.provider.tokenCompressionEnabled = compressed
    for name in ("data-agent", "risk-agent"):
        agents.wb.realm.update(
            name,
            overrides={
                **LIVE,
                "tokenEncryptionEnabled": request.param != "compressed",
            },
        )
    return agents


def test_a_sealed_token_is_good_for_all_that_a_plain_one_is(sealed: Agents) -> None:
    wb = sealed.wb
    issued = sealed.exchange()
    told = wb.client.introspect("risk-agent", "mySecret", issued.access_token).json
    info = wb.http.get(
        f"{wb.realm.oauth2_url}/tokeninfo",
        params={"access_token": issued.access_token},
    ).json()
    wb.client.revoke("risk-agent", "mySecret", issued.access_token)

    assert issued.status == 200, wb.decision
    assert told["act"] == info["act"] == {"sub": "(age!risk-agent)"}
    assert wb.inspect(issued).state == "revoked"
    assert claims_of(wb, issued)["sub"] == "(age!data-agent)"


def test_a_sealed_refresh_token_refreshes(sealed: Agents) -> None:
    grants = [*sealed.wb.realm.client("risk-agent").grant_types, "refresh_token"]
    sealed.wb.realm.update("risk-agent", grant_types=grants)
    refresh = sealed.exchange().refresh_token

    answer = sealed.wb.client.refresh("risk-agent", "mySecret", refresh)

    assert claims_of(sealed.wb, answer)["act"] == {"sub": "(age!risk-agent)"}


def test_an_encrypted_token_says_nothing_to_who_holds_it(agents: Agents) -> None:
    agents.wb.realm.update(
        "risk-agent", overrides={**LIVE, "tokenEncryptionEnabled": True}
    )
    token = agents.token("risk-agent")

    seen = agents.wb.inspect(token)

    assert token.count(".") == 4
    assert seen.header == {
        "typ": "JWT",
        "zip": "NONE",
        "enc": "A128CBC-HS256",
        "alg": "dir",
    }
    assert seen.form == "client-side"
    assert seen.signature == (
        "Encrypted: with a key of this realm, which alone can read it."
    )


def test_a_compressed_token_can_still_be_read(agents: Agents) -> None:
    plain = agents.token("risk-agent")
    agents.wb.provider.tokenCompressionEnabled = True
    compressed = agents.token("risk-agent")

    seen = agents.wb.inspect(compressed)

    assert len(compressed) < len(plain)
    assert seen.header is not None
    assert (seen.header["zip"], seen.header["alg"]) == ("DEF", "HS256")
    assert claims_of(agents.wb, seen)["client_id"] == "risk-agent"


@pytest.mark.parametrize("where", [0, 2, 3, 4])
def test_an_encrypted_token_that_was_changed_is_foreign(
    agents: Agents, where: int
) -> None:
    agents.wb.provider.statelessTokensEnabled = True
    agents.wb.provider.tokenEncryptionEnabled = True
    agents.wb.realm.update("data-agent", overrides={"tokenEncryptionEnabled": True})
    parts = agents.token("data-agent").split(".")
    parts[where] = parts[where][:-4] + "AAAA"

    answer = agents.exchange(subject_token=".".join(parts))

    assert answer.json["error_description"] == "Invalid token exchange."
    assert "was changed" in refusal_of(agents.wb.decision).found


def test_a_token_encrypted_by_another_server_is_foreign(agents: Agents) -> None:
    from workbench import Workbench

    with Workbench(now=1_790_000_000, seed="another") as other:
        other.prepare("agent-for-agent")
        other.provider.tokenEncryptionEnabled = True
        other.realm.update("data-agent", overrides={"tokenEncryptionEnabled": True})
        foreign = other.client.client_credentials(
            "data-agent", "mySecret", scope="read"
        )

        answer = agents.exchange(subject_token=foreign.access_token)

    assert answer.status == 400
    assert "this server's key" in refusal_of(agents.wb.decision).found
    seen = agents.wb.inspect(foreign)
    assert seen.header is not None
    assert (seen.claims, seen.header["enc"]) == (None, "A128CBC-HS256")


@pytest.mark.parametrize("value", ["....", "e30....", "W10....", "!....", "a.b.c.d.e"])
def test_what_only_looks_encrypted_is_foreign(agents: Agents, value: str) -> None:
    seen = agents.wb.inspect(value)

    assert (seen.state, seen.form) == ("not of this realm", "client-side")
    assert agents.exchange(subject_token=value).status == 400


def test_an_id_token_is_neither_compressed_nor_encrypted(agents: Agents) -> None:
    agents.wb.provider.tokenCompressionEnabled = True
    agents.wb.realm.update(
        "risk-agent", overrides={**LIVE, "tokenEncryptionEnabled": True}
    )

    issued = agents.exchange(requested_token_type=ID_TOKEN)

    assert issued.access_token.count(".") == 2
    header = agents.wb.inspect(issued).header
    assert header is not None and "zip" not in header


def test_a_live_block_decides_on_encryption(agents: Agents) -> None:
    agents.wb.provider.tokenEncryptionEnabled = True
    agents.wb.provider.statelessTokensEnabled = True

    inherited = agents.token("risk-agent")  # no live block
    overridden = agents.token("data-agent")  # a live one, encryption off

    assert (inherited.count("."), overridden.count(".")) == (4, 2)


def test_an_opaque_token_is_never_encrypted(agents: Agents) -> None:
    agents.wb.provider.tokenEncryptionEnabled = True
    agents.wb.provider.statelessTokensEnabled = False

    assert agents.token("risk-agent").count(".") == 0


def test_no_part_of_a_sealed_token_is_in_the_trail(sealed: Agents) -> None:
    token = sealed.token("data-agent")

    sealed.exchange(subject_token_type=token)

    trail = repr(sealed.wb.audit) + str(sealed.wb.decision)
    longer = [part for part in token.split(".") if len(part) > 20]
    assert not [part for part in longer if part in trail]
