"""The security policy names a test for each threat, and each of these is there."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
POLICY = (ROOT / "SECURITY.md").read_text(encoding="utf-8")
NAMED = re.compile(r"`(tests/[\w/]+\.py)::(test_\w+)`")
THREATS = dict(
    zip(
        *[iter(re.split(r"^## (.+)$", POLICY, flags=re.MULTILINE)[1:])] * 2, strict=True
    )
)


def names_in(path: str) -> set[str]:
    """The names of the tests of a file; none where there is no file."""
    file = ROOT / path
    tree = ast.parse(file.read_text("utf-8") if file.exists() else "")
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


def test_the_threats_that_were_considered_are_there() -> None:
    for word in ("script", "token", "file", "name", "page", "user", "client"):
        assert any(word in threat for threat in THREATS), word


@pytest.mark.parametrize("threat", THREATS)
def test_each_threat_has_a_test(threat: str) -> None:
    assert NAMED.search(THREATS[threat])


@pytest.mark.parametrize(
    "threat", [each for each in THREATS if each != "Other platforms"]
)
def test_each_threat_says_what_is_promised_and_what_is_not(threat: str) -> None:
    assert "\n- Promised: " in THREATS[threat]
    assert "\n- Not promised: " in THREATS[threat]


@pytest.mark.parametrize(("path", "name"), sorted(set(NAMED.findall(POLICY))))
def test_each_test_that_is_named_exists(path: str, name: str) -> None:
    assert name in names_in(path)


def test_nothing_is_named_that_looks_like_a_test_and_is_not_read_as_one() -> None:
    assert len(re.findall(r"\.py::", POLICY)) == len(NAMED.findall(POLICY))
