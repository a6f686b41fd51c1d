"""Signing keys change; what was signed before counts for as long as its key is kept."""

from typing import Any

import jwt
import pytest

from tests.stories import REFUSED, Agents
from workbench import Workbench
from workbench.errors import SettingError


def published(wb: Workbench) -> list[dict[str, Any]]:
    keys: list[dict[str, Any]] = wb.http.get(
        f"{wb.realm.oauth2_url}/connect/jwk_uri"
    ).json()["keys"]
    return keys


@pytest.mark.parametrize("algorithm", ["HS256", "RS256", "ES256"])
def test_a_token_of_before_the_rotation_can_still_be_exchanged(
    agents: Agents, algorithm: str
) -> None:
    agents.wb.provider.tokenSigningAlgorithm = algorithm
    before = agents.token("data-agent")

    agents.wb.realm.rotate_key(algorithm)
    after = agents.token("data-agent")

    for subject in (before, after):
        assert agents.exchange(subject_token=subject).status == 200
    agents.wb.realm.rotate_key(algorithm)
    assert agents.exchange(subject_token=before).status == 200


@pytest.mark.parametrize("algorithm", ["HS256", "RS256", "ES256"])
def test_a_key_that_is_not_kept_takes_its_tokens_along(
    agents: Agents, algorithm: str
) -> None:
    agents.wb.provider.tokenSigningAlgorithm = algorithm
    before = agents.token("data-agent")

    agents.wb.realm.rotate_key(algorithm, keep=False)

    assert agents.exchange(subject_token=before).json == REFUSED
    assert agents.exchange().status == 200


def test_both_keys_are_published_and_each_checks_its_own(agents: Agents) -> None:
    agents.wb.provider.tokenSigningAlgorithm = "RS256"
    old = published(agents.wb)
    before = agents.token("data-agent")

    agents.wb.realm.rotate_key("RS256")
    after = agents.token("data-agent")

    keys = {key["kid"]: key for key in published(agents.wb)}
    assert len(keys) == len(old) + 1
    for token in (before, after):
        kid = jwt.get_unverified_header(token)["kid"]
        key = jwt.PyJWK(keys[kid]).key
        claims = jwt.decode(
            token, key, ["RS256"], options={"verify_exp": False, "verify_aud": False}
        )
        assert claims["sub"] == "(age!data-agent)"


def test_rotated_keys_come_from_the_seed_as_well() -> None:
    kids = []
    for _ in range(2):
        with Workbench(now=1_790_000_000, seed="test") as bench:
            bench.realm.rotate_key("ES256")
            kids.append([key["kid"] for key in published(bench)])

    assert kids[0] == kids[1]


def test_an_unknown_algorithm_is_refused_in_words(wb: Workbench) -> None:
    with pytest.raises(SettingError, match="'none' is none of HS256, RS256, ES256"):
        wb.realm.rotate_key("none")
