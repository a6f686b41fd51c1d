"""Which tokens hold at an API: keys, issuers, kinds."""

import jwt
import pytest

from tests.course.apis.conftest import NextDoor
from tests.stories import SECRET
from workbench import Workbench
from workbench.agent.client import Call


def forged(token: str, key: str, algorithm: str, **changes: object) -> str:
    """A token with other claims, signed by somebody else."""
    claims = jwt.decode(token, options={"verify_signature": False})
    kid = jwt.get_unverified_header(token)["kid"]
    return jwt.encode(claims | changes, key, algorithm, headers={"kid": kid})


def ask(door: NextDoor, token: str) -> Call:
    return door.wb.apis.ask("ledger", token)


def test_a_new_key_is_fetched_once_it_is_met(door: NextDoor) -> None:
    before = door.delegated("ledger")
    assert ask(door, before).status == 200
    door.wb.realm.rotate_key("RS256")
    fetched = len(door.wb.history)

    after = door.delegated("ledger")
    assert [ask(door, after).status, ask(door, after).status] == [200, 200]
    urls = [call.url for call in door.wb.history[fetched:]]

    assert len([url for url in urls if url.endswith("/jwk_uri")]) == 1


def test_a_changed_token_does_not_hold(door: NextDoor) -> None:
    head, _, signature = door.delegated("ledger").split(".")
    body = jwt.encode({"sub": "me"}, "k" * 32).split(".")[1]

    assert "signature" in ask(door, f"{head}.{body}.{signature}").reason


@pytest.mark.filterwarnings("ignore::jwt.warnings.InsecureKeyLengthWarning")
def test_a_token_that_the_sender_signed_does_not_hold(door: NextDoor) -> None:
    token = forged(door.delegated("ledger"), "public", "HS256", sub="(age!root)")

    assert "not signed with a key that is published" in ask(door, token).reason


def test_a_token_that_nobody_signed_does_not_hold(door: NextDoor) -> None:
    token = forged(door.delegated("ledger"), "", "none")

    assert ask(door, token).status == 401


def test_what_only_looks_like_a_jwt_does_not_hold(door: NextDoor) -> None:
    assert ask(door, "a.b.c").status == 401


def test_a_token_that_was_never_issued_does_not_hold(door: NextDoor) -> None:
    assert "not active" in ask(door, "made-up").reason


def test_a_token_signed_with_a_secret_key_cannot_be_checked(door: NextDoor) -> None:
    door.wb.provider.tokenSigningAlgorithm = "HS256"

    call = ask(door, door.delegated("ledger"))

    assert "not signed with a key that is published" in call.reason


def test_a_token_of_another_realm_does_not_hold(door: NextDoor) -> None:
    beta = door.wb.realms.add("beta")
    beta.register_client(
        "data-agent",
        secret=SECRET,
        scopes=["read"],
        grant_types=["client_credentials"],
    )
    beta.provider.statelessTokensEnabled = True
    beta.provider.tokenSigningAlgorithm = "RS256"
    token = door.wb.client_for("beta").client_credentials(
        "data-agent", SECRET, scope="read"
    )

    assert ask(door, token.access_token).status == 401


def test_a_token_under_another_form_of_the_issuer_does_not_hold(
    door: NextDoor,
) -> None:
    url = f"{door.wb.realm.base_url}/oauth2/alpha/access_token"
    form = {"grant_type": "client_credentials", "scope": "read"}
    form |= {"client_id": "data-agent", "client_secret": SECRET}
    token = door.wb.http.post(url, data=form).json()["access_token"]

    assert ask(door, token).reason == "The token is of another issuer."


def test_a_revoked_opaque_token_does_not_hold(opaque: NextDoor) -> None:
    token = opaque.delegated("ledger")
    opaque.wb.client.revoke("risk-agent", SECRET, token)

    assert ask(opaque, token).status == 401


def test_an_id_token_is_no_access_token(wb: Workbench) -> None:
    wb.prepare("agent-for-user")
    wb.open_apis("hr-agent")
    user = wb.client.password(
        "hr-client", SECRET, "bjensen", "Secret12!", scope="openid"
    )

    call = wb.apis.ask("ledger", user.id_token)

    assert call.reason == "The token is no access token."
