"""What a bench that was opened does with what was issued before."""

import json
from pathlib import Path

import pytest

from tests.conftest import NOW
from tests.stories import Agents, agent_for_agent, ask_own_token
from workbench import Workbench
from workbench.am.tokens.keys import KEY_TYPES


def is_active(wb: Workbench, token: str) -> bool:
    active: bool = wb.client.introspect("risk-agent", "mySecret", token).json["active"]
    return active


@pytest.fixture
def unseeded(tmp_path: Path) -> Workbench:
    """A bench whose ids and keys are random."""
    return agent_for_agent(Workbench(now=NOW))


@pytest.mark.parametrize("algorithm", KEY_TYPES)
def test_a_signed_token_still_counts(
    unseeded: Workbench, tmp_path: Path, algorithm: str
) -> None:
    unseeded.provider.tokenSigningAlgorithm = algorithm
    token = ask_own_token(unseeded).access_token
    unseeded.realm.rotate_key(algorithm)
    published = unseeded.realm.tokens.keys.jwks()

    with Workbench.load(unseeded.save(tmp_path / "file")) as again:
        assert is_active(again, token)
        assert is_active(again, ask_own_token(again).access_token)
        jwks = again.http.get(f"{again.realm.oauth2_url}/connect/jwk_uri").json()
        assert jwks == published
    unseeded.close()


@pytest.mark.parametrize("seed", [None, "keys"])
def test_without_keys_signed_tokens_are_refused_and_others_count(
    tmp_path: Path, seed: str | None
) -> None:
    with agent_for_agent(Workbench(now=NOW, seed=seed)) as wb:
        signed = ask_own_token(wb).access_token
        wb.provider.statelessTokensEnabled = False
        stored = ask_own_token(wb).access_token
        wb.provider.macaroonTokensEnabled = True
        macaroon = ask_own_token(wb).access_token
        path = wb.save(tmp_path / "file", keys=False)
        keys = [wb.realm.tokens.keys.key("HS256").private]

    document = json.loads(path.read_text("ascii"))
    assert document["keys"] is False
    assert document["server"]["seed"] is None
    with Workbench.load(path) as again:
        assert not is_active(again, signed)
        assert not is_active(again, macaroon)
        assert is_active(again, stored)
        assert again.realm.tokens.keys.key("HS256").private not in keys
        assert Agents(again).exchange().status == 200
        again.save(path)
        with Workbench.load(path) as once_more:
            assert once_more.realm.tokens.keys.key("HS256").private == (
                again.realm.tokens.keys.key("HS256").private
            )


def test_a_script_in_a_file_runs_only_where_it_would(
    wb: Workbench, tmp_path: Path
) -> None:
    wb.realm.add_script("odd", "while (true) {}")
    path = wb.save(tmp_path / "file")

    with Workbench.load(path) as again:
        assert again.realm.script("odd").source == "while (true) {}"
        assert again.audit == wb.audit


def test_open_forms_show_what_was_opened(story: Workbench, tmp_path: Path) -> None:
    path = story.save(tmp_path / "file")
    story.realm.register_client("late", secret="s")
    form = story.agents_form()
    realm, provider, trail = story.realm, story.provider, story.audit
    assert ">late<" in form.html()

    story.restore(path)

    assert ">late<" not in form.html()
    assert (story.realm, story.provider, story.audit) == (realm, provider, trail)
    assert ask_own_token(story).status == 200


def test_the_engine_is_whoever_opens_it_to_choose(
    wb: Workbench, tmp_path: Path
) -> None:
    path = wb.save(tmp_path / "file")

    with Workbench.load(path, engine=wb.engine) as again:
        assert again.engine is wb.engine
