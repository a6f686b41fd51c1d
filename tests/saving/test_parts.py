"""What a bench is put together from again: realms, clock, ids, keys."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import NOW
from tests.stories import AM
from workbench import Workbench
from workbench.am.basics.clock import LATEST, Clock, Ids
from workbench.am.tokens.keys import KeyRing, key_of, private_jwk
from workbench.errors import SettingError

LESSON = """
from workbench import Workbench
wb = Workbench.load("lesson.json")
assert "risk-agent" in wb.realm.clients
call = wb.client.client_credentials("risk-agent", "mySecret", scope="read")
assert call.status == 200
"""


@pytest.mark.parametrize("paths", [["/alpha"], ["/"], ["/", "/alpha", "/alpha/a/b"]])
def test_realms_are_the_top_level_the_own_one_and_those_below(
    wb: Workbench, paths: list[str]
) -> None:
    with pytest.raises(SettingError):
        wb.realms.arrange(paths)


def test_realms_stand_in_the_order_that_they_are_given(wb: Workbench) -> None:
    beta, alpha = wb.realms.add("beta"), wb.realm
    wb.realms.add("gone")

    wb.realms.arrange(["/", "/beta", "/delta", "/alpha"])

    assert list(wb.realms) == ["/", "/beta", "/delta", "/alpha"]
    assert wb.realms["beta"] is beta
    assert wb.realms["alpha"] is alpha


def test_requests_find_the_realms_that_are_there_after_others_of_as_many(
    wb: Workbench, tmp_path: Path
) -> None:
    wb.realms.add("beta")
    path = wb.save(tmp_path / "file")
    wb.realms.arrange(["/", "/alpha"])
    wb.realms.add("gamma")
    urls = [f"{AM}/oauth2/{name}/connect/jwk_uri" for name in ("beta", "gamma")]
    assert [wb.http.get(url).status_code for url in urls] == [404, 200]

    wb.restore(path)

    assert [wb.http.get(url).status_code for url in urls] == [200, 404]


def test_a_clock_is_never_beyond_the_year_9999() -> None:
    clock = Clock(NOW)
    with pytest.raises(SettingError, match="beyond the year 9999"):
        clock.advance(seconds=LATEST)
    assert (clock.frozen_at, clock.ahead) == (NOW, 0)
    clock.advance(seconds=LATEST - NOW)
    assert clock.now() == LATEST
    clock.set(None, 5)
    assert not clock.frozen


def test_ids_go_on_where_others_were() -> None:
    ids, others = Ids("seed"), Ids()
    ids.uuid(), ids.script_seed()

    others.resume("seed", ids.given, ids.scripts)

    assert others.uuid() == ids.uuid()
    assert others.script_seed() == ids.script_seed()


@pytest.mark.parametrize("algorithm", ["HS256", "RS256", "ES256"])
def test_a_key_is_the_same_from_its_jwk(algorithm: str) -> None:
    ring = KeyRing(Ids("seed"))
    jwk = private_jwk(ring.key(algorithm))

    again = key_of(jwk, algorithm)

    assert private_jwk(again) == jwk
    assert again.jwk == ring.key(algorithm).jwk


@pytest.mark.parametrize(
    ("jwk", "algorithm"),
    [
        ({}, "HS256"),
        ({"kty": "oct", "k": 5}, "HS256"),
        ({"kty": "oct", "k": "a" * 1000}, "HS256"),
        ({"kty": "oct", "k": "AA"}, "RS256"),
        ({"kty": "RSA", "n": "AQAB", "e": "AQAB"}, "RS256"),
        ({"kty": "EC", "crv": "P-256", "x": "AA", "y": "AA"}, "ES256"),
    ],
)
def test_what_is_no_private_jwk_is_no_key(jwk: dict[str, str], algorithm: str) -> None:
    with pytest.raises(ValueError, match="it is no"):
        key_of(jwk, algorithm)


def test_a_public_key_is_no_private_one() -> None:
    jwk = dict(KeyRing(Ids("seed")).key("RS256").jwk or {})
    with pytest.raises(ValueError, match="it is no"):
        key_of(jwk, "RS256")


def test_a_lesson_can_start_from_a_file(story: Workbench, tmp_path: Path) -> None:
    import nbformat
    from nbclient import NotebookClient

    story.save(tmp_path / "lesson.json")
    lesson = nbformat.v4.new_notebook()
    lesson.cells = [nbformat.v4.new_code_cell(LESSON)]
    nbformat.write(lesson, tmp_path / "lesson.ipynb")

    notebook = nbformat.read(tmp_path / "lesson.ipynb", as_version=4)
    resources = {"metadata": {"path": str(tmp_path)}}
    NotebookClient(notebook, timeout=60, resources=resources).execute()

    assert notebook.cells[0].execution_count == 1


def test_what_reads_files_is_loaded_on_first_use() -> None:
    code = "from workbench import Workbench; import sys; print('cattrs' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "False"
