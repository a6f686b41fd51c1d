"""What a search by atheris was distilled into, sent through its targets once more."""

from pathlib import Path

import pytest

from tests.fuzz.target import name_of
from tests.fuzz.targets import TARGETS

CORPUS = Path(__file__).parent / "corpus"
LARGEST = 300_000
"""Octets of the whole corpus, so that a clone stays small."""


@pytest.mark.parametrize("name", TARGETS)
def test_a_target_keeps_its_promise_for_its_seeds_and_its_corpus(name: str) -> None:
    files = sorted((CORPUS / name).iterdir())

    assert files
    for octets in (*TARGETS[name].seeds, *(each.read_bytes() for each in files)):
        TARGETS[name].run(octets)


def test_the_corpus_is_small_and_each_file_is_of_a_target() -> None:
    files = [each for each in CORPUS.rglob("*") if each.is_file()]

    assert {each.parent.name for each in files} == set(TARGETS)
    assert sum(each.stat().st_size for each in files) < LARGEST
    assert all(each.name == name_of(each.read_bytes()) for each in files)
